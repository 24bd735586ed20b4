package kit

import (
	"strings"
	"testing"
	"time"

	"jandon/internal/fault"
	"jandon/internal/i18n"
	"jandon/internal/money"
)

func TestWhatAnErrorNamesIsWrittenForAPerson(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err  *fault.Error
		want string
	}{
		{fault.New(fault.OverLimit, "limit", "100000", "left", "0"), "₩0 of ₩100,000"},
		{fault.New(fault.Insufficient, "have", "1200", "want", "5000"), "₩1,200"},
		{fault.New(fault.Insufficient, "have", "120", "want", "500", "currency", "USD"), "$1.20"},
		{fault.New(fault.Insufficient, "have", "*****", "want", "*****"), "*****"},
		{fault.New(fault.DeviceLimit, "limit", "10"), "10 devices"},
		{fault.New(fault.Paused, "until", "2026-11-23T00:00:00Z"), "23 Nov 2026, 09:00"},
	} {
		e := Env{Text: i18n.Must("en"), Zone: time.FixedZone("KST", 9*3600), Style: money.Style{Lang: "en"}, Now: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}
		if say, _ := e.Fault(c.err); !strings.Contains(say, c.want) {
			t.Errorf("%v: %q, want %q", c.err, say, c.want)
		}
		if c.err.Args["until"] != "" && c.err.Args["until"] != "2026-11-23T00:00:00Z" {
			t.Error("the error itself was changed")
		}
	}
	e := Env{Text: i18n.Must("en"), Zone: time.UTC, Hidden: true}
	if say, _ := e.Fault(fault.New(fault.OverLimit, "limit", "100000", "left", "0")); strings.Contains(say, "100") {
		t.Errorf("hidden amounts are said: %q", say)
	}
	refused := fault.New(fault.TooLate)
	refused.Correlation = "0123456789abcdef"
	if _, hint := e.Traced(refused); !strings.HasSuffix(hint, "[too_late · 0123456789abcdef]") {
		t.Errorf("%q", hint)
	}
	if _, hint := e.Traced(fault.New(fault.TooLate)); strings.Contains(hint, "too_late") {
		t.Errorf("no platform answered, and yet %q", hint)
	}
}
