package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"jandon/internal/fault"
)

// Report says what a check of the books looked at and what it found.
type Report struct {
	Users, Accounts, Transfers, Entries, Lots, Settlements int
	Problems                                               []Problem // none: the books balance
}

// Problem is a rule that does not hold, and where.
type Problem struct {
	Rule   string // sum, transfer, amount, posted, lot, guard, settlement, wallet, reference; held, hold, leg, cashout, quote, lapsed, dispute, log
	Detail string
}

// rule is one of the books: its query finds what breaks it and says so in one column.
type rule struct{ name, query string }

// checks are the rules of what is posted.
var checks = []rule{
	// The sum of all entries is zero, per currency.
	{"sum", `SELECT 'all entries in ' || a.currency || ' sum to ' || sum(e.amount) FROM entries e JOIN accounts a ON a.id = e.account
		GROUP BY a.currency HAVING sum(e.amount) <> 0`},
	// Each transfer has entries in its own currency alone, and they sum to zero.
	{"transfer", `SELECT 'transfer ' || t.id || ' has ' || count(e.n) || ' entries that sum to ' || coalesce(sum(e.amount), 0)
		FROM transfers t LEFT JOIN entries e ON e.owner = t.owner AND e.transfer = t.id LEFT JOIN accounts a ON a.id = e.account
		GROUP BY t.owner, t.id HAVING coalesce(sum(e.amount), 0) <> 0 OR (count(e.n) < 2 AND t.amount <> 0)
		OR sum(CASE WHEN a.currency <> t.currency THEN 1 ELSE 0 END) > 0`},
	// A transfer tells the person what it did to their accounts.
	{"amount", `SELECT 'transfer ' || t.id || ' says ' || t.amount || ' but moved ' || coalesce(sum(e.amount), 0)
		FROM transfers t LEFT JOIN (SELECT e.owner, e.transfer, e.amount FROM entries e JOIN accounts a ON a.id = e.account AND a.owner = e.owner) e
		ON e.owner = t.owner AND e.transfer = t.id GROUP BY t.owner, t.id HAVING coalesce(sum(e.amount), 0) <> t.amount`},
	// What an account says is what its entries say; the platform's own say nothing.
	{"posted", `SELECT 'account ' || a.id || ' says ' || a.posted || ' but its entries ' || coalesce(sum(e.amount), 0)
		FROM accounts a LEFT JOIN entries e ON e.account = a.id WHERE a.owner > 0 GROUP BY a.id HAVING coalesce(sum(e.amount), 0) <> a.posted`},
	{"posted", `SELECT 'account ' || id || ' of the platform caches ' || posted FROM accounts WHERE owner = 0 AND posted <> 0`},
	// What is left of a lot is what came in less what went out, all on its own account.
	{"lot", `SELECT 'lot ' || l.id || ' has ' || l.remaining || ' left but its entries say ' || coalesce(e.moved, 0)
		FROM lots l LEFT JOIN (SELECT owner, lot, sum(amount) AS moved FROM entries WHERE lot IS NOT NULL GROUP BY owner, lot) e
		ON e.owner = l.owner AND e.lot = l.id WHERE coalesce(e.moved, 0) <> l.remaining`},
	{"lot", `SELECT 'lot ' || l.id || ' was granted ' || l.granted || ' but brought in ' || coalesce(sum(e.amount), 0)
		FROM lots l LEFT JOIN entries e ON e.owner = l.owner AND e.lot = l.id AND e.transfer = l.source
		GROUP BY l.owner, l.id HAVING coalesce(sum(e.amount), 0) <> l.granted`},
	// What was spent of it is what its payments to merchants took, less what they gave back.
	{"lot", `SELECT 'lot ' || l.id || ' says that ' || l.spent || ' of it was spent but merchants got ' || coalesce(e.moved, 0)
		FROM lots l LEFT JOIN (SELECT e.owner, e.lot, -sum(e.amount) AS moved FROM entries e JOIN entries m ON m.owner = e.owner AND m.transfer = e.transfer
			JOIN accounts a ON a.id = m.account AND a.class = 'merchants' WHERE e.lot IS NOT NULL GROUP BY e.owner, e.lot) e
		ON e.owner = l.owner AND e.lot = l.id WHERE coalesce(e.moved, 0) <> l.spent`},
	{"lot", `SELECT 'transfer ' || e.transfer || ' moves lot ' || e.lot || ' on another account' FROM entries e
		LEFT JOIN lots l ON l.owner = e.owner AND l.id = e.lot WHERE e.lot IS NOT NULL AND (l.account IS NULL OR l.account <> e.account)`},
	// Nothing guarded is negative.
	{"guard", `SELECT 'account ' || id || ' holds ' || posted || ' and has ' || held || ' set aside' FROM accounts
		WHERE guarded = 1 AND (held < 0 OR posted < held)`},
	{"guard", `SELECT 'lot ' || id || ' has ' || remaining || ' of ' || granted || ' left' FROM lots
		WHERE held < 0 OR remaining < held OR remaining > granted`},
	// A bill is the sum of its charges.
	{"settlement", `SELECT 'settlement ' || s.id || ' says ' || s.total || ' for ' || s.count || ' charges; they are ' || coalesce(-sum(t.amount), 0) || ' for ' || count(t.id)
		FROM settlements s LEFT JOIN charges c ON c.owner = s.owner AND c.settlement = s.id LEFT JOIN transfers t ON t.owner = c.owner AND t.id = c.transfer
		GROUP BY s.owner, s.id HAVING coalesce(-sum(t.amount), 0) <> s.total OR count(t.id) <> s.count`},
	// What the wallet shows, lot by lot, is what the accounts hold.
	{"wallet", `SELECT 'lots of account ' || a.id || ' have ' || coalesce(sum(l.remaining), 0) || ' left, the account ' || a.posted
		FROM accounts a LEFT JOIN lots l ON l.account = a.id WHERE a.class = 'value' GROUP BY a.id HAVING coalesce(sum(l.remaining), 0) <> a.posted`},
	// Everything that is named is there.
	{"reference", `SELECT 'an entry of ' || e.transfer || ' has no transfer or no account' FROM entries e
		LEFT JOIN transfers t ON t.owner = e.owner AND t.id = e.transfer LEFT JOIN accounts a ON a.id = e.account WHERE t.id IS NULL OR a.id IS NULL`},
	{"reference", `SELECT 'transfer ' || t.id || ' gives back ' || t.reverses || ', which is not there' FROM transfers t
		LEFT JOIN transfers o ON o.owner = t.owner AND o.id = t.reverses WHERE t.reverses IS NOT NULL AND o.id IS NULL`},
	{"log", headless},
	{"reference", `SELECT 'person ' || u.id || ' has changes up to ' || max(e.n) || ' but counts ' || u.seq FROM users u
		JOIN events e ON e.owner = u.id GROUP BY u.id HAVING max(e.n) <> u.seq`},
}

// most problems of one rule that a report names.
const most = 20

// Check reads all books and reports what does not hold. If anything doesn't,
// the error is fault.Unbalanced and names the first.
func (l *Ledger) Check(ctx context.Context) (Report, error) {
	var r Report
	tx, err := l.read.begin(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return r, l.told(err)
	}
	defer func() { _ = tx.Rollback() }()
	err = tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM users WHERE id > 0), (SELECT count(*) FROM accounts),
		(SELECT count(*) FROM transfers), (SELECT count(*) FROM entries), (SELECT count(*) FROM lots), (SELECT count(*) FROM settlements)`).
		Scan(&r.Users, &r.Accounts, &r.Transfers, &r.Entries, &r.Lots, &r.Settlements)
	if err != nil {
		return r, l.told(err)
	}
	for _, c := range slices.Concat(checks, moneyChecks, claimChecks, disputeChecks) {
		found, err := broken(ctx, tx.Tx, c.query)
		if err != nil {
			return r, l.told(fmt.Errorf("ledger: check %s: %w", c.name, err))
		}
		for _, detail := range found {
			r.Problems = append(r.Problems, Problem{c.name, detail})
		}
	}
	found, err := chained(ctx, tx.Tx)
	if err != nil {
		return r, l.told(fmt.Errorf("ledger: check log: %w", err))
	}
	for _, detail := range found {
		r.Problems = append(r.Problems, Problem{"log", detail})
	}
	return r, r.err()
}

func (r Report) err() error {
	if len(r.Problems) == 0 {
		return nil
	}
	names := make([]string, 0, 3)
	for _, p := range r.Problems[:min(3, len(r.Problems))] {
		names = append(names, p.Rule+": "+p.Detail)
	}
	if more := len(r.Problems) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("and %d more", more))
	}
	return fault.New(fault.Unbalanced, "detail", strings.Join(names, "; "))
}

func broken(ctx context.Context, tx *sql.Tx, query string) ([]string, error) {
	rows, err := tx.QueryContext(ctx, fmt.Sprintf("%s LIMIT %d", query, most))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var list []string
	for rows.Next() {
		var detail string
		if err := rows.Scan(&detail); err != nil {
			return nil, err
		}
		list = append(list, detail)
	}
	return list, rows.Err()
}
