package ledger_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/platform/ledger"
	"jandon/internal/scenario"
	"jandon/internal/wallet"
)

var start = time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)

func day(n int) time.Time { return start.AddDate(0, 0, n) }

func open(t testing.TB, path string) *ledger.Ledger {
	t.Helper()
	l, err := ledger.Fresh(t.Context(), ledger.Options{Path: path, Busy: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

// books is an open ledger with one person.
func books(t testing.TB, path string) (*ledger.Ledger, ledger.User) {
	t.Helper()
	l := open(t, path)
	u, err := l.AddUser(t.Context(), "mina", "KRW")
	if err != nil {
		t.Fatal(err)
	}
	return l, u
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func balanced(t testing.TB, l *ledger.Ledger) ledger.Report {
	t.Helper()
	r, err := l.Check(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func line(id string, at time.Time, typ wallet.Type, won int64) wallet.Transaction {
	return wallet.Transaction{
		ID: id, At: at, Type: typ, Amount: money.Won(won), Issuer: "game", Kind: wallet.Prepaid,
		Merchant: "Star Game", Category: "game", Channel: "app", Reason: "gems", Contact: "1588-0000", Order: "o-" + id,
	}
}

func onBill(t wallet.Transaction) wallet.Transaction {
	t.Issuer, t.Kind, t.Channel = "telco", wallet.CarrierCredit, "phone_bill"
	return t
}

func lot(id string, won int64, at, expires time.Time) wallet.Lot {
	return wallet.Lot{ID: id, Issuer: "game", Kind: wallet.Prepaid, Origin: "bank_transfer", Granted: money.Won(won), Amount: money.Won(won), Received: at, Expires: expires}
}

func refund(id, of string, at time.Time, won int64) wallet.Transaction {
	t := line(id, at, wallet.Refund, won)
	t.RefundOf = of
	return t
}

func bill(id string, from, to time.Time) wallet.Settlement {
	return wallet.Settlement{
		ID: id, Issuer: "telco", From: from, To: to, Due: to.AddDate(0, 0, 20), Total: money.Won(0),
		Disclosure: []wallet.Disclosure{{Who: "Telco", What: "amounts", Why: "billing"}},
	}
}

// plan is a small world with one of everything.
func plan() scenario.Plan {
	p := scenario.Plan{
		Name: "small", Person: "mina", Zone: time.UTC, Currency: money.KRW, At: day(60),
		Issuers: []wallet.Issuer{{ID: "game", Name: "Star Game", Sector: "game", Contact: "1588-0000"}, {ID: "telco", Name: "Telco", Sector: "telco", Contact: "114"}},
	}
	add := func(s scenario.Step) { p.Steps = append(p.Steps, s) }
	for i := range 40 {
		at := day(i)
		id := fmt.Sprintf("%02d", i)
		add(scenario.Step{At: at, Act: scenario.Grant, Transaction: line("g"+id, at, wallet.Topup, 1000), Lot: lot("l"+id, 1000, at, at.AddDate(0, 0, 10))})
		at = at.Add(time.Hour)
		add(scenario.Step{At: at, Act: scenario.Spend, Transaction: line("s"+id, at, wallet.Payment, -700)})
		at = at.Add(time.Hour)
		add(scenario.Step{At: at, Act: scenario.Charge, Transaction: onBill(line("c"+id, at, wallet.Payment, -1200))})
		if i%7 == 3 {
			at = at.Add(time.Hour)
			add(scenario.Step{At: at, Act: scenario.GiveBack, Transaction: refund("r"+id, "s"+id, at, 700)})
			add(scenario.Step{At: at, Act: scenario.Notify, Alert: wallet.Alert{ID: "a" + id, Kind: wallet.AlertRefund, Issuer: "game",
				Amount: money.Won(700), Transactions: []string{"s" + id, "r" + id}, Lots: []string{"l" + id}}})
		}
	}
	add(scenario.Step{At: day(41), Act: scenario.GiveBack, Transaction: onBill(refund("rc", "c39", day(41), 1200))})
	add(scenario.Step{At: day(45), Act: scenario.Bill, Settlement: bill("b1", day(0), day(31))})
	add(scenario.Step{At: day(50), Act: scenario.Pay, Settlement: wallet.Settlement{ID: "b1"}})
	add(scenario.Step{At: day(55), Act: scenario.Bill, Settlement: bill("b2", day(31), day(55))})
	return p
}

func seeded(t testing.TB, path string) (*ledger.Ledger, ledger.User) {
	t.Helper()
	l := open(t, path)
	must(t, l.Seed(t.Context(), plan(), nil))
	u, err := l.User(t.Context(), "mina")
	must(t, err)
	return l, u
}

func view(t testing.TB, l *ledger.Ledger, u ledger.User, f func(*ledger.View) error) {
	t.Helper()
	must(t, l.View(t.Context(), u, f))
}

// places are the two kinds of ledger; every suite runs on both.
func places(t *testing.T, f func(t *testing.T, path string)) {
	t.Helper()
	for name, path := range map[string]string{"memory": ledger.Memory, "file": filepath.Join(t.TempDir(), "books.db")} {
		t.Run(name, func(t *testing.T) { t.Parallel(); f(t, path) })
	}
}

func code(err error) fault.Code {
	if err == nil {
		return ""
	}
	return fault.From(err).Code
}

var background = context.Background()
