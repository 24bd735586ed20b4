package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/platform/ledger"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
)

// cashier is a person with books, a clock and a partner.
type cashier struct {
	*ledger.Ledger
	t       testing.TB
	u       ledger.User
	now     time.Time
	partner ledger.Partner
	n       int
}

func newCashier(t testing.TB, path string) *cashier {
	l, u := books(t, path)
	c := &cashier{Ledger: l, t: t, u: u, now: time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)} // noon in Seoul, a Monday, and all rules hold
	c.partner = l.Simulator(func() time.Time { return c.now })
	must(t, ledger.Trust(t.Context(), l, u, c.now))
	return c
}

func (c *cashier) grant(won int64, expires time.Time) string {
	c.t.Helper()
	c.n++
	id := fmt.Sprintf("lot%02d", c.n)
	must(c.t, c.Grant(c.t.Context(), c.u, line("g"+id, c.now, wallet.Topup, won), lot(id, won, c.now, expires)))
	return id
}

func (c *cashier) quote(ask act.Ask) act.Quote {
	c.t.Helper()
	q, err := c.Quote(c.t.Context(), c.u, ask, c.now)
	must(c.t, err)
	return q
}

// key is one that has not been used.
func (c *cashier) key() ledger.Key {
	c.n++
	return ledger.Key{ID: fmt.Sprintf("key-%012d", c.n), Request: [32]byte{byte(c.n)}}
}

func (c *cashier) cashOut(q act.Quote, offer int) act.Act {
	c.t.Helper()
	a, err := c.CashOut(c.t.Context(), c.u, "", c.key(), q.ID, offer, c.now)
	must(c.t, err)
	return a
}

// confirmed is a cash-out that is confirmed, if it needs to be.
func (c *cashier) confirmed(a act.Act) act.Act {
	c.t.Helper()
	if a.State == act.Waiting {
		var err error
		a, err = ledger.Confirm(c.t.Context(), c.Ledger, c.u, a.ID, c.now)
		must(c.t, err)
	}
	return a
}

func (c *cashier) work() time.Time {
	c.t.Helper()
	next, err := c.Work(c.t.Context(), c.partner, c.now)
	must(c.t, err)
	return next
}

func (c *cashier) act(id string) (a act.Act) {
	c.t.Helper()
	view(c.t, c.Ledger, c.u, func(v *ledger.View) (err error) {
		a, err = v.Act(id)
		return err
	})
	return a
}

func hand(amounts map[string]int64) act.Ask {
	var sum int64
	for _, n := range amounts {
		sum += n
	}
	return act.Ask{Amount: money.Won(sum), Amounts: amounts}
}

func TestCashOutGoesOutAndIsTold(t *testing.T) {
	t.Parallel()
	places(t, func(t *testing.T, path string) {
		c := newCashier(t, path)
		soon, late := c.grant(4000, c.now.AddDate(0, 0, 5)), c.grant(9000, c.now.AddDate(0, 0, 50))
		a := c.cashOut(c.quote(hand(map[string]int64{"mobile_topup": 3000, "transit_credit": 3000})), 0)
		if a.Amount != money.Won(6000) || a.Fee != money.Won(30) || len(a.Legs) != 2 || a.Net() != money.Won(5970) {
			t.Fatalf("act %+v", a)
		}
		equal(t, left(t, c.Ledger, c.u), map[string]int64{soon: 4000, late: 9000}) // held is not gone
		held, err := ledger.Held(t.Context(), c.Ledger, c.u)
		must(t, err)
		equal(t, held, map[string]int64{soon: 4000, late: 2000})
		a = c.confirmed(a)
		if a.State != act.Going {
			t.Fatalf("confirmed: %s", a.State)
		}
		for range 3 { // a clock that stands still moves nothing on
			if next := c.work(); !next.Equal(c.now.Add(time.Minute)) {
				t.Fatalf("next at %v", next)
			}
		}
		c.now = c.now.Add(time.Minute)
		if next := c.work(); c.act(a.ID).Legs[0].State != act.LegDone || !next.Equal(c.now.Add(9*time.Minute)) {
			t.Fatalf("after a minute %+v, next %v", c.act(a.ID).Legs[0], next)
		}
		balanced(t, c.Ledger)
		c.now = c.now.Add(9 * time.Minute)
		if next := c.work(); !next.IsZero() {
			t.Errorf("something is due at %v", next)
		}
		a = c.act(a.ID)
		if arrived, back := a.Arrived(); a.State != act.Done || arrived != money.Won(5970) || back != money.Won(0) || !a.Ended.Equal(c.now) {
			t.Errorf("ended as %+v", a)
		}
		equal(t, left(t, c.Ledger, c.u), map[string]int64{late: 7000})
		c.told(a)
		balanced(t, c.Ledger)
	})
}

// told holds the history and the changes against what happened.
func (c *cashier) told(a act.Act) {
	t := c.t
	t.Helper()
	view(t, c.Ledger, c.u, func(v *ledger.View) error {
		lines, _, err := v.Transactions(ledger.Lines{Limit: 50})
		var conversions, fees int64
		for _, x := range lines {
			switch x.Type {
			case wallet.Conversion:
				conversions += x.Amount.Minor
			case wallet.FeeCharge:
				fees += x.Amount.Minor
			}
			if x.Order == a.ID && (x.Merchant == "" || x.Reason == "" || x.Issuer != "game") {
				t.Errorf("a line of it is %+v", x)
			}
		}
		if conversions != -5970 || fees != -30 {
			t.Errorf("the history says %d and %d of fees", conversions, fees)
		}
		changes, _, err2 := v.Changes(0, 50)
		last := changes[len(changes)-1]
		if last.Alert == nil || last.Alert.Kind != wallet.AlertCashout || last.Alert.Amount != money.Won(5970) || len(last.Alert.Transactions) != 3 {
			t.Errorf("the last change is %+v", last)
		}
		trail, err3 := v.Trail(a.Legs[0].ID)
		if len(trail) < 2 {
			t.Errorf("its trail is %+v", trail)
		}
		return errors.Join(err, err2, err3)
	})
}

func TestAQuoteIsUsedOnceAndNeverRepriced(t *testing.T) {
	t.Parallel()
	c := newCashier(t, ledger.Memory)
	ctx := t.Context()
	c.grant(9000, time.Time{})
	refused := func(what string, q act.Quote, want fault.Code) {
		t.Helper()
		if _, err := c.CashOut(ctx, c.u, "", c.key(), q.ID, 0, c.now); code(err) != want {
			t.Errorf("%s: %v", what, err)
		}
	}
	q := c.quote(hand(map[string]int64{"mobile_topup": 3000}))
	a := c.cashOut(q, 0)
	refused("used", q, fault.QuoteUsed)
	must1(c.CancelAct(ctx, c.u, a.ID, c.now))(t)
	refused("used by a canceled act", q, fault.QuoteUsed)

	q = c.quote(hand(map[string]int64{"mobile_topup": 9000}))
	must(t, c.Spend(ctx, c.u, line("s", c.now, wallet.Payment, -1)))
	refused("a won short", q, fault.QuoteOutdated)
	refused("still a won short", q, fault.QuoteOutdated)

	q = c.quote(hand(map[string]int64{"mobile_topup": 8000}))
	was := c.now
	c.now = was.Add(ledger.QuoteTime)
	refused("at its end", q, fault.QuoteExpired)
	c.now = was.Add(ledger.QuoteTime - time.Millisecond)
	refused("of nobody", act.Quote{ID: "none"}, fault.NotFound)
	if _, err := c.CashOut(ctx, c.u, "", c.key(), q.ID, 1, c.now); code(err) != fault.NotFound {
		t.Errorf("a plan that it does not have: %v", err)
	}
	c.cashOut(q, 0)

	lapsing := c.grant(5000, c.now.Add(time.Minute))
	q = c.quote(hand(map[string]int64{"donation": 5000}))
	if q.Offers[0].Plan.Legs[0].From[0].Lot != lapsing {
		t.Fatalf("it draws on %+v", q.Offers[0].Plan.Legs)
	}
	c.now = c.now.Add(time.Minute)
	refused("its lot lapsed", q, fault.QuoteOutdated)
	balanced(t, c.Ledger)
}

func must1(_ act.Act, err error) func(testing.TB) {
	return func(t testing.TB) { t.Helper(); must(t, err) }
}

func TestAKeyHasOneEffect(t *testing.T) {
	t.Parallel()
	c := newCashier(t, ledger.Memory)
	ctx := t.Context()
	c.grant(9000, time.Time{})
	q, k := c.quote(hand(map[string]int64{"mobile_topup": 3000})), c.key()
	first, err := c.CashOut(ctx, c.u, "", k, q.ID, 0, c.now)
	must(t, err)
	c.now = c.now.Add(time.Hour) // the quote is used and over, the act has lapsed: the answer is the same act
	again, err := c.CashOut(ctx, c.u, "", k, q.ID, 0, c.now)
	if err != nil || again.ID != first.ID {
		t.Errorf("again: %s after %s, %v", again.ID, first.ID, err)
	}
	k.Request[5]++
	if _, err := c.CashOut(ctx, c.u, "", k, q.ID, 0, c.now); code(err) != fault.KeyReused {
		t.Errorf("with another request: %v", err)
	}
	// A refusal does not use the key up.
	k = c.key()
	if _, err := c.CashOut(ctx, c.u, "", k, "none", 0, c.now); code(err) != fault.NotFound {
		t.Errorf("nothing: %v", err)
	}
	q = c.quote(hand(map[string]int64{"mobile_topup": 3000}))
	if _, err := c.CashOut(ctx, c.u, "", k, q.ID, 0, c.now); err != nil {
		t.Errorf("after a refusal: %v", err)
	}
	balanced(t, c.Ledger)
}

func TestWhatIsNotConfirmedComesBack(t *testing.T) {
	t.Parallel()
	c := newCashier(t, ledger.Memory)
	c.grant(9000, time.Time{})
	a := c.cashOut(c.quote(hand(map[string]int64{"mobile_topup": 9000})), 0)
	if err := c.Spend(t.Context(), c.u, line("s", c.now, wallet.Payment, -1)); code(err) != fault.Insufficient {
		t.Errorf("what is held was spent: %v", err)
	}
	c.now = a.Until.Add(-time.Millisecond)
	if c.work(); c.act(a.ID).State != a.State {
		t.Error("it lapsed too early")
	}
	c.now = a.Until
	if next := c.work(); c.act(a.ID).State != act.Lapsed || !next.IsZero() {
		t.Errorf("its time is over: %+v, next %v", c.act(a.ID), next)
	}
	if _, err := ledger.Confirm(t.Context(), c.Ledger, c.u, a.ID, c.now); code(err) != fault.TooLate {
		t.Errorf("confirmed too late: %v", err)
	}
	must(t, c.Spend(t.Context(), c.u, line("s", c.now, wallet.Payment, -9000)))
	c.grant(2000, time.Time{})
	a = c.cashOut(c.quote(hand(map[string]int64{"mobile_topup": 2000})), 0)
	must1(c.CancelAct(t.Context(), c.u, a.ID, c.now))(t)
	if _, err := c.CancelAct(t.Context(), c.u, a.ID, c.now); code(err) != fault.TooLate {
		t.Errorf("canceled twice: %v", err)
	}
	a = c.confirmed(c.cashOut(c.quote(hand(map[string]int64{"mobile_topup": 2000})), 0))
	if _, err := c.CancelAct(t.Context(), c.u, a.ID, c.now); code(err) != fault.TooLate {
		t.Errorf("canceled when it was going: %v", err)
	}
	balanced(t, c.Ledger)
}

// A pause stops what waits, gives back what it holds, and quotes nothing.
func TestAPauseStopsCashOuts(t *testing.T) {
	t.Parallel()
	c := newCashier(t, ledger.Memory)
	c.grant(9000, time.Time{})
	q := c.quote(hand(map[string]int64{"mobile_topup": 1000}))
	waiting := c.cashOut(c.quote(hand(map[string]int64{"mobile_topup": 5000})), 0)
	going := c.confirmed(c.cashOut(c.quote(hand(map[string]int64{"mobile_topup": 2000})), 0))
	must(t, c.Pause(t.Context(), c.u, "", c.now))
	if got := c.act(waiting.ID); got.State != act.Canceled || got.Legs[0].State != act.LegReturned {
		t.Errorf("what waited is %+v", got)
	}
	if _, err := c.Quote(t.Context(), c.u, hand(map[string]int64{"donation": 10}), c.now); code(err) != fault.Paused {
		t.Errorf("quoted: %v", err)
	}
	if _, err := c.CashOut(t.Context(), c.u, "", c.key(), q.ID, 0, c.now); code(err) != fault.Paused {
		t.Errorf("cashed out: %v", err)
	}
	c.work()
	c.now = c.now.Add(time.Minute) // what has gone out already arrives
	if c.work(); c.act(going.ID).State != act.Done {
		t.Errorf("what went is %+v", c.act(going.ID))
	}
	balanced(t, c.Ledger)
}

func TestNothingConvertibleSaysWhy(t *testing.T) {
	t.Parallel()
	c := newCashier(t, ledger.Memory)
	bad := lot("phone", 5000, c.now, time.Time{})
	bad.Kind, bad.Origin, bad.Issuer = wallet.CarrierCredit, "phone_bill", "telco"
	paid := onBill(line("p", c.now, wallet.Topup, 5000))
	must(t, c.Grant(t.Context(), c.u, paid, bad))
	must(t, c.Spend(t.Context(), c.u, onBill(line("ps", c.now, wallet.Payment, -100)))) // used: it can't be withdrawn from
	_, err := c.Quote(t.Context(), c.u, act.Ask{Amount: money.Won(4000)}, c.now)
	var why *ledger.Inconvertible
	if !errors.As(err, &why) || code(err) != fault.NothingConvertible || len(why.Lots) != 1 || why.Lots[0].Rule == "" || len(why.Rails) != 12 {
		t.Errorf("phone credit: %v, %+v", err, why)
	}
	c.grant(50_000, time.Time{})
	_, err = c.Quote(t.Context(), c.u, hand(map[string]int64{"mobile_topup": 1500}), c.now)
	if !errors.As(err, &why) || why.Rails[0].Rail != "mobile_topup" || why.Rails[0].Code != valuepath.WholeUnits {
		t.Errorf("half a unit by hand: %v, %+v", err, why)
	}
	for what, ask := range map[string]act.Ask{
		"more than there is": {Amount: money.Won(1_000_000)}, "nothing": {Amount: money.Won(0)}, "dollars": {Amount: money.Of(5, money.USD)},
		"no such rail": hand(map[string]int64{"gold": 5}), "less than nothing": {Amount: money.Won(5), Amounts: map[string]int64{"donation": -5}},
		"no such rail left out": {Amount: money.Won(5), Without: []string{"gold"}},
	} {
		if _, err := c.Quote(context.Background(), c.u, ask, c.now); err == nil || code(err) == fault.Internal {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// A quote was made by rails and rules; under others it is not carried out.
func TestAQuoteOfAnotherCatalogueIsNotUsed(t *testing.T) {
	t.Parallel()
	c := newCashier(t, ledger.Memory)
	c.grant(50_000, time.Time{})
	q := c.quote(hand(map[string]int64{"mobile_topup": 10_000}))
	must(t, ledger.Exec(t.Context(), c.Ledger, "UPDATE quotes SET version = 'of last year'"))
	if _, err := c.CashOut(t.Context(), c.u, "phone", c.key(), q.ID, 0, c.now); code(err) != fault.QuoteOutdated {
		t.Errorf("carried out: %v", err)
	}
	balanced(t, c.Ledger)
}
