package history

import (
	"cmp"
	"slices"
	"time"

	"jandon/internal/money"
	"jandon/internal/wallet"
)

// BasisPoints are hundredths of a percent.
type BasisPoints int64

// Whole is all of something.
const Whole BasisPoints = 10_000

// shareOf is part of whole to the nearest basis point; nothing of nothing.
func shareOf(part, whole int64) BasisPoints {
	if part <= 0 || whole <= 0 {
		return 0
	}
	return BasisPoints(scale(int64(Whole), whole, part))
}

// Balances groups the lots of a wallet by issuer, in the wallet's order of
// issuers, and by kind and currency. Lots stand first to expire first.
func Balances(w wallet.Wallet) []wallet.Balance {
	type key struct {
		issuer   string
		kind     wallet.Kind
		currency money.Currency
	}
	order := make(map[string]int, len(w.Issuers))
	for i, issuer := range w.Issuers {
		order[issuer.ID] = i - len(w.Issuers) // those that are listed come before those that are not
	}
	at := map[key]int{}
	var list []wallet.Balance
	for _, l := range w.Lots {
		k := key{l.Issuer, l.Kind, l.Amount.Currency}
		i, ok := at[k]
		if !ok {
			i = len(list)
			at[k] = i
			list = append(list, wallet.Balance{Issuer: l.Issuer, Kind: l.Kind, Amount: money.Of(0, l.Amount.Currency)})
		}
		list[i].Amount.Minor += l.Amount.Minor
		list[i].Lots = append(list[i].Lots, l)
	}
	for i := range list {
		slices.SortFunc(list[i].Lots, wallet.CompareLots)
	}
	slices.SortFunc(list, func(a, b wallet.Balance) int {
		return cmp.Or(cmp.Compare(order[a.Issuer], order[b.Issuer]), cmp.Compare(a.Issuer, b.Issuer), cmp.Compare(kindRank(a.Kind), kindRank(b.Kind)),
			cmp.Compare(a.Amount.Currency, b.Amount.Currency))
	})
	return list
}

func kindRank(k wallet.Kind) int { return slices.Index(wallet.Kinds(), k) }

// KindTotal is what is held of one kind.
type KindTotal struct {
	Kind   wallet.Kind
	Amount money.Amount
}

// TotalsByKind sums balances in one currency, in the order of wallet.Kinds,
// and all of them. Balances in other currencies don't count.
func TotalsByKind(balances []wallet.Balance, c money.Currency) (kinds []KindTotal, total money.Amount) {
	total = money.Of(0, c)
	for _, k := range wallet.Kinds() {
		sum, held := int64(0), false
		for _, b := range balances {
			if b.Kind == k && b.Amount.Currency == c {
				sum, held = sum+b.Amount.Minor, true
			}
		}
		if held {
			kinds = append(kinds, KindTotal{k, money.Of(sum, c)})
			total.Minor += sum
		}
	}
	return kinds, total
}

// Share is how much of everything one issuer holds (V3).
type Share struct {
	Issuer string
	Amount money.Amount
	Part   BasisPoints  // all parts together are Whole
	Excess money.Amount // what would have to be elsewhere for the part to be at the mark; 0 if it is below
}

// Concentration gives each issuer's share of what is held in a currency, the
// largest first. Who holds more than mark has an Excess: losing that issuer
// would cost more than the person meant to risk, and so much is worth
// spending first or spreading.
func Concentration(balances []wallet.Balance, c money.Currency, mark BasisPoints) []Share {
	held := map[string]int64{}
	var total int64
	for _, b := range balances {
		if b.Amount.Currency == c && b.Amount.Minor > 0 {
			held[b.Issuer] += b.Amount.Minor
			total += b.Amount.Minor
		}
	}
	var list []Share
	for issuer, minor := range held {
		list = append(list, Share{Issuer: issuer, Amount: money.Of(minor, c), Excess: money.Of(0, c)})
	}
	slices.SortFunc(list, func(a, b Share) int {
		return cmp.Or(cmp.Compare(b.Amount.Minor, a.Amount.Minor), cmp.Compare(a.Issuer, b.Issuer))
	})
	weights := make([]int64, len(list))
	for i := range list {
		weights[i] = list[i].Amount.Minor
	}
	parts, err := money.Of(int64(Whole), "").Split(weights...)
	if err != nil {
		return nil // nothing is held
	}
	allowed, _ := money.Of(total, c).Split(int64(mark), int64(Whole-mark))
	for i := range list {
		list[i].Part = BasisPoints(parts[i].Minor)
		if len(allowed) == 2 {
			list[i].Excess.Minor = max(list[i].Amount.Minor-allowed[0].Minor, 0)
		}
	}
	return list
}

// Lapse is a lot that expires (V2).
type Lapse struct {
	Lot      wallet.Lot
	LastDay  Day // the last civil day on which it can be used
	DaysLeft int // until then: 0 is today
}

// LastDay is the last civil day on which something can be used that is gone at
// an instant.
func LastDay(expires time.Time, zone *time.Location) Day {
	return DayOf(expires.Add(-time.Nanosecond), zone)
}

// Expiring lists the lots whose last day is at most days away, the first to
// expire first, and what they come to in currency c. Lots that have expired or
// are empty are left out.
func Expiring(lots []wallet.Lot, now time.Time, zone *time.Location, days int, c money.Currency) (list []Lapse, total money.Amount) {
	total = money.Of(0, c)
	today := DayOf(now, zone)
	for _, l := range lots {
		if l.Expires.IsZero() || l.Expired(now) || l.Amount.Minor <= 0 {
			continue
		}
		last := LastDay(l.Expires, zone)
		if left := int(last - today); left <= days {
			list = append(list, Lapse{l, last, left})
			if l.Amount.Currency == c {
				total.Minor += l.Amount.Minor
			}
		}
	}
	slices.SortFunc(list, func(a, b Lapse) int { return wallet.CompareLots(a.Lot, b.Lot) })
	return list, total
}
