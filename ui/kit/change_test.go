package kit_test

import (
	"context"
	"testing"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
)

// settled runs a change's command and finds what it settled as among its batch.
func settled(t *testing.T, cmd tea.Cmd) kit.Settled {
	t.Helper()
	for _, c := range cmd().(tea.BatchMsg) {
		if s, ok := c().(kit.Settled); ok {
			return s
		}
	}
	t.Fatal("the change does not settle")
	return kit.Settled{}
}

func TestLeavingAPageDoesNotSilenceItsChange(t *testing.T) {
	t.Parallel()
	env := kittest.Env("en")
	said := func(e *kit.Env, name string) string { return e.Text.Lang() + ": renamed to " + name }
	visit, leave := context.WithCancel(t.Context())
	c := kit.Change{Name: "a change"}
	cmd := kit.Make(visit, &c, env, func(ctx context.Context) (string, error) { return "notebook", ctx.Err() }, said)
	leave()
	env.Text = kittest.Env("ko").Text // the shell goes on while the change is under way
	s := settled(t, cmd)
	if want := (kit.Notice{Text: "en: renamed to notebook"}); s.Left != want {
		t.Errorf("once the page is left, %+v is said", s.Left)
	}
	if a := s.Msg.(kit.Answer[string]); !kit.Made(&c, a) || a.Value != "notebook" || c.Busy() {
		t.Errorf("the page itself is told %+v", a)
	}

	refused := fault.New(fault.Paused)
	s = settled(t, kit.Make(t.Context(), &c, env, func(context.Context) (string, error) { return "", refused }, said))
	if s.Left.Level != kit.Failure || fault.From(s.Left.Err).Code != fault.Paused {
		t.Errorf("of a failure, %+v is said", s.Left)
	}
}

func TestAChangeGoesOnAfterThePIN(t *testing.T) {
	t.Parallel()
	c, locked := kit.Change{Name: "a change"}, true
	write := func(context.Context) (int, error) {
		if locked {
			return 0, fault.New(fault.StepUpRequired)
		}
		return 42, nil
	}
	said := func(*kit.Env, int) string { return "" }
	s := settled(t, kit.Make(t.Context(), &c, kittest.Env("en"), write, said))
	if kit.Made(&c, s.Msg.(kit.Answer[int])) {
		t.Fatal("what the PIN was missing for counts as done")
	}
	locked = false
	s = settled(t, c.Again(t.Context()))
	if a := s.Msg.(kit.Answer[int]); !kit.Made(&c, a) || a.Value != 42 || s.Left != (kit.Notice{}) {
		t.Errorf("after the PIN: %+v, and %+v is said", a, s.Left)
	}
	if c.Again(t.Context()) != nil {
		t.Error("it would go on a second time")
	}
}
