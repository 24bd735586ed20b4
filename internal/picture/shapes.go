package picture

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// wideShape reports whether a text is a shape that reaches from edge to edge.
func wideShape(text string) bool {
	r, n := utf8.DecodeRuneInString(text)
	return n == len(text) && (r >= '▁' && r <= '█' || r == '─' || r == '━')
}

// shape draws n cells of a block element, box line or arrow; it reports whether text was one.
func shape(b *strings.Builder, text string, n, x, y int) bool {
	r, size := utf8.DecodeRuneInString(text)
	if size != len(text) {
		return false
	}
	w := float64(n) * cellW
	rect := func(x, y, w, h float64) {
		fmt.Fprintf(b, `<rect x="%g" y="%g" width="%g" height="%g"/>`+"\n", x, y, w, h)
	}
	fx, fy := float64(x), float64(y)
	switch {
	case r >= '▁' && r <= '█': // eighths from below
		h := float64(r-'▁'+1) * cellH / 8
		if r == '█' {
			h += 0.5 // into the block above, so that no seam shows
		}
		rect(fx, fy+cellH-h, w, h)
		return true
	case r >= '▉' && r <= '▏': // eighths from the left, seven down to one
		rect(fx, fy, float64('▏'-r+1)*cellW/8, cellH)
		return true
	case r == '▐':
		rect(fx+cellW/2.0, fy, cellW/2.0, cellH)
		return true
	}
	if n > 1 { // ─ or ━
		t := 1.1
		if r == '━' {
			t = 2.2
		}
		rect(fx, fy+cellH/2.0-t/2, w, t)
		return true
	}
	if d, ok := arrows[r]; ok { // many fonts draw them two cells wide
		fmt.Fprintf(b, `<path transform="translate(%g %g)" d="%s" fill="none" stroke-width="1.3"/>`+"\n", fx, fy, d)
		return true
	}
	arms, ok := boxes[r]
	if !ok {
		return false
	}
	mx, my := fx+cellW/2.0, fy+cellH/2.0
	for i, weight := range arms {
		t := float64(weight) * 1.1
		switch {
		case weight == 0:
		case i == 0: // up
			rect(mx-t/2, fy, t, cellH/2.0+t/2)
		case i == 1: // right
			rect(mx-t/2, my-t/2, cellW/2.0+t/2, t)
		case i == 2: // down
			rect(mx-t/2, my-t/2, t, cellH/2.0+t/2)
		default: // left
			rect(fx, my-t/2, cellW/2.0+t/2, t)
		}
	}
	return true
}

// boxes are box-drawing characters by the weight of their arms: up, right, down, left.
var boxes = map[rune][4]int{
	'─': {0, 1, 0, 1}, '━': {0, 2, 0, 2}, '│': {1, 0, 1, 0}, '┃': {2, 0, 2, 0},
	'┌': {0, 1, 1, 0}, '┐': {0, 0, 1, 1}, '└': {1, 1, 0, 0}, '┘': {1, 0, 0, 1},
	'╭': {0, 1, 1, 0}, '╮': {0, 0, 1, 1}, '╰': {1, 1, 0, 0}, '╯': {1, 0, 0, 1},
	'├': {1, 1, 1, 0}, '┤': {1, 0, 1, 1}, '┬': {0, 1, 1, 1}, '┴': {1, 1, 0, 1}, '┼': {1, 1, 1, 1},
	'╸': {0, 0, 0, 2}, '╺': {0, 2, 0, 0}, '╴': {0, 0, 0, 1}, '╶': {0, 1, 0, 0}, '╼': {0, 2, 0, 1}, '╾': {0, 1, 0, 2},
	'╷': {0, 0, 1, 0}, '╵': {1, 0, 0, 0},
}

// arrows are drawn within one cell of 9×24.
var arrows = map[rune]string{
	'↑': "M4.5 18V7M1.5 10.5L4.5 7L7.5 10.5",
	'↓': "M4.5 7V18M1.5 14.5L4.5 18L7.5 14.5",
	'←': "M8 12.5H1M4 9.5L1 12.5L4 15.5",
	'→': "M1 12.5H8M5 9.5L8 12.5L5 15.5",
}
