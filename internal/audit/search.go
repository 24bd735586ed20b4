package audit

import (
	"math"
	"slices"
)

const (
	probable = 6.0  // the score at which a chain is accepted
	sure     = 9.0  // and at which it is beyond reasonable doubt
	startLog = -2.5 // what the existence of any series at a merchant costs
)

// tried are the cadences in the order in which they are looked for: of two
// that explain a chain alike, the first holds.
var tried = [...]Cadence{Monthly, Weekly, Biweekly, FourWeekly, Days30, Quarterly, Yearly, Bimonthly, HalfYearly, SemiMonthly}

// found is an accepted chain.
type found struct {
	members []int32 // indexes into auditor.charges
	fit     fit
	score   float64
	late    int // members long after their day
	shared  int // dates on which it was billed together with another
}

// crowded is how many charges a day, over a busy merchant's whole history, make
// metered bills and new prices untellable: each price is then searched alone.
const (
	crowded = 2
	busy    = 500
)

// search takes chains from a group, the least likely by chance first.
func (a *auditor) search(g *group) []found {
	free := make([]int32, 0, len(g.charges))
	for _, i := range g.charges {
		if c := &a.charges[i]; !c.check && c.minor > 0 {
			free = append(free, i)
		}
	}
	if len(free) < 2 {
		return nil
	}
	var out []found
	span := a.charges[free[len(free)-1]].day - a.charges[free[0]].day + 1
	if len(free) <= busy || len(free) <= crowded*int(span) {
		out = a.chains(free)
	} else {
		for _, one := range a.byPrice(free) {
			out = append(out, a.chains(one)...)
		}
	}
	for i := range out {
		a.freeStart(g, &out[i])
	}
	return out
}

// byPrice splits charges into those of one price, by time of their first.
func (a *auditor) byPrice(charges []int32) [][]int32 {
	at := make(map[int64]int)
	var lists [][]int32
	for _, i := range charges {
		p := a.charges[i].price
		k, ok := at[p]
		if !ok {
			k = len(lists)
			at[p] = k
			lists = append(lists, nil)
		}
		lists[k] = append(lists[k], i)
	}
	return slices.DeleteFunc(lists, func(l []int32) bool {
		days := a.charges[l[len(l)-1]].day - a.charges[l[0]].day + 1
		return len(l) < 2 || len(l) > busy && len(l) > int(days)
	})
}

// chains takes one chain after the other from some charges.
func (a *auditor) chains(charges []int32) []found {
	var out []found
	for {
		a.nodes, a.index = a.nodes[:0], a.index[:0]
		for _, i := range charges {
			if c := &a.charges[i]; !c.taken {
				a.nodes = append(a.nodes, node{charge: c, lnPrice: math.Log(float64(c.minor))})
				a.index = append(a.index, i)
			}
		}
		if len(a.nodes) < 2 || a.stopped() {
			return out
		}
		f, ok := a.strongest()
		if !ok {
			return out
		}
		members := make([]int32, len(f.members))
		for i, n := range f.members {
			members[i] = a.index[a.firstOf(n, f.members)]
			a.charges[members[i]].taken = true
		}
		f.members = members
		out = append(out, f)
	}
}

// firstOf is the first of equal charges within minutes, or of a day where times
// are not known: it is the one that was due, and what follows is the mistake.
func (a *auditor) firstOf(n int32, members []int32) int32 {
	for ; n > 0; n-- {
		x, y := &a.nodes[n-1], &a.nodes[n]
		if x.price != y.price || y.instant()-x.instant() > burstGap || slices.Contains(members, n-1) {
			break
		}
	}
	return n
}

// freeStart puts the ₩0 charge that began a trial before the charges it led to.
func (a *auditor) freeStart(g *group, f *found) {
	first := a.charges[f.members[0]].day
	for _, i := range slices.Backward(g.charges) {
		c := &a.charges[i]
		if c.minor == 0 && !c.check && !c.taken && c.day <= first-4 && c.day >= first-36 {
			c.taken = true
			f.members = slices.Insert(f.members, 0, i)
			return
		}
	}
}

// workdaysOnly reports whether people come to this merchant on working days alone.
func workdaysOnly(nodes []node) bool {
	weekend, close := 0, 0
	for i := range nodes {
		if nodes[i].day%7 == 2 || nodes[i].day%7 == 3 { // 1970-01-03 was a Saturday
			weekend++
		}
		if i > 0 && nodes[i].day-nodes[i-1].day <= 3 {
			close++
		}
	}
	return close*2 > len(nodes) && weekend*20 < len(nodes)
}

// strongest is the best chain over all cadences, with members as node indexes.
func (a *auditor) strongest() (found, bool) {
	best := found{score: math.Inf(-1)}
	span := float64(a.nodes[len(a.nodes)-1].day - a.nodes[0].day)
	window := int32(0)
	habits(a.nodes)
	a.weekdays = workdaysOnly(a.nodes)
	for _, c := range tried {
		b := &beats[c]
		if len(a.nodes) < b.least || span < b.mean*float64(b.least-1)*0.8 {
			continue
		}
		w := int32(70)
		if b.mean > 40 {
			w = int32(1.5 * b.mean)
		}
		if w != window {
			a.rates(a.nodes, w)
			window = w
		}
		if a.stopped() {
			break
		}
		ch, ok := a.best(a.nodes, c)
		if !ok {
			continue
		}
		f, score := a.judge(&ch)
		if math.IsInf(score, -1) {
			continue
		}
		for range 2 {
			k, _ := keptTime(a.nodes, ch.nodes)
			next := a.walk(a.nodes, &f.rule, k)
			if len(next.nodes) < b.least || slices.Equal(next.nodes, ch.nodes) {
				break
			}
			nf, s := a.judge(&next)
			if s <= score {
				break
			}
			ch, f, score = next, nf, s
		}
		if score > best.score {
			best = found{fit: f, score: score}
			for _, n := range ch.nodes {
				best.members = append(best.members, int32(n))
			}
		}
	}
	return best, best.score >= probable
}

// judge finds the calendar of a chain and its log-likelihood ratio.
func (a *auditor) judge(ch *chain) (fit, float64) {
	f := a.fit(ch)
	if math.IsInf(f.log, -1) {
		return f, f.log
	}
	if ch.cadence == SemiMonthly && a.halvesFit(ch)-f.log > twoMonthly {
		return f, math.Inf(-1)
	}
	return f, ch.weigh(a.nodes) + f.log + beats[ch.cadence].prior + startLog - crowd(a.nodes) + doubt(a.nodes, ch)
}

// twoMonthly is how much better two monthly calendars must explain the days of
// what looks semi-monthly to be two plans: half a month is 13 to 17 days.
const twoMonthly = 4

// halvesFit is how well two monthly calendars explain every other charge of a chain.
func (a *auditor) halvesFit(ch *chain) float64 {
	sum := 0.0
	for half := range 2 {
		a.of = a.of[:0]
		for i := half; i < len(ch.nodes); i += 2 {
			a.of = append(a.of, a.nodes[ch.nodes[i]].charge)
		}
		sum += a.calendarOf(Monthly, a.of).log
	}
	return sum
}

// fit finds the calendar of a chain.
func (a *auditor) fit(ch *chain) fit {
	a.of = a.of[:0]
	for _, n := range ch.nodes {
		a.of = append(a.of, a.nodes[n].charge)
	}
	return a.calendarOf(ch.cadence, a.of)
}

// calendarOf finds the calendar of some charges.
func (a *auditor) calendarOf(c Cadence, charges []*charge) fit {
	late, early := 0, 0
	for _, x := range charges {
		switch {
		case x.sec < 0:
		case x.sec < aroundMidnight:
			early++
		case x.sec > 86400-aroundMidnight:
			late++
		}
	}
	r := rule{night: late > 0 && (late+early)*2 > len(charges)}
	a.days = a.days[:0]
	for _, x := range charges {
		a.days = append(a.days, r.billed(x))
	}
	return a.fitter.fit(c, a.days, r.night, charges[0].sec < 0)
}
