package valuepath

import (
	"time"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// Split takes part of a lot off it. Both keep kind, issuer, origin, source,
// received and expiry. What was granted is dealt out in proportion and rounded
// down, so that no part seems more used up, or of larger face value, than the
// whole was.
func Split(l wallet.Lot, part money.Amount, id string) (taken, rest wallet.Lot, err error) {
	if part.Currency != l.Amount.Currency || part.Minor <= 0 || part.Minor > l.Amount.Minor {
		return taken, rest, fault.New(fault.Insufficient, "have", l.Amount.Plain(), "want", part.Plain())
	}
	taken, rest = l, l
	taken.ID = id
	taken.Amount = part
	rest.Amount.Minor = l.Amount.Minor - part.Minor
	granted := max(l.Granted.Minor, l.Amount.Minor)
	taken.Granted.Minor = mulDiv(granted, taken.Amount.Minor, l.Amount.Minor)
	rest.Granted.Minor = mulDiv(granted, rest.Amount.Minor, l.Amount.Minor)
	return taken, rest, nil
}

// Carry is what part of a lot becomes when it is converted to value at another
// issuer: the tags go with it, the time of receipt too, and the expiry can
// only come nearer. Nothing of it counts as used.
func Carry(part wallet.Lot, id, issuer string, amount money.Amount, expires time.Time) (wallet.Lot, error) {
	if amount.Currency != part.Amount.Currency || amount.Minor < 0 || amount.Minor > part.Amount.Minor {
		return wallet.Lot{}, fault.New(fault.Insufficient, "have", part.Amount.Plain(), "want", amount.Plain())
	}
	l := part
	l.ID, l.Issuer, l.Granted, l.Amount = id, issuer, amount, amount
	if !expires.IsZero() && (l.Expires.IsZero() || expires.Before(l.Expires)) {
		l.Expires = expires
	}
	return l, nil
}
