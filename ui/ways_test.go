package ui_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
	"jandon/ui"
	"jandon/ui/kit"
)

// doors is a platform with all ways in; what was typed for another one stands in tried.
type doors struct {
	keeper
	tried []string
	fails error
}

func (d *doors) unlockBy(_ context.Context, by kit.Way, code kit.PIN) error {
	code.Expose(func(b []byte) { d.tried = append(d.tried, string(rune('0'+by))+" "+string(b)) })
	return d.fails
}

func doored(t *testing.T, w, h int, change ...func(*bench)) (*bench, *doors) {
	t.Helper()
	d := &doors{}
	b := fakes(t, w, h, append(change, func(b *bench) { b.o.Unlock, b.o.UnlockBy = d.unlock, d.unlockBy })...)
	b.pages[0].reply[kit.Next] = kit.Request(kit.Unlock{})
	return b, d
}

func TestAnAppsCodeOpensALockedScreenForSmallActs(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"tab", "a", "ㅁ"} {
		b, d := doored(t, 80, 24, func(b *bench) { b.o.DemoPIN = demoPIN })
		b.Press("L")
		b.Type("12345")
		b.Press(key)
		b.sees(t, "App code")
		b.sees(t, "small acts alone")
		b.sees(t, "jandon enroll URL")
		b.misses(t, "•")
		b.misses(t, demoPIN)
		b.Type("12345")
		b.Press("enter")
		if len(d.tried) > 0 {
			t.Fatal("less than a code was tried")
		}
		b.Type("６")
		b.Press("enter")
		b.misses(t, "Locked since")
		b.sees(t, "Anything more needs your PIN.")
		if want := []string{"1 123456"}; !slices.Equal(d.tried, want) || d.tries > 0 || b.pages[0].heard("kit.Unlocked") != 1 {
			t.Errorf("%s: %q were tried, and %d PINs", key, d.tried, d.tries)
		}
	}
}

func TestARecoveryCodeIsTypedAsItStandsOnPaper(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"7KMQ-0ab1-XYZL-o0w9": "2 7KMQ0ab1XYZLo0w9", "qqqq aaaa rrrr 0000": "2 qqqqaaaarrrr0000", "ㅂqqqㅁaaaㄲrrr0000": "2 qqqqaaaaRrrr0000",
		"ＱＱＱＱaaaa!Urrrr00009999": "2 QQQQaaaarrrr0000",
	} {
		b, d := doored(t, 80, 24)
		b.Press("L", "tab", "tab")
		b.sees(t, "Recovery code  ____ ____ ____ ____")
		b.Type(typed)
		b.sees(t, "Recovery code  •••• •••• •••• ••••")
		b.sees(t, "Ctrl+C quit")
		b.Press("enter")
		if !slices.Equal(d.tried, []string{want}) {
			t.Errorf("%q became %q", typed, d.tried)
		}
	}
}

// TestNoLetterOfARecoveryCodeIsDrawn goes through the whole alphabet.
func TestNoLetterOfARecoveryCodeIsDrawn(t *testing.T) {
	t.Parallel()
	b, d := doored(t, 80, 24)
	b.Press("L", "tab", "tab")
	before := b.Text()
	for _, r := range "0123456789ABCDEFGHJKMNPQRSTVWXYZ" {
		b.Press(string(r))
		b.sees(t, "Recovery code  •___ ____")
		if after := strings.Replace(b.Text(), "•", "_", 1); after != before {
			t.Fatalf("%c changed more than a place:\n%s", r, after)
		}
		b.Press("backspace")
	}
	b.Send(tea.PasteMsg{Content: "0000-0000-0000-0000"})
	b.Press("enter")
	if len(d.tried) > 0 || b.Ended() {
		t.Errorf("%q were tried", d.tried)
	}
	b.Type("0000")
	b.Press("esc")
	b.sees(t, "PIN  _ _ _ _ _ _")
	b.Press("tab", "tab", "ctrl+c")
	if !b.Ended() {
		t.Error("nobody can leave")
	}
}

func TestAWrongCodeIsToldAsAWrongPIN(t *testing.T) {
	t.Parallel()
	b, d := doored(t, 80, 24)
	d.fails = fault.New(fault.WrongCode, "left", "3")
	b.Press("L")
	b.Type("111111")
	b.Press("enter")
	b.sees(t, "That is not the PIN.")
	said := func() string {
		_, said, _ := strings.Cut(b.Text(), "Try again")
		said, _, _ = strings.Cut(said, "This opens")
		said, _, _ = strings.Cut(said, "Enter")
		return strings.Join(strings.Fields(said), " ")
	}
	pin := said()
	b.Press("tab")
	b.Type("111111")
	b.Press("enter")
	b.sees(t, "That is not the code of the app now")
	app := said()
	b.Press("tab")
	b.Type("0000-0000-0000-0000")
	b.Press("enter")
	b.sees(t, "That is no recovery code of yours")
	if recovery := said(); pin == "" || app != pin || recovery != pin || !strings.Contains(pin, "enroll") {
		t.Errorf("%q, %q, %q", pin, app, recovery)
	}
}

// TestWhatACodeOpenedIsNotEnoughIsSaidWhereThePINIsAskedFor goes on with the PIN after all.
func TestWhatACodeOpenedIsNotEnoughIsSaidWhereThePINIsAskedFor(t *testing.T) {
	t.Parallel()
	b, d := doored(t, 80, 24)
	b.Press("n")
	b.sees(t, "It opens a session that may act")
	b.sees(t, "Tab another way in")
	b.Press("a")
	b.Type("123456")
	b.Press("enter")
	b.misses(t, "App code")
	b.Press("n")
	b.sees(t, "This needs the PIN itself")
	b.sees(t, "jandon enroll URL")
	b.misses(t, "another way")
	b.Press("tab", "a")
	b.misses(t, "App code")
	b.Type(demoPIN)
	b.Press("enter")
	b.misses(t, "This needs the PIN itself")
	b.Press("n")
	b.misses(t, "This needs the PIN itself")
	b.Press("esc")
	if d.tries != 1 || b.pages[0].heard("kit.Unlocked") != 2 {
		t.Errorf("the page was told %v", b.pages[0].told)
	}
}

func TestWithoutAnotherWayNoneIsOffered(t *testing.T) {
	t.Parallel()
	b, _ := kept(t, 80, 24)
	b.Press("L", "tab", "a")
	b.misses(t, "App code")
	b.misses(t, "another way")
}

func TestEveryWayInFitsItsWindow(t *testing.T) {
	t.Parallel()
	for i, w := range []int{0, 20, 28, 40, 80} {
		for j, h := range []int{6, 9, 16, 24} {
			b, d := doored(t, w, h, func(b *bench) { b.o.Lang = []string{"en", "ko"}[(i+j)%2] })
			d.fails = fault.New(fault.WrongCode)
			for _, key := range []string{"n", "tab", "123456", "enter", "tab", "0123456789abcdef", "enter", "esc", "L", "tab", "123456", "enter", "tab", "0000", "esc"} {
				if key[0] >= '0' && key[0] <= '9' {
					b.Type(key)
				} else {
					b.Press(key)
				}
				if err := b.Check(); err != nil {
					t.Fatalf("%d×%d after %s: %v", w, h, key, err)
				}
			}
		}
	}
}

func TestPlainLeadsAnotherWayIn(t *testing.T) {
	t.Parallel()
	d := &doors{}
	b := fakes(t, 80, 24)
	var asked []kit.Way
	answers := []string{"a", "12345", "a", "7kmq-0AB1-xyzl", "７KMQ-0ab1-XYZL-o0w9"}
	b.o.Unlock, b.o.UnlockBy, b.o.Sync = d.unlock, d.unlockBy, nil
	b.o.Secret = func(_ context.Context, by kit.Way) (kit.PIN, error) {
		asked = append(asked, by)
		next := answers[0]
		answers = answers[1:]
		return kit.NewPIN([]byte(next)), nil
	}
	page := &fake{reply: map[kit.Intent]tea.Cmd{kit.Open: kit.Request(kit.Unlock{})}}
	b.o.Pages = b.o.Pages[:1]
	b.o.Pages[0].Make = func(env *kit.Env, _ string) kit.Page { page.env = env; return page }
	var out bytes.Buffer
	if err := ui.Plain(t.Context(), b.o, strings.NewReader("1\n"), &out); err != nil {
		t.Fatal(err)
	}
	got := out.String()
	if want := []kit.Way{kit.ByPIN, kit.ByApp, kit.ByApp, kit.ByRecovery, kit.ByRecovery}; !slices.Equal(asked, want) {
		t.Errorf("it asked for %v in\n%s", asked, got)
	}
	if !slices.Equal(d.tried, []string{"2 7KMQ0ab1XYZLo0w9"}) || page.heard("kit.Unlocked") != 1 {
		t.Errorf("%q were tried in\n%s", d.tried, got)
	}
	for _, want := range []string{"The letter a and Enter", "authenticator app shows now", "Type a recovery code", "small acts alone", "Anything more needs your PIN."} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

// TestPlainForgetsAPINThatWasTooShort types it anew, not behind what was there.
func TestPlainForgetsAPINThatWasTooShort(t *testing.T) {
	t.Parallel()
	d := &doors{}
	b := fakes(t, 80, 24)
	answers := []string{"2847", demoPIN}
	b.o.Unlock, b.o.Sync = d.unlock, nil
	b.o.Secret = func(context.Context, kit.Way) (kit.PIN, error) {
		next := answers[0]
		answers = answers[1:]
		return kit.NewPIN([]byte(next)), nil
	}
	page := &fake{reply: map[kit.Intent]tea.Cmd{kit.Open: kit.Request(kit.Unlock{})}}
	b.o.Pages = b.o.Pages[:1]
	b.o.Pages[0].Make = func(env *kit.Env, _ string) kit.Page { page.env = env; return page }
	if err := ui.Plain(t.Context(), b.o, strings.NewReader("1\n"), &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	if !d.open || d.tries != 1 {
		t.Errorf("open %v after %d tries", d.open, d.tries)
	}
}
