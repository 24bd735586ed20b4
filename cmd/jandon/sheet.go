package main

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"jandon/internal/money"
)

// The few inks of printed answers; a colorprofile.Writer takes them away where
// they can't be shown. Words and signs carry the meaning without them.
var (
	plainInk = lipgloss.NewStyle()
	headInk  = lipgloss.NewStyle().Bold(true)
	quietInk = lipgloss.NewStyle().Faint(true)
	warnInk  = lipgloss.NewStyle().Foreground(lipgloss.Yellow)
	barInk   = lipgloss.NewStyle().Foreground(lipgloss.Cyan)
)

// cell is a piece of text in a column.
type cell struct {
	text  string
	ink   lipgloss.Style
	right bool
}

func left(s string) cell                  { return cell{text: s} }
func right(s string) cell                 { return cell{text: s, right: true} }
func (c cell) in(ink lipgloss.Style) cell { c.ink = ink; return c }

// sheet is what a command prints for a person: lines of cells, aligned within
// a stretch of lines that a heading or an empty line ends.
type sheet struct {
	lines [][]cell
	b     strings.Builder
}

func (s *sheet) row(cells ...cell) { s.lines = append(s.lines, cells) }

// free ends the stretch and adds a line that is not aligned.
func (s *sheet) free(text string, ink lipgloss.Style) {
	s.flush()
	s.b.WriteString(strings.TrimRight(ink.Render(text), " "))
	s.b.WriteByte('\n')
}

func (s *sheet) blank() { s.flush(); s.b.WriteByte('\n') }

func (s *sheet) flush() {
	var widths []int
	for _, cells := range s.lines {
		for i, c := range cells {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], ansi.StringWidth(c.text))
		}
	}
	for _, cells := range s.lines {
		var line strings.Builder
		for i, c := range cells {
			pad := strings.Repeat(" ", widths[i]-ansi.StringWidth(c.text))
			if i > 0 {
				line.WriteString("  ")
			}
			switch {
			case c.right:
				line.WriteString(pad + c.ink.Render(c.text))
			case i == len(cells)-1:
				line.WriteString(c.ink.Render(c.text))
			default:
				line.WriteString(c.ink.Render(c.text) + pad)
			}
		}
		s.b.WriteString(strings.TrimRight(line.String(), " "))
		s.b.WriteByte('\n')
	}
	s.lines = s.lines[:0]
}

// print writes the sheet to standard output, coloured if that is a terminal.
func (a *app) print(s *sheet) error {
	s.flush()
	w := &colorprofile.Writer{Forward: a.out, Profile: a.profile(a.out)}
	return all(w, []byte(s.b.String()))
}

// bar is a bar of at most width cells for a part of the whole, in eighths.
func bar(part, whole int64, width int) string {
	if part <= 0 || whole <= 0 {
		return ""
	}
	eighths := int(part * int64(width) * 8 / whole)
	if eighths == 0 {
		return "▏"
	}
	full := strings.Repeat("█", eighths/8)
	if eighths%8 == 0 {
		return full
	}
	return full + string([]rune(" ▏▎▍▌▋▊▉")[eighths%8])
}

// short cuts a text to a number of cells.
func short(s string, cells int) string { return ansi.Truncate(s, cells, "…") }

// decimal is a count with its thousands grouped.
func decimal(n int) string { return money.Style{Unit: money.Bare}.Format(money.Won(int64(n))) }
