package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"jandon/internal/fault"
	"jandon/internal/safe"
	"jandon/internal/session"
	"jandon/ui/replay"
)

// session are the commands about a recording, beside watching it.
func (a *app) session() *cobra.Command {
	c := a.command("session", "cli.session", 0, 0, func(cmd *cobra.Command, _ []string) error {
		return fault.New(fault.MissingArg, "name", cmd.CommandPath(), "want", "jandon session show FILE | jandon session to-scenario FILE")
	})
	c.AddCommand(a.showSession(), a.toScenario())
	return c
}

// showSession says what a recording holds, before it is sent to anybody.
func (a *app) showSession() *cobra.Command {
	var identity string
	var asJSON bool
	c := a.watching("show FILE", "cli.session.show", func(cmd *cobra.Command, args []string) error {
		rec, err := a.openRecording(cmd.Context(), args[0], identity)
		if err != nil {
			return err
		}
		player, err := replay.Open(rec.Recording)
		if err != nil { // there is no screen, but there is a file to tell of
			a.note(a.text().T("cli.session.no_screens"))
		}
		if asJSON {
			return a.printJSON(a.sessionOf(rec, player))
		}
		return a.printSession(rec, player)
	})
	identityFlag(c, &identity)
	c.Flags().BoolVar(&asJSON, "json", false, "cli.flag.json")
	return c
}

func identityFlag(c *cobra.Command, identity *string) {
	c.Flags().StringVar(identity, "identity", "", "cli.flag.identity")
	must(c.MarkFlagFilename("identity"))
}

// wrong is a step of a recording that shows an error.
type wrong struct {
	replay.Info
	step int
}

// errorsOf lists the errors that the screens showed.
func errorsOf(p *replay.Player) (list []wrong) {
	if p == nil {
		return nil
	}
	for n := p.NextError(0, 1); n != 0; {
		if i := p.Info(n); i.Err != nil {
			list = append(list, wrong{i, n})
		}
		next := p.NextError(n, 1)
		if next == n {
			break
		}
		n = next
	}
	return list
}

// sorted are the counts of a manifest, the most first. Its words are the file's.
func sorted(counts map[string]int) []string {
	return slices.SortedFunc(maps.Keys(counts), func(x, y string) int {
		return cmp.Or(cmp.Compare(counts[y], counts[x]), cmp.Compare(x, y))
	})
}

// wordOf says a class of a manifest in words; one that nobody here knows is itself.
func (a *app) wordOf(what string) string {
	if id := "cli.session.what." + strings.ReplaceAll(what, " ", "_"); a.text().Has(id) {
		return a.text().T(id)
	}
	return short(safe.Text(what), 40)
}

func (a *app) printSession(rec *recorded, p *replay.Player) error {
	t := a.text()
	var s sheet
	row := func(id, value string) { s.row(cell{text: t.T(id)}.in(quietInk), left(value)) }
	row("cli.session.file", safe.Text(rec.name))
	row("cli.session.recorded", t.Moment(rec.Began, a.cfg.Zone))
	row("cli.session.build", short(rec.Build, 60))
	last := time.Duration(0)
	if n := len(rec.Steps); n > 0 {
		last = rec.Steps[n-1].At
	}
	row("cli.session.length", t.N("cli.session.steps", len(rec.Steps), "Time", elapsed(last)))
	row("cli.session.sealed", a.yesOrNo(rec.sealed))
	row("cli.session.whole", a.yesOrNo(rec.Partial == nil))
	if rec.Partial == nil {
		a.printManifest(&s, rec.Tail.Manifest)
	}
	if list := errorsOf(p); len(list) > 0 {
		s.blank()
		s.free(t.T("cli.session.errors"), headInk)
		for _, e := range list {
			s.row(right(strconv.Itoa(e.step)), left(elapsed(e.At)), left(t.Moment(e.Time, a.cfg.Zone)),
				cell{text: string(e.Err.Code)}.in(warnInk), left(short(e.Err.Correlation, 60)))
		}
	}
	return a.print(&s)
}

func (a *app) printManifest(s *sheet, m session.Manifest) {
	t := a.text()
	s.blank()
	id := "cli.session.amounts_replaced"
	if m.AmountsKept {
		id = "cli.session.amounts_kept"
	}
	s.free(t.T(id), plainInk)
	for _, part := range []struct {
		id     string
		counts map[string]int
	}{{"cli.session.replaced", m.Replaced}, {"cli.session.left_out", m.LeftOut}, {"cli.session.kept", m.Kept}} {
		if len(part.counts) == 0 {
			continue
		}
		s.blank()
		s.free(t.T(part.id), headInk)
		for _, what := range sorted(part.counts) {
			s.row(right(decimal(part.counts[what])), left(a.wordOf(what)))
		}
	}
}

func (a *app) yesOrNo(b bool) string {
	if b {
		return a.text().T("cli.session.yes")
	}
	return a.text().T("cli.session.no")
}

// elapsed is a time since the beginning: 1:02.500.
func elapsed(d time.Duration) string {
	d = max(d, 0).Truncate(time.Millisecond)
	return fmt.Sprintf("%d:%06.3f", d/time.Minute, (d % time.Minute).Seconds())
}
