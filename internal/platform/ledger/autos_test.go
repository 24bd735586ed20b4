package ledger_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/platform/ledger"
	"jandon/internal/wallet"
)

const payee = "to-bank_transfer110-234-567831"

// steady is somebody of long standing with a balance and a device, who sends
// ₩20,000 to the same account once a week.
func steady(t testing.TB, path string, won int64) *cashier {
	c := newCashier(t, path)
	must(t, ledger.Exec(t.Context(), c.Ledger, "UPDATE standings SET level = 'standard'"))
	must(t, ledger.LinkTo(t.Context(), c.Ledger, c.u, "bank_transfer", "110-234-567831", c.now))
	must(t, ledger.Bind(t.Context(), c.Ledger, c.u, "phone", c.now.AddDate(0, -3, 0), c.now.AddDate(0, -3, 1)))
	for n := range 6 {
		must(t, ledger.Exec(t.Context(), c.Ledger, fmt.Sprintf("INSERT INTO earlier VALUES (%d, 'bank_transfer', '%s', %d, 20000)",
			c.u.ID, payee, c.now.AddDate(0, 0, -7*n-1).UnixMilli())))
	}
	c.grant(won, c.now.AddDate(1, 0, 0))
	c.now = c.now.AddDate(0, 0, 2) // Wednesday
	return c
}

func weekly(ceiling, keep int64) act.Terms {
	return act.Terms{Ceiling: money.Won(ceiling), Keep: money.Won(keep), Rail: "bank_transfer", Destination: payee, Every: act.EveryWeek}
}

// allow sets an automatic cash-out, as confirmed from the phone.
func (c *cashier) allow(t act.Terms) act.Act {
	c.t.Helper()
	a, err := c.SetAuto(c.t.Context(), c.u, "phone", c.key(), t, c.now)
	must(c.t, err)
	return c.confirmed(a)
}

func (c *cashier) auto() (a act.Auto) {
	c.t.Helper()
	view(c.t, c.Ledger, c.u, func(v *ledger.View) (err error) {
		a, err = v.Auto(c.now)
		return err
	})
	return a
}

// gone are the acts that went by themselves, newest first.
func (c *cashier) gone() (list []act.Act) {
	c.t.Helper()
	view(c.t, c.Ledger, c.u, func(v *ledger.View) error {
		all, _, err := v.Acts(ledger.Place{}, 100)
		for _, a := range all {
			if a.Automatic {
				list = append(list, a)
			}
		}
		return err
	})
	return list
}

func (c *cashier) to(when string) {
	c.t.Helper()
	at, err := time.Parse(time.RFC3339, when)
	must(c.t, err)
	c.now = at
	c.work()
}

// The clock begins on Wednesday, 25 November 2026.
const (
	sundayNine = "2026-11-29T09:00:00+09:00"
	mondayNine = "2026-11-30T09:00:00+09:00"
)

func TestWhatWasAllowedGoesOnMonday(t *testing.T) {
	t.Parallel()
	c := steady(t, ledger.Memory, 90_000)
	set := c.allow(weekly(30_000, 5_000))
	if set.State != act.Done || set.Need != act.NeedPIN || set.Amount.Minor != 0 || set.Quote != weekly(30_000, 5_000).Digest() {
		t.Fatalf("set %+v", set)
	}
	if held, err := ledger.Held(t.Context(), c.Ledger, c.u); err != nil || len(held) != 0 {
		t.Errorf("setting it holds %v, %v", held, err)
	}
	a := c.auto()
	if a.State != act.AutoOn || !a.Able || a.Next.Format(time.RFC3339) != "2026-11-30T00:00:00Z" || !a.Until.Equal(c.now.AddDate(0, 0, 365)) || a.Payee.Destination != payee {
		t.Fatalf("auto %+v", a)
	}
	next := c.work()
	if want := a.Next.Add(-24 * time.Hour); !next.Equal(want) {
		t.Errorf("wakes at %s, not %s", next, want)
	}
	c.to("2026-11-29T08:59:59+09:00")
	if slices.Contains(c.alerts(), wallet.AlertAutoSoon) {
		t.Error("told too soon")
	}
	c.to(sundayNine)
	c.to(sundayNine)
	if n := count(c.alerts(), wallet.AlertAutoSoon); n != 1 {
		t.Errorf("told %d times", n)
	}
	c.to("2026-11-30T08:59:59+09:00")
	if len(c.gone()) != 0 {
		t.Fatal("it went too soon")
	}
	c.to(mondayNine)
	went := c.gone()
	if len(went) != 1 {
		t.Fatalf("went %+v", went)
	}
	if a := went[0]; a.Amount != money.Won(30_000) || a.Need != act.NeedNone || a.State != act.Going || a.Legs[0].Payee.Destination != payee || a.Device != "phone" || a.Action != act.Cashout {
		t.Errorf("went %+v", a)
	}
	c.to("2026-12-01T10:00:00+09:00")
	if a := c.act(went[0].ID); a.State != act.Done {
		t.Errorf("ended %s", a.State)
	}
	if a := c.auto(); a.Last != went[0].ID || a.Why != "" || a.Next.Format(time.RFC3339) != "2026-12-07T00:00:00Z" {
		t.Errorf("afterwards %+v", a)
	}
	balanced(t, c.Ledger)
}

func count[T comparable](list []T, one T) (n int) {
	for _, x := range list {
		if x == one {
			n++
		}
	}
	return n
}

// It is not that the budget of small acts pays for it.
func TestWhatGoesByItselfIsNoSmallAct(t *testing.T) {
	t.Parallel()
	c := steady(t, ledger.Memory, 90_000)
	c.allow(weekly(9_000, 0))
	c.to(sundayNine)
	c.to(mondayNine)
	if len(c.gone()) != 1 || c.limits("").SmallLeft != money.Won(30_000) {
		t.Errorf("%d went, %+v is left", len(c.gone()), c.limits("").SmallLeft)
	}
}

func TestTwiceInOnePeriod(t *testing.T) {
	t.Parallel()
	places(t, func(t *testing.T, path string) {
		c := steady(t, path, 900_000)
		c.allow(weekly(20_000, 0))
		c.to(sundayNine)
		c.now, _ = time.Parse(time.RFC3339, mondayNine)
		var racers sync.WaitGroup
		for range 8 {
			racers.Go(func() { _, _ = c.Work(t.Context(), c.partner, c.now) })
		}
		racers.Wait()
		c.work()
		if went := c.gone(); len(went) != 1 {
			t.Fatalf("%d went", len(went))
		}
		// Even books that forgot when it is due have the period's row.
		must(t, ledger.Exec(t.Context(), c.Ledger, "UPDATE autos SET next = (SELECT max(period) FROM auto_runs), wake = (SELECT max(period) FROM auto_runs)"))
		if _, err := c.Work(t.Context(), c.partner, c.now); err == nil {
			t.Error("a period came twice")
		}
		if went := c.gone(); len(went) != 1 {
			t.Errorf("%d went", len(went))
		}
		balanced(t, c.Ledger)
	})
}

// Who is told later than a day before, since the platform was away, has the day
// all the same: it goes that much later, and the next one on time.
func TestToldLateItGoesThatMuchLater(t *testing.T) {
	t.Parallel()
	c := steady(t, ledger.Memory, 900_000)
	c.allow(weekly(20_000, 0))
	c.to("2026-11-29T12:00:00+09:00") // three hours after it should have told
	if n := count(c.alerts(), wallet.AlertAutoSoon); n != 1 {
		t.Fatalf("told %d times", n)
	}
	if a := c.auto(); a.Next.Format(time.RFC3339) != "2026-11-30T03:00:00Z" {
		t.Errorf("next %s", a.Next)
	}
	c.to("2026-11-30T11:59:59+09:00")
	if n := len(c.gone()); n != 0 {
		t.Fatalf("%d went less than a day after being told", n)
	}
	c.to("2026-11-30T12:00:00+09:00")
	if n := len(c.gone()); n != 1 || count(c.alerts(), wallet.AlertAutoSoon) != 1 {
		t.Fatalf("%d went, told %v", n, c.alerts())
	}
	if a := c.auto(); a.Next.Format(time.RFC3339) != "2026-12-07T00:00:00Z" {
		t.Errorf("then %s", a.Next)
	}
}

// What is late does not fall into the hour in which the bank is closed: it goes
// when that opens, a day after it was told at the least.
func TestALateOneWaitsUntilTheBankOpens(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		seen, early []string
		goes        string
	}{
		"told in the closed hour":    {[]string{"2026-11-29T23:40:00+09:00"}, []string{"2026-11-30T23:40:00+09:00", "2026-12-01T00:29:59+09:00"}, "2026-12-01T00:30:00+09:00"},
		"come to in the closed hour": {[]string{sundayNine, "2026-11-30T23:45:00+09:00"}, []string{"2026-12-01T00:29:59+09:00"}, "2026-12-01T00:30:00+09:00"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := steady(t, ledger.Memory, 900_000)
			c.allow(weekly(20_000, 0))
			for _, at := range append(x.seen, x.early...) {
				c.to(at)
				if n := len(c.gone()); n != 0 {
					t.Fatalf("%d went at %s", n, at)
				}
			}
			if a := c.auto(); a.Next.Format(time.RFC3339) != "2026-11-30T15:30:00Z" || a.Why != "" {
				t.Errorf("next %s, %q", a.Next, a.Why)
			}
			c.to(x.goes)
			if n := len(c.gone()); n != 1 || count(c.alerts(), wallet.AlertAutoSoon) != 1 || count(c.alerts(), wallet.AlertAutoSkipped) != 0 {
				t.Fatalf("%d went, told %v", n, c.alerts())
			}
			if a := c.auto(); a.Next.Format(time.RFC3339) != "2026-12-07T00:00:00Z" {
				t.Errorf("then %s", a.Next)
			}
			balanced(t, c.Ledger)
		})
	}
}

// What was down for weeks sends the latest period alone.
func TestDowntimeIsCaughtUpOnce(t *testing.T) {
	t.Parallel()
	c := steady(t, ledger.Memory, 900_000)
	c.allow(weekly(20_000, 0))
	c.to("2026-12-16T15:00:00+09:00") // two Mondays and a Wednesday later
	c.work()
	if n := len(c.gone()); n != 0 || count(c.alerts(), wallet.AlertAutoSoon) != 1 {
		t.Fatalf("%d went that nobody was told of a day before, told %v", n, c.alerts())
	}
	c.to("2026-12-17T14:59:59+09:00")
	if n := len(c.gone()); n != 0 {
		t.Fatalf("%d went too soon", n)
	}
	c.to("2026-12-17T15:00:00+09:00")
	c.work()
	if n := len(c.gone()); n != 1 {
		t.Fatalf("%d went", n)
	}
	if a := c.auto(); a.Next.Format(time.RFC3339) != "2026-12-21T00:00:00Z" {
		t.Errorf("next %s", a.Next)
	}
}

func TestItStopsOnEachCondition(t *testing.T) {
	t.Parallel()
	for why, happen := range map[string]func(c *cashier) error{
		"device": func(c *cashier) error { return c.RevokeDevice(c.t.Context(), c.u, "phone", "other", c.now) },
		"destination": func(c *cashier) error {
			return c.UnlinkDestination(c.t.Context(), c.u, payee, "phone", c.now)
		},
		"pause":   func(c *cashier) error { return c.Pause(c.t.Context(), c.u, "phone", c.now) },
		"dispute": func(c *cashier) error { c.disputes(c.now, wallet.Double); return nil },
		"tier": func(c *cashier) error {
			err := ledger.Exec(c.t.Context(), c.Ledger, "UPDATE standings SET acts = 3")
			c.to(sundayNine) // it is looked at when it is told of
			return err
		},
		"rail": func(c *cashier) error {
			err := ledger.Exec(c.t.Context(), c.Ledger, `UPDATE autos SET terms = replace(terms, 'bank_transfer', 'bank_pigeon')`)
			c.to(sundayNine)
			return err
		},
		"year": func(c *cashier) error {
			for c.now.Before(time.Date(2027, 11, 27, 0, 0, 0, 0, time.UTC)) {
				c.now = c.now.AddDate(0, 0, 7)
				c.work()
			}
			return nil
		},
	} {
		t.Run(why, func(t *testing.T) {
			t.Parallel()
			c := steady(t, ledger.Memory, 90_000)
			c.allow(weekly(20_000, 0))
			must(t, happen(c))
			a := c.auto()
			if a.State != act.AutoStopped || a.Why != why || !a.Next.IsZero() {
				t.Fatalf("%+v", a)
			}
			if n := count(c.alerts(), wallet.AlertAutoStopped); n != 1 {
				t.Errorf("told %d times", n)
			}
			went := len(c.gone())
			c.now = c.now.AddDate(0, 0, 14)
			c.work()
			if len(c.gone()) != went {
				t.Error("it went after it had stopped")
			}
			balanced(t, c.Ledger)
		})
	}
}

// A device that has typed too many wrong codes is blocked, and what it allowed stops.
func TestABlockedDeviceStopsWhatItAllowed(t *testing.T) {
	t.Parallel()
	c := steady(t, ledger.Memory, 90_000)
	c.allow(weekly(20_000, 0))
	for range 10 {
		c.now = c.now.Add(time.Hour)
		tried, err := c.Try(t.Context(), c.u, "phone", c.now)
		if err != nil {
			break
		}
		must(t, c.Wrong(t.Context(), tried))
	}
	if a := c.auto(); a.State != act.AutoStopped || a.Why != "device" {
		t.Errorf("%+v", a)
	}
}

// What would have needed the PIN stays, is told, and the next period comes.
func TestWhatNeedsMoreThanACodeDoesNotGo(t *testing.T) {
	t.Parallel()
	c := steady(t, ledger.Memory, 90_000)
	c.allow(weekly(20_000, 0))
	must(t, ledger.Exec(t.Context(), c.Ledger, "UPDATE standings SET level = 'strict'"))
	c.to(sundayNine)
	c.to(mondayNine)
	c.work()
	a := c.auto()
	if len(c.gone()) != 0 || a.State != act.AutoOn || a.Why != "risk" || a.Next.Format(time.RFC3339) != "2026-12-07T00:00:00Z" {
		t.Errorf("%d went, %+v", len(c.gone()), a)
	}
	if n := count(c.alerts(), wallet.AlertAutoSkipped); n != 1 {
		t.Errorf("told %d times", n)
	}
	if n, err := ledger.Count(t.Context(), c.Ledger, "quotes"); err != nil || n != 0 {
		t.Errorf("%d quotes stay, %v", n, err)
	}
	balanced(t, c.Ledger)
}

// Whatever is held, value of the phone bill and of cards stays: it goes by
// itself no more than by hand.
func TestCarrierBilledValueNeverGoesByItself(t *testing.T) {
	t.Parallel()
	for _, kind := range []wallet.Kind{wallet.CarrierCredit, wallet.CardFunded, wallet.Promotional, wallet.KindUnknown} {
		c := steady(t, ledger.Memory, 1) // no rail takes so little
		one := lot("tainted", 90_000, c.now.AddDate(0, 0, -9), c.now.AddDate(1, 0, 0))
		one.Kind = kind
		x := line("tainted-in", c.now.AddDate(0, 0, -1), wallet.Topup, 90_000)
		x.Kind = kind
		must(t, c.Grant(t.Context(), c.u, x, one))
		c.allow(weekly(20_000, 0))
		c.to(sundayNine)
		c.to(mondayNine)
		if a := c.auto(); len(c.gone()) != 0 || a.Why != "nothing" {
			t.Errorf("%v: %+v", kind, c.gone())
		}
		if slices.Contains(c.alerts(), wallet.AlertAutoSkipped) {
			t.Errorf("%v: told of nothing", kind)
		}
	}
}

// A fee that is too much of what goes is not paid for nothing but habit.
func TestADearOneStays(t *testing.T) {
	t.Parallel()
	c := steady(t, ledger.Memory, 4_000) // ₩500 of it
	c.allow(weekly(20_000, 0))
	c.to(sundayNine)
	c.to(mondayNine)
	if a := c.auto(); len(c.gone()) != 0 || a.Why != "fee" {
		t.Errorf("%+v", a)
	}
}

// Over weeks of any income: no week takes more than the ceiling, and what is to stay stays.
func TestNoWeekTakesMoreThanTheCeiling(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		c := steady(t, ledger.Memory, rapid.Int64Range(1, 60_000).Draw(r, "first"))
		ceiling, keep := rapid.Int64Range(1, 30_000).Draw(r, "ceiling"), rapid.Int64Range(0, 20_000).Draw(r, "keep")
		c.allow(weekly(ceiling, keep))
		for week := range rapid.IntRange(1, 4).Draw(r, "weeks") {
			if won := rapid.Int64Range(0, 50_000).Draw(r, "income"); won > 0 {
				c.grant(won, c.now.AddDate(1, 0, 0))
			}
			before := len(c.gone())
			c.now = time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC).AddDate(0, 0, 7*week)
			c.work() // it is told of
			c.now = c.now.AddDate(0, 0, 1)
			have := total(t, c)
			c.work()
			c.work()
			went := c.gone()
			if len(went) > before+1 {
				r.Fatalf("%d went in a week", len(went)-before)
			}
			if len(went) > before && (went[0].Amount.Minor > ceiling || have-went[0].Amount.Minor < keep) {
				r.Fatalf("%d of %d went under %d, keeping %d", went[0].Amount.Minor, have, ceiling, keep)
			}
			c.now = c.now.AddDate(0, 0, 2) // it arrives
			c.work()
		}
		balanced(t, c.Ledger)
	})
}

func total(t *testing.T, c *cashier) (n int64) {
	for _, won := range left(t, c.Ledger, c.u) {
		n += won
	}
	return n
}

// Stopping needs nothing, and what was off stays off.
func TestOffIsOff(t *testing.T) {
	t.Parallel()
	c := steady(t, ledger.Memory, 90_000)
	if err := c.StopAuto(t.Context(), c.u, "phone", c.now); code(err) != fault.NotFound {
		t.Errorf("nothing to stop: %v", err)
	}
	c.allow(weekly(20_000, 0))
	must(t, c.StopAuto(t.Context(), c.u, "phone", c.now))
	c.to(sundayNine)
	c.to(mondayNine)
	if a := c.auto(); a.State != act.AutoOff || len(c.gone()) != 0 || slices.Contains(c.alerts(), wallet.AlertAutoSoon) {
		t.Errorf("%+v", a)
	}
}

// The challenge of the terms asks for the ceiling and its payee, the act itself for nothing.
func TestTheChallengeNamesTheCeiling(t *testing.T) {
	t.Parallel()
	c := steady(t, filepath.Join(t.TempDir(), "p.db"), 90_000)
	a, err := c.SetAuto(t.Context(), c.u, "phone", c.key(), weekly(20_000, 0), c.now)
	must(t, err)
	var said act.Act
	_, err = c.Challenge(t.Context(), c.u, "phone", a.ID, c.now, func(one act.Act, _ ledger.Device, _ time.Time) (string, []byte, error) {
		said = one
		return "c-1", []byte("bytes"), nil
	})
	must(t, err)
	if said.Amount != money.Won(20_000) || len(said.Legs) != 1 || said.Legs[0].Net != money.Won(20_000) || said.Legs[0].Payee.Destination != payee || !strings.HasPrefix(said.Quote, "auto-") {
		t.Errorf("%+v", said)
	}
	if kept := c.act(a.ID); kept.Amount.Minor != 0 || len(kept.Legs) != 0 {
		t.Errorf("kept %+v", kept)
	}
	balanced(t, c.Ledger)
}
