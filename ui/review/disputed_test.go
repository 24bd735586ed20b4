package review_test

import (
	"context"
	"strings"
	"testing"

	"jandon/internal/wallet"
	"jandon/ui/kit/kittest"
)

// contested is a history of which some charges are disputed.
type contested struct {
	*kittest.Audited
	list []wallet.Dispute
}

func (c contested) Disputes(context.Context) ([]wallet.Dispute, error) { return c.list, nil }

// A charge that is disputed already is said to be, until the dispute is over.
func TestDisputedChargesAreMarked(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{40, 16}, {80, 20}, {120, 36}} {
		for state, want := range map[wallet.DisputeState]int{wallet.DisputeOpen: 1, wallet.DisputeWithdrawn: 0} {
			d := open(contested{three(), []wallet.Dispute{{Transaction: "b", State: state}}}, "en", size[0], size[1])
			if n := strings.Count(d.Frame(), "! disputed"); n != want {
				t.Errorf("%v, %s: %d marks in\n%s", size, state, n, d.Frame())
			}
		}
	}
}
