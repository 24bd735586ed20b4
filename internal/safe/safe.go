// Package safe is the one filter for text that comes from outside.
//
// What merchants, issuers and files call themselves is drawn on a terminal and
// cut to columns, so it must not steer the terminal, hide, or reach beyond its
// line. After the filter a text is valid UTF-8 in NFC, a single line of at
// most MaxLen characters, made of letters, marks, numbers, punctuation,
// symbols and single spaces. Whatever else was there is shown as U+FFFD, one
// for each run, so that nothing vanishes unseen. Filtering twice is filtering
// once. Text is filtered when it is decoded and nowhere else.
package safe

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	// MaxLen is the longest text, in characters. Names and reasons in card
	// and carrier statements stay under 80; the rest is room for a sentence.
	MaxLen = 200
	// MaxMarks is how many marks a letter may carry. Vietnamese and
	// polytonic Greek need two, vocalised Hebrew three; more is drawn over
	// the lines above and below.
	MaxMarks = 3
	// maxRead bounds the work on one text, in bytes. What lies beyond is cut
	// off, which the ellipsis at the end says.
	maxRead = 16 << 10
)

const (
	dot      = utf8.RuneError // stands for what was refused
	ellipsis = '…'            // stands for what was cut off
)

// Text is s after the filter. Plain ASCII and Hangul come back as they are,
// without allocation.
func Text(s string) string {
	if plain(s) {
		return s
	}
	return filter(s)
}

// Changed reports whether the filter would change s.
func Changed(s string) bool { return !plain(s) && filter(s) != s }

// plain reports whether s is printable ASCII and precomposed Hangul that the
// filter would leave alone. These can be judged character by character: none
// of them joins with another under NFC.
func plain(s string) bool {
	space := true // a space may not come first, last or after another
	length := 0
	for i := 0; i < len(s); length++ {
		c := s[i]
		switch {
		case c > ' ' && c < 0x7f:
			space = false
			i++
		case c == ' ' && !space:
			space = true
			i++
		case c >= 0xea && c <= 0xed && isHangul(s[i:]):
			space = false
			i += 3
		default:
			return false
		}
	}
	return length <= MaxLen && (!space || s == "")
}

// isHangul reports whether s starts with a syllable U+AC00–U+D7A3.
func isHangul(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r >= 0xac00 && r <= 0xd7a3
}

func filter(s string) string {
	cut := false
	if len(s) > maxRead {
		n := maxRead
		for n > maxRead-utf8.UTFMax && !utf8.RuneStart(s[n]) {
			n--
		}
		s, cut = s[:n], true
	}
	w := writer{buf: make([]byte, 0, min(len(s)+utf8.UTFMax, 4*MaxLen))}
	for _, r := range norm.NFC.String(s) {
		if w.length > MaxLen {
			break
		}
		w.add(r)
	}
	return w.text(cut)
}

// writer puts kept characters together and remembers what may follow.
type writer struct {
	buf    []byte
	length int  // in characters
	marks  int  // on the last letter
	last   rune // 0 at the start
	space  bool // a space waits for something to stand before
	end    int  // of the first MaxLen-1 characters in buf
}

func (w *writer) add(r rune) {
	class := classOf(r)
	if class == mark && (w.last == 0 || w.last == dot || w.space || w.marks == MaxMarks) {
		class = refused // nothing to stand on, or too many
	}
	switch class {
	case blank:
		w.space = w.last != 0
		return
	case refused:
		if w.last == dot && !w.space {
			return
		}
		r = dot
	case mark:
		w.marks++
		w.put(r)
		return
	}
	if w.space {
		w.put(' ')
		w.space = false
	}
	w.marks = 0
	w.last = r
	w.put(r)
}

func (w *writer) put(r rune) {
	w.buf = utf8.AppendRune(w.buf, r)
	w.length++
	if w.length == MaxLen-1 {
		w.end = len(w.buf)
	}
}

func (w *writer) text(cut bool) string {
	if w.length > MaxLen || cut && w.length == MaxLen {
		w.buf = w.buf[:w.end]
		cut = true
	}
	if cut {
		w.buf = utf8.AppendRune(w.buf, ellipsis)
	}
	return string(w.buf)
}
