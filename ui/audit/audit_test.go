package audit_test

import (
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/ui/audit"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
)

var sizes = [][2]int{{0, 0}, {1, 1}, {40, 14}, {40, 16}, {79, 12}, {80, 20}, {110, 25}, {120, 36}, {250, 66}}

func has(t *testing.T, d *kittest.Drive, list ...string) {
	t.Helper()
	for _, want := range list {
		if !strings.Contains(d.Frame(), want) {
			t.Errorf("there is no %q in\n%s", want, d.Frame())
		}
	}
}

func TestEveryFrameFitsItsWindow(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]*kittest.Audited{"everyday": everyday(t), "some": over(some()), "hostile": over(hostile()), "empty": over(bookOf())} {
		f, err := s.Findings(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		args := []string{"", "series=none"}
		for i := range f.Series {
			args = append(args, url.Values{"series": {f.Series[i].Key}}.Encode())
		}
		for i := range f.Doubles {
			args = append(args, url.Values{"double": {f.Doubles[i].Key}}.Encode())
		}
		for _, lang := range []string{"en", "ko"} {
			for _, arg := range args {
				d := open(s, kittest.Env(lang), arg, 80, 20)
				for _, size := range sizes {
					d.Resize(size[0], size[1])
					for _, do := range []kit.Intent{kit.Down, kit.PageDown, "next_filter", "next_order", kit.Bottom, "merge", kit.Down, kit.Back} {
						d.Do(do)
						if err := d.Check(); err != nil {
							t.Fatalf("%s %q in %s at %v after %s: %v", name, arg, lang, size, do, err)
						}
					}
				}
			}
		}
	}
}

// The total is the sum of what the lines say, to the won.
func TestTheListAddsUp(t *testing.T) {
	t.Parallel()
	s := everyday(t)
	f, err := s.Findings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var sum int64
	style := money.Style{}
	d := open(s, kittest.Env("en"), "", 80, 60)
	for i := range f.Series {
		if x := &f.Series[i]; x.Running() && !x.Maybe {
			sum += x.Annual
			has(t, d, x.Merchant, style.Format(money.Won(x.Annual)))
		}
	}
	if sum != f.Year || sum == 0 {
		t.Errorf("the series come to %d, the total is %d", sum, f.Year)
	}
	has(t, d, style.Format(money.Won(sum))+" a year")
}

func TestWhatIsWorthALookComesFirst(t *testing.T) {
	t.Parallel()
	d := open(over(some()), kittest.Env("en"), "", 80, 30)
	has(t, d, "Charged twice?  Dinner", "Dearer +30%     Dear Video", "Paused or ended")
	frame := d.Frame()
	if strings.Index(frame, "Charged twice?") > strings.Index(frame, "Dearer") || strings.Index(frame, "Dearer") > strings.Index(frame, "Running") {
		t.Errorf("the order is\n%s", frame)
	}
	d.Do(kit.Down, kit.Open, kit.Down, kit.Open)
	if len(d.Visits) != 2 || !strings.HasPrefix(d.Visits[0].Arg, "double=") || d.Visits[1].Arg != "series=Dear+Video-00" {
		t.Errorf("they lead to %v", d.Visits)
	}
}

func TestFilterAndOrder(t *testing.T) {
	t.Parallel()
	d := open(over(some()), kittest.Env("en"), "", 80, 30)
	d.Do("next_filter")
	if frame := d.Frame(); strings.Contains(frame, "Gone Games") || strings.Contains(frame, "Dinner") || !strings.Contains(frame, "Young Cloud") {
		t.Errorf("what runs is\n%s", frame)
	}
	for range 3 {
		d.Do("next_order")
	}
	has(t, d, "by name")
	d.Do("next_filter", "next_filter")
	if frame := d.Frame(); !strings.Contains(frame, "Gone Games") || strings.Contains(frame, "Young Cloud") {
		t.Errorf("what ended is\n%s", frame)
	}
	d.Do("next_filter")
	has(t, d, "Not subscriptions", "None.")
	d.Do("next_filter")
	has(t, d, "Gone Games", "Young Cloud")
}

func TestASeriesHidesNothing(t *testing.T) {
	t.Parallel()
	d := open(over(some()), kittest.Env("en"), series("Dear Video"), 80, 70)
	has(t, d, "Dear Video", "₩154,800 a year", "₩12,900 monthly", "+30% on 12 Nov: ₩9,900 to ₩12,900, ₩36,000 more a year",
		"Next", "12 Dec 2026, in 20 days", "% sure", "Since", "in 24 charges", "Consent on record   unknown", "Why we think so", "sure",
		"Contact 1500-0000", "Golmok Pay", "1500-0101", "Charges", "2026-11-12")
	d.Do(kit.Bottom, kit.Open)
	if len(d.Visits) != 1 || d.Visits[0].Page != "history" || d.Visits[0].Arg != "tx=Dear+Video-00" {
		t.Errorf("the first charge leads to %v", d.Visits)
	}
}

// Two plans of one merchant are told apart by their price, however narrow it is.
func TestPlansOfOneMerchantAreToldApart(t *testing.T) {
	t.Parallel()
	for _, w := range []int{40, 80, 120} {
		d := kittest.Start(audit.New(kittest.Env("en"), everyday(t), nil, ""), w, 60)
		plans := 0
		for line := range strings.Lines(d.Frame()) {
			if strings.Contains(line, "한강모바일") && (strings.Contains(line, "₩24,200  ") || strings.Contains(line, "₩1,650  ")) {
				plans++
			}
		}
		if plans != 2 {
			t.Errorf("in %d cells %d are told apart:\n%s", w, plans, d.Frame())
		}
	}
}

// A price that moved is whole on the narrowest screen, too.
func TestPricesAreNotCutWhereThereIsLittleRoom(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ lang, want string }{{"en", "₩9,900 to ₩12,900"}, {"ko", "₩9,900에서 ₩12,900으로"}} {
		d := kittest.Start(audit.New(kittest.Env(c.lang), over(some()), nil, series("Dear Video")), 40, 40)
		if !strings.Contains(d.Frame(), c.want) || !strings.Contains(d.Frame(), "+30") {
			t.Errorf("%s: there is no %q in\n%s", c.lang, c.want, d.Frame())
		}
	}
}

func TestDecisionsAreKeptAndTakenBack(t *testing.T) {
	t.Parallel()
	s := over(some())
	d := open(s, kittest.Env("en"), series("Dear Video"), 80, 40)
	d.Do("keep")
	has(t, d, "You kept it on 22 Nov 2026.")
	list := open(s, kittest.Env("en"), "", 80, 40)
	if strings.Contains(list.Frame(), "Dearer") {
		t.Errorf("what was kept is still told:\n%s", list.Frame())
	}
	list.Do("undo")
	has(t, list, "Dearer +30%")
	d = open(s, kittest.Env("en"), series("Young Cloud"), 80, 40)
	d.Do("not")
	has(t, d, "you said that it is no subscription")
	list = open(s, kittest.Env("en"), "", 80, 40)
	if strings.Contains(list.Frame(), "Young Cloud") {
		t.Errorf("what is none is still listed:\n%s", list.Frame())
	}
	d.Do("snooze")
	has(t, d, "Snoozed until 29 Nov 2026.")
	d.Do("snooze")
	has(t, d, "Snoozed until 6 Dec 2026.")
	d.Do("snooze")
	has(t, d, "Snoozed until 22 Dec 2026.")
	list.Send(kit.Changed{})
	has(t, list, "Young Cloud", "snoozed")
}

func TestBothAreMine(t *testing.T) {
	t.Parallel()
	s := over(some())
	f, _ := s.Findings(t.Context())
	d := open(s, kittest.Env("en"), url.Values{"double": {f.Doubles[0].Key}}.Encode(), 80, 30)
	has(t, d, "Charged twice?", "Dinner", "₩21,900", "Why we think so", "Charges", "Golmok Pay")
	d.Do("mine")
	has(t, d, "This finding is gone")
	d.Do("undo")
	has(t, d, "Charged twice?")
}

func TestTwoBecomeOne(t *testing.T) {
	t.Parallel()
	s := over(bookOf(monthly("Nabi TV", night(4, 12), 12, 9_900), monthly("Butterfly", night(11, 12), 7, 10_900)))
	d := open(s, kittest.Env("en"), series("Butterfly"), 80, 40)
	d.Do("merge")
	has(t, d, "What is the same as Butterfly?", "Nabi TV")
	d.Do(kit.Back)
	has(t, d, "To cancel")
	d.Do("merge", kit.Down, kit.Open)
	has(t, d, "in 19 charges")
	list := open(s, kittest.Env("en"), "", 80, 40)
	has(t, list, "1 subscription ")
}

func TestUndoOfNothingSaysSo(t *testing.T) {
	t.Parallel()
	d := open(over(some()), kittest.Env("en"), "", 80, 30)
	for _, b := range d.Page.Keys() {
		if b.Intent == "undo" && b.Off == "" {
			t.Error("undo is offered though nothing was decided")
		}
	}
	d.Do("undo")
}

func TestEmptyFailedAndSlow(t *testing.T) {
	t.Parallel()
	has(t, open(over(bookOf()), kittest.Env("en"), "", 80, 20), "Nothing that comes back")
	s := over(some())
	s.Err = fault.New(fault.StoreDamaged, "file", "store.db")
	for _, arg := range []string{"", series("Dear Video")} {
		d := open(s, kittest.Env("en"), arg, 80, 20)
		has(t, d, "store.db", "try again")
	}
	d := open(s, kittest.Env("en"), "", 80, 30)
	s.Err = nil
	d.Do(kit.Retry)
	has(t, d, "Dear Video")
	s.Err = fault.New(fault.StoreDamaged, "file", "store.db")
	d.Send(kit.Changed{})
	has(t, d, "Dear Video", "Not up to date")

	d = kittest.StartHeld(audit.New(kittest.Env("en"), over(some()), nil, ""), 80, 20, true)
	if strings.TrimSpace(d.Frame()) != "" {
		t.Errorf("too early: %s", d.Frame())
	}
	d.Split()
	d.Late()
	has(t, d, "Reading")
	d.Send(kit.Answer[string]{From: "audit found"})
	d.Release(true)
	has(t, d, "Dear Video")
}

func TestHiddenAmountsShowNoDigits(t *testing.T) {
	t.Parallel()
	env := kittest.Env("en")
	env.Hidden = true
	for _, arg := range []string{"", series("Dear Video")} {
		if d := open(over(some()), env, arg, 120, 60); strings.Contains(d.Frame(), "₩") {
			t.Errorf("an amount shows in\n%s", d.Frame())
		}
	}
}

// Without colour, the rise and what is chosen can still be told.
func TestWithoutColour(t *testing.T) {
	t.Parallel()
	env := kittest.Env("ko")
	env.Theme = kit.NewTheme(true, false)
	d := open(over(some()), env, "", 80, 30)
	d.Do(kit.Down)
	has(t, d, "+30%", "올랐어요")
	if strings.Contains(d.Page.View(), "\x1b[38") || !strings.Contains(d.Page.View(), "\x1b[7m") {
		t.Errorf("the frame is %q", d.Page.View())
	}
}

// Whatever a person does, the frame fits, and nothing panics.
func TestAnyKeysInAnyWindow(t *testing.T) {
	t.Parallel()
	books := []*history.Book{kittest.Book(t, "everyday"), some(), hostile()}
	intents := []kit.Intent{
		kit.Up, kit.Down, kit.PageUp, kit.PageDown, kit.Top, kit.Bottom, kit.Open, kit.Back, kit.Retry, kit.Next, kit.Previous, kit.Left, kit.Right,
		"next_filter", "next_order", "undo", "keep", "not", "snooze", "merge", "mine", "review",
	}
	rapid.Check(t, func(r *rapid.T) {
		s := over(books[rapid.IntRange(0, len(books)-1).Draw(r, "book")])
		env := kittest.Env(rapid.SampledFrom([]string{"en", "ko"}).Draw(r, "lang"))
		d := open(s, env, "", 80, 20)
		for range rapid.IntRange(1, 25).Draw(r, "keys") {
			switch rapid.IntRange(0, 9).Draw(r, "what") {
			case 0:
				d.Resize(rapid.IntRange(0, 250).Draw(r, "w"), rapid.IntRange(0, 70).Draw(r, "h"))
			case 1:
				d.Send(kit.Click{X: rapid.IntRange(-2, 250).Draw(r, "x"), Y: rapid.IntRange(-2, 70).Draw(r, "y")})
			case 2:
				d.Send(kit.Redraw{})
			case 3: // what was asked for is opened, in a page of its own
				if n := len(d.Visits); n > 0 && d.Visits[n-1].Page == "audit" {
					d = open(s, env, d.Visits[n-1].Arg, 120, 36)
				}
			default:
				d.Do(rapid.SampledFrom(intents).Draw(r, "intent"))
			}
			if err := d.Check(); err != nil {
				r.Fatal(err)
			}
		}
	})
}

// What a filter hides is a key away, and the key is named.
func TestEscShowsAllAgain(t *testing.T) {
	t.Parallel()
	d := open(over(some()), kittest.Env("en"), "", 80, 40)
	before := d.Frame()
	if _, ok := kit.Match(d.Page.Keys(), "esc"); ok {
		t.Error("Esc is offered where nothing is hidden")
	}
	d.Do("next_filter", "next_filter")
	b, ok := kit.Match(d.Page.Keys(), "esc")
	if !ok || b.Quiet || b.Off != "" {
		t.Fatalf("Esc is %+v", b)
	}
	d.Do(b.Intent)
	if d.Frame() != before {
		t.Errorf("it shows\n%s", d.Frame())
	}
}
