package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"jandon/client"
	"jandon/internal/act"
	"jandon/internal/fault"
)

// devices lists the devices of the account, renames one or revokes one.
func (a *app) devices() *cobra.Command {
	c := listed(a, "devices", "cli.devices", "cli.devices.list", listing[act.Device]{
		read: func(ctx context.Context, t teller) ([]act.Device, error) { return t.Devices(ctx) },
		json: func(list []act.Device) any { return devicesOf(list, a.cfg.Zone) },
		show: a.printDevices,
	})
	c.AddCommand(a.renameDevice(), a.revokeDevice())
	return c
}

// renameDevice gives a device another name.
func (a *app) renameDevice() *cobra.Command {
	p := pins{}
	c := a.command("rename ID NAME", "cli.devices.rename", 2, 2, func(cmd *cobra.Command, args []string) error {
		return a.opened(cmd.Context(), &p, func(_ *talk, open *client.Account) error {
			if err := open.RenameDevice(cmd.Context(), args[0], args[1]); err != nil {
				return err
			}
			a.note(a.text().F("device.renamed", "Name", args[1]))
			return nil
		})
	})
	p.flag(c)
	return c
}

// revokeDevice takes everything from a device at once.
func (a *app) revokeDevice() *cobra.Command {
	p := pins{}
	var yes bool
	c := a.command("revoke ID", "cli.devices.revoke", 1, 1, func(cmd *cobra.Command, args []string) error {
		return a.opened(cmd.Context(), &p, func(t *talk, open *client.Account) error {
			return a.revoke(cmd.Context(), t, open, args[0], yes, p.by != byPIN)
		})
	})
	p.flag(c)
	c.Flags().BoolVar(&yes, "yes", false, "cli.flag.yes")
	return c
}

// revoke asks, and revokes; stops says that everything else stops with it.
func (a *app) revoke(ctx context.Context, t *talk, open *client.Account, id string, yes, stops bool) error {
	devices, err := open.Devices(ctx)
	if err != nil {
		return err
	}
	name, err := nameOf(devices, id)
	if err != nil {
		return err
	}
	told := []string{a.text().T("device.ask_hint")}
	if stops {
		told = append(told, a.text().T("device.ask_stops"))
	}
	if err := t.agree(ctx, yes, a.text().F("device.ask", "Name", name), told...); err != nil {
		return err
	}
	if err := open.RevokeDevice(ctx, id); err != nil {
		return err
	}
	a.note(a.text().F("device.revoked", "Name", name))
	return nil
}

// nameOf finds a device by its id.
func nameOf(devices []act.Device, id string) (string, error) {
	for _, d := range devices {
		if d.ID == id {
			return d.Name, nil
		}
	}
	return "", fault.New(fault.NotFound, "what", id)
}

// agree asks whether to go on; anything but y is fault.Canceled. Where nobody
// can be asked, --yes is what would have answered.
func (t *talk) agree(ctx context.Context, already bool, question string, lines ...string) error {
	if already {
		return nil
	}
	if _, someone := t.tty(); !someone {
		return fault.New(fault.NoAnswer, "flag", "--yes")
	}
	t.say(lines...)
	yes, err := t.yes(ctx, question+" "+t.text().T("cli.yes_no"))
	if err == nil && !yes {
		err = fault.New(fault.Canceled)
	}
	return err
}

type deviceJSON struct {
	ID       string  `json:"id"`
	Name     string  `json:"name"`
	State    string  `json:"state"`
	Current  bool    `json:"current"`
	Created  string  `json:"created"`
	LastUsed *string `json:"last_used"`
	Until    *string `json:"until"`
	Limited  *string `json:"limited_until"`
	Store    string  `json:"store"`
}

type devicesJSON struct {
	Version int          `json:"version"`
	Devices []deviceJSON `json:"devices"`
}

func devicesOf(list []act.Device, zone *time.Location) devicesJSON {
	out := devicesJSON{Version: version, Devices: []deviceJSON{}}
	for _, d := range list {
		out.Devices = append(out.Devices, deviceJSON{
			d.ID, d.Name, string(d.State), d.Current, d.Created.In(zone).Format(time.RFC3339),
			stamp(d.LastUsed, zone), stamp(d.Until, zone), stamp(d.Limited, zone), d.Store,
		})
	}
	return out
}

func (a *app) printDevices(s *source, list []act.Device) error {
	t := a.text()
	moment := func(at time.Time) string { return t.Moment(at, a.cfg.Zone) }
	var out sheet
	a.heading(&out, s, time.Time{})
	for _, d := range list {
		state := t.F("device.state."+string(d.State), "Until", moment(d.Until))
		if d.State == act.DeviceActive && !d.Limited.IsZero() {
			state = t.F("device.state.limited", "Until", moment(d.Limited))
		}
		used := t.T("device.never_used")
		if !d.LastUsed.IsZero() {
			used = t.F("device.used", "When", moment(d.LastUsed))
		}
		this := ""
		if d.Current {
			this = t.T("device.this")
		}
		out.row(left(short(d.Name, 32)).in(headInk), left(d.ID).in(quietInk), left(state), left(used).in(quietInk), left(this))
	}
	if len(list) == 0 {
		out.free(t.T("device.empty"), quietInk)
	}
	return a.print(&out)
}
