package history_test

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jandon/internal/history"
	"jandon/internal/history/historytest"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

func TestBook(t *testing.T) {
	t.Parallel()
	historytest.Run(t, func(_ *testing.T, d historytest.Data) historytest.Reader {
		return history.NewBook(slices.Clone(d.Transactions), history.BookOptions{
			Zone: d.Zone, Currency: d.Currency, Wallet: d.Wallet, Settlements: d.Settlements, Alerts: d.Alerts,
		})
	})
}

// made is n lines over 14 months, some thousand merchants, newest first.
func made(n int) []wallet.Transaction {
	r := rand.New(rand.NewPCG(7, 7))
	end := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	step := 425 * 24 * time.Hour / time.Duration(n)
	tx := make([]wallet.Transaction, n)
	for i := range tx {
		typ := wallet.Payment
		if r.IntN(20) == 0 {
			typ = wallet.Topup
		}
		minor := r.Int64N(50_000)
		if typ == wallet.Payment {
			minor = -minor
		}
		tx[i] = wallet.Transaction{
			ID: "t" + strconv.Itoa(i), At: end.Add(-time.Duration(i) * step), Type: typ, Status: wallet.Posted, Amount: money.Won(minor),
			Merchant: "가맹점 " + strconv.Itoa(r.IntN(3000)), Category: strconv.Itoa(r.IntN(9)), Issuer: strconv.Itoa(r.IntN(6)), Kind: wallet.Kind(r.IntN(6)),
		}
	}
	return tx
}

func TestGroupsSumToWeeksAndDays(t *testing.T) {
	t.Parallel()
	seoul := zone(t, "Asia/Seoul")
	book := history.NewBook(made(4_000), history.BookOptions{Zone: seoul})
	last := history.DateOf(2026, 11, 22)
	rapid.Check(t, func(t *rapid.T) {
		from := last - history.Day(rapid.IntRange(0, 430).Draw(t, "ago"))
		to := from + history.Day(rapid.IntRange(0, 120).Draw(t, "days"))
		days, err := book.Days(t.Context(), from, to)
		if err != nil {
			t.Fatal(err)
		}
		var sum history.Totals
		for _, d := range days {
			sum.Merge(d.Totals)
		}
		for by := history.ByNothing; by <= history.ByKind; by++ {
			groups, err := book.Groups(t.Context(), from, to, by)
			if err != nil {
				t.Fatal(err)
			}
			var all history.Totals
			for _, g := range groups {
				all.Merge(g.Totals)
				if q, err := book.Totals(t.Context(), (history.Query{}).In(by, g.Name).Between(from, to)); err != nil || by != history.ByNothing && by != history.ByMerchant && q != g.Totals {
					t.Fatalf("%s by %d: %+v, but its lines sum to %+v, %v", g.Name, by, g.Totals, q, err)
				}
			}
			if all != sum {
				t.Fatalf("groups by %d sum to %+v, days to %+v", by, all, sum)
			}
			weeks, err := book.Weeks(t.Context(), history.WeekOf(from), history.WeekOf(to), by)
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range weeks {
				var parts history.Totals
				for _, g := range w.By {
					parts.Merge(g.Totals)
				}
				if by != history.ByNothing && parts != w.Totals {
					t.Fatalf("%v: groups by %d sum to %+v of %+v", w.Week, by, parts, w.Totals)
				}
			}
		}
	})
}

func BenchmarkBook(b *testing.B) {
	for _, n := range []int{1_000, 1_000_000} {
		tx := made(n)
		book := history.NewBook(slices.Clone(tx), history.BookOptions{Zone: zone(b, "Asia/Seoul")})
		w := history.WeekOf(history.DateOf(2026, 11, 22))
		name := func(what string) string { return strconv.Itoa(n) + "/" + what }
		b.Run(name("new"), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				again := slices.Clone(tx)
				b.StartTimer()
				if _, err := history.NewBook(again, history.BookOptions{Zone: time.UTC}).Weeks(b.Context(), w, w, history.ByNothing); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name("page"), func(b *testing.B) {
			b.ReportAllocs()
			from := history.Cursor{At: tx[n/2].At.UnixMilli()}
			for b.Loop() {
				if p, err := book.Rows(b.Context(), history.Query{}, history.Window{From: from, Older: true, Limit: 40}); err != nil || len(p.Rows) != 40 {
					b.Fatal(len(p.Rows), err)
				}
			}
		})
		b.Run(name("weeks"), func(b *testing.B) {
			for b.Loop() {
				if _, err := book.Weeks(b.Context(), w.Add(-12), w, history.ByCategory); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name("search"), func(b *testing.B) {
			for b.Loop() {
				if _, err := book.Rows(b.Context(), history.Query{Text: "ㄱㅁㅈ 77"}, history.Window{Older: true, Limit: 40}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// A history of a single instant tells no direction: its lines stay as they came,
// the last one newest, as a platform sends them.
func TestLinesOfOneInstantStayAsTheyCame(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 1, 3, 0, 0, 0, time.UTC)
	var lines []wallet.Transaction
	for _, id := range []string{"first", "second", "third"} {
		lines = append(lines, wallet.Transaction{ID: id, At: at, Type: wallet.Payment, Amount: money.Won(-500)})
	}
	page, err := history.NewBook(lines, history.BookOptions{Zone: time.UTC}).Rows(t.Context(), history.Query{}, history.Window{Older: true, Limit: 9})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"third", "second", "first"} {
		if page.Rows[i].ID != want {
			t.Errorf("row %d is %s, want %s", i, page.Rows[i].ID, want)
		}
	}
}
