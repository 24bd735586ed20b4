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
