package ledger_test

import (
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/platform/ledger"
	"jandon/internal/wallet"
)

// Value that can never become cash goes back whole to where it came from, and
// by no other way; what does not arrive there is in its lot again, as tainted
// as it was.
func TestRefundToSource(t *testing.T) {
	t.Parallel()
	for name, from := range map[string]struct {
		kind   wallet.Kind
		origin string
	}{
		"bought on the phone bill":           {wallet.CarrierCredit, "phone_bill"},
		"bought by card":                     {wallet.CardFunded, "card"},
		"a clean kind that was paid by card": {wallet.Prepaid, "card"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCashier(t, ledger.Memory)
			for _, rail := range []string{"bank_transfer", "bank_instant", "voucher_refund"} {
				must(t, ledger.LinkTo(t.Context(), c.Ledger, c.u, rail, "110-222-334444", c.now))
			}
			c.voucher("tainted", 10_000, 0, from.kind, from.origin)
			c.now = c.now.Add(time.Hour)
			before := c.lots()["tainted"]
			for _, rail := range []string{"bank_transfer", "bank_instant", "mobile_topup", "donation", "transit_credit", "book_credit", "voucher_refund"} {
				if got := c.refused("phone", rail, 10_000); got != fault.NothingConvertible {
					t.Errorf("%s takes it: %q", rail, got)
				}
			}
			// One that is given up comes back as it was.
			waits := c.by("source_refund", 10_000)
			if waits.State == act.Waiting {
				_, err := c.CancelAct(t.Context(), c.u, waits.ID, c.now)
				must(t, err)
				if after := c.lots()["tainted"]; after != before {
					t.Errorf("came back as %+v of %+v", after, before)
				}
				waits = c.by("source_refund", 10_000)
			}
			done := c.through(waits)
			if done.State != act.Done || len(done.Legs) != 1 || done.Legs[0].Rail != "source_refund" || done.Fee.Minor != 0 {
				t.Errorf("ended %+v", done)
			}
			if have := c.lots(); len(have) != 0 {
				t.Errorf("left %+v", have)
			}
			balanced(t, c.Ledger)
		})
	}
}
