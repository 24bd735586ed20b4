package kit_test

import (
	"testing"

	"jandon/internal/i18n"
	"jandon/internal/money"
	"jandon/ui/kit"
)

func TestADifferenceIsSaidOnceAndInItsPlace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		lang      string
		now, then int64
		want      kit.Versus
	}{
		{"en", 0, 97_220, kit.Versus{Size: "₩97,220", After: " less than usual (₩97,220)"}},
		{"en", 1300, 1000, kit.Versus{Size: "₩300", After: " more than usual (₩1,000)"}},
		{"en", 1300, 1300, kit.Versus{After: "the same as usual"}},
		{"ko", 0, 97_220, kit.Versus{Before: "평소(₩97,220)보다 ", Size: "₩97,220", After: " 적어요"}},
	} {
		env := &kit.Env{Text: i18n.Must(c.lang), Theme: kit.NewTheme(true, false)}
		usual := env.Amount(money.Of(c.then, "KRW"))
		got := env.Versus(c.now, c.then, "KRW", "week.usual", "Usual", usual)
		if got.Ink = (kit.Ink{}); got != c.want {
			t.Errorf("%s, %d against %d: %+v, want %+v", c.lang, c.now, c.then, got, c.want)
		}
	}
}
