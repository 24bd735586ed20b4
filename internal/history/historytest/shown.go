package historytest

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"jandon/internal/history"
	"jandon/internal/wallet"
)

// The shown forms make values comparable: times as text in UTC, sets in order.

func when(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.UTC().Format(time.RFC3339Nano)
}

func shown(x wallet.Transaction) string {
	at := when(x.At)
	x.At = time.Time{}
	return fmt.Sprintf("%s %+v", at, x)
}

func shownWallet(w wallet.Wallet) []string {
	list := []string{fmt.Sprintf("%s %d %s", when(w.AsOf), w.Seq, w.Currency)}
	for _, i := range slices.SortedFunc(slices.Values(w.Issuers), func(a, b wallet.Issuer) int { return cmp.Compare(a.ID, b.ID) }) {
		list = append(list, fmt.Sprintf("%+v", i))
	}
	for _, l := range slices.SortedFunc(slices.Values(w.Lots), func(a, b wallet.Lot) int { return cmp.Compare(a.ID, b.ID) }) {
		received, expires := when(l.Received), when(l.Expires)
		l.Received, l.Expires = time.Time{}, time.Time{}
		list = append(list, fmt.Sprintf("%s %s %+v", received, expires, l))
	}
	return list
}

func shownBills(bills []wallet.Settlement) []string {
	list := []string{}
	for _, b := range bills {
		times := when(b.From) + when(b.To) + when(b.Due) + when(b.Paid)
		b.From, b.To, b.Due, b.Paid = time.Time{}, time.Time{}, time.Time{}, time.Time{}
		list = append(list, fmt.Sprintf("%s %+v", times, b))
	}
	return list
}

func shownAlerts(alerts []wallet.Alert) []string {
	list := []string{}
	for _, a := range alerts {
		at := when(a.At)
		a.At = time.Time{}
		list = append(list, fmt.Sprintf("%s %+v", at, a))
	}
	return list
}

func describe(q history.Query) string {
	s := fmt.Sprintf("text %q merchant %q~%q category %q~%q issuer %q~%q without %d type %v status %v settlement %q currency %q",
		q.Text, q.Merchant, q.MerchantLike, q.Category, q.CategoryLike, q.Issuer, q.IssuerLike, q.Without, q.Type, q.Status, q.Settlement, q.Currency)
	if q.Kind != nil {
		s += " kind " + q.Kind.String()
	}
	if q.Min != nil {
		s += fmt.Sprintf(" min %d", *q.Min)
	}
	if q.Max != nil {
		s += fmt.Sprintf(" max %d", *q.Max)
	}
	if q.From != nil {
		s += " from " + q.From.String()
	}
	if q.To != nil {
		s += " to " + q.To.String()
	}
	return s
}
