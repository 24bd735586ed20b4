package picture

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// shape draws block elements and box lines; it reports whether text was one.
func shape(b *strings.Builder, text string, x, y int, fill, style string) bool {
	r, n := utf8.DecodeRuneInString(text)
	if n != len(text) {
		return false
	}
	rect := func(x, y, w, h float64) {
		fmt.Fprintf(b, `<rect x="%g" y="%g" width="%g" height="%g" fill="%s"%s/>`+"\n", x, y, w, h, fill, style)
	}
	fx, fy := float64(x), float64(y)
	switch {
	case r >= '▁' && r <= '█': // eighths from below
		h := float64(r-'▁'+1) * cellH / 8
		rect(fx, fy+cellH-h, cellW, h)
		return true
	case r >= '▉' && r <= '▏': // eighths from the left, seven down to one
		rect(fx, fy, float64('▏'-r+1)*cellW/8, cellH)
		return true
	case r == '▐':
		rect(fx+cellW/2.0, fy, cellW/2.0, cellH)
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
