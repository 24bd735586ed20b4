package audit

import (
	"cmp"
	"math"
	"slices"

	"jandon/internal/history"
)

const (
	probable = 6.0 // accepted
	startLog = -2.5
)

var tried = [...]Cadence{Monthly, Weekly, Biweekly, FourWeekly, Days30, Quarterly, Yearly, Bimonthly, HalfYearly, SemiMonthly}

type auditor struct {
	in       Input
	charges  []charge
	names    []*merchant // by charge
	keys     []string    // by group
	groups   []group
	refunds  []charge
	closed   *calendar
	first    int32
	last     int32
	weekdays bool // the merchant at hand is one of working days

	score []float64
	prev  []int32
	step  []int32
	turn  []int32
	nodes []node

	prices map[int64]int // of charges in no series, for doubles
	loose  int
	days   []int32
	of     []*charge
	fitter fitter
}

// found is an accepted chain.
type found struct {
	members []int32 // indexes into auditor.charges
	fit     fit
	score   float64
}

// Run looks through a history.
func Run(in Input) Report {
	a := &auditor{in: in, closed: businessDays(in.Country)}
	a.fitter.closed = a.closed
	a.collect()
	var all []found
	for g := range a.groups {
		all = append(all, a.join(a.search(&a.groups[g]))...)
	}
	all = a.succeed(all)
	var rep Report
	for i := range all {
		rep.Series = append(rep.Series, a.describe(&all[i]))
	}
	rep.Series = append(rep.Series, a.trials()...)
	rep.Doubles = a.doubles()
	slices.SortStableFunc(rep.Series, func(x, y Series) int {
		return cmp.Or(-cmp.Compare(x.Score, y.Score), cmp.Compare(in.Items[x.Members[0]].ID, in.Items[y.Members[0]].ID))
	})
	return rep
}

// search takes chains from a group, the least likely by chance first.
func (a *auditor) search(g *group) []found {
	var out []found
	for {
		a.nodes = a.nodes[:0]
		for _, i := range g.charges {
			if c := &a.charges[i]; !c.taken && !c.check && c.minor > 0 {
				a.nodes = append(a.nodes, node{charge: c, lnPrice: math.Log(float64(c.minor))})
			}
		}
		if len(a.nodes) < 2 {
			return out
		}
		f, ok := a.strongest()
		if !ok {
			return out
		}
		for i, n := range f.members {
			c := a.nodes[n].charge
			c.taken = true
			f.members[i] = g.charges[slices.IndexFunc(g.charges, func(x int32) bool { return &a.charges[x] == c })]
		}
		a.freeStart(g, &f)
		out = append(out, f)
	}
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
	return f, ch.weigh(a.nodes) + f.log + beats[ch.cadence].prior + startLog + doubt(a.nodes, ch)
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

// describe turns a chain into what a person is told.
func (a *auditor) describe(f *found) Series {
	s := Series{Cadence: f.fit.cadence, Score: f.score, Merchant: a.name(f.members)}
	for _, m := range f.members {
		s.Members = append(s.Members, a.charges[m].item)
	}
	a.price(f, &s)
	a.stand(f, &s)
	return s
}

// name is the merchant's most printed name among the members.
func (a *auditor) name(members []int32) string {
	counts := make(map[string]int)
	best := ""
	for _, m := range members {
		n := a.names[m].name
		counts[n]++
		if best == "" || counts[n] > counts[best] || counts[n] == counts[best] && n < best {
			best = n
		}
	}
	return best
}

// price finds how the price behaved.
func (a *auditor) price(f *found, s *Series) {
	same, drift, steps := 0, 0, 0
	for i := 1; i < len(f.members); i++ {
		x, y := &a.charges[f.members[i-1]], &a.charges[f.members[i]]
		if x.minor == 0 {
			steps++
			continue
		}
		switch d := math.Abs(math.Log(float64(y.minor) / float64(x.minor))); {
		case x.price == y.price:
			same++
		case d < driftRange:
			drift++
		default:
			steps++
		}
	}
	last := &a.charges[f.members[len(f.members)-1]]
	s.Amount = last.minor
	orig := a.in.Items[last.item].OrigMinor > 0
	n := len(f.members) - 1
	switch {
	case orig, drift > 0 && drift+same >= n-n/3 && drift >= same:
		s.Kind = Foreign
	case same*2 >= n || steps <= 1 && same > 0:
		s.Kind = Fixed
	default:
		s.Kind = Usage
		var sum int64
		tail := f.members[max(0, len(f.members)-12):]
		for _, m := range tail {
			sum += a.charges[m].minor
		}
		s.Amount = sum / int64(len(tail))
		return
	}
	for i := 1; i < len(f.members); i++ {
		x, y := &a.charges[f.members[i-1]], &a.charges[f.members[i]]
		d := math.Abs(math.Log(float64(y.minor) / max(1, float64(x.minor))))
		if x.price == y.price || s.Kind == Foreign && !orig && d < 1.2*driftRange {
			continue
		}
		s.Changes = append(s.Changes, PriceChange{a.in.Items[y.item].ID, a.in.Items[y.item].Day, x.minor, y.minor})
	}
}

// stand finds the status and the next date.
func (a *auditor) stand(f *found, s *Series) {
	b := &beats[f.fit.cadence]
	missed := int32(0)
	for n := f.fit.last + 1; f.fit.date(n, a.closed)+int32(b.grace) < int32(a.in.AsOf); n++ {
		missed++
	}
	switch {
	case missed == 0:
		s.Status = Active
		s.Next, s.HasNext = history.Day(f.fit.date(f.fit.last+1, a.closed)), true
	case b.mean < 60 && missed <= 2:
		s.Status = Paused
	default:
		s.Status = Cancelled
	}
	if a.gaveBack(f.members[len(f.members)-1]) {
		s.Status, s.HasNext = Cancelled, false
	}
}

// gaveBack reports whether a charge was refunded in full within a week.
func (a *auditor) gaveBack(last int32) bool {
	c := &a.charges[last]
	for _, r := range a.refunds {
		if r.group == c.group && r.minor == c.minor && r.day >= c.day && r.day <= c.day+7 {
			return true
		}
	}
	return false
}

// trials lists free starts that nothing was charged for yet.
func (a *auditor) trials() []Series {
	var out []Series
	for i := range a.charges {
		c := &a.charges[i]
		if !c.trial || c.taken || int32(a.in.AsOf)-c.day > 35 {
			continue
		}
		length := int32(30)
		if past := int32(a.in.AsOf) - c.day; past <= 7 {
			length = 7
		} else if past <= 14 {
			length = 14
		}
		out = append(out, Series{Merchant: a.names[i].name, Members: []int{c.item}, Status: Trial, Kind: Fixed,
			Next: history.Day(c.day + length), HasNext: true, Score: probable})
	}
	return out
}
