package scenario

import (
	"bytes"
	"errors"
	"reflect"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"

	"github.com/pelletier/go-toml/v2"

	"jandon/internal/fault"
	"jandon/internal/safe"
)

// part is a TOML file inside an archive.
type part struct {
	file string
	line int // of its first line, in the archive
	data []byte
}

// decode reads a part strictly: an unknown key is an error that names the nearest one.
func (p part) decode(name string, into any) error {
	if p.data == nil {
		return broken(p.file, max(p.line, 1), "", "", "the archive has no "+name)
	}
	err := toml.NewDecoder(bytes.NewReader(p.data)).DisallowUnknownFields().Decode(into)
	var strict *toml.StrictMissingError
	var wrong *toml.DecodeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &strict) && len(strict.Errors) > 0:
		return p.unknown(&strict.Errors[0], reflect.TypeOf(into).Elem())
	case errors.As(err, &wrong):
		row, _ := wrong.Position()
		return broken(p.file, p.line+row-1, strings.Join(wrong.Key(), "."), "", reason(wrong))
	}
	return broken(p.file, p.line, "", "", strings.TrimPrefix(err.Error(), "toml: "))
}

func (p part) unknown(e *toml.DecodeError, shape reflect.Type) error {
	row, _ := e.Position()
	path := e.Key()
	known := keysAt(shape, path[:len(path)-1])
	key := path[len(path)-1]
	near := fault.Nearest(key, known)
	if near == "" { // the decoder's path leaves out tables that stand in one line
		near = fault.Nearest(key, keysBelow(shape, path[:len(path)-1]))
	}
	detail := "unknown key " + quote(key)
	if near != "" {
		detail += "; did you mean " + quote(near) + "?"
	} else {
		detail += "; there are " + strings.Join(known, ", ")
	}
	return broken(p.file, p.line+row-1, strings.Join(path, "."), near, detail)
}

// wrong is an error about the first place that holds one of the needles.
func (p part) wrong(needle, detail string) error {
	return broken(p.file, p.find(needle), needle, "", detail)
}

// find is the archive's line of the first line that holds needle.
func (p part) find(needle string) int {
	at := bytes.Index(p.data, []byte(needle))
	if at < 0 {
		return max(p.line, 1)
	}
	return p.line + bytes.Count(p.data[:at], []byte("\n"))
}

// findIn is the line of needle within the n-th [[table]] (counted from 0), or
// of the table's head when the needle is not there as it was written.
func (p part) findIn(table string, n int, needle string) int {
	lines := bytes.Split(p.data, []byte("\n"))
	head, seen := -1, -1
	for i, l := range lines {
		l = bytes.TrimSpace(l)
		if bytes.HasPrefix(l, []byte("[[")) && !bytes.HasPrefix(l, []byte("[["+table+".")) {
			if seen == n {
				break
			}
			if bytes.HasPrefix(l, []byte("[["+table+"]]")) {
				if seen++; seen == n {
					head = i
				}
			}
		}
		if head >= 0 && needle != "" && bytes.Contains(l, []byte(needle)) {
			return p.line + i
		}
	}
	return p.line + max(head, 0)
}

// keysAt lists the keys of the table at a path, in order.
func keysAt(t reflect.Type, path []string) []string {
	for _, key := range path {
		fields := fieldsOf(t)
		f, ok := fields[key]
		if !ok {
			return nil
		}
		t = f
		for t.Kind() == reflect.Slice || t.Kind() == reflect.Array || t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
	}
	var keys []string
	for key := range fieldsOf(t) {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

// keysBelow lists the keys of all tables inside the one at a path.
func keysBelow(t reflect.Type, path []string) []string {
	var keys []string
	for _, key := range keysAt(t, path) {
		deeper := append(slices.Clone(path), key)
		keys = append(append(keys, keysAt(t, deeper)...), keysBelow(t, deeper)...)
	}
	return keys
}

func fieldsOf(t reflect.Type) map[string]reflect.Type {
	fields := make(map[string]reflect.Type)
	if t.Kind() != reflect.Struct {
		return fields
	}
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			for key, typ := range fieldsOf(f.Type) {
				fields[key] = typ
			}
			continue
		}
		if key := f.Tag.Get("toml"); key != "" {
			fields[key] = f.Type
		}
	}
	return fields
}

// broken is the error of a scenario file. The detail is in English, like the keys it speaks of.
func broken(file string, line int, key, near, detail string) error {
	args := []string{"file", safe.Text(file), "line", strconv.Itoa(line), "detail", safe.Text(detail)}
	if key != "" {
		args = append(args, "key", safe.Text(key))
	}
	if near != "" {
		args = append(args, "near", near)
	}
	return fault.New(fault.BadScenario, args...)
}

// misfit is how the decoder says that a value does not fit; it speaks of Go.
var misfit = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?:struct field \w+\.\w+\.(\w+) of type|a Go value of type) (\S+)`)
})

// reason is what the decoder says, in the words of the file.
func reason(e *toml.DecodeError) string {
	said := misfit().ReplaceAllStringFunc(strings.TrimPrefix(e.Error(), "toml: "), func(s string) string {
		m := misfit().FindStringSubmatch(s)
		key := strings.ToLower(camel().ReplaceAllString(m[1], "${1}_$2"))
		switch typ := m[2]; {
		case strings.HasPrefix(typ, "[]"), strings.HasPrefix(typ, "["):
			return key + " (a list)"
		case strings.HasPrefix(typ, "int"), strings.HasPrefix(typ, "uint"):
			return key + " (a whole number)"
		case strings.HasPrefix(typ, "float"):
			return key + " (a number)"
		case typ == "bool":
			return key + " (true or false)"
		case strings.HasSuffix(typ, "LocalDate"):
			return key + " (a date)"
		case typ == "string", strings.HasSuffix(typ, "Line"):
			return key + " (a text)"
		}
		return key + " (a table)"
	})
	if len(e.Key()) > 0 && !strings.Contains(said, e.Key()[len(e.Key())-1]) {
		said = quote(strings.Join(e.Key(), ".")) + ": " + said
	}
	return said
}

var camel = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`([a-z])([A-Z])`) })

func quote(s string) string { return strconv.Quote(safe.Text(s)) }

// unknownWord is the error of a word that a list does not have.
func unknownWord[T any](word, what string, known map[string]T) error {
	var words []string
	for w := range known {
		words = append(words, w)
	}
	slices.Sort(words)
	said := quote(word) + " is no " + what
	if near := fault.Nearest(word, words); near != "" {
		said += "; did you mean " + quote(near) + "?"
	} else {
		said += ": " + strings.Join(words, ", ")
	}
	return errors.New(said)
}
