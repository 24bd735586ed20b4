package export

import (
	"bufio"
	"fmt"
	"hash/fnv"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"jandon/internal/history"
)

// Renewal is a charge that comes again.
type Renewal struct {
	ID      string        // of the series: the same as long as it is the same series
	Summary string        // what the calendar shows: whose charge, how much
	Details string        // in the entry
	Cadence string        // weekly, biweekly, four_weekly, days30, monthly, bimonthly, quarterly, half_yearly, yearly
	Next    history.Day   // the next one
	Anchor  int           // day of the month on which it is billed where the month has it; 0: that of Next
	Days    []history.Day // every day that is known to come; nil: by Cadence
}

// Calendar is what a calendar file says beside its entries.
type Calendar struct {
	Name  string
	Stamp time.Time // when it was made
}

// steps are the cadences as recurrence rules, for a year.
var steps = map[string]struct {
	rule  string
	month bool
	count int
}{
	"weekly": {"FREQ=WEEKLY", false, 52}, "biweekly": {"FREQ=WEEKLY;INTERVAL=2", false, 26}, "four_weekly": {"FREQ=DAILY;INTERVAL=28", false, 13},
	"days30": {"FREQ=DAILY;INTERVAL=30", false, 12}, "monthly": {"FREQ=MONTHLY", true, 12}, "bimonthly": {"FREQ=MONTHLY;INTERVAL=2", true, 6},
	"quarterly": {"FREQ=MONTHLY;INTERVAL=3", true, 4}, "half_yearly": {"FREQ=MONTHLY;INTERVAL=6", true, 2}, "yearly": {"FREQ=MONTHLY;INTERVAL=12", true, 2},
}

// Renewals writes renewals as a calendar (RFC 5545): all-day entries that block
// no time, with UIDs that stay, so that a calendar which reads the file again
// changes its entries and doubles none. Where the days are known each is an
// entry; else one entry has a rule that ends after a year, since prices and
// dates beyond it are nobody's knowledge.
func Renewals(w io.Writer, c Calendar, list []Renewal) error {
	out := bufio.NewWriter(w)
	put := func(format string, args ...any) { fold(out, fmt.Sprintf(format, args...)) }
	put("BEGIN:VCALENDAR")
	put("VERSION:2.0")
	put("PRODID:-//Jandon//Renewals//EN")
	put("CALSCALE:GREGORIAN")
	put("METHOD:PUBLISH")
	put("X-WR-CALNAME:%s", escaped(c.Name))
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Renewal) int {
		if a.Next != b.Next {
			return int(a.Next - b.Next)
		}
		return strings.Compare(a.ID, b.ID)
	})
	for _, r := range list {
		days, rule := r.Days, ""
		if len(days) == 0 {
			days, rule = []history.Day{r.Next}, r.rule()
		}
		for _, d := range days {
			put("BEGIN:VEVENT")
			put("UID:%s", r.uid(d))
			put("DTSTAMP:%s", c.Stamp.UTC().Format("20060102T150405Z"))
			put("DTSTART;VALUE=DATE:%s", compact(d))
			put("DTEND;VALUE=DATE:%s", compact(d+1))
			if rule != "" {
				put("RRULE:%s", rule)
			}
			put("SUMMARY:%s", escaped(r.Summary))
			if r.Details != "" {
				put("DESCRIPTION:%s", escaped(r.Details))
			}
			put("TRANSP:TRANSPARENT")
			put("END:VEVENT")
		}
	}
	put("END:VCALENDAR")
	return out.Flush()
}

// rule is the recurrence rule of a cadence, "" for one that has none. A charge
// of the 31st comes on the last day of shorter months: of the days up to the
// anchor the last one that there is.
func (r *Renewal) rule() string {
	step, ok := steps[r.Cadence]
	if !ok {
		return ""
	}
	rule := step.rule
	_, _, day := r.Next.Date()
	if step.month {
		if anchor := max(day, r.Anchor); anchor > 28 {
			days := make([]string, 0, 4)
			for d := 28; d <= min(anchor, 31); d++ {
				days = append(days, fmt.Sprint(d))
			}
			rule += ";BYMONTHDAY=" + strings.Join(days, ",") + ";BYSETPOS=-1"
		}
	}
	return fmt.Sprintf("%s;COUNT=%d", rule, step.count)
}

// uid names an entry for good.
func (r *Renewal) uid(d history.Day) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(r.ID))
	if len(r.Days) > 0 {
		return fmt.Sprintf("renewal-%016x-%s@jandon", h.Sum64(), compact(d))
	}
	return fmt.Sprintf("renewal-%016x@jandon", h.Sum64())
}

func compact(d history.Day) string { return strings.ReplaceAll(d.String(), "-", "") }

// escaped is a text as 3.3.11 wants it.
func escaped(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`).Replace(s)
}

// fold writes a line in pieces of at most 75 octets, none of which cuts a
// character (3.1).
func fold(out *bufio.Writer, s string) {
	const most = 75
	room := most
	for len(s) > room {
		n := room
		for n > 0 && !utf8.RuneStart(s[n]) {
			n--
		}
		_, _ = out.WriteString(s[:n] + "\r\n ") // errors stay with the buffer
		s, room = s[n:], most-1
	}
	_, _ = out.WriteString(s + "\r\n")
}
