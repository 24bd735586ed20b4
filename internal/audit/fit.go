package audit

import (
	"math"
	"slices"
)

// fit is a rule with what it makes of some days.
type fit struct {
	rule
	log  float64 // Σ log P(days late) + priors
	last int32   // occurrence of the last charge
	off  int     // charges neither on their day nor at its usual lag
}

const (
	shiftLog = -1.2 // the cost of moving to business days
	nthLog   = -3.0 // the cost of counting weekdays instead of days of the month
)

// fitter tries rules on the billing days of a chain.
type fitter struct {
	closed *calendar
	days   []int32
	tried  []lag
	plain  []int32 // billing days of the rule at hand, before its shift
	moved  []int32
	best   fit
}

// fit finds the calendar that explains the days of a chain best; undated says
// that times of day are not known.
func (f *fitter) fit(c Cadence, days []int32, night, undated bool) fit {
	f.days, f.best = days, fit{log: math.Inf(-1)}
	f.best.night = night
	f.tried = append(f.tried[:0], prompt, lagOne)
	if beats[c].days != 7 {
		f.tried = append(f.tried, lagTwo, lagThree)
	}
	if undated {
		f.tried = append(f.tried, midnight)
	}
	switch {
	case beats[c].days != 0:
		f.steps(c)
	case c == SemiMonthly:
		f.halves()
	default:
		f.months(c)
	}
	if math.IsInf(f.best.log, -1) {
		return f.best // no rule was worth trying
	}
	n, _ := f.best.nearest(days[len(days)-1], f.closed)
	f.best.last, f.best.night = n, night
	return f.best
}

// steps tries the phases of an exact step that are seen in the run.
func (f *fitter) steps(c Cadence) {
	n := len(f.days)
	step := int32(beats[c].days)
	var tried [8]int32
	phases := tried[:0]
	mid := f.days[n/2]
	for _, day := range [...]int32{mid, mid - 1, mid - 2, mid + 1, f.days[0], f.days[n-1], mid - 3} {
		if phase := floorMod(day, step); !slices.Contains(phases, phase) {
			phases = append(phases, phase)
			f.try(rule{cadence: c, origin: day - step*((day-f.days[0])/step)})
		}
	}
}

// months tries the days of the month near those seen, and the n-th weekday
// where the charges keep their weekday.
func (f *fitter) months(c Cadence) {
	var near [32]bool
	for _, d := range f.days {
		cv := civilOf(d)
		length := daysIn(cv.month)
		for k := int32(-6); k <= 5; k++ {
			dom := cv.dom + k
			switch {
			case dom < 1:
				dom += daysIn(cv.month - 1)
			case dom > length:
				dom -= length
			}
			near[dom] = true
		}
		if cv.dom >= length-3 {
			for k := cv.dom; k <= 31; k++ {
				near[k] = true
			}
		}
	}
	first := civilOf(f.days[0]).month
	each := int32(beats[c].months)
	for m := first - 1; m <= first+1; m++ {
		if each == 1 && m != first {
			continue
		}
		for dom := int32(1); dom <= 31; dom++ {
			if near[dom] {
				f.try(rule{cadence: c, anchor: anchor{dom: dom}, origin: m})
			}
		}
	}
	if week, ok := f.weekday(); ok && f.best.off > 0 {
		for nth := int32(1); nth <= 5; nth++ {
			f.try(rule{cadence: c, anchor: anchor{nth: nth, week: week}, origin: first})
		}
	}
}

// weekday is the weekday of most charges, if it is of nearly all.
func (f *fitter) weekday() (int32, bool) {
	var count [7]int
	top := 0
	for _, d := range f.days {
		w := weekday(d)
		count[w]++
		if count[w] > count[top] {
			top = int(w)
		}
	}
	return int32(top), count[top]*5 >= len(f.days)*4
}

// halves tries pairs of days half a month apart.
func (f *fitter) halves() {
	var seen [32]int
	for _, d := range f.days {
		seen[civilOf(d).dom]++
	}
	month := civilOf(f.days[0]).month
	for dom := int32(1); dom <= 16; dom++ {
		near := 0
		for k := max(1, dom-1); k <= dom+4; k++ {
			near += seen[k]
		}
		if near*4 < len(f.days) {
			continue
		}
		for _, second := range [...]int32{dom + 14, dom + 15, dom + 13, 31} {
			if second > 31 || second-dom < 12 || second-dom > 17 {
				continue
			}
			f.try(rule{cadence: SemiMonthly, anchor: anchor{dom: dom, second: second}, origin: month})
		}
	}
}

// try weighs a rule under every shift and lag.
func (f *fitter) try(r rule) {
	last := f.days[len(f.days)-1]
	f.plain = f.plain[:0]
	from := int32(-2)
	if r.cadence == SemiMonthly {
		from = -3
	}
	for n := from; ; n++ {
		d := r.date(n, f.closed)
		f.plain = append(f.plain, d)
		if d > last+earliest {
			break
		}
	}
	for _, s := range [...]shift{stay, forward, back} {
		table, cost := f.plain, 0.0
		if s != stay {
			cost = shiftLog
			changed := false
			f.moved = f.moved[:0]
			for _, d := range f.plain {
				m := f.closed.apply(d, s)
				changed = changed || m != d
				f.moved = append(f.moved, m)
			}
			if !changed {
				continue
			}
			table = f.moved
		}
		if r.anchor.nth != 0 {
			cost += nthLog
		}
		r.shift = s
		f.weigh(r, table, cost)
	}
}

// weigh sums up what the lags make of the days, given the billing days.
func (f *fitter) weigh(r rule, table []int32, cost float64) {
	var sum [lags]float64
	var off [lags]int
	for _, l := range f.tried {
		sum[l] = cost + lagPrior[l]
	}
	at := 0
	for _, d := range f.days {
		for at+1 < len(table) && table[at+1] <= d+earliest {
			at++
		}
		late := d - table[at] + earliest
		if at > 0 && late < earliest && d-table[at-1] < earliest-late {
			late = d - table[at-1] + earliest // nearer to the one before
		}
		best := math.Inf(-1)
		for _, l := range f.tried {
			p := farLog
			if late >= 0 && late < lateness {
				p = max(p, lagLog[l][late])
			}
			if p < -3 {
				off[l]++
			}
			sum[l] += p
			best = max(best, sum[l])
		}
		if best <= f.best.log {
			return
		}
	}
	for _, l := range f.tried {
		if sum[l] > f.best.log+1e-9 {
			r.lag = l
			f.best = fit{rule: r, log: sum[l], off: off[l]}
		}
	}
}
