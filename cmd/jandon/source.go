package main

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/notes"
	"jandon/internal/platform/clock"
	"jandon/internal/platform/faults"
	"jandon/internal/saved"
	"jandon/internal/scenario"
	"jandon/internal/wallet"
	"jandon/ui/kit"
	"jandon/ui/script"
)

// reader is what commands and screens read from: a store, or a statement.
type reader interface {
	sums
	Rows(ctx context.Context, q history.Query, w history.Window) (history.Page, error)
	Totals(ctx context.Context, q history.Query) (history.Totals, error)
	Transaction(ctx context.Context, id string) (wallet.Transaction, error)
	Settlement(ctx context.Context, id string) (wallet.Settlement, error)
	Settlements(ctx context.Context) ([]wallet.Settlement, error)
	Alerts(ctx context.Context) ([]wallet.Alert, error)
}

// trailer follows the value of a transaction.
type trailer func(ctx context.Context, id string) ([]wallet.TrailStep, error)

// Trail makes it what the history page asks.
func (t trailer) Trail(ctx context.Context, id string) ([]wallet.TrailStep, error) { return t(ctx, id) }

// source is a reader with what surrounds it.
type source struct {
	reader
	page      string           // where the screens open; "": Home
	name      string           // for headers: "Demo everyday", a host, a file
	scenario  string           // of made-up data; else empty
	skipped   int              // lines of a file that were not understood
	statement bool             // no balances, no trail, nothing to refresh
	clock     func() time.Time // the time it is there
	asOf      func() time.Time // when it was last like the platform; zero: never, or it has none

	// refresh fetches what is new; nil where there is nothing to ask.
	refresh func(ctx context.Context, progress func(done, total int)) (changed bool, err error)
	trail   trailer
	teller  teller // what the platform knows beside; nil where this device is not enrolled
	close   func() error

	world *world // of a demo; nil: none
	bank  banker // this device's account, for what moves value or trust; nil: it is not enrolled
	lock  func() // wipes what the PIN opened
	pin   string // of a demo, which its screens name

	faults *faults.Plan   // that a demo's platform meets; nil: none
	moved  *clock.Clock   // of a demo's tester, behind clock; nil: nobody moves it
	typed  *script.Script // that is typed first; nil: nothing is

	said notes.Book                               // what the person decided about it
	mark func(ctx context.Context) (int64, error) // changes when its lines do; nil: they never do
}

// stranger reports an account whose platform does not know this device: an
// earlier version connected it, and it has to be enrolled once.
func (s *source) stranger() bool { return s.bank == nil && s.world == nil && !s.statement }

// waits reports whether acts of an earlier run may wait: a demo has none, and
// its platform is not opened just to hear that.
func (s *source) waits() bool { return s.bank != nil && s.world == nil }

// shelf are the searches that have a name there.
func (s *source) shelf() saved.Shelf { return saved.Shelf{Book: s.said, Now: s.clock} }

// shut closes the source. What could not be closed was not being written.
func (s *source) shut() {
	if s.close != nil {
		_ = s.close()
	}
}

// settle makes sure that there is something to read: it fetches if that was
// asked for or nothing is there yet. A platform that is away is no reason not
// to show what is here.
func (a *app) settle(ctx context.Context, s *source, fresh bool) error {
	if s.refresh == nil || !fresh && !s.asOf().IsZero() {
		return nil
	}
	_, err := s.refresh(ctx, func(int, int) {})
	if err == nil || s.asOf().IsZero() || ctx.Err() != nil {
		return err
	}
	f := a.named(err)
	a.logFailure(a.verb, f)
	say, _ := a.explain(f)
	if mark := kit.Mark(f); mark != "" {
		say += " [" + mark + "]"
	}
	a.note(say)
	a.note(a.text().F("cli.stale", "When", a.text().Moment(s.asOf(), a.cfg.Zone)))
	return nil
}

// origin are the flags that choose a source.
type origin struct {
	demo string
	from []string
	at   string
	page string // where the screens open; "": Home
	rule string // a file

	trial trial // of a demo
}

func (o *origin) flags(c *cobra.Command) {
	c.Flags().StringVar(&o.demo, "demo", "", "cli.flag.demo")
	c.Flags().StringArrayVar(&o.from, "from", nil, "cli.flag.from")
	c.Flags().StringVar(&o.at, "at", "", "cli.flag.at")
	must(c.RegisterFlagCompletionFunc("demo", scenarioNames))
	must(c.MarkFlagFilename("from"))
	c.Flags().StringVar(&o.rule, "rules", "", "cli.flag.rules")
	must(c.MarkFlagFilename("rules"))
}

// scenarioNames completes a scenario's name.
func scenarioNames(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return scenario.Names(), cobra.ShellCompDirectiveNoFileComp
}

// open finds the source that the flags and settings name.
func (a *app) open(ctx context.Context, o origin) (*source, error) {
	if o.demo != "" && len(o.from) > 0 {
		return nil, fault.New(fault.Together, "name", "--demo", "value", "--from")
	}
	if o.rule != "" && len(o.from) == 0 {
		return nil, fault.New(fault.MissingArg, "name", "--from", "want", "--from FILE --rules FILE")
	}
	clock, err := a.clock(o)
	if err != nil {
		return nil, err
	}
	switch {
	case o.demo != "":
		return a.openDemo(ctx, o.demo, o.at != "", clock)
	case len(o.from) > 0:
		return a.openStatements(ctx, o.from, o.rule, clock)
	}
	if o.at == "" {
		clock = nil // its own
	}
	return a.openAccount(ctx, clock)
}

// parseTime reads an instant: RFC 3339, or without its zone, which is then the
// person's; a date alone is its beginning.
func parseTime(s string, zone *time.Location) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, inReach(t, s)
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly} {
		if t, err := time.ParseInLocation(layout, s, zone); err == nil {
			return t, inReach(t, s)
		}
	}
	return time.Time{}, fault.New(fault.BadTime, "value", s)
}

// inReach keeps instants to a lifetime of wallets. Made-up lives are made up
// day by day up to the instant, and should not take for ever.
func inReach(t time.Time, s string) error {
	if t.Year() < 1970 || t.Year() > 2050 {
		return fault.New(fault.BadTime, "value", s)
	}
	return nil
}

// issuerNames maps ids to names; an id without a name stands for itself.
func issuerNames(w wallet.Wallet) func(id string) string {
	return func(id string) string {
		i := slices.IndexFunc(w.Issuers, func(x wallet.Issuer) bool { return x.ID == id })
		if i < 0 || strings.TrimSpace(w.Issuers[i].Name) == "" {
			return id
		}
		return w.Issuers[i].Name
	}
}

// must is for mistakes in this package's own wiring, which any test run shows.
func must(err error) {
	if err != nil {
		panic(err)
	}
}
