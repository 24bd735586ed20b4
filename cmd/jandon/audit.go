package main

import (
	"cmp"
	"context"
	"errors"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"jandon/internal/audit"
	"jandon/internal/audit/auditjson"
	"jandon/internal/export"
	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/review"
)

// recurring is the audit: it prints what comes back, and what was charged twice.
func (a *app) recurring() *cobra.Command {
	var from origin
	var day string
	var asJSON, fresh, bulk bool
	c := a.command("audit", "cli.audit", 0, 0, func(cmd *cobra.Command, _ []string) error {
		if bulk {
			return a.bulk(cmd.Context())
		}
		if day != "" {
			if _, err := history.ParseDay(day); err != nil {
				return fault.Wrap(err, fault.BadDate, "value", day)
			}
		}
		ctx := cmd.Context()
		s, err := a.open(ctx, from)
		if err != nil {
			return err
		}
		defer s.shut()
		if err := a.settle(ctx, s, fresh); err != nil {
			return err
		}
		in, err := a.auditInput(ctx, s, day, from.at != "")
		if err != nil {
			return err
		}
		span, err := s.Span(ctx)
		if err != nil {
			return err
		}
		decided, err := s.said.Notes(ctx, review.Decisions)
		if err != nil {
			return err
		}
		report, err := audit.Run(ctx, in, review.Verdicts(decided)...)
		if err != nil {
			return err
		}
		if asJSON {
			answer := auditjson.Of(&in, &report, a.text(), a.style())
			answer.HistoryID = cmp.Or(s.scenario, joinedNames(from.from), s.name)
			return a.printJSON(auditJSON{answer, apartOf(span)})
		}
		return a.printAudit(s, span, &in, &report)
	})
	from.flags(c)
	c.Flags().StringVar(&day, "as-of", "", "cli.flag.as-of")
	c.Flags().BoolVar(&asJSON, "json", false, "cli.flag.json")
	c.Flags().BoolVar(&fresh, "sync", false, "cli.flag.sync")
	c.Flags().BoolVar(&bulk, "bench", false, "cli.flag.bench")
	return c
}

// joinedNames says which files lines are from, by their names alone.
func joinedNames(files []string) string {
	names := make([]string, 0, len(files))
	for _, f := range files {
		names = append(names, sourceName(f))
	}
	return strings.Join(names, "+")
}

// auditJSON is the answer with what it leaves out: an audit is of one currency.
type auditJSON struct {
	auditjson.Answer
	apartJSON
}

// auditInput reads all that happened up to a day: the one named, or else
// today. A statement that ends earlier is looked at as on its last day, since
// what it does not tell is no sign that something ended.
func (a *app) auditInput(ctx context.Context, s *source, day string, pinned bool) (audit.Input, error) {
	span, err := s.Span(ctx)
	if err != nil {
		return audit.Input{}, err
	}
	asOf := history.DayOf(s.clock(), a.cfg.Zone)
	switch {
	case day != "":
		if asOf, err = history.ParseDay(day); err != nil {
			return audit.Input{}, fault.Wrap(err, fault.BadDate, "value", day)
		}
	case s.statement && !pinned && span.Lines > 0:
		asOf = min(asOf, span.Last)
	}
	var failed error
	rows := func(yield func(history.Row) bool) {
		for row, err := range export.Oldest(ctx, s, history.Query{Currency: span.Currency, To: &asOf}) {
			if failed = err; err != nil || !yield(row) {
				return
			}
		}
	}
	in := audit.FromRows(rows, span.Currency, a.cfg.Zone, asOf)
	if failed != nil {
		return audit.Input{}, failed
	}
	if list := s.mandates(); list != nil {
		held, err := list(ctx)
		if err != nil {
			return audit.Input{}, err
		}
		in.Mandates = review.MandatesFor(held, a.cfg.Zone)
	}
	return in, nil
}

// bulkMemory is what the bulk mode may hold on to, in bytes.
const bulkMemory = 40 << 20

// bulk answers histories from standard input, one a line.
func (a *app) bulk(ctx context.Context) error {
	debug.SetMemoryLimit(bulkMemory)
	err := auditjson.Bulk(ctx, a.in, a.out, a.text())
	var line *auditjson.ErrLine
	if errors.As(err, &line) {
		return fault.Wrap(err, fault.BadFile, "file", "stdin", "detail", line.Error())
	}
	if err != nil && ctx.Err() == nil {
		return fault.Wrap(err, fault.Internal)
	}
	return err
}
