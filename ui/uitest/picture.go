package uitest

import (
	uv "github.com/charmbracelet/ultraviolet"

	"jandon/internal/picture"
)

// Picture draws the terminal as an SVG.
func (s *Stage) Picture(scheme picture.Scheme) []byte {
	var rows [][]picture.Cell
	for _, row := range s.Cells() {
		line := make([]picture.Cell, len(row))
		for x, c := range row {
			a := c.Style.Attrs
			line[x] = picture.Cell{
				Text: c.Content, Width: c.Width, Fore: c.Style.Fg, Back: c.Style.Bg,
				Bold: a&uv.AttrBold != 0, Faint: a&uv.AttrFaint != 0, Reverse: a&uv.AttrReverse != 0,
				Underline: c.Style.Underline != 0,
			}
		}
		rows = append(rows, line)
	}
	return picture.SVG(rows, scheme)
}
