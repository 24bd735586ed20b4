package auditjson

import (
	"encoding/json"
	"errors"
	"strconv"
)

var errJSON = errors.New("no JSON of a history")

// scanner reads JSON of a known shape from one line; encoding/json takes
// longer over a line than the audit does. After a mistake it answers nothing
// and err says so.
type scanner struct {
	text string
	at   int
	deep int
	err  error
}

// deepest is how many lists and objects may lie within each other.
const deepest = 32

func (s *scanner) fail() { s.err = errJSON }

// next skips blanks and gives the byte that follows; 0 at the end.
func (s *scanner) next() byte {
	for s.at < len(s.text) {
		switch c := s.text[s.at]; c {
		case ' ', '\t', '\r', '\n':
			s.at++
		default:
			return c
		}
	}
	return 0
}

func (s *scanner) take(c byte) bool {
	if s.err != nil || s.next() != c {
		return false
	}
	s.at++
	return true
}

// object calls for each key; the call must read the value.
func (s *scanner) object(value func(key string)) {
	s.list('{', '}', func() {
		key := s.str()
		if !s.take(':') {
			s.fail()
			return
		}
		value(key)
	})
}

// array calls for each element; the call must read it.
func (s *scanner) array(element func()) { s.list('[', ']', element) }

func (s *scanner) list(from, to byte, element func()) {
	s.deep++
	defer func() { s.deep-- }()
	if s.deep > deepest || !s.take(from) {
		s.fail()
		return
	}
	if s.take(to) {
		return
	}
	for s.err == nil {
		element()
		switch {
		case s.take(','):
		case s.take(to):
			return
		default:
			s.fail()
		}
	}
}

// str reads a string; null is the empty one.
func (s *scanner) str() string {
	if s.next() == 'n' {
		s.skip()
		return ""
	}
	if !s.take('"') {
		s.fail()
		return ""
	}
	from := s.at
	for plain := true; s.at < len(s.text); s.at++ {
		switch c := s.text[s.at]; {
		case c == '\\':
			plain = false
			s.at++
		case c == '"':
			s.at++
			if plain {
				return s.text[from : s.at-1]
			}
			var out string
			if json.Unmarshal([]byte(s.text[from-1:s.at]), &out) != nil {
				s.fail()
			}
			return out
		case c < ' ':
			s.fail()
			return ""
		}
	}
	s.fail()
	return ""
}

// number reads a number as it is written.
func (s *scanner) number() string {
	s.next()
	from := s.at
	for s.at < len(s.text) && (s.text[s.at] >= '0' && s.text[s.at] <= '9' || s.text[s.at] == '-' || s.text[s.at] == '+' ||
		s.text[s.at] == '.' || s.text[s.at] == 'e' || s.text[s.at] == 'E') {
		s.at++
	}
	return s.text[from:s.at]
}

func (s *scanner) integer() int64 {
	n, err := strconv.ParseInt(s.number(), 10, 64)
	if err != nil {
		s.fail()
	}
	return n
}

func (s *scanner) truth() bool {
	yes := s.next() == 't'
	s.skip()
	return yes
}

// skip passes over any value.
func (s *scanner) skip() {
	switch c := s.next(); c {
	case '{':
		s.object(func(string) { s.skip() })
	case '[':
		s.array(s.skip)
	case '"':
		s.str()
	case 't', 'f', 'n':
		word := map[byte]string{'t': "true", 'f': "false", 'n': "null"}[c]
		if len(s.text)-s.at < len(word) || s.text[s.at:s.at+len(word)] != word {
			s.fail()
			return
		}
		s.at += len(word)
	default:
		if s.number() == "" {
			s.fail()
		}
	}
}
