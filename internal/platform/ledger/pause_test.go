package ledger_test

import (
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/i18n"
	"jandon/internal/platform/ledger"
	"jandon/internal/valuepath"
)

func TestAPauseStopsEverythingAtOnce(t *testing.T) {
	t.Parallel()
	c := standard(t, 900_000)
	ctx := t.Context()
	going, waiting := c.by("donation", 1_000), c.by("mobile_topup", 50_000)
	link, err := c.link("bank_transfer", "Mina", "110-1111")
	must(t, err)
	q := c.quote(hand(map[string]int64{"donation": 500}))
	must(t, c.Pause(ctx, c.u, "", c.now))
	if going, waiting, link = c.act(going.ID), c.act(waiting.ID), c.act(link.ID); going.State != act.Going || waiting.State != act.Canceled || link.State != act.Canceled {
		t.Errorf("under way %s, waiting %s, new destination %s", going.State, waiting.State, link.State)
	}
	if _, err := c.CashOut(ctx, c.u, "", c.key(), q.ID, 0, c.now); code(err) != fault.Paused || fault.From(err).Args["until"] == "" {
		t.Errorf("an old quote while paused: %v", err)
	}
	l := c.limits("")
	if !l.Paused.Equal(c.now.Add(72*time.Hour)) || l.Tier != valuepath.TierTrusted || l.Floor != act.LevelCareful {
		t.Errorf("%v, %s, %s", l.Paused, l.Tier, l.Floor)
	}
	must(t, ledger.Exec(ctx, c.Ledger, "UPDATE standings SET paused = 9000000000000")) // a longer one is not cut short by another
	must(t, c.Pause(ctx, c.u, "", c.now))
	if l := c.limits(""); l.Paused.UnixMilli() != 9000000000000 {
		t.Errorf("paused until %v", l.Paused)
	}
	balanced(t, c.Ledger)
}

func TestAPauseSaysWhy(t *testing.T) {
	t.Parallel()
	c := standard(t, 900_000)
	must(t, c.Pause(t.Context(), c.u, "", c.now))
	for _, lang := range []string{"en", "ko"} {
		if why := c.limits("").PausedWhy; !i18n.Must(lang).Has("pause." + why) {
			t.Errorf("%s: no text for %q", lang, why)
		}
	}
}

func TestAPauseEndsByItselfOrByAnAct(t *testing.T) {
	t.Parallel()
	c := standard(t, 900_000)
	ctx := t.Context()
	if _, err := c.Resume(ctx, c.u, "", c.key(), c.now); code(err) != fault.TooLate {
		t.Errorf("nothing to end: %v", err)
	}
	must(t, c.Pause(ctx, c.u, "", c.now))
	a, err := c.Resume(ctx, c.u, "", c.key(), c.now)
	must(t, err)
	if a.Need != act.NeedPIN || a.State != act.Waiting {
		t.Fatalf("%+v", a)
	}
	if got := c.refused("", "donation", 500); got != fault.Paused {
		t.Errorf("before it is confirmed: %q", got)
	}
	c.confirmed(a)
	if l := c.limits(""); !l.Paused.IsZero() || l.PausedWhy != "" {
		t.Errorf("paused until %v for %q", l.Paused, l.PausedWhy)
	}
	if got := c.refused("", "donation", 500); got != "" {
		t.Errorf("afterwards: %q", got)
	}
	must(t, c.Pause(ctx, c.u, "", c.now))
	c.now = c.now.Add(72 * time.Hour)
	if got := c.refused("", "donation", 500); got != "" {
		t.Errorf("three days later: %q", got)
	}
}

func TestRaisingALevelIsAtOnceLoweringIsAnAct(t *testing.T) {
	t.Parallel()
	c := standard(t, 900_000)
	ctx := t.Context()
	set := func(to act.Level) (act.Level, *act.Act) {
		t.Helper()
		now, a, err := c.SetLevel(ctx, c.u, "", c.key(), to, c.now)
		must(t, err)
		return now, a
	}
	if now, a := set(act.LevelStrict); now != act.LevelStrict || a != nil {
		t.Errorf("raised to %s by %v", now, a)
	}
	if a := c.by("donation", 100); a.Need != act.NeedPIN {
		t.Errorf("strict: ₩100 needs %s", a.Need)
	}
	now, a := set(act.LevelStandard)
	if now != act.LevelStrict || a == nil || a.Need != act.NeedPIN || a.Subject.ID != "standard" {
		t.Fatalf("%s, %+v", now, a)
	}
	if l := c.limits(""); l.Level != act.LevelStrict {
		t.Errorf("it is %s before it is confirmed", l.Level)
	}
	c.confirmed(*a)
	if l := c.limits(""); l.Level != act.LevelStandard {
		t.Errorf("it is %s once confirmed", l.Level)
	}
	set(act.LevelCareful)
	_, lower := set(act.LevelStandard)
	set(act.LevelStrict) // a thief's request to lower it does not survive
	if got := c.act(lower.ID); got.State != act.Canceled {
		t.Errorf("the older wish is %s", got.State)
	}
	if _, _, err := c.SetLevel(ctx, c.u, "", c.key(), "reckless", c.now); code(err) != fault.BadRequest {
		t.Errorf("no level: %v", err)
	}
	k := c.key()
	_, one, err := c.SetLevel(ctx, c.u, "", k, act.LevelStandard, c.now)
	must(t, err)
	_, two, err := c.SetLevel(ctx, c.u, "", k, act.LevelStandard, c.now)
	must(t, err)
	if one == nil || two == nil || one.ID != two.ID {
		t.Errorf("one key made %v and %v", one, two)
	}
}

// Of two that wait to end a pause the second ends none, also not the next one;
// both name the day that a person reads on the screen.
func TestAResumeThatWaitsEndsNoLaterPause(t *testing.T) {
	t.Parallel()
	c := standard(t, 900_000)
	c.now = c.now.Add(13 * time.Hour) // already tomorrow in Seoul
	ctx := t.Context()
	must(t, c.Pause(ctx, c.u, "", c.now))
	first, err := c.Resume(ctx, c.u, "", c.key(), c.now)
	must(t, err)
	second, err := c.Resume(ctx, c.u, "", c.key(), c.now)
	must(t, err)
	zone, err := time.LoadLocation(c.limits("").Zone)
	must(t, err)
	if day := c.limits("").Paused.In(zone).Format(time.DateOnly); first.Subject.ID != day {
		t.Errorf("it is about the pause until %s, which lasts until %s", first.Subject.ID, day)
	}
	c.confirmed(first)
	must(t, c.Pause(ctx, c.u, "", c.now))
	view(t, c.Ledger, c.u, func(v *ledger.View) error {
		a, err := v.Act(second.ID)
		if err == nil && a.State != act.Canceled {
			t.Errorf("the second is %s", a.State)
		}
		return err
	})
	if c.limits("").Paused.IsZero() {
		t.Error("the later pause is over")
	}
}
