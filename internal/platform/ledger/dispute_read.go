package ledger

import (
	"cmp"
	"database/sql"
	"errors"
	"slices"

	"jandon/internal/fault"
	"jandon/internal/wallet"
)

// Disputes lists the person's disputes, newest first.
func (v *View) Disputes() ([]wallet.Dispute, error) {
	disputes, err := list(v, scanDispute, `SELECT `+disputeColumns+` FROM disputes d CROSS JOIN transfers t
		WHERE d.owner = $1 AND t.owner = d.owner AND t.id = d.transfer`, v.owner)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(disputes, func(a, b wallet.Dispute) int { return cmp.Or(b.Opened.Compare(a.Opened), cmp.Compare(b.Seq, a.Seq)) })
	return disputes, withSteps(v, v.owner, disputes)
}

// Dispute finds one; fault.NotFound.
func (v *View) Dispute(id string) (wallet.Dispute, error) {
	d, err := readDispute(v, v.owner, "d.id", id)
	if errors.Is(err, sql.ErrNoRows) {
		return wallet.Dispute{}, fault.New(fault.NotFound, "what", "dispute")
	}
	return d, err
}

// disputeOf finds a dispute by its id or its charge; sql.ErrNoRows.
func (b *book) disputeOf(by, id string) (wallet.Dispute, error) {
	return readDispute(b, b.owner, by, id)
}

func readDispute(r reader, owner int64, by, id string) (wallet.Dispute, error) {
	d, err := scanDispute(r.row(`SELECT `+disputeColumns+` FROM disputes d CROSS JOIN transfers t
		WHERE d.owner = $1 AND `+by+` = $2 AND t.owner = d.owner AND t.id = d.transfer`, owner, id))
	if err != nil {
		return wallet.Dispute{}, err
	}
	one := []wallet.Dispute{d}
	err = withSteps(r, owner, one)
	return one[0], err
}

// withSteps adds what happened to disputes.
func withSteps(r reader, owner int64, disputes []wallet.Dispute) error {
	for i := range disputes {
		steps, err := stepsOf(r, owner, disputes[i].ID)
		if err != nil {
			return err
		}
		disputes[i].Steps = steps
	}
	return nil
}

func stepsOf(r reader, owner int64, id string) (steps []wallet.DisputeStep, err error) {
	rows, err := r.query("SELECT at, who, what FROM dispute_steps WHERE owner = $1 AND dispute = $2 ORDER BY n", owner, id)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var at int64
		var s wallet.DisputeStep
		if err := rows.Scan(&at, &s.Who, &s.What); err != nil {
			return nil, err
		}
		s.At = instant(at)
		steps = append(steps, s)
	}
	return steps, rows.Err()
}
