package main

import (
	"fmt"
	"strings"
	"testing"
)

// Three exports of cards, each with its habit of telling of cancellations.
const (
	cardOfPairs = "조회기간 : 2026.11.01 ~ 2026.11.20,,,,\n이용일자,가맹점명,이용금액,취소여부,승인번호\n2026.11.20,스타벅스,\"4,500\",취소,30012345\n2026.11.19,스타벅스,\"4,500\",정상,30012345\n2026.11.02,쿠팡,\"30,000\",취소,29911111\n2026.11.01,GS25,\"1,300\",정상,30010001\n"
	cardOfMarks = "이용일자,가맹점명,이용금액,상태\n2026-11-20,스타벅스,4500,정상\n2026-11-19,쿠팡,30000,승인취소\n2026-11-18,호텔,120000,승인취소\n"
	cardOfOne   = "이용일자,가맹점명,이용금액,상태\n2026-11-20,스타벅스,4500,정상\n2026-11-19,쿠팡,30000,취소\n"
	cardOfBoth  = "이용일자,가맹점명,이용금액,매입상태,승인번호\n2026-11-20,스타벅스,4500,매입,30012345\n2026-11-18,스타벅스,4500,미매입,30012345\n2026-11-18,빵집,3000,미매입,30012346\n"
)

// What is marked in a file comes in by its habit, in every way to read it: the
// sums of the file and of the store agree, a second time adds nothing, and
// undone nothing of it is left.
func TestImportOfCancelledLines(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text         string
		lines, spent int
		reasons      string
	}{
		"pairs": {cardOfPairs, 4, -28_700, "preamble"},
		"marks": {cardOfMarks, 1, 4_500, "cancelled cancelled"},
		"one":   {cardOfOne, 1, 4_500, "maybe_cancelled"},
		"both":  {cardOfBoth, 2, 7_500, "posted_too"},
		"none":  {"이용일자,가맹점명,이용금액,상태\n2026-11-19,쿠팡,30000,취소\n", 0, 0, "maybe_cancelled"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOwner(t)
			path := o.file("카드.csv", c.text)
			var dry, done, again importsJSON
			o.json(&dry, "import", "--dry-run", path)
			o.json(&done, "import", path)
			for _, x := range []importJSON{dry.Imports[0], done.Imports[0]} {
				var reasons []string
				for _, l := range x.NotUnderstood {
					reasons = append(reasons, l.Reason)
				}
				if x.Lines != c.lines || x.Added != c.lines || x.SpentMinor != int64(c.spent) || x.StoredMinor != x.SpentMinor || strings.Join(reasons, " ") != c.reasons {
					t.Errorf("%+v", x)
				}
			}
			if o.json(&again, "import", path); again.Imports[0].Added != 0 || !again.Imports[0].Again {
				t.Errorf("again %+v", again)
			}
			var kept, read historyJSON
			o.json(&kept, "history")
			o.json(&read, "history", "--from", path)
			for i, h := range []historyJSON{kept, read} {
				sum := int64(0)
				for _, w := range h.Weeks {
					sum += w.SpentMinor
				}
				if sum != int64(c.spent) {
					t.Errorf("%d: %d in all weeks", i, sum)
				}
			}
			o.json(new(undoneJSON), "import", "--undo", fmt.Sprint(*done.Imports[0].ID))
			if out, _ := o.run(0, "export"); strings.Count(out, "\n") != 1 {
				t.Error(out)
			}
		})
	}
}

// A purchase that one file knows as approved, and the next both as that and as
// final, is one.
func TestImportOfBothStatesAfterTheFirst(t *testing.T) {
	t.Parallel()
	o := newOwner(t)
	first := o.file("카드-2026-10.csv", "이용일자,가맹점명,이용금액,매입상태,승인번호\n2026-11-18,스타벅스,4500,미매입,30012345\n")
	second := o.file("카드-2026-11.csv", cardOfBoth)
	var done, again importsJSON
	o.json(&done, "import", first, second)
	if x := done.Imports[1]; x.BecamePosted != 1 || x.Added != 1 || x.StoredMinor != 7_500 {
		t.Errorf("%+v", x)
	}
	o.json(&again, "import", second, first)
	if out, _ := o.run(0, "export"); strings.Count(out, "\n") != 3 || strings.Count(out, "pending") != 1 || again.Imports[0].Added+again.Imports[1].Added != 0 {
		t.Errorf("%s%+v", out, again)
	}
	o.run(0, "import", "--undo", fmt.Sprint(*done.Imports[1].ID))
	if out, _ := o.run(0, "export"); strings.Count(out, "\n") != 2 || strings.Count(out, "pending") != 1 {
		t.Error(out)
	}
}

// A purchase that came in as valid, and stands in the next export as cancelled
// alone, counts no more; that export undone, it counts again.
func TestImportOfAPurchaseThatTheNextFileCancels(t *testing.T) {
	t.Parallel()
	o := newOwner(t)
	first := o.file("카드-2026-10.csv", "이용일자,가맹점명,이용금액,상태,승인번호\n2026-10-30,서점,30000,정상,2\n2026-10-29,카페,4500,정상,1\n")
	next := o.file("카드-2026-11.csv", "이용일자,가맹점명,이용금액,상태,승인번호\n2026-11-02,빵집,3000,정상,3\n2026-10-30,서점,30000,취소,2\n")
	spent := func(want int64) {
		t.Helper()
		var h historyJSON
		o.json(&h, "history")
		for _, w := range h.Weeks {
			want -= w.SpentMinor
		}
		if want != 0 {
			t.Errorf("%d is missing in all weeks", want)
		}
	}
	var done, again importsJSON
	o.json(&done, "import", first)
	spent(34_500)
	out, told := o.run(0, "import", next)
	if !strings.Contains(told, "1 purchase of an earlier file is marked as cancelled") || strings.Contains(told, "differ") {
		t.Errorf("%s%s", out, told)
	}
	spent(7_500)
	o.json(&again, "import", next)
	if x := again.Imports[0]; !x.Again || x.Cancelled != 1 || x.Lines != 3 || x.SpentMinor != 3000 || x.StoredMinor != 3000 {
		t.Errorf("%+v", x)
	}
	if out, _ := o.run(0, "export"); strings.Count(out, "\n") != 5 || strings.Count(out, "refund") < 1 {
		t.Error(out)
	}
	o.run(0, "import", "--undo", fmt.Sprint(*again.Imports[0].ID))
	spent(34_500)
}

// A person reads that such a line was understood, and why it does not count.
func TestImportTellsWhatDoesNotCount(t *testing.T) {
	t.Parallel()
	o := newOwner(t)
	out, told := o.run(0, "import", "--dry-run", o.file("card.csv", cardOfOne))
	if !strings.Contains(out, "Lines not counted") || strings.Contains(out, "not understood") || !strings.Contains(told, "line 3 was not counted: the only line marked as cancelled") {
		t.Errorf("%s%s", out, told)
	}
}

// The other way round, the later export first: the purchase counts, that is
// said, and what is said to do helps.
func TestImportOfAPurchaseThatAnEarlierImportCancels(t *testing.T) {
	t.Parallel()
	o := newOwner(t)
	older := o.file("카드-2026-10.csv", "이용일자,가맹점명,이용금액,상태,승인번호\n2026-10-30,서점,30000,정상,2\n2026-10-29,카페,4500,정상,1\n")
	later := o.file("카드-2026-11.csv", "이용일자,가맹점명,이용금액,상태,승인번호\n2026-11-02,빵집,3000,정상,3\n2026-10-30,서점,30000,취소,2\n")
	if _, told := o.run(0, "import", later); strings.Contains(told, "came in before") {
		t.Error(told)
	}
	if _, told := o.run(0, "import", older); !strings.Contains(told, "1 new purchase is marked as cancelled in 카드-2026-11.csv, which came in before this file. Import that one again") {
		t.Error(told)
	}
	if _, told := o.run(0, "import", later); !strings.Contains(told, "1 purchase of an earlier file is marked as cancelled") {
		t.Error(told)
	}
	var h historyJSON
	o.json(&h, "history")
	spent := int64(0)
	for _, w := range h.Weeks {
		spent += w.SpentMinor
	}
	if spent != 7_500 {
		t.Errorf("%d was spent", spent)
	}
}
