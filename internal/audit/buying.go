package audit

import "slices"

// buying is how a person buys at one merchant, apart from series there.
type buying struct {
	a        *auditor
	all      int           // charges, those of series too
	days     []int32       // of the others, by time
	price    map[int64]int // the others by price
	ever     map[int64]int // all by price
	once     int           // prices of the others seen once
	twice    int           // and twice
	sittings int           // charges soon followed by one of another price
	soon     map[int]int   // pairs by class
	alike    map[habit]int // and by price too
	visits   visits
}

type habit struct {
	class int
	price int64
}

func (a *auditor) buyingAt(charges []int32, pairs []pair) *buying {
	b := &buying{a: a, all: len(charges), price: map[int64]int{}, ever: map[int64]int{}, soon: map[int]int{}, alike: map[habit]int{}}
	for n, i := range charges {
		c := &a.charges[i]
		b.ever[c.price]++
		if c.minor <= 0 {
			continue
		}
		if !c.taken {
			b.visits.add(c)
			b.days = append(b.days, c.day)
			b.price[c.price]++
		}
		if n+1 < len(charges) && c.sec >= 0 {
			if next := &a.charges[charges[n+1]]; next.minor > 0 && next.price != c.price && next.instant()-c.instant() < 3600 {
				b.sittings++
			}
		}
	}
	for _, n := range b.price {
		switch n {
		case 1:
			b.once++
		case 2:
			b.twice++
		}
	}
	for _, p := range pairs {
		if !p.kept && p.burst == p.i { // three in a row are one mistake, or one habit
			b.soon[p.class]++
			b.alike[habit{p.class, a.charges[p.i].price}]++
		}
	}
	return b
}

// around is how many days on each side tell how often a person buys.
const around = 60

// byChance is the probability that such a charge is followed so soon by its
// equal without any mistake, from the rest of what is bought there.
func (b *buying) byChance(p pair) float64 {
	x := &b.a.charges[p.i]
	own := p.loose // that count among the others
	lo, _ := slices.BinarySearch(b.days, x.day-around)
	hi, _ := slices.BinarySearch(b.days, x.day+around+1)
	near, other := float64(max(0, hi-lo-own)), float64(len(b.days)-own)
	days := float64(min(x.day+around, b.a.last)-max(x.day-around, b.a.first)) + 1
	span := float64(p.apart) / 86400
	if x.sec < 0 {
		span = 1.4                                      // a date alone tells less than its day …
		span *= b.visits.early(&b.a.charges[p.j], span) // … and whether it was one visit; times say that it was another
	}
	// How likely a charge here has this price: from this merchant's own, leaning
	// on all prices that this person pays while there are few.
	const lean = 4
	unseen := 0.2 * other / (other + 200) // of a hundred things there are always more
	price := (float64(b.price[x.price]-own) + unseen + lean*b.a.common(x.price)) / (other + lean)
	if b.price[x.price] == own && b.once+b.twice > 30 { // a price seen but once is seen again as often as others were
		price = max(price, 2*float64(b.twice-1)/float64(b.once)/(other+lean))
	}
	if n := len(b.price); p.class > 1 && other > 4 && b.ever[x.price] > 2 { // what a shop with a list of prices sells at one of them
		price = max(price, (1-float64(n)/float64(len(b.days)))/float64(n+1))
	}
	chance := (near + 0.5) / days * max(span, b.sitting()) * price
	if p.class > 1 {
		return max(chance, float64(b.soon[p.class]-1)/float64(b.all)*0.25)
	}
	if usual := float64(b.alike[habit{p.class, x.price}]-2) / float64(b.ever[x.price]); usual > 0 { // more than another accident: a habit
		chance = max(chance, usual)
	}
	// People who buy several things in one sitting buy the same thing twice now and then.
	return max(chance, float64(b.sittings)/float64(b.all)*price)
}

// sitting is how long, in days, a person may stay at this merchant and buy
// again: half an hour, but less where many visits brought no second purchase.
func (b *buying) sitting() float64 {
	if b.sittings > 0 {
		return 1.0 / 48
	}
	const unsure = 60 // visits that say as much as is known of all merchants
	return unsure / 48 / (unsure + float64(b.all))
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
