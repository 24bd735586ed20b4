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

// doubt is what speaks for a habit: prices that go back and forth as a shop's
// do, and amounts or short weeks that keep no time of day.
func doubt(nodes []node, ch *chain) float64 {
	var prices []int64
	changes, back, leaps := 0, 0, 0
	for i, m := range ch.nodes {
		p := nodes[m].price
		if i > 0 && p != nodes[ch.nodes[i-1]].price {
			changes++
			if math.Abs(nodes[m].lnPrice-nodes[ch.nodes[i-1]].lnPrice) >= driftRange {
				leaps++
			}
			if slices.Contains(prices, p) {
				back++
			}
		}
		if !slices.Contains(prices, p) {
			prices = append(prices, p)
		}
	}
	sum := 0.0
	if back > 1 {
		sum -= 3.5 * float64(back-1)
	}
	at, _ := keptTime(nodes, ch.nodes)
	human := at == len(pacePrior)-1
	metered := changes*2 > len(ch.nodes)
	if metered {
		sum -= 1
		if leaps*2 > len(ch.nodes) && (at >= len(pacePrior)-2 || nodes[ch.nodes[0]].sec < 0) {
			if beats[ch.cadence].mean < 15 || !apartFromHabit(nodes, ch.nodes) {
				return math.Inf(-1)
			}
		}
		if human {
			sum -= 5
		}
	}
	if beats[ch.cadence].mean < 20 && human {
		sum -= 5
	}
	if ch.cadence == SemiMonthly && twoLines(nodes, ch.nodes) {
		return math.Inf(-1)
	}
	return sum
}

// apartFromHabit reports whether a metered chain has most of the like amounts
// in its time: with as many bought between, no rhythm can be told.
func apartFromHabit(nodes []node, members []int) bool {
	like := 0
	k := 0
	for i := members[0]; i <= members[len(members)-1]; i++ {
		if k+1 < len(members) && i >= members[k+1] {
			k++
		}
		if math.Abs(nodes[i].lnPrice-nodes[members[k]].lnPrice) < usageBand {
			like++
		}
	}
	return len(members)*3 >= like*2
}

// twoLines reports whether a chain that looks semi-monthly is two monthly lines
// half a month apart: each keeps its own time of day, or, where times are not
// known, there are further charges at its price.
func twoLines(nodes []node, members []int) bool {
	var halves [2][]int
	for i, m := range members {
		halves[i%2] = append(halves[i%2], m)
	}
	if nodes[members[0]].sec < 0 {
		price, others := nodes[members[0]].price, 0
		for i := members[0]; i <= members[len(members)-1]; i++ {
			if nodes[i].price == price && !slices.Contains(members, i) {
				others++
			}
		}
		return others >= 3
	}
	_, one := keptTime(nodes, members)
	_, even := keptTime(nodes, halves[0])
	_, odd := keptTime(nodes, halves[1])
	return even+odd > one+3
}
