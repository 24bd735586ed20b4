package risk_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"regexp"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/platform/risk"
	"jandon/internal/valuepath"
)

// A number changes with a new version, as the file says, or decisions in the
// log could not be explained by the version that they name.
func TestANumberChangesOnlyWithANewVersion(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile("data/policy.toml")
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(regexp.MustCompile(`(?m)\s*#.*$|[ \t]+|^version.*$`).ReplaceAll(content, nil))
	known := map[string]string{"2026-11-01": "17309b339e9c8eec"}
	if got := hex.EncodeToString(sum[:8]); known[policy(t).Version] != got {
		t.Errorf("version %s is %s, not %s: a new number is a new version, with its sum here", policy(t).Version, got, known[policy(t).Version])
	}
}

// The rules of the design, each with its number.
func TestHardRulesAreThoseOfTheDesign(t *testing.T) {
	t.Parallel()
	w := policy(t)
	for name, x := range map[string]struct{ got, want time.Duration }{
		"a device is new":             {w.YoungDeviceTime(), 24 * time.Hour},
		"a new destination waits":     {w.DestinationWait(), 10 * time.Minute},
		"an act waits":                {w.WaitTime(), 10 * time.Minute},
		"a review takes":              {w.ReviewTime(), 30 * time.Minute},
		"what it released waits":      {w.ReleasedTime(), 24 * time.Hour},
		"a pause lasts":               {w.PauseTime(), 72 * time.Hour},
		"learning waits":              {w.LearnAfter(), 24 * time.Hour},
		"a mark counts":               {w.MarkTime(), 7 * 24 * time.Hour},
		"wrong codes count":           {w.WrongFor(), 12 * time.Hour},
		"what goes by itself is told": {w.AutoNotice(), 24 * time.Hour},
	} {
		if x.got != x.want {
			t.Errorf("%s for %s, not %s", name, x.got, x.want)
		}
	}
	if w.YoungDeviceMost() != 50_000 || w.Released(120) || !w.Released(119) {
		t.Errorf("a new device moves %d; reviews release up to another number of points", w.YoungDeviceMost())
	}
}

// Tiers are earned with the last day and the last act, and move no more than theirs.
func TestTiersAtTheirEdges(t *testing.T) {
	t.Parallel()
	w := policy(t)
	const hour = time.Hour
	for name, x := range map[string]struct {
		days     int
		less     time.Duration
		acts     int
		verified bool
		want     valuepath.Tier
	}{
		"nine acts":                 {400, 0, 9, true, valuepath.TierNew},
		"ten acts":                  {400, 0, 10, true, valuepath.TierSettled},
		"six days and 23 hours":     {7, hour, 500, true, valuepath.TierNew},
		"seven days":                {7, 0, 500, true, valuepath.TierSettled},
		"49 acts":                   {400, 0, 49, true, valuepath.TierSettled},
		"50 acts":                   {400, 0, 50, false, valuepath.TierTrusted},
		"59 days and 23 hours":      {60, hour, 500, true, valuepath.TierSettled},
		"sixty days, not verified":  {60, 0, 50, false, valuepath.TierTrusted},
		"sixty days, verified":      {60, 0, 50, true, valuepath.TierVerified},
		"verified, of no long time": {8, 0, 12, true, valuepath.TierSettled},
	} {
		f := risk.Facts{Joined: start.AddDate(0, 0, -x.days).Add(x.less), Acts: x.acts, Verified: x.verified}
		if got := w.Tier(f, start); got != x.want {
			t.Errorf("%s: %s, not %s", name, got, x.want)
		}
	}
	for tier, x := range map[valuepath.Tier][2]int64{
		valuepath.TierNew: {100_000, 100_000}, valuepath.TierSettled: {500_000, 1_000_000},
		valuepath.TierTrusted: {2_000_000, 5_000_000}, valuepath.TierVerified: {10_000_000, 20_000_000},
	} {
		if s := w.Step(tier); s.Act != x[0] || s.Day != x[1] {
			t.Errorf("%s moves %d at once and %d a day, not %v", tier, s.Act, s.Day, x)
		}
	}
}

// One thing that is new gives its points and no others.
func TestEachNoveltyHasItsPoints(t *testing.T) {
	t.Parallel()
	w := policy(t)
	for name, x := range map[string]struct {
		change func(a *risk.Attempt)
		code   risk.Code
		points int
	}{
		"device":        {func(a *risk.Attempt) { a.Device = 99 }, risk.NewDevice, 25},
		"network":       {func(a *risk.Attempt) { a.Network = 99 }, risk.NewNetwork, 14},
		"payee":         {func(a *risk.Attempt) { a.Payees[0].Key = 99 }, risk.NewPayee, 16},
		"rail":          {func(a *risk.Attempt) { a.Payees[0] = risk.Payee{Key: 99, Rail: true} }, risk.NewRail, 6},
		"young device":  {func(a *risk.Attempt) { a.Bound = a.At }, risk.YoungDevice, 20},
		"half as young": {func(a *risk.Attempt) { a.Bound = a.At.Add(-12 * time.Hour) }, risk.YoungDevice, 10},
		"young payee":   {func(a *risk.Attempt) { a.Payees[0].Added = a.At }, risk.YoungPayee, 14},
		"young account": {func(a *risk.Attempt) { a.Joined = a.At }, risk.YoungAccount, 10},
		"a wrong code":  {func(a *risk.Attempt) { a.Wrong = 1 }, risk.WrongCodes, 13},
		"five of them":  {func(a *risk.Attempt) { a.Wrong = 5 }, risk.WrongCodes, 52},
	} {
		p, at := settled(t)
		a := usual(at, 9_000)
		if d := w.Decide(p, &a, risk.Standing{}); d.Points != 0 {
			t.Fatalf("what is usual has %d points: %+v", d.Points, d.Reasons())
		}
		x.change(&a)
		got := 0
		d := w.Decide(p, &a, risk.Standing{})
		for _, r := range d.Reasons() {
			if r.Code == x.code {
				got = r.Points
			}
		}
		if got != x.points {
			t.Errorf("%s: %d points, not %d: %+v", name, got, x.points, d.Reasons())
		}
	}
}

// What is asked goes by the points alone: 20 for a code, 40 for the PIN, 90 for a look.
func TestBandsAtTheirEdges(t *testing.T) {
	t.Parallel()
	w := policy(t)
	seen := map[int]bool{}
	for wrong := range 5 {
		for bits := range 1 << 5 {
			for _, hours := range []int{0, 3, 6, 9, 12, 15, 18, 21, 24} {
				p, at := settled(t)
				a := usual(at, 9_000)
				a.Wrong = wrong
				a.Bound = at.Add(-time.Duration(hours) * time.Hour)
				for i, change := range []func(){
					func() { a.Device = 99 }, func() { a.Network = 99 }, func() { a.Payees[0].Key = 99 }, func() { a.Payees[0].Added = a.At }, func() { a.Joined = a.At },
				} {
					if bits&(1<<i) != 0 {
						change()
					}
				}
				d := w.Decide(p, &a, risk.Standing{})
				want := act.NeedNone
				switch {
				case d.Points >= 90:
					want = act.NeedReview
				case d.Points >= 40:
					want = act.NeedPIN
				case d.Points >= 20:
					want = act.NeedCode
				}
				if d.Need != want {
					t.Fatalf("%d points ask for %s, not %s", d.Points, d.Need, want)
				}
				seen[d.Points] = true
			}
		}
	}
	for _, n := range []int{20, 40, 90} {
		if !seen[n] || !seen[n-1] {
			t.Errorf("nothing came to %d points, or to one less", n)
		}
	}
}

// Whatever gives trust needs the PIN, however usual it is, and no look before.
func TestWhatGivesTrustNeedsThePIN(t *testing.T) {
	t.Parallel()
	w := policy(t)
	for _, action := range []act.Action{
		act.AddDestination, act.AddDevice, act.ChangePIN, act.LowerLevel, act.Resume, act.SetRecovery, act.AddAuthenticator, act.SetAuto,
	} {
		p, at := settled(t)
		a := usual(at, 0)
		a.Action, a.Payees = action, nil
		if d := w.Decide(p, &a, risk.Standing{}); d.Need != act.NeedPIN {
			t.Errorf("%s needs %s", action, d.Need)
		}
		a.Device, a.Network, a.Bound, a.Joined, a.Wrong = 99, 99, at, at, 9
		if d := w.Decide(p, &a, risk.Standing{}); d.Need != act.NeedPIN {
			t.Errorf("%s, by a stranger, needs %s", action, d.Need)
		}
	}
}
