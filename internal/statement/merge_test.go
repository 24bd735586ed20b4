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

// A purchase that one file tells of as valid and another as cancelled, in
// whatever order they are named, counts no more; one that is its like stays.
func TestMergeGivesBackWhatAnotherFileCancels(t *testing.T) {
	t.Parallel()
	const head = "이용일자,가맹점명,이용금액,상태\n"
	first := mustRead(t, head+"2026-10-30,서점,30000,정상\n2026-10-29,카페,4500,정상\n2026-10-29,카페,4500,정상\n")
	next := mustRead(t, head+"2026-11-02,빵집,3000,정상\n2026-10-30,서점,30000,취소\n2026-10-29,카페,4500,취소\n2026-10-29,카페,4500,정상\n2026-10-28,호텔,90000,취소\n")
	for _, files := range [][]statement.Result{{first, next}, {next, first}, {first, next, next}, {next, first, next, first}} {
		lines, _ := statement.Merge(files...)
		sum := map[string]int64{}
		for _, x := range lines {
			sum[x.Merchant] += x.Amount.Minor
		}
		if sum["서점"] != 0 || sum["빵집"] != -3000 || sum["호텔"] != 0 {
			t.Errorf("%v", sum)
		}
	}
	one, like := mustRead(t, head+"2026-10-29,카페,4500,정상\n"), mustRead(t, head+"2026-10-29,카페,4500,정상\n2026-10-29,카페,4500,취소\n2026-10-28,호텔,90000,취소\n2026-10-27,호텔,90000,취소\n")
	if lines, repeated := statement.Merge(one, like); len(lines) != 1 || repeated != 1 {
		t.Errorf("its like: %+v", lines)
	}
	if lines, _ := statement.Merge(next); len(lines) != 2 {
		t.Errorf("alone: %+v", lines)
	}
}
