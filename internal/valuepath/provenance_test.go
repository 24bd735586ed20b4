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
			taken, rest, err := Split(lots[i], part, fmt.Sprintf("s%d", step))
			if err != nil {
				t.Fatal(err)
			}
			if taken.Amount.Minor+rest.Amount.Minor != lots[i].Amount.Minor {
				t.Fatalf("split %v into %v and %v", lots[i].Amount, taken.Amount, rest.Amount)
			}
			if rapid.Bool().Draw(t, "carry") {
				later := at.Add(time.Duration(rapid.IntRange(1, 9999).Draw(t, "hours")) * time.Hour)
				if taken, err = Carry(taken, taken.ID, "elsewhere", part, later); err != nil {
					t.Fatal(err)
				}
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

func TestSplitAndCarryRefuseMoreThanThereIs(t *testing.T) {
	t.Parallel()
	l := cash(1000)
	for _, part := range []money.Amount{money.Won(0), money.Won(-1), money.Won(1001), money.Of(5, money.USD)} {
		if _, _, err := Split(l, part, "x"); err == nil {
			t.Errorf("split off %v", part)
		}
	}
	for _, amount := range []money.Amount{money.Won(-1), money.Won(1001), money.Of(5, money.USD)} {
		if _, err := Carry(l, "x", "elsewhere", amount, time.Time{}); err == nil {
			t.Errorf("carried %v", amount)
		}
	}
}
