package ui_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"jandon/internal/i18n"
	"jandon/ui"
)

// first is what the palette puts first for a query.
func first(t *testing.T, lang, query string) string {
	t.Helper()
	names := []string{
		"home.title", "history.title", "subscriptions.title", "review.title", "pace.title", "cashout.title", "acts.title", "limit.title", "device.title",
	}
	b := fakes(t, 80, 24, func(b *bench) {
		b.o.Lang = lang
		home := b.o.Pages[0]
		b.o.Pages = b.o.Pages[:0]
		for _, name := range names {
			b.o.Pages = append(b.o.Pages, ui.Maker{Name: name, Label: name, Tab: true, Make: home.Make})
		}
		for name, key := range map[string]string{"auto.title": "U", "destination.title": "T", "disputes.title": "D"} {
			b.o.Pages = append(b.o.Pages, ui.Maker{Name: name, Label: name, Keys: []string{key}, Make: home.Make})
		}
	})
	b.Press(":")
	b.Type(query)
	lines := strings.Split(b.Text(), "\n")
	for i, line := range lines {
		if strings.Contains(line, "├") {
			return strings.TrimSpace(strings.FieldsFunc(lines[i+1], func(r rune) bool { return r == '│' })[1])
		}
	}
	t.Fatalf("no palette:\n%s", b.Text())
	return ""
}

// What a command is called is one thing, what somebody types another.
func TestPaletteFindsByOtherWordsInBothLanguages(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		"withdraw": "cashout.title", "Cash out": "cashout.title", "cashout": "cashout.title", "꺼내기": "cashout.title", "인출": "cashout.title", "출금": "cashout.title", "자동 출금": "auto.title", "송금": "cashout.title",
		"refund": "disputes.title", "환불": "disputes.title", "계좌": "destination.title", "bank account": "destination.title", "tier": "limit.title",
		"등급": "limit.title", "recurring": "subscriptions.title", "정기 결제": "subscriptions.title", "transac": "history.title", "exit": "shell.quit", "종료": "shell.quit",
		"errors": "shell.failures", "hist": "history.title", "내역": "history.title", "dark": "shell.theme", "latte": "pace.title",
	} {
		for _, lang := range i18n.Langs() {
			if got := first(t, lang, query); !strings.HasPrefix(strings.ToLower(got), strings.ToLower(i18n.Must(lang).T(want))) {
				t.Errorf("%s: %q finds %q first, want %q", lang, query, got, i18n.Must(lang).T(want))
			}
		}
	}
}

// A word that belongs to no command is found by nobody.
func TestEveryWordToFindHasACommand(t *testing.T) {
	t.Parallel()
	for _, lang := range i18n.Langs() {
		data, err := os.ReadFile("../internal/i18n/" + lang + "/find.toml")
		if err != nil {
			t.Fatal(err)
		}
		table, n := "", 0
		for line := range strings.Lines(string(data)) {
			if m := regexp.MustCompile(`^\[find\.(.+)\]`).FindStringSubmatch(line); m != nil {
				table = m[1]
			}
			if m := regexp.MustCompile(`^(\w+) = "(.+)"`).FindStringSubmatch(line); m != nil {
				n++
				if label := table + "." + m[1]; !i18n.Must(lang).Has(label) {
					t.Errorf("%s: there is no %s", lang, label)
				}
				for _, w := range strings.Split(m[2], ",") {
					if strings.TrimSpace(w) == "" {
						t.Errorf("%s: %s has an empty word", lang, m[1])
					}
				}
			}
		}
		if n < 20 {
			t.Errorf("%s: %d lists of words were read", lang, n)
		}
	}
}

// Names of pages and of actions stand in one list, so they begin alike; and what
// goes on below or above says so.
func TestPaletteListsNamesAlikeAndSaysThatItGoesOn(t *testing.T) {
	t.Parallel()
	b := fakes(t, 80, 24)
	b.Press(":")
	top := b.Text()
	for line := range strings.Lines(top) {
		if cells := strings.FieldsFunc(line, func(r rune) bool { return r == '│' }); strings.Count(line, "│") == 2 {
			name := strings.TrimSpace(cells[1])
			if r, _ := utf8.DecodeRuneInString(name); unicode.IsLower(r) {
				t.Errorf("%q begins small", name)
			}
		}
	}
	if !strings.Contains(top, "↓ ─╯") || strings.Contains(top, "↑ ─┤") {
		t.Errorf("at its top the list is\n%s", top)
	}
	for range 60 {
		b.Press("down")
	}
	if end := b.Text(); strings.Contains(end, "↓ ─╯") || !strings.Contains(end, "↑ ─┤") {
		t.Errorf("at its end the list is\n%s", end)
	}
}
