package statement_test

import (
	"testing"

	"jandon/internal/statement"
)

func TestMerge(t *testing.T) {
	t.Parallel()
	october := mustRead(t, "date,merchant,amount\n2026-10-30,a,-5\n2026-11-01,b,-7\n2026-11-01,b,-7\n2026-11-02,c,-9\n")
	november := mustRead(t, "date,merchant,amount\n2026-11-05,e,-2\n2026-11-03,d,-1\n2026-11-02,c,-9\n2026-11-01,b,-7\n2026-11-01,b,-7\n")
	lines, repeated := statement.Merge(october, november)
	if len(lines) != 6 || repeated != 3 {
		t.Errorf("%d lines, %d repeated", len(lines), repeated)
	}
	// Another account that shares one purchase and differs in the others.
	other := mustRead(t, "date,merchant,amount\n2026-10-30,x,-5\n2026-11-01,b,-7\n2026-11-01,y,-3\n2026-11-02,z,-4\n")
	lines, repeated = statement.Merge(october, other)
	ids := map[string]bool{}
	for _, x := range lines {
		ids[x.ID] = true
	}
	if len(lines) != 8 || repeated != 0 || len(ids) != 8 {
		t.Errorf("%d lines, %d ids, %d repeated", len(lines), len(ids), repeated)
	}
	later := mustRead(t, "date,merchant,amount\n2026-12-01,b,-7\n")
	if lines, repeated = statement.Merge(october, later); len(lines) != 5 || repeated != 0 {
		t.Errorf("apart: %d lines, %d repeated", len(lines), repeated)
	}
	if lines, repeated = statement.Merge(october, october); len(lines) != 4 || repeated != 4 {
		t.Errorf("the same file twice: %d lines, %d repeated", len(lines), repeated)
	}
	if lines, repeated = statement.Merge(statement.Result{}, october); len(lines) != 4 || repeated != 0 {
		t.Errorf("an empty one first: %d lines, %d repeated", len(lines), repeated)
	}
}
