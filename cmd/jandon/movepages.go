package main

import (
	"context"

	"jandon/internal/valuepath"
	"jandon/ui"
	"jandon/ui/acts"
	"jandon/ui/auto"
	"jandon/ui/cashout"
	"jandon/ui/confirm"
	"jandon/ui/destinations"
	"jandon/ui/devices"
	"jandon/ui/kit"
	"jandon/ui/limits"
)

// moving adds the pages by which value and trust move, where this device is
// enrolled, and lets the shell ask for the PIN.
func (a *app) moving(s *source, o *ui.Options) error {
	if s.bank == nil {
		return nil
	}
	book, err := valuepath.Shipped()
	if err != nil {
		return err
	}
	var linked []string // rails that want a destination
	for _, r := range book.Rails {
		if r.Destination {
			linked = append(linked, r.ID)
		}
	}
	m := mover{bank: s.bank, wallet: s.Wallet}
	o.Pages = append(o.Pages,
		ui.Maker{Name: "cashout", Label: "cashout.title", Tab: true, Make: func(env *kit.Env, lot string) kit.Page {
			return cashout.New(env, book, m).From(lot)
		}},
		ui.Maker{Name: "acts", Label: "acts.title", Tab: true, Make: func(env *kit.Env, id string) kit.Page {
			return acts.New(env, m, id)
		}},
		ui.Maker{Name: "limits", Label: "limit.title", Tab: true, Make: func(env *kit.Env, _ string) kit.Page {
			return limits.New(env, m)
		}},
		ui.Maker{Name: "devices", Label: "device.title", Tab: true, Make: func(env *kit.Env, _ string) kit.Page {
			return devices.New(env, m)
		}},
		ui.Maker{Name: "auto", Label: "auto.title", Keys: []string{"U", "alt+u"}, Make: func(env *kit.Env, _ string) kit.Page {
			return auto.New(env, m)
		}},
		ui.Maker{Name: "destinations", Label: "destination.title", Keys: []string{"T", "alt+t"}, Make: func(env *kit.Env, rail string) kit.Page {
			return destinations.New(env, m, linked, rail)
		}},
		ui.Maker{Name: "confirm", Label: "confirm.title", Make: func(env *kit.Env, id string) kit.Page {
			return confirm.New(env, m, id)
		}},
	)
	o.Touch = a.touch()
	o.Unlock, o.UnlockBy, o.Locked, o.DemoPIN, o.Secret = m.Unlock, m.UnlockBy, s.lock, s.pin, a.typedPIN
	return nil
}

// typedPIN reads a PIN, or what opens in its place, without echo, for lines
// instead of screens.
func (a *app) typedPIN(ctx context.Context, by kit.Way) (kit.PIN, error) {
	way := ways[map[kit.Way]string{kit.ByPIN: byPIN, kit.ByApp: byApp, kit.ByRecovery: byRecovery}[by]]
	typed, err := a.talk().hidden(ctx, a.text().T(way.question), way.what)
	if err != nil {
		return kit.PIN{}, err
	}
	defer typed.Wipe()
	return kit.NewPIN(typed.Copy()), nil
}
