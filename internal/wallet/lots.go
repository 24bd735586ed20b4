package wallet

import (
	"cmp"
	"slices"
	"time"

	"jandon/internal/money"
)

// Expired reports whether the lot may no longer be spent at t.
func (l Lot) Expired(t time.Time) bool { return !l.Expires.IsZero() && !t.Before(l.Expires) }

// CompareLots orders lots as they are used up: first to expire first, those
// that never expire last, then first received, then by id.
func CompareLots(a, b Lot) int {
	if a.Expires.IsZero() != b.Expires.IsZero() {
		if a.Expires.IsZero() {
			return 1
		}
		return -1
	}
	return cmp.Or(a.Expires.Compare(b.Expires), a.Received.Compare(b.Received), cmp.Compare(a.ID, b.ID))
}

// Draw is an amount taken from a lot.
type Draw struct {
	Lot    string
	Amount money.Amount
}

// DrawFrom takes amount from lots of one currency at an instant, first to
// expire first, passing over expired lots. It returns what could not be had in
// short; lots are not changed.
func DrawFrom(lots []Lot, amount money.Amount, at time.Time) (draws []Draw, short money.Amount) {
	order := slices.Clone(lots)
	slices.SortFunc(order, CompareLots)
	rest := amount.Minor
	for _, l := range order {
		if rest == 0 {
			break
		}
		if l.Expired(at) || l.Amount.Minor <= 0 || l.Amount.Currency != amount.Currency {
			continue
		}
		take := min(rest, l.Amount.Minor)
		draws = append(draws, Draw{l.ID, money.Of(take, amount.Currency)})
		rest -= take
	}
	return draws, money.Of(rest, amount.Currency)
}
