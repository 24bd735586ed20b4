package risk_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/platform/risk"
	"jandon/internal/valuepath"
)

func TestAPolicyThatContradictsItselfIsRefused(t *testing.T) {
	t.Parallel()
	good, err := os.ReadFile("data/policy.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, from, to string }{
		{"no version", `version  = "2026-11-01"`, ``},
		{"no currency", `currency = "KRW"`, ``},
		{"an unknown zone", `"Asia/Seoul"`, `"Asia/Nowhere"`},
		{"an unknown key", `[bands]`, "[bands]\nfoo = 1"},
		{"bands that fall", `pin    = 40`, `pin    = 15`},
		{"points that fall", `per           = 9.0`, `per           = -9.0`},
		{"a window less", "[[pace]]\nminutes = 1440\nusual   = 2.0\nfree    = 1.0\nper     = 6.0\nmost    = 18", ""},
		{"an action without a floor", `"resume"            = { floor = "pin", most = "pin" }`, ""},
		{"a most below the floor", `"resume"            = { floor = "pin"`, `"resume" = { floor = "review"`},
		{"an action nobody knows", `"resume"            =`, "\"dance\" = { floor = \"pin\", most = \"pin\" }\n\"resume\" ="},
		{"small acts beyond their day", `day   = 30000`, `day   = 3000`},
		{"youth without hours", `points = 20, hours = 24`, `points = 20`},
		{"reviews that begin refused", `review_refuses      = 120`, `review_refuses = 90`},
		{"no wait for destinations", `destination_minutes = 10`, `destination_minutes = 0`},
		{"a tier less", `tier     = "verified"`, `tier     = "trusted"`},
		{"a tier that moves less", `act  = 2000000`, `act  = 20000`},
		{"a spread of nothing", `spread_least  = 0.35`, `spread_least  = 0`},
		{"a rate above one", `rate          = 0.05`, `rate          = 5`},
		{"a past that grows", `fade = 0.98`, `fade = 1.98`},
		{"wrong codes for no time", `minutes = 720`, `minutes = 0`},
		{"negative novelty", `network       = 14`, `network       = -14`},
	} {
		if !strings.Contains(string(good), c.from) {
			t.Fatalf("%s: %q is not in the policy", c.name, c.from)
		}
		_, err := risk.Parse([]byte(strings.Replace(string(good), c.from, c.to, 1)))
		if e := fault.From(err); err == nil || e.Code != fault.BadFile || e.Args["detail"] == "" {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestTiersRiseWithTimeAndActs(t *testing.T) {
	t.Parallel()
	w := policy(t)
	days := func(n int) time.Time { return start.AddDate(0, 0, -n) }
	for _, c := range []struct {
		name    string
		f       risk.Facts
		tier    valuepath.Tier
		missing string
	}{
		{"today", risk.Facts{Joined: start}, valuepath.TierNew, "days acts"},
		{"unknown", risk.Facts{}, valuepath.TierNew, "days acts"},
		{"days alone", risk.Facts{Joined: days(100)}, valuepath.TierNew, "acts"},
		{"acts alone", risk.Facts{Joined: days(6), Acts: 99}, valuepath.TierNew, "days"},
		{"a week", risk.Facts{Joined: days(7), Acts: 10}, valuepath.TierSettled, "days acts"},
		{"two months", risk.Facts{Joined: days(60), Acts: 50}, valuepath.TierTrusted, "verified"},
		{"verified too soon", risk.Facts{Joined: days(59), Acts: 50, Verified: true}, valuepath.TierSettled, "days"},
		{"verified", risk.Facts{Joined: days(60), Acts: 50, Verified: true}, valuepath.TierVerified, "-"},
		{"a dispute yesterday", risk.Facts{Joined: days(60), Acts: 50, Verified: true, Marked: days(1)}, valuepath.TierTrusted, "days"},
		{"a dispute yesterday, not verified", risk.Facts{Joined: days(60), Acts: 50, Marked: days(1)}, valuepath.TierSettled, "days"},
		{"a dispute of a new person", risk.Facts{Joined: days(1), Marked: days(1)}, valuepath.TierNew, "days acts"},
		{"a dispute last week", risk.Facts{Joined: days(60), Acts: 50, Marked: days(7)}, valuepath.TierTrusted, "verified"},
	} {
		if got := w.Tier(c.f, start); got != c.tier {
			t.Errorf("%s: %s", c.name, got)
		}
		missing := "-"
		if n := w.Next(c.f, start); n != nil {
			if missing = strings.Join(n.Missing, " "); n.Tier != c.tier+1 || n.HaveActs != c.f.Acts {
				t.Errorf("%s: %+v", c.name, n)
			}
		}
		if missing != c.missing {
			t.Errorf("%s: missing %s", c.name, missing)
		}
	}
}

func TestAMarkRaisesTheFloor(t *testing.T) {
	t.Parallel()
	w := policy(t)
	f := risk.Facts{Joined: start, Marked: start}
	if got := w.Floor(f, start.AddDate(0, 0, 6)); got != act.LevelCareful {
		t.Errorf("after six days: %s", got)
	}
	if got := w.Floor(f, start.AddDate(0, 0, 7)); got != act.LevelStandard {
		t.Errorf("after seven: %s", got)
	}
}

func TestLevelsTakeTheSmallActs(t *testing.T) {
	t.Parallel()
	w := policy(t)
	for _, c := range []struct {
		s    risk.Standing
		want int64
	}{
		{risk.Standing{}, 30_000}, {risk.Standing{SmallUsed: 12_000, SmallCount: 2}, 18_000}, {risk.Standing{SmallUsed: 90_000}, 0},
		{risk.Standing{SmallCount: 5}, 0}, {risk.Standing{Level: act.LevelCareful}, 0}, {risk.Standing{Level: act.LevelStrict}, 0},
	} {
		if got := w.SmallLeft(c.s); got != c.want {
			t.Errorf("%+v: %d", c.s, got)
		}
	}
}
