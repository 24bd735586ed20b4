package ledger_test

import (
	"strings"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/platform/ledger"
	"jandon/internal/wallet"
)

func (c *cashier) link(rail, name, number string) (act.Act, error) {
	return c.LinkDestination(c.t.Context(), c.u, "", c.key(), ledger.Link{Rail: rail, Name: name, Number: number}, c.now)
}

func (c *cashier) destinations() (list []act.Destination) {
	c.t.Helper()
	view(c.t, c.Ledger, c.u, func(v *ledger.View) (err error) {
		list, err = v.Destinations()
		return err
	})
	return list
}

func (c *cashier) alerts() (kinds []wallet.AlertKind) {
	c.t.Helper()
	view(c.t, c.Ledger, c.u, func(v *ledger.View) error {
		list, _, err := v.Alerts(ledger.Place{}, 50)
		for _, a := range list {
			kinds = append(kinds, a.Kind)
		}
		return err
	})
	return kinds
}

func TestANewDestinationWaitsAndIsTold(t *testing.T) {
	t.Parallel()
	c := standard(t, 900_000)
	a, err := c.link("bank_transfer", "한결 (한빛은행)", "110-234-567831")
	must(t, err)
	if a.Need != act.NeedPIN || a.State != act.Waiting || a.Subject.Name != "한결 (한빛은행)" || a.Subject.ID != "***-***-**7831" || a.Amount.Minor != 0 {
		t.Fatalf("%+v", a)
	}
	if len(c.destinations()) != 0 || len(c.alerts()) != 0 {
		t.Error("it is linked before it is confirmed")
	}
	if a = c.confirmed(a); a.State != act.Done {
		t.Fatalf("confirmed: %s", a.State)
	}
	d := c.destinations()
	if len(d) != 1 || d[0].Number != "***-***-**7831" || !d[0].Usable.Equal(c.now.Add(10*time.Minute)) || !d[0].Used.IsZero() {
		t.Fatalf("%+v", d)
	}
	if kinds := c.alerts(); len(kinds) != 1 || kinds[0] != wallet.AlertDestination {
		t.Errorf("alerts %v", kinds)
	}
	c.now = c.now.Add(10*time.Minute - time.Second)
	if got := c.refused("", "bank_transfer", 20_000); got != fault.NothingConvertible || c.limits("").Linked["bank_transfer"] {
		t.Errorf("a second too soon: %q", got)
	}
	c.now = c.now.Add(time.Second)
	out := c.confirmed(c.by("bank_transfer", 20_000))
	if p := out.Legs[0].Payee; p.Destination != d[0].ID || p.Name != d[0].Name || p.ID != d[0].Number {
		t.Errorf("paid to %+v", p)
	}
	c.work()
	c.now = c.now.Add(24 * time.Hour)
	c.work()
	if d := c.destinations(); !d[0].Used.Equal(c.now) {
		t.Errorf("used %v", d[0].Used)
	}
}

// A quote made for a destination does not pay one that is not to be used yet.
func TestAWaitingDestinationIsNotPaidThroughAnOldQuote(t *testing.T) {
	t.Parallel()
	c := standard(t, 900_000)
	must(t, ledger.LinkTo(t.Context(), c.Ledger, c.u, "bank_transfer", "110-1111", c.now))
	q := c.quote(hand(map[string]int64{"bank_transfer": 20_000}))
	must(t, ledger.Exec(t.Context(), c.Ledger, "UPDATE destinations SET usable = 9000000000000"))
	if _, err := c.CashOut(t.Context(), c.u, "", c.key(), q.ID, 0, c.now); code(err) != fault.QuoteOutdated && code(err) != fault.DestinationNew {
		t.Errorf("%v", err)
	}
}

func TestHostileDestinationsAreRefused(t *testing.T) {
	t.Parallel()
	c := standard(t, 900_000)
	for _, x := range []struct {
		name, rail, who, number string
		want                    fault.Code
	}{
		{"an unknown rail", "teleport", "Mina", "110-1111", fault.BadRequest},
		{"a rail that needs none", "donation", "Mina", "110-1111", fault.BadRequest},
		{"no name", "bank_transfer", " ", "110-1111", fault.BadRequest},
		{"a name that writes backwards", "bank_transfer", "Mina\u202eanim", "110-1111", fault.UnsafeText},
		{"a name with an escape", "bank_transfer", "Mina\x1b[2J", "110-1111", fault.UnsafeText},
		{"a name without end", "bank_transfer", strings.Repeat("가", 61), "110-1111", fault.BadRequest},
		{"letters for digits", "bank_transfer", "Mina", "11O-1111", fault.BadRequest},
		{"nothing but dashes", "bank_transfer", "Mina", "-------", fault.BadRequest},
		{"three digits", "bank_transfer", "Mina", "1-1-1", fault.BadRequest},
		{"a number without end", "bank_transfer", "Mina", strings.Repeat("1", 41), fault.BadRequest},
	} {
		if _, err := c.link(x.rail, x.who, x.number); code(err) != x.want {
			t.Errorf("%s: %v", x.name, err)
		}
	}
}

func TestADestinationIsLinkedOnce(t *testing.T) {
	t.Parallel()
	c := standard(t, 900_000)
	k := c.key()
	want := ledger.Link{Rail: "bank_transfer", Name: "Mina", Number: "110-234-567831"}
	first, err := c.LinkDestination(t.Context(), c.u, "", k, want, c.now)
	must(t, err)
	again, err := c.LinkDestination(t.Context(), c.u, "", k, want, c.now)
	must(t, err)
	if first.ID != again.ID {
		t.Errorf("one key made %s and %s", first.ID, again.ID)
	}
	c.confirmed(first)
	if _, err := c.link("bank_transfer", "Mina again", "110234567831"); code(err) != fault.BadRequest {
		t.Errorf("the same number with other dashes: %v", err)
	}
	if _, err := c.link("bank_instant", "Mina", "110-234-567831"); err != nil {
		t.Errorf("the same number for another rail: %v", err)
	}
}

func TestUnlinkingEndsWhatWaits(t *testing.T) {
	t.Parallel()
	c := standard(t, 900_000)
	must(t, ledger.LinkTo(t.Context(), c.Ledger, c.u, "bank_transfer", "110-1111", c.now))
	a := c.by("bank_transfer", 200_000)
	if a.State != act.Waiting {
		t.Fatalf("%s", a.State)
	}
	d := c.destinations()[0]
	must(t, c.UnlinkDestination(t.Context(), c.u, d.ID, "", c.now))
	if a = c.act(a.ID); a.State != act.Canceled || len(c.destinations()) != 0 {
		t.Errorf("%s", a.State)
	}
	if err := c.UnlinkDestination(t.Context(), c.u, d.ID, "", c.now); code(err) != fault.NotFound {
		t.Errorf("twice: %v", err)
	}
	if got := c.refused("", "bank_transfer", 20_000); got != fault.NothingConvertible {
		t.Errorf("%q", got)
	}
	balanced(t, c.Ledger)
}
