package statement

import "bytes"

// lineScanner gives the lines of a text, whatever ends them. Of a line longer
// than maxRecord the beginning is given, and the rest passed over.
type lineScanner struct {
	*text
	at int // in text.data, where the next line begins

	line   []byte // without its end; good until the next
	number int    // from 1
}

// linesOf are the lines of a text that is there.
func linesOf(all []byte) *lineScanner { return &lineScanner{text: written(all)(0)} }

func (s *lineScanner) next() bool {
	for s.at >= len(s.data) {
		if s.done {
			return false
		}
		s.move()
	}
	s.number++
	for {
		rest := s.data[s.at:]
		i := bytes.IndexAny(rest[:min(len(rest), maxRecord)], "\r\n")
		switch {
		case i >= 0 && (i+1 < len(rest) || s.done):
			s.line = rest[:i]
			if i+1 < len(rest) && rest[i] == '\r' && rest[i+1] == '\n' {
				i++
			}
			s.at += i + 1
			return s.err == nil
		case i < 0 && s.done && len(rest) <= maxRecord:
			s.line, s.at = rest, len(s.data)
			return s.err == nil
		case i < 0 && len(rest) > maxRecord:
			s.line = bytes.Clone(rest[:maxRecord])
			s.at += maxRecord
			s.pass()
			return s.err == nil
		}
		s.move()
	}
}

func (s *lineScanner) move() {
	s.more(s.at)
	s.at = 0
}

// pass goes to the end of a line.
func (s *lineScanner) pass() {
	for {
		if i := bytes.IndexByte(s.data[s.at:], '\n'); i >= 0 {
			s.at += i + 1
			return
		}
		if s.at = len(s.data); s.done {
			return
		}
		s.move()
	}
}

// maxExcerpt is enough for what is shown of a line, whatever its characters.
const maxExcerpt = 16 * maxShown

// excerpt adds a piece to the beginning of a text that is kept to be shown.
func excerpt(kept, piece []byte) []byte {
	return append(kept, piece[:min(len(piece), maxExcerpt-len(kept))]...)
}
