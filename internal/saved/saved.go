// Package saved keeps searches that a person gave a name.
//
// A saved search is a name and what was typed, nothing else: whoever opens one
// searches as if it were typed anew. Both are personal, so they are notes, and
// lie where notes lie: in the encrypted store of the very wallet.
package saved

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"jandon/internal/fault"
	"jandon/internal/notes"
	"jandon/internal/safe"
)

// kind is the kind of the notes.
const kind = "search"

// Longest is the most letters that a name has: what a line of a list shows.
const Longest = 40

// Search is a search with a name.
type Search struct {
	Name  string // there is one of a name, in large or small letters
	Query string // as history.ParseQuery reads it
}

// Shelf keeps searches in a book of notes.
type Shelf struct {
	Book notes.Book
	Now  func() time.Time
}

// Searches lists them in the order in which they were first saved.
func (s Shelf) Searches(ctx context.Context) ([]Search, error) {
	list, err := s.Book.Notes(ctx, kind)
	if err != nil {
		return nil, err
	}
	out := make([]Search, len(list))
	for i, n := range list {
		out[i] = Search{n.Key, n.Value}
	}
	return out, nil
}

// Search finds one by its name; where there is none it is fault.NotFound.
func (s Shelf) Search(ctx context.Context, name string) (Search, error) {
	n, err := s.note(ctx, Clean(name))
	return Search{n.Key, n.Value}, err
}

// SaveSearch keeps a query under a name, in place of what had that name. It
// returns what is kept: text from outside passed the filter. A query that the
// filter would cut searches for something else, and is fault.TooLarge.
func (s Shelf) SaveSearch(ctx context.Context, x Search) (Search, error) {
	query := spaced(x.Query)
	x = Search{Clean(x.Name), safe.Text(query)}
	if x.Name == "" {
		return x, fault.New(fault.MissingArg, "name", "NAME", "want", "NAME QUERY")
	}
	if x.Query == "" {
		return x, fault.New(fault.MissingArg, "name", "QUERY", "want", "NAME QUERY")
	}
	if utf8.RuneCountInString(query) > safe.MaxLen {
		return x, fault.New(fault.TooLarge, "limit", strconv.Itoa(safe.MaxLen))
	}
	old, err := s.note(ctx, x.Name)
	switch {
	case fault.From(err) != nil && fault.From(err).Code == fault.NotFound:
		old.At = s.Now()
	case err != nil:
		return x, err
	}
	return x, s.replace(ctx, old, notes.Note{Kind: kind, Key: x.Name, Value: x.Query, At: old.At})
}

// RenameSearch gives one another name, and its place stays. It takes the place
// of whichever had that name.
func (s Shelf) RenameSearch(ctx context.Context, from, to string) error {
	if to = Clean(to); to == "" {
		return fault.New(fault.MissingArg, "name", "NAME", "want", "NAME QUERY")
	}
	old, err := s.note(ctx, from)
	if err != nil {
		return err
	}
	taken, err := s.note(ctx, to)
	if err != nil && fault.From(err).Code != fault.NotFound {
		return err
	}
	return s.replace(ctx, old, notes.Note{Kind: kind, Key: to, Value: old.Value, At: old.At}, taken)
}

// RemoveSearch forgets one.
func (s Shelf) RemoveSearch(ctx context.Context, name string) error {
	old, err := s.note(ctx, Clean(name))
	if err != nil {
		return err
	}
	old.Value = ""
	return s.Book.PutNotes(ctx, old)
}

// replace keeps a note in place of others: all of it or nothing.
func (s Shelf) replace(ctx context.Context, old, by notes.Note, more ...notes.Note) error {
	var list []notes.Note
	for _, n := range append(more, old) {
		if n.Key != "" && n.Key != by.Key {
			n.Value = ""
			list = append(list, n)
		}
	}
	return s.Book.PutNotes(ctx, append(list, by)...)
}

func (s Shelf) note(ctx context.Context, name string) (notes.Note, error) {
	list, err := s.Book.Notes(ctx, kind)
	if err != nil {
		return notes.Note{}, err
	}
	i := slices.IndexFunc(list, func(n notes.Note) bool { return Same(n.Key, name) })
	if i < 0 {
		return notes.Note{}, fault.New(fault.NotFound, "what", name)
	}
	return list[i], nil
}

// Same reports whether two names are one: large and small letters are alike.
func Same(a, b string) bool { return strings.EqualFold(a, b) }

// Clean is a name as it is kept: filtered, without spaces around it or in a
// row, and not longer than a name may be.
func Clean(name string) string {
	name = safe.Text(spaced(name))
	if letters := []rune(name); len(letters) > Longest {
		name = strings.TrimSpace(string(letters[:Longest]))
	}
	return name
}

// spaced is a text in NFC with plain spaces between its words alone.
func spaced(s string) string { return strings.Join(strings.Fields(norm.NFC.String(s)), " ") }

// Find is the one of a name in a list; false if there is none.
func Find(list []Search, name string) (Search, bool) {
	i := slices.IndexFunc(list, func(x Search) bool { return Same(x.Name, name) })
	if i < 0 {
		return Search{}, false
	}
	return list[i], true
}
