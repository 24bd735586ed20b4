package fault_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"jandon/internal/fault"
)

func TestEveryCodeHasItsPlace(t *testing.T) {
	t.Parallel()
	for _, c := range fault.Codes() {
		if s := c.Status(); s < 400 || s > 599 {
			t.Errorf("%s has the status %d", c, s)
		}
		if e := c.Family().Exit(); e < 1 || e > 10 {
			t.Errorf("%s exits with %d", c, e)
		}
		if !c.Known() {
			t.Errorf("%s is not known", c)
		}
	}
	for code, exit := range map[fault.Code]int{
		fault.Internal: 1, fault.BadQuery: 2, fault.BadConfig: 3, fault.BadStatement: 4, fault.NotFound: 5, fault.Unreachable: 6,
		fault.Unauthorized: 7, fault.StoreDamaged: 8, fault.KeyringNone: 9, fault.Unbalanced: 10, "made_up": 1,
	} {
		if got := code.Family().Exit(); got != exit {
			t.Errorf("%s exits with %d, want %d", code, got, exit)
		}
	}
	if s := fault.Code("made_up").Status(); s != 500 || fault.Code("made_up").Known() {
		t.Errorf("an unknown code has the status %d", s)
	}
}

func TestError(t *testing.T) {
	t.Parallel()
	e := fault.Wrap(io.ErrUnexpectedEOF, fault.BadFile, "file", "a.csv", "detail", "cut short")
	if got := e.Error(); got != `bad_file detail="cut short" file="a.csv": unexpected EOF` {
		t.Error(got)
	}
	if !errors.Is(e, io.ErrUnexpectedEOF) || !errors.Is(fmt.Errorf("reading: %w", e), fault.New(fault.BadFile)) {
		t.Error("the cause or the code is lost")
	}
	if errors.Is(e, fault.New(fault.NoFile)) || errors.Is(e, fault.New(fault.BadFile, "file", "b.csv")) {
		t.Error("it is taken for another fault")
	}
	if got := fault.New(fault.NoFile, "file").Args; got != nil {
		t.Errorf("a name without a value: %v", got)
	}
}

func TestFrom(t *testing.T) {
	t.Parallel()
	if fault.From(nil) != nil {
		t.Error("a fault out of nothing")
	}
	e := fault.New(fault.NotFound, "what", "x")
	if fault.From(fmt.Errorf("while looking: %w", e)) != e {
		t.Error("the fault inside is not found")
	}
	if got := fault.From(io.EOF); got.Code != fault.Internal || !errors.Is(got, io.EOF) {
		t.Errorf("%v", got)
	}
}
