package valuepath

import (
	"time"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// Split takes part of a lot off it. Both keep kind, issuer, origin, source,
// received and expiry, and neither seems more used up, less touched, or of
// larger face value, than the whole was: see grantedOf.
func Split(l wallet.Lot, part money.Amount, id string) (taken, rest wallet.Lot, err error) {
	if part.Currency != l.Amount.Currency || part.Minor <= 0 || part.Minor > l.Amount.Minor {
		return taken, rest, fault.New(fault.Insufficient, "have", l.Amount.Plain(), "want", part.Plain())
	}
	taken, rest = l, l
	taken.ID = id
	taken.Amount = part
	rest.Amount.Minor = l.Amount.Minor - part.Minor
	share(&l, &taken)
	share(&l, &rest)
	return taken, rest, nil
}

// Carry is what part of a lot becomes when it is converted to value at another
// issuer: the tags go with it, the time of receipt too, and the expiry can
// only come nearer. To convert is to use: nothing carried counts as untouched.
func Carry(part wallet.Lot, id, issuer string, amount money.Amount, expires time.Time) (wallet.Lot, error) {
	if amount.Currency != part.Amount.Currency || amount.Minor < 0 || amount.Minor > part.Amount.Minor {
		return wallet.Lot{}, fault.New(fault.Insufficient, "have", part.Amount.Plain(), "want", amount.Plain())
	}
	l := part
	l.ID, l.Issuer, l.Amount = id, issuer, amount
	if share(&part, &l); l.Granted.Minor == amount.Minor {
		l.Granted.Minor++
	}
	if !expires.IsZero() && (l.Expires.IsZero() || expires.Before(l.Expires)) {
		l.Expires = expires
	}
	return l, nil
}

// share gives a part of a lot what goes with it of what was granted and spent.
// What was spent is rounded down, too, so that no part seems more used.
func share(whole, part *wallet.Lot) {
	part.Granted.Minor = grantedOf(whole, part.Amount.Minor)
	part.Spent.Minor = 0
	if whole.Granted.Minor > 0 && whole.Spent.Minor > 0 {
		part.Spent.Minor = mulDiv(whole.Spent.Minor, part.Granted.Minor, whole.Granted.Minor)
	}
}

// grantedOf is the share of what was granted that goes with a part of a lot:
// rounded down, so that no rest seems more used than it was, but never so that
// what was touched seems whole. One unit of the smallest part is then at most
// half used, which is short of any voucher's share (see mostlyUsed).
func grantedOf(l *wallet.Lot, part int64) int64 {
	if l.Amount.Minor <= 0 || l.Granted.Minor <= 0 {
		return l.Granted.Minor
	}
	g := mulDiv(l.Granted.Minor, part, l.Amount.Minor)
	if l.Granted.Minor > l.Amount.Minor && g == part {
		g++
	}
	return g
}
