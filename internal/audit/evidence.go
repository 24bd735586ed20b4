package audit

import (
	"cmp"

	"jandon/internal/history"
)

// Evidence is one checkable reason for a finding. ID names its sentence in the
// catalogue; the numbers are what the sentence needs, as Say hands them on.
type Evidence struct {
	ID       string
	N, Of    int         // counts of charges, or a number that the sentence explains
	Low      int64       // minor units
	High     int64       // minor units
	Weekday  int         // Monday 0
	Day      history.Day // a date
	Currency string      // of a price in another currency
}

// The reasons, by the id of their sentence.
const (
	onDay       = "audit.on_day"          // N charges on day Of of the month
	onDayOn     = "audit.on_day_forward"  // … or the next business day
	onDayBack   = "audit.on_day_back"     // … or the business day before
	onLastDay   = "audit.on_last_day"     // N charges on the last day of the month
	firstOpen   = "audit.first_business"  // N charges on the first business day of the month
	lastOpen    = "audit.last_business"   // N charges on the last one
	onNth       = "audit.on_nth_weekday"  // N charges on the Of-th Weekday of the month
	onLastNth   = "audit.on_last_weekday" // N charges on the last Weekday of the month
	twiceAMonth = "audit.twice_a_month"   // N charges on the days Of and Low of the month
	everyWeek   = "audit.every_weekday"   // N charges, every Of weeks on a Weekday
	everyDays   = "audit.every_days"      // N charges, Of days apart
	everyMonths = "audit.every_months"    // they come every Of months
	onePrice    = "audit.one_price"       // all at one price
	steppedAt   = "audit.price_steps"     // the price changed Of times, from Low to High
	metered     = "audit.metered"         // the amount varies between Low and High
	inForeign   = "audit.foreign"         // one price in Currency
	bookedLate  = "audit.booked_late"     // booked up to Of days late
	keepsTime   = "audit.keeps_time"      // N of Of charges within minutes of one time of day
	leftOut     = "audit.left_out"        // Of dates passed without a charge
	cameLate    = "audit.came_late"       // N charges were tried again after their day
	oneReceipt  = "audit.one_receipt"     // N times it was billed in one charge with another
	freeStart   = "audit.free_start"      // began free of charge on Day
	twiceAlike  = "audit.twice_alike"     // two equal charges, a cadence apart
	allAlike    = "audit.all_alike"       // N equal charges, each a cadence after the last
	saysSo      = "audit.says_so"         // the line itself speaks of a subscription
	sameOrder   = "audit.same_order"      // both lines carry one order number
	sameNumber  = "audit.same_approval"   // … or one approval number
	atOnce      = "audit.at_once"         // the same amount again within a minute
	soonAfter   = "audit.soon_after"      // the same amount again, Of minutes later
	nextDay     = "audit.next_day"        // the same amount again, a day later
	sameDay     = "audit.same_day"        // the same amount twice on Day
	twoWays     = "audit.two_ways"        // each through another gateway
	cameBack    = "audit.came_back"       // the amount was refunded
)

// Teller turns ids and values into sentences: an i18n.Printer.
type Teller interface {
	F(id string, args ...any) string
	N(id string, n int, args ...any) string
	Weekday(n int) string
	DayYear(d history.Day) string
}

// Say is the sentence of e; amount writes minor units.
func (e *Evidence) Say(t Teller, amount func(minor int64) string) string {
	args := []any{"Of", e.Of, "Second", e.Low, "Low", amount(e.Low), "High", amount(e.High), "Currency", e.Currency}
	args = append(args, "Weekday", t.Weekday(e.Weekday), "Day", t.DayYear(e.Day))
	if e.N > 0 {
		return t.N(e.ID, e.N, args...)
	}
	return t.F(e.ID, args...)
}

// reasons says why a series was found.
func (a *auditor) reasons(f *found, s *Series) []Evidence {
	paid := f.members
	var list []Evidence
	if first := &a.charges[paid[0]]; first.minor == 0 && len(paid) > 1 {
		list = append(list, Evidence{ID: freeStart, Day: history.Day(first.day)})
		paid = paid[1:]
	}
	list = append([]Evidence{rhythm(&f.fit, len(paid))}, list...)
	if n := beats[f.fit.cadence].months; n > 1 {
		list = append(list, Evidence{ID: everyMonths, Of: n})
	}
	list = append(list, a.priceReason(paid, s))
	if n := a.onTime(paid); n*3 >= len(paid)*2 && len(paid) > 1 {
		list = append(list, Evidence{ID: keepsTime, N: n, Of: len(paid)})
	}
	switch f.fit.lag {
	case lagOne, lagTwo, lagThree:
		list = append(list, Evidence{ID: bookedLate, N: int(f.fit.lag)})
	}
	if f.late > 0 {
		list = append(list, Evidence{ID: cameLate, N: f.late})
	}
	if f.shared > 0 {
		list = append(list, Evidence{ID: oneReceipt, N: f.shared})
	}
	if n := a.passed(f, paid); n > 0 {
		list = append(list, Evidence{ID: leftOut, N: n})
	}
	return list
}

// rhythm says on which days the charges come.
func rhythm(f *fit, n int) Evidence {
	e := Evidence{N: n, Of: int(f.anchor.dom)}
	b := &beats[f.cadence]
	switch {
	case b.days == 30:
		e.ID, e.Of = everyDays, b.days
	case b.days != 0:
		e.ID, e.Of, e.Weekday = everyWeek, b.days/7, int(weekday(f.origin))
	case f.cadence == SemiMonthly:
		e.ID, e.Low = twiceAMonth, int64(f.anchor.second)
	case f.anchor.nth == 5:
		e.ID, e.Weekday = onLastNth, int(f.anchor.week)
	case f.anchor.nth > 0:
		e.ID, e.Of, e.Weekday = onNth, int(f.anchor.nth), int(f.anchor.week)
	case f.anchor.dom == 1 && f.shift == forward:
		e.ID = firstOpen
	case f.anchor.dom == 31 && f.shift == back:
		e.ID = lastOpen
	case f.anchor.dom == 31:
		e.ID = onLastDay
	case f.shift == forward:
		e.ID = onDayOn
	case f.shift == back:
		e.ID = onDayBack
	default:
		e.ID = onDay
	}
	return e
}

func (a *auditor) priceReason(paid []int32, s *Series) Evidence {
	low, high := a.charges[paid[0]].minor, a.charges[paid[0]].minor
	for _, m := range paid {
		low, high = min(low, a.charges[m].minor), max(high, a.charges[m].minor)
	}
	steps := 0
	for _, c := range s.Changes {
		if c.From > 0 {
			steps++
		}
	}
	switch {
	case s.Kind == Usage:
		return Evidence{ID: metered, Low: low, High: high}
	case steps > 0:
		return Evidence{ID: steppedAt, N: steps, Low: a.charges[paid[0]].minor, High: s.Amount}
	case s.Kind == Foreign:
		code := ""
		for _, m := range paid {
			code = cmp.Or(code, a.in.Items[a.charges[m].item].OrigCode)
		}
		return Evidence{ID: inForeign, Low: low, High: high, Currency: code}
	}
	return Evidence{ID: onePrice, Low: s.Amount}
}

// keptWithin is how near a series keeps its usual time of day, in seconds, to be said so.
const keptWithin = 1200

// onTime counts the charges near the usual time of day; 0 if times are not known.
func (a *auditor) onTime(paid []int32) int {
	if a.charges[paid[0]].sec < 0 {
		return 0
	}
	usual, n := a.usualTime(paid), 0
	for _, m := range paid {
		if apart(a.charges[m].sec, usual) <= keptWithin {
			n++
		}
	}
	return n
}

// passed counts the dates between first and last without a charge.
func (a *auditor) passed(f *found, paid []int32) int {
	first, _ := f.fit.nearest(f.fit.billed(&a.charges[paid[0]]), a.closed)
	return max(0, int(f.fit.last-first)+1-len(paid)-f.shared)
}

// Why says why two charges seem to be one made twice.
func (d *Double) Why(in *Input) []Evidence {
	var list []Evidence
	x, y := &in.Items[d.First], &in.Items[d.Second]
	if d.SameOrder {
		list = append(list, Evidence{ID: sameOrder})
	}
	if d.SameApproval {
		list = append(list, Evidence{ID: sameNumber})
	}
	switch {
	case x.Day == y.Day && x.Second < 0:
		list = append(list, Evidence{ID: sameDay, Day: x.Day, Low: -x.Minor})
	case d.Apart >= 20*3600:
		list = append(list, Evidence{ID: nextDay, Low: -x.Minor})
	case d.Apart < 60:
		list = append(list, Evidence{ID: atOnce, Low: -x.Minor})
	default:
		list = append(list, Evidence{ID: soonAfter, N: int(d.Apart+30) / 60, Low: -x.Minor})
	}
	if d.OtherWay {
		list = append(list, Evidence{ID: twoWays})
	}
	if d.Refunded {
		list = append(list, Evidence{ID: cameBack})
	}
	return list
}
