package kit

import "strings"

const (
	across = " ▏▎▍▌▋▊▉█" // eighths from the left, three bytes each but the first
	upward = " ▁▂▃▄▅▆▇█"
)

func eighth(set string, n int) string {
	if n <= 0 {
		return set[:1]
	}
	return set[3*n-2 : 3*n+1]
}

// eighths is value's share of most, in eighths of w cells. Anything that is
// more than nothing shows at least one eighth; only most itself fills the bar.
func eighths(value, most int64, w int) int {
	if value <= 0 || most <= 0 || w <= 0 {
		return 0
	}
	if value >= most {
		return 8 * w
	}
	return min(max(int(float64(value)/float64(most)*float64(8*w)+0.5), 1), max(8*w-1, 1))
}

// Bar is a horizontal bar of at most w cells for value out of most; it is as
// long as its share, to an eighth of a cell, and not padded.
func Bar(value, most int64, w int) string {
	n := eighths(value, most, w)
	s := strings.Repeat("█", n/8)
	if n%8 > 0 {
		s += eighth(across, n%8)
	}
	return s
}

// Meter is a bar on a track of exactly w cells, for a share of a whole.
func Meter(t *Theme, fill Ink, value, most int64, w int) string {
	n := (eighths(value, most, w) + 4) / 8
	if value > 0 && n == 0 && w > 0 {
		n = 1
	}
	return fill.Render(strings.Repeat("━", n)) + t.Faint.Render(strings.Repeat("─", max(w, 0)-n))
}

// Spark is one cell per value, as high as its share of the highest; nothing is a blank.
func Spark(values []int64) string {
	var most int64
	for _, v := range values {
		most = max(most, v)
	}
	b := make([]byte, 0, 3*len(values))
	for _, v := range values {
		b = append(b, eighth(upward, eighths(v, most, 1))...)
	}
	return string(b)
}

// Pillar is one bar of a Chart.
type Pillar struct {
	Label string // under the bar
	Value string // over the bar; left out where it does not fit its width
	Size  int64
	Mark  bool // the one that matters: today, the week shown
}

// Chart draws vertical bars in w×h cells: values above the bars, labels below.
// Every column is as wide as the others; the whole is h lines, or none if too small.
func Chart(t *Theme, cols []Pillar, w, h int) []string {
	n := len(cols)
	if n == 0 || h < 3 || w < 2*n-1 {
		return nil
	}
	room := w / n // a column and its gap
	bar := min(max(room-room/3-1, 1), 9)
	var most int64
	values := true
	for _, c := range cols {
		most = max(most, c.Size)
		values = values && Width(c.Value) < room
	}
	high := h - 1 // the labels
	if values {
		high-- // the highest bar's value
	}
	lines := make([]string, 0, h)
	for y := h - 2; y >= 0; y-- { // y counts from the base line up
		l := NewLine(w)
		for i, c := range cols {
			ink := t.BarOld
			if c.Mark {
				ink = t.Bar
			}
			tall := eighths(c.Size, most, high)
			x := i * room
			switch fill := tall - 8*y; {
			case fill > 0:
				l.To(x+(room-bar)/2).Put(ink, strings.Repeat(eighth(upward, min(fill, 8)), bar))
			case values && y == (tall+7)/8:
				v := t.Quiet
				if c.Mark {
					v = t.Strong
				} else if c.Size == 0 {
					v = t.Faint
				}
				l.To(x+(room-Width(c.Value))/2).Put(v, c.Value)
			}
		}
		lines = append(lines, l.String())
	}
	l := NewLine(w)
	for i, c := range cols {
		ink := t.Quiet
		if c.Mark {
			ink = t.Accent
		}
		label := Cut(c.Label, room-1)
		l.To(i*room+(room-Width(label))/2).Put(ink, label)
	}
	return append(lines, l.String())
}
