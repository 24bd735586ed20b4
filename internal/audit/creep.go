package audit

import (
	"slices"

	"jandon/internal/history"
)

// Creep is what all series together cost over time, at the prices that were
// true then. Amounts in minor units.
type Creep struct {
	Months []CreepMonth // oldest first, from the first series on

	Now     int64 // what a month costs of the series active today
	YearAgo int64 // what a month of those cost a year ago, where they ran
	Risen   int64 // of Now less YearAgo, what higher or lower prices make
	New     int64 // and what series make that did not run then
}

// CreepMonth is one civil month.
type CreepMonth struct {
	Month   history.Day // its first day
	Running int         // series in force at its end
	Cost    int64       // what they cost a month, at the prices in force then
	Charged int64       // what was charged in it
}

// priced is the price of a series over time.
type priced struct {
	series *Series
	days   []history.Day
	minor  []int64
	until  history.Day // the day from which it is no longer in force
}

func (a *auditor) priced(s *Series) priced {
	p := priced{series: s}
	var sum int64
	for k, m := range s.Members {
		it := &a.in.Items[m]
		minor := -it.Minor
		sum += minor
		if s.Kind == Usage { // the mean of the last 12 up to then
			if k >= 12 {
				sum += a.in.Items[s.Members[k-12]].Minor
			}
			minor = sum / int64(min(k+1, 12))
		}
		p.days, p.minor = append(p.days, it.Day), append(p.minor, minor)
	}
	last := p.days[len(p.days)-1]
	p.until = last + history.Day(beats[s.Cadence].mean+0.5)
	if s.Status == Active {
		p.until = max(p.until, a.in.AsOf+1)
	}
	return p
}

// month is what a series costs a month at the price in force on a day; 0 if it is not.
func (p *priced) month(d history.Day) int64 {
	i, found := slices.BinarySearch(p.days, d)
	for found && i+1 < len(p.days) && p.days[i+1] == d {
		i++
	}
	if !found {
		i--
	}
	if i < 0 || d >= p.until {
		return 0
	}
	return beats[p.series.Cadence].annual(p.minor[i]) / 12
}

// creep sums up what the series cost over time.
func (a *auditor) creep(series []Series) Creep {
	var c Creep
	var all []priced
	first := a.in.AsOf
	for i := range series {
		if s := &series[i]; s.Status != Trial {
			all = append(all, a.priced(s))
			first = min(first, s.Since)
		}
	}
	if len(all) == 0 {
		return c
	}
	from, to := civilOf(int32(first)).month, civilOf(int32(a.in.AsOf)).month
	for m := from; m <= to; m++ {
		month := CreepMonth{Month: history.Day(firstOf(m))}
		end := min(history.Day(dayOf(m, 31)), a.in.AsOf)
		for i := range all {
			if cost := all[i].month(end); cost > 0 {
				month.Running++
				month.Cost += cost
			}
			for k, d := range all[i].days {
				if d >= month.Month && d <= end {
					month.Charged -= a.in.Items[all[i].series.Members[k]].Minor
				}
			}
		}
		c.Months = append(c.Months, month)
	}
	for i := range all {
		if all[i].series.Status != Active {
			continue
		}
		now, before := all[i].month(a.in.AsOf), all[i].month(a.in.AsOf-365)
		c.Now += now
		c.YearAgo += before
		if before > 0 {
			c.Risen += now - before
		} else {
			c.New += now
		}
	}
	return c
}
