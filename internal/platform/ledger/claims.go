package ledger

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
)

// Lapsed lists what lapsed and can still be asked for at an instant, first
// lapsed first. It is breakage's, and no part of what the person has.
func (v *View) Lapsed(at time.Time) ([]wallet.Claim, error) { return lapsed(v, v.owner, at) }

func lapsed(r reader, owner int64, at time.Time) (claims []wallet.Claim, err error) {
	book, err := valuepath.Shipped()
	if err != nil {
		return nil, err
	}
	origins, years := book.Late()
	for _, origin := range origins {
		lots, err := list(r, scanLot, `SELECT l.id, a.issuer, a.kind, a.currency, l.origin, l.source, l.granted, l.lapsed, l.spent, l.received, l.expires
			FROM lots l JOIN accounts a ON a.id = l.account WHERE l.owner = $1 AND l.lapsed > 0 AND l.origin = $2 AND l.received > $3
			ORDER BY l.expires, l.received, l.id`, owner, origin, millis(at.AddDate(-years, 0, -1)))
		if err != nil {
			return nil, err
		}
		for _, l := range lots {
			if c, ok := book.Claim(l, at); ok {
				claims = append(claims, c)
			}
		}
	}
	return claims, nil
}

// movable is all that a person's plans may be made of: see wallet.Wallet.Movable.
func movable(r reader, owner int64, at time.Time) ([]wallet.Lot, error) {
	var w wallet.Wallet
	var err error
	if w.Lots, err = lots(r, owner); err != nil {
		return nil, err
	}
	if w.Lapsed, err = lapsed(r, owner, at); err != nil {
		return nil, err
	}
	return w.Movable(), nil
}

// takeBack brings what a leg draws of a lot that lapsed back from breakage, so
// that the hold can pin it: only what breakage has of that very lot, and only
// if the rail may take it at this instant. A hold that is freed lets it lapse
// anew. late is whether the lot lapsed at all.
func (b *book) takeBack(leg, rail string, n int, d wallet.Draw, at time.Time) (late bool, err error) {
	l, err := scanLot(b.row(`SELECT l.id, a.issuer, a.kind, a.currency, l.origin, l.source, l.granted, l.lapsed, l.spent, l.received, l.expires
		FROM lots l JOIN accounts a ON a.id = l.account WHERE l.owner = $1 AND l.id = $2 AND l.expires <= $3`, b.owner, d.Lot, millis(at)))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return false, nil
	case err != nil:
		return false, err
	}
	book, err := valuepath.Shipped()
	if err != nil {
		return false, err
	}
	by, ok := book.Rail(rail)
	if !ok || l.Amount.Minor < d.Amount.Minor || l.Amount.Currency != d.Amount.Currency || book.Eligible(l, by, at).Code != valuepath.OK {
		return false, fault.New(fault.QuoteOutdated)
	}
	account, err := b.value(l.Issuer, l.Kind, l.Amount.Currency)
	if err != nil {
		return false, err
	}
	breakage, err := b.system(classBreakage, l.Amount.Currency)
	if err != nil {
		return false, err
	}
	if err := b.exec("UPDATE lots SET lapsed = lapsed - $1, remaining = remaining + $1 WHERE owner = $2 AND id = $3", d.Amount.Minor, b.owner, d.Lot); err != nil {
		return false, err
	}
	name, contact := l.Issuer, ""
	if err := b.row("SELECT name, contact FROM issuers WHERE owner = $1 AND id = $2", b.owner, l.Issuer).Scan(&name, &contact); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, err
	}
	t := wallet.Transaction{
		ID: fmt.Sprintf("%s-back-%d", leg, n+1), At: at, Type: wallet.Expire, Amount: money.Of(d.Amount.Minor, l.Amount.Currency),
		Issuer: l.Issuer, Kind: l.Kind, Merchant: name, Category: "expiry", Channel: "app", Reason: l.Origin, Contact: contact, Order: leg,
	}
	return true, b.post(posting{Transaction: t, act: actTakeBack},
		entry{account: account, lot: d.Lot, amount: d.Amount.Minor, mine: true}, entry{account: breakage, amount: -d.Amount.Minor})
}

// actTakeBack is what a transfer is called that undoes an expiry for a hold; its
// reference is the leg.
const actTakeBack = "take_back"

// claimChecks are the rules of what lapsed.
var claimChecks = []rule{
	// What breakage has of a lot is what expiries booked there less what was taken back.
	{"lapsed", `SELECT 'lot ' || l.id || ' says that ' || l.lapsed || ' of it lapsed but its entries ' || coalesce(e.moved, 0)
		FROM lots l LEFT JOIN (SELECT e.owner, e.lot, -sum(e.amount) AS moved FROM entries e JOIN transfers t ON t.owner = e.owner AND t.id = e.transfer
			WHERE e.lot IS NOT NULL AND t.act IN ('expire', 'take_back') GROUP BY e.owner, e.lot) e
		ON e.owner = l.owner AND e.lot = l.id WHERE coalesce(e.moved, 0) <> l.lapsed`},
	{"lapsed", `SELECT 'lot ' || id || ' has ' || remaining || ' left, ' || spent || ' spent and ' || lapsed || ' lapsed of ' || granted FROM lots
		WHERE remaining + spent + lapsed > granted`},
	// What is taken back is what its hold pins of the lot.
	{"lapsed", `SELECT 'transfer ' || t.id || ' takes ' || t.amount || ' back but its hold pins ' || coalesce(sum(x.amount), 0)
		FROM transfers t JOIN entries e ON e.owner = t.owner AND e.transfer = t.id AND e.lot IS NOT NULL
		LEFT JOIN hold_lots x ON x.hold = t.reference AND x.owner = t.owner AND x.lot = e.lot
		WHERE t.act = 'take_back' GROUP BY t.owner, t.id, t.amount HAVING coalesce(sum(x.amount), 0) <> t.amount`},
}
