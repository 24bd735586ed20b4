package audit_test

import (
	"fmt"
	"testing"
	"time"

	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/safe"
	"jandon/internal/wallet"
	"jandon/ui/audit"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
)

// monthly are n charges at an hour of night, a month apart, up to the last of
// them; the prices are of the last ones, and before them the first.
func monthly(name string, last time.Time, n int, prices ...int64) (list []wallet.Transaction) {
	for i := range n {
		list = append(list, wallet.Transaction{
			ID: fmt.Sprintf("%s-%02d", name, i), At: last.AddDate(0, i-n+1, 0), Type: wallet.Payment, Status: wallet.Posted,
			Amount: money.Won(-prices[max(i-n+len(prices), 0)]), Merchant: safe.Text(name), Category: "media", Issuer: "pay", Contact: "1500-0000",
		})
	}
	return list
}

// night is a day of this year at the hour of billing.
func night(month time.Month, day int) time.Time {
	return time.Date(2026, month, day, 4, 10, 0, 0, kittest.Seoul())
}

// twice are two equal charges a minute apart.
func twice(name string) []wallet.Transaction {
	x := wallet.Transaction{
		ID: name + "-a", At: kittest.Now().AddDate(0, 0, -6), Type: wallet.Payment, Amount: money.Won(-21_900), Merchant: safe.Text(name), Issuer: "pay",
	}
	y := x
	y.ID, y.At = name+"-b", x.At.Add(time.Minute)
	return []wallet.Transaction{x, y}
}

func bookOf(lines ...[]wallet.Transaction) *history.Book {
	var all []wallet.Transaction
	for _, l := range lines {
		all = append(all, l...)
	}
	return history.NewBook(all, history.BookOptions{Zone: kittest.Seoul(), Wallet: wallet.Wallet{
		Currency: money.KRW, Issuers: []wallet.Issuer{{ID: "pay", Name: "Golmok Pay", Contact: "1500-0101"}},
	}})
}

// some is a small history with one of each: dearer, young, ended, and twice.
func some() *history.Book {
	return bookOf(
		monthly("Dear Video", night(11, 12), 24, 9_900, 12_900), monthly("Young Cloud", night(11, 15), 6, 2_400),
		monthly("Gone Games", night(3, 5), 12, 3_300), twice("Dinner"),
	)
}

// hostile has names that no terminal should see as they are, and sums that are too wide.
func hostile() *history.Book {
	return bookOf(
		monthly("\x1b[31mRED\x1b]0;title\x07", night(11, 12), 24, 9_900, 12_900),
		monthly("evil\u202etxt.exe\u200b", night(11, 15), 6, 900_000_000_000_000),
		monthly("긴이름긴이름긴이름긴이름긴이름긴이름긴이름긴이름긴이름긴이름 e\u0301\u0302\u0303", night(11, 3), 12, 1),
		twice("쌍 \u0085 둘"),
	)
}

func over(book *history.Book) *kittest.Audited {
	return kittest.Audit(book, kittest.Seoul(), kittest.Now)
}

// open visits the page that an argument asks for.
func open(s *kittest.Audited, env *kit.Env, arg string, w, h int) *kittest.Drive {
	return kittest.Start(audit.New(env, s, nil, arg), w, h)
}

// series is the argument of the page of a series, double of that of a pair.
func series(name string) string { return "series=" + name + "-01" }

func everyday(t testing.TB) *kittest.Audited { return over(kittest.Book(t, "everyday")) }
