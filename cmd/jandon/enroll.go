package main

import (
	"context"
	"errors"
	"os"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"jandon/client"
	"jandon/internal/fault"
	"jandon/internal/safe"
	"jandon/keystore"
	"jandon/keystore/file"
)

// enrolling are the flags of enroll.
type enrolling struct {
	handle, device, fingerprint string
	codeFD                      int
	pins                        pins
}

// enroll registers this device with a platform.
func (a *app) enroll() *cobra.Command {
	var e enrolling
	c := a.command("enroll URL", "cli.enroll", 1, 1, func(cmd *cobra.Command, args []string) error {
		defer e.pins.close()
		ctx := cmd.Context()
		open, err := a.register(ctx, a.talk(), args[0], &e)
		if err != nil {
			return err
		}
		defer func() { _ = open.Close() }()
		if _, err := open.Sync(ctx, func(int, int) {}); err != nil {
			return err
		}
		state, err := open.State(ctx)
		if err != nil {
			return err
		}
		a.note(a.text().F("cli.enroll.done", "URL", args[0], "Lines", a.text().N("cli.lines", state.Lines)))
		return nil
	})
	f := c.Flags()
	f.StringVar(&e.handle, "handle", "", "cli.flag.handle")
	f.StringVar(&e.device, "name", "", "cli.flag.device")
	f.StringVar(&e.fingerprint, "fingerprint", "", "cli.flag.fingerprint")
	f.IntVar(&e.codeFD, "code-fd", -1, "cli.flag.code-fd")
	f.IntVar(&e.pins.fd, "pin-fd", -1, "cli.flag.pin-fd")
	return c
}

// register goes from an address to the first session: where keys go, who
// answers, who asks, the code, the PIN. Nothing is kept before the platform
// gave a secret; the settings change when all of it is done.
func (a *app) register(ctx context.Context, t *talk, address string, e *enrolling) (*client.Account, error) {
	if _, _, err := client.CheckURL(address); err != nil {
		return nil, err
	}
	if err := e.told(a); err != nil {
		return nil, err
	}
	if err := a.choosePlace(ctx, t); err != nil {
		return nil, err
	}
	met, err := client.Meet(ctx, a.settings(address, ""))
	if err != nil {
		return nil, err
	}
	if err := e.compare(ctx, t, met.Fingerprint); err != nil {
		return nil, err
	}
	if err := e.who(ctx, t); err != nil {
		return nil, err
	}
	begun, err := client.Enrol(ctx, a.settings(address, a.accountID()), e.handle, e.device)
	if err != nil {
		return nil, err
	}
	if begun.Fingerprint() != met.Fingerprint {
		return nil, errors.Join(fault.New(fault.PinChanged), begun.Leave(ctx))
	}
	open, err := e.finish(ctx, t, begun)
	if err == nil {
		err = a.remembered(address, open)
	}
	if err != nil {
		return nil, errors.Join(err, begun.Leave(context.WithoutCancel(ctx)))
	}
	return open, nil
}

// told is nil if somebody can be asked, or nothing has to be; else it names the
// first thing that is missing.
func (e *enrolling) told(a *app) error {
	if _, someone := a.tty(); someone {
		return nil
	}
	switch {
	case e.handle == "":
		return fault.New(fault.MissingArg, "name", "--handle", "want", "--handle …")
	case e.codeFD < 0:
		return fault.New(fault.NoSecret, "what", a.text().T("cli.enroll.code_what"))
	case e.pins.fd < 0:
		return fault.New(fault.NoSecret, "what", a.text().T("cli.pin.what"))
	}
	return nil
}

// finish goes from the code to the first session.
func (e *enrolling) finish(ctx context.Context, t *talk, begun *client.Enrolment) (*client.Account, error) {
	if err := e.activate(ctx, t, begun); err != nil {
		return nil, err
	}
	chosen, err := e.choosePIN(ctx, t)
	if err != nil {
		return nil, err
	}
	defer chosen.Wipe()
	if err := begun.Seal(ctx, chosen); err != nil {
		return nil, err
	}
	return e.prove(ctx, t, begun)
}

// compare lets a person compare the key of a platform that nobody vouches for,
// or compares it with what they were told; the answer is No unless they say yes.
func (e *enrolling) compare(ctx context.Context, t *talk, fingerprint string) error {
	if e.fingerprint != "" {
		if plainHex(e.fingerprint) != plainHex(fingerprint) {
			return fault.New(fault.PinChanged)
		}
		return nil
	}
	if fingerprint == "" {
		return nil
	}
	if _, someone := t.tty(); !someone {
		return fault.New(fault.MissingArg, "name", "--fingerprint", "want", "--fingerprint '"+fingerprint+"'")
	}
	return t.agree(ctx, false, t.text().T("cli.enroll.compare"), t.text().T("cli.enroll.unvouched"), "  "+fingerprint)
}

// plainHex is a fingerprint without the spaces and colons that people put in.
func plainHex(s string) string {
	return strings.ToLower(strings.NewReplacer(" ", "", ":", "", "-", "").Replace(s))
}

// choosePlace decides where the keys of this device will be. Without a keyring
// a person may choose the sealed file; the answer is No unless they say yes,
// and a script has to have said so in the settings.
func (a *app) choosePlace(ctx context.Context, t *talk) error {
	if a.cfg.Keystore == file.Setting || a.keys != nil {
		return nil
	}
	err := a.keyring(nil).State(ctx).Fault()
	switch {
	case err == nil, errors.Is(err, fault.New(fault.KeyringLocked)):
		return nil
	case !errors.Is(err, fault.New(fault.KeyringNone)):
		return err // one that is there and stuck wants mending, not a way round it
	}
	if _, someone := a.tty(); !someone {
		return err
	}
	say, _ := a.explain(fault.From(err))
	t.say(say, a.text().T("cli.vault.lost"))
	yes, asked := t.yes(ctx, a.text().T("cli.vault.consent")+" "+a.text().T("cli.yes_no"))
	if asked != nil {
		return asked
	}
	if !file.Agree(yes).Given() {
		return err
	}
	a.cfg.Keystore = file.Setting // pinned in the settings once enrolment is done
	return nil
}

// who asks for the handle and for a name of this device.
func (e *enrolling) who(ctx context.Context, t *talk) (err error) {
	for e.handle == "" {
		if e.handle, err = t.line(ctx, t.text().T("cli.enroll.handle")); err != nil {
			return err
		}
	}
	if e.device != "" {
		return nil
	}
	e.device = thisComputer()
	if _, someone := t.tty(); !someone {
		return nil
	}
	name, err := t.line(ctx, t.text().F("cli.enroll.device", "Name", e.device))
	if err == nil && name != "" {
		e.device = name
	}
	return err
}

// longestDevice is what the contract takes of a device's name.
const longestDevice = 40

// thisComputer is the host's name as a device may be called: what the filter
// lets through, without a domain.
func thisComputer() string {
	host, err := os.Hostname()
	host, _, _ = strings.Cut(host, ".")
	name := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_' {
			return r
		}
		return -1
	}, safe.Text(host))
	if runes := []rune(name); len(runes) > longestDevice {
		name = string(runes[:longestDevice])
	}
	if err != nil || name == "" {
		return "jandon"
	}
	return name
}

// activate hands the code in that came another way.
func (e *enrolling) activate(ctx context.Context, t *talk, begun *client.Enrolment) error {
	t.say(t.text().F("cli.enroll.sent", "When", t.text().Clock(begun.Expires(), t.cfg.Zone), "Mark", begun.Mark()))
	for {
		code, err := e.code(ctx, t)
		if err != nil {
			return err
		}
		err = begun.Activate(ctx, code)
		code.Wipe()
		if !errors.Is(err, fault.New(fault.WrongCode)) || e.codeFD >= 0 {
			return err
		}
		say, hint := t.explain(fault.From(err))
		t.say(say, hint)
	}
}

func (e *enrolling) code(ctx context.Context, t *talk) (keystore.Secret, error) {
	what := t.text().T("cli.enroll.code_what")
	if e.codeFD >= 0 {
		return t.secretFD(ctx, e.codeFD, what)
	}
	return t.hidden(ctx, t.text().T("cli.enroll.code"), what)
}

// choosePIN takes a new PIN, twice alike if somebody types it.
func (e *enrolling) choosePIN(ctx context.Context, t *talk) (keystore.Secret, error) {
	if e.pins.fd < 0 {
		t.say(t.text().T("cli.pin.rules"))
		return t.twice(ctx, "cli.pin", t.text().T("cli.pin.what"), t.goodPIN)
	}
	chosen, err := e.pins.next(ctx, t, "")
	if err != nil {
		return chosen, err
	}
	return chosen, t.goodPIN(chosen)
}

// prove opens the first session with the PIN typed once more: what was written
// down wrong is found now, and not when the code is gone.
func (e *enrolling) prove(ctx context.Context, t *talk, begun *client.Enrolment) (*client.Account, error) {
	for tries := 1; ; tries++ {
		typed, err := e.pins.next(ctx, t, "cli.pin.prove")
		if err != nil {
			return nil, err
		}
		open, err := begun.Finish(ctx, typed)
		typed.Wipe()
		if !again(err) || e.pins.fd >= 0 || tries >= mostPINs {
			return open, err
		}
		say, hint := t.explain(fault.From(err))
		t.say(say, hint)
	}
}
