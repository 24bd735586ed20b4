package main

import (
	"path/filepath"
	"strconv"

	"jandon/internal/money"
	"jandon/internal/statement"
)

// readRules reads a file of rules for tables; none is asked for by "".
func (a *app) readRules(name string) (*statement.Rules, error) {
	if name == "" {
		return nil, nil
	}
	text, err := a.rulesText(name)
	if err != nil {
		return nil, err
	}
	return statement.ParseRules(name, []byte(text))
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
