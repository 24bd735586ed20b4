package audit_test

import (
	"context"
	"errors"
	"testing"

	"jandon/internal/audit"
	"jandon/internal/audit/audittest"
)

// run is audit.Run for as long as it takes.
func run(in audit.Input, decisions ...audit.Decision) audit.Report {
	rep, err := audit.Run(context.Background(), in, decisions...)
	if err != nil {
		panic(err) // nobody can have stopped it
	}
	return rep
}

func TestCanceledRunReportsNothing(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	h := audittest.Make(3, nil)
	if rep, err := audit.Run(ctx, h.Input); !errors.Is(err, context.Canceled) || rep.Series != nil || rep.Doubles != nil {
		t.Errorf("%d series, %v", len(rep.Series), err)
	}
}
