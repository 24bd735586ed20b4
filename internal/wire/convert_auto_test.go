package wire_test

import (
	"testing"

	"pgregory.net/rapid"

	"jandon/internal/act"
	"jandon/internal/money"
	"jandon/internal/wire"
)

func TestAutomaticCashOutsRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := act.Auto{
			State: rapid.SampledFrom([]act.AutoState{act.AutoOff, act.AutoOn, act.AutoStopped}).Draw(t, "state"), Able: rapid.Bool().Draw(t, "able"),
			Missing: some(t, "missing", func() string { return "trusted" }), Device: word.Draw(t, "device"), Last: word.Draw(t, "last"), Why: "tier",
			Since: instants(t, "since", true), Until: instants(t, "until", true), Next: instants(t, "next", true),
			Choices: some(t, "choices", func() act.Choice {
				return act.Choice{Rail: word.Draw(t, "way"), Payee: payees(t), Most: amounts(t, "most", money.KRW)}
			}),
		}
		if rapid.Bool().Draw(t, "set") {
			a.Payee = payees(t)
			a.Terms = &act.Terms{
				Ceiling: amounts(t, "ceiling", money.KRW), Keep: amounts(t, "keep", money.KRW), Rail: word.Draw(t, "rail"), Destination: word.Draw(t, "to"),
				Every: rapid.SampledFrom([]act.Every{act.EveryWeek, act.EveryMonth}).Draw(t, "every"),
			}
		}
		back := over[wire.AutoCashout](t, wire.FromAuto(a)).Act()
		same(t, a, back)
		if a.Terms != nil && a.Terms.Digest() != back.Terms.Digest() {
			t.Fatal("another digest")
		}
	})
}
