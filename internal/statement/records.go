package statement

import (
	"bytes"
	"slices"
)

const (
	// maxRecord is the longest line that is taken for one: a megabyte is a
	// thousand times a real line.
	maxRecord = 1 << 20
	// maxQuoted is how far a quote may be from the one that closes it.
	maxQuoted = 64 << 10
)

const (
	// longest is how much of a text is held for one record.
	longest = maxRecord + 2*maxQuoted + maxLead
	// maxSpans is of how many fields of a record that reach beyond their line it
	// is asked whether they should; notes have one.
	maxSpans = 4
	// maxLead is how much may stand before the quote that opens a field.
	maxLead = 16
)

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
	open       bool // it has a field whose quote never closes, taken as it stands
	first      bool // it goes on within quotes, and its first line could be a record of its own …
	inner      bool // … or others could
	long       bool // it is longer than what is held: there are no fields
	filled     bool // of a long one: it is more than delimiters and spaces
	head       []byte
	starved    bool // the text that is held ends before the record
	scratch    []byte
	stop       [256]bool

	flat bool // of the next record: none of its fields reaches beyond its line

	// lone, if set, tells whether a line is a whole record by itself. Where all
	// lines between two quotes are, the first of the quotes never closed.
	lone func(line []byte) bool
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
	s.flat = false
	return s.err == nil
}

// rewind goes back to the beginning of the record, of which the first line is
// to be read by itself.
func (s *scanner) rewind() { s.at, s.number, s.flat = s.start, s.line, true }

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
	s.first, s.inner = false, false
	s.number++
	spans := 0
	for {
		from := i
		if at := s.opening(i); at >= 0 {
			field, end, ok := s.quoted(at)
			ends := lineEnds(field)
			switch {
			case !ok || ends == 0 || s.lone == nil:
			case s.flat:
				ok = false
			case spans < maxSpans:
				ok = !s.swallows(end)
				spans++
			}
			switch {
			case s.starved:
				return false
			case ok:
				s.number += ends
				i = end
			default:
				s.open = true
				i = s.skip(i)
				field = data[from:i]
			}
			s.put(field)
		} else {
			for i < len(data) && !s.stop[data[i]] {
				i++
			}
			s.put(data[from:i])
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
	s.fields, s.long, s.filled, s.open, s.first, s.inner = s.fields[:0], true, false, false, false, false
	s.head = append(s.head[:0], s.data[s.at:s.at+16*maxShown]...)
	s.line = s.number
	s.number++
	for {
		s.hold(maxLead + maxQuoted + 2)
		field, end, ok := []byte(nil), 0, false
		if at := s.opening(s.at); at >= 0 {
			field, end, ok = s.quoted(at)
		}
		if ok {
			s.number += lineEnds(field)
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

// opening is where the quote stands that a field begins with, or -1. Spaces may
// stand before it, and the = by which spreadsheets keep zeros: ="0012".
func (s *scanner) opening(i int) int {
	if i < len(s.data) && s.data[i] == '"' {
		return i
	}
	for end := min(len(s.data), i+maxLead); i < end; i++ {
		switch c := s.data[i]; {
		case c == '"':
			return i
		case c == '=', c == ' ', c == '\t' && c != s.delim:
		default:
			return -1
		}
	}
	return -1
}

// swallows reports whether all lines from the record's beginning to the one in
// which a field ends are records of their own; s.first and s.inner tell where
// only some are.
func (s *scanner) swallows(end int) bool {
	rest := s.data[end:min(len(s.data), end+maxQuoted)]
	n := bytes.IndexAny(rest, "\r\n")
	switch {
	case n >= 0:
	case len(rest) < maxQuoted && s.done:
		n = len(rest)
	default:
		s.starved = len(rest) < maxQuoted
		return false
	}
	all, first, inner := true, false, false
	for i, line := range linesIn(s.data[s.start : end+n]) {
		is := s.lone(line) || s.lone(bytes.ReplaceAll(line, []byte{'"'}, nil)) // the quote may stand in a date
		all, first, inner = all && is, first || is && i == 0, inner || is && i > 0
	}
	s.first, s.inner = s.first || first && !all, s.inner || inner && !all
	return all
}

// linesIn are the lines of a text that are not blank.
func linesIn(text []byte) [][]byte {
	lines := bytes.FieldsFunc(text, func(r rune) bool { return r == '\r' || r == '\n' })
	return slices.DeleteFunc(lines, func(line []byte) bool { return len(bytes.TrimSpace(line)) == 0 })
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
			s.starved = cut
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
		return nil, 0, false
	}
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

// apart is how many fields a record of one line has if its quotes are text; 0
// if it has none.
func (s *scanner) apart() int {
	r := s.record()
	if s.huge() || bytes.IndexByte(r, '"') < 0 || bytes.ContainsAny(r, "\r\n") {
		return 0
	}
	return bytes.Count(r, []byte{s.delim}) + 1
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
