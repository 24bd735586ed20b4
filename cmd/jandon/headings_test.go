package main

import (
	"regexp"
	"strings"
	"testing"

	"jandon/internal/act"
	"jandon/internal/i18n"
	"jandon/keystore"
	"jandon/keystore/presence"
)

func TestHelpHasItsHeadingsInTheLanguage(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	for lang, want := range map[string][]string{
		"ko": {"사용법", "예시", "옵션"},
		"en": {"USAGE", "EXAMPLES", "FLAGS"},
	} {
		out := string(answer(t, home, "balance", "--help", "--lang", lang))
		for _, word := range want {
			if !regexp.MustCompile(`(?m)^ *` + word + ` *$`).MatchString(out) {
				t.Errorf("%s: there is no heading %q in\n%s", lang, word, out)
			}
		}
		if lang == "ko" && strings.Contains(out, "USAGE") {
			t.Errorf("English headings are left in\n%s", out)
		}
	}
	if out := string(answer(t, home, "--help", "--lang", "ko")); !regexp.MustCompile(`(?m)^ *명령 *$`).MatchString(out) {
		t.Errorf("the list of commands has no heading in\n%s", out)
	}
}

func TestEveryWordOfTheDoctorIsSaid(t *testing.T) {
	t.Parallel()
	words := []string{"stdout is no terminal", "truecolor", "256", "16", "none", "simulator", "copy", "files", "not asked", "file", "keyring"}
	for s := keystore.StateUnknown; s <= keystore.Ready; s++ {
		words = append(words, s.String())
	}
	for s := presence.Unknown; s <= presence.Ready; s++ {
		words = append(words, s.String())
	}
	for _, s := range []act.DeviceState{act.DevicePending, act.DeviceActive, act.DevicePaused, act.DeviceBlocked, act.DeviceRevoked} {
		words = append(words, string(s))
	}
	for _, lang := range i18n.Langs() {
		a := &app{words: i18n.Must(lang)}
		for _, w := range words {
			if !a.words.Has("cli.doctor.detail." + strings.ReplaceAll(w, " ", "_")) {
				t.Errorf("%s: nothing is said of %q", lang, w)
			}
		}
	}
	a := &app{words: i18n.Must("ko")}
	for found, want := range map[string]string{
		"0.1 · simulator": "0.1 · 시뮬레이터", "copy · 1,560": "플랫폼 사본 · 1,560", "keyring · not asked": "키링 · 플랫폼에 묻지 않음", "": "", "0s": "0s",
	} {
		if got := a.detail(finding{Detail: found}); got != want {
			t.Errorf("%q is said as %q, want %q", found, got, want)
		}
	}
	if got := a.detail(finding{Name: "settings", Detail: "15"}); got != "15개 항목" {
		t.Errorf("settings are said as %q", got)
	}
}
