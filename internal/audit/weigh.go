package audit

import (
	"math"
	"slices"
)

// Link terms are natural logarithms of likelihood ratios: what a link of a
// series makes of the pair, against a chance charge of this merchant.

// gapLog is the log-probability of a gap that is off by so many days, for
// exact steps and for calendar months (whose pairs carry two shifts and lags).
var (
	gapLogDays  = [...]float64{-0.22, -2.5, -3.6, -6}
	gapLogMonth = [...]float64{-0.62, -2.0, -3.0, -3.8, -4.5, -5.2, -6.2}
	skipLog     = [...]float64{0, 0, -2.2, -3.0, -3.6, -4.2}
)

const (
	sameLog    = -0.07 // the same price again
	driftLog   = -0.35 // a price in another currency, moved by its rate
	usageLog   = -0.6  // a metered amount near the last
	changeLog  = -4.6  // a new price
	leapLog    = -6.5  // a promotion of a token amount ends
	driftRange = 0.05
	weekdayLog = -2.2 // the n-th weekday of the month again
	usageSigma = 0.34
	usageBand  = 0.6 // of the logarithm
)

// priceLog is the best explanation of two neighbouring prices, with the rate of chance in it.
func priceLog(x, y *node) float64 {
	if x.price == y.price {
		return sameLog - y.same
	}
	d := y.lnPrice - x.lnPrice
	best := math.Inf(-1)
	abs := math.Abs(d)
	if abs < driftRange {
		best = driftLog - y.drift
	}
	if abs < 1.3 {
		u := usageLog - d*d/(4*usageSigma*usageSigma) - y.usage
		c := changeLog - y.same
		best = max(best, u, min(c, changeLog-y.anyOf+1))
	} else if d > 0 {
		best = leapLog - y.anyOf
	}
	return best
}

// weigh is the log-likelihood ratio of a chain but for its calendar.
func (ch *chain) weigh(nodes []node) float64 {
	sum := 0.0
	for i := 1; i < len(ch.nodes); i++ {
		sum += priceLog(&nodes[ch.nodes[i-1]], &nodes[ch.nodes[i]]) + skipLog[ch.skips[i]]
	}
	_, kept := keptTime(nodes, ch.nodes)
	return sum + kept + alone(nodes, ch.nodes)
}

// crowd is what looking at many charges costs: the more there are, the more
// chains there are to choose from, and the likelier the best of them is chance.
func crowd(nodes []node) float64 { return 1.5 * math.Log(max(1, float64(len(nodes))/12)) }

// alone is the gain of what chance then need not explain: with n of N charges
// at these prices in the series, n²/N to first order.
func alone(nodes []node, members []int) float64 {
	all := 0
	var counted []int64
	for _, m := range members {
		p := nodes[m].price
		if slices.Contains(counted, p) {
			continue
		}
		counted = append(counted, p)
		for k := range nodes {
			if nodes[k].price == p {
				all++
			}
		}
	}
	n := float64(len(members))
	return n * n / float64(max(all, len(members)))
}
