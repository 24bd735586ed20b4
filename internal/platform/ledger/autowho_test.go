package ledger_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/platform/ledger"
	"jandon/internal/wallet"
)

// Who may have an automatic cash-out, to whom, and up to how much.

// What is missing is said by name, and nothing can be set up.
func TestWhatIsMissingIsSaid(t *testing.T) {
	t.Parallel()
	for word, query := range map[string]string{
		"trusted":     "UPDATE standings SET acts = 20",
		"verified":    "UPDATE standings SET verified = 0",
		"pattern":     "DELETE FROM earlier WHERE at % 2 = 0 OR at > 1764000000000 OR 1",
		"destination": "UPDATE destinations SET removed = 1",
		"level":       "UPDATE standings SET level = 'strict'",
		"paused":      "UPDATE standings SET paused = 9000000000000",
		"calm":        fmt.Sprintf("INSERT INTO marks SELECT id, %d, 'dispute', '' FROM users WHERE id > 0", time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC).UnixMilli()),
	} {
		c := steady(t, ledger.Memory, 90_000)
		must(t, ledger.Exec(t.Context(), c.Ledger, query))
		a := c.auto()
		if a.Able || !slices.Contains(a.Missing, word) {
			t.Errorf("%s: %+v", word, a)
		}
		_, err := c.SetAuto(t.Context(), c.u, "phone", c.key(), weekly(1000, 0), c.now)
		if f := fault.From(err); f == nil || f.Code != fault.NotSteady || f.Args["why"] != "auto.need."+a.Missing[0] {
			t.Errorf("%s: %v", word, err)
		}
	}
}

// A ceiling grows out of what was usual, and no faster.
func TestCeilingsAreBounded(t *testing.T) {
	t.Parallel()
	c := steady(t, ledger.Memory, 900_000)
	a := c.auto()
	if len(a.Choices) != 1 || a.Choices[0].Most != money.Won(30_000) || a.Choices[0].Payee.Destination != payee {
		t.Fatalf("choices %+v", a.Choices)
	}
	_, err := c.SetAuto(t.Context(), c.u, "phone", c.key(), weekly(30_001, 0), c.now)
	if f := fault.From(err); f == nil || f.Code != fault.OverLimit || f.Args["limit"] != "30000" {
		t.Errorf("%v", err)
	}
	other := weekly(1000, 0)
	other.Destination = "to-another"
	if _, err := c.SetAuto(t.Context(), c.u, "phone", c.key(), other, c.now); code(err) != fault.NotSteady {
		t.Errorf("another payee: %v", err)
	}
}

// A payee from whom something came back of late is not steady.
func TestAPayeeThatFailedIsNotSteady(t *testing.T) {
	t.Parallel()
	c := steady(t, ledger.Memory, 900_000)
	must(t, ledger.LinkTo(t.Context(), c.Ledger, c.u, "bank_instant", "110-999-0000", c.now)) // numbers like this fail
	to := "to-bank_instant110-999-0000"
	for n := range 6 {
		must(t, ledger.Exec(t.Context(), c.Ledger, fmt.Sprintf("INSERT INTO earlier VALUES (%d, 'bank_instant', '%s', %d, 20000)", c.u.ID, to, c.now.AddDate(0, 0, -7*n-1).UnixMilli())))
	}
	if n := len(c.auto().Choices); n != 2 {
		t.Fatalf("%d choices", n)
	}
	a := c.confirmed(c.by("bank_instant", 20_000))
	for range 3 {
		c.now = c.now.Add(time.Hour)
		c.work()
	}
	if a = c.act(a.ID); a.State != act.Returned {
		t.Fatalf("%s", a.State)
	}
	if list := c.auto().Choices; len(list) != 1 || list[0].Rail != "bank_transfer" {
		t.Errorf("%+v", list)
	}
}

// Between asking and confirming the payee was unlinked: the code is good for nothing.
func TestWhatIsGoneWhenItIsConfirmedIsNotAllowed(t *testing.T) {
	t.Parallel()
	c := steady(t, ledger.Memory, 90_000)
	a, err := c.SetAuto(t.Context(), c.u, "phone", c.key(), weekly(20_000, 0), c.now)
	must(t, err)
	must(t, c.UnlinkDestination(t.Context(), c.u, payee, "phone", c.now))
	if _, err := ledger.Confirm(t.Context(), c.Ledger, c.u, a.ID, c.now); code(err) != fault.NotSteady {
		t.Errorf("%v", err)
	}
	if x := c.auto(); x.State != act.AutoOff {
		t.Errorf("%+v", x)
	}
}

// Nor is it for somebody else than the challenge named.
func TestAPayeeThatChangedBeforeTheCodeIsNotAllowed(t *testing.T) {
	t.Parallel()
	c := steady(t, ledger.Memory, 90_000)
	a, err := c.SetAuto(t.Context(), c.u, "phone", c.key(), weekly(20_000, 0), c.now)
	must(t, err)
	must(t, ledger.Exec(t.Context(), c.Ledger, "UPDATE destinations SET name = 'Somebody else'"))
	if _, err := ledger.Confirm(t.Context(), c.Ledger, c.u, a.ID, c.now); code(err) != fault.NotSteady {
		t.Errorf("%v", err)
	}
}

// Cash-outs of these books are a pattern too, but for those that somebody else
// may have made: until the person takes that back.
func TestWhatWasDisputedIsNoPattern(t *testing.T) {
	t.Parallel()
	for name, takenBack := range map[string]bool{"upheld": false, "withdrawn": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := steady(t, ledger.Memory, 900_000)
			must(t, ledger.Exec(t.Context(), c.Ledger, "DELETE FROM earlier"))
			for range 4 {
				c.confirmed(c.by("bank_transfer", 20_000))
				c.work()
				c.now = c.now.AddDate(0, 0, 2)
				c.work()
			}
			if n := len(c.auto().Choices); n != 1 {
				t.Fatalf("%d choices after four cash-outs", n)
			}
			d := c.disputes(c.now.AddDate(0, 0, -3), wallet.NotMine) // before the last of them
			if a := c.auto(); len(a.Choices) != 0 || !slices.Equal(a.Missing, []string{"trusted", "calm", "pattern"}) && !slices.Equal(a.Missing, []string{"calm", "pattern"}) {
				t.Errorf("under way: %+v", a)
			}
			if takenBack {
				c.withdraws(d)
			}
			c.now = c.now.AddDate(0, 0, 8) // it lowers nothing any more
			c.complain()
			want := []string{"pattern"}
			if takenBack {
				want = nil
			}
			if a := c.auto(); !slices.Equal(a.Missing, want) {
				t.Errorf("%+v", a)
			}
		})
	}
}
