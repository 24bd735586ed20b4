package kit

import "strings"

// across are the eighths of a cell, from the left.
var across = [...]string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"}

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
	return strings.Repeat("█", n/8) + across[n%8]
}
