package ledger

import "jandon/internal/wallet"

// Change is a thing as it is now, at the number of its last change. Exactly
// one of the things is set.
type Change struct {
	Seq         int64
	Transaction *wallet.Transaction
	Settlement  *wallet.Settlement
	Alert       *wallet.Alert
}

// Changes lists what changed after a number, in order, each thing once. more
// says whether further changes follow the last one listed.
func (v *View) Changes(after int64, limit int) (changes []Change, more bool, err error) {
	type event struct {
		n    int64
		what int
		ref  string
	}
	events, err := list(v, func(r rowScanner) (e event, err error) {
		err = r.Scan(&e.n, &e.what, &e.ref)
		return e, err
	}, `SELECT e.n, e.what, e.ref FROM events e WHERE e.owner = $1 AND e.n > $2
		AND NOT EXISTS (SELECT 1 FROM events f WHERE f.owner = e.owner AND f.what = e.what AND f.ref = e.ref AND f.n > e.n)
		ORDER BY e.n LIMIT $3`, v.owner, after, limit+1)
	if err != nil {
		return nil, false, err
	}
	if len(events) > limit {
		events, more = events[:limit], true
	}
	changes = make([]Change, len(events))
	for i, e := range events {
		c := &changes[i]
		c.Seq = e.n
		switch e.what {
		case whatTransaction:
			c.Transaction, err = found(v.Transaction(e.ref))
		case whatSettlement:
			c.Settlement, err = found(v.settlement(e.ref))
		case whatAlert:
			c.Alert, err = found(v.alert(e.ref))
		}
		if err != nil {
			return nil, false, err
		}
	}
	return changes, more, nil
}

func found[T any](v T, err error) (*T, error) { return &v, err }
