package cashout_test

import (
	"context"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
)

// refusals are the failures among the answers to what a page asks.
func refusals(cmd tea.Cmd) (list []*fault.Error) {
	if cmd == nil {
		return nil
	}
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		for _, c := range msg {
			list = append(list, refusals(c)...)
		}
	case interface{ Fault() *fault.Error }:
		if f := msg.Fault(); f != nil {
			list = append(list, f)
		}
	}
	return list
}

// What the page itself finds wrong with limits comes as the answer, which the
// shell lists and logs, and has an id like any other failure.
func TestWhatIsWrongWithLimitsIsAFailureWithAnID(t *testing.T) {
	t.Parallel()
	const id = "00000000000000aa"
	ctx := fault.Tracing(context.Background(), func() string { return id })
	for name, test := range map[string]struct {
		change func(*platform)
		want   fault.Code
	}{
		"another catalogue":       {func(p *platform) { p.Limits.Version = "2030-01-01" }, fault.CatalogueDiffers},
		"an older one, told once": {func(p *platform) { p.Limits.Version, p.knowErr = "2020-01-01", fault.New(fault.Unreachable) }, fault.CatalogueDiffers},
		"a zone nobody knows":     {func(p *platform) { p.Limits.Zone = "Asia/Nowhere" }, fault.BadAnswer},
	} {
		p := some(t)
		test.change(p)
		list := refusals(page(p, kittest.Env("en")).Init(ctx))
		if len(list) != 1 || list[0].Code != test.want || list[0].Correlation != id {
			t.Errorf("%s: %v", name, list)
		}
	}
	if list := refusals(page(some(t), kittest.Env("en")).Init(ctx)); len(list) > 0 {
		t.Errorf("of limits that are right: %v", list)
	}
}

// A platform may come back with other rails and rules: what was told before is
// no ground for a preview then.
func TestAnotherCatalogueWhileThePageIsOpenTakesThePreviewAway(t *testing.T) {
	t.Parallel()
	p := some(t)
	d := open(p, kittest.Env("en"), 80, 30)
	d.Type("13300\n")
	has(t, d, "Most value")
	own := p.Limits.Version
	p.Limits.Version = "2030-01-01"
	p.knowErr = fault.New(fault.CatalogueDiffers, "want", p.Limits.Version, "have", own) // as a client says itself
	d.Send(kit.Changed{})
	has(t, d, "plans by another catalogue (2030-01-01) than this program ("+own+")")
	hasNot(t, d, "Most value", "Not up to date")
	p.Limits.Version, p.knowErr = own, nil
	d.Send(kit.Changed{})
	has(t, d, "Most value")
}

// Limits that were told long ago are no ground either, if their rules are others.
func TestLimitsOfAnotherCatalogueOfflineHaveNoPreview(t *testing.T) {
	t.Parallel()
	p := some(t)
	p.Limits.At, p.Limits.Version = kittest.Now().Add(-5*time.Hour), "2020-01-01"
	p.knowErr = fault.New(fault.Unreachable, "url", "https://wallet.example")
	d := open(p, kittest.Env("en"), 80, 30)
	d.Type("13300")
	has(t, d, "This can't be worked out now", "2020-01-01")
	hasNot(t, d, "Most value")
}

// A platform that is silent keeps nobody waiting for the page: it stands on the
// limits that were kept, and says how old they are until others are told.
func TestASilentPlatformKeepsNobodyWaiting(t *testing.T) {
	t.Parallel()
	silent := fault.New(fault.Canceled) // which no page takes for an answer
	for _, size := range [][2]int{{40, 16}, {80, 24}, {120, 40}} {
		p := some(t)
		p.kept, p.knowErr = p.Limits, silent
		p.kept.At = kittest.Now().Add(-5 * time.Hour)
		d := kittest.Start(page(p, kittest.Env("en")), size[0], size[1])
		hasNot(t, d, "Reading", "has not answered")
		d.Late()
		d.Type("13300")
		if has(t, d, "₩13,300"); size[1] > 16 {
			has(t, d, "Most value", "The platform has not answered yet.", "limits of 15:00")
		}
		p.knowErr = nil
		d.Send(kit.Changed{})
		d.Late()
		hasNot(t, d, "has not answered", "limits of 15:00")
		if err := d.Check(); err != nil {
			t.Error(err)
		}
	}
}

// What was kept is no ground against a refusal, whichever answer comes first, nor
// where the rules are others by now.
func TestKeptLimitsAreNoGroundAgainstARefusal(t *testing.T) {
	t.Parallel()
	for _, backwards := range []bool{false, true} {
		p := some(t)
		p.kept, p.Limits, p.knowErr = p.Limits, act.Limits{}, fault.New(fault.DeviceRevoked)
		d := kittest.StartHeld(page(p, kittest.Env("en")), 80, 30, true)
		d.Split()
		d.Release(backwards)
		d.Type("13300")
		has(t, d, "What you may do is not known yet")
		hasNot(t, d, "Most value", "Not up to date")
	}
	p := some(t)
	p.kept, p.knowErr = p.Limits, fault.New(fault.Canceled) // silent
	p.kept.Version = "2020-01-01"
	d := open(p, kittest.Env("en"), 80, 30)
	d.Late()
	has(t, d, "Reading")
}
