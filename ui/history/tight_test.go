package history_test

import (
	"net/url"
	"strings"
	"testing"

	"jandon/ui/kit"
)

// A name that is too long for its column takes room from its own line alone.
func TestOneLongNameLeavesTheOtherLinesInTheirColumns(t *testing.T) {
	t.Parallel()
	d := weeks(t, "en", url.Values{"find": {"kind:carrier_credit"}}.Encode(), 80, 20)
	at := map[int]int{}
	for line := range strings.Lines(d.Frame()) {
		for _, category := range []string{"  Games", "  Top-ups", "  Phone"} {
			if before, _, ok := strings.Cut(line, category); ok {
				at[kit.Width(before)]++
			}
		}
	}
	lines, most := 0, 0
	for _, n := range at {
		lines, most = lines+n, max(most, n)
	}
	if lines < 5 || most < lines-1 {
		t.Errorf("categories of %d lines begin at %v in\n%s", lines, at, d.Frame())
	}
}
