package ledger_test

import (
	"testing"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/platform/ledger"
	"jandon/internal/valuepath"
)

// tryOut is how a cash-out over several rails is refused; "" if it is not.
func (c *cashier) tryOut(amounts map[string]int64) fault.Code {
	c.t.Helper()
	q, err := c.Quote(c.t.Context(), c.u, hand(amounts), c.now)
	if err != nil {
		return code(err)
	}
	_, err = c.CashOut(c.t.Context(), c.u, "", c.key(), q.ID, 0, c.now)
	return code(err)
}

// What all rails together move at once ends with the last won of the tier.
func TestTheLimitOfAnActAtItsEdge(t *testing.T) {
	t.Parallel()
	for last, want := range map[int64]fault.Code{499_000: "", 499_001: fault.OverLimit} {
		c := standard(t, 900_000)
		must(t, ledger.Exec(t.Context(), c.Ledger, "UPDATE standings SET acts = 12, verified = 0"))
		if l := c.limits(""); l.Tier != valuepath.TierSettled || l.Total.Act != money.Won(500_000) {
			t.Fatalf("%s moves %v", l.Tier, l.Total.Act)
		}
		if got := c.tryOut(map[string]int64{"mobile_topup": 1_000, "donation": last}); got != want {
			t.Errorf("₩1,000 and ₩%d: %q, not %q", last, got, want)
		}
	}
}

// What they move in a day does so too, whatever went before on the same day, and
// what came back does not count.
func TestTheLimitOfADayAtItsEdge(t *testing.T) {
	t.Parallel()
	for last, want := range map[int64]fault.Code{70_000: "", 70_001: fault.OverLimit} {
		c := standard(t, 900_000)
		must(t, ledger.Exec(t.Context(), c.Ledger, "UPDATE standings SET acts = 0, verified = 0"))
		c.by("mobile_topup", 20_000)
		c.by("transit_credit", 10_000)
		gone := c.by("book_credit", 20_000)
		_, err := c.CancelAct(t.Context(), c.u, gone.ID, c.now)
		must(t, err)
		if l := c.limits(""); l.Tier != valuepath.TierNew || l.Total.Day != money.Won(100_000) || l.Total.UsedToday != money.Won(30_000) {
			t.Fatalf("%s moves %v a day, of which %v", l.Tier, l.Total.Day, l.Total.UsedToday)
		}
		if got := c.tryOut(map[string]int64{"donation": last}); got != want {
			t.Errorf("₩%d after ₩30,000: %q, not %q", last, got, want)
		}
	}
}
