package main

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"jandon/client"
	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/valuepath"
)

// destinations lists where value can be sent, links another one or unlinks one.
func (a *app) destinations() *cobra.Command {
	c := listed(a, "destinations", "cli.destinations", "cli.destinations.list", listing[act.Destination]{
		read: func(ctx context.Context, t teller) ([]act.Destination, error) { return t.Destinations(ctx) },
		json: func(list []act.Destination) any { return destinationsOf(list, a.cfg.Zone) },
		show: a.printDestinations,
	})
	c.AddCommand(a.linkDestination(), a.unlinkDestination())
	return c
}

// linkDestination links an account or card that is the person's own; it has to be confirmed.
func (a *app) linkDestination() *cobra.Command {
	var d deed
	c := a.command("add RAIL NAME NUMBER", "cli.destinations.add", 3, 3, func(cmd *cobra.Command, args []string) error {
		book, err := valuepath.Shipped()
		if err != nil {
			return err
		}
		if rails := payable(book); !slices.Contains(rails, args[0]) { // said before a PIN is asked for
			return fault.New(fault.BadFlag, "name", "RAIL", "value", args[0], "want", strings.Join(rails, " | "))
		}
		return a.opened(cmd.Context(), &d.pins, func(t *talk, open *client.Account) error {
			made, err := open.LinkDestination(cmd.Context(), args[0], args[1], args[2])
			if err != nil {
				return err
			}
			return a.carry(cmd.Context(), t, open, made, &d)
		})
	})
	d.flags(c)
	must(c.RegisterFlagCompletionFunc("json", cobra.NoFileCompletions))
	return c
}

// unlinkDestination takes one away; nothing has to be confirmed.
func (a *app) unlinkDestination() *cobra.Command {
	p := pins{}
	c := a.command("remove ID", "cli.destinations.remove", 1, 1, func(cmd *cobra.Command, args []string) error {
		return a.opened(cmd.Context(), &p, func(_ *talk, open *client.Account) error {
			if err := open.UnlinkDestination(cmd.Context(), args[0]); err != nil {
				return err
			}
			a.note(a.text().F("cli.destinations.removed", "ID", args[0]))
			return nil
		})
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
