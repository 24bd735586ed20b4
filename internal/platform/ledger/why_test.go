package ledger_test

import (
	"testing"
	"time"

	"jandon/internal/fault"
	"jandon/internal/i18n"
	"jandon/internal/platform/ledger"
)

// A person whose limits are less for a while is told why and until when, in
// the limits and in the refusal.
func TestALimitSaysWhyItIsLess(t *testing.T) {
	t.Parallel()
	c := standard(t, 900_000)
	until := c.now.Add(24 * time.Hour)
	must(t, ledger.Bind(t.Context(), c.Ledger, c.u, "new", c.now, until))
	said := func(device, why string, until time.Time) {
		t.Helper()
		l := c.limits(device)
		if l.Total.Why != why || !l.Total.Until.Equal(until) {
			t.Errorf("%q: %q until %v, want %q until %v", device, l.Total.Why, l.Total.Until, why, until)
		}
		for _, lang := range []string{"en", "ko"} {
			if why != "" && !i18n.Must(lang).Has("limit.why."+why) {
				t.Errorf("%s: no text for %q", lang, why)
			}
		}
		for _, r := range l.Rails {
			if r.Why != "" || !r.Until.IsZero() {
				t.Errorf("%s is not less: %+v", r.Rail, r)
			}
		}
	}
	said("new", "new_device", until)
	said("old", "", time.Time{})
	q := c.quote(hand(map[string]int64{"transit_credit": 60_000}))
	_, err := c.CashOut(t.Context(), c.u, "new", c.key(), q.ID, 0, c.now)
	if f := fault.From(err); f.Code != fault.OverLimit || f.Args["why"] != "limit.why.new_device" || f.Args["until"] != until.UTC().Format(time.RFC3339) || f.Args["left"] != "50000" {
		t.Errorf("%v", err)
	}
	c.now = until.Add(-time.Second)
	said("new", "new_device", until)
	c.now = until
	said("new", "", time.Time{})

	// A pause drops a tier for a week; a new device is the narrower of both.
	stopped := c.now
	must(t, c.Pause(t.Context(), c.u, "", c.now))
	must(t, ledger.Exec(t.Context(), c.Ledger, "UPDATE standings SET paused = 0"))
	c.now = c.now.Add(time.Second)
	week := stopped.AddDate(0, 0, 7)
	said("", "dropped", week)
	must(t, ledger.Bind(t.Context(), c.Ledger, c.u, "newer", c.now, c.now.Add(24*time.Hour)))
	said("newer", "new_device", c.now.Add(24*time.Hour))
	c.now = week
	said("", "", time.Time{})

	// Where a tier allows no more than a new device, that is not why.
	must(t, ledger.Exec(t.Context(), c.Ledger, "UPDATE standings SET acts = 0, verified = 0"))
	if l := c.limits(""); l.Total.Why != "" || l.Tier.String() != "new" {
		t.Errorf("%s: %+v", l.Tier, l.Total)
	}
}
