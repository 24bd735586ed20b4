package i18n

import (
	"strings"
	"testing"
	"time"

	"jandon/internal/history"
	"jandon/internal/wallet"
)

func TestEveryWordOfTheDomainIsKnown(t *testing.T) {
	t.Parallel()
	for _, lang := range Langs() {
		p := Must(lang)
		var ids []string
		for k := wallet.KindUnknown; k <= wallet.CardFunded; k++ {
			ids = append(ids, "kind."+k.String())
		}
		for x := wallet.TypeUnknown; x <= wallet.FeeCharge; x++ {
			ids = append(ids, "type."+x.String())
		}
		for s := wallet.StatusUnknown; s <= wallet.Refunded; s++ {
			ids = append(ids, "status."+s.String())
		}
		for _, id := range ids {
			if !p.Has(id) {
				t.Errorf("%s: no word for %s", lang, id)
			}
		}
	}
}

func TestUnknownIDPanicsInTests(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("an unknown id passed in a test")
		}
	}()
	Must("en").T("shell.no_such_thing")
}

func TestUnknownLanguageIsRefused(t *testing.T) {
	t.Parallel()
	if _, err := New("tlh"); err == nil {
		t.Error("a language without catalogue was opened")
	}
}

func TestPlainTextsCostNothing(t *testing.T) {
	p := Must("ko")
	if n := testing.AllocsPerRun(100, func() { p.T("date.mon") }); n > 0 {
		t.Errorf("a plain text allocates %v times", n)
	}
}

func TestPluralsFollowTheLanguage(t *testing.T) {
	t.Parallel()
	en, ko := Must("en"), Must("ko")
	for n, want := range map[int][2]string{1: {"1 line", "1건"}, 2: {"2 lines", "2건"}, 0: {"0 lines", "0건"}} {
		if got := [2]string{en.N("shell.lines", n), ko.N("shell.lines", n)}; got != want {
			t.Errorf("%d: got %q, want %q", n, got, want)
		}
	}
}

func TestJosa(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ word, forms, want string }{
		{"커피", "을/를", "커피를"}, {"쿠폰", "을/를", "쿠폰을"}, {"잔돈", "이/가", "잔돈이"}, {"은행", "은/는", "은행은"},
		{"서울", "으로/로", "서울로"}, {"부산", "으로/로", "부산으로"}, {"제주", "으로/로", "제주로"}, {"서울", "을/를", "서울을"},
		{"1", "이/가", "1이"}, {"2", "이/가", "2가"}, {"3", "을/를", "3을"}, {"1,300", "을/를", "1,300을"}, {"7", "으로/로", "7로"}, {"6", "으로/로", "6으로"},
		{"PASS", "을/를", "PASS를"}, {"Netflix", "이/가", "Netflix가"}, {"Gmail", "으로/로", "Gmail로"}, {"Steam", "을/를", "Steam을"},
		{"골목페이(주)", "이/가", "골목페이(주)가"}, {"“쿠폰”", "을/를", "“쿠폰”을"}, {"", "이/가", "가"}, {"!?", "이/가", "!?가"},
		{"₩1,302", "이/가", "₩1,302이"}, {"-₩500,002", "은/는", "-₩500,002은"}, {"₩1,305", "으로/로", "₩1,305으로"}, {"$1.99", "이/가", "$1.99가"}, {"1,302원", "이/가", "1,302원이"}, {"어제", "이에요/예요", "어제예요"}, {"*****", "이에요/예요", "*****이에요"},
	} {
		if got := Josa(c.word, c.forms); got != c.want {
			t.Errorf("Josa(%q, %q) = %q, want %q", c.word, c.forms, got, c.want)
		}
	}
}

func TestTemplatesThatAreMoreThanPlaceholdersWorkToo(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		`{{.A}} and {{.B}}`:                        "x and 2",
		`{{josa .A "을/를"}} 산다`:                     "x를 산다",
		`{{if .A}}yes {{printf "%03d" .B}}{{end}}`: "yes 002",
		`plain`: "plain",
	} {
		tmpl, err := parse(src)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := tmpl.fill(pairs{"A", "x", "B", 2}); err != nil || got != want {
			t.Errorf("%s gives %q, %v", src, got, err)
		}
	}
	if tmpl, err := parse("{{.Missing}}"); err == nil {
		if _, err := tmpl.fill(pairs{}); err == nil {
			t.Error("a name without value passed")
		}
	}
}

func TestDates(t *testing.T) {
	t.Parallel()
	en, ko := Must("en"), Must("ko")
	d := history.DateOf
	for _, c := range []struct{ got, want string }{
		{en.DayRow(d(2026, 11, 22)), "Sun 22 Nov"}, {ko.DayRow(d(2026, 11, 22)), "11월 22일 (일)"},
		{en.RangeYear(d(2026, 11, 16), d(2026, 11, 22)), "16–22 Nov 2026"},
		{ko.RangeYear(d(2026, 11, 16), d(2026, 11, 22)), "2026년 11월 16–22일"},
		{en.Range(d(2026, 11, 30), d(2026, 12, 6)), "30 Nov – 6 Dec"},
		{en.RangeYear(d(2026, 12, 28), d(2027, 1, 3)), "28 Dec 2026 – 3 Jan 2027"},
		{ko.RangeYear(d(2026, 12, 28), d(2027, 1, 3)), "2026년 12월 28일 – 2027년 1월 3일"},
		{en.Range(d(2026, 11, 22), d(2026, 11, 22)), "22 Nov"},
		{en.Until(10, 10), "today"}, {ko.Until(10, 11), "내일"}, {en.Until(10, 9), "yesterday"}, {en.Until(10, 15), "in 5 days"}, {ko.Until(10, 3), "7일 전"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	for ago, want := range map[time.Duration][2]string{
		0: {"just now", "방금"}, -time.Hour: {"just now", "방금"}, 5 * time.Minute: {"5 min ago", "5분 전"},
		3 * time.Hour: {"3 h ago", "3시간 전"}, 50 * time.Hour: {"2 days ago", "2일 전"}, 25 * time.Hour: {"1 day ago", "1일 전"},
	} {
		if got := [2]string{en.Age(now, now.Add(-ago)), ko.Age(now, now.Add(-ago))}; got != want {
			t.Errorf("%v ago: got %q, want %q", ago, got, want)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		p, err := open("ko")
		if err != nil || p.T("cli.import.lines") == "" {
			b.Fatal(err)
		}
	}
}

func BenchmarkFilledIn(b *testing.B) {
	p := Must("ko")
	b.ReportAllocs()
	for b.Loop() {
		p.Range(20000, 20006)
	}
}

// Counts stand in columns of lists and in sentences; those of thousands are read
// with a mark between.
func TestCountsAreGroupedInBothLanguages(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0", 7: "7", 999: "999", 1000: "1,000", 1559: "1,559", 12_345_678: "12,345,678", -1559: "-1,559", -100: "-100"} {
		for _, lang := range Langs() {
			if got := Must(lang).N("week.charges", n); !strings.Contains(got, want) || strings.Contains(got, want+",") || strings.Contains(got, ","+want) {
				t.Errorf("%s: %d is %q", lang, n, got)
			}
		}
	}
}
