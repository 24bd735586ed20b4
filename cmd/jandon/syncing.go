package main

import (
	"time"

	"github.com/spf13/cobra"

	"jandon/internal/fault"
	"jandon/internal/history"
)

type syncJSON struct {
	Version int    `json:"version"`
	Changed bool   `json:"changed"`
	AsOf    string `json:"as_of"`
	Lines   int    `json:"lines"`
}

// sync brings the local store up to date.
func (a *app) sync() *cobra.Command {
	var demo, at string
	var asJSON bool
	c := a.command("sync", "cli.sync", 0, 0, func(cmd *cobra.Command, _ []string) error {
		ctx := cmd.Context()
		s, err := a.open(ctx, origin{demo: demo, at: at})
		if err != nil {
			return err
		}
		defer s.shut()
		if s.refresh == nil { // statements that were taken in are all there is
			return fault.New(fault.NoPlatform)
		}
		changed, err := s.refresh(ctx, func(int, int) {})
		if err != nil {
			return err
		}
		span, err := s.Span(ctx)
		if err != nil {
			return err
		}
		if asJSON {
			return a.printJSON(syncJSON{version, changed, s.asOf().In(a.cfg.Zone).Format(time.RFC3339), lines(span)})
		}
		var out sheet
		out.free(a.text().F("cli.sync.done", "Lines", a.text().N("cli.lines", lines(span))), plainInk)
		return a.print(&out)
	})
	c.Flags().StringVar(&demo, "demo", "", "cli.flag.demo")
	c.Flags().StringVar(&at, "at", "", "cli.flag.at")
	c.Flags().BoolVar(&asJSON, "json", false, "cli.flag.json")
	return c
}

// lines counts transactions in every currency.
func lines(span history.Span) int {
	n := span.Lines
	for _, more := range span.Others {
		n += more
	}
	return n
}
