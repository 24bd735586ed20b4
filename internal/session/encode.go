package session

import (
	"encoding"
	"encoding/json"
	"reflect"
	"strconv"
	"sync"
	"unicode/utf8"
)

// encode is v as JSON, without the members that are zero: they are so anyway in
// what is read back, and of a line of the history they are most.
func encode(v reflect.Value) ([]byte, error) { return appendJSON(nil, v) }

func appendJSON(b []byte, v reflect.Value) ([]byte, error) {
	s := shapeOf(v.Type())
	switch {
	case s.members != nil:
		b = append(b, '{')
		first := true
		for _, m := range s.members {
			f := v.FieldByIndex(m.index)
			if f.IsZero() {
				continue
			}
			if !first {
				b = append(b, ',')
			}
			first = false
			b = append(append(b, m.key...), ':')
			var err error
			if b, err = appendJSON(b, f); err != nil {
				return nil, err
			}
		}
		return append(b, '}'), nil
	case s.list && !v.IsNil():
		b = append(b, '[')
		for i := range v.Len() {
			if i > 0 {
				b = append(b, ',')
			}
			var err error
			if b, err = appendJSON(b, v.Index(i)); err != nil {
				return nil, err
			}
		}
		return append(b, ']'), nil
	case s.pointer && !v.IsNil():
		return appendJSON(b, v.Elem())
	case s.text && simple(v.String()):
		return append(append(append(b, '"'), v.String()...), '"'), nil
	case s.number:
		return strconv.AppendInt(b, v.Int(), 10), nil
	}
	out, err := json.Marshal(v.Interface())
	return append(b, out...), err
}

// simple reports whether a text stands in JSON as it is.
func simple(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < 0x20 || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' || c == 0xe2 {
			return false // 0xe2 may begin a line separator, which JSON escapes
		}
	}
	return utf8.ValidString(s)
}

// shape is how a type is written; one with nothing set as encoding/json does.
type shape struct {
	members             []member // of a struct; not nil
	list, pointer, text bool
	number              bool
}

type member struct {
	key   string // quoted
	index []int
}

var shapes sync.Map // of shape, by type

func shapeOf(t reflect.Type) shape {
	if s, ok := shapes.Load(t); ok {
		return s.(shape)
	}
	s := newShape(t)
	shapes.Store(t, s)
	return s
}

func newShape(t reflect.Type) (s shape) {
	if t.Implements(reflect.TypeFor[json.Marshaler]()) || t.Implements(reflect.TypeFor[encoding.TextMarshaler]()) {
		return s
	}
	switch t.Kind() {
	case reflect.Struct:
		if list := members(t, nil); distinct(list) {
			s.members = list
		}
	case reflect.Slice:
		s.list = t.Elem().Kind() != reflect.Uint8 // bytes are a text
	case reflect.Pointer:
		s.pointer = true
	case reflect.String:
		s.text = true
	case reflect.Int, reflect.Int64, reflect.Int32, reflect.Int16, reflect.Int8:
		s.number = true
	}
	return s
}

// members are the fields of a struct that JSON has, those of embedded ones
// among them; nil where a tag says otherwise.
func members(t reflect.Type, at []int) []member {
	list := []member{}
	for i := range t.NumField() {
		f := t.Field(i)
		index := append(append([]int(nil), at...), i)
		switch embedded := f.Anonymous && f.Type.Kind() == reflect.Struct && newShape(f.Type).members != nil; {
		case f.Tag.Get("json") != "" || f.Anonymous && !embedded:
			return nil
		case embedded:
			list = append(list, members(f.Type, index)...)
		case f.IsExported():
			list = append(list, member{strconv.Quote(f.Name), index})
		}
	}
	return list
}

// distinct reports whether no two members have one name: of those JSON would
// leave some out.
func distinct(list []member) bool {
	seen := map[string]bool{}
	for _, m := range list {
		if seen[m.key] {
			return false
		}
		seen[m.key] = true
	}
	return list != nil
}
