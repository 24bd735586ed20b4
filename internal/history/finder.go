package history

import (
	"cmp"
	"container/heap"
	"slices"
	"time"

	"jandon/internal/wallet"
)

// Finder answers a search from lines that come by once: it sums what a query
// asks for and keeps the newest of it, as many as are wanted and no other line.
// Its answers are those that a Book of the same lines gives.
type Finder struct {
	filter   *Filter
	calendar *Calendar
	span     Span
	all      bool // sums are of the currency that the query names
	limit    int
	kept     newest
	n        int64 // lines that came by
	step     int64 // by which their numbers go: down where the newest comes first
	totals   Totals
	matched  int
}

// NewFinder prepares a search. Of span the currencies must be known. falling
// says that the lines come newest first; limit is at least 1.
func NewFinder(q Query, zone *time.Location, span Span, falling bool, limit int) *Finder {
	f := &Finder{filter: NewFilter(q, zone, nil), calendar: NewCalendar(zone), span: span, all: q.Currency != "", limit: limit, step: 1}
	if falling {
		f.step = -1
	}
	return f
}

// Add looks at a line, which is copied if it is kept.
func (f *Finder) Add(x *wallet.Transaction) {
	at := x.At.UnixMilli()
	day := f.calendar.Day(at)
	if f.span.Lines == 0 {
		f.span.First, f.span.Last = day, day
	}
	f.span.First, f.span.Last = min(f.span.First, day), max(f.span.Last, day)
	f.span.Lines++
	f.n += f.step
	if !f.filter.Match(x) {
		return
	}
	if f.all || x.Amount.Currency == f.span.Currency {
		f.totals.AddLine(x.Type, x.Amount.Minor)
	}
	f.matched++
	place := Cursor{at, f.n}
	switch {
	case len(f.kept) < f.limit:
		heap.Push(&f.kept, Row{Transaction: *x, Cursor: place, Day: day})
	case older(f.kept[0].Cursor, place) < 0:
		f.kept[0] = Row{Transaction: *x, Cursor: place, Day: day}
		heap.Fix(&f.kept, 0)
	}
}

// Found is what the search came to: the newest lines, the sums of all of them,
// and how far the history reaches. The cursors of the lines lead nowhere.
func (f *Finder) Found() (Page, Totals, Span) {
	rows := slices.SortedFunc(slices.Values(f.kept), func(a, b Row) int { return older(b.Cursor, a.Cursor) })
	return Page{Rows: rows, More: f.matched > len(rows)}, f.totals, f.span
}

func older(a, b Cursor) int { return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.N, b.N)) }

// newest is a heap with the oldest line first.
type newest []Row

func (h newest) Len() int           { return len(h) }
func (h newest) Less(i, j int) bool { return older(h[i].Cursor, h[j].Cursor) < 0 }
func (h newest) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *newest) Push(x any)        { *h = append(*h, x.(Row)) }
func (h *newest) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
