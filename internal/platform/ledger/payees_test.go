package ledger_test

import (
	"strings"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/platform/ledger"
)

// twoBanks is a person with two bank accounts, by their ids: of a and of b, b was linked later.
func twoBanks(t *testing.T) (c *cashier, a, b string) {
	t.Helper()
	c = standard(t, 900_000)
	must(t, ledger.LinkTo(t.Context(), c.Ledger, c.u, "bank_transfer", "110-1111", c.now.AddDate(0, 0, -3)))
	must(t, ledger.LinkTo(t.Context(), c.Ledger, c.u, "bank_transfer", "110-2222", c.now))
	return c, "to-bank_transfer110-1111", "to-bank_transfer110-2222"
}

func paying(won int64, to string) act.Ask {
	ask := hand(map[string]int64{"bank_transfer": won})
	ask.To = map[string]string{"bank_transfer": to}
	return ask
}

func TestTheChosenDestinationIsPaid(t *testing.T) {
	t.Parallel()
	c, a, b := twoBanks(t)
	if q := c.quote(hand(map[string]int64{"bank_transfer": 20_000})); q.Offers[0].Payees[0].Destination != b {
		t.Errorf("without a choice %+v is paid", q.Offers[0].Payees)
	}
	for _, to := range []string{a, b, a} {
		made := c.cashOut(c.quote(paying(20_000, to)), 0)
		if p := made.Legs[0].Payee; p.Destination != to || !strings.HasSuffix(to, p.ID[len(p.ID)-4:]) {
			t.Errorf("%s was chosen and %+v is paid", to, p)
		}
		made = c.confirmed(made)
		c.work()
		if p := c.act(made.ID).Legs[0].Payee; p.Destination != to {
			t.Errorf("in the end %+v", p)
		}
		c.now = c.now.AddDate(0, 0, 1)
		c.work()
	}
	ask := act.Ask{Amount: paying(20_000, a).Amount, To: map[string]string{"bank_transfer": b}} // a plan, not a split
	for _, o := range c.quote(ask).Offers {
		for i, l := range o.Plan.Legs {
			if l.Rail == "bank_transfer" && o.Payees[i].Destination != b {
				t.Errorf("%+v", o.Payees[i])
			}
		}
	}
	balanced(t, c.Ledger)
}

func TestADestinationThatCannotBePaidIsNamed(t *testing.T) {
	t.Parallel()
	c, a, _ := twoBanks(t)
	must(t, ledger.LinkTo(t.Context(), c.Ledger, c.u, "savings_jar", "77-3333", c.now))
	made, err := c.link("bank_transfer", "한결 (한빛은행)", "110-234-567831")
	must(t, err)
	c.confirmed(made)
	waits := ""
	for _, d := range c.destinations() {
		if !d.Pays(c.now) {
			waits = d.ID
		}
	}
	jun, err := c.AddUser(t.Context(), "jun", "KRW")
	must(t, err)
	must(t, ledger.LinkTo(t.Context(), c.Ledger, jun, "bank_transfer", "220-4444", c.now))
	for _, x := range []struct {
		name, rail, to string
		want           fault.Code
	}{
		{"one that is not there", "bank_transfer", "to-nobody", fault.NotFound},
		{"somebody else's", "bank_transfer", "to-bank_transfer220-4444", fault.NotFound},
		{"one of another rail", "bank_transfer", "to-savings_jar77-3333", fault.BadRequest},
		{"one for a rail that is not in the catalogue", "teleport", a, fault.BadRequest},
		{"one that waits", "bank_transfer", waits, fault.DestinationNew},
	} {
		ask := hand(map[string]int64{"bank_transfer": 20_000})
		ask.To = map[string]string{x.rail: x.to}
		_, err := c.Quote(t.Context(), c.u, ask, c.now)
		if code(err) != x.want {
			t.Errorf("%s: %v", x.name, err)
		}
		if f := fault.From(err); x.want == fault.DestinationNew && (!strings.Contains(f.Args["payee"], "한결 (한빛은행) · ***-***-**7831") || f.Args["until"] != c.now.Add(10*time.Minute).UTC().Format(time.RFC3339)) {
			t.Errorf("%s: it names %v", x.name, f.Args)
		}
	}
	c.now = c.now.Add(10 * time.Minute)
	if q := c.quote(paying(20_000, waits)); q.Offers[0].Payees[0].Destination != waits {
		t.Errorf("%+v", q.Offers[0].Payees)
	}
}

// A quote is for the payees that it names: whatever becomes of destinations
// meanwhile, nobody else is paid by it.
func TestAQuoteIsNotRedirected(t *testing.T) {
	t.Parallel()
	for name, meanwhile := range map[string]func(c *cashier, a, b string) error{
		"another was used since": func(c *cashier, _, b string) error {
			c.confirmed(c.cashOut(c.quote(paying(10_000, b)), 0))
			c.work()
			return nil
		},
		"it was unlinked": func(c *cashier, a, _ string) error {
			return c.UnlinkDestination(t.Context(), c.u, a, "", c.now)
		},
		"it was unlinked and another looks the same": func(c *cashier, a, _ string) error {
			must(t, c.UnlinkDestination(t.Context(), c.u, a, "", c.now))
			return ledger.Exec(t.Context(), c.Ledger, "UPDATE destinations SET number = '***-1111' WHERE removed IS NULL")
		},
		"it is called otherwise": func(c *cashier, _, _ string) error {
			return ledger.Exec(t.Context(), c.Ledger, "UPDATE destinations SET name = 'Somebody'")
		},
		"its number is another": func(c *cashier, _, _ string) error {
			return ledger.Exec(t.Context(), c.Ledger, "UPDATE destinations SET number = '***-9876'")
		},
		"it has to wait": func(c *cashier, _, _ string) error {
			return ledger.Exec(t.Context(), c.Ledger, "UPDATE destinations SET usable = 9000000000000")
		},
		"its rail is another": func(c *cashier, _, _ string) error {
			return ledger.Exec(t.Context(), c.Ledger, "UPDATE destinations SET rail = 'savings_jar'")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, a, b := twoBanks(t)
			q := c.quote(paying(20_000, a))
			must(t, meanwhile(c, a, b))
			made, err := c.CashOut(t.Context(), c.u, "", c.key(), q.ID, 0, c.now)
			switch {
			case name == "another was used since":
				must(t, err)
				if made.Legs[0].Payee.Destination != a {
					t.Errorf("%+v is paid", made.Legs[0].Payee)
				}
			case code(err) != fault.QuoteOutdated:
				t.Errorf("%v, %+v", err, made)
			}
			if err == nil { // and it was for this once
				if _, err := c.CashOut(t.Context(), c.u, "", c.key(), q.ID, 0, c.now); code(err) != fault.QuoteUsed {
					t.Errorf("again: %v", err)
				}
			}
			balanced(t, c.Ledger)
		})
	}
}
