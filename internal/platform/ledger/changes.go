package ledger

import (
	"cmp"
	"slices"

	"jandon/internal/wallet"
)

// Change is a thing as it is now, at the number of its last change. Exactly
// one of the things is set.
type Change struct {
	Seq         int64
	Transaction *wallet.Transaction
	Settlement  *wallet.Settlement
	Alert       *wallet.Alert
	Mandate     *wallet.Mandate
	Dispute     *wallet.Dispute
}

// latest picks the events after a number that no later one about the same thing
// overtook. Those of acts are left out: they have a list of their own. Things are joined to them by CROSS JOIN, which on SQLite also keeps
// the order: the events of the page first.
const latest = ` WHERE g.owner = $1 AND g.n > $2 AND g.what <> 4
	AND NOT EXISTS (SELECT 1 FROM events f WHERE f.owner = g.owner AND f.what = g.what AND f.ref = g.ref AND f.n > g.n)`

// Changes lists what changed after a number, in order, each thing once. more
// says whether further changes follow the last one listed.
func (v *View) Changes(after int64, limit int) (changes []Change, more bool, err error) {
	numbers, err := list(v, func(r rowScanner) (n int64, err error) {
		err = r.Scan(&n)
		return n, err
	}, `SELECT g.n FROM events g`+latest+` ORDER BY g.n LIMIT $3`, v.owner, after, limit+1)
	if err != nil || len(numbers) == 0 {
		return nil, false, err
	}
	if len(numbers) > limit {
		numbers, more = numbers[:limit], true
	}
	last := numbers[len(numbers)-1]
	transactions, err := list(v, scanTransaction, `SELECT `+transactionColumns+`
		FROM events g CROSS JOIN transfers t`+latest+` AND g.n <= $3 AND g.what = 1 AND t.owner = g.owner AND t.id = g.ref`, v.owner, after, last)
	if err != nil {
		return nil, false, err
	}
	settlements, err := list(v, scanSettlement, `SELECT `+settlementColumns+`
		FROM events g CROSS JOIN settlements s`+latest+` AND g.n <= $3 AND g.what = 2 AND s.owner = g.owner AND s.id = g.ref`, v.owner, after, last)
	if err != nil {
		return nil, false, err
	}
	alerts, err := list(v, scanAlert, `SELECT `+alertColumns+`
		FROM events g CROSS JOIN alerts a`+latest+` AND g.n <= $3 AND g.what = 3 AND a.owner = g.owner AND a.id = g.ref`, v.owner, after, last)
	if err != nil {
		return nil, false, err
	}
	mandates, err := list(v, scanMandate, `SELECT `+mandateColumns+`
		FROM events g CROSS JOIN mandates m`+latest+` AND g.n <= $3 AND g.what = 5 AND m.owner = g.owner AND m.id = g.ref`, v.owner, after, last)
	if err != nil {
		return nil, false, err
	}
	disputes, err := list(v, scanDispute, `SELECT `+disputeColumns+`
		FROM events g CROSS JOIN disputes d CROSS JOIN transfers t`+latest+` AND g.n <= $3 AND g.what = 6 AND d.owner = g.owner AND d.id = g.ref
		AND t.owner = d.owner AND t.id = d.transfer`, v.owner, after, last)
	if err != nil {
		return nil, false, err
	}
	if err := withSteps(v, v.owner, disputes); err != nil {
		return nil, false, err
	}
	changes = make([]Change, 0, len(numbers))
	for i := range transactions {
		t := &transactions[i].thing
		changes = append(changes, Change{Seq: t.Seq, Transaction: t})
	}
	for i := range settlements {
		s := &settlements[i].thing
		changes = append(changes, Change{Seq: s.Seq, Settlement: s})
	}
	for i := range alerts {
		a := &alerts[i].thing
		changes = append(changes, Change{Seq: a.Seq, Alert: a})
	}
	for i := range mandates {
		changes = append(changes, Change{Seq: mandates[i].Seq, Mandate: &mandates[i]})
	}
	for i := range disputes {
		changes = append(changes, Change{Seq: disputes[i].Seq, Dispute: &disputes[i]})
	}
	slices.SortFunc(changes, func(a, b Change) int { return cmp.Compare(a.Seq, b.Seq) })
	return changes, more, nil
}
