package config

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"jandon/internal/fault"
)

// Change sets keys in the configuration file and leaves everything else in it,
// comments included, as it was. The file and its directory are made if need
// be; the file is replaced at once or not at all.
func Change(name string, values map[string]string) error {
	data, err := readWhole(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fault.Wrap(err, fault.BadFile, "file", name, "detail", plainCause(err))
	}
	for _, one := range settings {
		text, ok := values[one.key]
		if !ok {
			continue
		}
		if !one.set(new(Config), text) {
			return fault.New(fault.BadFlag, "name", one.key, "value", text, "want", one.want)
		}
		f, err := readFile(name, data)
		if err != nil {
			return err
		}
		data = f.with(one, text)
	}
	if _, err := readFile(name, data); err != nil {
		return err // an inline table or the like, which only a person can mend
	}
	if err := Replace(name, data); err != nil {
		return fault.Wrap(err, fault.BadFile, "file", name, "detail", plainCause(err))
	}
	return nil
}

// with is the file's text with one setting changed in its line, or added at
// the head of its table.
func (f *file) with(one setting, text string) []byte {
	table, name, _ := cutLast(one.key)
	value := text
	if !one.bare {
		value = strconv.Quote(text)
	}
	lines := bytes.SplitAfter(f.data, []byte("\n"))
	if _, ok := f.text(one.key); ok {
		row, _ := strconv.Atoi(f.line(one.key))
		before, _, _ := bytes.Cut(lines[row-1], []byte("="))
		lines[row-1] = fmt.Appendf(nil, "%s= %s\n", before, value)
		return bytes.Join(lines, nil)
	}
	line := fmt.Appendf(nil, "%s = %s\n", name, value)
	for i, l := range lines {
		if table != "" && string(bytes.TrimSpace(l)) == "["+table+"]" {
			return bytes.Join(slices.Insert(lines, i+1, line), nil)
		}
	}
	if table == "" {
		return append(line, f.data...)
	}
	if n := len(f.data); n > 0 && f.data[n-1] != '\n' {
		lines = append(lines, []byte("\n"))
	}
	apart := "\n"
	if len(f.data) == 0 {
		apart = ""
	}
	return fmt.Appendf(bytes.Join(lines, nil), "%s[%s]\n%s", apart, table, line)
}

// Replace writes a file that nobody else may read. It writes beside it and
// renames, so that a full disk or a crash leaves the old one; directories are
// made if need be. Errors are the system's.
func Replace(name string, data []byte) (err error) {
	dir := filepath.Dir(name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(dir, ".new-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(tmp.Name())
		}
	}()
	_, err = tmp.Write(data)
	if err == nil {
		err = tmp.Sync()
	}
	if closed := tmp.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(tmp.Name(), name)
}
