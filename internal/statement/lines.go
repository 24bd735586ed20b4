package statement

import "bytes"

// lineScanner gives the lines of a text, whatever ends them.
type lineScanner struct {
	data []byte
	at   int

	text       []byte // without its end
	number     int    // from 1
	start, end int
}

func (s *lineScanner) next() bool {
	if s.at >= len(s.data) {
		return false
	}
	s.start = s.at
	s.number++
	i := bytes.IndexAny(s.data[s.at:min(len(s.data), s.at+maxRecord)], "\r\n")
	if i < 0 {
		if i = bytes.IndexByte(s.data[s.at:], '\n'); i < 0 {
			i = len(s.data) - s.at
		}
	}
	s.end = s.at + i
	s.text = s.data[s.start:s.end]
	s.at = s.end + 1
	if s.end+1 < len(s.data) && s.data[s.end] == '\r' && s.data[s.end+1] == '\n' {
		s.at++
	}
	return true
}
