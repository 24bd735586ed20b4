package statement

import "bytes"

const (
	// maxRecord is the longest line that is taken for one: a megabyte is a
	// thousand times a real line.
	maxRecord = 1 << 20
	// maxQuoted is how far a quote may be from the one that closes it.
	maxQuoted = 64 << 10
)

// longest is how much of a text is held for one record.
const longest = maxRecord + maxQuoted + 4

// scanner splits delimited text into records and fields, tolerant of what
// programs and people do to it: any line ends, quotes that never close, quotes
// within words. Fields point into the text and hold until the next record.
type scanner struct {
	*text
	delim byte

	at     int // in text.data, where the next record begins
	number int // of the next line, from 1

	fields     [][]byte
	start, end int  // the record in text.data, without its line end
	line       int  // its number
	open       bool // it has a quote that never closes
	long       bool // it is longer than what is held: there are no fields
	filled     bool // of a long one: it is more than delimiters and spaces
	head       []byte
	starved    bool // the text that is held ends before the record
	scratch    []byte
	stop       [256]bool
}

func newScanner(t *text, delim byte) *scanner {
	s := &scanner{text: t, delim: delim, number: 1}
	s.stop[delim], s.stop['\n'], s.stop['\r'] = true, true, true
	return s
}

// place is where the next record begins in the whole text.
func (s *scanner) place() int64 { return s.base + int64(s.at) }

// next reads a record; false at the end of the text, or where it can't be read
// further (text.err).
func (s *scanner) next() bool {
	for s.at >= len(s.data) {
		if s.done {
			return false
		}
		s.move()
	}
	number := s.number
	for !s.split() {
		s.number = number
		if len(s.data)-s.at >= longest {
			s.pass()
			break
		}
		s.hold(min(longest, 2*(len(s.data)-s.at)+1)) // a record is split anew seldom, however little comes at once
	}
	return s.err == nil
}

// move reads on, behind the record that begins at s.at.
func (s *scanner) move() {
	s.more(s.at)
	s.at = 0
}

// split reads the record at s.at; false if it may go on behind the text that is held.
func (s *scanner) split() bool {
	data, i := s.data, s.at
	s.fields, s.scratch = s.fields[:0], s.scratch[:0]
	s.start, s.line, s.open, s.long, s.starved = i, s.number, false, false, false
	s.number++
	for {
		from := i
		if i < len(data) && data[i] == '"' {
			field, end, ok := s.quoted(i)
			switch {
			case s.starved:
				return false
			case ok:
				i = end
			default:
				i = s.skip(i)
				field = data[from:i]
			}
			s.put(field)
		} else {
			for i < len(data) && !s.stop[data[i]] {
				i++
			}
			if from < i && (data[from] == ' ' || data[from] == '=') {
				s.put(unguarded(data[from:i]))
			} else {
				s.put(data[from:i])
			}
		}
		s.end = i
		if i+1 >= len(data) && !s.done {
			return false
		}
		if i == len(data) {
			s.at = i
			return true
		}
		switch c := data[i]; {
		case c == s.delim:
			i++
			continue
		case c == '\r' && i+1 < len(data) && data[i+1] == '\n':
			i++
		}
		s.at = i + 1
		return true
	}
}

// put keeps a field; a line of five million delimiters is no table.
func (s *scanner) put(field []byte) {
	if len(s.fields) <= maxColumns {
		s.fields = append(s.fields, field)
	}
}

// pass goes over a record that is longer than what is held, a field at a time.
func (s *scanner) pass() {
	s.fields, s.long, s.filled = s.fields[:0], true, false
	s.head = append(s.head[:0], s.data[s.at:s.at+16*maxShown]...)
	s.line = s.number
	s.number++
	for {
		s.hold(maxQuoted + 2)
		field, end, ok := []byte(nil), 0, false
		if s.at < len(s.data) && s.data[s.at] == '"' {
			field, end, ok = s.quoted(s.at)
		}
		if ok {
			s.fill(field)
			s.at = end
		}
		for !ok {
			end = s.skip(s.at)
			s.fill(s.data[s.at:end])
			s.at = end
			if ok = end < len(s.data) || s.done; !ok {
				s.move()
			}
		}
		s.hold(2)
		if s.at == len(s.data) {
			break
		}
		c := s.data[s.at]
		s.at++
		if c == s.delim {
			continue
		}
		if c == '\r' && s.at < len(s.data) && s.data[s.at] == '\n' {
			s.at++
		}
		break
	}
	s.start, s.end = s.at, s.at
}

// hold reads on until n bytes behind s.at are there, or the end.
func (s *scanner) hold(n int) {
	for len(s.data)-s.at < n && !s.done {
		s.move()
	}
}

func (s *scanner) fill(field []byte) {
	s.filled = s.filled || len(bytes.TrimSpace(field)) > 0
}

// huge reports a record that is longer than any real one.
func (s *scanner) huge() bool { return s.long || s.end-s.start > maxRecord }

// unguarded takes the quotes off ="0012", as spreadsheets keep zeros, and off
// a field in quotes that begins with a space.
func unguarded(f []byte) []byte {
	t := bytes.TrimPrefix(bytes.Trim(f, " "), []byte("="))
	if n := len(t); n > 1 && t[0] == '"' && t[n-1] == '"' {
		return t[1 : n-1]
	}
	return f
}

func (s *scanner) skip(i int) int {
	for i < len(s.data) && !s.stop[s.data[i]] {
		i++
	}
	return i
}

// quoted reads a field in quotes that opens at i; end is where its delimiter
// stands. ok is false if the quote doesn't close before a delimiter, and the
// field is to be taken as it stands. No more than maxQuoted bytes decide it.
func (s *scanner) quoted(i int) (field []byte, end int, ok bool) {
	limit := i + 1 + maxQuoted
	cut := limit > len(s.data) && !s.done // what is beyond may say something else
	window := s.data[i+1 : min(len(s.data), limit)]
	doubled := false
	for j := 0; ; {
		k := bytes.IndexByte(window[j:], '"')
		if k < 0 {
			s.open, s.starved = true, cut
			return nil, 0, false
		}
		j += k
		if j+1 < len(window) && window[j+1] == '"' {
			doubled = true
			j += 2
			continue
		}
		field, end = window[:j], i+j+2
		break
	}
	for end < min(len(s.data), limit) && s.data[end] == ' ' {
		end++
	}
	if end >= len(s.data) && cut {
		s.starved = true
		return nil, 0, false
	}
	if end < len(s.data) && !s.stop[s.data[end]] {
		s.open = true
		return nil, 0, false
	}
	s.number += lineEnds(field)
	if doubled {
		from := len(s.scratch)
		for j := 0; j < len(field); j++ {
			s.scratch = append(s.scratch, field[j])
			if field[j] == '"' {
				j++
			}
		}
		field = s.scratch[from:len(s.scratch):len(s.scratch)]
	}
	return field, end, true
}

// lineEnds counts the line ends in a field.
func lineEnds(b []byte) int {
	n := bytes.Count(b, []byte("\n"))
	for i, c := range b {
		if c == '\r' && (i+1 == len(b) || b[i+1] != '\n') {
			n++
		}
	}
	return n
}

// record is the whole text of the record, or its beginning.
func (s *scanner) record() []byte {
	if s.long {
		return s.head
	}
	return s.data[s.start:s.end]
}

// blank reports a record without anything but delimiters and spaces.
func (s *scanner) blank() bool {
	if s.long {
		return !s.filled
	}
	for _, f := range s.fields {
		if len(bytes.TrimSpace(f)) > 0 {
			return false
		}
	}
	return true
}
