package cashout_test

import (
	"testing"
	"time"

	"jandon/internal/fault"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
)

// Who holds nothing is told so only when that is known.
func TestAllBeforeBalancesAreReadSaysThatTheyAreBeingRead(t *testing.T) {
	t.Parallel()
	off := func(d *kittest.Drive) string {
		b, ok := kit.Match(d.Page.Keys(), "a")
		if !ok {
			return "no key"
		}
		return b.Off
	}
	d := kittest.StartHeld(page(some(t), kittest.Env("en")), 80, 20, true)
	if got := off(d); got != "cashout.key.reading" {
		t.Errorf("while they are read: %q", got)
	}
	d.Release(false)
	if got := off(d); got != "" {
		t.Errorf("when they are: %q", got)
	}
	for _, fail := range []func(*platform){
		func(p *platform) {
			p.knowErr, p.Limits.At = fault.New(fault.Unreachable, "url", "https://wallet.example"), time.Time{}
		},
		func(p *platform) { p.holdErr = fault.New(fault.Unreachable, "url", "https://wallet.example") },
	} {
		p := some(t)
		fail(p)
		if got := off(open(p, kittest.Env("en"), 80, 20)); got != "cashout.key.not_read" {
			t.Errorf("when they could not be: %q", got)
		}
	}
}

// Where there is nothing to cash out there is no amount to type: digits are not
// swallowed by a field that nobody sees.
func TestNothingToCashOutHasNoField(t *testing.T) {
	t.Parallel()
	p := some(t)
	p.Wallet.Lots = nil
	d := open(p, kittest.Env("en"), 80, 20)
	has(t, d, "There is nothing to cash out")
	if d.Page.(kit.Typist).Typing() {
		t.Error("an amount is typed")
	}
	for _, key := range []kit.Stroke{"enter", "esc", "e", "t"} {
		if b, ok := kit.Match(d.Page.Keys(), key); ok {
			t.Errorf("%s is offered for %s", key, b.Label)
		}
	}
	if b, ok := kit.Match(d.Page.Keys(), "a"); !ok || b.Off != "cashout.key.nothing_held" {
		t.Errorf("all of it: %+v", b)
	}
}
