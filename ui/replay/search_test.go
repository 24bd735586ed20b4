package replay

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/i18n"
	"jandon/internal/money"
	"jandon/internal/session"
	"jandon/ui/kit"
)

// TestARedactedSearchIsOneStill types searches, and expects of the replay the
// same lines, and no complaint that was not there.
func TestARedactedSearchIsOneStill(t *testing.T) {
	t.Parallel()
	var l live
	r, out := recorder(t, everydaySetting)
	o := everyday(t, &l, "ko")
	o.Recorder, o.Record = counted{r, &l}, true
	l.begin(o)
	l.send(tea.WindowSizeMsg{Width: 120, Height: 40})
	l.press("2")
	l.settle()
	for _, query := range []string{"merchant:초록분식", ">=1300 kind:prepaid", "금액:1000..5,000 since:2026-10", "Acorn hill", "kind:nonsense", "g2026-W40"} {
		first := "/"
		if week, ok := strings.CutPrefix(query, "g"); ok {
			first, query = "g", week
		}
		l.press(first, "ctrl+u")
		typeIn(&l, strings.ReplaceAll(query, " ", "_"))
		l.settle()
		l.send(tea.PasteMsg{Content: ""})
		l.press("enter")
		l.settle()
		l.pass(time.Second)
		l.press("esc")
		l.settle()
	}
	if err := r.End(); err != nil {
		t.Fatal(err)
	}
	p, err := Open(read(t, out))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := scale(l.frames, p); err != nil {
		t.Error(err)
	}
	weeks, complaints := 0, [2]int{}
	for n, f := range shown(p) {
		was, is := ansi.Strip(l.frames[n].Content), ansi.Strip(f.Content)
		for i, s := range []string{was, is} {
			if strings.Contains(s, "merchant:") && strings.Contains(s, "status:") { // what would be right
				complaints[i]++
			}
		}
		if strings.Contains(was, "2026-W40") && strings.Contains(is, "2026-W40") {
			weeks++
		}
	}
	if weeks == 0 || complaints[0] != complaints[1] {
		t.Errorf("%d frames name the week; complaints were %d and are %d", weeks, complaints[0], complaints[1])
	}
}

// TestQueriesAreMaskedWordByWord: what belongs to the language of searches stays.
// TestWhatThePaletteDoesNotFindIsNotFoundInTheReplay types digits that no
// command has, and presses Enter, which does nothing.
func TestWhatThePaletteDoesNotFindIsNotFoundInTheReplay(t *testing.T) {
	t.Parallel()
	for n := range 40 { // which letters take their place is chance
		var l live
		o, _ := tellered(t, &l)
		r, out := recorder(t, everydaySetting)
		o.Recorder, o.Record = counted{r, &l}, true
		l.begin(o)
		l.send(tea.WindowSizeMsg{Width: 120, Height: 40})
		l.settle()
		l.press("6")
		l.settle()
		l.press("6", ":")
		if n%2 == 0 {
			l.press("7", "7", "backspace")
		} else {
			l.send(tea.PasteMsg{Content: "7"})
		}
		l.press("enter", "esc")
		l.settle()
		if err := r.End(); err != nil {
			t.Fatal(err)
		}
		p, err := Open(read(t, out))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := scale(l.frames, p); err != nil {
			t.Fatal(err)
		}
	}
}

func TestQueriesAreMaskedWordByWord(t *testing.T) {
	t.Parallel()
	reg, err := registry()
	if err != nil {
		t.Fatal(err)
	}
	d := session.NewRedactor(reg, false)
	k := d.Amount(money.Won(1)).Minor
	name := d.Text("초록분식", session.Name)
	for in, want := range map[string]string{
		"merchant:초록분식":      "merchant:" + name,
		`merchant="초록분식 본점"`: `merchant="` + name + " " + d.Text("본점", session.Name) + `"`,
		"초록분식":               name,
		"amount:>1000":       "amount:>" + plainly(1000*k),
		">=1,300 <=9,000":    ">=" + strings.TrimPrefix(money.Style{}.Format(money.Won(1300*k)), "₩") + " <=" + strings.TrimPrefix(money.Style{}.Format(money.Won(9000*k)), "₩"),
		"1000..5000":         plainly(1000*k) + ".." + plainly(5000*k),
		"금액:1,300원":          "금액:" + strings.TrimPrefix(money.Style{}.Format(money.Won(1300*k)), "₩") + "원",
		"kind:prepaid type:payment since:2026-11-01": "kind:prepaid type:payment since:2026-11-01",
		"week:2026-W47 without:category":             "week:2026-W47 without:category",
		"category:food":                              "category:food",
	} {
		got := queryOf(d, in)
		if got != want {
			t.Errorf("%s became %s, not %s", in, got, want)
		}
		if _, err := history.ParseQuery(got, "KRW"); err != nil {
			t.Errorf("%s became %s, which is no search: %v", in, got, err)
		}
	}
	for _, in := range []string{"김한결", "kim:결", "https://kim", `"김한결`, "settlement:s-2611", "kind:kim", "month:kim", ">kim", "currency:김"} {
		if got := queryOf(d, in); strings.Contains(got, "kim") || strings.Contains(got, "김한결") || strings.Contains(got, "2611") {
			t.Errorf("%s became %s", in, got)
		}
	}
}

// TestNoticesCanBeRead: the sentence of a notice stays, what it names does not.
func TestNoticesCanBeRead(t *testing.T) {
	t.Parallel()
	reg, err := registry()
	if err != nil {
		t.Fatal(err)
	}
	d := session.NewRedactor(reg, false)
	for _, lang := range []string{"en", "ko"} {
		text := i18n.Must(lang)
		for _, want := range []struct{ said, is string }{
			{text.T("cashout.too_much"), text.T("cashout.too_much")},
			{text.F("destination.unlinked", "Name", "김한결"), text.F("destination.unlinked", "Name", d.Text("김한결", session.Name))},
		} {
			if got := sentenceOf(d, want.said); got != want.is {
				t.Errorf("%q became %q, not %q", want.said, got, want.is)
			}
		}
		if got := sentenceOf(d, "김한결 님이 보냈어요"); strings.Contains(got, "김한결") {
			t.Error(got)
		}
	}
	f := faultOf(d, *fault.New(fault.Insufficient, "have", "1300", "want", "5000"))
	k := d.Amount(money.Won(1)).Minor
	if f.Args["have"] != plainly(1300*k) || f.Args["want"] != plainly(5000*k) {
		t.Errorf("%v", f.Args)
	}
	f = faultOf(d, *fault.New(fault.DestinationNew, "payee", "김한결", "until", "2026-11-22T10:00:00+09:00"))
	if f.Args["payee"] == "김한결" || f.Args["until"] != "2026-11-22T10:00:00+09:00" {
		t.Errorf("%v", f.Args)
	}
	n := noticeFor(d, notice{Level: kit.Failure, Err: fault.New(fault.Unreachable, "url", "https://kimhangyeol.example")})
	if strings.Contains(n.Err.Args["url"], "kimhangyeol") {
		t.Errorf("%v", n.Err)
	}
}

func plainly(won int64) string { return money.Won(won).Plain() }
