package auditjson_test

import (
	"encoding/json"
	"strings"
	"testing"

	"jandon/internal/audit"
	"jandon/internal/audit/auditjson"
	"jandon/internal/audit/audittest"
	"jandon/internal/i18n"
	"jandon/internal/money"
)

// TestEveryReasonIsSaid tells what is found in made-up histories in every
// language; a printer panics over an unknown id in tests.
func TestEveryReasonIsSaid(t *testing.T) {
	t.Parallel()
	for _, lang := range i18n.Langs() {
		p := i18n.Must(lang)
		for seed := range uint64(12) {
			h := audittest.Make(seed, nil)
			h.Input.Currency = "KRW"
			r, err := audit.Run(t.Context(), h.Input)
			if err != nil {
				t.Fatal(err)
			}
			said, err := json.Marshal(auditjson.Of(&h.Input, &r, p, money.Style{Lang: lang}))
			if err != nil {
				t.Fatal(err)
			}
			for _, hole := range []string{"{{", "no value", "audit."} {
				if strings.Contains(string(said), hole) {
					t.Errorf("%s, %d: %q stands in an answer", lang, seed, hole)
				}
			}
		}
	}
}
