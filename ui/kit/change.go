package kit

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
)

// Change is something that a page writes, one thing at a time. Leaving the page
// does not cancel it, and what the PIN was needed for goes on once it is there.
type Change struct {
	Name   string // tells apart the changes of one page
	latest Latest
	again  func(context.Context) tea.Cmd
}

// Make begins a change, unless one is under way. Its answer comes as Answer[T].
// Where the page was left meanwhile, said says what was done, "" for nothing;
// a failure is said in any case.
func Make[T any](ctx context.Context, c *Change, env *Env, write func(context.Context) (T, error), said func(*Env, T) string) tea.Cmd {
	if c.Busy() {
		return nil
	}
	c.latest.Name = c.Name
	c.again = func(ctx context.Context) tea.Cmd { return Make(ctx, c, env, write, said) }
	then := *env // as it is now: the shell goes on with its own
	return ask(context.WithoutCancel(ctx), &c.latest, write, func(a Answer[T]) tea.Msg {
		s := Settled{Msg: a}
		if a.Err != nil {
			s.Left = Notice{Level: Failure, Err: a.Err}
		} else if say := said(&then, a.Value); say != "" {
			s.Left = Notice{Text: say}
		}
		return s
	})
}

// Busy reports whether a change is under way.
func (c *Change) Busy() bool { return c.latest.Busy() }

// Made takes the answer of a change. What failed for want of the PIN is not
// done and no failure: the shell asks for it, and then Again goes on.
func Made[T any](c *Change, a Answer[T]) (done bool) {
	if !Take(&c.latest, a) {
		return false
	}
	if a.Err != nil && a.Err.Code == fault.StepUpRequired {
		return false
	}
	c.again = nil
	return true
}

// Again goes on with what the PIN was needed for, if anything.
func (c *Change) Again(ctx context.Context) tea.Cmd {
	again := c.again
	if again == nil || c.Busy() {
		return nil
	}
	c.again = nil
	return again(ctx)
}

// Forget drops what waits for the PIN: the screen was locked, or another thing is wanted.
func (c *Change) Forget() {
	if !c.Busy() {
		c.again = nil
	}
}
