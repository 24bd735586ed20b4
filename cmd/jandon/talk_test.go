package main

import (
	"bytes"
	"strings"
	"testing"

	"jandon/internal/fault"
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

// Where a question can't be asked, the advice is how to answer it, not how to
// look at screens that nobody wanted.
func TestAQuestionWithoutATerminalAdvisesHowToAnswer(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "ko"} {
		a := &app{in: strings.NewReader("y\n"), err: &bytes.Buffer{}, words: i18n.Must(lang)}
		_, err := a.talk().yes(t.Context(), "really?")
		f := fault.From(err)
		if f == nil || f.Code != fault.Unasked {
			t.Fatalf("%s: %v", lang, err)
		}
		if _, hint := a.explain(f); strings.Contains(hint, "--plain") || !strings.Contains(hint, "--help") {
			t.Errorf("%s: %s", lang, hint)
		}
	}
}

// A point goes on below its words, not below its mark.
func TestPointsHang(t *testing.T) {
	t.Parallel()
	var told bytes.Buffer
	a := &app{err: &told, words: i18n.Must("en")}
	a.talk().say("  · " + strings.Repeat("words and more ", 20))
	lines := strings.Split(strings.TrimSuffix(told.String(), "\n"), "\n")
	if len(lines) < 2 || !strings.HasPrefix(lines[0], "  · words") || !strings.HasPrefix(lines[1], "    ") || strings.HasPrefix(lines[1], "     ") {
		t.Errorf("said %q", lines)
	}
}
