package main

import (
	"context"
	"errors"
	"math"
	"time"

	"github.com/spf13/cobra"

	"jandon/client"
	"jandon/internal/fault"
	"jandon/keystore"
	"jandon/ui/kit"
)

// bank opens the account of this device for what has to be confirmed: it wants
// somebody at the terminal, or a PIN from a descriptor, before anything else.
func (a *app) bank(ctx context.Context, fd int) (*client.Account, error) {
	if _, someone := a.tty(); !someone && fd < 0 {
		return nil, a.missing(thePIN, nil)
	}
	if a.cfg.URL == "" || a.cfg.Account == "" {
		return nil, fault.New(fault.NoPlatform)
	}
	set := a.settings(a.cfg.URL, a.cfg.Account)
	set.Sleep, set.Due = a.sleep, func(wait time.Duration) { a.note(a.text().F("cli.pin.due", "Seconds", int(math.Ceil(wait.Seconds())))) }
	open, err := client.Open(ctx, set)
	if err == nil && !open.Enrolled() {
		return nil, errors.Join(fault.New(fault.NotEnrolled), open.Close())
	}
	return open, err
}

// unlocked opens the account and a session that may act.
func (a *app) unlocked(ctx context.Context, t *talk, p *pins) (*client.Account, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	open, err := a.bank(ctx, p.fd)
	if err != nil {
		return nil, err
	}
	if err := p.unlock(ctx, t, open); err != nil {
		return nil, errors.Join(err, open.Close())
	}
	return open, nil
}

// opened does something in a session that may act, and closes the account behind it.
func (a *app) opened(ctx context.Context, p *pins, do func(t *talk, open *client.Account) error) error {
	defer p.close()
	t := a.talk()
	open, err := a.unlocked(ctx, t, p)
	if err != nil {
		return err
	}
	defer func() { _ = open.Close() }()
	return do(t, open)
}

// inside is a command all of which is done there.
func (a *app) inside(use, id string, args int, p *pins, do func(context.Context, *talk, *client.Account, []string) error) *cobra.Command {
	return a.command(use, id, args, args, func(cmd *cobra.Command, args []string) error {
		ctx := cmd.Context()
		return a.opened(ctx, p, func(t *talk, open *client.Account) error { return do(ctx, t, open, args) })
	})
}

// pins is where PINs come from: typed unseen each time, or one from a descriptor.
type pins struct {
	fd   int // --pin-fd; -1: typed
	held keystore.Secret
	by   string // --unlock-by: pin, app or recovery
}

func (p *pins) flag(c *cobra.Command) {
	c.Flags().IntVar(&p.fd, "pin-fd", -1, "cli.flag.pin-fd")
	c.Flags().StringVar(&p.by, "unlock-by", byPIN, "cli.flag.unlock-by")
	must(c.RegisterFlagCompletionFunc("unlock-by", words(byPIN, byApp, byRecovery)))
}

// What opens a session. An app's code and a recovery code are for when the PIN
// fails; they confirm no more than small acts.
const byPIN, byApp, byRecovery = "pin", "app", "recovery"

// ways are the questions for each, and what is said of a wrong answer.
var ways = map[string]struct {
	question string
	what     sought
	wrong    string
}{
	byPIN:      {"cli.pin.unlock", thePIN, "lock.wrong_pin"},
	byApp:      {"cli.authenticator.code_now", sought{"cli.authenticator.what", thePIN.flag}, "lock.wrong_app"},
	byRecovery: {"cli.recovery.code", sought{"cli.recovery.what", thePIN.flag}, "lock.wrong_recovery"},
}

// check refuses a way that there is not.
func (p *pins) check() error {
	if _, ok := ways[p.by]; !ok {
		return fault.New(fault.BadFlag, "name", "--unlock-by", "value", p.by, "want", "pin | app | recovery")
	}
	return nil
}

// next is a PIN for one purpose, which the caller wipes. A person types it anew.
func (p *pins) next(ctx context.Context, t *talk, question string) (keystore.Secret, error) {
	if p.fd < 0 {
		return t.hidden(ctx, t.text().T(question), thePIN)
	}
	if p.held.Len() == 0 {
		held, err := t.secretFD(ctx, p.fd, thePIN)
		if err != nil {
			return keystore.Secret{}, err
		}
		p.held = held
	}
	return keystore.NewSecret(p.held.Copy()), nil
}

// mostPINs is how often a person may type a PIN at one command; the platform
// counts on, and pauses the device at the fifth wrong one in a row.
const mostPINs = 3

// unlock opens a session that may act. Whether a PIN is right only the
// platform can say.
func (p *pins) unlock(ctx context.Context, t *talk, open *client.Account) error {
	for tries := 1; ; tries++ {
		typed, err := p.key(ctx, t)
		if err != nil {
			return err
		}
		switch p.by {
		case byApp:
			_, err = open.UnlockByApp(ctx, typed)
		case byRecovery:
			_, err = open.UnlockByRecovery(ctx, typed)
		default:
			_, err = open.Unlock(ctx, typed)
		}
		typed.Wipe()
		if !again(err) || p.fd >= 0 || tries >= mostPINs {
			return err
		}
		t.sayWrong(err, ways[p.by].wrong)
	}
}

// sayWrong says what of what was typed was wrong, and what to do about it.
func (t *talk) sayWrong(err error, id string) {
	f := fault.From(err)
	say, hint := t.explain(f)
	if f.Code == fault.WrongCode {
		say = kit.Wrong(t.text(), id, f)
	}
	t.say(say, hint)
}

// key is what opens the session.
func (p *pins) key(ctx context.Context, t *talk) (keystore.Secret, error) {
	if p.by == byPIN {
		return p.next(ctx, t, ways[byPIN].question)
	}
	way := ways[p.by]
	if p.fd >= 0 {
		return t.secretFD(ctx, p.fd, way.what)
	}
	return t.hidden(ctx, t.text().T(way.question), way.what)
}

// again reports whether a PIN may have been mistyped.
func again(err error) bool {
	if err == nil {
		return false
	}
	code := kit.Stopped(fault.From(err)).Code // which is no wrong code any more where the device has to wait
	return code == fault.WrongCode || code == fault.BadPIN
}

// close wipes what was read.
func (p *pins) close() { p.held.Wipe() }
