package platform

import (
	"context"
	"errors"
	"testing"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/platform/ledger"
)

// A key that is in use is told of, to whom it belongs and to nobody else, and
// whoever may not act never gets as far as using one.
func TestAKeyInUseIsToldOf(t *testing.T) {
	t.Parallel()
	a := &answers{p: &Platform{}}
	as := func(id int64, scope act.Scope) context.Context {
		return context.WithValue(t.Context(), callerKey{}, party{User: ledger.User{ID: id}, Device: "d", Scope: scope})
	}
	_, k, over, err := a.alone(as(1, act.ScopeAct), "key-1", "body")
	if err != nil || k.ID != "key-1" {
		t.Fatal(k, err)
	}
	for _, c := range []struct {
		name string
		ctx  context.Context
		key  string
		want fault.Code
	}{
		{"the same key", as(1, act.ScopeAct), "key-1", fault.KeyInFlight},
		{"another key", as(1, act.ScopeAct), "key-2", ""},
		{"the key of another person", as(2, act.ScopeAct), "key-1", ""},
		{"a session that only reads", as(1, act.ScopeRead), "key-3", fault.StepUpRequired},
	} {
		switch _, _, _, err := a.alone(c.ctx, c.key, "body"); {
		case c.want == "" && err != nil, c.want != "" && !errors.Is(err, fault.New(c.want)):
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
	over()
	if _, _, _, err := a.alone(as(1, act.ScopeAct), "key-1", "body"); err != nil {
		t.Errorf("after it was used: %v", err)
	}
	if _, _, _, err := a.alone(as(1, act.ScopeAct), "key-3", "body"); err != nil {
		t.Errorf("a refused request left its key in use: %v", err)
	}
}
