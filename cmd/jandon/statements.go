package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/notes"
	"jandon/internal/statement"
)

// openStatements reads a person's own files into one history. The lines that
// were not understood are told on standard error, with their reason.
func (a *app) openStatements(ctx context.Context, names []string, rule string, clock func() time.Time) (*source, error) {
	rules, err := a.readRules(rule)
	if err != nil {
		return nil, err
	}
	collectSoon()
	var results []statement.Result
	skipped := 0
	for _, name := range names {
		result, err := a.readStatement(ctx, name, statement.Options{
			Name: name, Source: sourceName(name), Zone: a.cfg.Zone, Now: clock(), Rules: rules,
		})
		if err != nil {
			return nil, err
		}
		results = append(results, result)
		skipped += a.tellSkipped(name, result)
		a.tellStated(name, result)
	}
	lines, repeated := statement.Merge(results...)
	if repeated > 0 {
		a.note(a.text().N("statement.repeated", repeated))
	}
	s := a.statementSource(names, clock, skipped)
	s.reader = history.NewBook(lines, history.BookOptions{Zone: a.cfg.Zone})
	return s, nil
}

// statementSource is what surrounds the reader of files.
func (a *app) statementSource(names []string, clock func() time.Time, skipped int) *source {
	title := a.text().F("cli.source.statement", "File", filepath.Base(names[0]))
	if len(names) > 1 {
		title = a.text().N("cli.source.statements", len(names))
	}
	return &source{
		name: title, statement: true, clock: clock, asOf: func() time.Time { return time.Time{} }, said: &notes.Memory{}, skipped: skipped,
	}
}

// readStatement reads a file, or standard input for "-".
func (a *app) readStatement(ctx context.Context, name string, o statement.Options) (statement.Result, error) {
	f, size, err := a.openFile(name)
	if err != nil {
		return statement.Result{}, err
	}
	defer func() { _ = f.Close() }()
	return statement.Read(ctx, f, size, o)
}

// present looks whether a file that a person named can be read, as far as that
// can be told without reading it: what comes through a pipe comes once.
func (a *app) present(name string) error {
	if info, err := os.Stat(name); name == "-" || err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		return nil
	}
	f, _, err := a.openFile(name)
	if err == nil {
		_ = f.Close() // was not read
	}
	return err
}

// openFile opens a file that a person named, or standard input for "-". Of
// what has no size, as a pipe, size is -1.
func (a *app) openFile(name string) (f io.ReadCloser, size int64, err error) {
	if name == "-" {
		return io.NopCloser(a.in), -1, nil
	}
	file, err := os.Open(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, 0, fault.Wrap(err, fault.NoFile, "file", name)
	case err != nil:
		return nil, 0, fault.Wrap(err, fault.BadFile, "file", name, "detail", reason(err))
	}
	info, err := file.Stat()
	switch {
	case err != nil:
		err = fault.Wrap(err, fault.BadFile, "file", name, "detail", reason(err))
	case info.IsDir():
		err = fault.New(fault.BadFile, "file", name, "detail", "is a directory")
	case info.Mode().IsRegular():
		return file, info.Size(), nil
	default:
		return file, -1, nil
	}
	_ = file.Close() // was not read
	return nil, 0, err
}

// sourceName is what the lines of a file belong to, where they do not say it themselves.
func sourceName(name string) string {
	base := filepath.Base(name)
	if base == "-" {
		return "statement"
	}
	if stem := base[:len(base)-len(filepath.Ext(base))]; stem != "" {
		return stem
	}
	return base
}

// tellSkipped lists the lines that were not understood, and counts those that
// gave no transaction.
func (a *app) tellSkipped(name string, r statement.Result) int {
	t := a.text()
	all := 0
	for _, l := range r.Skipped {
		id := "cli.skipped"
		switch {
		case l.Reason.Partial():
			id = "cli.partly"
		case l.Reason.Settled():
			id = "cli.not_counted"
		}
		a.note(t.F(id, "File", filepath.Base(name), "Line", strconv.Itoa(l.Number), "Reason", t.T("statement.skip."+string(l.Reason))))
	}
	for _, n := range r.Reasons {
		all += n
	}
	if more := all - len(r.Skipped); more > 0 {
		a.note(t.N("cli.skipped_more", more))
	}
	return r.Without()
}

// reason is the system's word without the path, which the sentence names.
func reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}
