package main

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/spf13/cobra"

	"jandon/internal/platform"
	"jandon/internal/platform/clock"
	"jandon/internal/platform/faults"
	"jandon/ui"
)

// trial is how a platform is tried out: with what faults, with a clock that is
// moved by hand, and with a scenario's keys typed before one's eyes.
type trial struct {
	faults string
	seed   uint64
	tester bool
	slow   bool
}

func (t *trial) flags(c *cobra.Command) {
	c.Flags().StringVar(&t.faults, "fault", "", "cli.flag.fault")
	c.Flags().Uint64Var(&t.seed, "fault-seed", 1, "cli.flag.fault-seed")
	c.Flags().BoolVar(&t.tester, "tester", false, "cli.flag.tester")
}

// plan is the plan of faults, nil if there are none.
func (t *trial) plan() (*faults.Plan, error) {
	if t.faults == "" {
		return nil, nil
	}
	return faults.Parse(t.faults, t.seed, platform.Places())
}

// tried lets a demo meet its faults and have its clock moved.
func (a *app) tried(s *source, t trial) error {
	plan, err := t.plan()
	if err != nil {
		return err
	}
	s.faults = plan
	if t.tester {
		s.moved = clock.New(a.now, s.clock())
		s.clock = s.moved.Now
	}
	return nil
}

// brief is how long a wait of the screens is for the eye and the hand, not for
// the time of the platform: toasts fade and questions arm in a world that
// stands still, too.
const brief = 10 * time.Second

// often is how fast the screens follow a fast clock at most.
const often = 100 * time.Millisecond

// handTester gives the screens the keys that move the clock.
func handTester(moved *clock.Clock, o *ui.Options) {
	if moved == nil {
		return
	}
	o.Tester = &ui.Tester{Move: func(m ui.Move) ui.Moved {
		switch {
		case m.Toggle && moved.State().Stopped:
			moved.Run()
		case m.Toggle:
			moved.Stop()
		}
		if m.Speed > 0 {
			_ = moved.Speed(m.Speed) // the screens know no other speeds
		}
		_ = moved.Step(m.Step) // the end of all time is no news to a tester
		s := moved.State()
		return ui.Moved{At: s.Time, Speed: s.Speed, Stopped: s.Stopped}
	}}
	o.Idle = 0 // whose clock runs fast is not away from the keyboard
	o.Clock.Tick = func(d time.Duration, fn func(time.Time) tea.Msg) tea.Cmd {
		if d <= brief {
			return tea.Tick(d, fn)
		}
		return func() tea.Msg {
			time.Sleep(often)
			_ = moved.Sleep(context.Background(), d-often) // until the program ends
			return fn(moved.Now())
		}
	}
}

// waiting is how a demo's wallet waits: between tries in real time, and for
// the next code by the clock, which has to go on for it even if it is stopped.
func waiting(moved *clock.Clock) func(context.Context, time.Duration) error {
	if moved == nil {
		return nil
	}
	return func(ctx context.Context, d time.Duration) error {
		switch {
		case d > brief/2 && moved.State().Stopped:
			return moved.Step(d)
		case d > brief/2:
			return moved.Sleep(ctx, d)
		}
		return resting(ctx, d)
	}
}

func resting(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
