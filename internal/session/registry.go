package session

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"jandon/internal/money"
)

// Registry lists what may be written: the messages, and the types within them.
// It is made once, and not changed while it is used.
type Registry struct {
	messages map[string]reflect.Type
	names    map[reflect.Type]string
	fields   map[reflect.Type]Fields
	whole    map[reflect.Type]Class
	own      map[reflect.Type]func(*Redactor, reflect.Value) reflect.Value
	word     func(string) bool
}

// NewRegistry is an empty registry that knows times and amounts of money.
func NewRegistry() *Registry {
	return &Registry{
		messages: map[string]reflect.Type{}, word: func(string) bool { return false }, names: map[reflect.Type]string{}, fields: map[reflect.Type]Fields{},
		own: map[reflect.Type]func(*Redactor, reflect.Value) reflect.Value{},
		whole: map[reflect.Type]Class{
			reflect.TypeFor[time.Time](): Keep, reflect.TypeFor[time.Duration](): Keep,
			reflect.TypeFor[money.Amount](): Amount, reflect.TypeFor[money.Currency](): Keep,
		},
	}
}

// Message lists a type of message under a name that stays from build to build.
func (r *Registry) Message(name string, zero any) {
	t := reflect.TypeOf(zero)
	if _, twice := r.messages[name]; twice || r.names[t] != "" {
		panic("session: " + name + " is listed twice")
	}
	r.messages[name], r.names[t] = t, name
}

// Words says which words are the program's own: what nobody can have made up.
func (r *Registry) Words(known func(string) bool) { r.word = known }

// Struct lists the fields of a struct.
func Struct[T any](r *Registry, f Fields) { r.fields[reflect.TypeFor[T]()] = f }

// Whole lists a type that has one class as a whole, such as an enum.
func Whole[T any](r *Registry, c Class) { r.whole[reflect.TypeFor[T]()] = c }

// Own lists a type that is redacted in a way of its own: where what becomes of
// a part depends on what stands beside it.
func Own[T any](r *Registry, redact func(*Redactor, T) T) {
	r.own[reflect.TypeFor[T]()] = func(d *Redactor, v reflect.Value) reflect.Value {
		return reflect.ValueOf(redact(d, v.Interface().(T)))
	}
}

// Reclass gives every field another class, such as Keep in tests of what is drawn.
func (r *Registry) Reclass(to func(Class) Class) {
	for _, f := range r.fields {
		for name, c := range f {
			f[name] = to(c)
		}
	}
	for t, c := range r.whole {
		r.whole[t] = to(c)
	}
	if to(Text) == Keep {
		for t := range r.own {
			r.own[t] = func(_ *Redactor, v reflect.Value) reflect.Value { return v }
		}
	}
}

// Kinds are the names of all messages, in order.
func (r *Registry) Kinds() []string {
	list := make([]string, 0, len(r.messages))
	for name := range r.messages {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

// Check walks all that the listed messages can hold and says what has no
// class: a program whose registry it refuses must not record.
func (r *Registry) Check() error {
	w := walk{r: r, seen: map[reflect.Type]bool{}}
	for _, name := range r.Kinds() {
		if err := w.into(r.messages[name], name, Unlisted); err != nil {
			return err
		}
	}
	return nil
}

type walk struct {
	r    *Registry
	seen map[reflect.Type]bool
}

// into checks a type where a field gives it a class, or where it needs its own.
func (w *walk) into(t reflect.Type, path string, given Class) error {
	if given == Drop {
		return nil
	}
	if reads, writes := speaks(reflect.PointerTo(t)); reads != writes {
		return fmt.Errorf("session: %s is a %s, which is written in one way and read in another", path, t)
	}
	if w.r.own[t] != nil {
		return nil
	}
	if c, ok := w.r.whole[t]; ok {
		if given != Unlisted && given != c && given != Keep {
			return fmt.Errorf("session: %s is %s as a whole, its field says %s", path, c, given)
		}
		return nil
	}
	switch t.Kind() {
	case reflect.Bool, reflect.Int, reflect.Uint8, reflect.Float64:
		return nil // counts, flags and shares
	case reflect.Int64, reflect.Int32, reflect.Uint, reflect.Int8, reflect.Uint64, reflect.Int16, reflect.Uint16, reflect.Uint32:
		if given == Unlisted {
			return fmt.Errorf("session: the number %s has no class", path)
		}
		return nil
	case reflect.String:
		if given == Unlisted || given == Amount {
			return fmt.Errorf("session: the text %s has no class", path)
		}
		return nil
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return w.into(t.Elem(), path+"[]", given)
	case reflect.Map:
		return w.into(t.Elem(), path+"[]", given) // its keys: see fields
	case reflect.Struct:
		return w.fields(t, path)
	}
	return fmt.Errorf("session: %s is a %s, which can't be written", path, t)
}

func (w *walk) fields(t reflect.Type, path string) error {
	if w.seen[t] {
		return nil
	}
	w.seen[t] = true
	listed := w.r.fields[t]
	for i := range t.NumField() {
		f := t.Field(i)
		c := listed[f.Name]
		if !f.IsExported() && c != Drop {
			return fmt.Errorf("session: %s.%s can't be seen; drop it", path, f.Name)
		}
		if err := w.into(f.Type, path+"."+f.Name, c); err != nil {
			return err
		}
		if f.Type.Kind() == reflect.Map && c != Drop {
			if err := w.into(f.Type.Key(), path+"."+f.Name+ofKeys, listed[f.Name+ofKeys]); err != nil {
				return err
			}
		}
	}
	for name := range listed {
		if _, ok := t.FieldByName(strings.TrimSuffix(name, ofKeys)); !ok {
			return fmt.Errorf("session: %s has no field %s", path, name)
		}
	}
	return nil
}

// speaks reports whether a type reads and writes itself.
func speaks(t reflect.Type) (reads, writes bool) {
	reads = t.Implements(reflect.TypeFor[json.Unmarshaler]()) || t.Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
	writes = t.Implements(reflect.TypeFor[json.Marshaler]()) || t.Implements(reflect.TypeFor[encoding.TextMarshaler]())
	return reads, writes
}

// Type is the type of the messages with a name; nil if none is called so.
func (r *Registry) Type(kind string) reflect.Type { return r.messages[kind] }
