package fault_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"jandon/internal/fault"
)

func TestID(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 100 {
		id := fault.NewID()
		if !fault.IsID(id) || seen[id] {
			t.Fatalf("%q is no id, or not a new one", id)
		}
		seen[id] = true
	}
	for _, bad := range []string{
		"", "0123456789abcde", "0123456789abcdef0", "0123456789ABCDEF", "0123456789abcdeg", "0123456789abcde\n", "01234567 9abcdef", strings.Repeat("０", 16),
	} {
		if fault.IsID(bad) {
			t.Errorf("%q is taken for an id", bad)
		}
	}
}

// counting gives ids that can be told apart.
func counting() func() string {
	n := 0
	return func() string { n++; return fmt.Sprintf("%016x", n) }
}

func TestWhatAPersonAsksForHasOneID(t *testing.T) {
	t.Parallel()
	plain := t.Context()
	if fault.ID(plain) != "" || fault.ID(fault.Anew(plain)) != "" {
		t.Error("an id out of nothing")
	}
	traced := fault.Tracing(plain, counting())
	first, second := fault.Anew(traced), fault.Anew(traced)
	if fault.ID(traced) != "" || fault.ID(first) != "0000000000000001" || fault.ID(second) != "0000000000000002" {
		t.Errorf("ids %q, %q, %q", fault.ID(traced), fault.ID(first), fault.ID(second))
	}
	if inner, id := fault.Begin(first); id != fault.ID(first) || inner != first {
		t.Errorf("a call of it has the id %q", id)
	}
	alone, id := fault.Begin(plain)
	if !fault.IsID(id) || fault.ID(alone) != id {
		t.Errorf("a call that nobody traces has the id %q", id)
	}
	if next := fault.Anew(first); fault.ID(next) != "0000000000000003" {
		t.Errorf("another thing has the id %q", fault.ID(next))
	}
}

func TestAnErrorKeepsTheFirstID(t *testing.T) {
	t.Parallel()
	const id, other = "00000000000000aa", "00000000000000bb"
	plain := fault.New(fault.Unreachable)
	named := plain.Under(id)
	if plain.Correlation != "" || named.Correlation != id || named.Under(other).Correlation != id || plain.Under("") != plain {
		t.Error("an id was lost, changed, or given to an error that others hold")
	}
	if got := fault.Wrap(fmt.Errorf("asking: %w", named), fault.UnknownOutcome); got.Correlation != id {
		t.Errorf("what wraps it has %q", got.Correlation)
	}
	if got := fault.Wrap(errors.New("x"), fault.Internal); got.Correlation != "" {
		t.Errorf("what wraps nothing of the kind has %q", got.Correlation)
	}
	if (*fault.Error)(nil).Under(id) != nil {
		t.Error("an error out of nothing")
	}
}

func TestWhatIsLoggedHasAnID(t *testing.T) {
	t.Parallel()
	ctx := fault.Anew(fault.Tracing(t.Context(), counting()))
	for code, want := range map[fault.Code]bool{
		fault.Internal: true, fault.Unreachable: true, fault.StoreDamaged: true, fault.NoSpace: true, fault.KeyringLocked: true,
		fault.KeyringMissing: true, fault.BadStatement: true, fault.ChallengeDiffers: true, fault.LogAltered: true, fault.BadRecording: true,
		fault.BadAmount: false, fault.BadQuery: false, fault.WeakPIN: false, fault.Canceled: false, fault.StepUpRequired: false,
		fault.NotEnrolled: false, fault.BadConfig: false, fault.NoFile: false,
	} {
		if got := fault.In(ctx, fault.New(code)).Correlation != ""; got != want || code.Logged() != want {
			t.Errorf("%s has an id: %v", code, got)
		}
		if fault.In(context.Background(), fault.New(code)).Correlation != "" {
			t.Errorf("%s has an id where none is made", code)
		}
	}
	if fault.In(ctx, nil) != nil {
		t.Error("an error out of nothing")
	}
	if got := fault.In(ctx, errors.New("x")); got.Code != fault.Internal || got.Correlation == "" {
		t.Errorf("%v has the id %q", got, got.Correlation)
	}
}
