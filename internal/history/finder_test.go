package history_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// A search of lines that come by once finds what a search of a book does.
func TestFinderFindsWhatABookDoes(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("KST", 9*3600)
	rapid.Check(t, func(t *rapid.T) {
		var list []wallet.Transaction
		for i := range rapid.IntRange(1, 60).Draw(t, "lines") {
			list = append(list, wallet.Transaction{
				ID: fmt.Sprint(i), At: time.Date(2026, 3, 1, 0, 0, 0, 0, zone).Add(time.Duration(rapid.IntRange(0, 200).Draw(t, "hour")) * time.Hour),
				Type: wallet.Type(rapid.IntRange(1, 4).Draw(t, "type")), Status: wallet.Posted, Merchant: rapid.SampledFrom([]string{"커피", "버스", "Nova"}).Draw(t, "merchant"),
				Order: rapid.SampledFrom([]string{"", "A-1"}).Draw(t, "order number"), Approval: rapid.SampledFrom([]string{"", "3001"}).Draw(t, "approval"),
				Amount: money.Of(rapid.Int64Range(-50, 50).Draw(t, "minor"), rapid.SampledFrom([]money.Currency{"KRW", "KRW", "KRW", "USD"}).Draw(t, "currency")),
			})
		}
		falling := false
		switch rapid.IntRange(0, 2).Draw(t, "order") {
		case 0:
			slices.SortStableFunc(list, func(a, b wallet.Transaction) int { return a.At.Compare(b.At) })
		case 1:
			slices.SortStableFunc(list, func(a, b wallet.Transaction) int { return b.At.Compare(a.At) })
			falling = list[0].At.After(list[len(list)-1].At)
		default:
			falling = slices.IsSortedFunc(list, func(a, b wallet.Transaction) int { return b.At.Compare(a.At) }) && list[0].At.After(list[len(list)-1].At)
		}
		book := history.NewBook(slices.Clone(list), history.BookOptions{Zone: zone})
		span, _ := book.Span(t.Context())
		day := span.First + 2
		q := rapid.SampledFrom([]history.Query{{}, {Text: "nova"}, {Text: "3001"}, {Text: "a-1 nova"}, {Merchant: "커피"}, {Type: wallet.Payment}, {From: &day}, {To: &day}, {Currency: "USD"}}).Draw(t, "query")
		limit := rapid.IntRange(1, 20).Draw(t, "limit")
		f := history.NewFinder(q, zone, history.Span{Currency: span.Currency, Others: span.Others}, falling, limit)
		for i := range list {
			x := list[i]
			f.Add(&x)
		}
		page, totals, reach := f.Found()
		want, err := book.Rows(t.Context(), q, history.Window{Older: true, Limit: limit})
		sums, err2 := book.Totals(t.Context(), q)
		for i := range want.Rows {
			want.Rows[i].Cursor = page.Rows[min(i, len(page.Rows)-1)].Cursor
		}
		if err != nil || err2 != nil || totals != sums || !reflect.DeepEqual(reach, span) || page.More != want.More || len(page.Rows) != len(want.Rows) {
			t.Fatalf("%v %v: %+v, want %+v; %+v, want %+v; more %v %v, rows %d %d", err, err2, totals, sums, reach, span, page.More, want.More, len(page.Rows), len(want.Rows))
		}
		for i := range want.Rows {
			if page.Rows[i] != want.Rows[i] {
				t.Fatalf("row %d is %+v, want %+v", i, page.Rows[i], want.Rows[i])
			}
		}
	})
}
