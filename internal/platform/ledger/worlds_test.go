package ledger_test

import (
	"testing"
	"time"

	"jandon/internal/platform/ledger"
	"jandon/internal/scenario"
	"jandon/internal/wallet"
)

// The shipped scenarios, seeded, are what scenario.Play makes of them by
// itself: the same lines with the same bills and states, lots, bills, alerts.
func TestSeededWorldsAreThePlayedOnes(t *testing.T) {
	t.Parallel()
	for _, name := range scenario.Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, err := scenario.Load(name)
			must(t, err)
			p, err := f.Generate(time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC))
			must(t, err)
			want, err := p.Play()
			must(t, err)
			l := open(t, ledger.Memory)
			must(t, l.Seed(t.Context(), p, nil))
			balanced(t, l)
			u, err := l.User(t.Context(), p.Person)
			must(t, err)
			must(t, l.View(t.Context(), u, func(v *ledger.View) error { compare(t, v, want); return nil }))
		})
	}
}

func compare(t *testing.T, v *ledger.View, want scenario.World) {
	t.Helper()
	const all = 1 << 20
	lines, _, err := v.Transactions(ledger.Lines{Limit: all})
	must(t, err)
	known := make(map[string]wallet.Transaction)
	for _, x := range lines {
		x.Seq = 0
		known[x.ID] = x
	}
	if len(lines) != len(want.Transactions) {
		t.Errorf("%d lines, want %d", len(lines), len(want.Transactions))
	}
	for _, x := range want.Transactions {
		if got := known[x.ID]; got != x {
			t.Errorf("got  %+v\nwant %+v", got, x)
		}
	}
	lots, err := v.Lots()
	must(t, err)
	if len(lots) != len(want.Wallet.Lots) {
		t.Errorf("%d lots, want %d", len(lots), len(want.Wallet.Lots))
	}
	left := make(map[string]wallet.Lot)
	for _, lot := range lots {
		left[lot.ID] = lot
	}
	for _, lot := range want.Wallet.Lots {
		if left[lot.ID] != lot {
			t.Errorf("got  %+v\nwant %+v", left[lot.ID], lot)
		}
	}
	bills, _, err := v.Settlements(ledger.Place{}, all)
	must(t, err)
	alerts, _, err := v.Alerts(ledger.Place{}, all)
	must(t, err)
	if len(bills) != len(want.Settlements) || len(alerts) != len(want.Alerts) {
		t.Errorf("%d bills and %d alerts, want %d and %d", len(bills), len(alerts), len(want.Settlements), len(want.Alerts))
	}
	for i, s := range bills { // newest first
		w := want.Settlements[len(want.Settlements)-1-i]
		if s.ID != w.ID || s.Total != w.Total || s.Count != w.Count || !s.Paid.Equal(w.Paid) || !s.Due.Equal(w.Due) || len(s.Disclosure) != len(w.Disclosure) {
			t.Errorf("got  %+v\nwant %+v", s, w)
		}
	}
}
