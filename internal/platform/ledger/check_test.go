package ledger_test

import (
	"strings"
	"testing"

	"jandon/internal/fault"
	"jandon/internal/platform/ledger"
)

// Each rule of Check notices when it is broken, and says which.
func TestCheckNamesWhatIsBroken(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ query, rule string }{
		"entry changed":        {"UPDATE entries SET amount = amount - 1 WHERE transfer = 's05' AND n = 0", "sum"},
		"entry gone":           {"DELETE FROM entries WHERE transfer = 's05' AND n = 0", "transfer"},
		"entries gone":         {"DELETE FROM entries WHERE transfer = 'c05'", "transfer"},
		"entries moved":        {"UPDATE entries SET amount = amount * 2 WHERE transfer = 'c05'", "amount"},
		"amount told wrong":    {"UPDATE transfers SET amount = amount - 7 WHERE id = 's05'", "amount"},
		"account changed":      {"UPDATE accounts SET posted = posted + 1 WHERE class = 'bill'", "posted"},
		"platform caches":      {"UPDATE accounts SET posted = 1 WHERE class = 'mint'", "posted"},
		"lot changed":          {"UPDATE lots SET remaining = remaining + 1 WHERE id = 'l39'", "lot"},
		"lot granted more":     {"UPDATE lots SET granted = granted + 1 WHERE id = 'l39'", "lot"},
		"lot elsewhere":        {"UPDATE lots SET account = (SELECT id FROM accounts WHERE class = 'mint') WHERE id = 'l39'", "lot"},
		"guarded negative":     {"UPDATE accounts SET posted = -5 WHERE class = 'value'", "guard"},
		"held too much":        {"UPDATE accounts SET held = posted + 1 WHERE class = 'value'", "guard"},
		"lot negative":         {"UPDATE lots SET remaining = -1 WHERE id = 'l39'", "guard"},
		"bill changed":         {"UPDATE settlements SET total = total + 1 WHERE id = 'b1'", "settlement"},
		"bill count":           {"UPDATE settlements SET count = count + 1 WHERE id = 'b1'", "settlement"},
		"charge left out":      {"DELETE FROM charges WHERE transfer = 'c05'", "settlement"},
		"wallet shows other":   {"UPDATE lots SET remaining = remaining + 3 WHERE id = 'l39'", "wallet"},
		"refund of nothing":    {"DELETE FROM transfers WHERE id = 's03'", "reference"},
		"changes gone":         {"DELETE FROM events WHERE n = (SELECT max(n) FROM events)", "reference"},
		"entry on no account":  {"UPDATE entries SET account = 9999 WHERE transfer = 'c05' AND n = 0", "reference"},
		"another's currency":   {"UPDATE transfers SET currency = 'USD' WHERE id = 's05'", "transfer"},
		"half on another book": {"UPDATE accounts SET currency = 'USD' WHERE class = 'merchants'", "sum"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, _ := seeded(t, ledger.Memory)
			balanced(t, l)
			must(t, ledger.Tamper(t.Context(), l, c.query))
			r, err := l.Check(t.Context())
			if code(err) != fault.Unbalanced {
				t.Fatalf("check says %v", err)
			}
			found := false
			for _, p := range r.Problems {
				found = found || p.Rule == c.rule && p.Detail != ""
			}
			if !found {
				t.Errorf("rule %s not named in %+v", c.rule, r.Problems)
			}
			if !strings.Contains(fault.From(err).Args["detail"], r.Problems[0].Detail) {
				t.Errorf("the fault says %q", fault.From(err).Args["detail"])
			}
		})
	}
}

// What is posted can't be changed, not even by a slip of our own.
func TestPostedStays(t *testing.T) {
	t.Parallel()
	l, _ := seeded(t, ledger.Memory)
	for _, q := range []string{
		"UPDATE entries SET amount = 1", "DELETE FROM entries", "UPDATE transfers SET amount = 1", "DELETE FROM transfers",
		"UPDATE settlements SET total = 1", "DELETE FROM settlements", "UPDATE charges SET settlement = 'x'", "DELETE FROM charges",
		"UPDATE events SET n = -n", "DELETE FROM events", "UPDATE accounts SET posted = -1 WHERE guarded = 1", "UPDATE lots SET remaining = granted + 1",
		"INSERT INTO entries (owner, transfer, n, account, amount) VALUES (1, 'none', 0, 1, 5)",
		"INSERT INTO entries (owner, transfer, n, account, amount) VALUES (1, 's05', 9, 1, 0)",
	} {
		if err := ledger.Exec(t.Context(), l, q); err == nil {
			t.Errorf("%s: done", q)
		}
	}
	balanced(t, l)
}
