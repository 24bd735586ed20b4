package valuepath

import (
	"fmt"
	"strings"
	"time"
)

// Hours is a stretch of the day on some days of the week in which a rail is open.
type Hours struct {
	Days     [7]bool // by time.Weekday
	From, To int     // minutes after midnight; To is exclusive, 1440 is midnight
}

var dayWords = [7]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

type hoursText struct {
	Days string `toml:"days"`
	From string `toml:"from"`
	To   string `toml:"to"`
}

// parse reads days ("mon-fri", "sat") and times of day ("09:00", "24:00").
func (h hoursText) parse() (Hours, error) {
	var out Hours
	first, last, several := strings.Cut(h.Days, "-")
	if !several {
		last = first
	}
	a, b := weekday(first), weekday(last)
	if a < 0 || b < 0 {
		return out, fmt.Errorf("open: %q are no days like \"mon-fri\"", h.Days)
	}
	for d := a; ; d = (d + 1) % 7 {
		out.Days[d] = true
		if d == b {
			break
		}
	}
	var err error
	if out.From, err = minute(h.From); err != nil {
		return out, err
	}
	if out.To, err = minute(h.To); err != nil {
		return out, err
	}
	if out.To <= out.From {
		return out, fmt.Errorf("open: %s is not before %s", h.From, h.To)
	}
	return out, nil
}

func weekday(word string) int {
	for i, w := range dayWords {
		if w == word {
			return i
		}
	}
	return -1
}

func minute(s string) (int, error) {
	if s == "24:00" {
		return 24 * 60, nil
	}
	t, err := time.Parse("15:04", s)
	if err != nil {
		return 0, fmt.Errorf("open: %q is no time of day like \"09:00\"", s)
	}
	return t.Hour()*60 + t.Minute(), nil
}

// OpenAt reports whether the rail takes acts at an instant, by the clocks of a zone.
func (r *Rail) OpenAt(at time.Time, zone *time.Location) bool {
	if len(r.Open) == 0 {
		return true
	}
	t := at.In(zone)
	now := t.Hour()*60 + t.Minute()
	for _, h := range r.Open {
		if h.Days[t.Weekday()] && now >= h.From && now < h.To {
			return true
		}
	}
	return false
}

// Opens is when a closed rail opens next; an open one is open at at.
func (r *Rail) Opens(at time.Time, zone *time.Location) time.Time {
	if r.OpenAt(at, zone) {
		return at
	}
	var next time.Time
	t := at.In(zone)
	for day := 0; day <= 8; day++ { // a week, and a day whose opening a change of clocks swallowed
		y, m, d := t.AddDate(0, 0, day).Date()
		for _, h := range r.Open {
			start := time.Date(y, m, d, h.From/60, h.From%60, 0, 0, zone)
			if start.After(at) && r.OpenAt(start, zone) && (next.IsZero() || start.Before(next)) {
				next = start
			}
		}
		if !next.IsZero() {
			return next
		}
	}
	return next
}
