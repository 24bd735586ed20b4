package cashout_test

import (
	"context"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

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
