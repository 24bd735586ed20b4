package valuepath

import (
	"testing"

	"jandon/internal/wallet"
)

func TestTheSentence(t *testing.T) {
	t.Parallel()
	b := book(t)
	out := plan(t, b, ask(b, 1300, lot("a", wallet.Prepaid, "bank_transfer", 1300)))
	p := out.Plan(MostValue)
	for lang, want := range map[string]string{
		"en": "₩1,300 → ₩1,000 mobile top-up + ₩300 donation credit",
		"ko": "₩1,300 → 휴대폰 충전 ₩1,000 + 기부 크레딧 ₩300",
	} {
		if got := says(lang).Say(p.Sentence()); got != want {
			t.Errorf("%s: %q, not %q", lang, got, want)
		}
	}
	if out.Proved = out.Proved && p.Proved; !out.Proved || out.Best != [goals]int{} || p.Time.Seconds() != 60 {
		t.Errorf("one plan is best at everything: %+v", out.Best)
	}
}
