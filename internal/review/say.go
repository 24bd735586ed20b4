package review

import (
	"context"
	"time"

	"jandon/internal/notes"
)

// Say notes a decision, that a card was looked at, or both; either may be
// missing. What is said at once has one instant, and no two things that are
// said have the same: now may stand still between them.
func Say(ctx context.Context, book notes.Book, now time.Time, d *Decision, c *Card) error {
	reviews, decided, seen, err := said(ctx, book)
	if err != nil {
		return err
	}
	at := after(now, decided, seen)
	var list []notes.Note
	word := "seen"
	if d != nil {
		one := *d
		one.At, word = at, string(d.Verdict)
		n, err := one.note()
		if err != nil {
			return err
		}
		list = append(list, n)
	}
	if c != nil {
		if p := ProgressOf(reviews, nil); p.Begun.IsZero() {
			list = append(list, Begin(at))
		}
		list = append(list, c.Mark(word, at)...)
	}
	return book.PutNotes(ctx, list...)
}

// Undo takes back what was said last, if that was not before since, and
// returns the keys of the decisions and reasons that it was about.
func Undo(ctx context.Context, book notes.Book, since time.Time) (keys []string, err error) {
	_, decided, seen, err := said(ctx, book)
	if err != nil {
		return nil, err
	}
	last := newest(decided, seen)
	if last.IsZero() || last.Before(since) {
		return nil, nil
	}
	var list []notes.Note
	for _, n := range append(decided, seen...) {
		if n.At.Equal(last) {
			keys = append(keys, n.Key)
			list = append(list, notes.Note{Kind: n.Kind, Key: n.Key})
		}
	}
	return keys, book.PutNotes(ctx, list...)
}

// End notes that the review under way has come to its end.
func End(ctx context.Context, book notes.Book, now time.Time) error {
	reviews, decided, seen, err := said(ctx, book)
	if err != nil {
		return err
	}
	p := ProgressOf(reviews, seen)
	return book.PutNotes(ctx, Finish(p.Behind(), after(now, decided, seen))...)
}

func said(ctx context.Context, book notes.Book) (reviews, decided, seen []notes.Note, err error) {
	if reviews, err = book.Notes(ctx, Reviews); err != nil {
		return nil, nil, nil, err
	}
	if decided, err = book.Notes(ctx, Decisions); err != nil {
		return nil, nil, nil, err
	}
	seen, err = book.Notes(ctx, Seen)
	return reviews, decided, seen, err
}

// after is now, or the first instant after all that was said. Notes are told
// apart to the millisecond.
func after(now time.Time, lists ...[]notes.Note) time.Time {
	now = now.Truncate(time.Millisecond)
	if last := newest(lists...); !now.After(last) {
		return last.Add(time.Millisecond)
	}
	return now
}

func newest(lists ...[]notes.Note) (last time.Time) {
	for _, list := range lists { // each is in order
		if n := len(list); n > 0 && list[n-1].At.After(last) {
			last = list[n-1].At
		}
	}
	return last
}
