package kit

import "unicode/utf8"

// plainWidth is the width of a text of signs that never join with one another
// or change one another's width: ASCII, Hangul syllables, blocks and lines, the
// marks that screens are drawn with, and colours between them. That is nearly
// all that is drawn, and some ten times cheaper than taking a text apart by
// what a reader sees as a letter. ok is false for any other text.
func plainWidth(s string) (n int, ok bool) {
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c >= 0x20 && c <= 0x7e:
			n++
			i++
			continue
		case c == '\x1b':
			end := colourEnd(s[i:])
			if end == 0 {
				return 0, false
			}
			i += end
			continue
		case c < utf8.RuneSelf:
			return 0, false
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r >= '가' && r <= '힣':
			n += 2
		case r >= '─' && r <= '▟', r == '·', r == '₩', r == '…', r == '→', r == '▸', r == '–', r == '−', r == '×':
			n++
		default:
			return 0, false
		}
		i += size
	}
	return n, true
}

// colourEnd is the length of the sequence that sets colours (ESC [ digits ; … m)
// at the beginning of a text; 0 if it is another one.
func colourEnd(s string) int {
	if len(s) < 3 || s[1] != '[' {
		return 0
	}
	for i := 2; i < len(s); i++ {
		switch c := s[i]; {
		case c == 'm':
			return i + 1
		case c != ';' && c != ':' && (c < '0' || c > '9'):
			return 0
		}
	}
	return 0
}
