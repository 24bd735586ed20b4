package valuepath_test

import (
	"cmp"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"jandon/internal/money"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
)

func TestWholeAnswersEqualBruteForce(t *testing.T) {
	t.Parallel()
	rules, err := os.ReadFile("data/rules.toml")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for seed := range uint64(4000) {
		rnd := rand.New(rand.NewPCG(seed, 1011))
		rails, q := drawCase(rnd)
		out, err := catalogue(t, rules, rails).Plan(q)
		if err != nil {
			t.Fatal(err)
		}
		n := naiveAt(rails, &q, q.At)
		front := n.front()
		wrong := n.compare(out, front)
		if wrong == "" && seed%4 == 0 {
			wrong = n.waits(out, seen)
		}
		if wrong != "" {
			t.Fatalf("seed %d: %s\n%+v\n%+v\n%+v", seed, wrong, rails, q, out)
		}
		seen[[]string{"nothing", "one plan", "two", "more"}[min(len(front), 3)]]++
		if out.Spend != nil {
			seen["spend"]++
		}
	}
	for what, least := range map[string]int{"nothing": 500, "one plan": 500, "two": 100, "more": 10, "spend": 500, "wait": 30, "no wait": 300} {
		if seen[what] < least {
			t.Errorf("hardly any cases of %s: %v", what, seen)
		}
	}
}

// compare says where a plan, a goal, a refusal or what could be spent differs.
func (n *naive) compare(out *valuepath.Outcome, front []end) string {
	if len(out.Front) != len(front) || !out.Proved {
		return "not the plans, or not proved"
	}
	for i := range out.Front {
		p := &out.Front[i]
		if !slices.Contains(front, endOf(p)) || !p.Proved {
			return "a plan that is beaten, or not proved"
		}
		if wrong := n.adds(p); wrong != "" {
			return wrong
		}
	}
	keeps := func(e end) int64 { return min(e.value, 1) }
	for goal, first := range map[valuepath.Goal]func(a, b end) int{
		valuepath.MostValue: func(a, b end) int { return cmp.Or(cmp.Compare(b.value, a.value), cmp.Compare(a.rest, b.rest)) },
		valuepath.Fastest: func(a, b end) int {
			return cmp.Or(cmp.Compare(keeps(b), keeps(a)), cmp.Compare(a.seconds, b.seconds), cmp.Compare(b.value, a.value))
		},
		valuepath.NothingLeft: func(a, b end) int { return cmp.Or(cmp.Compare(a.rest, b.rest), cmp.Compare(b.value, a.value)) },
	} {
		if p := out.Plan(goal); len(front) > 0 && first(endOf(p), slices.MinFunc(front, first)) != 0 {
			return "another is better for " + goal.String()
		}
	}
	best, spend := n.best(), int64(0)
	for i := range n.q.Lots {
		l := &n.q.Lots[i]
		if !l.Expired(n.q.At) {
			spend += n.free[i]
		}
		open := false
		for r := range n.rails {
			open = open || n.may[i]&(1<<r) != 0 && n.room[r] > 0
		}
		stuck := slices.ContainsFunc(out.Refused, func(f valuepath.Refusal) bool {
			return f.Lot == l.ID && f.Code != valuepath.OK && f.Rule != "" && f.Since != ""
		})
		if want := l.Amount.Minor > 0 && (!open || n.free[i] == 0); stuck != want {
			return "refused, or not refused: " + l.ID
		}
	}
	if spend = min(spend, n.q.Amount.Minor); (out.Spend != nil) != (spend > best) || out.Spend != nil && (out.Spend.Value.Minor != spend || out.Spend.Gain.Minor != spend-best) {
		return "spending it"
	}
	return ""
}

func endOf(p *valuepath.Plan) end {
	return end{p.Value.Minor, p.Rest.Minor, int64(p.Time / time.Second)}
}

// adds says what of a plan's legs is not as its rails and lots have it.
func (n *naive) adds(p *valuepath.Plan) string {
	x, drawn := make([]int64, len(n.rails)), make([]int64, len(n.free))
	var value, given, fees int64
	for _, leg := range p.Legs {
		i := slices.IndexFunc(n.rails, func(r naiveRail) bool { return r.id == leg.Rail })
		r := &n.rails[i]
		x[i] = leg.Amount.Minor
		sum := money.Won(0)
		for _, d := range leg.From {
			lot := slices.IndexFunc(n.q.Lots, func(l wallet.Lot) bool { return l.ID == d.Lot })
			if n.may[lot]&(1<<i) == 0 || d.Amount.Minor <= 0 {
				return "a lot that may not go"
			}
			drawn[lot] += d.Amount.Minor
			sum.Minor += d.Amount.Minor
		}
		if sum != leg.Amount || x[i] < r.min || x[i]%r.unit != 0 || x[i] > n.room[i] || leg.Fee.Minor != r.feeOf(x[i]) || leg.Net.Minor != x[i]-leg.Fee.Minor {
			return "a leg that its rail does not take"
		}
		if fees += leg.Fee.Minor; r.nature == "gift" {
			given += leg.Net.Minor
		} else {
			value += leg.Net.Minor
		}
	}
	if value != p.Value.Minor || given != p.Given.Minor || fees != p.Fees.Minor || value+given+fees+p.Rest.Minor != n.q.Amount.Minor {
		return "sums"
	}
	if !slices.Equal(drawn, n.drawn(x)) {
		return "not the first to expire"
	}
	return ""
}

// waits says whether waiting is offered where it wins, until the first instant
// at which it wins most, and nowhere else: every hour of nine days is tried, and
// every instant at which a lot settles or lapses.
func (n *naive) waits(out *valuepath.Outcome, seen map[string]int) string {
	var times []time.Time
	for h := range 9 * 24 {
		times = append(times, n.q.At.Truncate(time.Hour).Add(time.Duration(h+1)*time.Hour))
	}
	for i := range n.q.Lots {
		times = append(times, n.q.Lots[i].Received.Add(24*time.Hour), n.q.Lots[i].Expires)
	}
	slices.SortFunc(times, time.Time.Compare)
	now := n.best()
	most, when := now, time.Time{}
	known := map[string]int64{}
	for _, at := range times {
		if !at.After(n.q.At) {
			continue
		}
		then := naiveAt(n.rails, n.q, at)
		like := then.state()
		if _, ok := known[like]; !ok {
			known[like] = then.best()
		}
		if known[like] > most {
			most, when = known[like], at
		}
	}
	w := out.Wait
	if most == now {
		seen["no wait"]++
		if w != nil {
			return "waiting wins nothing"
		}
		return ""
	}
	seen["wait"]++
	if w == nil || w.Value.Minor != most || w.Gain.Minor != most-now || !w.When.Equal(when) {
		return "waiting until " + when.String()
	}
	return ""
}
