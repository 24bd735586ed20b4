package ui_test

import (
	"context"
	"testing"

	"jandon/internal/fault"
	"jandon/ui"
	"jandon/ui/kit"
)

// While the keyring's window waits the screen says so, and Esc gives up on the
// window and on nothing else.
func TestTheKeyringsWindowIsSaidAndEscStopsIt(t *testing.T) {
	t.Parallel()
	const says = "Answer your keyring's window; Esc stops."
	for name, lock := range map[string]bool{"the panel": false, "the lock": true} {
		var b *bench
		stops := 0
		b = fakes(t, 80, 24, func(b *bench) {
			b.o.StopKeyring = func() { stops++ }
			b.o.Unlock = func(ctx context.Context, _ kit.PIN) error {
				b.misses(t, says)
				b.Send(ui.KeyringAsks{On: true})
				b.sees(t, says)
				b.misses(t, "Checking")
				b.Press("esc")
				if stops != 1 || ctx.Err() != nil {
					t.Errorf("%s: stopped %d times, %v", name, stops, ctx.Err())
				}
				b.Send(ui.KeyringAsks{})
				b.misses(t, says)
				return fault.New(fault.KeyringLocked)
			}
		})
		if lock {
			b.Press("L")
		} else {
			b.pages[0].reply[kit.Next] = kit.Request(kit.Unlock{})
			b.Press("n")
		}
		b.Type(demoPIN)
		b.Press("enter")
		b.sees(t, "locked") // by the keyring's fault, where it was asked for
		b.Press("esc")
		if stops != 1 {
			t.Errorf("%s: Esc stops what does not wait", name)
		}
	}
}

// Any page may need the keyring: a confirmation, a registration, a field that
// has the keys.
func TestTheKeyringsWindowIsSaidOverAnyPage(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 24}, {40, 16}} {
		for _, lang := range []string{"en", "ko"} {
			stops := 0
			b := fakes(t, size[0], size[1], func(b *bench) {
				b.o.Lang = lang
				b.o.StopKeyring = func() { stops++ }
			})
			b.pages[0].typing = true
			says := map[string]string{"en": "Esc stops", "ko": "Esc를 누르면"}[lang]
			b.Send(ui.KeyringAsks{On: true})
			b.sees(t, says)
			b.Press("esc")
			if stops != 1 {
				t.Errorf("%v %s: stopped %d times", size, lang, stops)
			}
			b.Send(ui.KeyringAsks{})
			b.misses(t, says)
		}
	}
}
