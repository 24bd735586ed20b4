// Package picture draws a terminal's cells as an SVG.
//
// Every character is a text of its own at its column, so that Korean and Latin
// stay aligned whatever the font; blocks and box lines are shapes, so that they
// meet without seams. The look is that of a window with a quiet frame.
package picture

import (
	"fmt"
	"html"
	"image/color"
	"strings"
)

// Cell is one cell of a terminal. The second cell of a wide character has Width 0.
type Cell struct {
	Text                            string
	Width                           int
	Fore, Back                      color.Color // nil: the terminal's own
	Bold, Faint, Reverse, Underline bool
}

// Scheme is the terminal's own colours.
type Scheme struct {
	Back, Fore, Edge string
}

// Dark and Light are the backgrounds that the themes are made for.
var (
	Dark  = Scheme{Back: "#14171c", Fore: "#c9cdd4", Edge: "#2a2f38"}
	Light = Scheme{Back: "#fbfbfa", Fore: "#2b303a", Edge: "#d9dce1"}
)

// Sizes in pixels. A CJK character is twice as wide as a Latin one in the font.
const (
	cellW, cellH = 9, 24
	fontSize     = 18 // half of it is cellW: Latin letters stand as close as they should
	baseline     = 18
	border       = 20
)

// SVG draws rows of cells.
func SVG(rows [][]Cell, s Scheme) []byte {
	wide := 0
	for _, row := range rows {
		wide = max(wide, len(row))
	}
	w, h := wide*cellW+2*border, len(rows)*cellH+2*border
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d">`+"\n", w, h, w, h)
	fmt.Fprintf(&b, `<rect x="0.5" y="0.5" width="%d" height="%d" rx="10" fill="%s" stroke="%s"/>`+"\n", w-1, h-1, s.Back, s.Edge)
	fmt.Fprintf(&b, `<g font-family="Noto Sans Mono CJK KR, monospace" font-size="%d">`+"\n", fontSize)
	p := pen{b: &b}
	for y, row := range rows {
		p.lift()
		grounds(&b, row, y, s)
		for x := 0; x < len(row); {
			n := run(row[x:])
			p.glyph(&row[x], n, border+x*cellW, border+y*cellH, s)
			x += n
		}
	}
	p.lift()
	b.WriteString("</g>\n</svg>\n")
	return []byte(b.String())
}

// inks are a cell's colours after reverse and faint.
func (c *Cell) inks(s Scheme) (fore, back string) {
	fore, back = hex(c.Fore, s.Fore), hex(c.Back, "")
	if c.Reverse {
		if back == "" {
			back = s.Back
		}
		fore, back = back, fore
	}
	return fore, back
}

func hex(c color.Color, own string) string {
	if c == nil {
		return own
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}

// grounds draws the backgrounds of a row, one shape for each run.
func grounds(b *strings.Builder, row []Cell, y int, s Scheme) {
	for x := 0; x < len(row); {
		_, back := row[x].inks(s)
		end := x + 1
		for end < len(row) {
			if _, next := row[end].inks(s); next != back && row[end].Width > 0 {
				break
			}
			end++
		}
		if back != "" {
			fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`+"\n",
				border+x*cellW, border+y*cellH, (end-x)*cellW, cellH, back)
		}
		x = end
	}
}

// run is how many cells are drawn as one: alike shapes, so that no seams show between them.
func run(row []Cell) int {
	n := 1
	for wideShape(row[0].Text) && n < len(row) && row[n] == row[0] {
		n++
	}
	return n
}

// pen draws cells, and opens a group where the style changes.
type pen struct {
	b     *strings.Builder
	style string
}

func (p *pen) take(style string) {
	if style != p.style {
		p.lift()
		fmt.Fprintf(p.b, "<g%s>\n", style)
		p.style = style
	}
}

func (p *pen) lift() {
	if p.style != "" {
		p.b.WriteString("</g>\n")
		p.style = ""
	}
}

func (p *pen) glyph(c *Cell, n, x, y int, s Scheme) {
	fore, _ := c.inks(s)
	style := ` fill="` + fore + `" stroke="` + fore + `" stroke-width="0"`
	if c.Bold {
		style += ` font-weight="bold"`
	}
	if c.Faint {
		style += ` opacity="0.55"`
	}
	if c.Underline && c.Width > 0 {
		p.take(style)
		fmt.Fprintf(p.b, `<rect x="%d" y="%d" width="%d" height="1.5"/>`+"\n", x, y+cellH-3, c.Width*cellW)
	}
	text := strings.TrimSpace(c.Text)
	if text == "" {
		return
	}
	p.take(style)
	if !shape(p.b, text, n, x, y) {
		fmt.Fprintf(p.b, `<text x="%d" y="%d">%s</text>`+"\n", x, y+baseline, html.EscapeString(text))
	}
}
