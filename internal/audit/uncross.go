package audit

import (
	"math"
	"slices"
)

const (
	crossings = 4   // that two runs are untangled of at most
	crossGain = 2.5 // what the other way must be better by
	crossWays = 24  // runs of one merchant that are compared
)

// uncross gives the rest of two runs of one merchant to each other where both
// would then keep their price and their time of day: two plans billed on one
// day are easily mixed up where one of them ends or becomes dearer.
func (a *auditor) uncross(runs []found) {
	if len(runs) > crossWays {
		return
	}
	for i := range runs {
		for j := i + 1; j < len(runs); j++ {
			if runs[i].fit.cadence != runs[j].fit.cadence {
				continue
			}
			for range crossings {
				if !a.swapTails(&runs[i], &runs[j]) && !a.swapTails(&runs[j], &runs[i]) {
					break
				}
			}
		}
	}
}

// swapTails looks for the best place to change two runs over, and does. If y
// has ended there, it takes the rest of x.
func (a *auditor) swapTails(x, y *found) bool {
	best, atX, atY := crossGain, 0, 0
	for k := 1; k < len(x.members); k++ {
		from := a.charges[x.members[k]].day - int32(beats[x.fit.cadence].mean/2)
		l, _ := slices.BinarySearchFunc(y.members, from, func(m, day int32) int { return int(a.charges[m].day - day) })
		if l == 0 {
			continue
		}
		px, nx, py := &a.charges[x.members[k-1]], &a.charges[x.members[k]], &a.charges[y.members[l-1]]
		if nx.day <= py.day {
			continue
		}
		gain := strain(px, nx) - strain(py, nx)
		if l < len(y.members) {
			ny := &a.charges[y.members[l]]
			if ny.day <= px.day {
				continue
			}
			gain += strain(py, ny) - strain(px, ny)
		} else if nx.day-py.day > longPause {
			continue // the one has ended, and the other is not its rest
		}
		if gain > best {
			best, atX, atY = gain, k, l
		}
	}
	if atX == 0 {
		return false
	}
	newX := slices.Concat(x.members[:atX], y.members[atY:])
	newY := slices.Concat(y.members[:atY], x.members[atX:])
	if least := beats[x.fit.cadence].least; len(newX) < least || len(newY) < least {
		return false
	}
	fitX, fitY := a.fitOf(x.fit.cadence, newX), a.fitOf(y.fit.cadence, newY)
	if fitX.log+fitY.log < x.fit.log+y.fit.log-crossGain {
		return false // their days would no longer be explained
	}
	x.members, y.members, x.fit, y.fit = newX, newY, fitX, fitY
	return true
}

// strain is what is odd about one charge following another in a run: another
// price, and another time of day.
func strain(x, y *charge) float64 {
	s := 0.0
	if x.price != y.price && x.minor > 0 && y.minor > 0 {
		s = 2
		if math.Abs(math.Log(float64(x.minor)/float64(y.minor))) >= driftRange {
			s = 4
		}
	}
	if x.sec >= 0 && y.sec >= 0 {
		s += min(4, float64(apart(x.sec, y.sec))/1800)
	}
	return s
}

// fitOf finds the calendar of some members.
func (a *auditor) fitOf(c Cadence, members []int32) fit {
	a.of = a.of[:0]
	for _, m := range members {
		if x := &a.charges[m]; x.minor > 0 {
			a.of = append(a.of, x)
		}
	}
	return a.calendarOf(c, a.of)
}
