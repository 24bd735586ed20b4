package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/platform/ledger"
)

// teller answers what the platform knows of a person beside the history; an
// enrolled device may ask without a PIN.
type teller interface {
	Limits(ctx context.Context) (act.Limits, error)
	Devices(ctx context.Context) ([]act.Device, error)
	Destinations(ctx context.Context) ([]act.Destination, error)
	Acts(ctx context.Context, cursor string) (act.Page, error)
	Auto(ctx context.Context) (act.Auto, error)
}

// demoFlags are the flags of what only a platform can answer.
func (o *origin) demoFlags(c *cobra.Command) {
	c.Flags().StringVar(&o.demo, "demo", "", "cli.flag.demo")
	c.Flags().StringVar(&o.at, "at", "", "cli.flag.at")
	must(c.RegisterFlagCompletionFunc("demo", scenarioNames))
}

// inquire opens a source whose platform answers.
func (a *app) inquire(ctx context.Context, from origin) (*source, teller, error) {
	s, err := a.open(ctx, from)
	if err != nil {
		return nil, nil, err
	}
	if s.teller == nil {
		s.shut()
		return nil, nil, fault.New(fault.NotEnrolled)
	}
	return s, s.teller, nil
}

// books are the platform of a demo world, asked for what commands read. There
// is no device: nothing moves by them.
type books struct{ w *world }

func (b books) view(ctx context.Context, f func(v *ledger.View, at time.Time) error) error {
	if _, err := b.w.connected(ctx, func(int, int) {}); err != nil {
		return err
	}
	l := b.w.platform.Ledger()
	u, err := l.User(ctx, b.w.file.Person())
	if err != nil {
		return err
	}
	return l.View(ctx, u, func(v *ledger.View) error { return f(v, b.w.at) })
}

// Limits are those of the person, from no device in particular.
func (b books) Limits(ctx context.Context) (limits act.Limits, err error) {
	err = b.view(ctx, func(v *ledger.View, at time.Time) error {
		limits, err = v.Limits("", at)
		return err
	})
	return limits, err
}

// Devices are the person's.
func (b books) Devices(ctx context.Context) (list []act.Device, err error) {
	err = b.view(ctx, func(v *ledger.View, at time.Time) error {
		devices, err := v.Devices(at)
		for _, d := range devices {
			list = append(list, d.Device)
		}
		return err
	})
	return list, err
}

// Destinations are those that are linked.
func (b books) Destinations(ctx context.Context) (list []act.Destination, err error) {
	err = b.view(ctx, func(v *ledger.View, _ time.Time) error {
		list, err = v.Destinations()
		return err
	})
	return list, err
}

// Auto is what goes by itself, which is nothing, and what is missing for it.
func (b books) Auto(ctx context.Context) (one act.Auto, err error) {
	err = b.view(ctx, func(v *ledger.View, at time.Time) error {
		one, err = v.Auto(at)
		return err
	})
	return one, err
}

// demoActs is more than a made-up person has ever done.
const demoActs = 1000

// Acts are all of them at once; there is no next page.
func (b books) Acts(ctx context.Context, _ string) (page act.Page, err error) {
	err = b.view(ctx, func(v *ledger.View, _ time.Time) error {
		page.Acts, _, err = v.Acts(ledger.Place{}, demoActs)
		return err
	})
	return page, err
}
