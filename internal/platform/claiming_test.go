package platform_test

import (
	"net/http"
	"testing"
	"time"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/platform"
	"jandon/internal/scenario"
	"jandon/internal/wallet"
	"jandon/internal/wire"
)

// A voucher of ₩10,000 that lapsed two months ago is listed apart, previewed with
// its rate, confirmed, and refunded for 90 % of it, once.
func TestALapsedVoucherFromPreviewToReceipt(t *testing.T) {
	t.Parallel()
	s := shop(t, platform.Memory, noon.AddDate(0, 0, -2), nil)
	plan := riches(2_000_000)
	bought := noon.AddDate(-1, -2, 0)
	l := wallet.Lot{ID: "v", Issuer: "game", Kind: wallet.Prepaid, Origin: "voucher", Granted: money.Won(10_000), Received: bought, Expires: bought.AddDate(1, 0, 0)}
	plan.Steps = append([]scenario.Step{{At: bought, Act: scenario.Grant, Transaction: line("gv", bought, wallet.Topup, 10_000), Lot: l}}, plan.Steps...)
	plan.Destinations = append(plan.Destinations, scenario.Destination{
		Rail: "expired_voucher_refund", Name: "Mina Kim", Number: "110-222-335555", Added: noon.AddDate(-1, 0, 0), Used: noon.AddDate(0, 0, -3),
	})
	must(t, s.Seed(t.Context(), plan, nil))
	p := s.enrolled("mina", "Phone")
	s.at(noon)
	p.open("totp", p.totp())

	var w wire.Wallet
	p.look("/v1/wallet").is(t, http.StatusOK, &w)
	if len(w.Lapsed) != 1 || w.Lapsed[0].Lot.Id != "v" || w.Lapsed[0].Lot.AmountMinor != 10_000 || w.Lapsed[0].ShareBp != 9000 || !w.Lapsed[0].Until.Equal(bought.AddDate(5, 0, 0)) {
		t.Fatalf("lapsed: %+v", w.Lapsed)
	}
	for _, l := range w.Lots {
		if l.Id == "v" {
			t.Error("what lapsed counts as held")
		}
	}
	q := p.quoted(map[string]int64{"expired_voucher_refund": 10_000})
	if leg := q.Plans[0].Legs[0]; leg.FeeMinor != 1_000 || leg.NetMinor != 9_000 || leg.FeeName == "" {
		t.Errorf("leg: %+v", leg)
	}
	made := p.cashOut(q, "key-of-sixteen-1")
	again := p.ask(request{method: http.MethodPost, path: "/v1/quotes", body: wire.QuoteRequest{
		AmountMinor: 10_000, Currency: money.KRW, ByHand: []wire.HandAmount{{Rail: "expired_voucher_refund", AmountMinor: 10_000}},
	}})
	again.refused(t, "claimed twice", fault.NothingConvertible)
	if made.State == wire.ActStateWaiting {
		made = p.confirmed(string(made.Id))
	}
	end := p.ended(string(made.Id))
	if end.State != wire.ActStateDone || end.Legs[0].FeeMinor != 1_000 {
		t.Fatalf("ended: %+v", end)
	}
	p.at(p.clock().Add(time.Minute)) // to a code that was not used yet
	p.open("totp", p.totp())
	w = wire.Wallet{}
	p.look("/v1/wallet").is(t, http.StatusOK, &w)
	if len(w.Lapsed) != 0 {
		t.Errorf("still to be claimed: %+v", w.Lapsed)
	}
	_, err := p.Check(t.Context())
	must(t, err)
}
