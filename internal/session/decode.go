package session

import (
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"sync"
	"unicode/utf8"

	"jandon/internal/safe"
)

// decode reads a value of JSON as encode writes it, its texts filtered; false
// where it is anything else, which encoding/json is to judge. Messages are read
// by the thousand, and this way takes a quarter of the time.
func decode(body []byte, v reflect.Value) bool {
	in := input{body: body, s: string(body)} // texts are parts of it
	return readerOf(v.Type())(&in, v) && in.s == ""
}

type input struct {
	body []byte
	s    string // what is left of it
}

// since is what was taken since s was left.
func (in *input) since(s string) []byte {
	n := len(in.body)
	return in.body[n-len(s) : n-len(in.s)]
}

// next takes one character, if it is the next one.
func (in *input) next(c byte) bool {
	if in.s == "" || in.s[0] != c {
		return false
	}
	in.s = in.s[1:]
	return true
}

// word takes a word, if it is the next one.
func (in *input) word(s string) bool {
	rest, ok := strings.CutPrefix(in.s, s)
	in.s = rest
	return ok
}

// text takes a text without escapes.
func (in *input) text() (string, bool) {
	if !in.next('"') {
		return "", false
	}
	ascii := true
	for i := range len(in.s) {
		switch c := in.s[i]; {
		case c == '"':
			s := in.s[:i]
			in.s = in.s[i+1:]
			return s, ascii || utf8.ValidString(s)
		case c == '\\' || c < ' ':
			return "", false
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	return "", false
}

// whole takes a whole number as it is written here: no sign of plus, no zero
// before others, no part or power.
func (in *input) whole() (n int64, ok bool) {
	minus, most := in.next('-'), uint64(math.MaxInt64)
	if minus {
		most++
	}
	i, abs := 0, uint64(0)
	for ; i < len(in.s) && in.s[i] >= '0' && in.s[i] <= '9'; i++ {
		digit := uint64(in.s[i] - '0')
		if abs > (most-digit)/10 {
			return 0, false
		}
		abs = abs*10 + digit
	}
	if i == 0 || i > 1 && in.s[0] == '0' {
		return 0, false
	}
	in.s = in.s[i:]
	if minus {
		return -int64(abs), true
	}
	return int64(abs), true
}

// value takes a value without looking into it: what lies between its brackets.
func (in *input) value() ([]byte, bool) {
	before, deep, quoted := in.s, 0, false
	for i := 0; i < len(in.s); i++ {
		switch c := in.s[i]; {
		case quoted && c == '\\':
			i++
			continue
		case c == '"':
			quoted = !quoted
		case quoted:
			continue
		case c == '{' || c == '[':
			deep++
		case c == '}' || c == ']':
			deep--
		}
		if rest := in.s[i+1:]; deep == 0 && !quoted && (rest == "" || rest[0] == ',' || rest[0] == '}' || rest[0] == ']') {
			in.s = rest
			return in.since(before), true
		}
	}
	return nil, false
}

// A reader reads a value of its type.
type reader func(in *input, v reflect.Value) bool

var readers struct {
	sync.Mutex

	of map[reflect.Type]*reader
}

func readerOf(t reflect.Type) reader {
	readers.Lock()
	defer readers.Unlock()
	if readers.of == nil {
		readers.of = map[reflect.Type]*reader{}
	}
	return *readerIn(t)
}

// readerIn is a pointer, so that a type may hold itself.
func readerIn(t reflect.Type) *reader {
	r := readers.of[t]
	if r == nil {
		r = new(reader)
		readers.of[t] = r
		*r = newReader(t)
	}
	return r
}

func newReader(t reflect.Type) reader {
	reads, _ := speaks(reflect.PointerTo(t))
	s := shapeOf(t)
	switch {
	case reads:
		if reflect.PointerTo(t).Implements(reflect.TypeFor[json.Unmarshaler]()) {
			return readOwn
		}
	case s.members != nil:
		return readStruct(t, s.members)
	case s.list:
		return readList(readerIn(t.Elem()))
	case s.pointer:
		elem := readerIn(t.Elem())
		return func(in *input, v reflect.Value) bool {
			if in.word("null") {
				return true
			}
			v.Set(reflect.New(t.Elem()))
			return (*elem)(in, v.Elem())
		}
	case s.text:
		return readText
	case s.number:
		return func(in *input, v reflect.Value) bool {
			n, ok := in.whole()
			if !ok || v.OverflowInt(n) {
				return false
			}
			v.SetInt(n)
			return true
		}
	case t.Kind() == reflect.Bool:
		return func(in *input, v reflect.Value) bool {
			yes := in.word("true")
			v.SetBool(yes)
			return yes || in.word("false")
		}
	}
	return readAny
}

// readStruct takes members in the order of the fields, each at most once.
func readStruct(t reflect.Type, members []member) reader {
	of := make([]*reader, len(members))
	for i, m := range members {
		of[i] = readerIn(t.FieldByIndex(m.index).Type)
	}
	return func(in *input, v reflect.Value) bool {
		if !in.next('{') {
			return false
		}
		if in.next('}') {
			return true
		}
		for i := range members {
			m := &members[i]
			if !strings.HasPrefix(in.s, m.key) || !strings.HasPrefix(in.s[len(m.key):], ":") {
				continue
			}
			in.s = in.s[len(m.key)+1:]
			if !(*of[i])(in, v.FieldByIndex(m.index)) {
				return false
			}
			if in.next('}') {
				return true
			}
			if !in.next(',') {
				return false
			}
		}
		return false
	}
}

func readList(elem *reader) reader {
	return func(in *input, v reflect.Value) bool {
		if !in.next('[') {
			return false
		}
		if in.next(']') {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
			return true
		}
		for n := 0; ; n++ {
			v.Grow(1)
			v.SetLen(n + 1)
			if !(*elem)(in, v.Index(n)) {
				return false
			}
			if in.next(']') {
				return true
			}
			if !in.next(',') {
				return false
			}
		}
	}
}

func readText(in *input, v reflect.Value) bool {
	before := in.s
	s, ok := in.text()
	if !ok {
		in.s = before
		return readAny(in, v)
	}
	if safe.Changed(s) {
		s = safe.Text(s)
	}
	v.SetString(s)
	return true
}

// readOwn has a type read itself.
func readOwn(in *input, v reflect.Value) bool {
	before := in.s
	if _, ok := in.text(); !ok {
		in.s = before
		return readAny(in, v)
	}
	if v.Addr().Interface().(json.Unmarshaler).UnmarshalJSON(in.since(before)) != nil {
		return false
	}
	clean(v)
	return true
}

// readAny leaves a value to encoding/json.
func readAny(in *input, v reflect.Value) bool {
	value, ok := in.value()
	if !ok || json.Unmarshal(value, v.Addr().Interface()) != nil {
		return false
	}
	clean(v)
	return true
}
