package export_test

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"jandon/internal/export"
	"jandon/internal/history"
	"jandon/internal/safe"
)

var stamp = export.Calendar{Name: "Renewals", Stamp: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}

func calendar(t interface {
	Helper()
	Fatal(args ...any)
}, list ...export.Renewal) string {
	t.Helper()
	var out bytes.Buffer
	if err := export.Renewals(&out, stamp, list); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestCalendar(t *testing.T) {
	t.Parallel()
	got := calendar(t,
		export.Renewal{ID: "t2", Summary: "웹툰나라 · ₩1,000; 매주", Cadence: "weekly", Next: history.DateOf(2026, 12, 2)},
		export.Renewal{ID: "t1", Summary: `Net\flix, ₩13,500`, Details: "monthly\n₩162,000 a year", Cadence: "monthly", Next: history.DateOf(2026, 11, 30), Anchor: 31,
			Days: []history.Day{history.DateOf(2026, 11, 30), history.DateOf(2026, 12, 31)}},
	)
	want := strings.ReplaceAll(`BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Jandon//Renewals//EN
CALSCALE:GREGORIAN
METHOD:PUBLISH
X-WR-CALNAME:Renewals
BEGIN:VEVENT
UID:renewal-08c7ff07b56a5e16-20261130@jandon
DTSTAMP:20261122T090000Z
DTSTART;VALUE=DATE:20261130
DTEND;VALUE=DATE:20261201
SUMMARY:Net\\flix\, ₩13\,500
DESCRIPTION:monthly\n₩162\,000 a year
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:renewal-08c7ff07b56a5e16-20261231@jandon
DTSTAMP:20261122T090000Z
DTSTART;VALUE=DATE:20261231
DTEND;VALUE=DATE:20270101
SUMMARY:Net\\flix\, ₩13\,500
DESCRIPTION:monthly\n₩162\,000 a year
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:renewal-08c7fe07b56a5c63@jandon
DTSTAMP:20261122T090000Z
DTSTART;VALUE=DATE:20261202
DTEND;VALUE=DATE:20261203
RRULE:FREQ=WEEKLY;COUNT=52
SUMMARY:웹툰나라 · ₩1\,000\; 매주
TRANSP:TRANSPARENT
END:VEVENT
END:VCALENDAR
`, "\n", "\r\n")
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestRecurrenceRules(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		cadence string
		next    history.Day
		anchor  int
		want    string
	}{
		{"monthly", history.DateOf(2026, 12, 15), 0, "FREQ=MONTHLY;COUNT=12"},
		{"monthly", history.DateOf(2026, 12, 31), 0, "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1;COUNT=12"},
		{"monthly", history.DateOf(2027, 2, 28), 30, "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1;COUNT=12"},
		{"quarterly", history.DateOf(2027, 1, 29), 0, "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=28,29;BYSETPOS=-1;COUNT=4"},
		{"four_weekly", history.DateOf(2027, 1, 29), 0, "FREQ=DAILY;INTERVAL=28;COUNT=13"},
		{"yearly", history.DateOf(2028, 2, 29), 0, "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=28,29;BYSETPOS=-1;COUNT=2"},
		{"semi_monthly", history.DateOf(2027, 1, 1), 0, ""},
		{"unknown", history.DateOf(2027, 1, 1), 0, ""},
	} {
		got := calendar(t, export.Renewal{ID: "x", Cadence: c.cadence, Next: c.next, Anchor: c.anchor})
		_, rule, found := strings.Cut(strings.ReplaceAll(got, "\r\n ", ""), "RRULE:")
		rule, _, _ = strings.Cut(rule, "\r\n")
		if found != (c.want != "") || rule != c.want {
			t.Errorf("%s from %s: %q, want %q", c.cadence, c.next, rule, c.want)
		}
	}
}

// No line is longer than 75 octets, no character is cut, no text ends its line,
// and unfolding and unescaping gives every text back.
func TestCalendarKeepsEveryText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.StringN(0, 200, -1), rapid.SampledFrom(hostile), rapid.Just(strings.Repeat("소액결제;\\,", 30)))
		summary, details := safe.Text(text.Draw(t, "summary")), safe.Text(text.Draw(t, "details"))
		got := calendar(t, export.Renewal{ID: "t1", Summary: summary, Details: details, Next: history.DateOf(2026, 12, 1)})
		for line := range strings.SplitSeq(strings.TrimSuffix(got, "\r\n"), "\r\n") {
			if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
				t.Fatalf("%q", line)
			}
		}
		back := func(name string) string {
			_, rest, _ := strings.Cut(strings.ReplaceAll(got, "\r\n ", ""), "\r\n"+name+":")
			rest, _, _ = strings.Cut(rest, "\r\n")
			return strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n").Replace(rest)
		}
		if back("SUMMARY") != summary || details != "" && back("DESCRIPTION") != details {
			t.Fatalf("%q came back as %q, %q as %q", summary, back("SUMMARY"), details, back("DESCRIPTION"))
		}
	})
}
