package audit

import (
	"math"

	"jandon/internal/history"
)

func historyDay(d int32) history.Day { return history.Day(d) }

// lag is how late charges are booked after their billing day.
type lag uint8

const (
	prompt lag = iota
	lagOne
	lagTwo
	midnight // on either side of midnight, where the time is not known
)

// lagLog is log P(days late) for −2 … +3 days, by lag.
var lagLog = [...][6]float64{
	prompt:   {-6.2, -4.6, -0.035, -4.6, -6.2, -7},
	lagOne:   {-6.5, -4.5, -0.47, -1.05, -4.3, -6},
	lagTwo:   {-6, -4.3, -0.95, -1.15, -1.4, -3.9},
	midnight: {-6.2, -1.6, -0.55, -1.6, -6.2, -7},
}

var lagPrior = [...]float64{prompt: 0, lagOne: -0.9, lagTwo: -1.6, midnight: -1.2}

const farLog = -8.0

// rule is the calendar of a series: occurrence n of an anchored cadence.
type rule struct {
	cadence Cadence
	anchor  int32 // day of the month; for SemiMonthly the first of the two
	origin  int32 // month of occurrence 0, or its day for exact steps
	shift   shift
	lag     lag
	night   bool // billed at midnight: late in the evening is early on the next day
}

// aroundMidnight is how many seconds before or after it a charge may be booked.
const aroundMidnight = 5400

// billed is the day that a charge counts for.
func (r *rule) billed(c *charge) int32 {
	if r.night && c.sec > 43200 {
		return c.day + 1
	}
	return c.day
}

// date is the billing day of occurrence n.
func (r *rule) date(n int32) history.Day {
	b := &beats[r.cadence]
	var d history.Day
	switch {
	case b.days != 0:
		d = history.Day(r.origin + n*int32(b.days))
	case r.cadence == SemiMonthly:
		month := r.origin + floorDiv(n, 2)
		dom := r.anchor
		if n&1 != 0 {
			dom += 15
			if r.anchor == 15 {
				dom = 31
			}
		}
		d = dayOf(month, min(dom, daysIn(month)))
	default:
		month := r.origin + n*int32(b.months)
		d = dayOf(month, min(r.anchor, daysIn(month)))
	}
	if r.shift != stay {
		d = businessDays().apply(d, r.shift)
	}
	return d
}

func floorDiv(a, b int32) int32 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// fit is a rule with what it makes of some days.
type fit struct {
	rule
	log  float64 // Σ log P(days late) + priors
	last int32   // occurrence of the last charge
	off  int     // charges not on their day or its usual lag
}

// nearest gives the occurrence whose day explains d best.
func (r *rule) nearest(d int32, guess int32) (n int32, log float64) {
	n, log = guess, farLog
	for k := guess - 1; k <= guess+1; k++ {
		late := d - int32(r.date(k)) + 2
		if late >= 0 && late < 6 {
			if l := lagLog[r.lag][late]; l > log {
				n, log = k, l
			}
		}
	}
	return n, log
}

// guess is the occurrence near day d.
func (r *rule) guess(d int32) int32 {
	b := &beats[r.cadence]
	switch {
	case b.days != 0:
		return floorDiv(d-r.origin+int32(b.days)/2, int32(b.days))
	case r.cadence == SemiMonthly:
		c := civilOf(history.Day(d))
		n := 2 * (c.month - r.origin)
		if c.dom > r.anchor+7 {
			n++
		}
		return n
	}
	return floorDiv(civilOf(history.Day(d)).month-r.origin+int32(b.months)/2, int32(b.months))
}

func (r *rule) over(days []int32) fit {
	f := fit{rule: *r, log: lagPrior[r.lag]}
	if r.shift != stay {
		f.log -= 1.2
	}
	for _, d := range days {
		n, l := r.nearest(d, r.guess(d))
		f.log += l
		if l < -3 {
			f.off++
		}
		f.last = n
	}
	return f
}

// fitDays finds the rule of a cadence that explains the days best.
func fitDays(c Cadence, days []int32, base rule, undated bool) fit {
	b := &beats[c]
	best := fit{log: math.Inf(-1)}
	lags := []lag{prompt, lagOne, lagTwo}
	if undated {
		lags = append(lags, midnight)
	}
	if b.days == 7 {
		lags = append(lags[:2:2], lags[3:]...)
	}
	try := func(r rule) {
		r.night = base.night
		for _, l := range lags {
			r.lag = l
			if f := r.over(days); f.log > best.log+1e-9 {
				best = f
			}
		}
	}
	if b.days != 0 {
		for p := int32(-2); p <= 1; p++ {
			try(rule{cadence: c, origin: days[len(days)/2] + p})
		}
		// Phases seen elsewhere in the run, in case the middle one is odd.
		try(rule{cadence: c, origin: days[0]})
		try(rule{cadence: c, origin: days[len(days)-1]})
		return best
	}
	var seen [32]bool
	for _, d := range days {
		cv := civilOf(history.Day(d))
		for k := int32(-6); k <= 5; k++ {
			dom := cv.dom + k
			switch {
			case dom < 1:
				dom += daysIn(cv.month + 11) // the month before has as many days a year on
			case dom > 31:
				dom -= daysIn(cv.month)
			}
			if dom >= 1 && dom <= 31 {
				seen[dom] = true
			}
		}
		if cv.dom == daysIn(cv.month) {
			for k := cv.dom; k <= 31; k++ {
				seen[k] = true
			}
		}
	}
	if c == SemiMonthly {
		for dom := 16; dom < 32; dom++ {
			seen[max(1, dom-16)] = seen[max(1, dom-16)] || seen[dom]
			seen[min(15, dom-15)] = seen[min(15, dom-15)] || seen[dom]
		}
	}
	month := civilOf(history.Day(days[len(days)/2])).month
	for anchor := int32(1); anchor <= 31; anchor++ {
		if !seen[anchor] || c == SemiMonthly && anchor > 15 {
			continue
		}
		for _, s := range [...]shift{stay, forward, back} {
			if b.months > 1 {
				for m := month - 1; m <= month+1; m++ {
					try(rule{cadence: c, anchor: anchor, origin: m, shift: s})
				}
				continue
			}
			try(rule{cadence: c, anchor: anchor, origin: month, shift: s})
		}
	}
	return best
}
