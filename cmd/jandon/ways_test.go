//go:build unix

package main

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"jandon/client"
	"jandon/internal/act"
	"jandon/keystore"
	"jandon/ui"
	"jandon/ui/uitest"
)

// seat is somebody at the screens of a registered wallet, over the real platform.
type seat struct {
	*uitest.Stage
	t    *testing.T
	open *client.Account
}

func (w walletHome) seated() seat {
	t := w.h.t
	t.Helper()
	from, a := w.source()
	o, err := a.shell(from)
	if err != nil {
		t.Fatal(err)
	}
	clock := uitest.NewClock(w.h.clock())
	o.Clock = ui.Clock{Now: clock.Now, Tick: clock.Tick}
	shell, err := ui.New(o)
	if err != nil {
		t.Fatal(err)
	}
	s := seat{Stage: uitest.Start(shell, clock, 100, 40), t: t}
	if from.bank != nil {
		if s.open, err = from.bank(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// source is what a command without one takes.
func (w walletHome) source() (*source, *app) {
	t := w.h.t
	t.Helper()
	a := w.app(strings.NewReader(""), io.Discard, io.Discard)
	a.tree() // has the flags
	if err := a.load(); err != nil {
		t.Fatal(err)
	}
	s, err := a.open(t.Context(), origin{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.shut)
	return s, a
}

func (s seat) sees(words ...string) {
	s.t.Helper()
	for _, w := range words {
		if !strings.Contains(s.Text(), w) {
			s.t.Fatalf("%q is not on the screen:\n%s", w, s.Text())
		}
	}
}

// grants confirms what moves trust, by the PIN.
func (s seat) grants(made act.Act, err error) {
	s.t.Helper()
	if err == nil {
		_, err = s.open.Challenge(s.t.Context(), made)
	}
	pin := keystore.NewSecret([]byte(canaryPIN))
	if err == nil {
		_, err = s.open.Confirm(s.t.Context(), made, &pin)
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// TestALostPINIsNoDeadEnd goes from a locked screen by an app's code to an act
// that this is not enough for, and by a recovery code to one that it is.
func TestALostPINIsNoDeadEnd(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	w := h.wallet()
	w.enrolled()
	s := w.seated()
	ctx := t.Context()
	pin := keystore.NewSecret([]byte(canaryPIN))
	if _, err := s.open.Unlock(ctx, pin); err != nil {
		t.Fatal(err)
	}
	sheet, made, err := s.open.NewRecoveryCodes(ctx)
	s.grants(made, err)
	made, err = s.open.AddAuthenticator(ctx)
	s.grants(made, err)
	uri, err := s.open.AuthenticatorURI(ctx, made.ID)
	if err != nil {
		t.Fatal(err)
	}
	key, err := otp.NewKeyFromURL(string(uri.Copy()))
	if err != nil {
		t.Fatal(err)
	}
	shows := func() string {
		code, err := totp.GenerateCode(key.Secret(), h.clock())
		if err != nil {
			t.Fatal(err)
		}
		return code
	}
	if err := s.open.CheckAuthenticator(ctx, keystore.NewSecret([]byte(shows()))); err != nil {
		t.Fatal(err)
	}

	s.Press("L", "tab")
	s.Type(shows()) // it was used
	s.Press("enter")
	s.sees("Locked since", "That is not the code of the app now", "4 tries left.")
	h.pass(time.Minute)
	s.Type(shows())
	s.Press("enter")
	s.sees("Open for small acts. Anything more needs your PIN.")

	s.Press("6")
	s.Type("1300")
	s.Press("enter", "enter") // a new device confirms everything
	s.Wait(2 * time.Second)
	s.Press("y")
	s.Wait(2 * time.Second)
	s.sees("yes, confirm")
	s.Press("y")
	s.sees("This needs the PIN itself", "jandon enroll URL")
	s.Press("esc")
	s.sees("This needs your PIN.", "Register this device again: jandon enroll URL.")
	if list := w.acts(); len(list) != 1 || list[0].State != "waiting" {
		t.Fatalf("acts are %+v", list)
	}
	s.Press("x")

	h.pass(72 * time.Hour) // no new device any more
	s.Press("L", "tab", "tab")
	code := string(sheet[0].Copy())
	s.Type(strings.ToLower(code))
	s.Press("enter")
	s.sees("Open for small acts.")
	s.Press("L", "tab", "tab")
	s.Type(code)
	s.Press("enter")
	s.sees("Locked since", "That is no recovery code of yours")
	s.Type(string(sheet[1].Copy()))
	s.Press("enter")
	s.Press("6")
	s.Type("1000")
	s.Press("enter", "enter")
	s.Wait(2 * time.Second)
	s.Press("y")
	s.Wait(2 * time.Second)
	if list := w.acts(); len(list) != 2 || list[0].State != "going" && list[0].State != "done" {
		t.Fatalf("acts are %+v\n%s", list, s.Text())
	}
	for _, secret := range []string{code, strings.ReplaceAll(code, "-", ""), canaryPIN, key.Secret()} {
		nowhere(t, secret, w.home)
	}
}

// chooses answers lines with the number of a choice, as last offered.
func (s *sitting) chooses(words string) {
	s.t.Helper()
	s.hears("  " + words + "\r\n")
	found := regexp.MustCompile(`(?m)^(\d+)  `+regexp.QuoteMeta(words)+`\r$`).FindAllStringSubmatch(s.heard(), -1)
	s.types(found[len(found)-1][1] + "\n")
}

// TestALostPINInLines: the same without a screen.
func TestALostPINInLines(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	w := h.wallet()
	w.enrolled()
	sheet, _ := w.want(0, "recovery", "--yes", "--pin-fd", handed(t, canaryPIN)[0])
	code, _, _ := strings.Cut(sheet, "\n")
	h.pass(time.Minute)
	s := w.sitBefore(true, "--plain")
	s.chooses("Limits")
	s.chooses("next line")
	s.chooses("next line")
	s.hears("or Enter for the choices.")
	s.types("1\n")
	s.hears("This needs your PIN")
	s.hears("The letter a and Enter: another way in.")
	s.hears("PIN (not shown):")
	s.types("a\n")
	s.hears("small acts alone")
	s.hears("Code of the app (not shown):")
	s.types("a\n")
	for _, wrong := range []string{"0000-0000-0000", "0000-0000-0000-0000"} {
		s.hears("Recovery code (not shown):")
		s.types(wrong + "\n")
	}
	s.hears("That is no recovery code of yours")
	s.hears("Recovery code (not shown):")
	s.types(strings.ToLower(code) + "\n")
	s.hears("Anything more needs your PIN.")
	s.hears("or Enter for the choices.")
	s.types("\n")
	s.chooses("quit")
	s.ends(0)
	if heard := s.heard(); strings.Contains(heard, code) || strings.Contains(heard, strings.ToLower(code)) || strings.Contains(heard, "•") {
		t.Errorf("the code was printed: %s", heard)
	}
}

// TestAWalletConnectedByATokenHasToRegisterOnce: earlier versions knew no
// device. What they stored is read, whoever asks for more is told what to do,
// and no lock asks for a PIN that there is not.
func TestAWalletConnectedByATokenHasToRegisterOnce(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	w := h.wallet()
	w.enrolled()
	before := w.total()
	from, a := w.source()
	from.shut()
	item, err := keystore.Load(t.Context(), w.keys, a.cfg.Account)
	if err != nil {
		t.Fatal(err)
	}
	key := base64.StdEncoding.EncodeToString(item.StoreKey.Copy())
	old := keystore.NewSecret([]byte(`{"v":1,"server":"` + item.Server + `","store_key":"` + key + `","token":"dG9rZW4="}`))
	if err := w.keys.Set(t.Context(), a.cfg.Account, old); err != nil {
		t.Fatal(err)
	}

	out, _ := w.want(0, "balance", "--json")
	var b balanceJSON
	if err := json.Unmarshal([]byte(out), &b); err != nil || b.TotalMinor != before {
		t.Errorf("%v: %s", err, out)
	}
	for _, args := range [][]string{
		{"sync"}, {"limits"}, {"devices"}, {"limits", "pause"}, {"preview", "--amount", "1300"},
		{"cashout", "--amount", "1300", "--yes", "--pin-fd", handed(t, canaryPIN)[0]},
	} {
		if status, _, told := w.run(args...); status == 0 || !strings.Contains(told, "[not_enrolled") || !strings.Contains(told, "jandon enroll") {
			t.Errorf("%v: %d %s", args, status, told)
		}
	}
	s := w.seated()
	s.sees("This device is not registered", "Total held")
	s.Press("esc", "L")
	s.sees("Locked since")
	s.Press("enter")
	s.sees("Total held")

	w.enrolled()
	if after := w.total(); after != before {
		t.Errorf("the balance went from %d to %d", before, after)
	}
}
