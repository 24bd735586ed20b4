package kit_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"jandon/keystore/pin"
	"jandon/ui/kit"
)

// canary is a PIN that no other output holds by chance.
const canary = "908172635544"

// traces are the forms in which a printer might show it.
func traces(out string) string {
	raw := []byte(canary)
	for _, form := range []string{
		canary, canary[:8], fmt.Sprintf("%x", raw), strings.Trim(fmt.Sprint(raw), "[]"), strings.ReplaceAll(strings.Trim(fmt.Sprint(raw), "[]"), " ", ","),
		"OTA4MTcy", "0x39, 0x30, 0x38",
	} {
		if strings.Contains(out, form) {
			return form
		}
	}
	return ""
}

func typed(f *kit.PINField, text string) {
	for _, r := range text {
		f.Press(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

func digitsOf(p kit.PIN) (s string) {
	p.Expose(func(b []byte) { s = string(b) })
	return s
}

// form is a page with a PIN in it, as deep as fields go.
type form struct {
	Name  string
	Field kit.PINField
	field *kit.PINField
	pin   kit.PIN
	Pins  []kit.PIN
}

func TestPINLeavesNoTrace(t *testing.T) {
	t.Parallel()
	f := form{Name: "form", field: &kit.PINField{}, pin: kit.NewPIN([]byte(canary))}
	f.Pins = []kit.PIN{f.pin}
	typed(&f.Field, canary)
	typed(f.field, canary)
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d", "%x", "%q"} {
		for _, what := range []any{f, &f, f.pin, f.Pins, f.Field, f.field} {
			fmt.Fprintf(&out, verb+"\n", what)
		}
	}
	encoded, err := json.Marshal(f)
	fmt.Fprintln(&out, string(encoded), err)
	for _, h := range []slog.Handler{slog.NewJSONHandler(&out, nil), slog.NewTextHandler(&out, nil)} {
		slog.New(h).Error("oops", "form", f, "pin", f.pin, "field", &f.Field)
	}
	func() {
		defer func() { fmt.Fprintln(&out, recover(), string(debug.Stack())) }()
		panic(f)
	}()
	a, b := f.Field.Dots()
	fmt.Fprintln(&out, a, b)
	if form := traces(out.String()); form != "" {
		t.Errorf("%q is in\n%s", form, out.String())
	}
}

func TestPINFieldTakesDigitsOnly(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"284751": "284751", "28 47-51": "284751", "２８４７５１": "284751", "2８4abc7일5一1": "284751", "": "", "²": "2", "٣٤": "", "12345678901234567890": "123456789012",
	} {
		var f kit.PINField
		typed(&f, text)
		if got := digitsOf(f.Take()); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
		if f.Len() != 0 || digitsOf(f.Take()) != "" {
			t.Errorf("%q: something is left after Take", text)
		}
	}
	var f kit.PINField
	f.Press(tea.KeyPressMsg{Code: tea.KeyKp7})
	f.Press(tea.KeyPressMsg{Text: "84"}) // composed by an input method
	f.Press(tea.KeyPressMsg{Text: strings.Repeat("1", 60)})
	if got := digitsOf(f.Take()); got != "784" {
		t.Errorf("the keypad and an input method made %q", got)
	}
}

func TestPINFieldIsCorrectedAndWiped(t *testing.T) {
	t.Parallel()
	var f kit.PINField
	typed(&f, "284759")
	if !f.Press(tea.KeyPressMsg{Code: tea.KeyBackspace}) || f.Len() != 5 || f.Caret() != 10 {
		t.Errorf("after backspace it has %d digits, the caret at %d", f.Len(), f.Caret())
	}
	typed(&f, "1")
	if dots, wanted := f.Dots(); dots != "• • • • • • " || wanted != "" {
		t.Errorf("it is drawn as %q%q", dots, wanted)
	}
	f.Press(tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl})
	if dots, wanted := f.Dots(); dots != "" || wanted != "_ _ _ _ _ _ " {
		t.Errorf("empty it is drawn as %q%q", dots, wanted)
	}
	if f.Press(tea.KeyPressMsg{Code: tea.KeyBackspace}) {
		t.Error("an empty field lost a digit")
	}
	typed(&f, "1234")
	f.Wipe()
	if f.Len() != 0 {
		t.Error("digits are left after Wipe")
	}
}

func TestPINIsWipedForEveryCopy(t *testing.T) {
	t.Parallel()
	digits := []byte(canary)
	p := kit.NewPIN(digits)
	if string(digits) == canary {
		t.Error("the digits that were handed over are still there")
	}
	q := p
	if digitsOf(q) != canary || q.None() || !(kit.PIN{}).None() {
		t.Error("a copy has other digits")
	}
	var kept []byte
	q.Expose(func(b []byte) { kept = b })
	p.Wipe()
	if digitsOf(q) != "" || bytes.ContainsAny(kept, "0123456789") {
		t.Error("a copy has digits after Wipe")
	}
}

func TestPINIsAsLongAsTheKeystoreTakes(t *testing.T) {
	t.Parallel()
	if kit.PINLeast != pin.Least || kit.PINMost != pin.Most {
		t.Errorf("the field takes %d to %d digits, the keystore %d to %d", kit.PINLeast, kit.PINMost, pin.Least, pin.Most)
	}
}

func TestGuardOpensAfterAMomentWithoutKeys(t *testing.T) {
	t.Parallel()
	g := kit.Guard{Name: "question"}
	then := func(cmd tea.Cmd) kit.Armed { return cmd().(kit.Wait).Then.(kit.Armed) }
	first := then(g.Show())
	second := then(g.Show()) // a key came
	if g.Take(first) || g.Armed() {
		t.Error("an older moment counts")
	}
	if g.Take(kit.Armed{From: "other", Run: second.Run}) || !g.Take(second) || !g.Armed() || g.Take(second) {
		t.Error("its own moment does not count, once")
	}
	g.Drop()
	if g.Armed() || g.Take(second) {
		t.Error("it takes answers to what is gone")
	}
}
