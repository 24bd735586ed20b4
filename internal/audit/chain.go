package audit

import (
	"math"
	"slices"
)

// chain is a run of nodes on one cadence.
type chain struct {
	cadence Cadence
	nodes   []int
	skips   []int // steps before each node (0 for the first)
}

const often = -0.6 // log of charges a day

// best finds the chain of a cadence that chance explains worst.
func (a *auditor) best(nodes []node, c Cadence) (chain, bool) {
	b := &beats[c]
	n := len(nodes)
	a.score = grow(a.score, n)
	a.prev = grow(a.prev, n)
	a.step = grow(a.step, n)
	tol := int32(len(gapLogDays) - 1)
	if b.days == 0 {
		tol = int32(len(gapLogMonth) - 1)
	} else if b.days == 7 {
		tol = 2
	}
	table := &paceTable().loosest
	top, at := 0.0, -1
	for j := range nodes {
		a.score[j], a.prev[j] = 0, -1
		y := &nodes[j]
		if y.same > often { // more than one such charge every other day: no series can be told
			continue
		}
		i := j - 1
		for k := 1; k <= b.skips; k++ {
			mean := float64(k) * b.mean
			near, far := int32(mean)-tol-2, int32(mean+1)+tol+2
			for i >= 0 && y.day-nodes[i].day < near {
				i--
			}
			for m := i; m >= 0 && y.day-nodes[m].day <= far; m-- {
				x := &nodes[m]
				off := offBeat(b, c, x.charge, y.charge, int32(k))
				weekdays := c == Monthly && keepsWeekday(x.charge, y.charge, k)
				if off > tol && !weekdays {
					continue
				}
				p := priceLog(x, y)
				if math.IsInf(p, -1) {
					continue
				}
				g := farLog
				switch {
				case b.days != 0:
					g = gapLogDays[off]
				case off <= tol:
					g = gapLogMonth[off]
				}
				if weekdays {
					g = max(g, weekdayLog)
				}
				s := a.score[m] + g + skipLog[k] + p + timeLog(table, x, y)
				if s > a.score[j] {
					a.score[j], a.prev[j], a.step[j] = s, int32(m), int32(k)
				}
			}
		}
		if a.score[j] > top {
			top, at = a.score[j], j
		}
	}
	if at < 0 || top < 2 {
		return chain{}, false
	}
	ch := a.traced(at, c)
	return ch, len(ch.nodes) >= b.least
}

// traced is the chain that ends at a node, by the way that it was come to.
func (a *auditor) traced(at int, c Cadence) chain {
	ch := chain{cadence: c}
	for j := at; j >= 0; j = int(a.prev[j]) {
		ch.nodes = append(ch.nodes, j)
		if a.prev[j] < 0 {
			ch.skips = append(ch.skips, 0)
			break
		}
		ch.skips = append(ch.skips, int(a.step[j]))
	}
	slices.Reverse(ch.nodes)
	slices.Reverse(ch.skips)
	return ch
}

// keepsWeekday reports whether y comes k months after x by counting weekdays:
// from one n-th Tuesday to another there are four or five weeks.
func keepsWeekday(x, y *charge, k int) bool {
	weeks := int(gapDays(x, y)) / 7
	return int(gapDays(x, y))%7 == 0 && weeks >= 4*k && weeks <= 4*k+(k+1)/2
}

// offBeat is how many days the gap from x to y is from k steps of the cadence.
func offBeat(b *beat, c Cadence, x, y *charge, k int32) int32 {
	gap := gapDays(x, y)
	switch {
	case b.days != 0:
		return abs32(gap - k*int32(b.days))
	case c == SemiMonthly:
		if k%2 == 1 {
			return max(0, abs32(gap-(k/2)*30-15)-2)
		}
		return max(0, abs32(gap-(k/2)*30)-1)
	}
	from := civilOf(x.day)
	month := from.month + k*int32(b.months)
	length := daysIn(month)
	off := gap - (firstOf(month) + min(from.dom, length) - 1 - x.day)
	// From the last day of a short month the anchor may be any later day.
	if off > 0 && from.dom == daysIn(from.month) {
		off = max(0, off-(length-min(from.dom, length)))
	}
	return abs32(off)
}

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	return s[:n]
}
