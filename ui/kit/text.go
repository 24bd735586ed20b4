package kit

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Width is the number of terminal cells a text takes; styles take none.
func Width(s string) int {
	if n, ok := plainWidth(s); ok {
		return n
	}
	return ansi.StringWidth(s)
}

// Cut shortens a text to at most w cells, ending in … where something is lost.
// A wide character that would straddle the edge is left out whole.
func Cut(s string, w int) string {
	switch {
	case w <= 0:
		return ""
	case Width(s) <= w:
		return s
	}
	return ansi.Truncate(s, w, "…")
}

// Pad fills a text up to w cells on the right.
func Pad(s string, w int) string {
	if n := w - Width(s); n > 0 {
		return s + spaces(n)
	}
	return s
}

// Fit makes a text exactly w cells, from the left.
func Fit(s string, w int) string { return Pad(Cut(s, w), max(w, 0)) }

// Centre puts a text in the middle of w cells.
func Centre(s string, w int) string {
	s = Cut(s, w)
	left := (w - Width(s)) / 2
	return Pad(spaces(left)+s, max(w, 0))
}

// Wrap breaks a text into lines of at most w cells; words longer than a line
// are broken. A minus stays with its amount, and where the last line would be
// one short word, the lines above give it company.
func Wrap(s string, w int) []string {
	if w <= 0 {
		return nil
	}
	lines := wrap(s, w)
	for v := w - 1; v >= w*2/3 && widow(lines, w); v-- {
		narrower := wrap(s, v)
		if len(narrower) > len(lines) {
			break
		}
		if !widow(narrower, w) {
			return narrower
		}
	}
	return lines
}

func wrap(s string, w int) []string {
	const sign = "\u2011" // a hyphen that no line breaks after
	s = strings.ReplaceAll(strings.ReplaceAll(s, sign, "-"), " -", " "+sign)
	var b strings.Builder
	for i := range len(s) { // nor is a date or a number broken
		if s[i] == '-' && i > 0 && i+1 < len(s) && digit(s[i-1]) && digit(s[i+1]) {
			b.WriteString(sign)
		} else {
			b.WriteByte(s[i])
		}
	}
	lines := strings.Split(ansi.Wrap(b.String(), w, ""), "\n")
	for i := range lines {
		lines[i] = strings.ReplaceAll(strings.TrimSpace(lines[i]), sign, "-")
	}
	return lines
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// widow reports whether lines for w cells end in one that is a short word alone.
func widow(lines []string, w int) bool {
	last := lines[len(lines)-1]
	return len(lines) > 1 && last != "" && !strings.Contains(last, " ") && Width(last) < w/4
}

// Frame makes lines into exactly w×h cells: what is too long is cut, what is missing is blank.
func Frame(lines []string, w, h int) string {
	var b strings.Builder
	b.Grow(h * (w + 24))
	for y := range h {
		if y > 0 {
			b.WriteByte('\n')
		}
		if y < len(lines) {
			b.WriteString(Cut(lines[y], w))
		}
	}
	return b.String()
}

const blank = "                                                                                " +
	"                                                                                " +
	"                                                                                " +
	"                                                                                "

func spaces(n int) string {
	switch {
	case n <= 0:
		return ""
	case n <= len(blank):
		return blank[:n]
	}
	return strings.Repeat(" ", n)
}
