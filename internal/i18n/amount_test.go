package i18n_test

import (
	"strings"
	"testing"

	"jandon/internal/fault"
	"jandon/internal/i18n"
	"jandon/internal/money"
)

// The amount that is offered as an example can be typed in a wallet of won.
func TestTheExampleOfAnAmountIsOne(t *testing.T) {
	t.Parallel()
	for _, lang := range i18n.Langs() {
		_, hint := i18n.Must(lang).Fault(fault.New(fault.BadAmount, "value", "x"))
		digits := strings.FieldsFunc(hint, func(r rune) bool { return !strings.ContainsRune("0123456789,.", r) || r == ' ' })
		if len(digits) == 0 {
			t.Fatalf("%s: there is none in %q", lang, hint)
		}
		for _, d := range digits {
			if d = strings.Trim(d, ".,"); d == "" {
				continue
			}
			if a, err := money.Parse(d, money.KRW); err != nil || a.Minor <= 0 {
				t.Errorf("%s: %q is no amount of won: %v", lang, d, err)
			}
		}
	}
}
