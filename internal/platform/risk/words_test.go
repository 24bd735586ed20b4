package risk_test

import (
	"strings"
	"testing"

	"jandon/internal/i18n"
	"jandon/internal/platform/risk"
)

// Every reason is said in both languages, with what it names.
func TestEveryReasonIsSaid(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "ko"} {
		p := i18n.Must(lang)
		for c := risk.BigAmount; c <= risk.OfLevel; c++ {
			id := "risk." + c.String()
			if !p.Has(id) {
				t.Errorf("%s: no text for %s", lang, id)
				continue
			}
			args := []any{"payee", "한결"}
			for name, value := range (risk.Reason{Code: c, Points: 1, Amount: 12_000, Count: 3}).Args() {
				args = append(args, strings.TrimSuffix(name, "_minor"), value)
			}
			if said := p.F(id, args...); strings.Contains(said, "no value") || strings.Contains(said, "{{") {
				t.Errorf("%s: %s is said as %q", lang, id, said)
			}
		}
	}
}
