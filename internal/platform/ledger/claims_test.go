package ledger_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/platform/ledger"
	"jandon/internal/wallet"
)

const (
	small = "expired_voucher_refund"
	large = "expired_voucher_refund_large"
)

// claimant is a cashier whose vouchers lapsed.
func claimant(t testing.TB, path string, digits string) *cashier {
	t.Helper()
	c := newCashier(t, path)
	for _, rail := range []string{small, large, "bank_transfer"} {
		must(t, ledger.LinkTo(t.Context(), c.Ledger, c.u, rail, digits, c.now))
	}
	return c
}

// voucher is one that was bought so many months ago, for a year.
func (c *cashier) voucher(id string, won int64, months int, kind wallet.Kind, origin string) {
	c.t.Helper()
	at := c.now.AddDate(0, -months, 0)
	l := lot(id, won, at, at.AddDate(1, 0, 0))
	l.Kind, l.Origin = kind, origin
	g := line("g"+id, at, wallet.Topup, won)
	g.Kind = kind
	must(c.t, c.Grant(c.t.Context(), c.u, g, l))
	must(c.t, c.Sweep(c.t.Context(), c.u, c.now))
}

// claims are what can be asked for, by lot.
func (c *cashier) claims() map[string]int64 {
	c.t.Helper()
	m := map[string]int64{}
	must(c.t, c.Sweep(c.t.Context(), c.u, c.now))
	view(c.t, c.Ledger, c.u, func(v *ledger.View) error {
		list, err := v.Lapsed(c.now)
		for _, x := range list {
			m[x.Lot.ID] = x.Lot.Amount.Minor
		}
		return err
	})
	return m
}

// through lets an act end.
func (c *cashier) through(a act.Act) act.Act {
	c.t.Helper()
	c.confirmed(a)
	for range 50 {
		next := c.work()
		if a = c.act(a.ID); a.State.Final() {
			return a
		}
		c.now = next
	}
	c.t.Fatalf("it never ends: %+v", a)
	return a
}

func TestWhatAVoucherLapsedWithIsRefundedOnce(t *testing.T) {
	t.Parallel()
	places(t, func(t *testing.T, path string) {
		c := claimant(t, path, "1112223333")
		c.voucher("v", 10_000, 14, wallet.Prepaid, "voucher")
		equal(t, left(t, c.Ledger, c.u), map[string]int64{})
		equal(t, c.claims(), map[string]int64{"v": 10_000})
		a := c.cashOut(c.quote(hand(map[string]int64{small: 6_000})), 0)
		if a.Fee != money.Won(600) || a.Net() != money.Won(5_400) || a.Legs[0].FeeName != "expired" {
			t.Fatalf("%+v", a)
		}
		equal(t, left(t, c.Ledger, c.u), map[string]int64{"v": 6_000}) // held
		equal(t, c.claims(), map[string]int64{"v": 4_000})
		balanced(t, c.Ledger)
		if a = c.through(a); a.State != act.Done {
			t.Fatalf("%+v", a)
		}
		equal(t, left(t, c.Ledger, c.u), map[string]int64{})
		equal(t, c.claims(), map[string]int64{"v": 4_000})
		if _, err := c.Quote(t.Context(), c.u, hand(map[string]int64{small: 4_010}), c.now); err == nil {
			t.Error("more than lapsed was quoted")
		}
		balanced(t, c.Ledger)
	})
}

func TestARefundThatFailsLapsesAnew(t *testing.T) {
	t.Parallel()
	c := claimant(t, ledger.Memory, "1112220000") // which the partner refuses
	c.voucher("v", 60_000, 14, wallet.Prepaid, "voucher")
	a := c.through(c.cashOut(c.quote(hand(map[string]int64{large: 60_000})), 0))
	if a.State != act.Returned {
		t.Fatalf("%+v", a)
	}
	equal(t, c.claims(), map[string]int64{"v": 60_000})
	equal(t, left(t, c.Ledger, c.u), map[string]int64{})
	a = c.cashOut(c.quote(hand(map[string]int64{large: 60_000})), 0)
	_, err := c.CancelAct(t.Context(), c.u, a.ID, c.now)
	must(t, err)
	equal(t, c.claims(), map[string]int64{"v": 60_000})
	balanced(t, c.Ledger)
}

func TestWhatCannotBeClaimed(t *testing.T) {
	t.Parallel()
	c := claimant(t, ledger.Memory, "1112223333")
	c.voucher("card", 10_000, 14, wallet.CardFunded, "voucher")
	c.voucher("cardsource", 10_000, 14, wallet.Prepaid, "card")
	c.voucher("bill", 10_000, 14, wallet.CarrierCredit, "phone_bill")
	c.voucher("unknown", 10_000, 14, wallet.KindUnknown, "voucher")
	c.voucher("points", 10_000, 14, wallet.Earned, "reward")
	c.voucher("old", 10_000, 60, wallet.Prepaid, "voucher") // five years to the instant
	c.voucher("fresh", 10_000, 2, wallet.Prepaid, "voucher")
	equal(t, c.claims(), map[string]int64{})
	balanced(t, c.Ledger)
}

func TestAClaimEndsAfterFiveYearsAlsoWithAQuoteInHand(t *testing.T) {
	t.Parallel()
	c := claimant(t, ledger.Memory, "1112223333")
	c.voucher("v", 10_000, 60, wallet.Prepaid, "voucher")
	end := c.now
	c.now = end.Add(-time.Second)
	q := c.quote(hand(map[string]int64{small: 10_000}))
	c.now = end
	_, err := c.CashOut(t.Context(), c.u, "", c.key(), q.ID, 0, c.now)
	if code := fault.From(err).Code; err == nil || code != fault.QuoteOutdated {
		t.Errorf("%v", err)
	}
	equal(t, left(t, c.Ledger, c.u), map[string]int64{})
	balanced(t, c.Ledger)
}

// Sixty-four ask for the same lapsed voucher at once, each with a quote of their own.
func TestSixtyFourClaimOneVoucher(t *testing.T) {
	t.Parallel()
	c := claimant(t, ledger.Memory, "1112223333")
	c.voucher("v", 10_000, 14, wallet.Prepaid, "voucher")
	quotes := make([]act.Quote, 64)
	for i := range quotes {
		quotes[i] = c.quote(hand(map[string]int64{small: 10_000}))
	}
	var wg sync.WaitGroup
	errs := make([]error, len(quotes))
	for i := range quotes {
		wg.Go(func() {
			_, errs[i] = c.CashOut(context.Background(), c.u, "", ledger.Key{ID: fmt.Sprintf("claim-of-sixteen-%d", i), Request: [32]byte{byte(i)}}, quotes[i].ID, 0, c.now)
		})
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		switch {
		case err == nil:
			won++
		case fault.From(err).Code != fault.QuoteOutdated:
			t.Errorf("%v", err)
		}
	}
	if won != 1 {
		t.Errorf("%d of 64 claimed it", won)
	}
	equal(t, c.claims(), map[string]int64{})
	balanced(t, c.Ledger)
}

// Whatever is claimed, canceled, failed and paid, in whatever order: of each
// voucher no more arrives than its share, and nothing of what was paid by card
// or phone bill.
func TestClaimsNeverPayMoreThanTheirShare(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		digits := rapid.SampledFrom([]string{"1112223333", "1112220000"}).Draw(rt, "number")
		c := claimant(t, ledger.Memory, digits)
		defer func() { must(t, c.Close()) }()
		share := map[string]int64{} // in hundredths of a won: a lot's part of a fee need not be whole
		for i := range rapid.IntRange(1, 4).Draw(rt, "vouchers") {
			id, won := fmt.Sprint("v", i), 10*rapid.Int64Range(1, 8000).Draw(rt, "tens")
			kind := rapid.SampledFrom([]wallet.Kind{wallet.Prepaid, wallet.Prepaid, wallet.CardFunded}).Draw(rt, "kind")
			origin := rapid.SampledFrom([]string{"voucher", "voucher", "card", "unknown"}).Draw(rt, "origin")
			c.voucher(id, won, rapid.IntRange(13, 58).Draw(rt, "months"), kind, origin)
			if kind == wallet.Prepaid && origin == "voucher" {
				if share[id] = won * 90; won > 50_000 {
					share[id] = won * 95
				}
			}
		}
		paid := map[string]int64{}
		for range rapid.IntRange(1, 6).Draw(rt, "claims") {
			ask := map[string]int64{rapid.SampledFrom([]string{small, large}).Draw(rt, "rail"): 20 * rapid.Int64Range(1, 4000).Draw(rt, "twenties")}
			q, err := c.Quote(t.Context(), c.u, hand(ask), c.now)
			if err != nil {
				continue
			}
			a, err := c.CashOut(t.Context(), c.u, "", c.key(), q.ID, 0, c.now)
			if err != nil {
				continue
			}
			if a.State == act.Waiting && rapid.Bool().Draw(rt, "cancel") {
				_, err := c.CancelAct(t.Context(), c.u, a.ID, c.now)
				must(t, err)
			} else {
				a = c.through(a)
			}
			if a.State != act.Done {
				continue
			}
			leg := a.Legs[0]
			if leg.Fee.Minor*100%leg.Amount.Minor != 0 {
				rt.Fatalf("a fee of %d on %d is no whole percentage", leg.Fee.Minor, leg.Amount.Minor)
			}
			for _, d := range leg.From {
				paid[d.Lot] += d.Amount.Minor * (leg.Net.Minor * 100 / leg.Amount.Minor)
			}
		}
		for id, n := range paid {
			if n > share[id] {
				rt.Fatalf("%d hundredths came back of %s, whose share is %d", n, id, share[id])
			}
		}
		balanced(t, c.Ledger)
	})
}
