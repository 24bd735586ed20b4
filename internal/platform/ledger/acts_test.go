package ledger_test

import (
	"testing"
	"time"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/platform/ledger"
	"jandon/internal/wallet"
)

func left(t *testing.T, l *ledger.Ledger, u ledger.User) map[string]int64 {
	t.Helper()
	have := map[string]int64{}
	view(t, l, u, func(v *ledger.View) error {
		lots, err := v.Lots()
		for _, x := range lots {
			have[x.ID] = x.Amount.Minor
		}
		return err
	})
	return have
}

func equal(t *testing.T, got, want map[string]int64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("have %v, want %v", got, want)
	}
	for k, v := range want {
		if got[k] != v {
			t.Fatalf("have %v, want %v", got, want)
		}
	}
}

func TestSpendingUsesFirstToExpireFirst(t *testing.T) {
	t.Parallel()
	places(t, func(t *testing.T, path string) {
		l, u := books(t, path)
		ctx := t.Context()
		must(t, l.Grant(ctx, u, line("g1", day(0), wallet.Topup, 500), lot("never", 500, day(0), time.Time{})))
		must(t, l.Grant(ctx, u, line("g2", day(0), wallet.Topup, 500), lot("late", 500, day(0), day(20))))
		must(t, l.Grant(ctx, u, line("g3", day(1), wallet.Earn, 500), lot("soon", 500, day(1), day(10))))
		must(t, l.Spend(ctx, u, line("s1", day(2), wallet.Payment, -700)))
		equal(t, left(t, l, u), map[string]int64{"never": 500, "late": 300})
		if err := l.Spend(ctx, u, line("s2", day(3), wallet.Payment, -801)); code(err) != fault.Insufficient {
			t.Fatalf("spending more than there is: %v", err)
		}
		must(t, l.GiveBack(ctx, u, refund("r1", "s1", day(4), 700)))
		equal(t, left(t, l, u), map[string]int64{"never": 500, "late": 500, "soon": 500})
		balanced(t, l)
		view(t, l, u, func(v *ledger.View) error {
			s1, err := v.Transaction("s1")
			if s1.Status != wallet.Refunded || s1.Merchant != "Star Game" || s1.Order != "o-s1" || s1.Contact != "1588-0000" {
				t.Errorf("s1 is %+v", s1)
			}
			return err
		})
	})
}

func TestPartRefundGoesBackLastDrawnFirst(t *testing.T) {
	t.Parallel()
	l, u := books(t, ledger.Memory)
	ctx := t.Context()
	must(t, l.Grant(ctx, u, line("g1", day(0), wallet.Topup, 500), lot("a", 500, day(0), day(10))))
	must(t, l.Grant(ctx, u, line("g2", day(0), wallet.Topup, 500), lot("b", 500, day(0), day(20))))
	must(t, l.Spend(ctx, u, line("s1", day(1), wallet.Payment, -800)))
	must(t, l.GiveBack(ctx, u, refund("r1", "s1", day(2), 400)))
	equal(t, left(t, l, u), map[string]int64{"a": 100, "b": 500})
	if err := l.GiveBack(ctx, u, refund("r2", "s1", day(2), 400)); err == nil {
		t.Error("one payment was given back twice")
	}
	balanced(t, l)
}

func TestLotsLapseAtTheirInstant(t *testing.T) {
	t.Parallel()
	places(t, func(t *testing.T, path string) {
		l, u := books(t, path)
		ctx := t.Context()
		must(t, l.Grant(ctx, u, line("g1", day(0), wallet.Topup, 500), lot("a", 500, day(0), day(10))))
		must(t, l.Spend(ctx, u, line("s1", day(1), wallet.Payment, -200)))
		must(t, l.Sweep(ctx, u, day(10).Add(-time.Millisecond)))
		equal(t, left(t, l, u), map[string]int64{"a": 300})
		must(t, l.Sweep(ctx, u, day(12)))
		equal(t, left(t, l, u), map[string]int64{})
		view(t, l, u, func(v *ledger.View) error {
			x, err := v.Transaction("xa")
			if !x.At.Equal(day(10)) || x.Amount != money.Won(-300) || x.Type != wallet.Expire || x.Status != wallet.Posted {
				t.Errorf("the lapse is %+v", x)
			}
			return err
		})
		// What comes back to a lot that is over lapses at once, and is told so.
		must(t, l.GiveBack(ctx, u, refund("r1", "s1", day(15), 200)))
		equal(t, left(t, l, u), map[string]int64{})
		view(t, l, u, func(v *ledger.View) error {
			x, err := v.Transaction("xa-2")
			if !x.At.Equal(day(15)) || x.Amount != money.Won(-200) {
				t.Errorf("the second lapse is %+v", x)
			}
			return err
		})
		balanced(t, l)
	})
}

func TestExpiredValueCannotBeSpent(t *testing.T) {
	t.Parallel()
	l, u := books(t, ledger.Memory)
	must(t, l.Grant(t.Context(), u, line("g1", day(0), wallet.Topup, 500), lot("a", 500, day(0), day(10))))
	if err := l.Spend(t.Context(), u, line("s1", day(10), wallet.Payment, -1)); code(err) != fault.Insufficient {
		t.Fatalf("spent a lapsed lot: %v", err)
	}
}

func TestBillIsTheSumOfItsCharges(t *testing.T) {
	t.Parallel()
	places(t, func(t *testing.T, path string) {
		l, u := books(t, path)
		ctx := t.Context()
		for i, id := range []string{"c0", "c1", "c2", "c3"} {
			must(t, l.Charge(ctx, u, onBill(line(id, day(10*i), wallet.Payment, -1000))))
		}
		must(t, l.GiveBack(ctx, u, onBill(refund("r", "c1", day(12), 1000))))
		must(t, l.Bill(ctx, u, day(31), bill("b", day(0), day(30))))
		view(t, l, u, func(v *ledger.View) error {
			s, charges, err := v.Settlement("b")
			if s.Total != money.Won(2000) || s.Count != 4 || len(charges) != 4 || charges[0].ID != "c0" || charges[0].Settlement != "b" || !s.Paid.IsZero() {
				t.Errorf("bill %+v of %d charges", s, len(charges))
			}
			if len(s.Disclosure) != 1 || s.Disclosure[0].Who != "Telco" {
				t.Errorf("disclosure %+v", s.Disclosure)
			}
			return err
		})
		must(t, l.Pay(ctx, u, day(40), "b"))
		if err := l.Pay(ctx, u, day(41), "b"); err == nil {
			t.Error("one bill was paid twice")
		}
		view(t, l, u, func(v *ledger.View) error {
			s, _, err := v.Settlement("b")
			if !s.Paid.Equal(day(40)) {
				t.Errorf("paid %v", s.Paid)
			}
			if _, err := v.Transaction("pay-b"); code(err) != fault.NotFound {
				t.Errorf("paying is no line of the history: %v", err)
			}
			return err
		})
		wrong := bill("w", day(30), day(60))
		wrong.Count, wrong.Total = 1, money.Won(999)
		if err := l.Bill(ctx, u, day(61), wrong); code(err) != fault.Unbalanced {
			t.Errorf("a bill that says something else than its charges: %v", err)
		}
		balanced(t, l)
	})
}

func TestABillThatRefundsAteUpIsSettled(t *testing.T) {
	t.Parallel()
	l, u := books(t, ledger.Memory)
	ctx := t.Context()
	must(t, l.Charge(ctx, u, onBill(line("c", day(0), wallet.Payment, -1000))))
	must(t, l.GiveBack(ctx, u, onBill(refund("r", "c", day(1), 1000))))
	must(t, l.Bill(ctx, u, day(31), bill("b", day(0), day(30))))
	must(t, l.Pay(ctx, u, day(33), "b"))
	balanced(t, l)
}

func TestNonsenseIsRefusedAndLeavesNothing(t *testing.T) {
	t.Parallel()
	l, u := books(t, ledger.Memory)
	ctx := t.Context()
	must(t, l.Grant(ctx, u, line("g1", day(0), wallet.Topup, 500), lot("a", 500, day(0), time.Time{})))
	must(t, l.Spend(ctx, u, line("s1", day(0), wallet.Payment, -100)))
	before := balanced(t, l)
	dollars := refund("r", "s1", day(1), 100)
	dollars.Amount.Currency = money.USD
	for name, err := range map[string]error{
		"spend what comes in": l.Spend(ctx, u, line("n1", day(1), wallet.Payment, 5)),
		"spend nothing":       l.Spend(ctx, u, line("n2", day(1), wallet.Payment, 0)),
		"charge what comes":   l.Charge(ctx, u, line("n3", day(1), wallet.Payment, 5)),
		"grant less":          l.Grant(ctx, u, line("n4", day(1), wallet.Topup, 400), lot("b", 500, day(1), time.Time{})),
		"grant nothing":       l.Grant(ctx, u, line("n5", day(1), wallet.Topup, 0), lot("b", 0, day(1), time.Time{})),
		"same lot":            l.Grant(ctx, u, line("n6", day(1), wallet.Topup, 500), lot("a", 500, day(1), time.Time{})),
		"same transaction":    l.Spend(ctx, u, line("s1", day(1), wallet.Payment, -5)),
		"refund of nothing":   l.GiveBack(ctx, u, refund("n7", "none", day(1), 5)),
		"refund of a grant":   l.GiveBack(ctx, u, refund("n8", "g1", day(1), 5)),
		"refund too much":     l.GiveBack(ctx, u, refund("n9", "s1", day(1), 101)),
		"refund of less":      l.GiveBack(ctx, u, refund("n10", "s1", day(1), -1)),
		"refund in dollars":   l.GiveBack(ctx, u, dollars),
		"pay no bill":         l.Pay(ctx, u, day(1), "none"),
		"bill backwards":      l.Bill(ctx, u, day(1), bill("b", day(5), day(1))),
		"nobody":              l.Spend(ctx, ledger.User{ID: 99}, line("n11", day(1), wallet.Payment, -5)),
	} {
		if err == nil {
			t.Errorf("%s: done", name)
		}
	}
	after := balanced(t, l)
	after.Accounts = before.Accounts
	if before.Transfers != after.Transfers || before.Entries != after.Entries || before.Lots != after.Lots || before.Settlements != after.Settlements {
		t.Errorf("before %+v after %+v", before, after)
	}
}

func TestPersonsDoNotMeet(t *testing.T) {
	t.Parallel()
	l, mina := books(t, ledger.Memory)
	ctx := t.Context()
	jun, err := l.AddUser(ctx, "jun", "KRW")
	must(t, err)
	for _, u := range []ledger.User{mina, jun} { // the same ids for both
		must(t, l.Grant(ctx, u, line("g1", day(0), wallet.Topup, 500), lot("a", 500, day(0), time.Time{})))
	}
	must(t, l.Spend(ctx, jun, line("s1", day(1), wallet.Payment, -500)))
	equal(t, left(t, l, mina), map[string]int64{"a": 500})
	equal(t, left(t, l, jun), map[string]int64{})
	view(t, l, mina, func(v *ledger.View) error {
		if _, err := v.Transaction("s1"); code(err) != fault.NotFound {
			t.Errorf("mina sees jun's payment: %v", err)
		}
		if v.Seq != 1 {
			t.Errorf("jun's payment changed mina's seq to %d", v.Seq)
		}
		return nil
	})
	if _, err := l.AddUser(ctx, "jun", "KRW"); err == nil {
		t.Error("one handle stands for two persons")
	}
	balanced(t, l)
}
