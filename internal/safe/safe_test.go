package safe_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"jandon/internal/safe"
)

func TestText(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("가", safe.MaxLen-1) + "…"
	for name, c := range map[string]struct{ in, want string }{
		"empty":                    {"", ""},
		"ascii":                    {"GS25 Gangnam #3 (24h) ~50% & more", "GS25 Gangnam #3 (24h) ~50% & more"},
		"hangul":                   {"스타벅스 강남역점", "스타벅스 강남역점"},
		"compatibility jamo":       {"ㅅㅌㅂㅅ ㅋㅋ", "ㅅㅌㅂㅅ ㅋㅋ"},
		"other scripts":            {"セブン-イレブン 東京 Café Ödön Жук", "セブン-イレブン 東京 Café Ödön Жук"},
		"symbols":                  {"₩1,300 · £5 – “ok” ☕", "₩1,300 · £5 – “ok” ☕"},
		"full width":               {"ＧＳ２５", "ＧＳ２５"},
		"decomposed hangul":        {"\u1109\u1173\u1110\u1161\u1107\u1165\u11a8\u1109\u1173", "스타벅스"},
		"decomposed latin":         {"Cafe\u0301", "Café"},
		"singleton":                {"\u212bngstr\u00f6m", "Ångström"},
		"spaces folded":            {"  a   b  ", "a b"},
		"wide spaces":              {"a\u3000b\u00a0\u2003c", "a b c"},
		"only spaces":              {" \u3000 ", ""},
		"colour escape":            {"\x1b[31mred\x1b[0m", "\ufffd[31mred\ufffd[0m"},
		"title escape":             {"\x1b]0;owned\x07x", "\ufffd]0;owned\ufffdx"},
		"C1 CSI":                   {"a\u009b31mb", "a\ufffd31mb"},
		"raw C1 byte":              {"a\x9b31mb", "a\ufffd31mb"},
		"newline and tab":          {"a\r\n\tb", "a\ufffdb"},
		"nul and delete":           {"a\x00b\x7fc", "a\ufffdb\ufffdc"},
		"line separator":           {"a\u2028b", "a\ufffdb"},
		"bidi":                     {"\u202egnp.exe\u202c \u2066x\u2069", "\ufffdgnp.exe\ufffd \ufffdx\ufffd"},
		"zero width":               {"pay\u200bpal\ufeff", "pay\ufffdpal\ufffd"},
		"soft hyphen":              {"pay\u00adpal", "pay\ufffdpal"},
		"zalgo":                    {"e\u0316\u0317\u0318\u0319\u031c\u031dx", "e\u0316\u0317\u0318\ufffdx"},
		"marks without a letter":   {"\u0316a \u0317b", "\ufffda \ufffdb"},
		"mark after a refused":     {"\x00\u0316a", "\ufffda"},
		"tags":                     {"a\U000e0041\U000e0042b", "a\ufffdb"},
		"variation selectors":      {"☕\ufe0f \U00020000\U000e0100", "☕\ufffd \U00020000\ufffd"},
		"family of emoji":          {"👨\u200d👩\u200d👧", "👨\ufffd👩\ufffd👧"},
		"skin tone":                {"👍\U0001f3fd", "👍\ufffd"},
		"hangul filler":            {"a\u3164\u115f\u1160\uffa0b", "a\ufffdb"},
		"stray jamo":               {"가\u1161\u1161\u1161", "가\ufffd"},
		"leading jamo":             {"\u1100\u1100\u1100", "\ufffd"},
		"braille blank":            {"a\u2800b", "a\ufffdb"},
		"private use":              {"a\ue000b\U000f0000c", "a\ufffdb\ufffdc"},
		"unassigned":               {"a\u0378b", "a\ufffdb"},
		"surrogate in bytes":       {"a\xed\xa0\x80b", "a\ufffdb"},
		"overlong":                 {"a\xc0\xafb", "a\ufffdb"},
		"cut short":                {"스\xec\x8a", "스\ufffd"},
		"replacement runs fold":    {"a\ufffd\ufffd\ufffdb", "a\ufffdb"},
		"spaces around a refused":  {"a \x00 \x00 b", "a \ufffd \ufffd b"},
		"just fits":                {strings.Repeat("가", safe.MaxLen), strings.Repeat("가", safe.MaxLen)},
		"one too many":             {strings.Repeat("가", safe.MaxLen+1), long},
		"ten thousand characters":  {strings.Repeat("가", 10_000), long},
		"ten thousand marks":       {"e" + strings.Repeat("\u0316", 10_000), "e\u0316\u0316\u0316\ufffd…"},
		"a megabyte of characters": {strings.Repeat("a", 1<<20), strings.Repeat("a", safe.MaxLen-1) + "…"},
		"a megabyte of nothing":    {strings.Repeat("\u200b", 1<<20), "\ufffd…"},
		"just fits, then refused":  {strings.Repeat("a", safe.MaxLen) + "\x1b", strings.Repeat("a", safe.MaxLen-1) + "…"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := safe.Text(c.in); got != c.want {
				t.Errorf("Text(%q) = %q, want %q", c.in, got, c.want)
			}
			if got, want := safe.Changed(c.in), c.in != c.want; got != want {
				t.Errorf("Changed(%q) = %v, want %v", c.in, got, want)
			}
			if msg := flaw(c.in); msg != "" {
				t.Error(msg)
			}
		})
	}
}

// flaw says which promise of the filter s breaks.
func flaw(s string) string {
	got := safe.Text(s)
	switch {
	case !utf8.ValidString(got):
		return "not valid UTF-8"
	case !norm.NFC.IsNormalString(got):
		return "not NFC"
	case safe.Text(got) != got || safe.Changed(got):
		return "filtering twice changes more"
	case utf8.RuneCountInString(got) > safe.MaxLen:
		return "too long"
	case strings.Contains(got, "  ") || strings.TrimSpace(got) != got:
		return "spaces"
	case strings.Contains(got, "\ufffd\ufffd"):
		return "a run of refused characters takes more than one place"
	}
	marks := 0
	for _, r := range got {
		if unicode.Is(unicode.M, r) {
			marks++
		} else {
			marks = 0
		}
		if marks > safe.MaxMarks {
			return "too many marks"
		}
		if !unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S) && r != ' ' {
			return "a character that has no place here"
		}
		if unicode.In(r, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point, unicode.Bidi_Control, unicode.C) {
			return "a hidden character"
		}
	}
	return ""
}

func TestTextKeepsItsPromises(t *testing.T) {
	t.Parallel()
	odd := rapid.SampledFrom([]rune{
		' ', '\u3000', '\u0301', '\u0316', '\u034f', '\u1100', '\u1161', '\u11a8', '\u3164', '\u200d', '\u202e', 0x1b, 0x9b, '\n',
		'\ufffd', '\ufe0f', 0xe0041, 0x1f3fd, 'e', '가', 'Р', 0x212b, 0x1d15e, 0x0344, 0x0958, 0x2add,
	})
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.OneOf(odd, rapid.Rune()), 0, 300, -1).Draw(t, "s")
		if msg := flaw(s); msg != "" {
			t.Fatalf("%s: %q became %q", msg, s, safe.Text(s))
		}
	})
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"스타벅스", "\x1b[31m", "e\u0316\u0317\u0318\u0319", "a  b", "\xed\xa0\x80", "👨\u200d👩"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if msg := flaw(s); msg != "" {
			t.Fatalf("%s: %q became %q", msg, s, safe.Text(s))
		}
	})
}

func TestPlainTextCostsNothing(t *testing.T) {
	for _, s := range []string{"GS25 Gangnam", "스타벅스 강남역점 2호"} {
		if n := testing.AllocsPerRun(100, func() { _ = safe.Text(s) }); n != 0 {
			t.Errorf("Text(%q) allocates %v times", s, n)
		}
	}
}

func TestLine(t *testing.T) {
	t.Parallel()
	var got struct {
		A, B safe.Line
		C    *safe.Line
	}
	got.B = "as before"
	if err := json.Unmarshal([]byte(`{"A":"\u001b[2J스타벅스","B":null,"C":"ok"}`), &got); err != nil {
		t.Fatal(err)
	}
	if got.A != "\ufffd[2J스타벅스" || got.B != "as before" || *got.C != "ok" {
		t.Errorf("got %+q", got)
	}
	if err := json.Unmarshal([]byte(`{"A":7}`), &got); err == nil {
		t.Error("a number was taken for a text")
	}
	var keys map[safe.Line]int
	if err := json.Unmarshal([]byte(`{"a\u0000b":1}`), &keys); err != nil || keys["a\ufffdb"] != 1 {
		t.Errorf("keys %v, %v", keys, err)
	}
	if b, _ := json.Marshal(safe.NewLine("a\tb")); string(b) != "\"a\ufffdb\"" {
		t.Errorf("marshalled as %s", b)
	}
}

func TestMixed(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{
		"Paypal":       false,
		"Рaypal":       true, // Cyrillic Р
		"Gοogle":       true, // Greek ο
		"𝐩aypal":       true,
		"Аmazon 결제":    true,
		"Coca Кола":    false, // two words, each of one script
		"카카오Pay":       false,
		"東京Metro駅":     false,
		"Жук":          false,
		"GS25":         false,
		"ＧＳ２５ GS":      false,
		"Café Ödön":    false,
		"pay2раl":      true,
		"a-б":          false,
		"":             false,
		"스타벅스 No.1 커피": false,
	} {
		if got := safe.Mixed(s); got != want {
			t.Errorf("Mixed(%q) = %v, want %v", s, got, want)
		}
	}
}

func BenchmarkText(b *testing.B) {
	for name, s := range map[string]string{"plain": "스타벅스 강남역점 GS25", "filtered": "스타벅스\u3000강남역점\x1b[31m"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_ = safe.Text(s)
			}
		})
	}
}
