package historytest

import (
	"fmt"
	"math/rand/v2"
	"time"

	"jandon/internal/money"
	"jandon/internal/wallet"
)

// Data is a made-up history. Times are whole milliseconds in UTC, ids are
// unique, Seq numbers are unique and rise from 1, texts have passed the filter.
type Data struct {
	Zone         *time.Location
	Currency     money.Currency // of the totals, and of most lines
	Now          time.Time      // after every line
	Wallet       wallet.Wallet  // with the issuers
	Transactions []wallet.Transaction
	Settlements  []wallet.Settlement
	Alerts       []wallet.Alert
}

var (
	merchants  = []string{"스타벅스 강남역점", "스타벅스", "GS25", "gs25", "Café Ödön", "ＧＳ２５ 역삼", "Netflix", "100% 주스_가게", "a*b\"c\\d", ""}
	categories = []string{"cafe", "food", "편의점", "game", ""}
	reasons    = []string{"", "아메리카노 2잔", "monthly plan", "Item #7"}
	issuers    = []wallet.Issuer{
		{ID: "kakao", Name: "카카오페이", Sector: "pay", Contact: "1644-7405"}, {ID: "telco", Name: "빛나통신", Sector: "telco"},
		{ID: "nova", Name: "Nova Saga", Sector: "game"}, {ID: "unused", Name: "Unused", Sector: "shop"},
	}
)

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// makeData is a history of n lines within about a year before a change of clocks
// or of the year in the zone.
func makeData(r *rand.Rand, zone *time.Location, end time.Time, n int) Data {
	d := Data{Zone: zone, Currency: money.KRW, Now: end}
	seq := int64(0)
	next := func() int64 { seq++; return seq }
	spread := int64(1 + r.IntN(400*24*3600))
	var at time.Time
	for i := range n {
		if i == 0 || r.IntN(4) > 0 { // else the same instant as the line before
			at = end.Add(-time.Duration(r.Int64N(spread)+1)*time.Second + time.Duration(r.IntN(1000))*time.Millisecond - time.Second).UTC()
			if change, _ := end.In(zone).ZoneBounds(); !change.IsZero() && r.IntN(4) == 0 { // many around the last change of clocks
				at = change.Add(time.Duration(r.IntN(7200)-3600) * time.Second).UTC()
			}
		}
		d.Transactions = append(d.Transactions, makeLine(r, next(), at))
	}
	for i := range r.IntN(4) {
		d.Settlements = append(d.Settlements, makeBill(r, next(), i, end, d.Transactions))
	}
	for i := range r.IntN(4) {
		d.Alerts = append(d.Alerts, wallet.Alert{
			ID: fmt.Sprintf("alert%d", i), Seq: next(), At: end.Add(-time.Duration(i+1) * time.Hour).UTC(), Kind: wallet.AlertExpiry,
			Issuer: "nova", Amount: money.Won(int64(100 * i)), Lots: []string{"lot0"},
		})
	}
	d.Wallet = makeWallet(r, end)
	d.Wallet.Seq = seq
	return d
}

func makeLine(r *rand.Rand, seq int64, at time.Time) wallet.Transaction {
	typ := wallet.Type(1 + r.IntN(9))
	minor := r.Int64N(50_000)
	if !typ.Receives() && typ != wallet.Refund && r.IntN(50) > 0 {
		minor = -minor
	}
	currency := money.KRW
	if r.IntN(12) == 0 {
		currency = money.USD
	}
	x := wallet.Transaction{
		ID: fmt.Sprintf("tx%05d", seq), Seq: seq, At: at, Type: typ, Status: wallet.Status(1 + r.IntN(3)),
		Amount: money.Of(minor, currency), Issuer: issuers[r.IntN(3)].ID, Kind: wallet.Kind(r.IntN(6)),
		Merchant: pick(r, merchants), Category: pick(r, categories), Channel: pick(r, []string{"app", "phone_bill", ""}),
		Reason: pick(r, reasons), Contact: pick(r, []string{"", "1577-0000"}),
	}
	if r.IntN(5) == 0 {
		x.Order = fmt.Sprintf("KR-%04d", r.IntN(50))
	}
	if seq%7 == 0 { // found by as an order is
		x.Approval = fmt.Sprintf("KR-%04d", seq%50)
	}
	if r.IntN(9) == 0 {
		x.RefundOf = fmt.Sprintf("tx%05d", 1+r.Int64N(seq))
	}
	return x
}

func makeBill(r *rand.Rand, seq int64, i int, end time.Time, tx []wallet.Transaction) wallet.Settlement {
	b := wallet.Settlement{
		ID: fmt.Sprintf("bill%d", i), Seq: seq, Issuer: "telco", From: end.AddDate(0, -i-1, 0).UTC(), To: end.AddDate(0, -i, 0).UTC(),
		Due: end.AddDate(0, -i, 20).UTC(), Total: money.Won(0),
		Disclosure: []wallet.Disclosure{{Who: "PG", What: "phone number", Why: "billing"}},
	}
	if i > 0 {
		b.Paid = b.Due
	}
	for j := range tx {
		if tx[j].Settlement == "" && r.IntN(6) == 0 {
			tx[j].Settlement = b.ID
			b.Count++
			if tx[j].Amount.Currency == money.KRW {
				b.Total.Minor -= tx[j].Amount.Minor
			}
		}
	}
	return b
}

func makeWallet(r *rand.Rand, end time.Time) wallet.Wallet {
	w := wallet.Wallet{AsOf: end.UTC(), Currency: money.KRW, Issuers: issuers}
	for i := range r.IntN(6) {
		l := wallet.Lot{
			ID: fmt.Sprintf("lot%d", i), Issuer: issuers[r.IntN(3)].ID, Kind: wallet.Kind(r.IntN(6)), Origin: "reward",
			Source: "tx00001", Granted: money.Won(5000), Amount: money.Won(1 + r.Int64N(2500)), Spent: money.Won(r.Int64N(2500)),
			Received: end.AddDate(0, 0, -r.IntN(100)).UTC(),
		}
		if r.IntN(2) == 0 {
			l.Expires = end.AddDate(0, 0, r.IntN(60)+1).UTC()
		}
		w.Lots = append(w.Lots, l)
	}
	return w
}
