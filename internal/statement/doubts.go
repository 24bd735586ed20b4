package statement

import (
	"cmp"
	"time"

	"jandon/internal/money"
	"jandon/internal/wallet"
)

// maxDoubts is how many lines are settled one by one. A file that has more
// shows its habit by the first of them; what is only approved stays beyond.
const maxDoubts = 1 << 15

// doubt is a line of which only the others tell whether it counts.
//
// One that is marked as cancelled and has the sign of a purchase is either the
// cancellation of another line, and gives money back, or the purchase itself,
// and then no money went nor came. One that is only approved may stand in the
// file once more as final.
type doubt struct {
	n                int // its number among the lines that were heard
	at               time.Time
	merchant, number digest // number 0: it has none
	currency         money.Currency
	minor            int64 // as it stands in the file
	signed, undone   bool
	hinge            hinge
	outcomes         [2]outcome
}

// doubts are those of a file.
type doubts struct {
	seen bool
	list []doubt
}

func (d *doubts) some() bool { return d.seen }

// add takes a line in, if it is one; first is true of the first one.
func (d *doubts) add(n int, s *said) (first bool) {
	if !s.doubtful() {
		return false
	}
	first, d.seen = !d.seen, true
	if len(d.list) < maxDoubts {
		x := doubt{n: n, at: s.at, merchant: s.merchant.hash, number: s.number(), currency: s.currency, minor: s.minor, signed: s.signed, undone: s.verdict.undone, hinge: s.hinge()}
		x.outcomes[0], x.outcomes[1] = s.outcomes(x.hinge)
		d.list = append(d.list, x)
	}
	return first
}

func (s *said) doubtful() bool { return s.verdict.undone || s.verdict.status == wallet.Pending }

// number is the digest of wallet.Transaction.Number, 0 if the line has none.
func (s *said) number() digest {
	if n := cmp.Or(s.approval, s.order); n != "" {
		return digestOf(n)
	}
	return 0
}

// fate is what became of a doubt.
type fate uint8

const (
	counts     fate = iota // as it stands: what is marked as cancelled gives money back
	bought                 // it is the purchase, and the cancellation is another line
	voided                 // the purchase never came about
	unsure                 // the same, as far as the file tells
	twice                  // it stands in the file as final, too
	maybeTwice             // the same, or another purchase does
)

// settled is what became of all doubts of a file.
type settled struct {
	minus bool // purchases have a minus
	fates map[int]fate
	rest  fate // of what is marked as cancelled, beyond maxDoubts
}

// apply does to a line what was settled; the Reason says why it does not count,
// or what is to be said of it.
func (t *settled) apply(n int, s *said) Reason {
	if !s.doubtful() {
		return ""
	}
	f, ok := t.fates[n]
	if !ok && s.verdict.undone && outward(s.minor, s.signed, t.minus) {
		f = t.rest
	}
	switch f {
	case bought:
		s.verdict.typ, s.bought = wallet.Payment, true
	case voided:
		return Cancelled
	case unsure:
		return MaybeCancelled
	case twice:
		return PostedToo
	case maybeTwice:
		return MaybePosted
	}
	return ""
}

// outward reports an amount with the sign of a purchase.
func outward(minor int64, signed, minus bool) bool {
	return minor < 0 && (signed || minus) || minor > 0 && !signed && !minus
}
