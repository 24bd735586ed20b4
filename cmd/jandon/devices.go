package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"jandon/internal/act"
	"jandon/internal/fault"
)

// devices lists the devices of the account, renames one or revokes one.
func (a *app) devices() *cobra.Command {
	var from origin
	var asJSON bool
	list := func(cmd *cobra.Command, _ []string) error {
		s, b, err := a.inquire(cmd.Context(), from)
		if err != nil {
			return err
		}
		defer s.shut()
		devices, err := b.Devices(cmd.Context())
		if err != nil {
			return err
		}
		if asJSON {
			return a.printJSON(devicesOf(devices, a.cfg.Zone))
		}
		return a.printDevices(s, devices)
	}
	c := a.command("devices", "cli.devices", 0, 0, list)
	sub := a.command("list", "cli.devices.list", 0, 0, list)
	for _, one := range []*cobra.Command{c, sub} {
		from.demoFlags(one)
		one.Flags().BoolVar(&asJSON, "json", false, "cli.flag.json")
	}
	c.AddCommand(sub, a.renameDevice(), a.revokeDevice())
	return c
}

// renameDevice gives a device another name.
func (a *app) renameDevice() *cobra.Command {
	p := pins{}
	c := a.command("rename ID NAME", "cli.devices.rename", 2, 2, func(cmd *cobra.Command, args []string) error {
		defer p.close()
		ctx := cmd.Context()
		open, err := a.unlocked(ctx, a.talk(), &p)
		if err != nil {
			return err
		}
		defer func() { _ = open.Close() }()
		if err := open.RenameDevice(ctx, args[0], args[1]); err != nil {
			return err
		}
		a.note(a.text().F("device.renamed", "Name", args[1]))
		return nil
	})
	p.flag(c)
	return c
}

// revokeDevice takes everything from a device at once.
func (a *app) revokeDevice() *cobra.Command {
	p := pins{}
	var yes bool
	c := a.command("revoke ID", "cli.devices.revoke", 1, 1, func(cmd *cobra.Command, args []string) error {
		defer p.close()
		ctx, t := cmd.Context(), a.talk()
		open, err := a.unlocked(ctx, t, &p)
		if err != nil {
			return err
		}
		defer func() { _ = open.Close() }()
		devices, err := open.Devices(ctx)
		if err != nil {
			return err
		}
		name, err := nameOf(devices, args[0])
		if err != nil {
			return err
		}
		told := []string{a.text().T("device.ask_hint")}
		if p.by != byPIN {
			told = append(told, a.text().T("device.ask_stops"))
		}
		if err := t.agree(ctx, yes, a.text().F("device.ask", "Name", name), told...); err != nil {
			return err
		}
		if err := open.RevokeDevice(ctx, args[0]); err != nil {
			return err
		}
		a.note(a.text().F("device.revoked", "Name", name))
		return nil
	})
	p.flag(c)
	c.Flags().BoolVar(&yes, "yes", false, "cli.flag.yes")
	return c
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

// agree asks whether to go on; anything but y is fault.Canceled.
func (t *talk) agree(ctx context.Context, already bool, question string, lines ...string) error {
	if already {
		return nil
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
