package main

import (
	"testing"

	"jandon/internal/act"
	"jandon/internal/i18n"
)

func TestEveryWordOfALegIsSaid(t *testing.T) {
	t.Parallel()
	for _, lang := range i18n.Langs() {
		p := i18n.Must(lang)
		for _, state := range []act.LegState{act.LegWaiting, act.LegGoing, act.LegAsking, act.LegDone, act.LegReturned} {
			if !p.Has("cli.act.leg." + string(state)) {
				t.Errorf("%s: a leg that is %s has no word", lang, state)
			}
		}
		for _, a := range []act.Action{
			act.Cashout, act.AddDestination, act.AddDevice, act.ChangePIN, act.LowerLevel, act.Resume, act.SetRecovery, act.AddAuthenticator,
		} {
			if !p.Has(actionWord(a)) {
				t.Errorf("%s: the action %s has no word", lang, a)
			}
		}
	}
}
