package ledger_test

import (
	"testing"

	"jandon/internal/act"
	"jandon/internal/money"
	"jandon/internal/platform/ledger"
)

// What it costs to check the limits, weigh an act and write down why, without the act itself.
func BenchmarkWeigh(b *testing.B) {
	c := standard(b, 900_000)
	for range 40 {
		c.confirmed(c.by("donation", 100))
	}
	c.work()
	for b.Loop() {
		_, err := ledger.Weigh(b.Context(), c.Ledger, c.u, act.Act{
			Action: act.Cashout, Made: c.now, Amount: money.Won(1_000), Legs: []act.Leg{{Rail: "donation", Amount: money.Won(1_000)}},
		})
		must(b, err)
	}
}
