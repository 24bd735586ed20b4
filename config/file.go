package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"syscall"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"jandon/internal/fault"
)

// shape is the file's form; decoding into it strictly finds misspelt keys and
// wrong types together with their lines.
type shape struct {
	Lang  string `toml:"lang"`
	Zone  string `toml:"zone"`
	Theme string `toml:"theme"`
	Color string `toml:"color"`
	Mouse bool   `toml:"mouse"`
	Plain bool   `toml:"plain"`
	Touch string `toml:"presence"`
	Money struct {
		Style string `toml:"style"`
	} `toml:"money"`
	Platform struct {
		URL     string `toml:"url"`
		Account string `toml:"account"`

		Enrolling string `toml:"enrolling"`
	} `toml:"platform"`
	Keystore struct {
		Store string `toml:"store"`
	} `toml:"keystore"`
	Lock struct {
		IdleMinutes int64 `toml:"idle_minutes"`
	} `toml:"lock"`
	Limits struct {
		Concentration int64 `toml:"concentration_percent"`
		PhoneBill     int64 `toml:"phone_bill"`
	} `toml:"limits"`
}

// file is what one configuration file says.
type file struct {
	name string
	data []byte
	tree map[string]any
}

// mostBytes is what no settings that somebody wrote come near.
const mostBytes = 1 << 20

// readWhole reads a file that is no longer than settings may be: another one,
// or one that never ends, is none.
func readWhole(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, mostBytes+1))
	if err == nil && len(data) > mostBytes {
		return nil, &fs.PathError{Op: "read", Path: name, Err: syscall.EFBIG}
	}
	return data, err
}

func readFile(name string, data []byte) (*file, error) {
	f := &file{name: name, data: data}
	if len(data) == 0 {
		return f, nil
	}
	if err := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields().Decode(new(shape)); err != nil {
		return nil, f.explain(err)
	}
	if err := toml.Unmarshal(data, &f.tree); err != nil {
		return nil, f.explain(err)
	}
	return f, nil
}

// explain turns the decoder's error into one that names file, line, key and
// what would be right.
func (f *file) explain(err error) error {
	var strict *toml.StrictMissingError
	if errors.As(err, &strict) && len(strict.Errors) > 0 {
		first := &strict.Errors[0]
		row, _ := first.Position()
		key := strings.Join(first.Key(), ".")
		if near := nearestKey(key); near != "" {
			return fault.Wrap(err, fault.UnknownKey, "file", f.name, "line", strconv.Itoa(row), "key", key, "near", near)
		}
		return fault.Wrap(err, fault.StrangeKey, "file", f.name, "line", strconv.Itoa(row), "key", key, "all", strings.Join(Keys(), ", "))
	}
	var bad *toml.DecodeError
	if !errors.As(err, &bad) {
		return fault.Wrap(err, fault.BadFile, "file", f.name, "detail", err.Error())
	}
	row, _ := bad.Position()
	line, key := strconv.Itoa(row), strings.Join(bad.Key(), ".")
	twice := strings.Contains(bad.Error(), "already") // its value may be right: what is wrong is that it has two
	for _, one := range settings {
		want := one.want
		if strings.HasPrefix(one.key, key+".") && key != "" {
			want = "[" + key + "]" // a value where a table belongs
		} else if one.key != key {
			continue
		}
		if !twice {
			return fault.Wrap(err, fault.BadConfig, "file", f.name, "line", line, "key", key, "value", f.raw(row), "want", want)
		}
	}
	return fault.Wrap(err, fault.ConfigSyntax, "file", f.name, "line", line, "detail", strings.TrimPrefix(bad.Error(), "toml: "))
}

// raw is what stands right of the = in a line.
func (f *file) raw(row int) string {
	lines := bytes.Split(f.data, []byte("\n"))
	if row < 1 || row > len(lines) {
		return ""
	}
	_, value, _ := strings.Cut(string(lines[row-1]), "=")
	return strings.TrimSpace(value)
}

// nearestKey also finds a key that was put into the wrong table or into none.
func nearestKey(key string) string {
	if near := fault.Nearest(key, Keys()); near != "" {
		return near
	}
	_, name, _ := cutLast(key)
	for _, known := range Keys() {
		if _, last, _ := cutLast(known); fault.Nearest(name, []string{last}) != "" {
			return known
		}
	}
	return ""
}

func cutLast(key string) (table, name string, ok bool) {
	if i := strings.LastIndexByte(key, '.'); i >= 0 {
		return key[:i], key[i+1:], true
	}
	return "", key, false
}

// text is the value of a key as a variable or flag would give it.
func (f *file) text(key string) (string, bool) {
	tree := f.tree
	parts := strings.Split(key, ".")
	for _, part := range parts[:len(parts)-1] {
		tree, _ = tree[part].(map[string]any)
	}
	v, ok := tree[parts[len(parts)-1]]
	if !ok {
		return "", false
	}
	return fmt.Sprint(v), true
}

// line is the line in which a key is set, counted from 1. The decoder does not
// keep it for values of the right type, so the keys are walked once more.
func (f *file) line(key string) string {
	var p unstable.Parser
	p.Reset(f.data)
	table := ""
	for p.NextExpression() {
		e := p.Expression()
		name, row := f.keyOf(&p, e.Key())
		switch e.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = name + "."
		case unstable.KeyValue:
			full := strings.TrimPrefix(table+name, ".")
			if full == key || strings.HasPrefix(key, full+".") { // the second is an inline table
				return strconv.Itoa(row)
			}
		}
	}
	return "1"
}

// keyOf joins a dotted key and tells its line.
func (f *file) keyOf(p *unstable.Parser, it unstable.Iterator) (name string, row int) {
	var parts []string
	for it.Next() {
		if len(parts) == 0 {
			row = p.Shape(it.Node().Raw).Start.Line
		}
		parts = append(parts, string(it.Node().Data))
	}
	return strings.Join(parts, "."), row
}
