package statement

import "bytes"

const (
	// maxRecord is the longest line that is taken for one: a megabyte is a
	// thousand times a real line.
	maxRecord = 1 << 20
	// maxQuoted is how far a quote may be from the one that closes it.
	maxQuoted = 64 << 10
)

// scanner splits delimited text into records and fields, tolerant of what
// programs and people do to it: any line ends, quotes that never close, quotes
// within words. Fields point into the text and hold until the next record.
type scanner struct {
	data  []byte
	delim byte

	at     int // where the next record begins
	number int // of the next line, from 1

	fields     [][]byte
	start, end int  // the record, without its line end
	line       int  // its number
	open       bool // it has a quote that never closes
	scratch    []byte
	stop       [256]bool
}

func newScanner(data []byte, delim byte) *scanner {
	s := &scanner{data: data, delim: delim, number: 1}
	s.stop[delim], s.stop['\n'], s.stop['\r'] = true, true, true
	return s
}

// next reads a record; false at the end of the text.
func (s *scanner) next() bool {
	data, i := s.data, s.at
	if i >= len(data) {
		return false
	}
	s.fields, s.scratch = s.fields[:0], s.scratch[:0]
	s.start, s.line, s.open = i, s.number, false
	s.number++
	for {
		from := i
		if i < len(data) && data[i] == '"' {
			field, end, ok := s.quoted(i)
			if ok {
				i = end
			} else {
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
// field is to be taken as it stands.
func (s *scanner) quoted(i int) (field []byte, end int, ok bool) {
	window := s.data[i+1 : min(len(s.data), i+1+maxQuoted)]
	doubled := false
	for j := 0; ; {
		k := bytes.IndexByte(window[j:], '"')
		if k < 0 {
			s.open = true
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
	for end < len(s.data) && s.data[end] == ' ' {
		end++
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

// record is the whole text of the record.
func (s *scanner) record() []byte { return s.data[s.start:s.end] }

// blank reports a record without anything but delimiters and spaces.
func (s *scanner) blank() bool {
	for _, f := range s.fields {
		if len(bytes.TrimSpace(f)) > 0 {
			return false
		}
	}
	return true
}
