package ledger_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/platform/ledger"
	"jandon/internal/wallet"
)

// holder is a cashier with a voucher, and merchants who answer.
type holder struct {
	*cashier
	face int64
	paid []string // payments, by id
	acts []string
}

func newHolder(t testing.TB, face int64, digits string) *holder {
	t.Helper()
	h := &holder{cashier: newCashier(t, ledger.Memory), face: face}
	for _, rail := range []string{"voucher_refund", "bank_transfer", "savings_jar"} {
		must(t, ledger.LinkTo(t.Context(), h.Ledger, h.u, rail, digits, h.now))
	}
	h.voucher("v", face, 1, wallet.Prepaid, "voucher")
	return h
}

func (h *holder) spend(won int64) error {
	id := fmt.Sprint("s", len(h.paid))
	err := h.Spend(h.t.Context(), h.u, line(id, h.now, wallet.Payment, -won))
	if err == nil {
		h.paid = append(h.paid, id)
	}
	return err
}

func (h *holder) giveBack(of string, won int64) error {
	h.n++
	return h.GiveBack(h.t.Context(), h.u, refund(fmt.Sprint("r", h.n), of, h.now, won))
}

// accept takes a quote, and lets it be confirmed if sure.
func (h *holder) accept(q act.Quote, sure bool) error {
	a, err := h.CashOut(h.t.Context(), h.u, "", h.key(), q.ID, 0, h.now)
	if err != nil {
		return err
	}
	h.acts = append(h.acts, a.ID)
	if sure {
		h.confirmed(a)
	}
	return nil
}

// out is what became money of the voucher, or is about to, fees included.
func (h *holder) out() (won int64) {
	for _, id := range h.acts {
		for _, l := range h.act(id).Legs {
			if cash := l.Rail == "voucher_refund" || l.Rail == "bank_transfer" || l.Rail == "savings_jar"; cash && l.State != act.LegReturned {
				won += l.Amount.Minor
			}
		}
	}
	return won
}

// most is what the terms let become money of a voucher: all but the share that has to be used.
func (h *holder) most() int64 {
	if h.face <= 10_000 {
		return h.face / 5
	}
	return h.face * 2 / 5
}

// Spent to 60 %, paid out, refunded by the merchant: what was paid out is no
// use of the voucher, so 60 % have to be spent anew, which there is not.
func TestWhatWasPaidOutIsNoUseOfAVoucher(t *testing.T) {
	t.Parallel()
	h := newHolder(t, 20_000, "1112223333")
	must(t, h.spend(12_000))
	must(t, h.accept(h.quote(hand(map[string]int64{"voucher_refund": 8_000})), true))
	h.now = h.now.AddDate(0, 0, 8)
	h.work()
	must(t, h.giveBack("s0", 12_000))
	must(t, h.spend(4_000)) // of ₩20,000, ₩12,000 are gone: ₩8,000 of them paid out
	if _, err := h.Quote(t.Context(), h.u, hand(map[string]int64{"voucher_refund": 8_000}), h.now); code(err) != fault.NothingConvertible {
		t.Errorf("as much again: %v", err)
	}
	if h.out() != h.most() {
		t.Errorf("₩%d of ₩%d went out", h.out(), h.most())
	}
	balanced(t, h.Ledger)
}

// Two quotes of one rest, and a refund before either is taken: the voucher is
// no longer used as much, so neither goes.
func TestQuotesOfAVoucherThatIsUsedNoMore(t *testing.T) {
	t.Parallel()
	h := newHolder(t, 20_000, "1112223333")
	must(t, h.spend(12_000))
	ask := hand(map[string]int64{"voucher_refund": 8_000})
	one, two := h.quote(ask), h.quote(ask)
	must(t, h.giveBack("s0", 12_000))
	for _, q := range []act.Quote{one, two} {
		if err := h.accept(q, true); code(err) != fault.QuoteOutdated {
			t.Errorf("taken: %v", err)
		}
	}
	equal(t, left(t, h.Ledger, h.u), map[string]int64{"v": 20_000})
	balanced(t, h.Ledger)
}

// A voucher does not become money by a rail that asks for no use of it.
func TestAVoucherGoesToNoBankUnused(t *testing.T) {
	t.Parallel()
	h := newHolder(t, 20_000, "1112223333")
	for _, rail := range []string{"bank_transfer", "savings_jar", "branch_payout", "bank_instant"} {
		if _, err := h.Quote(t.Context(), h.u, hand(map[string]int64{rail: 10_000}), h.now); code(err) != fault.NothingConvertible {
			t.Errorf("%s: %v", rail, err)
		}
	}
}

// However spending, refunds, disputes, quotes, cash-outs and failures follow
// each other: never more of a voucher becomes money than its terms allow.
func TestNoOrderOfThingsPaysOutMoreOfAVoucher(t *testing.T) {
	t.Parallel()
	paid, full := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		face := rapid.SampledFrom([]int64{5_000, 10_000, 10_001, 20_000, 50_000}).Draw(rt, "face")
		digits := rapid.SampledFrom([]string{"1112223333", "1112223333", "1112220000"}).Draw(rt, "number")
		h := newHolder(t, face, digits)
		defer func() { must(t, h.Close()) }()
		var quotes []act.Quote
		for range rapid.IntRange(1, 16).Draw(rt, "steps") {
			h.now = h.now.Add(rapid.SampledFrom([]time.Duration{time.Second, time.Second, time.Minute, 25 * time.Hour, 8 * 24 * time.Hour}).Draw(rt, "passes"))
			switch rapid.SampledFrom([]string{"spend", "share", "share", "refund", "refund", "dispute", "quote", "claim", "claim", "accept", "accept", "cancel", "top up", "work"}).Draw(rt, "step") {
			case "spend":
				_ = h.spend(rapid.Int64Range(1, face).Draw(rt, "won")) // there may be less
			case "share":
				_ = h.spend(face - h.most())
			case "refund":
				if len(h.paid) > 0 {
					_ = h.giveBack(rapid.SampledFrom(h.paid).Draw(rt, "payment"), rapid.Int64Range(1, face).Draw(rt, "won")) // once, and no more than it was
				}
			case "dispute":
				if len(h.paid) > 0 {
					ask := wallet.DisputeAsk{Transaction: rapid.SampledFrom(h.paid).Draw(rt, "charge"), Reason: rapid.SampledFrom(wallet.DisputeReasons()).Draw(rt, "reason")}
					_, _ = h.Dispute(t.Context(), h.u, h.key(), ask, h.now) // a charge is disputed once
				}
			case "claim":
				if q, err := h.Quote(t.Context(), h.u, hand(map[string]int64{"voucher_refund": max(1, left(t, h.Ledger, h.u)["v"])}), h.now); err == nil {
					_ = h.accept(q, true)
				}
			case "quote":
				rest := left(t, h.Ledger, h.u)["v"]
				for _, rail := range []string{"voucher_refund", "bank_transfer", "savings_jar"} {
					if q, err := h.Quote(t.Context(), h.u, hand(map[string]int64{rail: max(1, min(rest, h.most()))}), h.now); err == nil {
						quotes = append(quotes, q)
					}
				}
			case "accept":
				if len(quotes) > 0 {
					_ = h.accept(rapid.SampledFrom(quotes).Draw(rt, "quote"), rapid.IntRange(0, 3).Draw(rt, "sure") > 0)
				}
			case "cancel":
				if len(h.acts) > 0 {
					_, _ = h.CancelAct(t.Context(), h.u, rapid.SampledFrom(h.acts).Draw(rt, "act"), h.now)
				}
			case "top up":
				if q, err := h.Quote(t.Context(), h.u, act.Ask{Amount: money.Won(1_000), Amounts: map[string]int64{"mobile_topup": 1_000}}, h.now); err == nil {
					_ = h.accept(q, true)
				}
			case "work":
				h.work()
				_, err := h.Complain(t.Context(), ledger.SimulatedMerchants{Now: func() time.Time { return h.now }}, h.now)
				must(t, err)
			}
			if out := h.out(); out > h.most() {
				rt.Fatalf("₩%d of a voucher of ₩%d became money, ₩%d may", out, face, h.most())
			}
		}
		if out := h.out(); out > 0 {
			paid++
			if out == h.most() {
				full++
			}
		}
		balanced(t, h.Ledger)
	})
	if paid == 0 || full == 0 {
		t.Errorf("%d vouchers were paid out, %d as far as may be: nothing was tried", paid, full)
	}
}
