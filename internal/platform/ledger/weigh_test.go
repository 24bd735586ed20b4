package ledger_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/platform/ledger"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
)

// odd is a large act of an unknown device to a destination that was linked just now.
func (c *cashier) odd(won int64) act.Act {
	c.t.Helper()
	a, err := c.link("bank_transfer", "Somebody", "110-999-0001")
	must(c.t, err)
	c.confirmed(a)
	c.now = c.now.Add(10 * time.Minute)
	q := c.quote(hand(map[string]int64{"bank_transfer": won}))
	a, err = c.CashOut(c.t.Context(), c.u, "unknown", c.key(), q.ID, 0, c.now)
	must(c.t, err)
	return a
}

func (c *cashier) wrongCodes(n int) {
	c.t.Helper()
	must(c.t, ledger.Bind(c.t.Context(), c.Ledger, c.u, "tried", c.now.AddDate(0, -1, 0), c.now.AddDate(0, -1, 1)))
	for range n {
		must(c.t, ledger.Exec(c.t.Context(), c.Ledger, fmt.Sprintf("INSERT INTO tries (device, at) VALUES ('tried', %d)", c.now.UnixMilli())))
	}
}

func codes(a act.Act) string {
	var list []string
	for _, r := range a.Reasons {
		list = append(list, r.Code)
	}
	return strings.Join(list, " ")
}

func TestAReviewThatReleasesAsksForThePIN(t *testing.T) {
	t.Parallel()
	c := standard(t, 9_900_000)
	a := c.odd(300_000)
	if a.State != act.Review || a.Need != act.NeedReview || !a.Until.Equal(c.now.Add(30*time.Minute)) {
		t.Fatalf("%s needs %s until %v: %+v", a.State, a.Need, a.Until, a.Reasons)
	}
	if !strings.Contains(codes(a), "payee_new") || a.Reasons[0].Points < a.Reasons[len(a.Reasons)-1].Points {
		t.Errorf("%+v", a.Reasons)
	}
	for _, r := range a.Reasons {
		if r.Code == "payee_new" && r.Args["payee"] != "Somebody" || r.Code == "amount" && r.Args["usual_minor"] == "" {
			t.Errorf("%+v", r)
		}
	}
	if kinds := c.alerts(); len(kinds) == 0 || kinds[0] != wallet.AlertReview {
		t.Errorf("alerts %v", kinds)
	}
	c.now = c.now.Add(30 * time.Minute)
	c.work()
	if a = c.act(a.ID); a.State != act.Waiting || a.Need != act.NeedPIN || !a.Until.Equal(c.now.Add(24*time.Hour)) {
		t.Fatalf("%s needs %s until %v", a.State, a.Need, a.Until)
	}
	if l := c.limits(""); l.Tier != valuepath.TierVerified {
		t.Errorf("a review that ended well left %s", l.Tier)
	}
	if a = c.confirmed(a); a.State != act.Going {
		t.Errorf("confirmed: %s", a.State)
	}
}

func TestAReviewThatRefusesGivesBackAndLowersTheTier(t *testing.T) {
	t.Parallel()
	c := standard(t, 9_900_000)
	c.wrongCodes(3)
	a := c.odd(9_000_000)
	if a.State != act.Review {
		t.Fatalf("%s: %+v", a.State, a.Reasons)
	}
	c.now = c.now.Add(30 * time.Minute)
	c.work()
	if a = c.act(a.ID); a.State != act.Lapsed || c.used("bank_transfer") != 0 {
		t.Errorf("%s, %d used", a.State, c.used("bank_transfer"))
	}
	if l := c.limits(""); l.Tier != valuepath.TierTrusted || l.Next == nil || l.Next.Days != 7 || l.Next.HaveDays != 0 {
		t.Errorf("%s, next %+v", l.Tier, l.Next)
	}
	balanced(t, c.Ledger)
}

// Nobody looked for days: the review ended, and so did the wait after it.
func TestAReleasedActLapsesWhenNobodyConfirms(t *testing.T) {
	t.Parallel()
	c := standard(t, 9_900_000)
	a := c.odd(300_000)
	released := a.Until
	c.now = c.now.AddDate(0, 0, 3)
	c.work()
	if a = c.act(a.ID); a.State != act.Lapsed || !a.Ended.Equal(released.Add(24*time.Hour)) {
		t.Errorf("%s at %v", a.State, a.Ended)
	}
	balanced(t, c.Ledger)
}

func TestAReviewedActCanBeCanceled(t *testing.T) {
	t.Parallel()
	c := standard(t, 9_900_000)
	a := c.odd(300_000)
	a, err := c.CancelAct(t.Context(), c.u, a.ID, c.now)
	must(t, err)
	if a.State != act.Canceled || c.used("bank_transfer") != 0 {
		t.Errorf("%s", a.State)
	}
	if l := c.limits(""); l.Tier != valuepath.TierVerified {
		t.Errorf("%s", l.Tier)
	}
}

// asked is what a small donation would need, and why.
func (c *cashier) asked(rail string) act.Act {
	c.t.Helper()
	a, err := ledger.Weigh(c.t.Context(), c.Ledger, c.u, act.Act{
		Action: act.Cashout, Made: c.now, Amount: money.Won(1_000), Legs: []act.Leg{{Rail: rail, Amount: money.Won(1_000)}},
	})
	must(c.t, err)
	return a
}

func TestOnlyWhatWentThroughIsLearned(t *testing.T) {
	t.Parallel()
	c := standard(t, 900_000)
	ctx := t.Context()
	if a := c.asked("donation"); !strings.Contains(codes(a), "rail_new") {
		t.Fatalf("%+v", a.Reasons)
	}
	gone := c.by("donation", 1_000)
	canceled := c.by("mobile_topup", 30_000)
	_, err := c.CancelAct(ctx, c.u, canceled.ID, c.now)
	must(t, err)
	c.now = c.now.Add(time.Second)
	disputed, charged := c.by("book_credit", 5_000), c.now
	c.confirmed(disputed)
	c.work()
	c.now = c.now.Add(time.Minute)
	c.work()
	if a := c.act(gone.ID); a.State != act.Done {
		t.Fatalf("%s", a.State)
	}
	c.disputes(charged, wallet.NotMine) // somebody else was there when it was made
	if a := c.asked("donation"); !strings.Contains(codes(a), "rail_new") {
		t.Errorf("learned before anybody could dispute it: %+v", a.Reasons)
	}
	c.now = c.now.AddDate(0, 0, 8)
	for rail, known := range map[string]bool{"donation": true, "mobile_topup": false, "book_credit": false} {
		if a := c.asked(rail); strings.Contains(codes(a), "rail_new") == known {
			t.Errorf("%s: %+v", rail, a.Reasons)
		}
	}
	c.by("donation", 1_000)
	if n, err := ledger.Learned(ctx, c.Ledger, c.u, c.now); err != nil || n != 1 {
		t.Errorf("learned from %d acts, %v", n, err)
	}
}

// Strangers may ask to enrol under somebody's name, use the same payees and get
// their own codes wrong: another person's score stays what it was.
func TestAStrangerCannotRaiseAScoreNorLockOut(t *testing.T) {
	t.Parallel()
	c := standard(t, 900_000)
	ctx := t.Context()
	before := c.asked("donation")
	profile, err := ledger.Profile(ctx, c.Ledger, c.u)
	must(t, err)
	for i := range 30 {
		_, err := c.Enrol(ctx, c.u.Handle, ledger.Enrolment{ID: fmt.Sprintf("e%d", i), JWK: []byte("{}"), Seal: []byte("x"), Name: "x", Store: "file", Made: c.now, Expires: c.now.Add(time.Minute)})
		must(t, err)
	}
	other, err := c.AddUser(ctx, "stranger", "KRW")
	must(t, err)
	must(t, c.Grant(ctx, other, line("g-other", c.now, wallet.Topup, 90_000), lot("other", 90_000, c.now, c.now.AddDate(1, 0, 0))))
	mine := c.u
	c.u = other
	c.wrongCodes(9)
	for range 9 {
		c.by("donation", 900)
	}
	c.u = mine
	after, err := ledger.Profile(ctx, c.Ledger, c.u)
	must(t, err)
	if !bytes.Equal(profile, after) {
		t.Error("the profile has changed")
	}
	if a := c.asked("donation"); a.Need != before.Need || codes(a) != codes(before) {
		t.Errorf("%s for %s, then %s for %s", before.Need, codes(before), a.Need, codes(a))
	}
}

func TestEveryDecisionIsInTheLog(t *testing.T) {
	t.Parallel()
	c := standard(t, 900_000)
	a := c.by("mobile_topup", 30_000)
	lines, err := ledger.Logged(t.Context(), c.Ledger, c.u, "risk.weighed")
	must(t, err)
	if len(lines) != 1 {
		t.Fatalf("%d lines", len(lines))
	}
	for _, want := range []string{a.ID, `"policy":"2026-11-01"`, `"need":"code"`, `"amount":"30000"`, "not_small:", "rail_new:6"} {
		if !strings.Contains(lines[0], want) {
			t.Errorf("no %s in %s", want, lines[0])
		}
	}
}

// What is kept of habits tells nobody a network, a device or a payee.
func TestAProfileNamesNothing(t *testing.T) {
	t.Parallel()
	c := standard(t, 900_000)
	ctx := ledger.WithNetwork(t.Context(), "203.0.113.0/24")
	must(t, ledger.Bind(ctx, c.Ledger, c.u, "my-own-phone", c.now, c.now))
	profile, err := ledger.Profile(ctx, c.Ledger, c.u)
	must(t, err)
	if len(profile) < 900 || bytes.Contains(profile, []byte("203.0.113")) || bytes.Contains(profile, []byte("phone")) {
		t.Errorf("%d bytes", len(profile))
	}
	here, err := ledger.Weigh(ctx, c.Ledger, c.u, act.Act{Action: act.Resume, Device: "my-own-phone", Made: c.now.AddDate(0, 0, 2)})
	must(t, err)
	there, err := ledger.Weigh(ledger.WithNetwork(ctx, "198.51.100.0/24"), c.Ledger, c.u, act.Act{Action: act.Resume, Device: "my-own-phone", Made: c.now.AddDate(0, 0, 2)})
	must(t, err)
	if strings.Contains(codes(here), "network_new") || !strings.Contains(codes(there), "network_new") {
		t.Errorf("here %s, there %s", codes(here), codes(there))
	}
}

// A device with too many wrong codes begins nothing, however small, while it waits.
func TestAPausedDeviceBeginsNothing(t *testing.T) {
	t.Parallel()
	c := standard(t, 900_000)
	must(t, ledger.Bind(t.Context(), c.Ledger, c.u, "phone", c.now.AddDate(0, -1, 0), c.now.AddDate(0, -1, 1)))
	must(t, ledger.Exec(t.Context(), c.Ledger, fmt.Sprintf("UPDATE devices SET paused = %d", c.now.Add(15*time.Minute).UnixMilli())))
	if got := c.refused("phone", "donation", 100); got != fault.DevicePaused {
		t.Errorf("%q", got)
	}
	c.now = c.now.Add(15 * time.Minute)
	if got := c.refused("phone", "donation", 100); got != "" {
		t.Errorf("a quarter of an hour later: %q", got)
	}
}

// What a limit stopped was tried all the same: it counts towards the pace, and stands in the log.
func TestRefusedAttemptsAreNoted(t *testing.T) {
	t.Parallel()
	c := standard(t, 900_000)
	must(t, ledger.Bind(t.Context(), c.Ledger, c.u, "new", c.now, c.now.Add(24*time.Hour)))
	for range 6 {
		if got := c.refused("new", "transit_credit", 60_000); got != fault.OverLimit {
			t.Fatalf("%q", got)
		}
	}
	if a := c.asked("donation"); !strings.Contains(codes(a), "pace_minutes") {
		t.Errorf("%+v", a.Reasons)
	}
	lines, err := ledger.Logged(t.Context(), c.Ledger, c.u, "risk.refused")
	must(t, err)
	if len(lines) != 6 || !strings.Contains(lines[0], `"why":"over_limit"`) {
		t.Errorf("%d lines: %v", len(lines), lines)
	}
	if c.used("transit_credit") != 0 {
		t.Error("what was refused counts as used")
	}
	balanced(t, c.Ledger)
}
