package store

import (
	"math"
	"slices"
	"time"

	"github.com/ncruces/go-sqlite3"

	"jandon/internal/history"
	"jandon/internal/wallet"
)

// plan is a query resolved against one generation: which strands it asks for,
// and what is left to look at line by line.
type plan struct {
	key     queryKey
	gen     int64
	filter  *history.Filter
	lo, hi  int64 // instants in question, with room for clocks that go back
	days    bool  // the day of each line must be looked at
	sized   bool  // the amount of each line must be looked at
	bill    int64 // word of the settlement; 0: any
	nothing bool

	every  bool        // all lines, but for their days and amounts
	picked []reach     // strands that are wanted whole
	full   []bool      // the same, by id
	lines  int         // in picked strands
	total  int         // in all strands
	begun  history.Day // no line is earlier
	ended  history.Day // no line is later

	partly map[int64]history.Hits // strands of which lines are wanted whose own texts have the other words
	spots  []spot                 // those lines, newest first …
	spotty map[int64]bool         // … and their numbers
	loose  []looseHit             // in place of spots where they are too many: lines that may be wanted

	rare   []spot // all lines with a wanted amount, newest first
	isRare bool   // rare is in use
}

// spot is a line's place and what decides whether it is wanted.
type spot struct{ at, n, strand, amount int64 }

// reach is a strand with its sums and the bounds of its lines.
type reach struct {
	id, first, last int64
	sums            history.Totals
}

// anyCurrency in place of a word asks for lines in all currencies.
const anyCurrency = -2

// queryKey is a Query that can be compared.
type queryKey struct {
	history.Query
	currency                 int64
	kind, min, max, from, to int64
}

const unset = math.MinInt64

func keyOf(q history.Query, currency int64) queryKey {
	k := queryKey{Query: q, currency: currency, kind: number(q.Kind), min: number(q.Min), max: number(q.Max), from: number(q.From), to: number(q.To)}
	k.Kind, k.Min, k.Max, k.From, k.To = nil, nil, nil, nil, nil
	return k
}

func number[T wallet.Kind | int64 | history.Day](p *T) int64 {
	if p == nil {
		return unset
	}
	return int64(*p)
}

// plansKept is how many resolved queries are kept for the next key press.
const plansKept = 8

// plan resolves a query, or finds it resolved.
func (v *view) plan(q history.Query, currency int64) (*plan, error) {
	key := keyOf(q, currency)
	var known *plan
	v.share(func(k *cache) {
		for _, p := range k.plans {
			if p.key == key && p.gen == v.gen {
				known = p
			}
		}
	})
	if known != nil {
		return known, nil
	}
	p, err := v.resolve(q, key)
	if err != nil {
		return nil, err
	}
	v.share(func(k *cache) {
		k.plans = slices.DeleteFunc(k.plans, func(old *plan) bool { return old.gen < v.gen })
		k.plans = append([]*plan{p}, k.plans[:min(len(k.plans), plansKept-1)]...)
	})
	return p, nil
}

func (v *view) resolve(q history.Query, key queryKey) (*plan, error) {
	p := &plan{key: key, gen: v.gen, lo: math.MinInt64, hi: math.MaxInt64, days: q.From != nil || q.To != nil, sized: q.Min != nil || q.Max != nil}
	if err := v.between(p, q); err != nil {
		return nil, err
	}
	if q.Settlement != "" {
		id, found, err := v.wordID(q.Settlement)
		if err != nil {
			return nil, err
		}
		p.bill, p.nothing = id, p.nothing || !found
	}
	if p.nothing {
		return p, nil
	}
	alone := q
	alone.From, alone.To, alone.Min, alone.Max, alone.Settlement = nil, nil, nil, nil, ""
	if alone.IsZero() && key.currency == anyCurrency && !p.sized {
		p.every = true
		return p, nil
	}
	var issuers []wallet.Issuer
	if q.Text != "" || q.IssuerLike != "" {
		w, err := v.wallet(false)
		if err != nil {
			return nil, err
		}
		issuers = w.Issuers
	}
	p.filter = history.NewFilter(alone, v.s.opts.Zone, issuers)
	if err := v.pick(p); err != nil {
		return nil, err
	}
	p.every = alone.IsZero() && key.currency == anyCurrency
	if len(p.partly) > 0 {
		if err := v.own(p, history.NewMatcher(q.Text)); err != nil {
			return nil, err
		}
	}
	if p.sized && p.bill == 0 {
		return p, v.rarities(p, q)
	}
	return p, nil
}

// backwards is more than clocks ever go back over midnight: days are found by
// instant with that much to spare and then told apart by their date.
const backwards = 26 * time.Hour

func (v *view) between(p *plan, q history.Query) error {
	p.begun, p.ended = math.MaxInt32, math.MinInt32
	err := v.rows(func(st *sqlite3.Stmt) bool {
		p.begun, p.ended = min(p.begun, history.Day(st.ColumnInt64(0))), max(p.ended, history.Day(st.ColumnInt64(1)))
		return true
	}, `SELECT (SELECT min(start) FROM roll WHERE grain=1 AND dim=0 AND currency=r.currency),
		(SELECT max(start) FROM roll WHERE grain=1 AND dim=0 AND currency=r.currency) FROM roll r WHERE grain=2 AND dim=0`)
	if err != nil {
		return err
	}
	if q.From != nil && *q.From > p.begun {
		p.begun = *q.From
		if p.begun <= p.ended {
			p.lo = p.begun.Start(v.s.opts.Zone).Add(-backwards).UnixMilli()
		}
	}
	if q.To != nil && *q.To < p.ended {
		p.ended = *q.To
		if p.begun <= p.ended {
			p.hi = (p.ended + 1).Start(v.s.opts.Zone).Add(backwards).UnixMilli()
		}
	}
	p.nothing = p.begun > p.ended
	return nil
}

// pick chooses the strands.
func (v *view) pick(p *plan) error {
	all, err := v.allStrands()
	if err != nil {
		return err
	}
	texts := texts{v: v}
	asked := map[int64]answer{}
	ask := func(word int64, question func(string) (history.Hits, bool), field int64) (history.Hits, bool) {
		key := word<<2 | field
		a, ok := asked[key]
		if !ok {
			a.hits, a.ok = question(texts.of(word))
			asked[key] = a
		}
		return a.hits, a.ok
	}
	p.full, p.partly = make([]bool, len(all)), map[int64]history.Hits{}
	want := p.filter.All()
	err = v.rows(func(st *sqlite3.Stmt) bool {
		r := reach{st.ColumnInt64(0), st.ColumnInt64(1), st.ColumnInt64(2), readSums(st, 3)}
		p.total += r.sums.Lines
		if r.id >= int64(len(all)) || all[r.id] == nil {
			texts.err = errDamaged
			return false
		}
		x := all[r.id]
		if p.key.currency != anyCurrency && x.currency != p.key.currency || !p.filter.Plain(x.typ, x.status, x.kind, 0) {
			return true
		}
		hits, ok := ask(x.merchant, p.filter.Merchant, 0)
		if h, yes := ask(x.category, p.filter.Category, 1); ok {
			hits, ok = hits|h, yes
		}
		if h, yes := ask(x.issuer, p.filter.Issuer, 2); ok {
			hits, ok = hits|h, yes
		}
		if !ok || p.key.Currency != "" && string(p.key.Currency) != texts.of(x.currency) {
			return true
		}
		if want != 0 && x.reason > 0 {
			h, _ := ask(x.reason, func(s string) (history.Hits, bool) { return p.filter.Words(s), true }, 3)
			hits |= h
		}
		if hits != want {
			p.partly[r.id] = hits
			return true
		}
		p.full[r.id] = true
		p.picked = append(p.picked, r)
		p.lines += r.sums.Lines
		return true
	}, "SELECT id, first, last, "+sumColumns+" FROM strand WHERE lines>0 ORDER BY id")
	if texts.err != nil {
		return texts.err
	}
	return err
}

type answer struct {
	hits history.Hits
	ok   bool
}

// texts gives words and keeps the first error.
type texts struct {
	v   *view
	err error
}

func (t *texts) of(id int64) string {
	s, err := t.v.word(id)
	if t.err == nil {
		t.err = err
	}
	return s
}
