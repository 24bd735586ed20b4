package audit

import (
	"cmp"
	"math"
	"slices"

	"jandon/internal/wallet"
)

// charge is an item that may belong to a series, in the form the inner loops want.
type charge struct {
	item  int
	day   int32
	sec   int32 // negative: only the date is known
	price int64 // what repeats: the price in its own currency if that is said
	minor int64 // what was paid, positive
	group int32
	trial bool
	check bool // a card was checked, or a purchase is paid in parts: no part of a series
	taken bool
}

// group is the charges of one merchant, by time.
type group struct {
	charges []int32 // indexes into auditor.charges
	bones   string
	hangul  bool
	latin   bool
}

// instant orders charges; a known time of day makes gaps exact across midnight.
func (c *charge) instant() int64 { return int64(c.day)*86400 + int64(max(c.sec, 0)) }

// gapDays is the number of days from a to b, rounded where times are known, so
// that a charge a few minutes past midnight is not a day late.
func gapDays(a, b *charge) int32 {
	if a.sec < 0 || b.sec < 0 {
		return b.day - a.day
	}
	return int32(math.Round(float64(b.instant()-a.instant()) / 86400))
}

// collect groups the charges by merchant.
func (a *auditor) collect() {
	names := newMerchants()
	index := make(map[string]int32)
	for i := range a.in.Items {
		it := &a.in.Items[i]
		back := it.Type == wallet.Refund && it.Minor > 0
		if it.Type != wallet.Payment && it.Type != wallet.FeeCharge && !back || it.Minor > 0 && !back {
			continue
		}
		m := names.read(it.Merchant)
		g, ok := index[m.key]
		if !ok {
			g = int32(len(a.groups))
			index[m.key] = g
			var n group
			n.bones, n.hangul, n.latin = skeleton(m.key)
			a.groups = append(a.groups, n)
			a.keys = append(a.keys, m.key)
		}
		c := charge{item: i, day: int32(it.Day), sec: it.Second, minor: -it.Minor, price: -it.Minor, group: g}
		if back {
			c.minor = it.Minor
			a.refunds = append(a.refunds, c)
			continue
		}
		if it.OrigMinor > 0 {
			c.price = foreignPrice(it)
		}
		c.trial = m.mark&trialWord != 0 && it.Minor == 0
		c.check = m.mark&(checkWord|instalmentWord) != 0
		a.charges = append(a.charges, c)
		a.names = append(a.names, m)
	}
	order := make([]int32, len(a.charges))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(x, y int32) int { return a.compare(&a.charges[x], &a.charges[y]) })
	a.mergeScripts(order)
	for _, i := range order {
		g := &a.groups[a.charges[i].group]
		g.charges = append(g.charges, i)
	}
	if len(order) > 0 {
		a.first, a.last = a.charges[order[0]].day, max(a.charges[order[len(order)-1]].day, int32(a.in.AsOf))
	}
}

// foreignPrice is a number for a price in another currency that equals neither
// another one nor, but for sums beyond all prices, one that was paid at home.
func foreignPrice(it *Item) int64 {
	p := it.OrigMinor
	for _, letter := range []byte(it.OrigCode) {
		p = p<<5 | int64(letter&31)
	}
	return -max(p, 1) // negative, as prices paid never are
}

// foreign reports a charge that says its price in another currency.
func (c *charge) foreign() bool { return c.price < 0 }

// compare orders charges by time, whatever order they came in.
func (a *auditor) compare(x, y *charge) int {
	if d := cmp.Compare(x.instant(), y.instant()); d != 0 {
		return d
	}
	return a.compareItems(x.item, y.item)
}

// compareItems orders lines that nothing else puts in order.
func (a *auditor) compareItems(x, y int) int {
	ix, iy := &a.in.Items[x], &a.in.Items[y]
	return cmp.Or(cmp.Compare(ix.Day, iy.Day), cmp.Compare(ix.Second, iy.Second), cmp.Compare(ix.ID, iy.ID),
		cmp.Compare(ix.Minor, iy.Minor), cmp.Compare(ix.Merchant, iy.Merchant))
}

// returned is an amount given back by a merchant.
type returned struct {
	group int32
	minor int64
}

// cameBack reports whether the amount of a charge came back within so many days.
func (a *auditor) cameBack(c *charge, days int32) bool {
	from := c.instant()
	return slices.ContainsFunc(a.back[returned{c.group, c.minor}], func(at int64) bool {
		return at >= from && at < (int64(c.day)+int64(days)+1)*86400
	})
}

// backBetween reports whether a charge was given back before the next of its
// price: then that one was bought anew. A purchase that a file says was
// cancelled has its refund at its own instant. Dates alone don't tell the order
// within a day.
func (a *auditor) backBetween(c, next *charge) bool {
	if (c.sec < 0 || next.sec < 0) && c.day == next.day {
		return false
	}
	return slices.ContainsFunc(a.back[returned{c.group, c.minor}], func(at int64) bool {
		return at >= c.instant() && at <= next.instant()
	})
}

// undoneIn is within how many days the refund of a last charge ends a series.
const undoneIn = 7

// undone reports whether a charge was given back, and no like of it near, such
// as one made by mistake, was meant.
func (a *auditor) undone(c *charge) bool {
	from, to := c.instant(), (int64(c.day)+undoneIn+1)*86400
	back, alike := 0, 0
	for _, at := range a.back[returned{c.group, c.minor}] {
		if at >= from && at < to {
			back++
		}
	}
	for _, i := range a.groups[c.group].charges {
		if x := &a.charges[i]; x.minor == c.minor && x.instant() > from-86400*(undoneIn-2) && x.instant() < to {
			alike++
		}
	}
	return back > 0 && back >= alike
}
