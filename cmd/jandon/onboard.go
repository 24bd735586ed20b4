package main

import (
	"context"
	"errors"
	"sync"

	"jandon/client"
	"jandon/config"
	"jandon/internal/fault"
	"jandon/keystore"
	"jandon/keystore/pin"
	"jandon/ui"
	"jandon/ui/enrol"
	"jandon/ui/kit"
	"jandon/ui/replay"
)

// errQuit is a person who left not only the page, but the program.
var errQuit = errors.New("jandon: the person quit")

// onboard registers this device in the screens. A nil account without an error
// means that the person left the page.
func (a *app) onboard(ctx context.Context) (*client.Account, string, error) {
	t := a.talk()
	if err := a.choosePlace(ctx, t); err != nil {
		return nil, "", err
	}
	if sealed, ok := a.keyring(a.waiting).(*sealed); ok { // while there are lines to ask in
		if _, err := sealed.open(ctx); err != nil {
			return nil, "", err
		}
	}
	waits, err := a.pending(ctx)
	if errors.Is(err, errFinished) {
		open, err := client.Open(ctx, a.settings(a.cfg.URL, a.cfg.Account))
		return open, a.cfg.URL, err
	}
	if err != nil {
		return nil, "", err
	}
	j := &joining{app: a, begun: waits}
	j.draft, j.drafted = a.drafted()
	var page *enrol.Page
	options := ui.Options{
		Lang: a.cfg.Lang, Zone: a.cfg.Zone, Money: a.style().Unit, Theme: a.cfg.Theme, Mono: a.cfg.Color == "never",
		Mouse: a.cfg.Mouse, Idle: a.cfg.Idle, Clock: ui.Clock{Now: a.now}, Secret: a.typedPIN, IDs: fault.NewID, Failed: a.logFailure, StopKeyring: a.stopKeyring,
		Pages: []ui.Maker{{Name: "enrol", Label: "enrol.title", Tab: true, Make: func(env *kit.Env, _ string) kit.Page {
			page = enrol.New(env, j, enrol.Options{URL: a.cfg.URL, Device: thisComputer()})
			return page
		}}},
	}
	options.Version, _ = build()
	if err := a.recordable(&options, replay.Setting{URL: a.cfg.URL, Device: thisComputer()}); err != nil {
		return nil, "", err
	}
	show := a.program
	if a.cfg.Plain {
		show = func(ctx context.Context, o ui.Options) error { return ui.Plain(ctx, o, a.in, a.out) }
	}
	err = show(ctx, options)
	switch _, kept := a.drafted(); {
	case j.open == nil && j.begun != nil:
		err = a.left(ctx, j.begun, err)
	case j.open == nil && kept:
		a.note(a.text().T("cli.enroll.draft_kept"))
	}
	if j.open == nil && err == nil && !page.Over() {
		err = errQuit
	}
	return j.open, j.address, err
}

// joining carries out the steps of a registration.
type joining struct {
	*app
	address string
	who     enrol.Platform // who answers there, as the person has seen it
	begun   *client.Enrolment
	mu      sync.Mutex      // of the draft
	draft   draft           // of an earlier run, or what was kept last
	drafted bool            // there is one
	open    *client.Account // at the end
}

// Left is what waits, begun or not.
func (j *joining) Left(context.Context) (enrol.Left, error) {
	switch {
	case j.begun == nil && j.drafted:
		return j.draft.left(), nil
	case j.begun == nil:
		return enrol.Left{}, nil
	}
	l := j.begun.Left()
	return enrol.Left{
		Platform: enrol.Platform{Host: l.Host, Fingerprint: j.begun.Fingerprint()}, URL: l.Address, Handle: l.Handle, Device: l.Device, Made: l.Made, Until: l.Until,
		Mark: j.begun.Mark(), Step: steps[l.Step], Again: l.Again, Later: l.Later, Over: l.Over(j.now()),
	}, nil
}

var steps = map[client.Step]enrol.Step{client.StepCode: enrol.StepCode, client.StepPIN: enrol.StepPIN, client.StepProof: enrol.StepProof}

// Continue looks who answers there now, and how far the platform is.
func (j *joining) Continue(ctx context.Context) (enrol.Left, error) {
	before, err := j.Left(ctx)
	if err != nil || before.URL == "" {
		return enrol.Left{}, errors.Join(err, fault.New(fault.EnrolmentOver))
	}
	who, err := j.Reach(ctx, before.URL)
	if err != nil {
		return enrol.Left{}, err
	}
	if !before.Begun() {
		before.Step = enrol.StepPerson
		if who.Fingerprint != before.Platform.Fingerprint && who.Fingerprint != "" { // it has to be compared, or compared anew
			before.Step = enrol.StepTrust
		}
		before.Platform = who
		return before, nil
	}
	if who.Fingerprint != before.Platform.Fingerprint { // which was compared when it was begun
		return enrol.Left{}, fault.New(fault.PinChanged)
	}
	if err := j.ended(ctx, j.begun.Continue(ctx)); err != nil {
		return enrol.Left{}, err
	}
	after, err := j.Left(ctx)
	after.Platform = who
	return after, err
}

// Keep notes what was given before anything is begun.
func (j *joining) Keep(ctx context.Context, given enrol.Left) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.begun != nil || ctx.Err() != nil { // there is more by now, or newer
		return nil
	}
	if !j.drafted {
		j.draft.Made = j.now()
	}
	j.draft, j.drafted = draftOf(given, j.draft.Made), true
	return j.keepDraft(j.draft)
}

// Abandon gives it up.
func (j *joining) Abandon(ctx context.Context) error {
	if j.begun == nil {
		j.mu.Lock()
		defer j.mu.Unlock()
		j.drafted = false
		j.forgetDraft()
		return nil
	}
	err := j.abandon(ctx, j.begun)
	if err == nil {
		j.begun = nil
	}
	return err
}

// ended clears away what turned out to be over, and lets go of what another run
// goes on with.
func (j *joining) ended(ctx context.Context, err error) error {
	switch {
	case over(err):
		return errors.Join(err, j.Abandon(ctx))
	case taken(err):
		left := j.begun.Leave(ctx)
		j.begun = nil
		return errors.Join(err, left)
	}
	return err
}

// Reach looks who answers at an address.
func (j *joining) Reach(ctx context.Context, url string) (enrol.Platform, error) {
	g, err := client.Meet(ctx, j.settings(url, ""))
	if err != nil {
		return enrol.Platform{}, err
	}
	j.address, j.who = url, enrol.Platform{Host: g.Host, Simulator: g.Simulator, Fingerprint: g.Fingerprint}
	return j.who, nil
}

// Begin asks to register this device. One that was begun before is given up.
func (j *joining) Begin(ctx context.Context, handle, device string) (enrol.Left, error) {
	if j.begun != nil {
		if err := j.Abandon(ctx); err != nil {
			return enrol.Left{}, err
		}
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	begun, err := j.begin(ctx, j.address, handle, device, j.who.Fingerprint)
	if err != nil {
		return enrol.Left{}, err
	}
	j.begun, j.drafted = begun, false
	l, err := j.Left(ctx)
	l.Platform = j.who
	return l, err
}

// begunYet is fault.EnrolmentOver where nothing is under way any more.
func (j *joining) begunYet() error {
	if j.begun == nil {
		return fault.New(fault.EnrolmentOver)
	}
	return nil
}

// Activate hands the code in.
func (j *joining) Activate(ctx context.Context, code string) error {
	s := keystore.NewSecret([]byte(code))
	defer s.Wipe()
	if err := j.begunYet(); err != nil {
		return err
	}
	return j.ended(ctx, j.begun.Activate(ctx, s))
}

// Seal keeps the keys under a PIN that is not easily guessed.
func (j *joining) Seal(ctx context.Context, typed kit.PIN) error {
	s := secretOf(typed)
	defer s.Wipe()
	if err := j.goodPIN(s); err != nil {
		return err
	}
	if err := j.begunYet(); err != nil {
		return err
	}
	return j.ended(ctx, j.begun.Seal(ctx, s))
}

// Finish opens the first session and remembers the account.
func (j *joining) Finish(ctx context.Context, typed kit.PIN) error {
	s := secretOf(typed)
	defer s.Wipe()
	if err := j.begunYet(); err != nil {
		return err
	}
	open, err := j.begun.Finish(ctx, s)
	if err != nil {
		return j.ended(ctx, err)
	}
	if err := j.concluded(ctx, j.begun); err != nil {
		return errors.Join(err, open.Close())
	}
	j.open = open
	return nil
}

// accountID is the account that a registration takes over: another platform
// takes the store over, since there may be files in it.
func (a *app) accountID() string {
	if a.cfg.Account == "" && client.HasFiles(a.cfg.Paths.Data) {
		return client.FilesID
	}
	return a.cfg.Account
}

// remembered writes an enrolled account into the settings, and where its keys are.
func (a *app) remembered(address, id string) error {
	return config.Change(a.cfg.Paths.File, map[string]string{
		"platform.url": address, "platform.account": id, "keystore.store": a.cfg.Keystore,
	})
}

// goodPIN refuses PINs that a stranger would try first, and the passphrase.
func (a *app) goodPIN(s keystore.Secret) error {
	if err := pin.Check(s); err != nil {
		return err
	}
	return a.vault.apart(s)
}
