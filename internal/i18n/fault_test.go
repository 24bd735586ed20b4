package i18n_test

import (
	"strings"
	"testing"

	"jandon/internal/fault"
	"jandon/internal/i18n"
)

func TestEveryFaultHasItsSentences(t *testing.T) {
	t.Parallel()
	for _, lang := range i18n.Langs() {
		p := i18n.Must(lang)
		for _, code := range fault.Codes() {
			say, hint := p.Fault(fault.New(code))
			for _, s := range []string{say, hint} {
				if s == "" || strings.Contains(s, "fault.") || strings.Contains(s, "{{") {
					t.Errorf("%s: %s says %q", lang, code, s)
				}
			}
		}
	}
}

// A limit that is less for a while says why and until when, beside its figures.
func TestALimitSaysWhyItIsLess(t *testing.T) {
	t.Parallel()
	err := fault.New(fault.OverLimit, "limit", "₩50,000", "left", "₩700", "why", "limit.why.new_device", "until", "18:00")
	say, _ := i18n.Must("en").Fault(err)
	if say != "This is more than your limit allows: ₩700 of ₩50,000 is left. This device is new: ₩700 more may leave from it until 18:00." {
		t.Errorf("got %q", say)
	}
	say, _ = i18n.Must("ko").Fault(err)
	if say != "한도를 넘었어요. ₩50,000 중 ₩700 남았어요. 새 기기라서 18:00까지 이 기기에서 ₩700만 더 보낼 수 있어요." {
		t.Errorf("got %q", say)
	}
	err.Args["why"] = "limit.why.of_a_newer_platform"
	if say, _ = i18n.Must("en").Fault(err); say != "This is more than your limit allows: ₩700 of ₩50,000 is left." {
		t.Errorf("got %q", say)
	}
}

func TestFaultNamesItsArguments(t *testing.T) {
	t.Parallel()
	err := fault.New(fault.BadConfig, "file", "/etc/j.toml", "line", "7", "key", "theme", "value", "blue", "want", "auto | dark")
	say, hint := i18n.Must("en").Fault(err)
	if say != "Line 7 of /etc/j.toml: theme can't be blue." || hint != "Right would be: auto | dark" {
		t.Errorf("got %q, %q", say, hint)
	}
	say, _ = i18n.Must("ko").Fault(err)
	if say != "/etc/j.toml 7번째 줄: theme 값으로 blue를 쓸 수 없어요." {
		t.Errorf("got %q", say)
	}
}
