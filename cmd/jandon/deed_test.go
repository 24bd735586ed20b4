package main

import (
	"strings"
	"testing"

	"jandon/internal/act"
	"jandon/internal/i18n"
	"jandon/internal/money"
)

// A reason names amounts as the person writes them, never a number of won.
func TestReasonsNameAmounts(t *testing.T) {
	t.Parallel()
	r := act.Reason{Code: "amount", Points: 20, Args: map[string]string{"usual_minor": "13000"}}
	var style money.Style
	if said := i18n.Must("en").F("risk.amount", spoken(r, money.KRW, style)...); !strings.Contains(said, style.Format(money.Won(13_000))) || strings.Contains(said, "no value") {
		t.Errorf("%q", said)
	}
}
