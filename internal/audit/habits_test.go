package audit_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"jandon/internal/audit"
	"jandon/internal/history"
)

func TestShoppingAfterPaydayIsNoBill(t *testing.T) {
	t.Parallel()
	taken := 0
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 1))
		b := bookAt("2026-02-10")
		for k := range 20 {
			b.add(history.DateOf(2024, time.Month(6+k), 25+r.IntN(4)), 8+14*r.Float64(), -int64(300+r.IntN(1700))*100, "Grand Store")
		}
		taken += len(b.run().Series)
	}
	if taken > 3 {
		t.Errorf("it is taken for a bill %d times of 20", taken)
	}
}

func TestMeteredBillIsABill(t *testing.T) {
	t.Parallel()
	for _, hour := range []float64{5.5, -1} {
		b := bookAt("2026-02-10")
		for k, sum := range []int64{41_200, 39_800, 36_100, 33_900, 35_500, 47_300, 58_900, 55_100, 42_700, 37_400, 38_800, 43_600} {
			b.add(history.DateOf(2025, time.Month(2+k), 25), hour, -sum, "City Electric")
		}
		if s := only(t, b.run()); s.Kind != audit.Usage || len(s.Members) != 12 {
			t.Errorf("%s with %d members", s.Kind, len(s.Members))
		}
	}
}

func TestYearlySeenTwiceAndNothingElse(t *testing.T) {
	t.Parallel()
	b := bookAt("2026-03-31")
	b.add(on("2025-01-15"), -1, -39_000, "Club Fee")
	b.add(on("2026-01-15"), -1, -39_000, "Club Fee")
	b.add(on("2025-02-20"), -1, -21_000, "Corner Shop") // a year apart, but at two prices
	b.add(on("2026-02-20"), -1, -26_000, "Corner Shop")
	for d := b.in.AsOf - 500; d < b.in.AsOf; d += 3 {
		b.add(d, -1, -int64(2000+d%41*170), "Shop "+string('A'+rune(d%23)))
	}
	r := b.run()
	if len(r.Series) != 1 || r.Series[0].Merchant != "Club Fee" || r.Series[0].Cadence != audit.Yearly || r.Series[0].Next != on("2027-01-15") {
		t.Errorf("%+v", r.Series)
	}
}

func TestFamilyOfOneDayWithoutTimes(t *testing.T) {
	t.Parallel()
	b := bookAt("2026-01-20")
	for k := range 9 {
		for range 3 {
			b.add(history.DateOf(2025, time.Month(5+k), 11), -1, -6_900, "Tune Family")
		}
	}
	r := b.run()
	if len(r.Series) != 3 || len(r.Doubles) != 0 {
		t.Fatalf("%d series, %d doubles", len(r.Series), len(r.Doubles))
	}
	for _, s := range r.Series { // each keeps its place in the day
		for i, m := range s.Members {
			if m%3 != s.Members[0]%3 || i > 0 && m != s.Members[i-1]+3 {
				t.Errorf("members %v", s.Members)
				break
			}
		}
	}
}

func TestPlansThatCrossKeepTheirTimeAndPrice(t *testing.T) {
	t.Parallel()
	b := bookAt("2025-12-30")
	for k := range 15 { // one begins and ends before the other, which becomes dearer
		d := history.DateOf(2024, time.Month(10+k), 17)
		if k < 13 {
			b.add(d, 15.9+0.05*float64(k%3), -4_900, "APPLE.COM/BILL")
		}
		switch {
		case k >= 5:
			b.add(d, 6+0.05*float64(k%4), -3_790, "APPLE.COM/BILL")
		case k >= 2:
			b.add(d, 6+0.05*float64(k%4), -3_300, "APPLE.COM/BILL")
		}
	}
	r := b.run()
	if len(r.Series) != 2 {
		t.Fatalf("%+v", r.Series)
	}
	for _, s := range r.Series {
		early := b.in.Items[s.Members[0]].Second < 8*3600
		for _, m := range s.Members {
			if (b.in.Items[m].Second < 8*3600) != early {
				t.Fatalf("%v are of two plans", s.Members)
			}
		}
	}
}

func TestTwoPlansHalfAMonthApartWithoutTimes(t *testing.T) {
	t.Parallel()
	b := bookAt("2026-01-27")
	for k := range 8 {
		b.add(history.DateOf(2025, time.Month(6+k), 9), -1, -5_500, "Tune Family")
		b.add(history.DateOf(2025, time.Month(6+k), 24), -1, -5_500, "Tune Family")
	}
	if r := b.run(); len(r.Series) != 2 || r.Series[0].Cadence != audit.Monthly {
		t.Errorf("%d series, the first %s", len(r.Series), r.Series[0].Cadence)
	}
}

func TestTwoPlansEighteenDaysApartAreTwo(t *testing.T) {
	t.Parallel()
	b := bookAt("2026-01-29")
	for k := range 10 {
		b.add(history.DateOf(2025, time.Month(4+k), 8), 4.5, -1_099, "Harborview")
		b.add(history.DateOf(2025, time.Month(4+k), 26), 4.5, -1_099, "Harborview")
	}
	if r := b.run(); len(r.Series) != 2 || r.Series[0].Cadence != audit.Monthly || r.Series[1].Cadence != audit.Monthly {
		t.Errorf("%+v", r.Series)
	}
}

func TestForeignPriceGoesOnUnderAnotherName(t *testing.T) {
	t.Parallel()
	b := bookAt("2026-01-20")
	for k, won := range []int64{13_120, 13_245, 13_190, 13_402, 13_371, 13_512, 13_466, 13_588, 13_490, 13_633, 13_702, 13_655} {
		name := "Twittle"
		if k > 6 {
			name = "X Corp"
		}
		b.add(history.DateOf(2025, time.Month(2+k), 7), 3.25, -won, name)
	}
	if s := only(t, b.run()); len(s.Members) != 12 || s.Kind != audit.Foreign {
		t.Errorf("%d members, %s", len(s.Members), s.Kind)
	}
}
