package home_test

import (
	"strings"
	"testing"

	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
	"jandon/ui/home"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
)

// Whoever else may be at it comes before what costs money, however old it is,
// and leads to where something can be done about it.
func TestWhatOthersMayBeAtComesFirst(t *testing.T) {
	t.Parallel()
	now := kittest.Now()
	kinds := []struct {
		kind wallet.AlertKind
		page string
	}{
		{wallet.AlertDestination, "destinations"}, {wallet.AlertReview, "acts"}, {wallet.AlertWrongCodes, "devices"}, {wallet.AlertNewDevice, "devices"},
		{wallet.AlertReturned, "acts"}, {wallet.AlertDoubleCharge, "history"}, {wallet.AlertCharge, "history"},
	}
	var alerts []wallet.Alert
	for i, k := range kinds { // those that matter most are the oldest
		alerts = append(alerts, wallet.Alert{ID: string(k.kind), At: now.AddDate(0, 0, -9+i), Kind: k.kind, Merchant: "m-" + string(k.kind), Amount: money.Won(0)})
	}
	w := wallet.Wallet{Currency: money.KRW, Issuers: []wallet.Issuer{{ID: "i", Name: "Issuer"}}, Lots: []wallet.Lot{{ID: "l", Issuer: "i", Kind: wallet.Prepaid, Amount: money.Won(9_000), Received: now}}}
	book := history.NewBook(nil, history.BookOptions{Zone: kittest.Seoul(), Wallet: w, Alerts: alerts})
	d := kittest.Start(home.New(kittest.Env("en"), book, home.Options{}), 80, 60)
	frame, before := d.Frame(), -1
	for _, kind := range []wallet.AlertKind{
		wallet.AlertNewDevice, wallet.AlertWrongCodes, wallet.AlertReview, wallet.AlertDestination, wallet.AlertDoubleCharge, wallet.AlertReturned, wallet.AlertCharge,
	} {
		at := strings.Index(frame, "m-"+string(kind))
		if at <= before {
			t.Fatalf("%s stands at %d, behind %d, in\n%s", kind, at, before, frame)
		}
		before = at
	}
	for _, k := range kinds {
		for range 30 {
			if chosen(d, "m-"+string(k.kind)) {
				break
			}
			d.Do(kit.Down)
		}
		d.Visits = nil
		if d.Do(kit.Open); len(d.Visits) != 1 || d.Visits[0].Page != k.page {
			t.Errorf("%s leads to %v", k.kind, d.Visits)
		}
		d.Do(kit.Top)
	}
}
