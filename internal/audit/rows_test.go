package audit_test

import (
	"slices"
	"testing"
	"time"

	"jandon/internal/audit"
	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

func TestRowsCarryWhatIsKnownOfTheirTime(t *testing.T) {
	t.Parallel()
	seoul := time.FixedZone("Asia/Seoul", 9*3600)
	row := func(id, source string, at time.Time, c money.Currency) history.Row {
		return history.Row{Day: history.DayOf(at, seoul), Transaction: wallet.Transaction{
			ID: id, Issuer: source, At: at, Type: wallet.Payment, Amount: money.Of(-100, c), Merchant: "M", Order: "o" + id,
		}}
	}
	midnight := time.Date(2026, 1, 4, 15, 0, 0, 0, time.UTC)
	in := audit.FromRows(slices.Values([]history.Row{
		row("a", "card.csv", midnight, "KRW"), row("b", "card.csv", midnight.AddDate(0, 0, 1), "KRW"),
		row("c", "wallet", midnight, "KRW"), row("d", "wallet", midnight.Add(90*time.Minute), "KRW"), row("e", "wallet", midnight, "USD"),
	}), "KRW", seoul, on("2026-02-01"))
	if len(in.Items) != 4 || in.Country != "KR" || in.Items[0].Day != on("2026-01-05") || in.Items[3].Order != "od" {
		t.Fatalf("%+v", in)
	}
	for i, want := range []int32{-1, -1, 0, 5400} {
		if got := in.Items[i].Second; got != want {
			t.Errorf("%s is at second %d, want %d", in.Items[i].ID, got, want)
		}
	}
}

// A price in dollars is steady however its won move, and a line in won at one
// of these sums is another thing.
func TestRowsInAnotherCurrencyKeepItsPrice(t *testing.T) {
	t.Parallel()
	zone := time.UTC
	var rows []history.Row
	for i, won := range []int64{13_512, 13_790, 13_340, 14_020, 13_905, 13_688, 13_433} {
		day := on("2025-06-14") + history.Day(30*i+i/2)
		rows = append(rows, history.Row{Day: day, Transaction: wallet.Transaction{
			ID: string(rune('a' + i)), Issuer: "card", At: day.Start(zone), Type: wallet.Payment, Amount: money.Won(-won),
			Original: money.Of(999, money.USD), Merchant: "CLOUD NOTES",
		}})
	}
	in := audit.FromRows(slices.Values(rows), "KRW", zone, on("2025-12-20"))
	r := run(in)
	if len(r.Series) != 1 || r.Series[0].Kind != audit.Foreign || len(r.Series[0].Changes) != 0 || len(r.Series[0].Members) != len(rows) {
		t.Errorf("%+v", r.Series)
	}
}

func TestCountryWithoutHolidaysKeepsWeekends(t *testing.T) {
	t.Parallel()
	for country, want := range map[string]string{"KR": "2026-03-03", "NO": "2026-03-02", "": "2026-03-02"} { // 1 March is a Sunday, 2 March a holiday in Korea
		b := bookAt("2026-02-20")
		b.in.Country = country
		for _, d := range []string{"2025-06-02", "2025-07-01", "2025-08-01", "2025-09-01", "2025-10-01", "2025-11-03", "2025-12-01", "2026-02-02"} {
			b.add(on(d), 5, -3300, "First Open")
		}
		if s := only(t, b.run()); s.Next != on(want) {
			t.Errorf("%q: next %s, want %s", country, s.Next, want)
		}
	}
}
