package kit_test

import (
	"strings"
	"testing"

	"jandon/internal/i18n"
	"jandon/internal/wallet"
	"jandon/ui/kit"
)

// Every alert has a name of its own and says what is behind it.
func TestEveryAlertIsSaid(t *testing.T) {
	t.Parallel()
	kinds := []wallet.AlertKind{
		wallet.AlertDoubleCharge, wallet.AlertExpiry, wallet.AlertBill, wallet.AlertPriceRise, wallet.AlertRefund, wallet.AlertCharge,
		wallet.AlertCashout, wallet.AlertReturned, wallet.AlertNewDevice, wallet.AlertWrongCodes, wallet.AlertDeviceBlocked, wallet.AlertNewPIN,
		wallet.AlertRecoveryUsed, wallet.AlertDestination, wallet.AlertReview,
		wallet.AlertDisputeOpened, wallet.AlertDisputeExamined, wallet.AlertDisputePartly, wallet.AlertDisputeRefunded, wallet.AlertDisputeRefused, wallet.AlertDisputeWithdrawn,
		wallet.AlertAutoSet, wallet.AlertAutoSoon, wallet.AlertAutoSkipped, wallet.AlertAutoStopped,
	}
	seen := map[string]bool{}
	for _, k := range kinds {
		id := kit.AlertWord(k)
		if seen[id] {
			t.Errorf("%s is called like another: %s", k, id)
		}
		seen[id] = true
		for _, lang := range []string{"en", "ko"} {
			p := i18n.Must(lang)
			if why := "history.why_" + strings.TrimPrefix(id, "alert."); !p.Has(id) || !p.Has(why) {
				t.Errorf("%s: no text for %s or %s", lang, id, why)
			}
		}
	}
}
