package audit

import "slices"

// What share of charges is made twice by mistake, by the time between the two:
// a second press or a retry, a retry of hours, a batch run again the next day.
// Between these, hardly ever.
var doubleShare = [...]float64{0.012, 0.00005, 0.0014, 0.00002, 0.006}

// doubleReach is how far apart the two can be, in seconds: a batch runs again
// after a day, give or take its hours.
const doubleReach = 28 * 3600

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

// doubles finds charges that seem to have been made twice: the same merchant
// and amount close together, where an order number says so or where this
// merchant's own history makes chance the worse explanation.
func (a *auditor) doubles() []Double {
	var out []Double
	for g := range a.groups {
		out = a.groupDoubles(out, a.groups[g].charges)
	}
	slices.SortFunc(out, func(x, y Double) int { return x.First - y.First })
	return out
}

// doubtful is how many times likelier than chance a mistake must be.
const doubtful = 8

// A refund of just that amount within refundReach days makes a mistake so much
// likelier: merchants give back about a third of them, and few other charges.
const (
	refundOdds  = 8
	refundReach = 45
)

// givenBack reports whether the amount of a pair came back after it.
func (a *auditor) givenBack(p pair) bool {
	y := &a.charges[p.j]
	for i := range a.refunds {
		r := &a.refunds[i]
		if r.group == y.group && r.minor == y.minor && r.instant() >= y.instant() && r.day <= y.day+refundReach {
			return true
		}
	}
	return false
}

type pair struct {
	i, j  int32
	apart int64
	class int
}

func (a *auditor) groupDoubles(out []Double, charges []int32) []Double {
	var pairs []pair
	for n, i := range charges {
		x := &a.charges[i]
		if x.minor <= 0 {
			continue
		}
		for _, j := range charges[n+1:] {
			y := &a.charges[j]
			d := y.instant() - x.instant()
			if d > doubleReach || x.sec < 0 && d > 86400 {
				break
			}
			if y.price != x.price {
				continue
			}
			p := pair{i, j, d, spacing(d)}
			if x.sec < 0 {
				p.class = int(d/86400) * 4
			}
			pairs = append(pairs, p)
			break
		}
	}
	for _, p := range pairs {
		x, y := &a.charges[p.i], &a.charges[p.j]
		if x.taken && y.taken {
			continue
		}
		one, two := a.in.Items[x.item].order(), a.in.Items[y.item].order()
		same := one != "" && one == two
		if !same && one != "" && two != "" {
			continue
		}
		if !same && a.names[p.i] != a.names[p.j] {
			continue // one charge made twice is printed twice alike
		}
		back := a.givenBack(p)
		share := doubleShare[p.class]
		if back {
			share *= refundOdds
		}
		if !same && a.byChance(charges, pairs, p)*doubtful >= share {
			continue
		}
		out = append(out, Double{First: x.item, Second: y.item, Apart: p.apart, SameOrder: same, Refunded: back})
	}
	return out
}

// byChance is the probability that such a charge is followed so soon by its
// equal without any mistake, from the rest of this merchant's charges.
func (a *auditor) byChance(charges []int32, pairs []pair, p pair) float64 {
	x := &a.charges[p.i]
	near, equal, other, ever := 0, 0, 0, 0
	for _, i := range charges {
		c := &a.charges[i]
		if c.price == x.price {
			ever++
		}
		if i == p.i || i == p.j || c.taken || c.minor <= 0 {
			continue
		}
		other++
		if c.price == x.price {
			equal++
		}
		if abs32(c.day-x.day) <= 60 {
			near++
		}
	}
	// People who buy several things in one sitting buy the same thing twice now and then.
	sittings := 0
	for n, i := range charges[:max(0, len(charges)-1)] {
		c, next := &a.charges[i], &a.charges[charges[n+1]]
		if i != p.i && c.minor > 0 && next.minor > 0 && c.price != next.price && c.sec >= 0 && next.instant()-c.instant() < 3600 {
			sittings++
		}
	}
	often := 0
	for _, q := range pairs {
		if q != p && q.class == p.class && (p.class > 1 || a.charges[q.i].price == x.price) && !(a.charges[q.i].taken && a.charges[q.j].taken) {
			often++
		}
	}
	days := float64(min(x.day+60, a.last)-max(x.day-60, a.first)) + 1
	span := float64(p.apart) / 86400
	if x.sec < 0 {
		span = 4 // a date alone tells less than its day
	}
	// How likely a charge here has this price: from this merchant's own, leaning
	// on all prices that this person pays while there are few.
	const lean = 4
	price := (float64(equal) + lean*a.common(x.price)) / (float64(other) + lean)
	chance := (float64(near) + 0.5) / days * max(span, 1.0/48) * price
	all := float64(len(charges))
	if p.class > 1 {
		chance = max(chance, float64(often)/all*0.25)
	} else {
		if usual := float64(often) / float64(ever); usual > 0.08 { // a habit, not an accident
			chance = max(chance, usual)
		}
		chance = max(chance, float64(sittings)/all*price)
	}
	return chance
}

// common is the share of a price among all charges that no series explains.
func (a *auditor) common(price int64) float64 {
	if a.prices == nil {
		a.prices = make(map[int64]int)
		for i := range a.charges {
			if c := &a.charges[i]; !c.taken && c.minor > 0 {
				a.prices[c.price]++
				a.loose++
			}
		}
	}
	return (float64(max(0, a.prices[price]-2)) + 0.1) / float64(max(a.loose, 20)) // but for the two in question
}
