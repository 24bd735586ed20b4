package uitest

import (
	"fmt"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
)

// Frame is the screen as text, and below it the runs of cells that have a
// background, are reversed or underlined: what is chosen and where we are,
// which the text alone does not show. A run is written "~ line:from-to look".
func (s *Stage) Frame() string {
	var b strings.Builder
	b.WriteString(s.Text())
	for y, row := range s.Cells() {
		for x := 0; x < len(row); {
			l := look(&row[x])
			end := x + 1
			for end < len(row) && (row[end].Width == 0 || look(&row[end]) == l) {
				end++
			}
			if l != "" {
				fmt.Fprintf(&b, "~ %d:%d-%d %s\n", y, x, end-1, l)
			}
			x = end
		}
	}
	if c := s.view.Cursor; c != nil {
		fmt.Fprintf(&b, "~ %d:%d cursor\n", c.Y, c.X)
	}
	return b.String()
}

func look(c *uv.Cell) string {
	switch {
	case c.Style.Bg != nil:
		return "chosen"
	case c.Style.Attrs&uv.AttrReverse != 0:
		return "reverse"
	case c.Style.Underline != 0:
		return "underlined"
	}
	return ""
}
