package home_test

import (
	"strings"
	"testing"

	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/ui/home"
	"jandon/ui/kit/kittest"
)

// Sums are in one currency; what they leave out is named beside them.
func TestOtherCurrenciesAreNamedBesideTheWeek(t *testing.T) {
	t.Parallel()
	tx := kittest.Many(40)
	for i := range 3 {
		tx[i].Amount = money.Of(-99, "USD")
	}
	book := history.NewBook(tx, history.BookOptions{Zone: kittest.Seoul()})
	for lang, want := range map[string]string{"en": "3 more in USD", "ko": "USD 3건 별도"} {
		for _, size := range [][2]int{{40, 16}, {80, 24}, {120, 40}} {
			d := kittest.Start(home.New(kittest.Env(lang), book, home.Options{}), size[0], size[1])
			if !strings.Contains(d.Frame(), want) {
				t.Errorf("%s at %v does not say %q:\n%s", lang, size, want, d.Frame())
			}
		}
	}
}
