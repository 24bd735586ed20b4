package main

import (
	"io"
	"path/filepath"
	"strconv"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/statement"
)

// maxRules bounds a rules file: a hundred columns and types are 8 KiB.
const maxRules = 1 << 20

// readRules reads a file of rules for tables; none is asked for by "".
func (a *app) readRules(name string) (*statement.Rules, error) {
	if name == "" {
		return nil, nil
	}
	f, _, err := a.openFile(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, maxRules))
	if err != nil {
		return nil, fault.Wrap(err, fault.BadFile, "file", name, "detail", reason(err))
	}
	return statement.ParseRules(name, data)
}

// tellStated tells where the lines of a file don't give what it says of itself.
func (a *app) tellStated(name string, r statement.Result) {
	t := a.text()
	for _, s := range r.Stated {
		if s.Agrees() {
			continue
		}
		said, found := strconv.FormatInt(s.Said, 10), strconv.FormatInt(s.Found, 10)
		if s.Currency != "" {
			said, found = a.style().Format(money.Of(s.Said, s.Currency)), a.style().Format(money.Of(s.Found, s.Currency))
		}
		a.note(t.F("statement.disagrees", "File", filepath.Base(name), "What", t.T("statement.stated."+string(s.What)), "Said", said, "Found", found))
	}
}
