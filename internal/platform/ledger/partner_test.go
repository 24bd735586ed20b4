package ledger_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/money"
	"jandon/internal/platform/ledger"
	"jandon/internal/wallet"
)

// What a payee's number ends in decides how it goes, so that each outcome can be had.
func TestEveryOutcomeOfALegCanBeHad(t *testing.T) {
	t.Parallel()
	const rail = time.Minute // bank_instant
	for number, want := range map[string]struct {
		state   act.State
		failure string
		asking  bool          // the partner's first answer is missing
		took    time.Duration // until it ended
	}{
		"110-222-334444": {act.Done, "", false, rail},
		"110-222-330000": {act.Returned, "account_closed", false, 0},
		"110-222-338888": {act.Returned, "declined", false, 3 * rail},
		"110-222-339999": {act.Done, "", true, rail},
		"110-222-337777": {act.Done, "", true, rail + 15*time.Second},
	} {
		t.Run(number, func(t *testing.T) {
			t.Parallel()
			c := newCashier(t, ledger.Memory)
			must(t, ledger.LinkTo(t.Context(), c.Ledger, c.u, "bank_instant", number, c.now))
			id := c.grant(50_000, time.Time{})
			c.now = c.now.AddDate(0, 0, 30) // the rail takes what has settled
			a := c.confirmed(c.cashOut(c.quote(hand(map[string]int64{"bank_instant": 20_000})), 0))
			if a.Legs[0].Payee.Name != "Mina" || a.Legs[0].Payee.ID == number {
				t.Errorf("paid is %+v", a.Legs[0].Payee)
			}
			began := c.now
			next := c.work()
			if got := c.act(a.ID).Legs[0].State == act.LegAsking; got != want.asking {
				t.Errorf("after a first try the leg is %s", c.act(a.ID).Legs[0].State)
			}
			for tries := 0; !next.IsZero(); tries++ {
				if c.now = next; tries > 10 {
					t.Fatal("it never ends")
				}
				next = c.work()
			}
			a = c.act(a.ID)
			leg := a.Legs[0]
			if a.State != want.state || leg.Failure != want.failure || leg.Ended.Sub(began) != want.took {
				t.Errorf("ended %s, %q after %v", a.State, leg.Failure, leg.Ended.Sub(began))
			}
			have := map[string]int64{id: 30_000}
			if want.state == act.Returned {
				have[id] = 50_000
			}
			equal(t, left(t, c.Ledger, c.u), have)
			paid, err := ledger.Delivered(t.Context(), c.Ledger, c.now)
			must(t, err)
			if (len(paid) == 1) != (want.state == act.Done) || want.state == act.Done && paid[leg.ID] != leg.Net.Minor {
				t.Errorf("the partner paid %v", paid)
			}
			balanced(t, c.Ledger)
		})
	}
}

// What comes back is in the very lots it came from, with tags and expiry
// unchanged; a lot whose time came meanwhile lapses then, and that is told.
func TestWhatComesBackKeepsItsTags(t *testing.T) {
	t.Parallel()
	c := newCashier(t, ledger.Memory)
	must(t, ledger.LinkTo(t.Context(), c.Ledger, c.u, "bank_transfer", "1238888", c.now))
	soon, late := c.grant(10_000, c.now.AddDate(0, 0, 31)), c.grant(30_000, time.Time{})
	c.now = c.now.AddDate(0, 0, 30)
	before := c.lots()
	a := c.confirmed(c.cashOut(c.quote(hand(map[string]int64{"bank_transfer": 20_000})), 0))
	c.work()
	c.now = c.now.AddDate(0, 0, 2)
	must(t, c.Sweep(t.Context(), c.u, c.now))
	if held := c.lots(); held[soon] != before[soon] || held[late] != before[late] { // what is held does not lapse
		t.Errorf("held %+v of %+v", held, before)
	}
	for next := c.work(); !next.IsZero(); next = c.work() {
		c.now = next
	}
	if got := c.act(a.ID); got.State != act.Returned {
		t.Fatalf("declined: %+v", got)
	}
	after := c.lots()
	if len(after) != 1 || after[late] != before[late] {
		t.Errorf("left %+v of %+v", after, before)
	}
	view(t, c.Ledger, c.u, func(v *ledger.View) error {
		x, err := v.Transaction("x" + soon)
		if x.Type != wallet.Expire || x.Amount != money.Won(-10_000) || !x.At.Equal(c.now) { // when it came back, not before
			t.Errorf("the lapse is %+v", x)
		}
		alerts, _, err2 := v.Alerts(ledger.Place{}, 5)
		if len(alerts) == 0 || alerts[0].Kind != wallet.AlertReturned || alerts[0].Amount != money.Won(20_000) {
			t.Errorf("alerts %+v", alerts)
		}
		return errors.Join(err, err2)
	})
	balanced(t, c.Ledger)
}

func (c *cashier) lots() map[string]wallet.Lot {
	c.t.Helper()
	have := map[string]wallet.Lot{}
	view(c.t, c.Ledger, c.u, func(v *ledger.View) error {
		lots, err := v.Lots()
		for _, l := range lots {
			have[l.ID] = l
		}
		return err
	})
	return have
}

// An order that is told twice is one order, and a partner that can't be
// reached is asked less and less often, but never given up on.
func TestAnUnknownAnswerIsNeverUndone(t *testing.T) {
	t.Parallel()
	c := newCashier(t, ledger.Memory)
	simulator := c.partner
	deaf := &deaf{}
	c.partner = deaf
	id := c.grant(5000, time.Time{})
	a := c.confirmed(c.cashOut(c.quote(hand(map[string]int64{"mobile_topup": 5000})), 0))
	began := c.now
	for next := c.work(); c.now.Sub(began) < 30*24*time.Hour; next = c.work() {
		if next.Sub(c.now) > time.Hour || !next.After(c.now) {
			t.Fatalf("after %v it is due again after %v", c.now.Sub(began), next.Sub(c.now))
		}
		c.now = next
	}
	if got := c.act(a.ID); got.State != act.Going || got.Legs[0].State != act.LegAsking || deaf.asked < 700 || deaf.sent != 1 { // it may have the order: it is asked, not told again
		t.Errorf("after a month without an answer, asked %d times and told %d: %+v", deaf.asked, deaf.sent, got)
	}
	equal(t, left(t, c.Ledger, c.u), map[string]int64{id: 5000})
	c.partner = simulator
	for next := c.work(); !next.IsZero(); next = c.work() {
		c.now = next
	}
	if got := c.act(a.ID); got.State != act.Done {
		t.Errorf("answered at last: %+v", got)
	}
	balanced(t, c.Ledger)
}

// What a payee's number ends in decides how and when an order ends, counted from
// when the simulator heard of it.
func TestTheSimulatorKeepsItsTimes(t *testing.T) {
	t.Parallel()
	l, _ := books(t, ledger.Memory)
	for number, c := range map[string]struct {
		lost, heard bool          // the first answer, and whether the first order was
		after       time.Duration // that it was heard
		fate        ledger.Fate
		code        string
	}{
		"110-1234": {false, true, time.Hour, ledger.Paid, ""},
		"110-0000": {false, true, 0, ledger.Refused, "account_closed"},
		"110-7777": {true, false, time.Hour, ledger.Paid, ""},
		"110-8888": {false, true, 3 * time.Hour, ledger.Refused, "declined"},
		"110-9999": {true, true, time.Hour, ledger.Paid, ""},
	} {
		now := time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)
		sim := l.Simulator(func() time.Time { return now })
		o := ledger.Order{ID: "leg-" + number, Rail: "bank_transfer", PayeeID: number, Amount: money.Won(5000), Time: time.Hour}
		heard := now
		if _, err := sim.Send(t.Context(), o); (err != nil) != c.lost {
			t.Errorf("%s: %v", number, err)
		}
		a, err := sim.Ask(t.Context(), o.ID)
		must(t, err)
		if (a.Fate != ledger.FateUnknown) != c.heard {
			t.Errorf("%s: %+v of the first order", number, a)
		}
		now = now.Add(10 * time.Minute)
		if !c.heard {
			heard = now
		}
		_, err = sim.Send(t.Context(), o)
		must(t, err)
		if c.after > 0 {
			now = heard.Add(c.after - time.Millisecond)
			if a, err = sim.Ask(t.Context(), o.ID); err != nil || a.Fate != ledger.Accepted || !a.Ends.Equal(heard.Add(c.after)) {
				t.Errorf("%s: %+v (%v) before its time", number, a, err)
			}
			now = now.Add(time.Millisecond)
		}
		if a, err = sim.Ask(t.Context(), o.ID); err != nil || a.Fate != c.fate || a.Code != c.code {
			t.Errorf("%s: %+v (%v) at its time", number, a, err)
		}
	}
}

// An act that nobody confirms is due when its time is over, though nobody reads.
func TestWorkIsDueWhenAnActLapses(t *testing.T) {
	t.Parallel()
	c := newCashier(t, ledger.Memory)
	c.grant(5000, time.Time{})
	a := c.cashOut(c.quote(hand(map[string]int64{"mobile_topup": 5000})), 0)
	if next := c.work(); a.State != act.Waiting || !next.Equal(a.Until) {
		t.Fatalf("%s until %v, due at %v", a.State, a.Until, next)
	}
	c.now = a.Until
	if next := c.work(); !next.IsZero() || c.act(a.ID).State != act.Lapsed {
		t.Errorf("%+v, due at %v", c.act(a.ID), next)
	}
}

// A partner that says neither when it pays nor that it has is asked again, and not without end.
func TestAVaguePartnerIsAskedAgain(t *testing.T) {
	t.Parallel()
	c := newCashier(t, ledger.Memory)
	c.grant(5000, time.Time{})
	a := c.confirmed(c.cashOut(c.quote(hand(map[string]int64{"mobile_topup": 5000})), 0))
	v := &vague{}
	c.partner = v
	for i := range 5 {
		next := c.work()
		if v.asked != i || !next.After(c.now) || c.act(a.ID).Legs[0].State != act.LegGoing {
			t.Fatalf("asked %d times by the %dth try, due again at %v", v.asked, i+1, next)
		}
		c.now = next
	}
	balanced(t, c.Ledger)
}

// vague is a partner that has accepted, whenever it is asked.
type vague struct{ asked int }

func (v *vague) Send(context.Context, ledger.Order) (ledger.Answer, error) {
	return ledger.Answer{Fate: ledger.Accepted}, nil
}

func (v *vague) Ask(context.Context, string) (ledger.Answer, error) {
	v.asked++
	return ledger.Answer{Fate: ledger.Accepted}, nil
}

// deaf is a partner that never answers.
type deaf struct{ sent, asked int }

func (d *deaf) Send(context.Context, ledger.Order) (ledger.Answer, error) {
	d.sent++
	return ledger.Answer{}, errors.New("no answer")
}

func (d *deaf) Ask(context.Context, string) (ledger.Answer, error) {
	d.asked++
	return ledger.Answer{}, errors.New("no answer")
}
