package main

import (
	"context"
	"io"

	"jandon/internal/fault"
	"jandon/internal/notes"
	"jandon/internal/statement"
)

// rulesKind is the kind of the notes that hold the rules of an account's
// files, by the account's name.
const rulesKind = "import_rules"

// longestRules bounds a rules file: a hundred columns and types are 8 KiB.
const longestRules = 1 << 20

// rulesFor are the rules by which files of an account are read: those in the
// named file, or else those of the last time.
func (a *app) rulesFor(ctx context.Context, kept notes.Book, account, name string) (rules *statement.Rules, text string, err error) {
	if name != "" {
		if text, err = a.rulesText(name); err != nil {
			return nil, "", err
		}
		rules, err = statement.ParseRules(name, []byte(text))
		return rules, text, err
	}
	list, err := kept.Notes(ctx, rulesKind)
	if err != nil {
		return nil, "", err
	}
	for _, n := range list {
		if n.Key == account {
			a.note(a.text().F("cli.import.remembered", "Source", account))
			rules, err = statement.ParseRules(account, []byte(n.Value))
			return rules, n.Value, err
		}
	}
	return nil, "", nil
}

func (a *app) rulesText(name string) (string, error) {
	f, _, err := a.openFile(name)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, longestRules))
	if err != nil {
		return "", fault.Wrap(err, fault.BadFile, "file", name, "detail", reason(err))
	}
	return string(data), nil
}

// remember keeps the rules that were named for the next file of the account;
// an empty file of rules forgets them.
func (a *app) remember(ctx context.Context, kept notes.Book, account, text string) error {
	return kept.PutNotes(ctx, notes.Note{Kind: rulesKind, Key: account, Value: text, At: a.now()})
}
