package ledger

import (
	"context"
	"database/sql"
	"time"
)

// Seen is the latest instant that these books have written down, zero if there
// is none: before it their clock must not go on.
func (l *Ledger) Seen(ctx context.Context) (time.Time, error) {
	var at sql.NullInt64
	err := l.read.row(ctx, nil, `SELECT max(at) FROM (
		SELECT max(at) AS at FROM transfers UNION ALL SELECT max(at) FROM alerts UNION ALL SELECT max(made) FROM acts
		UNION ALL SELECT max(at) FROM audit UNION ALL SELECT max(at) FROM tries UNION ALL SELECT max(made) FROM sessions) AS seen`).Scan(&at)
	if err != nil || !at.Valid {
		return time.Time{}, l.told(err)
	}
	return instant(at.Int64), nil
}
