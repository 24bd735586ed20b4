package replay

import (
	"testing"

	findings "jandon/internal/review"
	"jandon/internal/session"
	"jandon/ui/kit"
	"jandon/ui/review"
)

// TestWhatWasLookedAtIsNotAskedAgainInAReplay redacts a review in which one of
// two double charges was looked at: the page makes the keys of its questions
// anew, and they have to be those that were noted.
func TestWhatWasLookedAtIsNotAskedAgainInAReplay(t *testing.T) {
	t.Parallel()
	reg, err := registry()
	if err != nil {
		t.Fatal(err)
	}
	double := func(a, b string) findings.Double {
		return findings.Double{Key: "double:" + a + "+" + b, First: findings.Charge{ID: a}, Second: findings.Charge{ID: b}}
	}
	said := review.Review{Findings: findings.Findings{Doubles: []findings.Double{double("t-01", "t-02"), double("t-03", "t-04")}}}
	before := said.Progress.Queue(&said.Findings)
	if len(before) != 2 {
		t.Fatalf("%d questions", len(before))
	}
	said.Progress = findings.ProgressOf(nil, before[0].Mark("both_mine", sunday))

	kind, body, err := session.NewRedactor(reg, false).Encode(kit.Answer[review.Review]{From: "review found", Value: said})
	if err != nil {
		t.Fatal(err)
	}
	msg, err := reg.Decode(kind, body)
	if err != nil {
		t.Fatal(err)
	}
	got := msg.(kit.Answer[review.Review]).Value
	if left := got.Progress.Queue(&got.Findings); len(left) != 1 || left[0].Double.First.ID != got.Findings.Doubles[1].First.ID {
		t.Errorf("%d questions are left of a redacted review", len(left))
	}
}
