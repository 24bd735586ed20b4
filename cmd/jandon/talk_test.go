package main

import (
	"bytes"
	"strings"
	"testing"

	"jandon/internal/i18n"
)

// What is consented to is said whole: the sentence of what a sealed file loses
// is longer than the filter for outside text lets through in one piece.
func TestALongSentenceIsSaidWhole(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "ko"} {
		var told bytes.Buffer
		a := &app{err: &told, words: i18n.Must(lang)}
		lost := a.text().T("cli.vault.lost")
		a.talk().say("  "+lost, "short")
		lines := strings.Split(strings.TrimSuffix(told.String(), "\n"), "\n")
		var whole []string
		for _, line := range lines[:len(lines)-1] {
			if !strings.HasPrefix(line, "  ") {
				t.Errorf("%s: %q lost what it belongs to", lang, line)
			}
			whole = append(whole, strings.TrimSpace(line))
		}
		if got := strings.Join(whole, " "); got != lost || lines[len(lines)-1] != "short" {
			t.Errorf("%s: said %q\nof %q", lang, told.String(), lost)
		}
	}
}
