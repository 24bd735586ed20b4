package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/colorprofile"
	"github.com/spf13/cobra"

	"jandon/client"
	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/keystore"
	"jandon/keystore/file"
	"jandon/ui/kit"
)

// finding is one thing that was checked. Nothing in it is personal: no
// address, path, account or amount.
type finding struct {
	Name   string `json:"name"`
	State  string `json:"state"` // ok, warn, bad, or off where there is nothing to check
	Detail string `json:"detail"`
	Code   string `json:"code,omitempty"`

	Correlation string `json:"correlation,omitempty"` // by which logs have it

	private string // what Detail is for the person alone; "": the same
	err     error
}

type doctorJSON struct {
	Version int       `json:"version"`
	Release string    `json:"release"`
	Go      string    `json:"go"`
	System  string    `json:"system"`
	Checks  []finding `json:"checks"`
}

// doctor checks what the program relies on.
func (a *app) doctor() *cobra.Command {
	var asJSON bool
	c := a.command("doctor", "cli.doctor", 0, 0, func(cmd *cobra.Command, _ []string) error {
		checks := a.examine(cmd.Context())
		name, commit := build()
		if asJSON {
			answer := doctorJSON{version, strings.TrimSpace(name + " " + commit), runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH, checks}
			if err := a.printJSON(answer); err != nil {
				return err
			}
		} else if err := a.printFindings(checks); err != nil {
			return err
		}
		for _, f := range checks {
			if f.State == "bad" {
				return f.err
			}
		}
		return nil
	})
	c.Flags().BoolVar(&asJSON, "json", false, "cli.flag.json")
	return c
}

func (a *app) examine(ctx context.Context) []finding {
	list := []finding{a.terminalFinding(), a.sizeFinding(), a.colorFinding()}
	list = append(list, finding{Name: "locale", State: "ok", Detail: a.cfg.Lang + " · " + a.cfg.Zone.String()})
	settings := finding{Name: "settings", State: "ok", Detail: fmt.Sprint(len(a.cfg.Values))}
	if len(a.cfg.Strangers) > 0 {
		settings.State, settings.private = "warn", strings.Join(a.cfg.Strangers, ", ")+" ?" // a name can be anything
	}
	list = append(list, settings)
	list = append(list, append([]finding{a.keyringFinding(ctx), a.presenceFinding(ctx)}, a.examineAccount(ctx)...)...)
	for i := range list {
		if f := &list[i]; f.err != nil {
			named := a.named(f.err)
			f.err, f.Correlation = named, named.Correlation
			a.logFailure(a.verb+" "+f.Name, named)
		}
	}
	return list
}

func (a *app) terminalFinding() finding {
	f := finding{Name: "terminal", State: "ok", Detail: cmp.Or(a.env("TERM"), "TERM=")}
	if !termName().MatchString(f.Detail) {
		f.Detail = "TERM=?"
	}
	if a.needTerminal() != nil {
		f.State = "warn"
		if _, _, ok := terminal(a.out); !ok {
			f.Detail += " · stdout is no terminal"
		}
	}
	return f
}

// termName is how names of terminals look; what doesn't might be anything.
var termName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9.+_=-]{0,31}$`) })

// Least is the smallest window that the screens are made for.
const leastWidth, leastHeight = 40, 16

func (a *app) sizeFinding() finding {
	w, h, ok := terminal(a.out)
	if !ok {
		return finding{Name: "size", State: "off"}
	}
	f := finding{Name: "size", State: "ok", Detail: fmt.Sprintf("%d×%d", w, h)}
	if w < leastWidth || h < leastHeight {
		f.State = "warn"
	}
	return f
}

func (a *app) colorFinding() finding {
	words := map[colorprofile.Profile]string{
		colorprofile.TrueColor: "truecolor", colorprofile.ANSI256: "256", colorprofile.ANSI: "16", colorprofile.ASCII: "none",
	}
	word, ok := words[a.profile(a.out)]
	if !ok {
		return finding{Name: "colors", State: "off"}
	}
	return finding{Name: "colors", State: "ok", Detail: word}
}

// keyringFinding probes without unlocking or asking.
func (a *app) keyringFinding(ctx context.Context) finding {
	if a.cfg.Keystore == file.Setting {
		return finding{Name: "keyring", State: "ok", Detail: file.Setting}
	}
	state := a.keyring(nil).State(ctx)
	f := finding{Name: "keyring", State: "ok", Detail: state.String()}
	if err := state.Fault(); err != nil {
		f.fail(err, state.String())
		if state == keystore.Locked || a.cfg.Account == "" { // it can be unlocked; or nothing needs it yet
			f.State = "warn"
		}
	}
	return f
}

// fail marks what was checked as bad. What only lacks a passphrase was not checked.
func (f *finding) fail(err error, detail string) {
	if fault.From(err).Code == fault.NoSecret {
		f.State, f.Detail = "off", ""
		return
	}
	f.State, f.Detail, f.Code, f.err = "bad", detail, string(fault.From(err).Code), err
}

func (a *app) printFindings(checks []finding) error {
	t := a.text()
	var out sheet
	for _, f := range checks {
		ink := quietInk
		if f.State == "warn" || f.State == "bad" {
			ink = warnInk
		}
		out.row(left(t.T("cli.doctor."+f.Name)).in(headInk), left(t.T("cli.doctor."+f.State)).in(ink), left(cmp.Or(f.private, a.detail(f))))
	}
	out.flush()
	for _, f := range checks {
		if f.err != nil {
			say, hint := t.Fault(f.err)
			out.blank()
			out.free(say, plainInk)
			out.free(hint, quietInk)
			if mark := kit.Mark(f.err); mark != "" {
				out.free(mark, quietInk)
			}
		}
	}
	return a.print(&out)
}

// detail is what was found, in the person's language: JSON has it in words that
// never change, with dots between them.
func (a *app) detail(f finding) string {
	if n, err := strconv.Atoi(f.Detail); err == nil && f.Name == "settings" {
		return a.text().N("cli.doctor.settings_known", n)
	}
	parts := strings.Split(f.Detail, " · ")
	for i, part := range parts {
		if id := "cli.doctor.detail." + strings.ReplaceAll(part, " ", "_"); part != "" && a.text().Has(id) {
			parts[i] = a.text().T(id)
		}
	}
	return strings.Join(parts, " · ")
}

// skew is how far clocks may be apart: codes go by the platform's, but ages and
// weeks would be wrong.
const skew = time.Minute

// examineAccount looks at the platform and the store of the account, if there is one.
func (a *app) examineAccount(ctx context.Context) []finding {
	off := []finding{{Name: "platform", State: "off"}, {Name: "clock", State: "off"}, {Name: "store", State: "off"}, {Name: "device", State: "off"}}
	if a.cfg.URL == "" {
		if client.HasFiles(a.cfg.Paths.Data) {
			off[2] = finding{Name: "store", State: "ok"}
			if err := a.checkFiles(ctx, &off[2]); err != nil {
				off[2].fail(err, "")
			}
		}
		return off
	}
	shown, clock := finding{Name: "platform", State: "ok"}, finding{Name: "clock", State: "off"}
	o := a.settings(a.cfg.URL, "").Options
	o.Limits = client.Limits{Tries: 1, Call: 5 * time.Second} // a check, not an errand
	o.Pin = a.pin(ctx)
	c, err := client.New(o)
	if err == nil {
		var status client.Status
		if status, err = c.Status(ctx); err == nil {
			shown.Detail = status.Version
			if status.Simulator {
				shown.Detail += " · simulator"
			}
			apart := a.now().Sub(status.Clock).Round(time.Second)
			clock = finding{Name: "clock", State: "ok", Detail: apart.String()}
			if apart.Abs() > skew {
				clock.State = "warn"
			}
		}
	}
	if err != nil {
		shown.fail(err, "")
	}
	kept := finding{Name: "store", State: "ok"}
	if err := a.checkStore(ctx, &kept); err != nil {
		kept.fail(err, "")
	}
	this := a.deviceFinding(ctx)
	if this.State == "ok" && kept.State == "ok" {
		a.askAboutDevice(ctx, &this, shown.State == "ok")
	}
	return []finding{shown, clock, kept, this}
}

// pin is that of the platform's key, as far as the keys here can be read; nil if
// the system's authorities vouch for it, or nobody knows.
func (a *app) pin(ctx context.Context) []byte {
	item, err := keystore.Load(ctx, a.keyring(nil), a.cfg.Account) // a check asks nobody
	defer item.Wipe()
	if err != nil {
		return nil
	}
	return item.SPKI
}

// askAboutDevice has the platform say whether it still knows this device: the
// keys here say nothing of a device that was revoked from another one.
func (a *app) askAboutDevice(ctx context.Context, f *finding, there bool) {
	unknown := func() { f.Detail += " · not asked" }
	if !there {
		unknown()
		return
	}
	o := a.settings(a.cfg.URL, a.cfg.Account)
	o.Keys = a.keyring(nil) // a check asks nobody
	o.Limits = client.Limits{Tries: 1, Call: 5 * time.Second}
	var devices []act.Device
	open, err := client.Open(ctx, o)
	if err == nil {
		devices, err = open.Devices(ctx)
		err = errors.Join(err, open.Close())
	}
	switch {
	case err == nil:
	case fault.From(err).Code.Family() == fault.FamilyRefused:
		f.fail(err, f.Detail)
		return
	default:
		unknown()
		return
	}
	for _, d := range devices {
		if d.Current {
			f.Detail += " · " + string(d.State)
			if d.State != act.DeviceActive { // it waits after wrong codes, or for its first one
				f.State = "warn"
			}
		}
	}
}

// deviceFinding says whether this device is registered, and where its keys are.
func (a *app) deviceFinding(ctx context.Context) finding {
	f := finding{Name: "device", State: "ok", Detail: a.cfg.Keystore}
	item, err := keystore.Load(ctx, a.keyring(nil), a.cfg.Account) // a check asks nobody
	defer item.Wipe()
	if err == nil && !item.Enrolled() {
		err = fault.New(fault.NotEnrolled)
	}
	if err != nil {
		f.fail(err, a.cfg.Keystore)
	}
	return f
}

// checkStore reads the whole local store, without touching the platform.
func (a *app) checkStore(ctx context.Context, f *finding) error {
	if a.cfg.Account == "" {
		f.State = "off"
		return nil
	}
	o := a.settings(a.cfg.URL, a.cfg.Account)
	o.Keys = a.keyring(nil) // a check asks nobody
	open, err := client.Open(ctx, o)
	if err != nil {
		return err
	}
	defer func() { _ = open.Close() }()
	if err := open.Check(ctx); err != nil {
		return err
	}
	state, err := open.State(ctx)
	f.Detail = "copy · " + decimal(state.Lines)
	return err
}

// checkFiles is checkStore for a person who has files and no platform.
func (a *app) checkFiles(ctx context.Context, f *finding) (err error) {
	o := a.settings("", "")
	o.Keys = a.keyring(nil) // a check asks nobody
	kept, err := client.OpenFiles(ctx, o, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	if err := kept.Check(ctx); err != nil {
		return err
	}
	state, err := kept.State(ctx)
	f.Detail = "files · " + decimal(state.Lines)
	return err
}
