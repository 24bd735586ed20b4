package audit_test

import (
	"fmt"
	"testing"
	"time"

	"jandon/internal/audit"
	"jandon/internal/history"
	"jandon/internal/wallet"
)

// book is a history that is written charge by charge.
type book struct{ in audit.Input }

func bookAt(asOf string) *book {
	return &book{audit.Input{AsOf: on(asOf), Country: "KR", Currency: "KRW"}}
}

func on(s string) history.Day {
	d, err := history.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// add writes a line at a day and time of day; a negative hour is not known.
func (b *book) add(day history.Day, hour float64, minor int64, merchant string) *audit.Item {
	second := int32(hour * 3600)
	if hour < 0 {
		second = -1
	}
	b.in.Items = append(b.in.Items, audit.Item{ID: fmt.Sprintf("t%04d", len(b.in.Items)+1), Day: day, Second: second,
		Minor: minor, Merchant: merchant, Type: wallet.Payment})
	return &b.in.Items[len(b.in.Items)-1]
}

// monthly writes n charges on a day of the month, in short months on its last.
func (b *book) monthly(year int, month time.Month, dom, n int, minor int64, merchant string) {
	for k := range n {
		first := time.Date(year, month+time.Month(k), 1, 0, 0, 0, 0, time.UTC)
		last := first.AddDate(0, 1, -1).Day()
		b.add(history.DateOf(first.Year(), first.Month(), min(dom, last)), 9.25, -minor, merchant)
	}
}

func (b *book) run(decisions ...audit.Decision) audit.Report { return run(b.in, decisions...) }

// only is the one series of a report.
func only(t *testing.T, r audit.Report) audit.Series {
	t.Helper()
	if len(r.Series) != 1 {
		t.Fatalf("found %d series, want 1: %+v", len(r.Series), r.Series)
	}
	return r.Series[0]
}

func TestExactAmountGroupingHidesCreep(t *testing.T) {
	t.Parallel()
	b := bookAt("2026-03-20")
	b.monthly(2025, 1, 15, 5, 9900, "Cloud News")
	b.monthly(2025, 6, 15, 5, 11900, "Cloud News")
	b.monthly(2025, 11, 15, 5, 13900, "Cloud News")
	r := b.run()
	s := only(t, r)
	if len(s.Members) != 15 || len(s.Changes) != 2 || s.Changes[1].From != 11900 || s.Changes[1].To != 13900 || s.Changes[1].Day != on("2025-11-15") {
		t.Errorf("members %d, changes %+v", len(s.Members), s.Changes)
	}
	if r.Creep.Now != 13900 || r.Creep.YearAgo != 9900 || r.Creep.Risen != 4000 || r.Creep.New != 0 {
		t.Errorf("creep %+v", r.Creep)
	}
	if m := r.Creep.Months[0]; m.Cost != 9900 || m.Month != on("2025-01-01") {
		t.Errorf("the first month %+v is not at its own price", m)
	}
	if s.Annual != 12*13900 {
		t.Errorf("a year costs %d", s.Annual)
	}
}

func TestEqualPurchasesOfADayAreTwoPurchases(t *testing.T) {
	t.Parallel()
	b := bookAt("2026-03-31")
	for d := on("2026-01-01"); d <= b.in.AsOf; d++ {
		b.add(d, 8.5, -4500, "Bean There")
		b.add(d, 8.6, -4500, "Bean There")
	}
	if r := b.run(); len(r.Series)+len(r.Doubles) != 0 {
		t.Errorf("a habit is taken for %d series and %d mistakes", len(r.Series), len(r.Doubles))
	}
}

func TestDayIsTheCivilDayOfThePerson(t *testing.T) {
	t.Parallel()
	b := bookAt("2026-03-10")
	for k := range 6 { // some minutes around midnight of the first
		d := history.DateOf(2025, time.Month(10+k), 1)
		if k%2 == 0 {
			b.add(d, 0.05, -5500, "Nightly")
		} else {
			b.add(d-1, 23.95, -5500, "Nightly")
		}
	}
	s := only(t, b.run())
	if s.Cadence != audit.Monthly || s.Next != on("2026-04-01") {
		t.Errorf("%s, next %s", s.Cadence, s.Next)
	}
}

func TestAnchorSurvivesShortMonths(t *testing.T) {
	t.Parallel()
	for dom := 28; dom <= 31; dom++ {
		b := bookAt("2025-02-20")
		b.monthly(2024, 8, dom, 6, 7700, "Month End Ltd")
		s := only(t, b.run())
		if want := on("2025-02-28"); s.Next != want {
			t.Errorf("day %d: next %s, want %s", dom, s.Next, want)
		}
		b.in.AsOf = on("2025-03-02")
		b.add(on("2025-02-28"), 9.25, -7700, "Month End Ltd")
		if s = only(t, b.run()); s.Next != history.DateOf(2025, 3, dom) {
			t.Errorf("day %d: after February %s", dom, s.Next)
		}
	}
}

func TestLeapDay(t *testing.T) {
	t.Parallel()
	b := bookAt("2025-01-10")
	for _, d := range []string{"2022-02-28", "2023-02-28", "2024-02-29"} {
		b.add(on(d), 12, -59000, "Leap Club")
	}
	if s := only(t, b.run()); s.Cadence != audit.Yearly || s.Next != on("2025-02-28") {
		t.Errorf("%s, next %s", s.Cadence, s.Next)
	}
}

func TestRenamedInTheMiddle(t *testing.T) {
	t.Parallel()
	b := bookAt("2026-01-20")
	b.monthly(2025, 1, 7, 6, 8900, "Twittle")
	b.monthly(2025, 7, 7, 7, 8900, "X")
	if s := only(t, b.run()); len(s.Members) != 13 || s.Status != audit.Active {
		t.Errorf("%d members, %s", len(s.Members), s.Status)
	}
}

func TestSpellingsOfTwoScriptsAreOneMerchant(t *testing.T) {
	t.Parallel()
	b := bookAt("2026-01-20")
	for k := range 8 {
		b.monthly(2025, time.Month(6+k), 7, 1, 8900, []string{"KCP*스타노트", "STAR NOTE SEOUL"}[k%2])
		b.monthly(2025, time.Month(6+k), 21, 1, 5500, []string{"나비티비", "나비TV"}[k%2])
	}
	r := b.run()
	if len(r.Series) != 2 {
		t.Fatalf("%d series", len(r.Series))
	}
	for _, s := range r.Series {
		if len(s.Members) != 8 {
			t.Errorf("%s has %d members", s.Merchant, len(s.Members))
		}
	}
}

func TestRefundOfOneMemberIsNoEnd(t *testing.T) {
	t.Parallel()
	b := bookAt("2026-01-20")
	b.monthly(2025, 1, 7, 13, 8900, "Fit Star")
	back := b.add(on("2025-06-09"), 10, 8900, "Fit Star")
	back.Type = wallet.Refund
	if s := only(t, b.run()); s.Status != audit.Active || len(s.Members) != 13 {
		t.Errorf("%s with %d members", s.Status, len(s.Members))
	}
	back = b.add(on("2026-01-08"), 10, 8900, "Fit Star")
	back.Type = wallet.Refund
	if s := only(t, b.run()); s.Status != audit.Cancelled || s.HasNext {
		t.Errorf("%s after its last charge came back", s.Status)
	}
}

func TestTwoFamilyPlansOfADay(t *testing.T) {
	t.Parallel()
	b := bookAt("2026-01-20")
	for k := range 9 {
		d := history.DateOf(2025, time.Month(5+k), 11)
		b.add(d, 3.1, -6900, "Tune Family")
		b.add(d, 14.7, -6900, "Tune Family")
	}
	r := b.run()
	if len(r.Series) != 2 || len(r.Series[0].Members) != 9 || len(r.Series[1].Members) != 9 || len(r.Doubles) != 0 {
		t.Fatalf("%d series, %d doubles", len(r.Series), len(r.Doubles))
	}
	if len(r.Overlaps) != 1 || r.Overlaps[0].Annual != 2*12*6900 {
		t.Errorf("overlaps %+v", r.Overlaps)
	}
}

func TestYearlySeenTwiceOnOtherDaysIsMaybe(t *testing.T) {
	t.Parallel()
	b := bookAt("2026-01-20")
	b.add(on("2024-11-05"), -1, -29000, "Orchid Books")
	b.add(on("2025-11-05"), -1, -29000, "Orchid Books")
	for d := on("2023-01-01"); d < b.in.AsOf; d += 9 { // a life beside it
		b.add(d, -1, -int64(1000+d%7*1300), fmt.Sprintf("Shop %c", 'A'+rune(d%26)))
	}
	r := b.run()
	for _, s := range append(r.Series, r.Maybe...) {
		if s.Merchant == "Orchid Books" && s.Cadence == audit.Yearly && s.Next == on("2026-11-05") {
			return
		}
	}
	t.Errorf("not even maybe: %+v", r.Maybe)
}

func TestSubscriptionSeenOnceIsMaybe(t *testing.T) {
	t.Parallel()
	b := bookAt("2026-01-20")
	b.add(on("2026-01-05"), 10, -9900, "(주)새노래 정기결제")
	r := b.run()
	if len(r.Series) != 0 || len(r.Maybe) != 1 || r.Creep.Now != 0 {
		t.Errorf("%d series, %d maybe", len(r.Series), len(r.Maybe))
	}
}

func TestTwoLinesHalfAMonthApartAreNotTwiceAMonth(t *testing.T) {
	t.Parallel()
	b := bookAt("2026-01-25")
	for k := range 8 {
		b.add(history.DateOf(2025, time.Month(6+k), 3), 2.2, -5500, "APPLE.COM/BILL")
		b.add(history.DateOf(2025, time.Month(6+k), 18), 20.4, -5500, "APPLE.COM/BILL")
	}
	r := b.run()
	if len(r.Series) != 2 || r.Series[0].Cadence != audit.Monthly {
		t.Errorf("%d series, the first %s", len(r.Series), r.Series[0].Cadence)
	}
}

func TestTwiceAMonth(t *testing.T) {
	t.Parallel()
	b := bookAt("2026-01-20")
	for k := range 8 {
		b.add(history.DateOf(2025, time.Month(6+k), 1), 6, -5500, "Semi")
		b.add(history.DateOf(2025, time.Month(6+k), 15), 6, -5500, "Semi")
	}
	if s := only(t, b.run()); s.Cadence != audit.SemiMonthly || s.Next != on("2026-02-01") || len(s.Members) != 16 {
		t.Errorf("%s, next %s, %d members", s.Cadence, s.Next, len(s.Members))
	}
}

func TestInstalmentsAndTransfersAreNoSubscriptions(t *testing.T) {
	t.Parallel()
	b := bookAt("2026-01-20")
	for k := range 6 {
		b.add(history.DateOf(2025, time.Month(8+k), 15), 9, -50000, fmt.Sprintf("하이마켓 할부 %d/6", k+1))
		b.add(history.DateOf(2025, time.Month(8+k), 25), 9, -500000, "월세 김철수").Type = wallet.TransferOut
	}
	if r := b.run(); len(r.Series) != 0 {
		t.Errorf("%+v", r.Series)
	}
}

func TestBusinessDays(t *testing.T) {
	t.Parallel()
	last := bookAt("2025-12-10") // the last business day; 3–10 October were a long holiday
	for _, d := range []string{"2025-05-30", "2025-06-30", "2025-07-31", "2025-08-29", "2025-09-30", "2025-10-31", "2025-11-28"} {
		last.add(on(d), 5, -3300, "Last Open")
	}
	if s := only(t, last.run()); s.Next != on("2025-12-31") {
		t.Errorf("last business day: next %s", s.Next)
	}
	first := bookAt("2025-12-20")
	for _, d := range []string{"2025-06-02", "2025-07-01", "2025-08-01", "2025-09-01", "2025-10-01", "2025-11-03", "2025-12-01"} {
		first.add(on(d), 5, -3300, "First Open")
	}
	if s := only(t, first.run()); s.Next != on("2026-01-02") { // New Year's Day is no business day
		t.Errorf("first business day: next %s", s.Next)
	}
	nth := bookAt("2025-12-20")
	for _, d := range []string{"2025-06-10", "2025-07-08", "2025-08-12", "2025-09-09", "2025-10-14", "2025-11-11", "2025-12-09"} {
		nth.add(on(d), 5, -3300, "Second Tuesday")
	}
	if s := only(t, nth.run()); s.Cadence != audit.Monthly || s.Next != on("2026-01-13") {
		t.Errorf("second Tuesday: %s, next %s", s.Cadence, s.Next)
	}
}

func TestTrialIsToldBeforeItCosts(t *testing.T) {
	t.Parallel()
	b := bookAt("2026-01-20")
	b.add(on("2026-01-10"), 10, 0, "HANBIT TV 무료체험")
	b.add(on("2026-01-10"), 11, 0, "HANBIT TV 카드등록")
	if s := only(t, b.run()); s.Status != audit.Trial || !s.HasNext {
		t.Errorf("%+v", s)
	}
}

// A statement of three months has no more than three charges of anything: what
// is too few to count is shown, and said to be so.
func TestAFewEqualChargesAMonthApartAreMaybe(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		days   []string
		prices []int64
		maybe  bool
	}{
		{"three", []string{"2025-10-20", "2025-11-20", "2025-12-20"}, []int64{14_900, 14_900, 14_900}, true},
		{"not equal", []string{"2025-10-20", "2025-11-20", "2025-12-20"}, []int64{14_900, 9_100, 23_000}, false},
		{"not a month apart", []string{"2025-10-20", "2025-11-11", "2025-12-20"}, []int64{14_900, 14_900, 14_900}, false},
	} {
		b := bookAt("2025-12-21")
		for k, day := range c.days {
			b.add(on(day), -1, -c.prices[k], "Tall Tube")
		}
		for d := on("2025-09-23"); d < b.in.AsOf; d++ { // a life beside it
			for k := range 1 + d%2 {
				b.add(d, -1, -int64(1000+(d*7919+k)%23*700), fmt.Sprintf("Shop %c", 'A'+rune((d*31+k)%11)))
			}
		}
		r := b.run()
		listed := 0
		for _, s := range append(r.Series, r.Maybe...) {
			if s.Merchant == "Tall Tube" && s.Cadence == audit.Monthly {
				listed++
			}
		}
		if c.maybe && (listed != 1 || len(r.Maybe) != 1 || r.Maybe[0].Evidence[0].ID != "audit.all_alike" || r.Maybe[0].Next != on("2026-01-20")) {
			t.Errorf("%s: listed %d times, maybe %+v", c.name, listed, r.Maybe)
		}
		if !c.maybe && listed > 0 {
			t.Errorf("%s: listed", c.name)
		}
	}
}
