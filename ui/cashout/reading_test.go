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
