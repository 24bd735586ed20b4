package history_test

import (
	"testing"

	past "jandon/internal/history"
	"jandon/internal/money"
	"jandon/ui/history"
	"jandon/ui/kit/kittest"
)

// Sums are in one currency. Lines in another are on the list all the same, and
// are named where the sums are.
func TestOtherCurrenciesAreNotLeftOutInSilence(t *testing.T) {
	t.Parallel()
	tx := kittest.Many(40)
	for i := range 3 {
		tx[i].Amount = money.Of(-99, "USD")
	}
	book := past.NewBook(tx, past.BookOptions{Zone: kittest.Seoul()})
	for lang, want := range map[string]string{"en": "3 more in USD", "ko": "USD 3건 별도"} {
		for _, size := range [][2]int{{40, 16}, {80, 24}, {120, 40}} {
			d := kittest.Start(history.New(kittest.Env(lang), book, trails{}, ""), size[0], size[1])
			has(t, d, want)
		}
	}
}
