package i18n

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
)

func messages(t testing.TB, lang string) map[string]*goi18n.Message {
	t.Helper()
	files, err := fs.Glob(catalogues, lang+"/*.toml")
	if err != nil {
		t.Fatal(err)
	}
	var list []*goi18n.Message
	for _, name := range files {
		some, err := readMessages(name)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, some...)
	}
	m := make(map[string]*goi18n.Message, len(list))
	for _, one := range list {
		if m[one.ID] != nil {
			t.Errorf("%s: %s stands twice", lang, one.ID)
		}
		m[one.ID] = one
	}
	return m
}

var placeholder = regexp.MustCompile(`\{\{[^}]*\.(\w+)[^}]*\}\}`)

func placeholders(m *goi18n.Message) []string {
	var names []string
	for _, text := range []string{m.One, m.Other} {
		for _, found := range placeholder.FindAllStringSubmatch(text, -1) {
			names = append(names, found[1])
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestBothLanguagesSayTheSameThings(t *testing.T) {
	t.Parallel()
	en, ko := messages(t, "en"), messages(t, "ko")
	for id, m := range en {
		k := ko[id]
		if k == nil {
			t.Errorf("ko has no %s", id)
			continue
		}
		// A sentence may do without a name in one language, but may not make one up.
		have := placeholders(m)
		for _, name := range placeholders(k) {
			if !slices.Contains(have, name) {
				t.Errorf("%s names .%s in Korean only", id, name)
			}
		}
		for _, name := range have {
			if !slices.Contains(placeholders(k), name) {
				t.Errorf("%s names .%s in English only", id, name)
			}
		}
		if k.One != "" {
			t.Errorf("%s has a singular in Korean, which has none", id)
		}
	}
	for id := range ko {
		if en[id] == nil {
			t.Errorf("en has no %s", id)
		}
	}
}

func TestEveryAreaHasItsFile(t *testing.T) {
	t.Parallel()
	for _, lang := range Langs() {
		files, err := fs.Glob(catalogues, lang+"/*.toml")
		if err != nil {
			t.Fatal(err)
		}
		for id := range messages(t, lang) {
			area, _, ok := strings.Cut(id, ".")
			if !ok {
				t.Errorf("%s: %s is in no area", lang, id)
			}
			home := lang + "/" + area + ".toml"
			if !slices.Contains(files, home) && wordAreas[area] == "" || !Must(lang).Has(id) {
				t.Errorf("%s: %s belongs into %s", lang, id, home)
			}
		}
	}
}

func TestTextsAreCleanAndOfOneLine(t *testing.T) {
	t.Parallel()
	for _, lang := range Langs() {
		for id, m := range messages(t, lang) {
			for _, text := range []string{m.One, m.Other} {
				if strings.ContainsAny(text, "\t\r\x1b\u200b\u200d\ufe0f") || strings.TrimSpace(text) != text && !prompt(text) {
					t.Errorf("%s: %s has blanks or signs that the screen would not show: %q", lang, id, text)
				}
				if strings.Contains(text, "\n") && !strings.HasPrefix(id, "cli.") && !strings.HasPrefix(id, "doctor.") && !strings.Contains(id, ".cmd.") {
					t.Errorf("%s: %s breaks its line: %q", lang, id, text)
				}
				if lang == "en" && strings.ContainsFunc(strings.ReplaceAll(text, "잔돈", ""), func(r rune) bool { return r >= '가' && r <= '힣' }) && id != "shell.language" {
					t.Errorf("en: %s is Korean: %q", id, text)
				}
			}
		}
	}
}

// prompt reports whether a text is a question on a line of its own: the answer is typed behind it.
func prompt(text string) bool {
	return strings.HasSuffix(text, ": ") && strings.TrimLeft(text, " ") == text
}

// cells is the width of our own texts, in which only Hangul is wide.
func cells(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= '가' && r <= '힣' {
			n++
		}
	}
	return n
}

// Words that stand in columns, tabs and the footer must stay short in both languages.
func TestWordsFitTheirPlaces(t *testing.T) {
	t.Parallel()
	limits := []struct {
		like string // a pattern of path.Match, over ids
		most int    // cells
	}{
		{"home.title", 12}, {"history.title", 12}, {"kind.*", 16}, {"type.*", 12}, {"status.*", 12},
		{"date.mon", 4}, {"date.sun", 4}, {"date.jan", 5}, {"date.dec", 5}, {"home.key.*", 60}, {"history.key.*", 60},
		{"shell.quit", 10}, {"shell.help", 10}, {"shell.palette", 10}, {"shell.offline", 12},
	}
	for _, lang := range Langs() {
		for id, m := range messages(t, lang) {
			for _, l := range limits {
				prefix, any := strings.CutSuffix(l.like, "*")
				if (id == l.like || any && strings.HasPrefix(id, prefix)) && cells(m.Other) > l.most {
					t.Errorf("%s: %s takes %d cells of %d: %q", lang, id, cells(m.Other), l.most, m.Other)
				}
			}
		}
	}
}
