package audit_test

import (
	"fmt"
	"testing"

	"jandon/internal/audit"
	"jandon/internal/history"
	"jandon/internal/wallet"
)

// monthly is a charge on the same day of each month.
func monthly(merchant string, minor int64, year, months int) (list []audit.Item) {
	for i := range months {
		m := history.DateOf(year, 1, 9)
		for range i {
			y, mon, d := m.Date()
			m = history.DateOf(y, mon+1, d)
		}
		list = append(list, audit.Item{ID: fmt.Sprintf("%s-%02d", merchant, i), Day: m, Second: 30_000, Minor: -minor, Merchant: merchant, Type: wallet.Payment})
	}
	return list
}

func TestForgottenIsSmallOldUnchangedAndUnvisited(t *testing.T) {
	t.Parallel()
	var items []audit.Item
	items = append(items, monthly("CLOUD DRAWER", 1_400, 2025, 15)...)  // forgotten
	items = append(items, monthly("BIG STREAM", 17_000, 2025, 15)...)   // dear: seen on every bill
	items = append(items, monthly("NEW PAPER", 1_500, 2025, 15)[8:]...) // half a year old
	items = append(items, monthly("GAME ATTIC", 1_200, 2025, 15)...)    // visited
	items = append(items, audit.Item{ID: "visit", Day: history.DateOf(2026, 2, 27), Second: 60_000, Minor: -3_300, Merchant: "GAME ATTIC", Type: wallet.Payment})
	in := audit.Input{AsOf: history.DateOf(2026, 3, 12), Items: items, Currency: "KRW"}
	names := func(rep audit.Report) (list []string) {
		for _, f := range rep.Forgotten {
			list = append(list, fmt.Sprintf("%s %d", rep.Series[f.Series].Merchant, f.Months))
		}
		return list
	}
	rep := run(in)
	if len(rep.Series) != 4 {
		t.Fatalf("%d series, want 4", len(rep.Series))
	}
	if got := fmt.Sprint(names(rep)); got != "[CLOUD DRAWER 14]" {
		t.Errorf("forgotten: %s", got)
	}
	var charges []string
	for _, item := range items[:15] {
		charges = append(charges, item.ID)
	}
	if got := names(run(in, audit.Decision{Verdict: audit.Keep, Transactions: charges, Made: in.AsOf})); len(got) != 0 {
		t.Errorf("what is kept is forgotten: %v", got)
	}
}
