// Package storetest fills stores with made-up histories of any size.
//
// A history depends on its size and span alone: the same call makes the same
// lines on every machine. It has the shape of a person's: some merchants are
// met daily and most seldom, prices cluster, about a third of the lines carry
// an order number, carrier charges gather in monthly bills.
package storetest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"jandon/client/store"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// Ledger is the id of the made-up ledger.
const Ledger = "made-up"

// End is the instant that histories lead up to: a Sunday morning in Seoul.
var End = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

// batch is how many lines are applied at a time.
const batch = 50_000

var (
	categories = []string{"cafe", "convenience", "game", "webtoon", "music", "transit", "delivery", "tips", "cloud", "books", "shopping", "fees"}
	words      = []string{"한빛", "Nova", "서강", "Blue", "달빛", "Maple", "새벽", "Orbit", "푸른", "Pixel"}
	trades     = []string{"커피", "Mart", "게임즈", "Toon", "뮤직", "Transit", "키친", "Live", "클라우드", "서점", "몰", "Pay"}
	prices     = []int64{500, 900, 1100, 1200, 1350, 1500, 1900, 2000, 2500, 3300, 4500, 4900, 5500, 6900, 8900, 9900, 14900}
	reasons    = []string{"", "월 이용권", "item", "아메리카노 1잔"}
)

// issuers hold the value; the last sends bills.
var issuers = []wallet.Issuer{
	{ID: "hanbit-pay", Name: "한빛페이", Sector: "pay", Contact: "1600-0001"}, {ID: "nova-saga", Name: "Nova Saga", Sector: "game"},
	{ID: "blue-mart", Name: "Blue Mart", Sector: "shop"}, {ID: "seo-card", Name: "서강대 학생증", Sector: "school"},
	{ID: "orbit", Name: "Orbit Transit", Sector: "transit"}, {ID: "maple-tel", Name: "메이플텔레콤", Sector: "telco"},
}

// merchants is how many there are: their number does not grow with a history.
const merchants = 240

// Wallet is the wallet at the end of every made-up history.
func Wallet() wallet.Wallet {
	w := wallet.Wallet{AsOf: End, Seq: 1, Currency: money.KRW, Issuers: issuers}
	for i := range 40 {
		l := wallet.Lot{
			ID: fmt.Sprintf("lot-%d", i), Issuer: issuers[i%5].ID, Kind: wallet.Kind(1 + i%3), Origin: "bank_transfer",
			Granted: money.Won(10_000), Amount: money.Won(int64(100 + 137*i)), Spent: money.Won(int64(90 * i)), Received: End.AddDate(0, 0, -i*9),
		}
		if i%2 == 0 {
			l.Expires = End.AddDate(0, 0, i+1)
		}
		w.Lots = append(w.Lots, l)
	}
	return w
}

// Line is line i of a history of n lines over a span that leads up to End.
func Line(i, n int, span time.Duration) wallet.Transaction {
	r := rand.New(rand.NewPCG(uint64(i), 2026))
	at := End.Add(-span).Add(time.Duration(float64(span) * (float64(i) + r.Float64()) / float64(n))).Truncate(time.Millisecond)
	m := min(r.IntN(merchants), r.IntN(merchants)) // the first ones oftener
	x := wallet.Transaction{
		ID: fmt.Sprintf("tx_%010d", i), Seq: int64(i) + 1, At: at, Type: wallet.Payment, Status: wallet.Posted,
		Merchant: fmt.Sprintf("%s %s %02d", words[m%len(words)], trades[m%len(trades)], m), Category: categories[m%len(categories)],
		Channel: "app", Reason: reasons[r.IntN(len(reasons))], Contact: fmt.Sprintf("1600-%04d", m), Kind: wallet.Prepaid,
	}
	minor := -prices[r.IntN(len(prices))]
	issuer := m % len(issuers)
	switch {
	case issuer == len(issuers)-1:
		x.Kind, x.Channel = wallet.CarrierCredit, "phone_bill"
		x.Settlement = "bill-" + at.Format("2006-01")
	case r.IntN(25) == 0:
		x.Type, x.Merchant, x.Category, minor = wallet.Topup, "", "", 10_000*int64(1+r.IntN(5))
	case r.IntN(20) == 0:
		x.Type, x.Kind, minor = wallet.Earn, wallet.Earned, 10*int64(1+r.IntN(50))
	case r.IntN(60) == 0:
		x.Type, minor = wallet.Refund, -minor
	}
	if i > n-20 && r.IntN(3) == 0 {
		x.Status = wallet.Pending
	}
	if x.Type == wallet.Payment && r.IntN(3) == 0 {
		x.Order = fmt.Sprintf("%s-%08d", at.Format("060102"), r.IntN(100_000_000))
	}
	x.Issuer, x.Amount = issuers[issuer].ID, money.Won(minor)
	return x
}

// Fill gives s a history of n lines over a span that leads up to End, with its
// wallet, in batches as a platform would.
func Fill(ctx context.Context, s *store.Store, n int, span time.Duration) error {
	for from := 0; from < n; from += batch {
		to := min(from+batch, n)
		b := store.Batch{Ledger: Ledger, Seq: int64(to), More: to < n, Transactions: make([]wallet.Transaction, 0, to-from)}
		for i := from; i < to; i++ {
			b.Transactions = append(b.Transactions, Line(i, n, span))
		}
		if err := s.Apply(ctx, b); err != nil {
			return err
		}
	}
	return s.PutWallet(ctx, Wallet())
}
