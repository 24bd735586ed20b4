package audit

import (
	"math"
	"slices"
)

// visits are when a person came to a merchant, minutes counting as one visit.
type visits struct {
	at           []int64 // instants, in order
	sum, squares float64 // of the days between
}

func (v *visits) add(c *charge) {
	at := c.instant()
	if n := len(v.at); n > 0 {
		if at-v.at[n-1] <= burstGap {
			return
		}
		v.gap(v.at[n-1], at, 1)
	}
	v.at = append(v.at, at)
}

// gap counts the days between two visits in, or out where sign is -1.
func (v *visits) gap(from, to int64, sign float64) {
	d := float64(to-from) / 86400
	v.sum += sign * d
	v.squares += sign * d * d
}

const (
	fewVisits  = 8 // below, nothing is known of a person's rhythm
	leanVisits = 3 // that chance, which knows no rhythm, weighs
	clockwork  = 2 // the shape of a rhythm that a person keeps; 1 is chance
	mostShape  = 4
)

// early is how much rarer than by chance a person comes back within some days
// of a charge, to judge by the time that all other visits were apart: who has a
// haircut each month doesn't have another one tomorrow. 1 where nothing says so.
func (v visits) early(c *charge, days float64) float64 {
	n := len(v.at) - 1
	if i, ok := slices.BinarySearch(v.at, c.instant()); ok && i > 0 { // but for the charge in question
		v.gap(v.at[i-1], v.at[i], -1)
		if i+1 < len(v.at) {
			v.gap(v.at[i], v.at[i+1], -1)
			v.gap(v.at[i-1], v.at[i+1], 1)
		}
		n--
	}
	if n < fewVisits {
		return 1
	}
	count := float64(n)
	mean := v.sum / count
	spread := max(0, v.squares/count/(mean*mean)-1)
	shape := min(mostShape, (count+leanVisits)/(count*spread+leanVisits))
	if shape <= clockwork || days >= mean {
		return 1
	}
	return gammaBelow(shape, shape*days/mean) / (1 - math.Exp(-days/mean))
}

// gammaBelow is the chance that what is gamma distributed with a shape and a
// scale of 1 stays below x: its series, which is short for small x.
func gammaBelow(shape, x float64) float64 {
	ln, _ := math.Lgamma(shape + 1)
	term := math.Exp(shape*math.Log(x) - x - ln)
	sum := term
	for k := 1.0; term > sum*1e-9; k++ {
		term *= x / (shape + k)
		sum += term
	}
	return min(1, sum)
}
