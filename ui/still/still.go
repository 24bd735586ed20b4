// Package still turns what a screen draws into cells, pictures and text that
// can be written anywhere.
//
// A frame is text with styles. What leaves the program as a file or in lines
// passes here: of all control sequences only those of styles (SGR) remain.
package still

import (
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"jandon/internal/picture"
	"jandon/internal/safe"
)

// Picture draws the cells of a terminal as an SVG.
func Picture(rows [][]uv.Cell, scheme picture.Scheme) []byte {
	lines := make([][]picture.Cell, 0, len(rows))
	for _, row := range rows {
		line := make([]picture.Cell, len(row))
		for x, c := range row {
			a := c.Style.Attrs
			line[x] = picture.Cell{
				Text: c.Content, Width: c.Width, Fore: c.Style.Fg, Back: c.Style.Bg,
				Bold: a&uv.AttrBold != 0, Faint: a&uv.AttrFaint != 0, Reverse: a&uv.AttrReverse != 0,
				Underline: c.Style.Underline != 0,
			}
		}
		lines = append(lines, line)
	}
	return picture.SVG(lines, scheme)
}

// Cells are those of a frame in a window of a size.
func Cells(content string, w, h int) [][]uv.Cell {
	b := uv.NewScreenBuffer(max(w, 1), max(h, 1))
	uv.NewStyledString(content).Draw(b, b.Bounds())
	rows := make([][]uv.Cell, b.Height())
	for y := range rows {
		rows[y] = make([]uv.Cell, b.Width())
		for x := range rows[y] {
			if c := b.CellAt(x, y); c != nil {
				rows[y][x] = *c
			}
		}
	}
	return rows
}

// Text is a frame without styles, a line for each of its own, without trailing blanks.
func Text(content string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(content, "\n") {
		b.WriteString(strings.TrimRight(tame(line, false), " "))
		b.WriteByte('\n')
	}
	return b.String()
}

// Line is a line of a frame with its styles and nothing else that a terminal acts on.
func Line(line string) string { return tame(line, true) }

func tame(line string, styles bool) string {
	var b strings.Builder
	var state byte
	p := ansi.NewParser()
	for line != "" {
		seq, width, n, next := ansi.DecodeSequence(line, state, p)
		switch {
		case seq == " ":
			b.WriteByte(' ')
		case width > 0:
			b.WriteString(safe.Text(seq))
		case styles && style(seq):
			b.WriteString(seq)
		}
		line, state = line[n:], next
	}
	return b.String()
}

// style reports whether a sequence sets a style: CSI, numbers, m.
func style(seq string) bool {
	body, ok := strings.CutPrefix(seq, "\x1b[")
	body, end := strings.CutSuffix(body, "m")
	return ok && end && strings.Trim(body, "0123456789;:") == ""
}
