package platform_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/platform"
	"jandon/internal/platform/vault"
	"jandon/internal/wallet"
	"jandon/internal/wire"
	"jandon/keystore/codes"
	"jandon/keystore/onetime"
	"jandon/keystore/secret"
	"jandon/keystore/secret/secrettest"
)

// sealed is the secret that an act brought, as it comes.
func (p *phone) sealed(id string) string {
	p.t.Helper()
	var got wire.SealedSecret
	p.look("/v1/acts/"+id+"/secret").is(p.t, http.StatusOK, &got)
	return got.SealedSecret
}

func TestPINChangeRotatesK(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *site) {
		p := s.enrolled("mina", "laptop")
		key, public := newSeal(t)
		one := p.act(http.MethodPost, "/v1/secret", "key-0123456789-00", wire.SealRequest{HpkePublicKey: public})
		id := string(one.Id)
		p.look("/v1/acts/"+id+"/secret").refused(t, "before it is confirmed", fault.ChallengeExpired)
		p.confirmed(id)
		next := p.unseal(key, p.sealed(id))
		if next.Equal(p.k) || next.Len() != 32 {
			t.Fatal("no new K")
		}
		if again := p.unseal(key, p.sealed(id)); !again.Equal(next) { // the answer may have been lost
			t.Error("asked again it is another")
		}
		// Until its first use the old one counts as well.
		s.at(day(60).Add(time.Minute))
		p.open("totp", p.totp())
		two := p.acts(1)[0]
		p.confirmed(string(two.Id))
		renewed := *p
		renewed.k = next
		s.at(day(60).Add(2 * time.Minute))
		renewed.open("totp", renewed.totp())
		s.at(day(60).Add(3 * time.Minute))
		p.session("totp", p.totp()).refused(t, "the old PIN", fault.WrongCode)
		three := renewed.act(http.MethodPut, "/v1/recovery-codes", "key-0123456789-33", wire.RecoveryDigests{Digests: digests()})
		c := renewed.challenge(string(three.Id))
		p.token = renewed.token
		p.confirm(c, p.answer(c)).refused(t, "confirming with the old PIN", fault.WrongCode)
		if a := renewed.confirm(c, renewed.answer(c)); a.status != http.StatusOK {
			t.Errorf("with the new one: %d %s", a.status, a.body)
		}
		renewed.look("/v1/acts/"+id+"/secret").refused(t, "after its first use", fault.ChallengeExpired)
		if n := p.alerts(wallet.AlertNewPIN); n != 1 {
			t.Errorf("%d alerts", n)
		}
	})
}

// A confirmation with the new K is a first use, too.
func TestPINChangeEndsByAConfirmation(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	p := s.enrolled("mina", "laptop")
	key, public := newSeal(t)
	one := p.act(http.MethodPost, "/v1/secret", "key-0123456789-00", wire.SealRequest{HpkePublicKey: public})
	p.confirmed(string(one.Id))
	old := *p
	p.k = p.unseal(key, p.sealed(string(one.Id)))
	p.confirmed(string(p.acts(1)[0].Id))
	s.at(day(60).Add(time.Minute))
	old.session("totp", old.totp()).refused(t, "the old K", fault.WrongCode)
	p.open("totp", p.totp())
}

// What was never confirmed changes nothing; of two changes the later counts.
func TestPINChangeGivenUp(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	p := s.enrolled("mina", "laptop")
	_, public := newSeal(t)
	p.act(http.MethodPost, "/v1/secret", "key-0123456789-00", wire.SealRequest{HpkePublicKey: public})
	first, public1 := newSeal(t)
	one := p.act(http.MethodPost, "/v1/secret", "key-0123456789-01", wire.SealRequest{HpkePublicKey: public1})
	p.confirmed(string(one.Id))
	p.sealed(string(one.Id))
	second, public2 := newSeal(t)
	two := p.act(http.MethodPost, "/v1/secret", "key-0123456789-02", wire.SealRequest{HpkePublicKey: public2})
	p.confirmed(string(two.Id))
	p.look("/v1/acts/"+string(one.Id)+"/secret").refused(t, "the one that was overtaken", fault.ChallengeExpired)
	_ = first
	s.at(day(60).Add(time.Minute))
	p.open("totp", p.totp())
	p.k = p.unseal(second, p.sealed(string(two.Id)))
	s.at(day(60).Add(2 * time.Minute))
	p.open("totp", p.totp())
}

func TestSecretIsForItsDeviceAlone(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	p, q := s.enrolled("mina", "laptop"), s.enrolled("mina", "tablet")
	one := p.act(http.MethodPost, "/v1/secret", "key-0123456789-00", wire.SealRequest{HpkePublicKey: p.public})
	p.confirmed(string(one.Id))
	q.look("/v1/acts/"+string(one.Id)+"/secret").refused(t, "another device", fault.NotFound)
	two := p.acts(1)[0]
	p.confirmed(string(two.Id))
	p.look("/v1/acts/"+string(two.Id)+"/secret").refused(t, "an act without a secret", fault.NotFound)
	p.ask(request{method: "POST", path: "/v1/secret", key: "key-0123456789-01", body: wire.SealRequest{HpkePublicKey: string(make([]byte, 87))}}).refused(t, "no key", fault.BadRequest)
}

func TestRecoveryCodes(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *site) {
		p := s.enrolled("mina", "laptop")
		sheet := func(key string) (list []secret.Secret) {
			t.Helper()
			list, err := onetime.Sheet()
			must(t, err)
			var sent []string
			for _, c := range list {
				d, err := onetime.Digest(onetime.Recovery, p.account, c)
				must(t, err)
				sent = append(sent, d)
			}
			one := p.act(http.MethodPut, "/v1/recovery-codes", key, wire.RecoveryDigests{Digests: sent})
			p.confirmed(string(one.Id))
			return list
		}
		text := func(c secret.Secret) string { return string(c.Copy()) }
		p.session("recovery", "0000-0000-0000-0000").refused(t, "without any", fault.WrongCode)
		old := sheet("key-0123456789-00")
		list := sheet("key-0123456789-01")
		p.session("recovery", text(old[0])).refused(t, "of the older sheet", fault.WrongCode)
		token := p.token
		if got := p.open("recovery", text(list[3])); got.Scope != wire.SessionScopeAct {
			t.Errorf("session %+v", got)
		}
		if n, sheets := p.alerts(wallet.AlertRecoveryUsed), p.alerts(wallet.AlertNewRecovery); n != 1 || sheets != 2 {
			t.Errorf("%d alerts of a code, %d of sheets", n, sheets)
		}
		p.token = token
		p.session("recovery", text(list[3])).refused(t, "twice", fault.WrongCode)
		codes := p.tally(2, func(p *phone, _ int) answer { return p.session("recovery", text(list[4])) })
		if codes[""] != 1 {
			t.Errorf("one code at once: %v", codes)
		}
		// Those were tries: with the next the device has to wait, and right codes of
		// a fallback did not wash the wrong ones away.
		p.session("recovery", text(list[3])).refused(t, "the fourth wrong one", fault.WrongCode)
		p.session("recovery", "garbage").refused(t, "the fifth", fault.WrongCode)
		p.session("recovery", text(list[5])).refused(t, "afterwards", fault.DevicePaused)
		q := s.newPhone()
		q.enrol("mina", "thief")
		q.activate(s.letter("thief")).is(t, http.StatusOK, nil)
		q.session("recovery", text(list[5])).refused(t, "a device that has shown no K", fault.WrongCode)
	})
}

func TestAuthenticator(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s *site) {
		p := s.enrolled("mina", "laptop")
		p.session("authenticator", "123456").refused(t, "without an app", fault.WrongCode)
		key, public := newSeal(t)
		one := p.act(http.MethodPost, "/v1/authenticator", "key-0123456789-00", wire.SealRequest{HpkePublicKey: public})
		p.confirmed(string(one.Id))
		app := p.unsealed(key, "jandon authenticator v1", p.sealed(string(one.Id)))
		shown := func() string {
			code, err := codes.Authenticator(app, s.clock())
			must(t, err)
			return string(code.Copy())
		}
		p.session("authenticator", shown()).refused(t, "before it is set up", fault.WrongCode)
		p.post("/v1/authenticator/check", wire.CodeRequest{Code: wrong(shown())}).refused(t, "a wrong first code", fault.WrongCode)
		if a := p.post("/v1/authenticator/check", wire.CodeRequest{Code: shown()}); a.status != http.StatusNoContent {
			t.Fatalf("the first code: %d %s", a.status, a.body)
		}
		p.look("/v1/acts/"+string(one.Id)+"/secret").refused(t, "its key again", fault.ChallengeExpired)
		if n := p.alerts(wallet.AlertNewApp); n != 1 {
			t.Errorf("%d alerts", n)
		}
		p.session("authenticator", shown()).refused(t, "the same code", fault.WrongCode)
		s.at(day(60).Add(16 * time.Minute))
		got := p.open("authenticator", shown())
		if got.Scope != wire.SessionScopeAct {
			t.Errorf("session %+v", got)
		}
		s.at(day(60).Add(17 * time.Minute))
		if codes := p.tally(2, func(p *phone, _ int) answer { return p.session("authenticator", shown()) }); codes[""] != 1 {
			t.Errorf("one code at once: %v", codes)
		}
		// It opens sessions and confirms nothing.
		two := p.act(http.MethodPut, "/v1/recovery-codes", "key-0123456789-01", wire.RecoveryDigests{Digests: digests()})
		c := p.challenge(string(two.Id))
		with := p.answer(c)
		with.Code = shown()
		p.confirm(c, with).refused(t, "a code of the app", fault.WrongCode)
		if state := p.state(string(two.Id)); state != act.Waiting {
			t.Errorf("the act is %s", state)
		}
	})
}

// A thief of the database has no K, no token and no code.
func TestBooksHoldNoSecret(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := newSite(t, filepath.Join(dir, "p.db"))
	p := s.enrolled("mina", "laptop")
	one := p.acts(1)[0]
	c := p.challenge(string(one.Id))
	with := p.answer(c)
	if a := p.confirm(c, with); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	// A new PIN, whose K waits for its first use, and an app.
	key, public := newSeal(t)
	renewal := p.act(http.MethodPost, "/v1/secret", "key-0123456789-00", wire.SealRequest{HpkePublicKey: public})
	p.confirmed(string(renewal.Id))
	app := p.act(http.MethodPost, "/v1/authenticator", "key-0123456789-01", wire.SealRequest{HpkePublicKey: public})
	p.confirmed(string(app.Id))
	canaries := map[string][]byte{
		"K": p.k.Copy(), "token": []byte(p.token), "confirmation": []byte(with.Code), "activation code": s.Outbox()[0].Code.Copy(),
		"next K": p.unseal(key, p.sealed(string(renewal.Id))).Copy(), "app's key": p.unsealed(key, "jandon authenticator v1", p.sealed(string(app.Id))).Copy(),
	}
	seen := map[string]string{"the log": s.log.String(), "what is printed": fmt.Sprintf("%+v %#v %v", s.Platform, s.Outbox(), s.Outbox())}
	files, err := os.ReadDir(dir)
	must(t, err)
	for _, f := range files {
		if strings.HasSuffix(f.Name(), vault.Suffix) {
			continue // which opens them all and is kept apart
		}
		b, err := os.ReadFile(filepath.Join(dir, f.Name()))
		must(t, err)
		seen[f.Name()] = string(b)
	}
	if len(seen) < 4 {
		t.Fatalf("looked only at %d things", len(seen))
	}
	for name, raw := range canaries {
		for where, text := range seen {
			if form := secrettest.Leak(text, raw); form != "" {
				t.Errorf("%s is in %s", name, where)
			}
		}
	}
}

// The key beside the database is made once and needed from then on.
func TestKeyBesideTheBooks(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "p.db")
	s := newSite(t, path)
	p := s.enrolled("mina", "laptop")
	must(t, s.Close())
	open := func() (*platform.Platform, error) {
		return platform.Open(t.Context(), platform.Options{Path: path, Now: s.clock})
	}
	again, err := open()
	must(t, err)
	s.Platform = again
	s.client.Transport.(*witness).next = &http.Transport{DialContext: again.Dial}
	s.at(day(60).Add(time.Minute))
	if a := p.look("/v1/wallet"); a.status != http.StatusOK {
		t.Errorf("its session after a restart: %d %s", a.status, a.body)
	}
	p.open("totp", p.totp())
	must(t, again.Close())
	must(t, os.Remove(path+vault.Suffix))
	if _, err := open(); fault.From(err).Code != fault.NoFile || fault.From(err).Args["file"] != path+vault.Suffix {
		t.Errorf("without the key: %v", err)
	}
}
