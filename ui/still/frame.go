package still

import (
	"fmt"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
)

// Frame is a screen as text, and below it the runs of cells that have a
// background, are reversed or underlined: what is chosen and where we are,
// which the text alone does not show. A run is written "~ line:from-to look";
// the cursor is at x, y, or nowhere if x is negative.
func Frame(rows [][]uv.Cell, x, y int) string {
	var b strings.Builder
	for _, row := range rows {
		b.WriteString(plain(row))
		b.WriteByte('\n')
	}
	for line, row := range rows {
		for at := 0; at < len(row); {
			l := look(&row[at])
			end := at + 1
			for end < len(row) && (row[end].Width == 0 || look(&row[end]) == l) {
				end++
			}
			if l != "" {
				fmt.Fprintf(&b, "~ %d:%d-%d %s\n", line, at, end-1, l)
			}
			at = end
		}
	}
	if x >= 0 {
		fmt.Fprintf(&b, "~ %d:%d cursor\n", y, x)
	}
	return b.String()
}

// plain is a row without trailing blanks. The second cell of a wide character is empty.
func plain(row []uv.Cell) string {
	var b strings.Builder
	for i := range row {
		switch c := &row[i]; {
		case c.Content != "":
			b.WriteString(c.Content)
		case c.Width == 1 || c.IsZero() && (i == 0 || row[i-1].Width < 2):
			b.WriteByte(' ')
		}
	}
	return strings.TrimRight(b.String(), " ")
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
