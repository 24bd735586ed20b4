// Package i18n is the one catalogue of everything Jandon says.
//
// English is the source, Korean is complete; a test compares keys and
// placeholders and finds unused and unknown ones. Catalogues are TOML files
// embedded in the binary, one per area, in the format of go-i18n. A Printer
// speaks one language. An area is read when something of it is first said, and
// a sentence with placeholders is taken apart then: a start pays for what it
// says. Messages without arguments cost two map look-ups, so that drawing a
// frame does not format them anew. An unknown id panics in tests and shows
// itself in production.
package i18n

import (
	"embed"
	"flag"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed en/*.toml ko/*.toml
var catalogues embed.FS

// Langs lists the languages in the order in which a person switches through them.
func Langs() []string { return []string{"en", "ko"} }

// Printer speaks one language. It may be shared between goroutines.
type Printer struct {
	lang  string
	areas map[string]func() *area // by the first word of an id; each reads its file once
}

// printers are those that were made: a catalogue never changes, and every
// screen asks for one.
var printers sync.Map // of *Printer, by language

// New gives the catalogue of a language: "en" or "ko".
func New(lang string) (*Printer, error) {
	if p, ok := printers.Load(lang); ok {
		return p.(*Printer), nil
	}
	if !slices.Contains(Langs(), lang) {
		return nil, fmt.Errorf("i18n: no catalogue for %q; there are %v", lang, Langs())
	}
	p, err := open(lang)
	if err != nil {
		return nil, err
	}
	made, _ := printers.LoadOrStore(lang, p)
	return made.(*Printer), nil
}

// Must is New for the languages of Langs, which the tests know to be readable.
func Must(lang string) *Printer {
	p, err := New(lang)
	if err != nil {
		panic(err)
	}
	return p
}

// Lang is "en" or "ko".
func (p *Printer) Lang() string { return p.lang }

// Has reports whether the catalogue knows an id.
func (p *Printer) Has(id string) bool {
	a := p.area(id)
	if a == nil {
		return false
	}
	if _, ok := a.plain[id]; ok {
		return true
	}
	return a.filled[id] != nil
}

// T is the message of an id without arguments.
func (p *Printer) T(id string) string {
	if a := p.area(id); a != nil {
		if s, ok := a.plain[id]; ok {
			return s
		}
	}
	return p.say(id, 0, nil)
}

// F is the message of an id with pairs of name and value.
func (p *Printer) F(id string, args ...any) string {
	if a := p.area(id); a != nil {
		if s, ok := a.plain[id]; ok {
			return s
		}
	}
	return p.say(id, 0, args)
}

// Outside is F where names and values come from outside: a name that has no
// value there is shown as a question mark.
func (p *Printer) Outside(id string, args ...any) string {
	return p.F(id, append(args, anyName, "?")...)
}

// N is F with a count, given to the message as .N and choosing its plural form.
func (p *Printer) N(id string, n int, args ...any) string {
	return p.say(id, n, append(pairs{"N", grouped(n)}, args...))
}

// grouped is a count with its thousands apart, as both languages write it.
func grouped(n int) string {
	s := strconv.Itoa(n)
	first := 0
	if n < 0 {
		first = 1
	}
	for i := len(s) - 3; i > first; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// area finds the area of an id: its first word.
func (p *Printer) area(id string) *area {
	word, _, _ := strings.Cut(id, ".")
	read := p.areas[word]
	if read == nil {
		return nil
	}
	return read()
}

// say fills a message in; n chooses its form in languages that have one.
func (p *Printer) say(id string, n int, args pairs) string {
	s, err := p.fill(id, n, args)
	if err != nil {
		if flag.Lookup("test.v") != nil { // only in a test binary
			panic(fmt.Sprintf("i18n: %s: %s: %v", p.lang, id, err))
		}
		return id
	}
	return s
}

func (p *Printer) fill(id string, n int, args pairs) (string, error) {
	a := p.area(id)
	switch {
	case a == nil:
		return "", errUnknown
	case a.err != nil:
		return "", a.err
	case a.filled[id] != nil:
		return a.filled[id].fill(n, args)
	}
	if s, ok := a.plain[id]; ok {
		return s, nil
	}
	return "", errUnknown
}
