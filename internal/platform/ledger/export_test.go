package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Dump is every row of every table of ours, in order of table and key.
func Dump(ctx context.Context, l *Ledger) ([]string, error) {
	var out []string
	for _, table := range []string{"settings", "users", "issuers", "accounts", "lots", "transfers", "entries", "settlements", "charges", "alerts", "events"} {
		rows, err := l.read.db.QueryContext(ctx, "SELECT * FROM "+table+" ORDER BY 1, 2, 3") //nolint:gosec // names of ours
		if table == "settings" {
			rows, err = l.read.db.QueryContext(ctx, "SELECT * FROM settings ORDER BY 1")
		}
		if err != nil {
			return nil, err
		}
		if out, err = dumpRows(out, table, rows); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func dumpRows(out []string, table string, rows *sql.Rows) ([]string, error) {
	defer func() { _ = rows.Close() }()
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		cells := make([]any, len(names))
		for i := range cells {
			cells[i] = new(any)
		}
		if err := rows.Scan(cells...); err != nil {
			return nil, err
		}
		line := table
		for _, c := range cells {
			line += fmt.Sprintf("|%v", *c.(*any))
		}
		out = append(out, line)
	}
	return out, rows.Err()
}

// Tamper changes the books behind their back, past every guard.
func Tamper(ctx context.Context, l *Ledger, query string) error {
	c, err := l.write.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }()
	for _, q := range []string{"PRAGMA ignore_check_constraints = 1", "PRAGMA foreign_keys = 0", "PRAGMA recursive_triggers = 0",
		"DROP TRIGGER entries_stay", "DROP TRIGGER entries_last", "DROP TRIGGER transfers_stay", "DROP TRIGGER transfers_last",
		"DROP TRIGGER settlements_stay", "DROP TRIGGER charges_last", "DROP TRIGGER events_last",
		"DROP TRIGGER holds_once", "DROP TRIGGER holds_last", "DROP TRIGGER hold_lots_stay", "DROP TRIGGER legs_last", "DROP TRIGGER legs_ended", query} {
		if _, err := c.ExecContext(ctx, q); err != nil {
			return fmt.Errorf("%s: %w", q, err)
		}
	}
	return nil
}

// Exec tries a statement as the writer would, guards and all.
func Exec(ctx context.Context, l *Ledger, query string) error {
	_, err := l.write.db.ExecContext(ctx, query)
	return err
}

// Sums are the sum of a person's postings, and what stands on their bills.
func Sums(ctx context.Context, l *Ledger, u User) (all, bills int64, err error) {
	err = l.read.row(ctx, nil, `SELECT coalesce(sum(e.amount), 0), coalesce(sum(CASE WHEN a.class = 'bill' THEN e.amount ELSE 0 END), 0)
		FROM entries e JOIN accounts a ON a.id = e.account WHERE e.owner = $1`, u.ID).Scan(&all, &bills)
	return all, bills, err
}

// Plans say how the database goes about each statement that has been used.
func Plans(ctx context.Context, l *Ledger) (map[string][]string, error) {
	l.write.mu.Lock()
	queries := slices.Concat(slices.Collect(maps.Keys(l.write.stmts)), slices.Collect(maps.Keys(l.write.wanted)))
	l.write.mu.Unlock()
	plans := make(map[string][]string, len(queries))
	for _, q := range queries {
		args := make([]any, 0, 20)
		for strings.Contains(q, fmt.Sprintf("$%d", len(args)+1)) {
			args = append(args, 1)
		}
		rows, err := l.write.db.QueryContext(ctx, "EXPLAIN QUERY PLAN "+numbered(q), args...)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", q, err)
		}
		steps, err := dumpRows(nil, "", rows)
		if err != nil {
			return nil, err
		}
		plans[q] = steps
	}
	return plans, nil
}

// Count is how many rows a table has.
func Count(ctx context.Context, l *Ledger, table string) (n int, err error) {
	err = l.read.db.QueryRowContext(ctx, "SELECT count(*) FROM "+table).Scan(&n) //nolint:gosec // names of ours
	return n, err
}
