package review

import (
	"slices"
	"strconv"
	"time"

	"jandon/internal/history"
	"jandon/internal/notes"
)

// The kinds of notes that hold how far a review has come.
const (
	Seen    = "reviewed" // a note for each reason that was looked at, by its key
	Reviews = "review"   // a note for each review that was finished, by its instant, and one for the one that has begun
)

// begun is the key of the review that has begun and not ended.
const begun = "begun"

// Card is one thing to look at: a series or a double charge, with all reasons for it.
type Card struct {
	Key     string
	Series  *Series // nil if it is a double charge
	Double  *Double
	Reasons []Reason
}

// Progress is how far reviews have come.
type Progress struct {
	Last   time.Time            // when one was last finished; zero: never
	Count  int                  // how many things that one looked at
	Begun  time.Time            // when the one under way began; zero: none is
	Marked map[string]time.Time // when each reason was looked at, by its key
}

// ProgressOf reads notes of the kinds Reviews and Seen.
func ProgressOf(reviews, seen []notes.Note) Progress {
	p := Progress{Marked: make(map[string]time.Time, len(seen))}
	for _, n := range reviews {
		switch {
		case n.Key == begun:
			p.Begun = n.At
		case n.At.After(p.Last):
			p.Last = n.At
			p.Count, _ = strconv.Atoi(n.Value) // a later version may say it otherwise
		}
	}
	for _, n := range seen {
		p.Marked[n.Key] = n.At
	}
	return p
}

// Queue is what was not looked at yet, the gravest first.
func (p *Progress) Queue(f *Findings) (list []Card) {
	for i := range f.Doubles {
		d := &f.Doubles[i]
		c := Card{Key: d.Key, Double: d, Reasons: []Reason{{Why: Twice, Key: "twice:" + d.Key, Day: d.Second.Day}}}
		list = append(list, c)
	}
	for i := range f.Series {
		s := &f.Series[i]
		list = append(list, Card{Key: "series:" + s.Key, Series: s, Reasons: s.Reasons})
	}
	for i := range list {
		list[i].Reasons = slices.DeleteFunc(slices.Clone(list[i].Reasons), func(r Reason) bool { _, ok := p.Marked[r.Key]; return ok })
	}
	list = slices.DeleteFunc(list, func(c Card) bool { return len(c.Reasons) == 0 })
	slices.SortStableFunc(list, func(a, b Card) int {
		return slices.Index(gravity, a.Reasons[0].Why) - slices.Index(gravity, b.Reasons[0].Why)
	})
	return list
}

// Behind is how many things the review under way has looked at.
func (p *Progress) Behind() int {
	if p.Begun.IsZero() {
		return 0
	}
	at := map[time.Time]bool{} // the reasons of one card are marked at one instant
	for _, t := range p.Marked {
		if !t.Before(p.Begun) {
			at[t] = true
		}
	}
	return len(at)
}

// Mark is what is noted when a card was looked at, with what was said of it.
func (c *Card) Mark(said string, at time.Time) []notes.Note {
	list := make([]notes.Note, len(c.Reasons))
	for i, r := range c.Reasons {
		list[i] = notes.Note{Kind: Seen, Key: r.Key, Value: said, At: at}
	}
	return list
}

// Begin notes that a review begins.
func Begin(at time.Time) notes.Note {
	return notes.Note{Kind: Reviews, Key: begun, Value: "1", At: at}
}

// Finish notes that a review ended after so many things.
func Finish(count int, at time.Time) []notes.Note {
	return []notes.Note{
		{Kind: Reviews, Key: begun},
		{Kind: Reviews, Key: at.UTC().Format(time.RFC3339), Value: strconv.Itoa(count), At: at},
	}
}

// LastDay is the day on which a review was last finished; ok if one was.
func (p *Progress) LastDay(zone *time.Location) (d history.Day, ok bool) {
	return history.DayOf(p.Last, zone), !p.Last.IsZero()
}

// Said is when a thing was last looked at; zero if none was.
func (p *Progress) Said() (last time.Time) {
	for _, at := range p.Marked {
		if at.After(last) {
			last = at
		}
	}
	return last
}
