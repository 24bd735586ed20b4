package audit

// rule is the calendar of a series: occurrence n of a cadence has one billing day.
type rule struct {
	cadence Cadence
	anchor  anchor
	origin  int32 // the month of occurrence 0, or its day where the steps are days
	shift   shift
	lag     lag
	night   bool // billed at midnight: late in the evening counts as the next day
}

// anchor is where in a month a series is billed.
type anchor struct {
	dom    int32 // day of the month, 1–31; the month's last where it is shorter
	second int32 // semi-monthly: the later day of the month
	nth    int32 // 1–4, or 5 for the last: the n-th such weekday of the month; 0: by dom
	week   int32 // that weekday, Monday 0
}

// in is the day that the anchor names in a month.
func (a *anchor) in(month int32) int32 {
	if a.nth == 0 {
		return dayOf(month, a.dom)
	}
	if a.nth == 5 {
		last := dayOf(month, 31)
		return last - floorMod(weekday(last)-a.week, 7)
	}
	first := firstOf(month)
	return first + floorMod(a.week-weekday(first), 7) + 7*(a.nth-1)
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
func (r *rule) date(n int32, closed *calendar) int32 {
	b := &beats[r.cadence]
	var day int32
	switch {
	case b.days != 0:
		day = r.origin + n*int32(b.days)
	case r.cadence == SemiMonthly && n&1 != 0:
		day = dayOf(r.origin+floorDiv(n, 2), r.anchor.second)
	case r.cadence == SemiMonthly:
		day = dayOf(r.origin+floorDiv(n, 2), r.anchor.dom)
	default:
		day = r.anchor.in(r.origin + n*int32(b.months))
	}
	return closed.apply(day, r.shift)
}

// guess is an occurrence near a day, at most one off.
func (r *rule) guess(day int32) int32 {
	b := &beats[r.cadence]
	switch {
	case b.days != 0:
		return floorDiv(day-r.origin+int32(b.days)/2, int32(b.days))
	case r.cadence == SemiMonthly:
		c := civilOf(day)
		n := 2 * (c.month - r.origin)
		if c.dom > (r.anchor.dom+r.anchor.second)/2 {
			n++
		}
		return n
	}
	return floorDiv(civilOf(day).month-r.origin+int32(b.months)/2, int32(b.months))
}

// nearest gives the occurrence whose day explains the day best, and how well.
func (r *rule) nearest(day int32, closed *calendar) (n int32, log float64) {
	guess := r.guess(day)
	n, log = guess, farLog
	for k := guess - 1; k <= guess+1; k++ {
		late := day - r.date(k, closed) + earliest
		if late >= 0 && late < lateness {
			if l := lagLog[r.lag][late]; l > log {
				n, log = k, l
			}
		}
	}
	return n, log
}

// lag is how late charges are booked after their billing day.
type lag uint8

const (
	prompt lag = iota
	lagOne
	lagTwo
	lagThree
	midnight // on either side of midnight, where the time is not known
	lags
)

const (
	earliest = 2 // days before the billing day
	lateness = 7 // from two days early to four days late
	farLog   = -8.0
)

// lagLog is log P(days late) from earliest on, by lag.
var lagLog = [lags][lateness]float64{
	prompt:   {-6.2, -4.6, -0.035, -4.6, -6.2, -7, -7.8},
	lagOne:   {-6.5, -4.5, -0.47, -1.05, -4.3, -6, -7.5},
	lagTwo:   {-6, -4.3, -0.95, -1.15, -1.4, -3.9, -6},
	lagThree: {-6.5, -5.5, -2.2, -1.5, -1.2, -1.25, -3.2},
	midnight: {-6.2, -1.6, -0.55, -1.6, -6.2, -7, -7.8},
}

var lagPrior = [lags]float64{prompt: 0, lagOne: -0.9, lagTwo: -1.6, lagThree: -3, midnight: -1.2}
