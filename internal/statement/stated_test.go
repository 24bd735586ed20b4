package statement_test

import (
	"testing"

	"jandon/internal/i18n"
	"jandon/internal/statement"
)

func TestEveryAspectHasWords(t *testing.T) {
	t.Parallel()
	for _, lang := range i18n.Langs() {
		p := i18n.Must(lang)
		for _, a := range statement.Aspects() {
			if !p.Has("statement.stated." + string(a)) {
				t.Errorf("%s: no words for %s", lang, a)
			}
		}
	}
}
