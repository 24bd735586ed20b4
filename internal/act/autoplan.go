package act

import (
	"time"

	"jandon/internal/money"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
)

// Plan is what goes at an instant under these terms: over exactly their rail,
// at most the ceiling, so that what stays of what could go is kept, and within
// what all rails together may still take. A lot may go by itself only if it may
// go at all. It is nil where nothing would go. Both sides run it: the wallet to
// show what would go, the platform when it goes.
func (t Terms) Plan(book *valuepath.Book, l *Limits, lots []wallet.Lot, at time.Time, zone *time.Location) (*valuepath.Plan, error) {
	rail, ok := book.Rail(t.Rail)
	if !ok || t.Ceiling.Currency != book.Currency {
		return nil, nil
	}
	could := int64(0)
	for _, lot := range lots {
		if lot.Amount.Currency == book.Currency && book.Eligible(lot, rail, at).Code == valuepath.OK {
			could = min(could+max(0, lot.Amount.Minor-max(0, l.Pinned[lot.ID])), valuepath.MaxAmount)
		}
	}
	var ask Ask
	for i := range book.Rails {
		if other := book.Rails[i].ID; other != t.Rail {
			ask.Without = append(ask.Without, other)
		}
	}
	amount := money.Of(min(t.Ceiling.Minor, could-t.Keep.Minor), book.Currency)
	if most, known := l.Leeway(); known {
		amount.Minor = min(amount.Minor, most)
	}
	if amount.Minor -= max(0, amount.Minor) % rail.Unit; amount.Minor <= 0 {
		return nil, nil
	}
	ask.Amount = amount
	req := l.Request(ask, at, zone)
	req.Lots = lots
	out, err := book.Plan(req)
	if err != nil {
		return nil, err
	}
	plan := out.Plan(valuepath.MostValue)
	if plan == nil || len(plan.Legs) == 0 {
		return nil, nil
	}
	return plan, nil
}
