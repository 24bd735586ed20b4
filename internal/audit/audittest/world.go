package audittest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"jandon/internal/audit"
	"jandon/internal/history"
	"jandon/internal/wallet"
)

// line is a charge while its world is being made.
type line struct {
	at    time.Time
	minor int64
	orig  int64
	code  string
	name  string
	typ   wallet.Type
	id    string
}

// World is the making of one history.
type World struct {
	r           *rand.Rand
	first, last time.Time
	closed      map[time.Time]bool
	unit        int64 // a price of about a coffee is 50 units
	used        map[string]bool
	lines       []*line
	series      []*made
	pairs       []twin
	spared      []twin // may be told or not
}

// twin is a charge and the same again.
type twin struct {
	one, two *line
	kind     string
}

func (t *twin) pair() Pair { return Pair{[]string{t.one.id, t.two.id}, t.kind} }

// made is a series in the making.
type made struct {
	truth    Series
	lines    []*line
	neutral  []*line
	segments [][]*line
}

// Make makes the history of a seed, closed on the days given (a country's holidays).
func Make(seed uint64, closed map[time.Time]bool) History {
	r := rand.New(rand.NewPCG(seed, 20260401))
	last := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, r.IntN(90))
	w := &World{
		r: r, last: last, first: last.AddDate(0, -(5 + r.IntN(32)), 0), closed: closed,
		unit: []int64{100, 100, 100, 10, 8}[r.IntN(5)], used: map[string]bool{},
	}
	for range 8 + r.IntN(10) {
		w.subscription()
	}
	w.family()
	w.descriptor()
	w.instalments()
	w.habits()
	w.doubles()
	return w.history(fmt.Sprintf("made-%03d", seed), r.IntN(5) == 0)
}

func (w *World) price() int64 {
	p := w.unit * int64(19+w.r.IntN(180))
	return p - p%(w.unit/2) + []int64{0, 0, w.unit * 9 / 10}[w.r.IntN(3)]
}

func (w *World) charge(at time.Time, minor int64, name string) *line {
	l := &line{at: at, minor: -minor, name: name, typ: wallet.Payment}
	w.lines = append(w.lines, l)
	return l
}

// subscription adds a service with one price at a time.
func (w *World) subscription() *made {
	s := newService(w.r, w.used)
	b, step, grace := newBiller(w.r, w.first, w.last, w.closed)
	return w.bill(&s, b, step, grace, w.price())
}

func (w *World) bill(s *service, b biller, step float64, grace int, price int64) *made {
	r := w.r
	m := &made{truth: Series{Cadence: b.cadence, Kind: "fixed"}}
	room := int(w.last.Sub(b.start).Hours() / 24 / step)
	note := func(f string) { m.truth.Features = append(m.truth.Features, f) }
	stop, pause, resume, turn, rename := 1<<30, 1<<30, 0, 1<<30, 1<<30
	if room >= 6 {
		switch r.IntN(6) {
		case 0:
			stop = 4 + r.IntN(room-4)
			note("stopped")
		case 1:
			if b.cadence != "yearly" {
				pause = 3 + r.IntN(room-5)
				resume = pause + 1 + r.IntN(min(4, room-pause))
				note("pause")
			}
		}
		if r.IntN(3) == 0 {
			turn = 2 + r.IntN(room-3)
		}
		if r.IntN(5) == 0 && len(s.forms) > 1 {
			rename = 2 + r.IntN(room-3)
			note("renamed")
		}
	}
	kind := r.IntN(8)
	if kind == 1 && s.shared {
		kind = 2 // shops sell at fixed prices
	}
	factor := []float64{1.12, 1.25, 1.4, 0.8, 0.7}[r.IntN(5)]
	rate := 1300.0 + 100*r.Float64()
	paid, phase := 0, r.Float64()*2*math.Pi
	var before int64
	free := r.IntN(12) == 0 && room > 3
	if free {
		note("trial")
		l := w.charge(b.booked(r, b.start.AddDate(0, 0, -14)), 0, s.print(r, false)+" 무료체험")
		m.lines = append(m.lines, l)
	}
	if b.nth > 0 {
		note("nth")
	}
	if b.move != 0 {
		note("moved")
	}
	if b.lag > 2 {
		note("lag3")
	}
	lastN := -1
	for n := 0; n < stop; n++ {
		due := b.due(n)
		if n >= pause && n < resume {
			continue
		}
		if b.plain(n).Before(b.start) && b.second > 0 {
			continue
		}
		at := b.booked(r, due)
		if at.After(w.last.AddDate(0, 0, 1).Add(-time.Second)) {
			break
		}
		amount := price
		if n >= turn {
			amount = int64(float64(price)*factor) / (w.unit / 2) * (w.unit / 2)
		}
		l := w.charge(at, amount, s.print(r, n >= rename))
		switch kind {
		case 0: // billed in another currency; the rate walks
			rate *= 1 + 0.012*r.NormFloat64()
			l.code, l.orig = "USD", amount/w.unit*10+9
			l.minor = -int64(float64(l.orig)*rate/1300*float64(w.unit)/10 + 0.5)
			m.truth.Kind = "fx"
		case 1: // metered, with the season
			season := 1 + 0.35*math.Sin(phase+2*math.Pi*float64(due.YearDay())/365)
			l.minor = -max(1, int64(float64(price)*season*(1+0.08*r.NormFloat64())))
			m.truth.Kind = "usage"
		}
		if m.truth.Kind == "fixed" && before > 0 && before != amount || m.truth.Kind == "fx" && paid > 0 && n >= turn && lastN < turn {
			m.truth.Changes = append(m.truth.Changes, Change{at.Format(time.DateOnly), -m.lines[len(m.lines)-1].minor, -l.minor})
		}
		before = amount
		m.lines = append(m.lines, l)
		lastN = n
		paid++
	}
	if free && paid > 0 && m.truth.Kind == "fixed" {
		first := m.lines[1]
		m.truth.Changes = append([]Change{{first.at.Format(time.DateOnly), 0, -first.minor}}, m.truth.Changes...)
	}
	if m.truth.Kind != "fixed" {
		note(m.truth.Kind)
	}
	w.close(m, &b, step, grace, lastN, paid, pause < lastN)
	return m
}

// close fills in how the series stands on the last day.
func (w *World) close(m *made, b *biller, step float64, grace, lastN, paid int, gap bool) {
	t := &m.truth
	missed := 0
	for n := lastN + 1; b.due(n).AddDate(0, 0, grace).Before(w.last); n++ {
		missed++
	}
	switch {
	case missed == 0:
		t.Status = "active"
		t.Next = b.due(lastN + 1).Format(time.DateOnly)
	case step < 60 && missed <= 2:
		t.Status = "paused"
	default:
		t.Status = "cancelled"
	}
	weight := paid - len(t.Changes)
	if gap {
		weight--
	}
	if t.Kind == "usage" {
		weight--
	}
	least := 3
	if t.Cadence == "yearly" {
		least = 2
	}
	if t.Cadence == "semi_monthly" {
		least = 5
	}
	t.Tier = "early"
	if weight >= least {
		t.Tier = "core"
	}
	if paid > 0 {
		t.Amount = -m.lines[len(m.lines)-1].minor
		if t.Kind == "usage" {
			var sum int64
			tail := m.lines[max(0, len(m.lines)-12):]
			for _, l := range tail {
				sum -= l.minor
			}
			t.Amount = sum / int64(len(tail))
		}
	}
	w.series = append(w.series, m)
}

// history puts the world in order and names its lines.
func (w *World) history(id string, undated bool) History {
	slices.SortStableFunc(w.lines, func(a, b *line) int { return a.at.Compare(b.at) })
	h := History{ID: id, Input: audit.Input{AsOf: history.DayOf(w.last, time.UTC), Country: "KR"}}
	for i, l := range w.lines {
		l.id = fmt.Sprintf("t%06d", i+1)
		it := audit.Item{ID: l.id, Day: history.DayOf(l.at, time.UTC), Second: int32(l.at.Hour()*3600 + l.at.Minute()*60 + l.at.Second()),
			Minor: l.minor, OrigMinor: l.orig, OrigCode: l.code, Merchant: l.name, Type: l.typ}
		if undated {
			it.Second = -1
		}
		h.Input.Items = append(h.Input.Items, it)
	}
	h.Truth.HistoryID = id
	for _, m := range w.series {
		m.truth.IDs, m.truth.Neutral = ids(m.lines), ids(m.neutral)
		for _, part := range m.segments {
			m.truth.Segments = append(m.truth.Segments, ids(part))
		}
		if len(m.truth.IDs) > 0 {
			h.Truth.Series = append(h.Truth.Series, m.truth)
		}
	}
	for _, p := range w.pairs {
		h.Truth.Doubles = append(h.Truth.Doubles, p.pair())
	}
	for _, p := range w.spared {
		h.Truth.Spared = append(h.Truth.Spared, p.pair())
	}
	return h
}

func ids(lines []*line) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = l.id
	}
	return out
}
