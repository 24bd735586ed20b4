package valuepath

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jandon/internal/wallet"
)

func TestSpendingWinsWhereFeesEat(t *testing.T) {
	t.Parallel()
	b := book(t)
	soon := noon.AddDate(0, 0, 3)
	r := only(b, ask(b, 1200, lot("a", wallet.Prepaid, "bank_transfer", 1200, expires(soon))), "bank_transfer")
	out := plan(t, b, r)
	o := out.Spend
	if o == nil || o.Value.Minor != 1200 || o.Gain.Minor != 500 || !o.When.Equal(soon) || o.Issuer != "golmok" {
		t.Fatalf("%+v", o)
	}
	if got := says("en").Say(o.Say); !strings.Contains(got, "before 2026-11-26 12:00") || !strings.Contains(got, "₩500") {
		t.Error(got)
	}
	r = only(b, ask(b, 2000, cash(2000)), "mobile_topup")
	if out = plan(t, b, r); out.Spend != nil || out.Wait != nil {
		t.Errorf("nothing is lost by the rail: %+v %+v", out.Spend, out.Wait)
	}
}

func TestWaitingForValueToSettle(t *testing.T) {
	t.Parallel()
	b := book(t)
	r := only(b, ask(b, 50_000, lot("a", wallet.Prepaid, "bank_transfer", 50_000, received(noon.Add(-20*time.Hour)))), "bank_transfer")
	out := plan(t, b, r)
	if w := out.Wait; w == nil || !w.When.Equal(noon.Add(4*time.Hour)) || w.Value.Minor != 49_500 {
		t.Fatalf("%+v", w)
	}
	if f := out.Refused[0]; f.Code != TooEarly || f.Rule != "settling" || !strings.Contains(says("ko").Say(f.Remedy), "2026-11-23 16:00") {
		t.Errorf("%+v", f)
	}
}

func TestWaitingForAVoucherToLapse(t *testing.T) {
	t.Parallel()
	b := book(t)
	lapses := noon.AddDate(0, 2, 0)
	r := only(b, ask(b, 20_000, lot("v", wallet.Prepaid, "voucher", 20_000, expires(lapses))), "voucher_refund", "expired_voucher_refund")
	out := plan(t, b, r)
	if w := out.Wait; w == nil || !w.When.Equal(lapses) || w.Value.Minor != 18_000 || w.Plan.Fees.Minor != 2000 {
		t.Fatalf("%+v", w)
	}
	if out.Spend == nil || out.Spend.Value.Minor != 20_000 {
		t.Errorf("spending keeps all of it: %+v", out.Spend)
	}
}

func TestWaitingNeverCountsWhatLapsesMeanwhile(t *testing.T) {
	t.Parallel()
	b := book(t)
	r := only(b, ask(b, 10_000, lot("a", wallet.Prepaid, "bank_transfer", 10_000, expires(noon.Add(2*time.Hour)))), "branch_payout")
	r.At = noon.Add(-4 * time.Hour) // eight in the morning; the counter opens at nine
	if w := plan(t, b, r).Wait; w == nil || w.Value.Minor != 9700 {
		t.Errorf("open before it lapses: %+v", w)
	}
	r.Lots[0].Expires = noon.Add(-3 * time.Hour)
	if w := plan(t, b, r).Wait; w != nil {
		t.Errorf("lapsed by then: %+v", w)
	}
}

// A turn that falls into the night waits on for the rail to open: the limits of a
// day start anew at midnight, when banks do their accounts, and a lot may settle
// when the counter has closed or while another rail is shut.
func TestWaitingForARailThatOpensAfterTheTurn(t *testing.T) {
	t.Parallel()
	b := book(t)
	used := only(b, ask(b, 40_000, cash(40_000)), "bank_transfer")
	used.Used = map[string]int64{"bank_transfer": 499_500}
	evening := only(b, ask(b, 10_000, lot("a", wallet.Prepaid, "bank_transfer", 10_000, received(noon.Add(-18*time.Hour)))), "branch_payout")
	night := noon.Add(14*time.Hour + 10*time.Minute) // ten past two
	both := only(b, ask(b, 30_000, cash(10_000), lot("b", wallet.Prepaid, "bank_transfer", 20_000, received(night.Add(-24*time.Hour)))), "branch_payout", "savings_jar")
	for name, c := range map[string]struct {
		r    Request
		when time.Time
		most int64
	}{
		"the day's limit":                {used, time.Date(2026, 11, 24, 0, 30, 0, 0, seoul), 39_500},
		"settles in the evening":         {evening, time.Date(2026, 11, 24, 9, 0, 0, 0, seoul), 9_700},
		"settles for one that is closed": {both, night, 30_000},
	} {
		w := plan(t, b, c.r).Wait
		if w == nil || !w.When.Equal(c.when) || w.Value.Minor != c.most {
			t.Errorf("%s: %+v", name, w)
		}
	}
	both.Without["savings_jar"] = true
	if w := plan(t, b, both).Wait; w == nil || !w.When.Equal(time.Date(2026, 11, 24, 9, 0, 0, 0, seoul)) || w.Value.Minor != 29_700 {
		t.Errorf("the counter alone: %+v", w)
	}
}

// Tips come in all day; waiting is worth it for the last as for the first.
func TestWaitingForManyLots(t *testing.T) {
	t.Parallel()
	b := book(t)
	for _, n := range []int{7, 20, 60} {
		var lots []wallet.Lot
		for i := range n {
			at := noon.Add(-23*time.Hour + time.Duration(i)*10*time.Minute)
			lots = append(lots, lot(fmt.Sprint(i), wallet.Earned, "tip", 1000, received(at)))
		}
		last := lots[n-1].Received.Add(24 * time.Hour)
		w := plan(t, b, only(b, ask(b, int64(n)*1000, lots...), "bank_transfer")).Wait
		if w == nil || !w.When.Equal(last) || w.Value.Minor != int64(n)*1000-500 {
			t.Errorf("%d tips: %+v", n, w)
		}
	}
}

func TestHoursByTheClocksOfTheZone(t *testing.T) {
	t.Parallel()
	b := book(t)
	counter, _ := b.Rail("branch_payout")
	bank, _ := b.Rail("bank_transfer")
	ny, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		rail *Rail
		at   time.Time
		zone *time.Location
		next time.Time
	}{
		{counter, time.Date(2026, 11, 23, 9, 0, 0, 0, seoul), seoul, time.Date(2026, 11, 23, 9, 0, 0, 0, seoul)},
		{counter, time.Date(2026, 11, 23, 8, 59, 59, 0, seoul), seoul, time.Date(2026, 11, 23, 9, 0, 0, 0, seoul)},
		{counter, time.Date(2026, 11, 21, 12, 0, 0, 0, seoul), seoul, time.Date(2026, 11, 23, 9, 0, 0, 0, seoul)},
		{counter, time.Date(2026, 11, 23, 0, 30, 0, 0, time.UTC), seoul, time.Date(2026, 11, 23, 0, 30, 0, 0, time.UTC)},
		{bank, time.Date(2026, 11, 23, 23, 30, 0, 0, seoul), seoul, time.Date(2026, 11, 24, 0, 30, 0, 0, seoul)},
		{counter, time.Date(2026, 3, 7, 12, 0, 0, 0, ny), ny, time.Date(2026, 3, 9, 9, 0, 0, 0, ny)}, // over the change of clocks
	} {
		if got := c.rail.Opens(c.at, c.zone); !got.Equal(c.next) {
			t.Errorf("%s at %v opens at %v, not %v", c.rail.ID, c.at, got, c.next)
		}
		if !c.rail.OpenAt(c.next, c.zone) {
			t.Errorf("%s is closed when it opens, %v", c.rail.ID, c.next)
		}
	}
}
