package main

import (
	"bytes"
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
	"jandon/ui/kit"
)

// enrolling are the flags of enroll.
type enrolling struct {
	handle, device, fingerprint string
	compared                    string // a fingerprint that the person compared in an earlier run
	resume, anew                bool
	codeFD                      int
	pins                        pins
}

// enroll registers this device with a platform.
func (a *app) enroll() *cobra.Command {
	var e enrolling
	c := a.command("enroll [URL]", "cli.enroll", 0, 1, func(cmd *cobra.Command, args []string) error {
		defer e.pins.close()
		ctx, address := cmd.Context(), ""
		if len(args) > 0 {
			address = args[0]
		}
		open, err := a.register(ctx, a.talk(), address, &e)
		if errors.Is(err, errFinished) {
			return nil
		}
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
		a.note(a.text().F("cli.enroll.done", "URL", open.Client.String(), "Lines", a.text().N("cli.lines", state.Lines)))
		return nil
	})
	f := c.Flags()
	f.StringVar(&e.handle, "handle", "", "cli.flag.handle")
	f.StringVar(&e.device, "name", "", "cli.flag.device")
	f.StringVar(&e.fingerprint, "fingerprint", "", "cli.flag.fingerprint")
	f.BoolVar(&e.resume, "resume", false, "cli.flag.resume")
	f.BoolVar(&e.anew, "anew", false, "cli.flag.anew")
	f.IntVar(&e.codeFD, "code-fd", -1, "cli.flag.code-fd")
	f.IntVar(&e.pins.fd, "pin-fd", -1, "cli.flag.pin-fd")
	return c
}

// register goes from an address to the first session: where keys go, who
// answers, who asks, the code, the PIN. What was left before is gone on with or
// given up first; whatever is not brought to its end waits for the next time.
// The settings name the account when all of it is done. errFinished if an
// earlier run had done it all and nothing else was asked for.
func (a *app) register(ctx context.Context, t *talk, address string, e *enrolling) (*client.Account, error) {
	if e.resume && e.anew {
		return nil, fault.New(fault.Together, "name", "--resume", "value", "--anew")
	}
	if address != "" {
		if _, _, err := client.CheckURL(address); err != nil {
			return nil, err
		}
	}
	begun, err := e.waits(ctx, t, address)
	if err == nil && begun == nil {
		begun, err = e.begins(ctx, t, address)
	}
	if err != nil {
		return nil, err
	}
	open, err := e.finish(ctx, t, begun)
	if err != nil {
		return nil, a.left(ctx, begun, err)
	}
	if err := a.concluded(ctx, begun); err != nil {
		return nil, errors.Join(err, open.Close())
	}
	return open, nil
}

// waits is what was left and is gone on with; nil if a new one begins. With
// nobody to ask, a flag has to say which.
func (e *enrolling) waits(ctx context.Context, t *talk, address string) (*client.Enrolment, error) {
	begun, err := t.pending(ctx)
	if errors.Is(err, errFinished) && address != "" && !e.resume {
		return nil, nil // it stays as it is, and another one begins
	}
	switch {
	case err != nil, begun == nil:
		return nil, err
	}
	l := begun.Left()
	on := e.resume
	if !e.resume && !e.anew {
		if on, err = e.askWhich(ctx, t, l); err != nil {
			return nil, errors.Join(err, begun.Leave(ctx))
		}
	}
	if !on {
		if err := t.abandon(ctx, begun); err != nil {
			return nil, err
		}
		if address == "" {
			return nil, fault.New(fault.MissingArg, "name", "jandon enroll", "want", "jandon enroll "+l.Address)
		}
		return nil, nil
	}
	if address != "" && address != l.Address {
		return nil, errors.Join(fault.New(fault.OtherServer, "url", l.Address), begun.Leave(ctx))
	}
	if err := e.told(t.app, l.Step); err != nil {
		return nil, errors.Join(err, begun.Leave(ctx))
	}
	if err := begun.Continue(ctx); err != nil {
		return nil, t.left(ctx, begun, err)
	}
	return begun, nil
}

// askWhich asks whether to go on with what was left.
func (e *enrolling) askWhich(ctx context.Context, t *talk, l client.Left) (on bool, err error) {
	if _, someone := t.tty(); !someone {
		return false, fault.New(fault.MissingArg, "name", "jandon enroll", "want", "jandon enroll --resume | jandon enroll --anew URL")
	}
	text := t.text()
	wants := "cli.enroll.wants_code"
	switch {
	case l.Over(t.now()):
		wants = "cli.enroll.wants_nothing"
	case l.Again:
		wants = "cli.enroll.wants_again"
	case l.Step == client.StepProof:
		wants = "cli.enroll.wants_proof"
	}
	return t.goesOn(ctx, text.F("cli.enroll.waits", "Host", l.Host, "Handle", l.Handle, "Device", l.Device, "Age", text.Age(t.now(), l.Made)), text.T(wants))
}

// goesOn tells what was left and asks until somebody says whether to go on.
func (t *talk) goesOn(ctx context.Context, about ...string) (on bool, err error) {
	t.say(about...)
	for {
		answer, err := t.line(ctx, t.text().T("cli.enroll.which"))
		if err != nil {
			return false, err
		}
		switch strings.ToLower(answer) {
		case "y", "ㅛ":
			return true, nil
		case "n", "ㅜ":
			return false, nil
		}
	}
}

// begin asks a platform to let this device in.
func (e *enrolling) begin(ctx context.Context, t *talk, address string) (*client.Enrolment, error) {
	if _, someone := t.tty(); !someone && e.handle == "" {
		return nil, fault.New(fault.MissingArg, "name", "--handle", "want", "--handle …")
	}
	if err := e.told(t.app, client.StepCode); err != nil {
		return nil, err
	}
	if err := t.choosePlace(ctx, t); err != nil {
		return nil, err
	}
	e.keep(t, address, "platform")
	met, err := client.Meet(ctx, t.settings(address, ""))
	if err != nil {
		return nil, err
	}
	e.keep(t, address, "trust")
	if err := e.compare(ctx, t, met.Fingerprint); err != nil {
		return nil, err
	}
	e.compared = met.Fingerprint
	e.keep(t, address, "person")
	if err := e.who(ctx, t, address); err != nil {
		return nil, err
	}
	return t.app.begin(ctx, address, e.handle, e.device, met.Fingerprint)
}

// told is nil if somebody can be asked, or nothing has to be from a step on;
// else it names the first thing that is missing.
func (e *enrolling) told(a *app, from client.Step) error {
	if _, someone := a.tty(); someone {
		return nil
	}
	switch {
	case e.codeFD < 0 && from == client.StepCode:
		return a.missing(theCode, nil)
	case e.pins.fd < 0:
		return a.missing(thePIN, nil)
	}
	return nil
}

// finish goes from the code to the first session.
func (e *enrolling) finish(ctx context.Context, t *talk, begun *client.Enrolment) (*client.Account, error) {
	if begun.Step() == client.StepCode {
		if err := e.activate(ctx, t, begun); err != nil {
			return nil, err
		}
	}
	if begun.Step() == client.StepPIN {
		chosen, err := e.choosePIN(ctx, t)
		if err != nil {
			return nil, err
		}
		return opened(ctx, begun, chosen)
	}
	return e.prove(ctx, t, begun)
}

// opened keeps the keys under a PIN that was typed twice alike and opens the
// first session with it, out of what the keyring has by then.
func opened(ctx context.Context, begun *client.Enrolment, chosen keystore.Secret) (*client.Account, error) {
	defer chosen.Wipe()
	if err := begun.Seal(ctx, chosen); err != nil {
		return nil, err
	}
	return begun.Finish(ctx, chosen)
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
	if fingerprint == "" || fingerprint == e.compared {
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
func (e *enrolling) who(ctx context.Context, t *talk, address string) (err error) {
	for e.handle == "" {
		if e.handle, err = t.line(ctx, t.text().T("cli.enroll.handle")); err != nil {
			return err
		}
	}
	e.keep(t, address, "person")
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

// activate hands the code in that came another way. Nothing typed asks whether
// another device has approved, where this run is the one that asked for it.
func (e *enrolling) activate(ctx context.Context, t *talk, begun *client.Enrolment) error {
	text, l := t.text(), begun.Left()
	if l.Again {
		t.say(text.T("cli.enroll.again"))
	} else {
		t.say(text.F("cli.enroll.sent", "When", text.Clock(begun.Expires(), t.cfg.Zone), "Mark", begun.Mark()))
	}
	switch _, someone := t.tty(); {
	case !someone || e.codeFD >= 0 || l.Again:
	case l.Later:
		t.say(text.T("enrol.code_later"))
	default:
		t.say(text.T("enrol.code_note"))
	}
	for {
		code, err := e.code(ctx, t)
		if err != nil {
			return err
		}
		bare := code.Len() == 0
		if bare && l.Later {
			t.say(text.T("enrol.wrong_bare"))
			continue
		}
		err = begun.Activate(ctx, code)
		code.Wipe()
		switch {
		case !errors.Is(err, fault.New(fault.WrongCode)) || e.codeFD >= 0:
			return err
		case bare:
			t.say(text.T("enrol.not_approved"), text.T("enrol.approve"))
		default:
			t.say(kit.Wrong(text, "enrol.not_code", fault.From(err)), text.T("enrol.wrong_code"))
		}
	}
}

// code is the activation code; empty where a person typed none.
func (e *enrolling) code(ctx context.Context, t *talk) (keystore.Secret, error) {
	if e.codeFD >= 0 {
		return t.secretFD(ctx, e.codeFD, theCode)
	}
	b, err := t.unseen(ctx, t.text().T("cli.enroll.code"), theCode)
	if err != nil || len(bytes.TrimSpace(b)) == 0 {
		return keystore.Secret{}, err
	}
	return t.tidy(b, theCode)
}

// choosePIN takes a new PIN, twice alike if somebody types it.
func (e *enrolling) choosePIN(ctx context.Context, t *talk) (keystore.Secret, error) {
	if e.pins.fd < 0 {
		t.say(t.text().T("cli.pin.rules"))
		return t.twice(ctx, "cli.pin", thePIN, t.goodPIN)
	}
	chosen, err := e.pins.next(ctx, t, "")
	if err != nil {
		return chosen, err
	}
	return chosen, t.goodPIN(chosen)
}

// prove opens the first session where an earlier run kept the keys and came no
// further; its PIN is typed again, since nothing of it is kept.
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
		t.sayWrong(err, "lock.wrong_pin")
	}
}
