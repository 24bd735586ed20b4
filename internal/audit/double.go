package audit

import (
	"slices"
	"strings"
)

// What share of charges is made twice by mistake, by the time between the two:
// a second press or a retry, a retry of hours, a batch run again the next day.
// Between these, hardly ever.
var doubleShare = [...]float64{0.012, 0.00005, 0.0014, 0.00002, 0.006}

const (
	// doubleReach is how far apart the two can be, in seconds: a batch runs
	// again after a day, give or take its hours.
	doubleReach = 28 * 3600
	burstGap    = 600 // seconds within which one mistake goes on
	// doubtful is how many times likelier than chance a mistake must be.
	doubtful = 10
	// A refund of just that amount within refundReach days makes a mistake so
	// much likelier: merchants give back about a third of them, and few other charges.
	refundOdds  = 8
	refundReach = 45
	// otherWay is how much rarer a mistake goes through another gateway.
	otherWay = 0.3
	// thirdTime is how much rarer it is made twice again, and mostAtOnce how
	// often one thing is charged at once at most.
	thirdTime  = 0.3
	mostAtOnce = 3
)

func spacing(seconds int64) int {
	switch {
	case seconds <= 10*60:
		return 0
	case seconds <= 3600:
		return 1
	case seconds <= 6*3600:
		return 2
	case seconds < 20*3600:
		return 3
	}
	return 4
}

// pair is a charge and the next of its price.
type pair struct {
	i, j  int32 // indexes into auditor.charges
	apart int64 // seconds
	class int
	kept  bool  // both belong to series
	burst int32 // the first of the charges that follow each other so within minutes
	many  int   // charges of the burst
	loose int   // of these in no series
}

// doubles finds charges that seem to have been made twice: the same merchant
// and amount close together, where an order number says so or where this
// merchant's own history makes chance the worse explanation.
func (a *auditor) doubles() []Double {
	var out []Double
	for g := range a.groups {
		if pairs := a.pairsOf(a.groups[g].charges); len(pairs) > 0 {
			b := a.buyingAt(a.groups[g].charges, pairs)
			for _, p := range pairs {
				out = a.judgePair(out, b, p)
			}
		}
	}
	slices.SortFunc(out, func(x, y Double) int {
		return a.compareItems(x.First, y.First)
	})
	return out
}

// pairsOf lists the charges of a merchant that are soon followed by their like.
func (a *auditor) pairsOf(charges []int32) []pair {
	var pairs []pair
	last := make(map[int64]int32)  // the latest charge of a price
	burst := make(map[int64]int32) // and the first of those minutes before it
	for _, j := range charges {
		y := &a.charges[j]
		if y.minor <= 0 {
			continue
		}
		i, ok := last[y.price]
		last[y.price] = j
		if !ok {
			burst[y.price] = j
			continue
		}
		x := &a.charges[i]
		apart := y.instant() - x.instant()
		first := burst[y.price]
		if apart > burstGap {
			first, burst[y.price] = i, j
		}
		if apart > doubleReach || x.sec < 0 && apart > 86400 {
			continue
		}
		p := pair{i: i, j: j, apart: apart, class: spacing(apart), kept: x.taken && y.taken, burst: first}
		if x.sec < 0 {
			p.class = int(apart/86400) * 4
		}
		pairs = append(pairs, p)
	}
	return a.bursts(pairs)
}

// bursts fills in how many charges follow each other so, of pairs in order.
func (a *auditor) bursts(pairs []pair) []pair {
	many, loose := make(map[int32]int), make(map[int32]int)
	count := func(burst, i int32) {
		many[burst]++
		if !a.charges[i].taken {
			loose[burst]++
		}
	}
	for _, p := range pairs {
		if p.i == p.burst {
			count(p.burst, p.i)
		}
		count(p.burst, p.j)
	}
	for k := range pairs {
		pairs[k].many, pairs[k].loose = many[pairs[k].burst], loose[pairs[k].burst]
	}
	return pairs
}

func (a *auditor) judgePair(out []Double, b *buying, p pair) []Double {
	if p.kept {
		return out
	}
	x, y := &a.charges[p.i], &a.charges[p.j]
	if a.backBetween(x, y) {
		return out
	}
	one, two := &a.in.Items[x.item], &a.in.Items[y.item]
	sameOrder, orders := alike(one.order(), two.order())
	sameApproval, _ := alike(one.Approval, two.Approval) // they differ for charges of one order, too
	same := sameOrder || sameApproval && !orders
	if !same && (orders || a.names[p.j].mark&fareWord != 0) {
		return out // two orders, or two riders: people pay the fares of others
	}
	share := doubleShare[p.class]
	if x1, y1 := a.names[p.i], a.names[p.j]; x1 != y1 {
		if x1.key != y1.key || p.class > 1 {
			return out // one charge made twice is printed alike, but for who collects it
		}
		share *= otherWay
	}
	if p.many > 2 {
		share *= thirdTime
	}
	if p.many > mostAtOnce && !same {
		return out // nobody's mistake goes on for so long: it is a person who goes on buying
	}
	back := a.cameBack(y, refundReach)
	if back {
		share *= refundOdds
	}
	if !same && b.byChance(p)*doubtful >= share {
		return out
	}
	return append(out, Double{First: x.item, Second: y.item, Apart: p.apart, SameOrder: sameOrder, SameApproval: sameApproval, OtherWay: a.names[p.i] != a.names[p.j], Refunded: back})
}

// alike compares two numbers, if both are there: zeros stand for none.
func alike(x, y string) (same, differ bool) {
	const none = "0-"
	both := strings.Trim(x, none) != "" && strings.Trim(y, none) != ""
	return both && x == y, both && x != y
}
