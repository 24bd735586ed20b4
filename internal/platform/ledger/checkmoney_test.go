package ledger_test

import (
	"testing"

	"jandon/internal/fault"
	"jandon/internal/platform/ledger"
)

// tillWithAll is a cashier with an act in every state that legs can be in: one
// waits, one has arrived with one leg and lost the other, one was canceled.
func tillWithAll(t *testing.T) *cashier {
	t.Helper()
	c := newCashier(t, ledger.Memory)
	must(t, ledger.LinkTo(t.Context(), c.Ledger, c.u, "bank_instant", "1230000", c.now))
	c.grant(100_000, c.now.AddDate(1, 0, 0))
	c.now = c.now.AddDate(0, 0, 2)
	a := c.confirmed(c.cashOut(c.quote(hand(map[string]int64{"transit_credit": 10_000, "bank_instant": 10_000})), 0))
	for next := c.work(); !next.IsZero(); next = c.work() {
		c.now = next
	}
	if got := c.act(a.ID); got.State != "partly" {
		t.Fatalf("ended as %+v", got)
	}
	must1(c.CancelAct(t.Context(), c.u, c.cashOut(c.quote(hand(map[string]int64{"mobile_topup": 3000})), 0).ID, c.now))(t)
	c.cashOut(c.quote(hand(map[string]int64{"mobile_topup": 5000})), 0)
	return c
}

// Each rule of what leaves notices when it is broken, and says which.
func TestCheckNamesWhatIsBrokenOfCashOuts(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct{ query, rule string }{
		"lot held more":           {"UPDATE lots SET held = held + 1", "held"},
		"account held less":       {"UPDATE accounts SET held = held - 1 WHERE held > 0", "held"},
		"hold is other":           {"UPDATE holds SET amount = amount + 1 WHERE state = 'open'", "hold"},
		"hold of other account":   {"UPDATE hold_lots SET account = (SELECT id FROM accounts WHERE class = 'rails')", "hold"},
		"freed but open":          {"UPDATE holds SET state = 'freed' WHERE state = 'open'", "leg"},
		"posted but freed":        {"UPDATE holds SET state = 'freed' WHERE state = 'posted'", "hold"},
		"freed but posted":        {"UPDATE holds SET state = 'posted' WHERE state = 'freed'", "hold"},
		"fee lost":                {"UPDATE transfers SET hold = NULL WHERE type = 9", "hold"},
		"hold of nobody":          {"UPDATE transfers SET hold = 'none' WHERE hold IS NOT NULL", "reference"},
		"leg without hold":        {"DELETE FROM holds WHERE state = 'open'", "leg"},
		"leg done again":          {"UPDATE legs SET state = 'done' WHERE state = 'returned'", "leg"},
		"act of more":             {"UPDATE acts SET amount = amount + 1 WHERE action = 'cashout'", "cashout"},
		"act of other fee":        {"UPDATE acts SET fee = fee + 1 WHERE action = 'cashout'", "cashout"},
		"leg gone":                {"DELETE FROM legs WHERE state = 'returned'", "cashout"},
		"done but partly":         {"UPDATE acts SET state = 'done' WHERE state = 'partly'", "cashout"},
		"waiting but canceled":    {"UPDATE acts SET state = 'canceled' WHERE state = 'waiting'", "cashout"},
		"going out unconfirmed":   {"UPDATE legs SET next = 5 WHERE state = 'waiting'", "cashout"},
		"quote of another":        {"UPDATE quotes SET used_by = 'x' || used_by", "quote"},
		"partner paid the return": {"UPDATE partner_orders SET refusal = '' WHERE refusal <> ''", "partner"},
		"partner did not pay":     {"UPDATE partner_orders SET refusal = 'declined'", "partner"},
		"partner paid more":       {"UPDATE partner_orders SET amount = amount + 1", "partner"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := tillWithAll(t)
			balanced(t, c.Ledger)
			must(t, ledger.Tamper(t.Context(), c.Ledger, x.query))
			r, err := c.Check(t.Context())
			if code(err) != fault.Unbalanced {
				t.Fatalf("check says %v", err)
			}
			found := false
			for _, p := range r.Problems {
				found = found || p.Rule == x.rule && p.Detail != ""
			}
			if !found {
				t.Errorf("rule %s not named in %+v", x.rule, r.Problems)
			}
		})
	}
}

// What was held stays told, and moves once.
func TestHoldsMoveOnce(t *testing.T) {
	t.Parallel()
	c := tillWithAll(t)
	for _, q := range []string{
		"UPDATE holds SET state = 'open' WHERE state = 'freed'", "UPDATE holds SET state = 'freed' WHERE state = 'posted'", "DELETE FROM holds",
		"UPDATE hold_lots SET amount = 1", "DELETE FROM hold_lots", "DELETE FROM legs", "UPDATE legs SET state = 'done' WHERE state = 'returned'",
		"UPDATE lots SET held = remaining + 1", "UPDATE legs SET fee = amount WHERE ended IS NULL", "UPDATE legs SET state = 'done' WHERE ended IS NULL",
	} {
		if err := ledger.Exec(t.Context(), c.Ledger, q); err == nil {
			t.Errorf("%s: done", q)
		}
	}
	balanced(t, c.Ledger)
}
