package audit

import "slices"

// Forgotten is a small series that nothing has drawn attention to for long: it
// runs at one price, no rise announced itself, nothing else is bought there,
// and nobody has said that it is kept.
type Forgotten struct {
	Series int // index into Report.Series
	Months int // whole months since its first charge
}

const (
	longRunning = 365 // days; a year brings every season in which it might be used
	nobodyThere = 182 // days without anything else bought there
)

// forgotten looks for series that may have slipped a person's mind. Only those
// that cost no more than half of the others do: the rest is seen on every bill.
func (a *auditor) forgotten(series []Series) []Forgotten {
	var costs []int64
	for i := range series {
		if series[i].Status == Active {
			costs = append(costs, series[i].Annual)
		}
	}
	if len(costs) < 2 {
		return nil // nothing to compare with
	}
	slices.Sort(costs)
	middle := costs[(len(costs)-1)/2]
	visited := a.visited()
	var out []Forgotten
	for i := range series {
		s := &series[i]
		since := int(a.in.AsOf - s.Since)
		if s.Status != Active || s.Kept || s.Kind == Usage || s.Annual > middle || since < longRunning {
			continue
		}
		if n := len(s.Changes); n > 0 && int(a.in.AsOf-s.Changes[n-1].Day) < longRunning {
			continue
		}
		if last, ok := visited[s.Merchant]; ok && int(int32(a.in.AsOf)-last) < nobodyThere {
			continue
		}
		from, to := civilOf(int32(s.Since)), civilOf(int32(a.in.AsOf))
		months := int(to.month - from.month)
		if to.dom < from.dom {
			months--
		}
		out = append(out, Forgotten{Series: i, Months: months})
	}
	return out
}

// visited is when each merchant was last charged by hand: outside all series.
func (a *auditor) visited() map[string]int32 {
	last := make(map[string]int32)
	for i := range a.charges {
		if c := &a.charges[i]; !c.taken && c.minor > 0 {
			name := a.names[i].name
			last[name] = max(last[name], c.day)
		}
	}
	return last
}
