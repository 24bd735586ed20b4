package audit

import (
	"math"
	"slices"
)

const (
	returnCost  = 3.5 // a price that comes back after the first time: a shop's menu
	meteredCost = 1.0 // changing amounts
	humanCost   = 5.0 // no time of day is kept, for changing amounts or short weeks
	shortBeat   = 20  // days: people have weekly and fortnightly habits
	shortMeter  = 15  // days: nobody sends metered bills more often, but by machine
)

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
		sum -= returnCost * float64(back-1)
	}
	at, _ := keptTime(nodes, ch.nodes)
	human := at == len(pacePrior)-1 // at no machine's pace, as people's own hours are
	metered := changes*2 > len(ch.nodes)
	if metered {
		sum -= meteredCost
		if leaps*2 > len(ch.nodes) && (at >= len(pacePrior)-2 || nodes[ch.nodes[0]].sec < 0) {
			if beats[ch.cadence].mean < shortMeter || !apartFromHabit(nodes, ch.nodes) {
				return math.Inf(-1)
			}
		}
		if human {
			sum -= humanCost
		}
		if leaps*2 > len(ch.nodes) && wanders(nodes, ch.nodes) {
			return math.Inf(-1)
		}
	}
	if beats[ch.cadence].mean < shortBeat && human {
		sum -= humanCost
	}
	if ch.cadence == Yearly && len(ch.nodes) == 2 {
		sum += yearApart(nodes, ch.nodes)
	}
	if ch.cadence == SemiMonthly && twoLines(nodes, ch.nodes) {
		return math.Inf(-1)
	}
	return sum
}

const (
	wanderHours = 6000 // seconds from its usual time of day, in the mean, that no machine strays
	wanderSums  = 0.45 // of the logarithm, in the mean from one bill to the next
)

// wanders reports whether charges of changing amounts are a person's: they come
// at all hours or, where times are not known, one sum says nothing about the next.
func wanders(nodes []node, members []int) bool {
	base := nodes[members[len(members)-1]].sec
	if base < 0 {
		leap := 0.0
		for i := 1; i < len(members); i++ {
			leap += math.Abs(nodes[members[i]].lnPrice - nodes[members[i-1]].lnPrice)
		}
		return leap > wanderSums*float64(len(members)-1)
	}
	turned := make([]int32, len(members))
	for i, m := range members {
		turned[i] = floorMod(nodes[m].sec-base+43200, 86400)
	}
	slices.Sort(turned)
	middle, sum := turned[len(turned)/2], int64(0)
	for _, t := range turned {
		sum += int64(abs32(t - middle))
	}
	return sum > wanderHours*int64(len(turned))
}

// yearApart is what two charges a year apart say besides their days: nothing
// else was ever bought there, at one price; or something was, or at two prices.
func yearApart(nodes []node, members []int) float64 {
	x, y := &nodes[members[0]], &nodes[members[1]]
	switch {
	case x.price == y.price && len(nodes) == 2:
		return 2.6
	case x.price != y.price:
		return -1.5
	}
	return 0
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

// customary reports whether a third of the charges fall on days on which bills come twice
// a month: the first and the middle, the middle and the last, and the like.
func customary(nodes []node, members []int) bool {
	n := 0
	for _, m := range members {
		switch c := civilOf(nodes[m].day); c.dom {
		case 1, 2, 5, 7, 10, 15, 16, 17, 20, 22, 25:
			n++
		default:
			if c.dom >= daysIn(c.month)-1 {
				n++
			}
		}
	}
	return n*3 >= len(members)
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
		if !customary(nodes, members) {
			return true
		}
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
