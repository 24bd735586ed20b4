package session

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"jandon/internal/money"
	"jandon/internal/safe"
)

// Redactor writes messages as the registry allows. It belongs to one recording.
type Redactor struct {
	r    *Registry
	mask *mask
	m    Manifest

	presses int // of keys that typed
}

// NewRedactor makes the keys of a recording; keep leaves amounts as they are.
func NewRedactor(r *Registry, keep bool) *Redactor {
	return &Redactor{r: r, mask: newMask(keep), m: Manifest{Kept: map[string]int{}, Replaced: map[string]int{}, LeftOut: map[string]int{}, AmountsKept: keep}}
}

// Manifest is what became of all that was written so far.
func (d *Redactor) Manifest() Manifest { return d.m.clone() }

// Listed reports whether messages of this type are written.
func (d *Redactor) Listed(msg any) bool { return d.r.names[reflect.TypeOf(msg)] != "" }

// Encode redacts a message and writes it as JSON. One whose type is not listed
// is an error, and nothing of it is written.
func (d *Redactor) Encode(msg any) (kind string, body []byte, err error) {
	v := reflect.ValueOf(msg)
	if kind = d.r.names[v.Type()]; kind == "" {
		return "", nil, fmt.Errorf("session: messages of type %s are not written", v.Type())
	}
	out := reflect.New(v.Type()).Elem()
	d.copy(out, v, Unlisted, Unlisted)
	body, err = encode(out)
	return kind, body, err
}

// Typed is what stands for letters as they were typed: other ones each time,
// so that nothing can be told from which keys come often.
func (d *Redactor) Typed(s string) string {
	d.m.Replaced[typed]++
	d.presses++
	from := d.mask.stream("typed\x00" + strconv.Itoa(d.presses))
	out := make([]rune, 0, len(s))
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9': // no zero: fields of amounts take none at first
			r = '1' + rune(from.IntN(9))
		default:
			r = another(r, from)
		}
		out = append(out, r)
	}
	return string(out)
}

// typed is the word for typed letters in a manifest.
const typed = "typed"

// mostParts bounds what a body grows to in memory: an empty line of the history
// is two characters in a file and takes hundreds of bytes. The longest page has
// a tenth of it.
const mostParts = 1 << 18

// Decode reads a message back. Its texts pass the filter: the file is from outside.
func (r *Registry) Decode(kind string, body []byte) (any, error) {
	t, ok := r.messages[kind]
	if !ok {
		return nil, fmt.Errorf("session: no message is called %q here", safe.Text(kind))
	}
	if bytes.Count(body, []byte{','}) > mostParts {
		return nil, fmt.Errorf("session: a %s has too many parts", kind)
	}
	v := reflect.New(t)
	if decode(body, v.Elem()) {
		return v.Elem().Interface(), nil
	}
	v = reflect.New(t)
	if err := json.Unmarshal(body, v.Interface()); err != nil {
		return nil, fmt.Errorf("session: a %s can't be read: %w", kind, err)
	}
	clean(v.Elem())
	return v.Elem().Interface(), nil
}

// copy writes the redacted form of from to to; given is the class by its field,
// and keys that of a map's keys.
func (d *Redactor) copy(to, from reflect.Value, given, keys Class) {
	t := from.Type()
	c := given
	if whole, ok := d.r.whole[t]; ok && given != Drop {
		c = whole
	}
	if c == Drop {
		d.m.LeftOut[Drop.String()]++
		return
	}
	if own := d.r.own[t]; own != nil {
		to.Set(own(d, from))
		return
	}
	if t == amountType {
		to.Set(reflect.ValueOf(d.amount(from.Interface().(money.Amount))))
		return
	}
	if whole, ok := d.r.whole[t]; ok && whole == Keep {
		to.Set(from)
		return
	}
	switch t.Kind() {
	case reflect.Pointer:
		if !from.IsNil() {
			to.Set(reflect.New(t.Elem()))
			d.copy(to.Elem(), from.Elem(), c, keys)
		}
	case reflect.Slice:
		if !from.IsNil() {
			to.Set(reflect.MakeSlice(t, from.Len(), from.Len()))
			for i := range from.Len() {
				d.copy(to.Index(i), from.Index(i), c, keys)
			}
		}
	case reflect.Array:
		for i := range from.Len() {
			d.copy(to.Index(i), from.Index(i), c, keys)
		}
	case reflect.Map:
		if !from.IsNil() {
			to.Set(reflect.MakeMapWithSize(t, from.Len()))
			for it := from.MapRange(); it.Next(); {
				k, v := reflect.New(t.Key()).Elem(), reflect.New(t.Elem()).Elem()
				d.copy(k, it.Key(), keys, Unlisted)
				d.copy(v, it.Value(), c, Unlisted)
				to.SetMapIndex(k, v)
			}
		}
	case reflect.Struct:
		listed := d.r.fields[t]
		for i := range t.NumField() {
			if f := t.Field(i); f.IsExported() {
				d.copy(to.Field(i), from.Field(i), listed[f.Name], listed[f.Name+ofKeys])
			}
		}
	case reflect.String:
		to.SetString(d.text(from.String(), c))
	case reflect.Int64, reflect.Int32, reflect.Int16, reflect.Int8, reflect.Int:
		if c == Amount {
			to.SetInt(d.minor(from.Int()))
			return
		}
		to.Set(from)
	default:
		to.Set(from)
	}
}

var amountType = reflect.TypeFor[money.Amount]()

func (d *Redactor) amount(a money.Amount) money.Amount {
	return money.Of(d.minor(a.Minor), a.Currency)
}

func (d *Redactor) minor(n int64) int64 {
	if d.mask.factor == 1 {
		d.m.Kept[Amount.String()]++
		return n
	}
	d.m.Replaced[Amount.String()]++
	return d.mask.amount(n)
}

// Text is a text as its class says, for types that are redacted in a way of
// their own.
func (d *Redactor) Text(s string, c Class) string { return d.text(s, c) }

// Amount is what is written of an amount.
func (d *Redactor) Amount(a money.Amount) money.Amount { return d.amount(a) }

// Figure is a decimal number that stands for an amount, as it is written: 1,300
// or -0.99 keep their form. ok is false for what is none.
func (d *Redactor) Figure(s string) (out string, ok bool) {
	digits := strings.TrimPrefix(s, "-")
	whole, part, decimal := strings.Cut(digits, ".")
	bare := strings.ReplaceAll(whole, ",", "")
	n, err := strconv.ParseUint(bare+part, 10, 63)
	if err != nil || decimal && part == "" {
		return s, false
	}
	bare = strconv.FormatInt(d.minor(int64(n)), 10)
	for len(bare) <= len(part) {
		bare = "0" + bare
	}
	bare, part = bare[:len(bare)-len(part)], bare[len(bare)-len(part):]
	if strings.Contains(whole, ",") {
		for i := len(bare) - 3; i > 0; i -= 3 {
			bare = bare[:i] + "," + bare[i:]
		}
	}
	if decimal {
		bare += "." + part
	}
	return s[:len(s)-len(digits)] + bare, true
}

func (d *Redactor) text(s string, c Class) string {
	switch {
	case s == "":
		return ""
	case c == Keep, c == Word && d.r.word(s), c == Label && label(s):
		d.m.Kept[c.String()]++
		return s
	case c == Word, c == Label:
		c = Name
	}
	d.m.Replaced[c.String()]++
	if c == ID {
		return d.pieces(s)
	}
	return d.mask.text(s)
}

// longestLabel is above the length of every name of a field.
const longestLabel = 24

func label(s string) bool {
	return len(s) <= longestLabel && strings.IndexFunc(s, func(r rune) bool { return r != '_' && r != '.' && (r < 'a' || r > 'z') }) < 0
}

// pieces replaces the parts of an id that is made of several, such as
// double:A+B, so that each stays equal to itself where it stands alone.
func (d *Redactor) pieces(s string) string {
	var out strings.Builder
	for s != "" {
		n := strings.IndexAny(s, ":+/=&,")
		piece, rest := s, ""
		if n >= 0 {
			piece, rest = s[:n], s[n:]
		}
		if d.r.word(piece) {
			out.WriteString(piece)
		} else {
			out.WriteString(d.mask.text(piece))
		}
		if rest != "" {
			out.WriteByte(rest[0])
			rest = rest[1:]
		}
		s = rest
	}
	return out.String()
}

// clean filters every text of a value that was read.
func clean(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			clean(v.Elem())
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			clean(v.Index(i))
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			k, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			k.Set(key)
			value.Set(v.MapIndex(key))
			clean(k)
			clean(value)
			v.SetMapIndex(key, reflect.Value{})
			v.SetMapIndex(k, value)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				clean(v.Field(i))
			}
		}
	case reflect.String:
		if v.CanSet() && safe.Changed(v.String()) {
			v.SetString(safe.Text(v.String()))
		}
	}
}
