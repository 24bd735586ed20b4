package home

import (
	"cmp"
	"slices"

	"jandon/internal/money"
	"jandon/internal/wallet"
)

// sum is an amount held under a name.
type sum struct {
	issuer string // Issuer.ID
	name   string
	kind   wallet.Kind
	minor  int64
	kinds  []sum // of an issuer, in the order of wallet.Kinds
}

// figures are the sums of a wallet, in minor units of its currency.
type figures struct {
	currency money.Currency
	total    int64
	issuers  []sum // most held first
	kinds    []sum // in the order of wallet.Kinds
	names    map[string]wallet.Issuer
	others   []money.Amount // what is held in other currencies, by code
}

func figuresOf(w wallet.Wallet) figures {
	f := figures{currency: w.Currency, names: make(map[string]wallet.Issuer, len(w.Issuers))}
	for _, i := range w.Issuers {
		f.names[i.ID] = i
	}
	type key struct {
		issuer string
		kind   wallet.Kind
	}
	held, abroad := map[key]int64{}, map[money.Currency]int64{}
	for _, l := range w.Lots {
		if l.Amount.Currency != w.Currency {
			abroad[l.Amount.Currency] += l.Amount.Minor
			continue
		}
		held[key{l.Issuer, l.Kind}] += l.Amount.Minor
		f.total += l.Amount.Minor
	}
	byIssuer, byKind := map[string]*sum{}, map[wallet.Kind]int64{}
	for k, minor := range held {
		if byIssuer[k.issuer] == nil {
			byIssuer[k.issuer] = &sum{issuer: k.issuer, name: f.name(k.issuer)}
		}
		s := byIssuer[k.issuer]
		s.minor += minor
		s.kinds = append(s.kinds, sum{issuer: k.issuer, kind: k.kind, minor: minor})
		byKind[k.kind] += minor
	}
	for _, s := range byIssuer {
		slices.SortFunc(s.kinds, func(a, b sum) int { return rank(a.kind) - rank(b.kind) })
		f.issuers = append(f.issuers, *s)
	}
	slices.SortFunc(f.issuers, func(a, b sum) int {
		return cmp.Or(cmp.Compare(b.minor, a.minor), cmp.Compare(a.name, b.name), cmp.Compare(a.issuer, b.issuer))
	})
	for _, k := range wallet.Kinds() {
		if minor, ok := byKind[k]; ok {
			f.kinds = append(f.kinds, sum{kind: k, minor: minor})
		}
	}
	for c, minor := range abroad {
		f.others = append(f.others, money.Of(minor, c))
	}
	slices.SortFunc(f.others, func(a, b money.Amount) int { return cmp.Compare(a.Currency, b.Currency) })
	return f
}

// name is what an issuer is called; one that the wallet doesn't list goes by its id.
func (f *figures) name(issuer string) string {
	if i, ok := f.names[issuer]; ok && i.Name != "" {
		return i.Name
	}
	return issuer
}

func rank(k wallet.Kind) int { return slices.Index(wallet.Kinds(), k) }
