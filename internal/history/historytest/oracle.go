package historytest

import (
	"slices"
	"strings"

	"jandon/internal/history"
	"jandon/internal/wallet"
)

// oracle answers by going through every line, with the plainest code there is.
type oracle struct{ Data }

func (o oracle) day(x wallet.Transaction) history.Day { return history.DayOf(x.At, o.Zone) }

func (o oracle) sum(keep func(wallet.Transaction) bool) history.Totals {
	var t history.Totals
	for _, x := range o.Transactions {
		if !keep(x) {
			continue
		}
		t.Lines++
		m := x.Amount.Minor
		switch x.Type {
		case wallet.Payment, wallet.FeeCharge:
			t.Spent, t.Count = t.Spent-m, t.Count+1
		case wallet.Refund:
			t.Spent, t.Refunded = t.Spent-m, t.Refunded+m
		case wallet.Topup, wallet.Earn, wallet.TransferIn:
			t.Received += m
		case wallet.Expire:
			t.Expired -= m
		}
	}
	return t
}

func name(x wallet.Transaction, by history.Dimension) string {
	switch by {
	case history.ByCategory:
		return x.Category
	case history.ByMerchant:
		return x.Merchant
	case history.ByIssuer:
		return x.Issuer
	case history.ByKind:
		return x.Kind.String()
	}
	return ""
}

func (o oracle) groups(from, to history.Day, by history.Dimension) []history.Group {
	in := func(x wallet.Transaction) bool {
		return x.Amount.Currency == o.Currency && o.day(x) >= from && o.day(x) <= to
	}
	var groups []history.Group
	for _, x := range o.Transactions {
		n := name(x, by)
		if !in(x) || slices.ContainsFunc(groups, func(g history.Group) bool { return g.Name == n }) {
			continue
		}
		groups = append(groups, history.Group{Name: n, Totals: o.sum(func(y wallet.Transaction) bool { return in(y) && name(y, by) == n })})
	}
	slices.SortFunc(groups, history.CompareGroups)
	return groups
}

// wants is the meaning of a query, for the texts that the questions use.
func (o oracle) wants(q history.Query, x wallet.Transaction) bool {
	size := max(x.Amount.Minor, -x.Amount.Minor)
	switch {
	case q.Merchant != "" && x.Merchant != q.Merchant, q.Category != "" && x.Category != q.Category,
		q.Issuer != "" && x.Issuer != q.Issuer, q.Without != 0 && name(x, q.Without) != "",
		q.Kind != nil && x.Kind != *q.Kind, q.Type != 0 && x.Type != q.Type, q.Status != 0 && x.Status != q.Status,
		q.Min != nil && size < *q.Min, q.Max != nil && size > *q.Max,
		q.From != nil && o.day(x) < *q.From, q.To != nil && o.day(x) > *q.To,
		q.Settlement != "" && x.Settlement != q.Settlement, q.Currency != "" && x.Amount.Currency != q.Currency:
		return false
	}
	issuer := x.Issuer + "\n"
	for _, i := range o.Wallet.Issuers {
		if i.ID == x.Issuer {
			issuer += i.Name
		}
	}
	return has(q.MerchantLike, x.Merchant) && has(q.CategoryLike, x.Category) && has(q.IssuerLike, issuer) &&
		has(q.Text, x.Merchant+"\n"+x.Category+"\n"+issuer+"\n"+x.Reason+"\n"+x.Order+"\n"+x.Approval)
}

// spoken stands for what a reader should find beside the plain lower case.
var spoken = strings.NewReplacer("ｇｓ２５", "gs25 ｇｓ２５", "스타벅스", "스타벅스 ㅅㅌㅂㅅ 스타버")

func has(words, text string) bool {
	text = spoken.Replace(strings.ToLower(text))
	for _, w := range strings.Fields(words) {
		if !strings.Contains(text, strings.ToLower(w)) {
			return false
		}
	}
	return true
}

// list is what q asks for, newest first.
func (o oracle) list(q history.Query) []wallet.Transaction {
	var list []wallet.Transaction
	for _, x := range o.Transactions {
		if o.wants(q, x) {
			list = append(list, x)
		}
	}
	slices.SortStableFunc(list, func(a, b wallet.Transaction) int { return b.At.Compare(a.At) })
	return list
}
