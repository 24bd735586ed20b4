package main

import (
	"context"

	"jandon/keystore/presence"
	"jandon/ui/kit"
)

// asksPresence is the setting's word for a touch before the PIN.
const asksPresence = "ask"

// touch asks for a touch of the fingerprint reader, for screens; nil: nobody
// wants that.
func (a *app) touch() func(context.Context) kit.Touch {
	if a.cfg.Presence != asksPresence {
		return nil
	}
	reader := presence.New(presence.Limits{})
	return func(ctx context.Context) kit.Touch { return kit.Touch(reader.Ask(ctx).String()) }
}

// presenceFinding says whether a touch could be asked for now; it asks nobody.
// Without one nothing fails: the PIN is asked for alone.
func (a *app) presenceFinding(ctx context.Context) finding {
	if a.cfg.Presence != asksPresence {
		return finding{Name: "presence", State: "off"}
	}
	state := presence.New(presence.Limits{}).State(ctx)
	f := finding{Name: "presence", State: "ok", Detail: state.String()}
	if state != presence.Ready {
		f.State = "warn"
	}
	return f
}
