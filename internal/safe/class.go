package safe

import "unicode"

type class uint8

const (
	refused class = iota
	kept
	mark
	blank
)

// classOf says what becomes of a character of NFC text.
func classOf(r rune) class {
	switch {
	case r > ' ' && r < 0x7f:
		return kept
	case unicode.Is(unicode.Zs, r):
		return blank
	case r == dot || hidden(r) || joins(r):
		return refused
	case unicode.Is(unicode.M, r):
		return mark
	case unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S):
		return kept
	}
	return refused
}

// hidden reports letters, marks and symbols that draw nothing: Hangul fillers,
// the grapheme joiner, variation selectors, and the blanks of Braille, musical
// and Khitan notation. Controls, format characters, tags, private use and
// unassigned ones are no letters, marks or symbols to begin with.
func hidden(r rune) bool {
	switch r {
	case 0x2800, 0x1d159, 0x16fe4, 0xfffc:
		return true
	}
	return unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) || r == 0x034f
}

// joins reports characters whose width hangs on their neighbours, so that
// terminals disagree about the column: jamo that NFC left apart, and the skin
// tones of emoji.
func joins(r rune) bool {
	return r >= 0x1100 && r <= 0x11ff || r >= 0xa960 && r <= 0xa97f || r >= 0xd7b0 && r <= 0xd7ff ||
		r >= 0x1f3fb && r <= 0x1f3ff
}
