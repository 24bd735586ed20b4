package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"jandon/internal/export"
	"jandon/internal/fault"
	"jandon/internal/history"
)

// export writes the whole history for another program.
func (a *app) export() *cobra.Command {
	var from origin
	var days period
	var format string
	var fresh bool
	words := make([]string, 0, len(export.Formats()))
	for _, f := range export.Formats() {
		words = append(words, string(f))
	}
	words = append(words, ical)
	c := a.command("export", "cli.export", 0, 0, func(cmd *cobra.Command, _ []string) error {
		if !slices.Contains(words, format) {
			return fault.New(fault.BadFlag, "name", "--format", "value", format, "want", strings.Join(words, " | "))
		}
		var q history.Query
		if err := days.narrow(&q); err != nil {
			return err
		}
		s, err := a.open(cmd.Context(), from)
		if err != nil {
			return err
		}
		defer s.shut()
		if err := a.settle(cmd.Context(), s, fresh); err != nil {
			return err
		}
		if format == ical {
			return a.calendar(cmd.Context(), s, from.at != "")
		}
		return a.write(cmd.Context(), s, export.Format(format), q)
	})
	from.flags(c)
	days.flags(c)
	c.Flags().StringVar(&format, "format", "csv", "cli.flag.format")
	must(c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)))
	c.Flags().BoolVar(&fresh, "sync", false, "cli.flag.sync")
	return c
}

func (a *app) write(ctx context.Context, s *source, format export.Format, q history.Query) error {
	span, err := s.Span(ctx)
	if err != nil {
		return err
	}
	w, err := s.Wallet(ctx)
	if err != nil {
		return err
	}
	head := export.Head{Zone: a.cfg.Zone, Currency: span.Currency, First: span.First, Last: span.Last, Name: issuerNames(w)}
	if q.From == nil && q.To == nil { // a part of a history does not hold what a bill settles
		if head.Bills, err = s.Settlements(ctx); err != nil {
			return err
		}
	}
	return onDisk(export.Write(a.out, format, head, export.Oldest(ctx, s, q)))
}

// onDisk names a full disk.
func onDisk(err error) error {
	if errors.Is(err, syscall.ENOSPC) {
		return fault.Wrap(err, fault.NoSpace, "file", "stdout")
	}
	return err
}
