package main

import (
	"time"

	"github.com/spf13/cobra"

	"jandon/internal/act"
)

// destinations lists where value can be sent, links another one or unlinks one.
func (a *app) destinations() *cobra.Command {
	var from origin
	var asJSON bool
	list := func(cmd *cobra.Command, _ []string) error {
		s, b, err := a.inquire(cmd.Context(), from)
		if err != nil {
			return err
		}
		defer s.shut()
		linked, err := b.Destinations(cmd.Context())
		if err != nil {
			return err
		}
		if asJSON {
			return a.printJSON(destinationsOf(linked, a.cfg.Zone))
		}
		return a.printDestinations(s, linked)
	}
	c := a.command("destinations", "cli.destinations", 0, 0, list)
	sub := a.command("list", "cli.destinations.list", 0, 0, list)
	for _, one := range []*cobra.Command{c, sub} {
		from.demoFlags(one)
		one.Flags().BoolVar(&asJSON, "json", false, "cli.flag.json")
	}
	c.AddCommand(sub, a.linkDestination(), a.unlinkDestination())
	return c
}

// linkDestination links an account or card that is the person's own; it has to be confirmed.
func (a *app) linkDestination() *cobra.Command {
	var d deed
	c := a.command("add RAIL NAME NUMBER", "cli.destinations.add", 3, 3, func(cmd *cobra.Command, args []string) error {
		defer d.pins.close()
		ctx, t := cmd.Context(), a.talk()
		open, err := a.unlocked(ctx, t, &d.pins)
		if err != nil {
			return err
		}
		defer func() { _ = open.Close() }()
		made, err := open.LinkDestination(ctx, args[0], args[1], args[2])
		if err != nil {
			return err
		}
		return a.carry(ctx, t, open, made, &d)
	})
	d.flags(c)
	must(c.RegisterFlagCompletionFunc("json", cobra.NoFileCompletions))
	return c
}

// unlinkDestination takes one away; nothing has to be confirmed.
func (a *app) unlinkDestination() *cobra.Command {
	p := pins{}
	c := a.command("remove ID", "cli.destinations.remove", 1, 1, func(cmd *cobra.Command, args []string) error {
		defer p.close()
		ctx := cmd.Context()
		open, err := a.unlocked(ctx, a.talk(), &p)
		if err != nil {
			return err
		}
		defer func() { _ = open.Close() }()
		if err := open.UnlinkDestination(ctx, args[0]); err != nil {
			return err
		}
		a.note(a.text().F("cli.destinations.removed", "ID", args[0]))
		return nil
	})
	p.flag(c)
	return c
}

type destinationJSON struct {
	ID     string  `json:"id"`
	Rail   string  `json:"rail"`
	Name   string  `json:"name"`
	Number string  `json:"number"`
	Added  string  `json:"added"`
	Usable string  `json:"usable"`
	Used   *string `json:"used"`
}

type destinationsJSON struct {
	Version      int               `json:"version"`
	Destinations []destinationJSON `json:"destinations"`
}

func destinationsOf(list []act.Destination, zone *time.Location) destinationsJSON {
	out := destinationsJSON{Version: version, Destinations: []destinationJSON{}}
	for _, d := range list {
		out.Destinations = append(out.Destinations, destinationJSON{
			d.ID, d.Rail, d.Name, d.Number, d.Added.In(zone).Format(time.RFC3339), d.Usable.In(zone).Format(time.RFC3339), stamp(d.Used, zone),
		})
	}
	return out
}

func (a *app) printDestinations(s *source, list []act.Destination) error {
	t := a.text()
	var out sheet
	a.heading(&out, s, time.Time{})
	for _, d := range list {
		state := left(t.T("destination.ready"))
		if d.Usable.After(s.clock()) {
			state = left(t.F("destination.waits", "Until", t.Moment(d.Usable, a.cfg.Zone))).in(warnInk)
		}
		out.row(left(t.T("rail.name."+d.Rail)).in(headInk), left(short(d.Name, 28)), left(d.Number), state, left(d.ID).in(quietInk))
	}
	if len(list) == 0 {
		out.free(t.T("destination.empty"), quietInk)
	}
	return a.print(&out)
}
