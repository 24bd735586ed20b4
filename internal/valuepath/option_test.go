package valuepath

import (
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
