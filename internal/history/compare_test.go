package history_test

import (
	"context"
	"math"
	"math/big"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// bookOf is a book of payments: a day and what was spent on it at noon.
func bookOf(t *testing.T, z *time.Location, spent map[string]int64) *history.Book {
	t.Helper()
	var tx []wallet.Transaction
	for s, minor := range spent {
		d := dayOf(t, s)
		tx = append(tx, wallet.Transaction{
			ID: s, At: d.Start(z).Add(12 * time.Hour), Type: wallet.Payment, Status: wallet.Posted, Amount: money.Won(-minor),
			Merchant: "카페", Category: "cafe", Kind: wallet.CarrierCredit,
		})
	}
	return history.NewBook(tx, history.BookOptions{Zone: z})
}

func dayOf(t *testing.T, s string) history.Day {
	t.Helper()
	d, err := history.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestComparisonOfABook(t *testing.T) {
	t.Parallel()
	b := bookOf(t, zone(t, "Asia/Seoul"), map[string]int64{
		"2026-10-07": 99_000,                                          // Wednesday: its week is not whole
		"2026-10-13": 1_000, "2026-10-20": 3_000, "2026-11-03": 7_000, // the week of 26 October is empty
		"2026-11-09": 2_000, "2026-11-12": 500, "2026-11-15": 4_000,
		"2026-11-16": 800, "2026-11-18": 100,
	})
	w := history.WeekOf(dayOf(t, "2026-11-18"))
	for _, c := range []struct {
		today              string
		same, last, usual  int64
		running            bool
		this, weeksOfUsual int
	}{
		{"2026-11-18", 2_000, 6_500, 3_000, true, 900, 5},
		{"2026-11-19", 2_500, 6_500, 3_000, true, 900, 5},
		{"2026-11-22", 6_500, 6_500, 3_000, false, 900, 5}, // Sunday: the same days are all of them
		{"2026-12-30", 6_500, 6_500, 3_000, false, 900, 5},
	} {
		got, err := compared(t.Context(), b, w, dayOf(t, c.today))
		if err != nil {
			t.Fatal(err)
		}
		if got.SameDays != c.same || got.Last.Spent != c.last || got.Usual != c.usual || got.Running != c.running ||
			got.This.Spent != int64(c.this) || got.Weeks != c.weeksOfUsual || !got.HasLast {
			t.Errorf("on %s: %+v", c.today, got)
		}
	}
	first, err := compared(t.Context(), b, history.WeekOf(dayOf(t, "2026-10-07")), dayOf(t, "2026-10-08"))
	if err != nil || first.HasLast || first.Weeks != 0 || first.Usual != 0 || first.This.Spent != 99_000 {
		t.Errorf("the first week: %+v, %v", first, err)
	}
	none, err := compared(t.Context(), history.NewBook(nil, history.BookOptions{}), w, dayOf(t, "2026-11-18"))
	if err != nil || none.HasLast || none.Weeks != 0 {
		t.Errorf("no history: %+v, %v", none, err)
	}
}

func TestUsualLooksAtEightWeeks(t *testing.T) {
	t.Parallel()
	spent := map[string]int64{}
	w := history.WeekOf(dayOf(t, "2026-11-18"))
	for i := range 12 {
		spent[w.Add(-i).Monday.String()] = int64(100 * i)
	}
	got, err := compared(t.Context(), bookOf(t, time.UTC, spent), w, w.Monday)
	if err != nil || got.Weeks != 8 || got.Usual != 450 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestMedian(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in   []int64
		want int64
	}{
		{nil, 0}, {[]int64{7}, 7}, {[]int64{9, 1, 5}, 5}, {[]int64{1, 2}, 2}, {[]int64{-1, -2}, -2}, {[]int64{0, 3, 9, 100}, 6},
		{[]int64{math.MaxInt64, math.MaxInt64}, math.MaxInt64}, {[]int64{math.MinInt64, math.MaxInt64}, -1},
	} {
		in := slices.Clone(c.in)
		if got := history.Median(in); got != c.want {
			t.Errorf("Median(%v) = %d, want %d", c.in, got, c.want)
		}
		if !slices.Equal(in, c.in) {
			t.Errorf("Median moved its argument to %v", in)
		}
	}
}

func TestPace(t *testing.T) {
	t.Parallel()
	p := history.PaceOf("카페", history.Totals{Spent: 56_000, Count: 14}, 56)
	if p.Week != 7_000 || p.Month != 30_417 || p.Year != 365_000 {
		t.Errorf("%+v", p)
	}
	if p := history.PaceOf("", history.Totals{Spent: 5}, 0); p.Week != 0 || p.Year != 0 {
		t.Errorf("no days: %+v", p)
	}
	rapid.Check(t, func(t *rapid.T) {
		spent, days := rapid.Int64().Draw(t, "spent"), rapid.IntRange(1, 56).Draw(t, "days")
		got := history.PaceOf("", history.Totals{Spent: spent}, days)
		for _, c := range []struct{ got, times, over int64 }{{got.Week, 7, int64(days)}, {got.Month, 365, 12 * int64(days)}, {got.Year, 365, int64(days)}} {
			exact := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(spent), big.NewInt(c.times)), big.NewInt(c.over))
			limit := new(big.Rat).SetInt64(c.got)
			off := new(big.Rat).Sub(exact, limit)
			if c.got != math.MaxInt64 && c.got != math.MinInt64 && off.Abs(off).Cmp(big.NewRat(1, 2)) > 0 {
				t.Fatalf("%d × %d / %d = %d", spent, c.times, c.over, c.got)
			}
		}
	})
}

func TestPaceStretch(t *testing.T) {
	t.Parallel()
	today := dayOf(t, "2026-11-18")
	b := bookOf(t, zone(t, "Asia/Seoul"), map[string]int64{
		"2026-09-20": 70_000, // the day before the eight weeks
		"2026-09-21": 3_000, "2026-11-15": 5_000,
		"2026-11-16": 90_000, // this week is not over
	})
	old, err := b.Span(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	from, to, ok := history.PaceStretch(old, today)
	if !ok || from != dayOf(t, "2026-09-21") || to != dayOf(t, "2026-11-15") {
		t.Errorf("%v to %v, %v", from, to, ok)
	}
	if groups, err := b.Groups(t.Context(), from, to, history.ByMerchant); err != nil || len(groups) != 1 || history.PaceOf("카페", groups[0].Totals, 56).Year != 52_143 {
		t.Errorf("%+v, %v", groups, err)
	}
	if from, to, ok = history.PaceStretch(history.Span{First: dayOf(t, "2026-11-03"), Lines: 3}, today); !ok || to-from != 6 {
		t.Errorf("one whole week: %v to %v, %v", from, to, ok)
	}
	if _, _, ok = history.PaceStretch(history.Span{First: dayOf(t, "2026-11-10"), Lines: 1}, today); ok {
		t.Error("there is no whole week")
	}
}

func TestReadPile(t *testing.T) {
	t.Parallel()
	b := bookOf(t, time.UTC, map[string]int64{"2026-11-01": 500, "2026-11-02": 4_500, "2026-11-03": 30_000, "2026-12-01": 9_000})
	p, err := history.ReadPile(context.Background(), b, dayOf(t, "2026-11-01"), dayOf(t, "2026-11-30"), money.Won(50_000), 5_000)
	if err != nil || p.Small.Spent != 5_000 || p.All.Spent != 35_000 || p.SmallShare != 1_000 || p.Share != 7_000 {
		t.Errorf("%+v, %v", p, err)
	}
	if !p.Over(1_000) || p.Over(1_001) || (history.Pile{SmallShare: 0}).Over(0) {
		t.Error("Over is wrong at its edge")
	}
}

// compared is Compare for what a book says.
func compared(ctx context.Context, r *history.Book, w history.Week, today history.Day) (history.Comparison, error) {
	span, err := r.Span(ctx)
	if err != nil {
		return history.Comparison{}, err
	}
	weeks, err := r.Weeks(ctx, w.Add(-history.UsualWeeks), w, history.ByNothing)
	if err != nil {
		return history.Comparison{}, err
	}
	days, err := r.Days(ctx, w.Add(-1).Monday, w.Monday-1)
	if err != nil {
		return history.Comparison{}, err
	}
	return history.Compare(w, today, span, weeks, days), nil
}
