package home

import (
	"cmp"
	"slices"

	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// sum is what one issuer holds, in minor units.
type sum struct {
	issuer string // Issuer.ID
	name   string
	minor  int64
	kinds  []history.KindTotal
}

// figures are the sums of a wallet in its currency.
type figures struct {
	currency money.Currency
	total    int64
	balances []wallet.Balance
	issuers  []sum // most held first
	kinds    []history.KindTotal
	names    map[string]wallet.Issuer
	others   []money.Amount // what is held in other currencies, by code
}

func figuresOf(w wallet.Wallet) figures {
	f := figures{currency: w.Currency, balances: history.Balances(w), names: make(map[string]wallet.Issuer, len(w.Issuers))}
	for _, i := range w.Issuers {
		f.names[i.ID] = i
	}
	var total money.Amount
	f.kinds, total = history.TotalsByKind(f.balances, w.Currency)
	f.total = total.Minor
	for rest := f.balances; len(rest) > 0; { // those of one issuer stand together
		n := slices.IndexFunc(rest, func(b wallet.Balance) bool { return b.Issuer != rest[0].Issuer })
		if n < 0 {
			n = len(rest)
		}
		kinds, held := history.TotalsByKind(rest[:n], w.Currency)
		if len(kinds) > 0 {
			f.issuers = append(f.issuers, sum{rest[0].Issuer, f.name(rest[0].Issuer), held.Minor, kinds})
		}
		rest = rest[n:]
	}
	slices.SortFunc(f.issuers, func(a, b sum) int {
		return cmp.Or(cmp.Compare(b.minor, a.minor), cmp.Compare(a.name, b.name), cmp.Compare(a.issuer, b.issuer))
	})
	f.others = abroad(w)
	return f
}

// abroad sums what is held in other currencies than the wallet's.
func abroad(w wallet.Wallet) []money.Amount {
	var list []money.Amount
	for _, l := range w.Lots {
		if l.Amount.Currency == w.Currency {
			continue
		}
		i := slices.IndexFunc(list, func(a money.Amount) bool { return a.Currency == l.Amount.Currency })
		if i < 0 {
			i = len(list)
			list = append(list, money.Of(0, l.Amount.Currency))
		}
		list[i].Minor += l.Amount.Minor
	}
	slices.SortFunc(list, func(a, b money.Amount) int { return cmp.Compare(a.Currency, b.Currency) })
	return list
}

// name is what an issuer is called; one that the wallet doesn't list goes by its id.
func (f *figures) name(issuer string) string { return cmp.Or(f.names[issuer].Name, issuer) }
