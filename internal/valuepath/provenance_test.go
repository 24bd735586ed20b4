package valuepath

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jandon/internal/money"
	"jandon/internal/wallet"
)

// anyOrigin are ways in, known ones of both sorts and some that nobody knows.
var anyOrigin = []string{"phone_bill", "card", "unknown", "", "of a newer platform", "bank_transfer", "voucher", "gift", "tip"}

// Whatever is split and converted, in whatever order, tainted value never
// comes out but to its source, and no more clean value than there was.
func TestNoPathLaunders(t *testing.T) {
	t.Parallel()
	b := book(t)
	rapid.Check(t, func(t *rapid.T) {
		lots, _ := drawWallet(rapid.Uint64().Draw(t, "wallet"))
		for i := range lots { // a clean kind does not clean where it is from
			if rapid.IntRange(0, 2).Draw(t, "mixed") == 0 {
				lots[i].Origin = rapid.SampledFrom(anyOrigin).Draw(t, "origin")
			}
		}
		count := func() (c, d int64) {
			for i := range lots {
				if b.Tainted(&lots[i]) {
					d += lots[i].Amount.Minor
				} else {
					c += lots[i].Amount.Minor
				}
			}
			return c, d
		}
		clean, tainted := count()
		at := noon
		for step := range rapid.IntRange(0, 30).Draw(t, "steps") {
			i := rapid.IntRange(0, len(lots)-1).Draw(t, "lot")
			part := money.Won(rapid.Int64Range(1, lots[i].Amount.Minor).Draw(t, "part"))
			taken, rest := split(lots[i], part, fmt.Sprintf("s%d", step))
			if taken.Amount.Minor+rest.Amount.Minor != lots[i].Amount.Minor {
				t.Fatalf("split %v into %v and %v", lots[i].Amount, taken.Amount, rest.Amount)
			}
			if rapid.Bool().Draw(t, "carry") {
				later := at.Add(time.Duration(rapid.IntRange(1, 9999).Draw(t, "hours")) * time.Hour)
				taken = carry(taken, taken.ID, "elsewhere", part, later)
			}
			better(t, b, lots[i], taken, at)
			if rest.Amount.Minor > 0 {
				better(t, b, lots[i], rest, at)
				lots[i] = rest
				lots = append(lots, taken)
			} else {
				lots[i] = taken
			}
		}
		if c, d := count(); c != clean || d != tainted {
			t.Fatalf("clean %d and tainted %d became %d and %d", clean, tainted, c, d)
		}
		r := ask(b, min(clean+tainted, MaxAmount), lots...)
		r.Tier = TierVerified
		out, err := b.Plan(r)
		if err != nil {
			t.Fatal(err)
		}
		sums(t, b, &r, out) // no tainted lot stands in a leg but to its source
		for i := range out.Front {
			went := int64(0)
			for _, leg := range out.Front[i].Legs {
				if leg.Nature != Source {
					went += leg.Amount.Minor
				}
			}
			if went > clean {
				t.Fatalf("%d went out of %d that are clean", went, clean)
			}
		}
	})
}

// better fails if a part may go where the whole may not.
func better(t *rapid.T, b *Book, whole, part wallet.Lot, at time.Time) {
	t.Helper()
	for i := range b.Rails {
		w, p := b.Eligible(whole, &b.Rails[i], at), b.Eligible(part, &b.Rails[i], at)
		if p.Code == OK && w.Code != OK {
			t.Fatalf("%s takes a part of what it refuses (%s by %s):\n%+v\n%+v", b.Rails[i].ID, w.Code, w.Rule, whole, part)
		}
	}
	if b.Tainted(&whole) && !b.Tainted(&part) || part.Origin != whole.Origin || part.Kind != whole.Kind || part.Source != whole.Source {
		t.Fatalf("tags were lost:\n%+v\n%+v", whole, part)
	}
	if !whole.Expires.IsZero() && (part.Expires.IsZero() || part.Expires.After(whole.Expires)) || !part.Received.Equal(whole.Received) {
		t.Fatalf("time was won:\n%+v\n%+v", whole, part)
	}
}

// split takes part of a lot off it. Both keep kind, issuer, origin, source,
// received and expiry, and neither seems more used up, less touched, or of
// larger face value, than the whole was: see grantedOf.
func split(l wallet.Lot, part money.Amount, id string) (taken, rest wallet.Lot) {
	taken, rest = l, l
	taken.ID = id
	taken.Amount = part
	rest.Amount.Minor = l.Amount.Minor - part.Minor
	share(&l, &taken)
	share(&l, &rest)
	return taken, rest
}

// carry is what part of a lot becomes when it is converted to value at another
// issuer: the tags go with it, the time of receipt too, and the expiry can
// only come nearer. To convert is to use: nothing carried counts as untouched.
func carry(part wallet.Lot, id, issuer string, amount money.Amount, expires time.Time) wallet.Lot {
	l := part
	l.ID, l.Issuer, l.Amount = id, issuer, amount
	if share(&part, &l); l.Granted.Minor == amount.Minor {
		l.Granted.Minor++
	}
	if !expires.IsZero() && (l.Expires.IsZero() || expires.Before(l.Expires)) {
		l.Expires = expires
	}
	return l
}

// share gives a part of a lot what goes with it of what was granted and spent.
// What was spent is rounded down, too, so that no part seems more used.
func share(whole, part *wallet.Lot) {
	part.Granted.Minor = grantedOf(whole, part.Amount.Minor)
	part.Spent.Minor = 0
	if whole.Granted.Minor > 0 && whole.Spent.Minor > 0 {
		part.Spent.Minor = mulDiv(whole.Spent.Minor, part.Granted.Minor, whole.Granted.Minor)
	}
}

// grantedOf is the share of what was granted that goes with a part of a lot:
// rounded down, so that no rest seems more used than it was, but never so that
// what was touched seems whole. One unit of the smallest part is then at most
// half used, which is short of any voucher's share (see mostlyUsed).
func grantedOf(l *wallet.Lot, part int64) int64 {
	if l.Amount.Minor <= 0 || l.Granted.Minor <= 0 {
		return l.Granted.Minor
	}
	g := mulDiv(l.Granted.Minor, part, l.Amount.Minor)
	if l.Granted.Minor > l.Amount.Minor && g == part {
		g++
	}
	return g
}
