package audit_test

import (
	"fmt"
	"testing"
	"time"

	"jandon/internal/audit"
	"jandon/internal/history"
	"jandon/internal/wallet"
)

// life writes a year at other merchants, so that a rare thing is seen to be rare.
func (b *book) life() {
	for d := b.in.AsOf - 365; d < b.in.AsOf; d += 3 {
		b.add(d, 10+float64(d%9), -int64(2000+d%41*170), fmt.Sprintf("Shop %c", 'A'+rune(d%23)))
	}
}

// pairs are the double charges of a report by the ids of their charges.
func (b *book) pairs(decisions ...audit.Decision) (list []string) {
	r := b.run(decisions...)
	for _, d := range r.Doubles {
		list = append(list, b.in.Items[d.First].ID+" "+b.in.Items[d.Second].ID)
	}
	return list
}

func want(t *testing.T, got []string, list ...string) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(list) {
		t.Errorf("told %v, want %v", got, list)
	}
}

func TestThreeInARowAreOneMistake(t *testing.T) {
	t.Parallel()
	for _, hour := range []float64{14, -1} {
		b := bookAt("2026-03-31")
		for k := range 3 {
			b.add(on("2026-02-11"), max(hour, -1)+0.03*float64(k)*min(1, max(hour, 0)), -38_600, "Zettel Kart")
		}
		b.life()
		want(t, b.pairs(), "t0001 t0002", "t0002 t0003")
	}
}

func TestMistakeInThreesCountsOnceAmongHabits(t *testing.T) {
	t.Parallel()
	b := bookAt("2026-03-31")
	for k := range 3 {
		b.add(on("2026-02-11"), 12+0.03*float64(k), -14_000, "Soba Meals")
	}
	b.add(on("2025-10-08"), 12, -14_000, "Soba Meals")
	b.add(on("2025-10-08"), 12.02, -14_000, "Soba Meals")
	for k := range 14 {
		b.add(on("2025-04-02")+history.Day(23*k), 11.5+float64(k%7)/5, -int64(9_000+k%4*2_500), "Soba Meals")
	}
	b.life()
	want(t, b.pairs(), "t0004 t0005", "t0001 t0002", "t0002 t0003")
}

func TestWhoGoesOnBuyingMakesNoMistake(t *testing.T) {
	t.Parallel()
	b := bookAt("2026-03-31")
	for k := range 5 { // gems of a game
		b.add(on("2026-02-11"), 21+0.04*float64(k), -1_100, "Pixel Games")
	}
	b.life()
	want(t, b.pairs())
}

func TestTwoFaresAreTwoRiders(t *testing.T) {
	t.Parallel()
	for name, pairs := range map[string][]string{"캐시비 지하철": nil, "Quill Press": {"t0041 t0042"}} {
		b := bookAt("2026-03-31")
		for k := range 40 {
			b.add(on("2025-04-02")+history.Day(7*k), 9+float64(k%5), -1_500, name)
		}
		b.add(on("2026-02-13"), 16, -1_500, name)
		b.add(on("2026-02-13"), 16.02, -1_500, name)
		b.life()
		want(t, b.pairs(), pairs...)
	}
}

func TestMistakeThroughTwoGateways(t *testing.T) {
	t.Parallel()
	b := bookAt("2026-03-31")
	b.add(on("2026-02-13"), 16, -31_500, "KCP*다온책방")
	b.add(on("2026-02-13"), 16.03, -31_500, "네이버페이_다온책방")
	b.add(on("2026-02-20"), 16, -21_500, "KCP*다온책방")
	b.add(on("2026-02-21"), 16.5, -21_500, "네이버페이_다온책방") // a day later it is another purchase
	b.life()
	want(t, b.pairs(), "t0001 t0002")
	r := b.run()
	why := r.Doubles[0].Why(&b.in)
	if !r.Doubles[0].OtherWay || why[len(why)-1].ID != "audit.two_ways" {
		t.Errorf("%+v", why)
	}
}

func TestOrderCodesTellPurchasesApart(t *testing.T) {
	t.Parallel()
	b := bookAt("2026-03-31")
	b.add(on("2026-02-13"), 16, -31_500, "AMZN Mktp US*2K4AB1Z9Q")
	b.add(on("2026-02-13"), 16.03, -31_500, "AMZN Mktp US*7HB20XK11")
	b.add(on("2026-03-02"), 9, -12_500, "AMZN Mktp US*5T20QK3L1")
	b.add(on("2026-03-02"), 11, -12_500, "AMZN Mktp US*5T20QK3L1")
	b.life()
	want(t, b.pairs(), "t0003 t0004")
}

func TestOrderCodesAreNoNames(t *testing.T) {
	t.Parallel()
	b := bookAt("2026-01-20")
	for k, code := range []string{"2K4AB1Z9Q", "7HB20XK11", "5T20QK3L1", "4XU6WW1AS", "8QB5199JQ", "5WZ6Y53B3", "9681M87YW"} {
		b.add(history.DateOf(2025, time.Month(6+k), 9), 9, -8_900, []string{"Ostrich Pro*" + code, "Spotted P1A2B3C4" + code[:1]}[0])
		b.add(history.DateOf(2025, time.Month(6+k), 21), 5, -4_900, "Larkspur P"+code)
	}
	b.add(on("2025-10-03"), 12, -3_000, "KCP*365MC")
	r := b.run()
	if len(r.Series) != 2 || len(r.Series[0].Members) != 7 || len(r.Series[1].Members) != 7 {
		t.Fatalf("%+v", r.Series)
	}
	if r.Series[0].Merchant != "Ostrich Pro" && r.Series[1].Merchant != "Ostrich Pro" {
		t.Errorf("it is called %q and %q", r.Series[0].Merchant, r.Series[1].Merchant)
	}
}

func TestRefusedAndTriedAgain(t *testing.T) {
	t.Parallel()
	for _, at := range []int{4, 8} { // in the middle, and the last one
		b := bookAt("2025-09-27")
		for k := range 9 {
			d, hour := history.DateOf(2025, time.Month(1+k), 9), 4.5
			if k == at {
				d, hour = d+9, 15
			}
			b.add(d, hour, -8_900, "Fit Star")
		}
		s := only(t, b.run())
		if len(s.Members) != 9 || s.Status != audit.Active || s.Next != on("2025-10-09") {
			t.Errorf("%d members, %s, next %s", len(s.Members), s.Status, s.Next)
		}
		said := false
		for _, e := range s.Evidence {
			said = said || e.ID == "audit.came_late" && e.N == 1
		}
		if !said {
			t.Errorf("not said: %+v", s.Evidence)
		}
	}
}

func TestRefundOfAMistakeIsNoEnd(t *testing.T) {
	t.Parallel()
	b := bookAt("2026-01-20")
	b.monthly(2025, 1, 14, 13, 8_900, "Fit Star")
	b.add(on("2026-01-14"), 9.3, -8_900, "Fit Star")
	b.add(on("2026-01-16"), 10, 8_900, "Fit Star").Type = wallet.Refund
	b.life()
	r := b.run()
	if s := r.Series[0]; s.Status != audit.Active || len(s.Members) != 13 || len(r.Doubles) != 1 || !r.Doubles[0].Refunded {
		t.Errorf("%s with %d members, %+v", s.Status, len(s.Members), r.Doubles)
	}
}

func TestFirstOfTwoIsTheMember(t *testing.T) {
	t.Parallel()
	b := bookAt("2026-01-20")
	for k := range 4 {
		b.add(history.DateOf(2025, time.Month(3+3*k), 12), -1, -29_000, "Filter Club")
	}
	b.add(on("2025-09-12"), -1, -29_000, "Filter Club")
	r := b.run()
	s := only(t, r)
	for _, m := range s.Members {
		if b.in.Items[m].ID == "t0005" {
			t.Errorf("the mistake is a member: %v", s.Members)
		}
	}
}

// What was cancelled and bought anew was not charged twice.
func TestCancelledAndBoughtAgain(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		refund float64 // the hour; 0: none
		pairs  []string
	}{"cancelled between": {14.05, nil}, "given back afterwards": {15, []string{"t0001 t0002"}}, "kept": {0, []string{"t0001 t0002"}}} {
		b := bookAt("2026-03-31")
		b.add(on("2026-02-11"), 14, -38_600, "Zettel Kart")
		b.add(on("2026-02-11"), 14.1, -38_600, "Zettel Kart")
		if c.refund > 0 {
			b.add(on("2026-02-11"), c.refund, 38_600, "Zettel Kart").Type = wallet.Refund
		}
		b.life()
		if got := b.pairs(); fmt.Sprint(got) != fmt.Sprint(c.pairs) {
			t.Errorf("%s: told %v, want %v", name, got, c.pairs)
		}
	}
}

func TestSecondsApartAreNoMinute(t *testing.T) {
	t.Parallel()
	for hours, id := range map[float64]string{1.0 / 3600: "audit.at_once", 0.05: "audit.soon_after"} {
		b := bookAt("2026-03-31")
		b.add(on("2026-02-11"), 14, -38_600, "Zettel Kart")
		b.add(on("2026-02-11"), 14+hours, -38_600, "Zettel Kart")
		b.life()
		r := b.run()
		if len(r.Doubles) != 1 || r.Doubles[0].Why(&b.in)[0].ID != id {
			t.Errorf("%v hours: %+v", hours, r.Doubles)
		}
	}
}

// Who has a haircut each month doesn't have two on one day; who has a coffee now
// on one day and now on three may. Where times are known, another day is another
// visit: a tip for each of two streams is no mistake.
func TestSoonerThanEverBefore(t *testing.T) {
	t.Parallel()
	rhythms := map[string]struct {
		apart []history.Day
		pairs []string
	}{
		"each month":   {[]history.Day{29, 33, 27, 35, 31, 28, 34, 30, 36, 29, 32}, []string{"t0012 t0013"}},
		"now and then": {[]history.Day{11, 74, 8, 48, 82, 15, 27, 61, 5, 23, 36}, nil},
		"as it goes":   {[]history.Day{2, 70, 5, 61, 1, 3, 88, 9, 40, 2, 63}, nil},
	}
	for name, c := range rhythms {
		for _, when := range []struct {
			timed bool
			later history.Day
		}{{true, 1}, {false, 0}} {
			b := bookAt("2026-03-31")
			day := on("2025-03-03")
			for k, d := range append(c.apart, 0) {
				b.add(day, 14+float64(k*7%5), -20_000, "민헤어")
				day += d
			}
			pairs := c.pairs
			if when.later > 0 {
				pairs = nil
			}
			b.add(day+when.later, 20, -20_000, "민헤어")
			b.life()
			b.timed(when.timed)
			if got := b.pairs(); fmt.Sprint(got) != fmt.Sprint(pairs) {
				t.Errorf("%s, %+v: told %v, want %v", name, when, got, pairs)
			}
		}
	}
}

// Every charge has an approval number of its own: only the number of an order
// tells two purchases apart, and one approval twice is one charge twice.
func TestApprovalNumbersAreNoOrders(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		one, two [2]string // order, approval
		pairs    []string
		why      string
	}{
		"two approvals":                {[2]string{"", "30012345"}, [2]string{"", "30012391"}, []string{"t0001 t0002"}, ""},
		"one approval":                 {[2]string{"", "30012345"}, [2]string{"", "30012345"}, []string{"t0001 t0002"}, "audit.same_approval"},
		"no approval":                  {[2]string{"", "00000000"}, [2]string{"", "00000000"}, []string{"t0001 t0002"}, ""},
		"one order, two approvals":     {[2]string{"A-1", "30012345"}, [2]string{"A-1", "30012391"}, []string{"t0001 t0002"}, "audit.same_order"},
		"two orders, one approval":     {[2]string{"A-1", "30012345"}, [2]string{"A-2", "30012345"}, nil, ""},
		"an order beside no number":    {[2]string{"A-1", ""}, [2]string{"", ""}, []string{"t0001 t0002"}, ""},
		"an order beside its approval": {[2]string{"A-1", ""}, [2]string{"", "A-1"}, []string{"t0001 t0002"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := bookAt("2026-03-31")
			for k, n := range [...][2]string{c.one, c.two} {
				x := b.add(on("2026-02-13"), 16+0.03*float64(k), -21_900, "가온마켓")
				x.Order, x.Approval = n[0], n[1]
			}
			b.life()
			want(t, b.pairs(), c.pairs...)
			if r := b.run(); len(r.Doubles) == 1 {
				if why := r.Doubles[0].Why(&b.in)[0].ID; (c.why != "" || why == "audit.same_order" || why == "audit.same_approval") && why != c.why {
					t.Errorf("because of %s", why)
				}
			}
		})
	}
}

// A purchase that was cancelled has its refund at its own instant, where the
// statement tells no other; what is bought after that is bought anew.
func TestBoughtAnewAfterACancellation(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		one, back, two float64 // hours from the day's begin, the day alone if dated
		dated          bool
		pairs          []string
	}{
		"cancelled at its instant":      {16, 16, 16.02, false, nil},
		"the later one is":              {16, 16.02, 16.02, false, nil},
		"in between":                    {16, 16.01, 16.02, false, nil},
		"given back before":             {16, 15, 16.02, false, []string{"t0001 t0003"}},
		"given back after":              {16, 17, 16.02, false, []string{"t0001 t0003"}},
		"days: anew on the next":        {0, 0, 24, true, nil},
		"days: the order is not known":  {0, 0, 0, true, []string{"t0001 t0003"}},
		"days: given back the day then": {0, 48, 24, true, []string{"t0001 t0003"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := bookAt("2026-03-31")
			for _, x := range [...]struct {
				at    float64
				minor int64
				typ   wallet.Type
			}{{c.one, -21_900, wallet.Payment}, {c.back, 21_900, wallet.Refund}, {c.two, -21_900, wallet.Payment}} {
				day, hour := on("2026-02-11")+history.Day(x.at)/24, x.at-float64(int(x.at)/24*24)
				if c.dated {
					hour = -1
				}
				b.add(day, hour, x.minor, "가온마켓").Type = x.typ
			}
			b.life()
			if c.dated {
				b.timed(false)
			}
			want(t, b.pairs(), c.pairs...)
		})
	}
}
