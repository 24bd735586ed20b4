package ledger_test

import (
	"fmt"
	"testing"
	"time"

	"jandon/internal/fault"
	"jandon/internal/platform/ledger"
	"jandon/internal/wire"
)

// unsigned takes a head for its own note.
func unsigned(h wire.ChainHead) ([]byte, error) { return fmt.Append(nil, h), nil }

// A log whose end is missing still is a chain; its signed head tells.
func TestLogCutShortIsFound(t *testing.T) {
	t.Parallel()
	l, u := books(t, ledger.Memory)
	ctx := t.Context()
	empty, err := l.Head(ctx, u, day(0), unsigned)
	must(t, err)
	letIn(t, l, "mina", "laptop", day(0))
	head, err := l.Head(ctx, u, day(0).Add(time.Hour), unsigned)
	must(t, err)
	if empty.N != 0 || head.N < 2 {
		t.Fatalf("heads %+v, %+v", empty, head)
	}
	balanced(t, l)
	for _, query := range []string{"UPDATE heads SET hash = x'00'", "DELETE FROM heads"} {
		if err := ledger.Exec(ctx, l, query); err == nil {
			t.Errorf("%s: nobody minds", query)
		}
	}
	last := fmt.Sprint(" WHERE n = ", head.N)
	for _, query := range []string{"DROP TRIGGER audit_lasts", "DELETE FROM audit_details" + last, "DELETE FROM audit" + last} {
		must(t, ledger.Exec(ctx, l, query))
	}
	report, err := l.Check(ctx)
	want := ledger.Problem{Rule: "log", Detail: fmt.Sprintf("the log of person %d had another line %d when its head was signed", u.ID, head.N)}
	if code(err) != fault.Unbalanced || len(report.Problems) != 1 || report.Problems[0] != want {
		t.Errorf("%+v %v", report.Problems, err)
	}
}

// Nobody but who asks first in an hour has a head signed.
func TestOneHeadAnHour(t *testing.T) {
	t.Parallel()
	l, u := books(t, ledger.Memory)
	letIn(t, l, "mina", "one", day(0))
	signed := 0
	head := func(at time.Time) ledger.Head {
		t.Helper()
		h, err := l.Head(t.Context(), u, at, func(h wire.ChainHead) ([]byte, error) { signed++; return unsigned(h) })
		must(t, err)
		return h
	}
	first := head(day(0))
	letIn(t, l, "mina", "two", day(0))
	if h := head(day(0).Add(time.Hour - time.Millisecond)); h.N != first.N || signed != 1 {
		t.Errorf("before the hour was over: %+v, %d signed", h, signed)
	}
	second := head(day(0).Add(time.Hour))
	if second.N <= first.N || signed != 2 {
		t.Errorf("after the hour: %+v, %d signed", second, signed)
	}
	if h := head(day(9)); h.N != second.N || signed != 2 {
		t.Errorf("nothing happened: %+v, %d signed", h, signed)
	}
}
