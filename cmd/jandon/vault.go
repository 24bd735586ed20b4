package main

import (
	"context"
	"errors"
	"path/filepath"
	"sync"

	"jandon/internal/fault"
	"jandon/keystore"
	"jandon/keystore/file"
	"jandon/ui"
)

// keyring is where this device keeps its keys: the person's keyring, or the
// sealed file if the settings say so. The one never stands in for the other.
// waiting says that the keyring's window wants an answer; without it nobody is
// asked, and what is locked is an error at once.
func (a *app) keyring(waiting keystore.Waiting) keystore.Store {
	if _, someone := a.tty(); !someone {
		waiting = nil
	}
	switch {
	case a.keys != nil:
		return a.keys
	case a.cfg.Keystore == file.Setting:
		return &sealed{app: a, asks: waiting != nil}
	}
	return keystore.NewKeyring(keystore.Limits{}, waiting)
}

// waiting tells a person that the keyring's own window wants an answer: on the
// screen that stands there, where Esc stops it, or else in a line.
func (a *app) waiting(stop func()) (over func()) {
	program := a.drawn.Load()
	if program == nil {
		a.note(a.text().T("cli.keyring.answer"))
		return func() {}
	}
	a.unasked.Store(&stop)
	program.Send(ui.KeyringAsks{On: true})
	return func() {
		a.unasked.CompareAndSwap(&stop, nil)
		program.Send(ui.KeyringAsks{})
	}
}

// stopKeyring gives up on the keyring's window, if one is open.
func (a *app) stopKeyring() {
	if stop := a.unasked.Load(); stop != nil {
		(*stop)()
	}
}

// vault is the sealed file of this run, open once its passphrase was given.
type vault struct {
	mu     sync.Mutex
	store  *file.Store
	phrase keystore.Secret
	typed  bool // by a person, who may type it again
}

// apart refuses a PIN that is the passphrase: one secret seen would be both.
func (v *vault) apart(pin keystore.Secret) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.phrase.Len() == 0 {
		return nil
	}
	return file.CheckPassphrase(v.phrase, pin)
}

// sealed is the file store, whose passphrase is asked for when it is first
// needed: on the terminal, or from --passphrase-fd.
type sealed struct {
	*app
	asks bool
}

// keyFiles is the directory of the sealed files.
func (a *app) keyFiles() string { return filepath.Join(a.cfg.Paths.Data, "keys") }

// sealedAlready reports whether there is a file that a passphrase has to open.
func (a *app) sealedAlready() bool {
	found, err := filepath.Glob(filepath.Join(a.keyFiles(), "*.age"))
	return err == nil && len(found) > 0
}

// open gives the passphrase to the store, once in a run.
func (s *sealed) open(ctx context.Context) (*file.Store, error) {
	s.vault.mu.Lock()
	defer s.vault.mu.Unlock()
	if s.vault.store != nil {
		return s.vault.store, nil
	}
	t := s.talk()
	var phrase keystore.Secret
	var err error
	switch {
	case s.global.passphraseFD >= 0:
		phrase, err = s.secretFD(ctx, s.global.passphraseFD, thePassphrase)
	case !s.asks:
		err = s.missing(thePassphrase, nil)
	case s.sealedAlready():
		phrase, err = t.hidden(ctx, s.text().T("cli.vault.ask"), thePassphrase)
	default:
		phrase, err = t.newPassphrase(ctx)
	}
	if err != nil {
		return nil, err
	}
	store, err := file.New(s.keyFiles(), file.Pinned(s.cfg.Keystore), phrase)
	if err != nil {
		phrase.Wipe()
		return nil, err
	}
	s.vault.store, s.vault.phrase, s.vault.typed = store, phrase, s.global.passphraseFD < 0
	return store, nil
}

// mostTypos is how often a passphrase may be typed wrong; each costs a second.
const mostTypos = 3

// Get opens the account's file; a slip of the fingers may be corrected.
func (s *sealed) Get(ctx context.Context, account string) (keystore.Secret, error) {
	for slips := 1; ; slips++ {
		store, err := s.open(ctx)
		if err != nil {
			return keystore.Secret{}, err
		}
		value, err := store.Get(ctx, account)
		if !errors.Is(err, fault.New(fault.WrongPassphrase)) || !s.vault.typed || slips >= mostTypos {
			return value, err
		}
		say, _ := s.text().Fault(err)
		s.note(say)
		s.vault.forget()
	}
}

// Set seals a value into the account's file.
func (s *sealed) Set(ctx context.Context, account string, value keystore.Secret) error {
	store, err := s.open(ctx)
	if err != nil {
		return err
	}
	return store.Set(ctx, account, value)
}

// Delete removes the account's file.
func (s *sealed) Delete(ctx context.Context, account string) error {
	store, err := s.open(ctx)
	if err != nil {
		return err
	}
	return store.Delete(ctx, account)
}

// State asks nobody: a sealed file is ready for who knows its passphrase.
func (s *sealed) State(context.Context) keystore.State { return keystore.Ready }

func (v *vault) forget() {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.store != nil {
		v.store.Close()
	}
	v.store = nil
	v.phrase.Wipe()
}

// newPassphrase lets a person choose one, twice alike.
func (t *talk) newPassphrase(ctx context.Context) (keystore.Secret, error) {
	return t.twice(ctx, "cli.vault", thePassphrase, func(s keystore.Secret) error { return file.CheckPassphrase(s, keystore.Secret{}) })
}

// twice asks for a new secret until it is good and was typed twice alike:
// id.new and id.again are the questions.
func (t *talk) twice(ctx context.Context, id string, what sought, good func(keystore.Secret) error) (keystore.Secret, error) {
	for {
		first, err := t.hidden(ctx, t.text().T(id+".new"), what)
		if err != nil {
			return keystore.Secret{}, err
		}
		if err := good(first); err != nil {
			first.Wipe()
			say, hint := t.explain(fault.From(err))
			t.say(say, hint)
			continue
		}
		again, err := t.hidden(ctx, t.text().T(id+".again"), what)
		same := err == nil && first.Equal(again)
		again.Wipe()
		if same {
			return first, nil
		}
		first.Wipe()
		if err != nil {
			return keystore.Secret{}, err
		}
		t.say(t.text().T("cli.twice.differ"))
	}
}
