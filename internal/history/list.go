package history

import (
	"context"
	"iter"
	"slices"
	"sort"
	"time"
)

// backwards is more than clocks ever go back over midnight. Days are found by
// instant with that much to spare, and then told apart by their date.
const backwards = 26 * time.Hour

// reach is the range of lines that holds all of the days from..to.
func (b *Book) reach(from, to Day) (lo, hi int) {
	if len(b.lines) == 0 || to < from || to < b.span.First || from > b.span.Last {
		return 0, 0
	}
	lo, hi = 0, len(b.lines)
	if from > b.span.First {
		ms := from.Start(b.opts.Zone).Add(-backwards).UnixMilli()
		lo = sort.Search(hi, func(i int) bool { return b.lines[i].at >= ms })
	}
	if to < b.span.Last {
		ms := (to + 1).Start(b.opts.Zone).Add(backwards).UnixMilli()
		hi = sort.Search(hi, func(i int) bool { return b.lines[i].at >= ms })
	}
	return lo, max(lo, hi)
}

// inDayOrder gives the lines with days that never go back.
func (b *Book) inDayOrder() iter.Seq[*line] {
	return func(yield func(*line) bool) {
		if !b.uneven {
			for i := range b.lines {
				if !yield(&b.lines[i]) {
					return
				}
			}
			return
		}
		order := make([]*line, len(b.lines))
		for i := range b.lines {
			order[i] = &b.lines[i]
		}
		slices.SortStableFunc(order, func(x, y *line) int { return int(x.day) - int(y.day) })
		slices.Values(order)(yield)
	}
}

// search is a Query against the columns of a book. What the query does not ask
// is nil, so that a plain list costs nothing for the size of the dictionaries.
type search struct {
	*Filter
	b                                     *Book
	lo, hi                                int // the lines in question
	merchants, categories, issuers, texts *answers
	billed, found                         bool
	bill                                  uint32
}

// answers are a Filter's about every text of a dictionary.
type answers struct {
	hits []Hits
	ok   []bool
}

func (a *answers) of(n uint32) (Hits, bool) {
	if a == nil {
		return 0, true
	}
	return a.hits[n], a.ok[n]
}

func (d *dictionary) ask(needed bool, question func(string) (Hits, bool)) *answers {
	if !needed {
		return nil
	}
	a := &answers{make([]Hits, len(d.texts)), make([]bool, len(d.texts))}
	for i, t := range d.texts {
		a.hits[i], a.ok[i] = question(t)
	}
	return a
}

func (b *Book) search(q Query) *search {
	s := &search{Filter: NewFilter(q, b.opts.Zone, b.opts.Issuers), b: b, hi: len(b.lines), billed: q.Settlement != ""}
	words := s.All() != 0
	s.merchants = b.merchants.ask(words || q.Merchant+q.MerchantLike != "" || q.Without == ByMerchant, s.Merchant)
	s.categories = b.categories.ask(words || q.Category+q.CategoryLike != "" || q.Without == ByCategory, s.Category)
	s.issuers = b.issuers.ask(words || q.Issuer+q.IssuerLike != "" || q.Without == ByIssuer, s.Issuer)
	s.texts = b.texts.ask(words, func(t string) (Hits, bool) { return s.Words(t), true })
	s.bill, s.found = b.bills.numbers[q.Settlement]
	if q.From != nil || q.To != nil {
		from, to := b.span.First, b.span.Last
		if q.From != nil {
			from = max(from, *q.From)
		}
		if q.To != nil {
			to = min(to, *q.To)
		}
		s.lo, s.hi = b.reach(from, to)
	}
	return s
}

// wants is Filter.Match for line i.
func (s *search) wants(i int) bool {
	l := &s.b.lines[i]
	if !s.Plain(l.typ, l.status, l.kind, l.minor) || !s.Within(l.day) || s.billed && (!s.found || l.bill != s.bill) {
		return false
	}
	inMerchant, ok1 := s.merchants.of(l.merchant)
	inCategory, ok2 := s.categories.of(l.category)
	inIssuer, ok3 := s.issuers.of(l.issuer)
	if !ok1 || !ok2 || !ok3 || s.q.Currency != "" && !s.Currency(s.b.x(i).Amount.Currency) {
		return false
	}
	inReason, _ := s.texts.of(l.reason)
	hits, all := inMerchant|inCategory|inIssuer|inReason, s.All()
	return hits == all || hits|s.Words(s.b.x(i).Order)|s.Words(s.b.x(i).Approval) == all
}

// Rows gives a stretch of the lines that q asks for, newest first.
func (b *Book) Rows(ctx context.Context, q Query, w Window) (Page, error) {
	s := b.search(q)
	page := Page{Rows: make([]Row, 0, min(max(w.Limit, 0), 512))}
	take := func(i int) bool {
		if !s.wants(i) {
			return true
		}
		if len(page.Rows) >= w.Limit {
			page.More = true
			return false
		}
		page.Rows = append(page.Rows, b.row(i))
		return true
	}
	if w.Older {
		for i := min(s.hi, b.place(w.From)) - 1; i >= s.lo && take(i); i-- {
			if i&0xffff == 0 && ctx.Err() != nil {
				return Page{}, ctx.Err()
			}
		}
		return page, ctx.Err()
	}
	if w.From == (Cursor{}) {
		return page, ctx.Err()
	}
	for i := max(s.lo, b.after(w.From)); i < s.hi && take(i); i++ {
		if i&0xffff == 0 && ctx.Err() != nil {
			return Page{}, ctx.Err()
		}
	}
	slices.Reverse(page.Rows)
	return page, ctx.Err()
}

// A line's number in a cursor is its index and one, so that none is the zero Cursor.
func (b *Book) row(i int) Row {
	l := &b.lines[i]
	return Row{Transaction: *b.x(i), Cursor: Cursor{At: l.at, N: int64(i) + 1}, Day: l.day}
}

// place is the number of lines that are older than c.
func (b *Book) place(c Cursor) int {
	if c == (Cursor{}) {
		return len(b.lines)
	}
	return sort.Search(len(b.lines), func(i int) bool {
		return b.lines[i].at > c.At || b.lines[i].at == c.At && int64(i)+1 >= c.N
	})
}

// after is the index of the first line that is newer than c.
func (b *Book) after(c Cursor) int { return b.place(Cursor{c.At, c.N + 1}) }

// Totals sums what q asks for, in its currency or, if it names none, in that of the span.
func (b *Book) Totals(ctx context.Context, q Query) (Totals, error) {
	s := b.search(q)
	var t Totals
	for i := s.lo; i < s.hi; i++ {
		if l := &b.lines[i]; (l.main || q.Currency != "") && s.wants(i) {
			t.AddLine(l.typ, l.minor)
		}
		if i&0xffff == 0 && ctx.Err() != nil {
			return Totals{}, ctx.Err()
		}
	}
	return t, ctx.Err()
}
