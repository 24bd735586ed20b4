package history

import (
	"context"
	"math"
	"math/big"

	"jandon/internal/money"
	"jandon/internal/wallet"
)

// Pace is what small sums come to when they go on as they did (V11).
type Pace struct {
	Name  string // category, merchant or issuer id; "" for everything
	Spent int64  // within Days, in minor units
	Count int    // charges within Days
	Days  int    // that it was taken from

	// What Spent comes to, rounded to the nearest unit and halves away from
	// zero. A year has 365 days, a month is a twelfth of it.
	Week, Month, Year int64
}

// PaceOf extends what was spent in some days; with no days there is no pace.
func PaceOf(name string, t Totals, days int) Pace {
	p := Pace{Name: name, Spent: t.Spent, Count: t.Count, Days: days}
	if days > 0 {
		d := int64(days)
		p.Week, p.Month, p.Year = scale(7, d, t.Spent), scale(365, 12*d, t.Spent), scale(365, d, t.Spent)
	}
	return p
}

// scale is the sum of amounts × times ÷ over, rounded to the nearest with
// halves away from zero; what leaves int64 stays at its edge.
func scale(times, over int64, amounts ...int64) int64 {
	sum := new(big.Int)
	for _, a := range amounts {
		sum.Add(sum, big.NewInt(a))
	}
	sum.Mul(sum, big.NewInt(2*times))
	half := big.NewInt(over)
	if sum.Sign() < 0 {
		half.Neg(half)
	}
	sum.Add(sum, half).Quo(sum, big.NewInt(2*over))
	switch {
	case sum.IsInt64():
		return sum.Int64()
	case sum.Sign() < 0:
		return math.MinInt64
	}
	return math.MaxInt64
}

// PaceStretch is the days that a pace is taken from: the last UsualWeeks whole
// weeks before the week of today, or as many whole ones as the history has.
// None means that the history is too young.
func PaceStretch(span Span, today Day) (from, to Day, ok bool) {
	w := WeekOf(today)
	from, to = w.Add(-UsualWeeks).Monday, w.Monday-1
	if span.First > from {
		from = WeekOf(span.First + 6).Monday
	}
	return from, to, span.Lines > 0 && from < to
}

// Pile is small charges on the phone bill heaping up against a limit.
type Pile struct {
	Small, All Totals // on the bill in the stretch asked for
	Most       int64  // the largest charge that counts as small, in minor units
	Limit      money.Amount
	Share      BasisPoints // of the limit that All takes
	SmallShare BasisPoints // of the limit that Small takes
}

// Over reports whether small charges alone take the given share of the limit.
func (p Pile) Over(share BasisPoints) bool { return p.Limit.Minor > 0 && p.SmallShare >= share }

// TotalsReader is what ReadPile needs of a history.
type TotalsReader interface {
	Totals(ctx context.Context, q Query) (Totals, error)
}

// ReadPile sums what went on the phone bill from..to; small is the largest
// amount, in minor units, of a charge that is called small.
func ReadPile(ctx context.Context, r TotalsReader, from, to Day, limit money.Amount, small int64) (Pile, error) {
	carrier := wallet.CarrierCredit
	q := Query{Kind: &carrier, Currency: limit.Currency}.Between(from, to)
	p := Pile{Most: small, Limit: limit}
	var err error
	if p.All, err = r.Totals(ctx, q); err != nil {
		return Pile{}, err
	}
	q.Max = &small
	if p.Small, err = r.Totals(ctx, q); err != nil {
		return Pile{}, err
	}
	p.Share, p.SmallShare = shareOf(p.All.Spent, limit.Minor), shareOf(p.Small.Spent, limit.Minor)
	return p, nil
}
