package valuepath

import (
	"slices"
	"time"

	"jandon/internal/money"
)

// Option is another way than any rail now, where it leaves the person with more.
type Option struct {
	Value  money.Amount // what the person keeps by it
	Gain   money.Amount // over the best plan now
	When   time.Time    // spend: before this, zero if nothing expires; wait: until this
	Issuer string       // spend: whose value lapses first (Issuer.ID)
	Plan   *Plan        // wait: the plan that will be best then
	Say    Text
}

// maxWaits bounds the instants that are tried; each costs a plan, or a look at
// its bound where it can't win.
const maxWaits = 16

// horizon is how far ahead waiting is worth a mention: vouchers lapse within some years.
const horizon = 2 * 366 * 24 * time.Hour

// others adds the options beside the front: value that is spent loses no fee,
// and a day's limit, an opening hour or a rule may be worth waiting for.
func (g *ground) others(out *Outcome) {
	best := int64(0)
	if p := out.Plan(MostValue); p != nil {
		best = p.Value.Minor
	}
	c := g.book.Currency
	if sum, by, first := g.spendable(out.Amount.Minor); sum > best {
		o := &Option{Value: money.Of(sum, c), Gain: money.Of(sum-best, c), When: by, Issuer: first.Issuer}
		o.Say = Text{"rail.spend", []any{"amount", o.Value, "gain", o.Gain}}
		if !by.IsZero() {
			o.Say = Text{"rail.spend_by", []any{"amount", o.Value, "gain", o.Gain, "when", by}}
		}
		out.Spend = o
	}
	if best >= out.Amount.Minor {
		return
	}
	for _, at := range g.turns() {
		then := g.later(at)
		m := then.model(out.Amount.Minor)
		x, proved := m.most(best)
		if x == nil {
			continue
		}
		t := m.trade(x, proved)
		if t.value <= best {
			continue
		}
		best = t.value
		p := then.plan(m, &t)
		gain := t.value
		if now := out.Plan(MostValue); now != nil {
			gain -= now.Value.Minor
		}
		o := &Option{Value: p.Value, Gain: money.Of(gain, c), When: at, Plan: &p}
		o.Say = Text{"rail.wait", []any{"when", at, "amount", o.Value, "gain", o.Gain}}
		out.Wait = o
	}
}

// turns are the instants at which more may become possible, soonest first: a lot
// may go, a rail opens, a day's limit starts anew; and, where a rail is closed at
// one of them, when it opens again. More than are tried are thinned out evenly.
func (g *ground) turns() []time.Time {
	var list []time.Time
	var rails []*Rail
	add := func(r *Rail, t time.Time) {
		if t = r.Opens(t, g.req.Zone); t.After(g.at) && t.Sub(g.at) < horizon {
			list = append(list, t)
		}
	}
	once := func() {
		slices.SortFunc(list, time.Time.Compare)
		list = slices.CompactFunc(list, time.Time.Equal)
	}
	for r := range g.book.Rails {
		rail, s := &g.book.Rails[r], &g.state[r]
		if s.code != OK && s.when.IsZero() {
			continue // waiting does not help
		}
		some := false
		for i := range g.lots {
			code, _, when := g.book.judge(&g.lots[i], rail, g.at)
			some = some || code == OK || code == TooEarly
			for code == TooEarly {
				add(rail, when)
				code, _, when = g.book.judge(&g.lots[i], rail, when)
			}
		}
		if !some {
			continue
		}
		rails = append(rails, rail)
		add(rail, g.at)
		if s.used > 0 && s.room < rail.Limit(g.req.Tier).Act {
			add(rail, nextDay(g.at, g.req.Zone))
		}
	}
	once() // before it grows with the rails: there may be hundreds of lots
	for _, t := range slices.Clone(list) {
		for _, r := range rails {
			add(r, t)
		}
	}
	once()
	return thin(list, maxWaits)
}

// thin is at most so many of a list, its first and last among them.
func thin(list []time.Time, most int) []time.Time {
	if n := len(list); n > most {
		for i := range most {
			list[i] = list[i*(n-1)/(most-1)]
		}
		list = list[:most]
	}
	return list
}
