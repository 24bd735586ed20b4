package store

import (
	"encoding/binary"
	"strconv"
	"strings"
	"time"

	"jandon/internal/money"
	"jandon/internal/wallet"
)

// Documents are stored as their fields in order: numbers as varints, texts with
// their length, times as Unix nanoseconds after a byte that says whether there
// is one. Fields are only ever added, at the end; schemaVersion guards all else.

type writer struct{ b []byte }

func (w *writer) num(n int64)   { w.b = binary.AppendVarint(w.b, n) }
func (w *writer) size(n int)    { w.b = binary.AppendUvarint(w.b, uint64(n)) }
func (w *writer) text(s string) { w.size(len(s)); w.b = append(w.b, s...) }

func (w *writer) time(t time.Time) {
	if t.IsZero() {
		w.b = append(w.b, 0)
		return
	}
	w.b = append(w.b, 1)
	w.num(t.Unix())
	w.num(int64(t.Nanosecond()))
}

func (w *writer) amount(a money.Amount) {
	w.num(a.Minor)
	w.text(string(a.Currency))
}

func (w *writer) texts(list []string) {
	w.size(len(list))
	for _, s := range list {
		w.text(s)
	}
}

// reader reads what writer wrote; after the first thing out of order it gives
// zeroes and bad is set.
type reader struct {
	s   string
	bad bool
}

func (r *reader) size() int {
	n, rest, ok := cutUvarint(r.s)
	if !ok || n > uint64(len(rest)) { // everything counted takes a byte or more
		r.s, r.bad = "", true
		return 0
	}
	r.s = rest
	return int(n)
}

func (r *reader) num() int64 {
	u, rest, ok := cutUvarint(r.s)
	if !ok {
		r.s, r.bad = "", true
		return 0
	}
	r.s = rest
	return int64(u>>1) ^ -int64(u&1)
}

func (r *reader) text() string {
	n := r.size()
	s := r.s[:n]
	r.s = r.s[n:]
	return s
}

func (r *reader) time() time.Time {
	if r.s == "" {
		r.bad = true
		return time.Time{}
	}
	set := r.s[0] != 0
	if r.s = r.s[1:]; !set {
		return time.Time{}
	}
	sec := r.num()
	return time.Unix(sec, r.num()).UTC()
}

func (r *reader) amount() money.Amount {
	n := r.num()
	return money.Of(n, money.Currency(r.text()))
}

func (r *reader) texts() []string {
	return list(r, func() string { return r.text() })
}

func list[T any](r *reader, read func() T) []T {
	n := r.size()
	if n == 0 {
		return nil
	}
	all := make([]T, 0, n)
	for range n {
		if r.bad {
			return nil
		}
		all = append(all, read())
	}
	return all
}

// err is errDamaged if anything was out of order.
func (r *reader) err() error {
	if r.bad {
		return errDamaged
	}
	return nil
}

func encodeSettlement(x *wallet.Settlement) []byte {
	var w writer
	w.text(x.ID)
	w.num(x.Seq)
	w.text(x.Issuer)
	for _, t := range []time.Time{x.From, x.To, x.Due, x.Paid} {
		w.time(t)
	}
	w.amount(x.Total)
	w.num(int64(x.Count))
	w.size(len(x.Disclosure))
	for _, d := range x.Disclosure {
		w.text(d.Who)
		w.text(d.What)
		w.text(d.Why)
	}
	return w.b
}

func decodeSettlement(s string) (x wallet.Settlement, err error) {
	r := reader{s: s}
	x.ID, x.Seq, x.Issuer = r.text(), r.num(), r.text()
	x.From, x.To, x.Due, x.Paid = r.time(), r.time(), r.time(), r.time()
	x.Total, x.Count = r.amount(), int(r.num())
	x.Disclosure = list(&r, func() wallet.Disclosure { return wallet.Disclosure{Who: r.text(), What: r.text(), Why: r.text()} })
	return x, r.err()
}

func encodeAlert(x *wallet.Alert) []byte {
	var w writer
	w.text(x.ID)
	w.num(x.Seq)
	w.time(x.At)
	w.text(string(x.Kind))
	w.text(x.Issuer)
	w.text(x.Merchant)
	w.amount(x.Amount)
	w.texts(x.Transactions)
	w.texts(x.Lots)
	w.text(x.Settlement)
	return w.b
}

func decodeAlert(s string) (x wallet.Alert, err error) {
	r := reader{s: s}
	x.ID, x.Seq, x.At, x.Kind = r.text(), r.num(), r.time(), wallet.AlertKind(r.text())
	x.Issuer, x.Merchant, x.Amount = r.text(), r.text(), r.amount()
	x.Transactions, x.Lots, x.Settlement = r.texts(), r.texts(), r.text()
	return x, r.err()
}

func encodeMandate(x *wallet.Mandate) []byte {
	var w writer
	w.text(x.ID)
	w.num(x.Seq)
	w.text(x.Issuer)
	w.text(x.Merchant)
	w.text(x.First)
	w.amount(x.Price)
	for _, t := range []time.Time{x.Since, x.Trial, x.Canceled} {
		w.time(t)
	}
	w.size(len(x.Consents))
	for _, c := range x.Consents {
		w.time(c.At)
		w.text(c.Charge)
		w.amount(c.Price)
	}
	return w.b
}

func decodeMandate(s string) (x wallet.Mandate, err error) {
	r := reader{s: s}
	x.ID, x.Seq, x.Issuer, x.Merchant, x.First = r.text(), r.num(), r.text(), r.text(), r.text()
	x.Price, x.Since, x.Trial, x.Canceled = r.amount(), r.time(), r.time(), r.time()
	x.Consents = list(&r, func() wallet.Consent { return wallet.Consent{At: r.time(), Charge: r.text(), Price: r.amount()} })
	return x, r.err()
}

// encodeWallet puts the issuers first: searches read their names and no more.
func encodeWallet(x *wallet.Wallet) []byte {
	var w writer
	w.time(x.AsOf)
	w.num(x.Seq)
	w.text(string(x.Currency))
	w.size(len(x.Issuers))
	for _, i := range x.Issuers {
		w.texts([]string{i.ID, i.Name, i.Sector, i.Contact})
	}
	w.size(len(x.Lots))
	for i := range x.Lots {
		w.lot(&x.Lots[i])
	}
	w.size(len(x.Lapsed))
	for i := range x.Lapsed {
		c := &x.Lapsed[i]
		w.lot(&c.Lot)
		w.time(c.Until)
		w.num(c.ShareBP)
	}
	for i := range x.Lots {
		w.amount(x.Lots[i].Spent)
	}
	for i := range x.Lapsed {
		w.amount(x.Lapsed[i].Lot.Spent)
	}
	return w.b
}

func (w *writer) lot(l *wallet.Lot) {
	w.text(l.ID)
	w.text(l.Issuer)
	w.num(int64(l.Kind))
	w.text(l.Origin)
	w.text(l.Source)
	w.amount(l.Granted)
	w.amount(l.Amount)
	w.time(l.Received)
	w.time(l.Expires)
}

func (r *reader) lot() wallet.Lot {
	return wallet.Lot{
		ID: r.text(), Issuer: r.text(), Kind: wallet.Kind(r.num()), Origin: r.text(), Source: r.text(),
		Granted: r.amount(), Amount: r.amount(), Received: r.time(), Expires: r.time(),
	}
}

func decodeWallet(s string, lots bool) (x wallet.Wallet, err error) {
	r := reader{s: s}
	x.AsOf, x.Seq, x.Currency = r.time(), r.num(), money.Currency(r.text())
	x.Issuers = list(&r, func() (i wallet.Issuer) {
		if f := r.texts(); len(f) == 4 {
			i = wallet.Issuer{ID: f[0], Name: f[1], Sector: f[2], Contact: f[3]}
		} else {
			r.bad = true
		}
		return i
	})
	if lots {
		x.Lots = list(&r, r.lot)
		if r.s != "" { // older copies end here
			x.Lapsed = list(&r, func() wallet.Claim { return wallet.Claim{Lot: r.lot(), Until: r.time(), ShareBP: r.num()} })
		}
		if r.s != "" { // and those after them here: nothing of theirs counts as spent until the wallet is read anew
			for i := range x.Lots {
				x.Lots[i].Spent = r.amount()
			}
			for i := range x.Lapsed {
				x.Lapsed[i].Lot.Spent = r.amount()
			}
		}
	}
	return x, r.err()
}

// encodeOriginal writes a price in the merchant's own currency as 999 USD.
func encodeOriginal(a money.Amount) string {
	if a == (money.Amount{}) {
		return ""
	}
	return strconv.FormatInt(a.Minor, 10) + " " + string(a.Currency)
}

func decodeOriginal(s string) (money.Amount, error) {
	if s == "" {
		return money.Amount{}, nil
	}
	digits, currency, ok := strings.Cut(s, " ")
	minor, err := strconv.ParseInt(digits, 10, 64)
	if !ok || err != nil {
		return money.Amount{}, errDamaged
	}
	return money.Of(minor, money.Currency(currency)), nil
}
