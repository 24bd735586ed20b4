package statement

import (
	"bytes"
	"io"
	"unicode/utf8"
)

// sense is what the bytes of a file say about their encoding. They are written
// to it, in any pieces.
type sense struct {
	head         []byte // the first of them, at most maxJudged
	valid        bool   // as UTF-8
	high, broken int    // characters beyond ASCII, and bytes that are none
	zeros        bool
	filled       bool   // there is more than spaces and marks
	cut          []byte // the beginning of a character that goes on in the next piece
}

func newSense() *sense { return &sense{valid: true} }

// senseOf is the sense of bytes that are all there.
func senseOf(data []byte) *sense {
	s := newSense()
	if utf8.Valid(data) { // nobody asks how many characters there are
		s.head = data[:min(len(data), maxJudged)]
		s.zeros = bytes.IndexByte(data, 0) >= 0
		s.filled = len(bytes.TrimLeft(data, blanks)) > 0
		return s
	}
	s.add(data)
	s.end()
	return s
}

const blanks = " \t\r\n\x00\ufeff"

// Write takes a piece in.
func (s *sense) Write(b []byte) (int, error) {
	s.add(b)
	return len(b), nil
}

func (s *sense) add(b []byte) {
	if len(s.head) < maxJudged {
		s.head = append(s.head, b[:min(len(b), maxJudged-len(s.head))]...)
	}
	s.zeros = s.zeros || bytes.IndexByte(b, 0) >= 0
	for len(s.cut) > 0 {
		for len(b) > 0 && !utf8.FullRune(s.cut) {
			s.cut, b = append(s.cut, b[0]), b[1:]
		}
		if !utf8.FullRune(s.cut) {
			return
		}
		_, n := utf8.DecodeRune(s.cut) // what follows a byte that is none may begin another
		s.judge(s.cut[:n])
		s.cut = s.cut[n:]
	}
	n := wholeRunes(b)
	s.judge(b[:n])
	s.cut = append(s.cut, b[n:]...)
}

// wholeRunes is how much of b stands before a character that is cut off.
func wholeRunes(b []byte) int {
	for back := 1; back < utf8.UTFMax && back <= len(b); back++ {
		if utf8.RuneStart(b[len(b)-back]) {
			if !utf8.FullRune(b[len(b)-back:]) {
				return len(b) - back
			}
			break
		}
	}
	return len(b)
}

// end says that nothing follows.
func (s *sense) end() {
	s.judge(s.cut)
	s.cut = nil
}

func (s *sense) judge(b []byte) {
	s.filled = s.filled || len(bytes.TrimLeft(b, blanks)) > 0
	if utf8.Valid(b) {
		for _, c := range b {
			if c >= 0xc0 {
				s.high++
			}
		}
		return
	}
	s.valid = false
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if b[i] >= utf8.RuneSelf {
			s.high++
			if r == utf8.RuneError && n == 1 {
				s.broken++
			}
		}
		i += n
	}
}

// look reads all of the source once.
func (s *source) look() (*sense, error) {
	if s.sense != nil {
		return s.sense, nil
	}
	if s.whole != nil {
		s.sense = senseOf(s.whole)
		return s.sense, nil
	}
	all := newSense()
	if _, err := io.CopyBuffer(struct{ io.Writer }{all}, struct{ io.Reader }{s.from(0)}, make([]byte, s.block)); err != nil {
		return nil, err
	}
	all.end()
	s.sense = all
	return all, nil
}
