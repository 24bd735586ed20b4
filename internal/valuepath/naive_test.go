package valuepath_test

import (
	"slices"
	"time"

	"jandon/internal/valuepath"
	"jandon/internal/wallet"
)

// What follows knows the planner by its promise alone: it reads the rules anew,
// tries every amount over every rail, and holds the whole answer, from the text
// of a catalogue to lots, goals and options, against what it finds.

// naive is a case at an instant.
type naive struct {
	rails []naiveRail
	q     *valuepath.Request
	may   []uint  // the rails that each lot may go over by the rules, as bits
	free  []int64 // of each lot
	room  []int64 // of each rail
}

func naiveAt(rails []naiveRail, q *valuepath.Request, at time.Time) *naive {
	n := &naive{rails: rails, q: q}
	for i := range rails {
		r := &rails[i]
		used := q.Used[r.id]
		if at.In(kst).YearDay() != q.At.In(kst).YearDay() {
			used = 0
		}
		room := min(r.act[q.Tier], r.day[q.Tier]-used)
		if h := at.In(kst).Hour(); room < r.min || h < r.from || h >= r.to || q.Without[r.id] || r.verified && !q.Verified || r.linked && !q.Linked[r.id] {
			room = 0
		}
		n.room = append(n.room, room)
	}
	for i := range q.Lots {
		l, set := &q.Lots[i], uint(0)
		for r := range rails {
			if rails[r].takes(l, at) {
				set |= 1 << r
			}
		}
		n.may, n.free = append(n.may, set), append(n.free, max(0, l.Amount.Minor-q.Pinned[l.ID]))
	}
	return n
}

// takes says whether the rules let a lot go over the rail.
func (r *naiveRail) takes(l *wallet.Lot, at time.Time) bool {
	money := r.nature == "cash" || r.nature == "cash_like"
	lapsed := !l.Expires.IsZero() && !at.Before(l.Expires)
	switch {
	case !slices.Contains(r.kinds, l.Kind.String()), l.Kind == wallet.KindUnknown, l.Origin == "of another world":
		return false
	case r.voucher && l.Origin != "voucher", !r.voucher && l.Origin == "voucher" && money, l.Origin == "gift" && money:
		return false
	case (l.Kind == wallet.CarrierCredit || l.Kind == wallet.CardFunded || l.Origin == "card") && r.nature != "source":
		return false
	case (l.Kind == wallet.Promotional || l.Origin == "promotion") && r.nature != "gift":
		return false
	}
	used := min(l.Spent.Minor, l.Granted.Minor-l.Amount.Minor)
	switch r.need {
	case "settling":
		return !lapsed && at.Sub(l.Received) >= 24*time.Hour
	case "withdrawal":
		return !lapsed && l.Amount == l.Granted && at.Sub(l.Received) < 7*24*time.Hour
	case "voucher_rest": // all of these are small ones
		return !lapsed && used > 0 && 100*used >= 80*l.Granted.Minor
	case "voucher_expired":
		return lapsed && at.Before(l.Received.AddDate(5, 0, 0))
	}
	return !lapsed
}

func (r *naiveRail) feeOf(x int64) int64 {
	fee := max(r.floor, r.fixed+x*r.bp/10_000)
	if r.cap > 0 {
		fee = min(fee, r.cap)
	}
	return fee
}

// end is what a plan comes to.
type end struct{ value, rest, seconds int64 }

func (a end) beats(b end) bool {
	return a != b && a.value >= b.value && a.rest <= b.rest && a.seconds <= b.seconds
}

// every calls with every plan: the lots that any set of rails may draw on hold
// what these carry together.
func (n *naive) every(with func(end)) {
	var reach [16]int64
	for set := range reach {
		for i, may := range n.may {
			if may&uint(set) != 0 {
				reach[set] += n.free[i]
			}
		}
	}
	var carried [16]int64 // by a set of the rails before
	var try func(i int, e end)
	try = func(i int, e end) {
		if i == len(n.rails) {
			with(e)
			return
		}
		next := func(x int64) (ok bool) {
			for set := range 1 << i {
				carried[set|1<<i] = carried[set] + x
				if carried[set|1<<i] > reach[set|1<<i] {
					return false
				}
			}
			return true
		}
		next(0)
		try(i+1, e)
		r := &n.rails[i]
		for x := r.min; x <= min(n.room[i], e.rest) && next(x); x += r.unit {
			out := x - r.feeOf(x)
			if out <= 0 {
				continue
			}
			then := end{e.value, e.rest - x, max(e.seconds, r.seconds)}
			if r.nature != "gift" {
				then.value += out
			}
			try(i+1, then)
		}
	}
	try(0, end{rest: n.q.Amount.Minor})
}

// front is every end that no other beats.
func (n *naive) front() (front []end) {
	ends := map[end]bool{}
	n.every(func(e end) {
		if e.rest < n.q.Amount.Minor {
			ends[e] = true
		}
	})
next:
	for e := range ends {
		for f := range ends {
			if f.beats(e) {
				continue next
			}
		}
		front = append(front, e)
	}
	return front
}

func (n *naive) best() (most int64) {
	n.every(func(e end) { most = max(most, e.value) })
	return most
}

// drawn is what of each lot, first to expire first, goes with the amounts over
// the rails, where each lot goes as far as those before it allow: by the
// smallest cut between the first lots and the rails.
func (n *naive) drawn(x []int64) (took []int64) {
	order := make([]int, len(n.free))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return wallet.CompareLots(n.q.Lots[a], n.q.Lots[b]) })
	took = make([]int64, len(order))
	before := int64(0)
	for k, lot := range order {
		flow := int64(1 << 40)
		for set := range 1 << len(x) {
			cut := int64(0)
			for r := range x {
				if set&(1<<r) == 0 {
					cut += x[r]
				}
			}
			for _, i := range order[:k+1] {
				if n.may[i]&uint(set) != 0 {
					cut += n.free[i]
				}
			}
			flow = min(flow, cut)
		}
		took[lot], before = flow-before, flow
	}
	return took
}

// state is all that decides what can be done, in few letters.
func (n *naive) state() string {
	s := make([]byte, 0, 32)
	for i := range n.may {
		s = append(s, byte(n.may[i]))
	}
	for _, r := range n.room {
		s = append(s, byte(r))
	}
	return string(s)
}
