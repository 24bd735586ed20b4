package history_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"jandon/internal/history"
)

func zone(t interface{ Fatal(...any) }, name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// zones have clocks that never change, change by night, skip midnight, repeat
// midnight, go back across midnight, change by half an hour, and skip a day.
var zones = []string{
	"Asia/Seoul", "America/New_York", "America/Sao_Paulo", "America/Havana", "America/St_Johns",
	"Australia/Lord_Howe", "Pacific/Apia", "Asia/Beirut", "UTC",
}

func TestDayStart(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ zone, day, want string }{
		{"Asia/Seoul", "2026-11-22", "2026-11-22T00:00:00+09:00"},
		{"America/New_York", "2026-03-08", "2026-03-08T00:00:00-05:00"},
		{"America/New_York", "2026-03-09", "2026-03-09T00:00:00-04:00"},
		{"America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00"}, // midnight is skipped
		{"Asia/Beirut", "2022-03-27", "2022-03-27T01:00:00+03:00"},
		{"America/Havana", "2025-11-02", "2025-11-02T00:00:00-04:00"}, // midnight comes twice
		{"Pacific/Apia", "2011-12-30", "2011-12-31T00:00:00+14:00"},   // a day that never was
		{"Pacific/Apia", "2011-12-31", "2011-12-31T00:00:00+14:00"},
		{"America/St_Johns", "2010-11-07", "2010-11-07T00:00:00-02:30"},
	} {
		d, err := history.ParseDay(c.day)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Start(zone(t, c.zone)).Format(time.RFC3339); got != c.want {
			t.Errorf("%s in %s starts at %s, want %s", c.day, c.zone, got, c.want)
		}
	}
}

func TestDayStartIsTheFirstInstant(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		z := zone(t, rapid.SampledFrom(zones).Draw(t, "zone"))
		d := history.Day(rapid.IntRange(3000, 25000).Draw(t, "day"))
		start := d.Start(z)
		if got := history.DayOf(start, z); got != d && !(got == d+1 && z.String() == "Pacific/Apia") {
			t.Fatalf("%v starts at %v, which is %v", d, start, got)
		}
		if got := history.DayOf(start.Add(-time.Second), z); got >= d {
			t.Fatalf("%v starts at %v, but a second before was %v", d, start, got)
		}
	})
}

func TestCalendarAgreesWithDayOf(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		z := zone(t, rapid.SampledFrom(zones).Draw(t, "zone"))
		c := history.NewCalendar(z)
		for _, ms := range rapid.SliceOfN(rapid.Int64Range(-2e12, 4e12), 1, 50).Draw(t, "ms") {
			if got, want := c.Day(ms), history.DayOf(time.UnixMilli(ms), z); got != want {
				t.Fatalf("%d ms is %v, want %v", ms, got, want)
			}
		}
	})
}

func TestWeeks(t *testing.T) {
	t.Parallel()
	for day, week := range map[string]string{
		"2026-11-22": "2026-W47", "2026-11-16": "2026-W47", "2026-11-23": "2026-W48",
		"2026-01-01": "2026-W01", "2026-12-31": "2026-W53", "2027-01-03": "2026-W53", "2027-01-04": "2027-W01",
		"2024-12-30": "2025-W01", "2021-01-03": "2020-W53", "2024-02-29": "2024-W09", "1969-12-31": "1970-W01",
	} {
		d, err := history.ParseDay(day)
		if err != nil {
			t.Fatal(err)
		}
		w := history.WeekOf(d)
		if w.String() != week {
			t.Errorf("%s is in %s, want %s", day, w, week)
		}
		if back, err := history.ParseWeek(week); err != nil || back != w {
			t.Errorf("ParseWeek(%s) = %v, %v", week, back, err)
		}
		if w.Monday.Weekday() != 0 || w.Sunday().Weekday() != 6 || w.Monday > d || w.Sunday() < d {
			t.Errorf("%s runs %v to %v", week, w.Monday, w.Sunday())
		}
	}
	for _, bad := range []string{"", "2026", "2026-47", "2026-W00", "2026-W54", "2025-W53", "2026-W5", "2026-W+5", "-026-W05", "26-W47", "2026-W4７"} {
		if w, err := history.ParseWeek(bad); err == nil {
			t.Errorf("ParseWeek(%q) = %v", bad, w)
		}
	}
	for _, bad := range []string{"", "2026-02-29", "2026-13-01", "2026-1-1", "22/11/2026", "2026-11-22T00:00"} {
		if d, err := history.ParseDay(bad); err == nil {
			t.Errorf("ParseDay(%q) = %v", bad, d)
		}
	}
}

func TestWeekArithmetic(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := history.Day(rapid.IntRange(-200_000, 200_000).Draw(t, "day"))
		n := rapid.IntRange(-500, 500).Draw(t, "weeks")
		w := history.WeekOf(d)
		if v := w.Add(n); w.Until(v) != n || v.Monday.Weekday() != 0 {
			t.Fatalf("%v + %d weeks = %v", w, n, v)
		}
		if y, m, day := d.Date(); history.DateOf(y, m, day) != d {
			t.Fatalf("%v does not come back from its date", d)
		}
	})
}
