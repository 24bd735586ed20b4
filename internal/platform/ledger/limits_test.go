package ledger_test

import (
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/platform/ledger"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
)

// standard is a cashier for whom small acts need no code, with a balance that has settled.
func standard(t testing.TB, won int64) *cashier {
	c := newCashier(t, ledger.Memory)
	must(t, ledger.Exec(t.Context(), c.Ledger, "UPDATE standings SET level = 'standard'"))
	c.grant(won, c.now.AddDate(1, 0, 0))
	c.now = c.now.AddDate(0, 0, 2) // Wednesday
	return c
}

func (c *cashier) limits(device string) (l act.Limits) {
	c.t.Helper()
	view(c.t, c.Ledger, c.u, func(v *ledger.View) (err error) {
		l, err = v.Limits(device, c.now)
		return err
	})
	return l
}

func (c *cashier) used(rail string) int64 {
	c.t.Helper()
	for _, r := range c.limits("").Rails {
		if r.Rail == rail {
			return r.UsedToday.Minor
		}
	}
	c.t.Fatalf("no rail %s", rail)
	return 0
}

func (c *cashier) by(rail string, won int64) act.Act {
	c.t.Helper()
	return c.cashOut(c.quote(hand(map[string]int64{rail: won})), 0)
}

// refused is how a cash-out by one rail is refused.
func (c *cashier) refused(device, rail string, won int64) fault.Code {
	c.t.Helper()
	q, err := c.Quote(c.t.Context(), c.u, hand(map[string]int64{rail: won}), c.now)
	if err != nil {
		return code(err)
	}
	_, err = c.CashOut(c.t.Context(), c.u, device, c.key(), q.ID, 0, c.now)
	return code(err)
}

func TestLimitsAreSumsOfTheDay(t *testing.T) {
	t.Parallel()
	c := standard(t, 900_000)
	if n := c.used("mobile_topup"); n != 0 {
		t.Fatalf("%d used of nothing", n)
	}
	waiting := c.by("mobile_topup", 20_000)
	c.confirmed(c.by("mobile_topup", 30_000))
	if n := c.used("mobile_topup"); n != 50_000 { // what waits is held, and counts
		t.Errorf("%d used", n)
	}
	if l := c.limits(""); l.Total.UsedToday != money.Won(50_000) || l.Used["mobile_topup"] != 50_000 || l.Tier != valuepath.TierVerified || l.Total.Day != money.Won(20_000_000) {
		t.Errorf("total %+v of tier %s", l.Total, l.Tier)
	}
	_, err := c.CancelAct(t.Context(), c.u, waiting.ID, c.now)
	must(t, err)
	if n := c.used("mobile_topup"); n != 30_000 {
		t.Errorf("%d used after canceling", n)
	}
	c.now = time.Date(2026, 11, 25, 14, 59, 59, 0, time.UTC) // a second before midnight in Seoul
	if n := c.used("mobile_topup"); n != 30_000 {
		t.Errorf("%d used before midnight", n)
	}
	c.now = c.now.Add(time.Second)
	if n := c.used("mobile_topup"); n != 0 {
		t.Errorf("%d used after midnight", n)
	}
}

func TestWhatComesBackNoLongerCounts(t *testing.T) {
	t.Parallel()
	c := standard(t, 900_000)
	must(t, ledger.LinkTo(t.Context(), c.Ledger, c.u, "bank_transfer", "110-0000", c.now)) // a closed account
	c.confirmed(c.by("bank_transfer", 200_000))
	if n := c.used("bank_transfer"); n != 200_000 {
		t.Fatalf("%d used", n)
	}
	c.work()
	c.work()
	if n := c.used("bank_transfer"); n != 0 {
		t.Errorf("%d used after it came back", n)
	}
}

// What its payee never got leaves the day's small acts as they were, and what a
// new device may move.
func TestASmallActThatComesBackNoLongerCounts(t *testing.T) {
	t.Parallel()
	c := standard(t, 900_000)
	must(t, ledger.Bind(t.Context(), c.Ledger, c.u, "phone", c.now.Add(-time.Hour), c.now.Add(23*time.Hour)))
	must(t, ledger.LinkTo(t.Context(), c.Ledger, c.u, "bank_transfer", "110-0000", c.now)) // a closed account
	before := c.limits("phone")
	for device, left := range map[string][2]int64{"phone": {30_000, 44_000}, "": {24_000, 50_000}} { // a new device's acts want a code, and are no small ones
		q := c.quote(hand(map[string]int64{"bank_transfer": 6000}))
		a, err := c.CashOut(t.Context(), c.u, device, c.key(), q.ID, 0, c.now)
		must(t, err)
		if a.Need != act.NeedNone {
			c.confirmed(a)
		}
		if l := c.limits("phone"); l.SmallLeft.Minor != left[0] || l.Total.Act.Minor != left[1] {
			t.Errorf("by %q, which needs %s: %v and %+v are left", device, a.Need, l.SmallLeft, l.Total)
		}
		c.work()
		c.work()
		if l := c.limits("phone"); l.SmallLeft != before.SmallLeft || l.Total != before.Total {
			t.Errorf("by %q: %v and %+v are left, not %v and %+v", device, l.SmallLeft, l.Total, before.SmallLeft, before.Total)
		}
	}
}

// However many ask at once, a day's limit is not exceeded.
func TestDailyCapHoldsForManyAtOnce(t *testing.T) {
	t.Parallel()
	c := standard(t, 9_000_000)
	quotes := make([]act.Quote, 12)
	for i := range quotes {
		quotes[i] = c.quote(hand(map[string]int64{"mobile_topup": 50_000}))
	}
	var wg sync.WaitGroup
	var went, over atomic.Int64
	for i, q := range quotes {
		wg.Go(func() {
			_, err := c.CashOut(t.Context(), c.u, "", ledger.Key{ID: "many-at-once-" + strconv.Itoa(i)}, q.ID, 0, c.now)
			switch code(err) {
			case "":
				went.Add(1)
			case fault.OverLimit:
				over.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if went.Load() != 6 || over.Load() != 6 || c.used("mobile_topup") != 300_000 {
		t.Errorf("%d went, %d were over the limit, %d used", went.Load(), over.Load(), c.used("mobile_topup"))
	}
}

func TestSmallActsNeedNoCodeWhileTheDayLasts(t *testing.T) {
	t.Parallel()
	c := standard(t, 900_000)
	for i, want := range []act.Need{act.NeedNone, act.NeedNone, act.NeedNone, act.NeedCode} {
		c.now = c.now.Add(30 * time.Minute)
		if a := c.by("donation", 9_000); a.Need != want {
			t.Errorf("act %d needs %s: %+v", i, a.Need, a.Reasons)
		}
	}
	if l := c.limits(""); l.Small != money.Won(10_000) || l.SmallLeft != money.Won(3_000) {
		t.Errorf("%v left of %v", l.SmallLeft, l.Small)
	}
	c.now = c.now.AddDate(0, 0, 1)
	if l := c.limits(""); l.SmallLeft != money.Won(30_000) {
		t.Errorf("%v left on the next day", l.SmallLeft)
	}
	c = standard(t, 900_000)
	for range 5 {
		c.now = c.now.Add(40 * time.Minute)
		if a := c.by("donation", 100); a.Need != act.NeedNone {
			t.Errorf("₩100 needs %s: %+v", a.Need, a.Reasons)
		}
	}
	if a := c.by("donation", 100); a.Need == act.NeedNone || c.limits("").SmallLeft.Minor != 0 {
		t.Errorf("the sixth needs %s", a.Need)
	}
}

func TestAYoungDeviceMovesLittle(t *testing.T) {
	t.Parallel()
	c := standard(t, 900_000)
	ctx := t.Context()
	must(t, ledger.Bind(ctx, c.Ledger, c.u, "new", c.now, c.now.Add(24*time.Hour)))
	if l := c.limits("new"); l.Total.Act != money.Won(50_000) || l.Total.Day != money.Won(50_000) {
		t.Errorf("a new device may move %+v", l.Total)
	}
	if l := c.limits("old"); l.Total.Act != money.Won(10_000_000) {
		t.Errorf("an old device may move %+v", l.Total)
	}
	if got := c.refused("new", "transit_credit", 50_500); got != fault.OverLimit {
		t.Errorf("₩50,500: %q", got)
	}
	if got := c.refused("new", "transit_credit", 30_000); got != "" {
		t.Errorf("₩30,000: %q", got)
	}
	if got := c.refused("new", "transit_credit", 20_500); got != fault.OverLimit {
		t.Errorf("₩20,500 more: %q", got)
	}
	c.now = c.now.Add(23*time.Hour + 59*time.Minute) // another day, the same youth
	if l := c.limits("new"); l.Total.Act != money.Won(20_000) {
		t.Errorf("a minute before: %+v", l.Total)
	}
	c.now = c.now.Add(time.Minute)
	if got := c.refused("new", "transit_credit", 200_000); got != "" {
		t.Errorf("a day later: %q", got)
	}
}

func TestTiersCountWhatNobodyDisputed(t *testing.T) {
	t.Parallel()
	c := standard(t, 900_000)
	must(t, ledger.Exec(t.Context(), c.Ledger, "UPDATE standings SET acts = 8, verified = 0"))
	for range 2 {
		c.now = c.now.Add(time.Hour)
		c.by("donation", 1_000)
		c.work()
		c.now = c.now.Add(time.Minute)
		c.work()
	}
	if l := c.limits(""); l.Tier != valuepath.TierNew || l.Next == nil || l.Next.HaveActs != 8 || l.Next.Acts != 10 || len(l.Next.Missing) != 1 || l.Next.Missing[0] != "acts" {
		t.Errorf("at once: %s, next %+v", l.Tier, l.Next)
	}
	c.now = c.now.Add(24 * time.Hour)
	if l := c.limits(""); l.Tier != valuepath.TierSettled || l.Next.HaveActs != 10 {
		t.Errorf("a day later: %s, next %+v", l.Tier, l.Next)
	}
	c.disputes(c.now, wallet.WrongAmount)
	if l := c.limits(""); l.Tier != valuepath.TierNew || l.Floor != act.LevelCareful || l.SmallLeft.Minor != 0 {
		t.Errorf("after a dispute: %s, floor %s", l.Tier, l.Floor)
	}
	c.now = c.now.AddDate(0, 0, 7)
	c.complain() // it was refused, which costs the week and no act
	if l := c.limits(""); l.Tier != valuepath.TierSettled || l.Floor != act.LevelStandard || l.Next.HaveActs != 10 {
		t.Errorf("a week later: %s, next %+v", l.Tier, l.Next)
	}
}

// Who came without a word is new: nothing verified, nothing linked, joined now.
func TestAStrangerIsNew(t *testing.T) {
	t.Parallel()
	l, u := books(t, ledger.Memory)
	view(t, l, u, func(v *ledger.View) error {
		got, err := v.Limits("", day(0))
		if got.Tier != valuepath.TierNew || got.Verified || len(got.Linked) != 0 || got.Level != act.LevelStandard || got.Zone != "Asia/Seoul" || got.Version == "" || len(got.Rails) == 0 {
			t.Errorf("%+v", got)
		}
		return err
	})
}

func TestRailsSayWhatTheyCouldCarry(t *testing.T) {
	t.Parallel()
	c := standard(t, 70_000)
	view(t, c.Ledger, c.u, func(v *ledger.View) error {
		book, states, err := v.Rails(c.now)
		must(t, err)
		if len(states) != len(book.Rails) {
			t.Fatalf("%d of %d rails", len(states), len(book.Rails))
		}
		for _, s := range states {
			want := map[string]valuepath.Code{"bank_transfer": valuepath.NoDestination, "voucher_refund": valuepath.NotEligible}[s.Rail]
			if s.Rail == "mobile_topup" && s.Most != money.Won(70_000) || want != "" && s.Code != want {
				t.Errorf("%+v", s)
			}
		}
		return nil
	})
}
