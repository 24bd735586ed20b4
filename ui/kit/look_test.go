package kit_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"jandon/ui/kit"
)

func looks(w int, list []kit.Look) []string {
	t := kit.NewTheme(true, false)
	var s kit.Sheet
	lines := kit.Looks(t, w, list)
	s.Start(w, len(lines))
	for _, it := range lines {
		s.Row(0, w, nil, it.Draw)
		s.Newline()
	}
	return strings.Split(ansi.Strip(s.String()), "\n")
}

// Where there is room, names stand below names and dates below dates; where
// there is none, nothing that matters gives way to a column.
func TestLooksStandInColumnsWhereTheyFit(t *testing.T) {
	t.Parallel()
	list := []kit.Look{
		{Key: "a", Why: "New device", Who: "vm", When: "22 Nov"},
		{Key: "b", Why: "Charged twice?", Who: "한입배달", When: "16 Nov", Amount: "₩21,900"},
		{Key: "c", Why: "Dearer", Who: "Wave Music", When: "1 Nov", Amount: "₩8,690"},
	}
	for w, want := range map[int][]string{
		60: {
			"New device      vm          22 Nov",
			"Charged twice?  한입배달    16 Nov                   ₩21,900",
			"Dearer          Wave Music  1 Nov                     ₩8,690",
		},
		36: { // the date of the second has no room
			"New device      vm          22 Nov",
			"Charged twice?  한입배달     ₩21,900",
			"Dearer          Wave Music    ₩8,690",
		},
		32: { // nor have columns
			"New device  vm  22 Nov",
			"Charged twice?  한입배달 ₩21,900",
			"Dearer  Wave Music        ₩8,690",
		},
		26: { // nor has a piece of a name
			"New device  vm  22 Nov",
			"Charged twice?     ₩21,900",
			"Dearer  Wave Music  ₩8,690",
		},
	} {
		for i, line := range looks(w, list) {
			if strings.TrimRight(line, " ") != want[i] {
				t.Errorf("in %d cells line %d is\n%q, want\n%q", w, i, line, want[i])
			}
		}
	}
}
