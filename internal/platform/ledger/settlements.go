package ledger

import (
	"database/sql"
	"encoding/json"
	"errors"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

const settlementColumns = `s.id, (SELECT max(e.n) FROM events e WHERE e.owner = s.owner AND e.what = 2 AND e.ref = s.id), s.seq, s.issuer, s.since, s.until, s.due,
	coalesce((SELECT p.at FROM transfers p WHERE p.owner = s.owner AND p.pays = s.id), -9223372036854775808),
	s.total, s.currency, s.count, s.disclosure`

func scanSettlement(r rowScanner) (placed[wallet.Settlement], error) {
	var s wallet.Settlement
	var n, from, to, due, paid int64
	var currency string
	var seen []byte
	if err := r.Scan(&s.ID, &s.Seq, &n, &s.Issuer, &from, &to, &due, &paid, &s.Total.Minor, &currency, &s.Count, &seen); err != nil {
		return placed[wallet.Settlement]{}, err
	}
	s.From, s.To, s.Due, s.Paid, s.Total.Currency = instant(from), instant(to), instant(due), instant(paid), money.Currency(currency)
	return placed[wallet.Settlement]{s, Place{to, n}}, json.Unmarshal(seen, &s.Disclosure)
}

// Settlements lists bills by the end of their period, newest first.
func (v *View) Settlements(after Place, limit int) (page []wallet.Settlement, next Place, err error) {
	after = after.start()
	rows, err := list(v, scanSettlement, `SELECT `+settlementColumns+` FROM settlements s
		WHERE s.owner = $1 AND (s.until, s.seq) < ($2, $3) ORDER BY s.until DESC, s.seq DESC LIMIT $4`, v.owner, after.At, after.N, limit+1)
	page, next = cut(rows, limit)
	return page, next, err
}

// Settlement finds a bill and its charges, oldest first; fault.NotFound.
func (v *View) Settlement(id string) (wallet.Settlement, []wallet.Transaction, error) {
	s, err := scanSettlement(v.row(`SELECT `+settlementColumns+` FROM settlements s WHERE s.owner = $1 AND s.id = $2`, v.owner, id))
	if errors.Is(err, sql.ErrNoRows) {
		return wallet.Settlement{}, nil, fault.New(fault.NotFound, "what", "settlement")
	}
	if err != nil {
		return wallet.Settlement{}, nil, err
	}
	rows, err := list(v, scanTransaction, `SELECT `+transactionColumns+` FROM charges b JOIN transfers t ON t.owner = b.owner AND t.id = b.transfer
		WHERE b.owner = $1 AND b.settlement = $2 ORDER BY t.at, t.seq`, v.owner, id)
	charges, _ := cut(rows, len(rows))
	return s.thing, charges, err
}

const alertColumns = `a.id, (SELECT max(e.n) FROM events e WHERE e.owner = a.owner AND e.what = 3 AND e.ref = a.id), a.seq, a.at, a.kind, a.body`

func scanAlert(r rowScanner) (placed[wallet.Alert], error) {
	var a wallet.Alert
	var n, at int64
	var body []byte
	if err := r.Scan(&a.ID, &a.Seq, &n, &at, &a.Kind, &body); err != nil {
		return placed[wallet.Alert]{}, err
	}
	var e evidence
	err := json.Unmarshal(body, &e)
	a.At, a.Issuer, a.Merchant, a.Settlement = instant(at), e.Issuer, e.Merchant, e.Settlement
	a.Amount, a.Transactions, a.Lots = money.Of(e.Amount, money.Currency(e.Currency)), e.Transactions, e.Lots
	return placed[wallet.Alert]{a, Place{at, n}}, err
}

// Alerts lists what was worth a look, newest first.
func (v *View) Alerts(after Place, limit int) (page []wallet.Alert, next Place, err error) {
	after = after.start()
	rows, err := list(v, scanAlert, `SELECT `+alertColumns+` FROM alerts a
		WHERE a.owner = $1 AND (a.at, a.seq) < ($2, $3) ORDER BY a.at DESC, a.seq DESC LIMIT $4`, v.owner, after.At, after.N, limit+1)
	page, next = cut(rows, limit)
	return page, next, err
}
