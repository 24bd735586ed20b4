package replay

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	past "jandon/internal/history"
	"jandon/internal/session"
	"jandon/ui"
	"jandon/ui/kit"
	"jandon/ui/uitest"
)

// wander plays at random on every page, and types canaries wherever something
// is typed.
func wander(l *live, chance *rand.Rand, steps int) {
	l.send(tea.WindowSizeMsg{Width: 100, Height: 30})
	visits := []kit.Visit{
		{Page: "confirm", Arg: canary + "act-1"}, {Page: "destinations", Arg: "bank_transfer"}, {Page: "enrol"}, {Page: "acts", Arg: canary + "act-2"},
		{Page: "disputes", Arg: "tx=" + canary + "tx"}, {Page: "disputes"}, {Page: "auto"},
		{Page: "history", Arg: "tx=" + canary + "tx"}, {Page: "history", Arg: "find=merchant%3D" + canary}, {Page: "audit", Arg: "series=" + canary},
		{Page: "history", Arg: "day=2026-11-20"}, {Page: "history", Arg: "bill=" + canary}, {Page: "history", Arg: "alert=" + canary},
	}
	keys := append([]string{"6", "7", "8", "9", "y", "n", "x", "enter", "enter", "enter", "y", "c", "esc", "f5", "f4", "a", "d", "p", "r", "u"}, everyKey...)
	for range steps {
		switch n := chance.IntN(24); {
		case n == 0:
			l.send(ui.Mail(1, visits[chance.IntN(len(visits))], time.Time{}))
		case n == 1:
			typeIn(l, canary)
		case n == 2:
			typeIn(l, canaryPIN)
			l.press("enter")
		case n == 3:
			l.send(tea.PasteMsg{Content: canary + canaryPIN})
		case n < 7:
			l.pass(time.Duration(chance.IntN(1500)) * time.Millisecond)
		case n == 7:
			l.pass(time.Minute)
		case n < 12:
			l.settle()
		case n == 12:
			l.send(ui.Mail(1, kit.Leave{Say: kit.Notice{Text: canary}}, time.Time{}))
		case n == 13:
			typeIn(l, fmt.Sprint(canaryWon))
		default:
			l.press(keys[chance.IntN(len(keys))])
		}
		if l.ended {
			return
		}
	}
	l.settle()
}

func typeIn(l *live, text string) {
	for _, r := range text {
		k, err := uitest.Key(string(r))
		if err != nil {
			panic(err)
		}
		l.send(k)
		if l.ended {
			return
		}
	}
}

// TestEveryMessageOfEveryPageIsListed plays on every page with a bank that
// answers everything: whatever reaches a page has to be listed.
func TestEveryMessageOfEveryPageIsListed(t *testing.T) {
	t.Parallel()
	kinds := map[string]int{}
	for seed := range uint64(6) {
		rec := wandered(t, seed, nil)
		if n := rec.Tail.Manifest.LeftOut["messages"]; n > 0 {
			t.Errorf("seed %d: %d messages are not listed", seed, n)
		}
		for _, s := range rec.Steps {
			kinds[s.Kind]++
		}
	}
	if len(kinds) < 35 {
		t.Errorf("only %d kinds of messages came: the pages were hardly played on", len(kinds))
	}
}

// wandered is the recording of one walk.
func wandered(t *testing.T, seed uint64, look func(*live, *bank), change ...func(*Recorder)) *session.Recording {
	t.Helper()
	var l live
	b := &bank{chance: rand.New(rand.NewPCG(seed, 1)), fails: seed%2 == 1}
	o := banked(t, &l, b)
	r, out := recorder(t, bankedSetting, change...)
	o.Recorder, o.Record = counted{r, &l}, true
	l.begin(o)
	wander(&l, rand.New(rand.NewPCG(seed, 2)), 200)
	if err := r.End(); err != nil {
		t.Fatal(err)
	}
	if look != nil {
		look(&l, b)
	}
	for _, secret := range []string{canary, "kanarie", "카나리", canaryPIN, canaryCode, "6071 8294", "7,654,321", "canary-file"} {
		if len(change) == 0 && bytes.Contains(out.Bytes(), []byte(secret)) {
			at := bytes.Index(out.Bytes(), []byte(secret))
			t.Errorf("seed %d: the file has %q: …%q…", seed, secret, out.Bytes()[max(at-120, 0):min(at+160, out.Len())])
		}
	}
	if at := wholeCanary.FindIndex(out.Bytes()); at != nil && len(change) == 0 {
		t.Errorf("seed %d: the file has the amount: …%q…", seed, out.Bytes()[max(at[0]-120, 0):min(at[1]+60, out.Len())])
	}
	return read(t, out)
}

// wholeCanary is canaryWon by itself: ten times of it is no trace.
var wholeCanary = regexp.MustCompile(fmt.Sprintf("(?:^|[^0-9])%d(?:[^0-9]|$)", canaryWon))

// TestNamesOfTheScenarioAreNotInTheFile looks for everything that the everyday
// scenario calls by a name.
func TestNamesOfTheScenarioAreNotInTheFile(t *testing.T) {
	t.Parallel()
	book, err := generated()
	if err != nil {
		t.Fatal(err)
	}
	page, err := book.Rows(t.Context(), past.Query{}, past.Window{Older: true, Limit: 1 << 20})
	if err != nil || len(page.Rows) < 100 {
		t.Fatal(len(page.Rows), err)
	}
	names := map[string]bool{}
	known := words()
	for _, line := range page.Rows {
		for _, s := range []string{line.Merchant, line.ID, line.Reason, line.Contact, line.Order} {
			if len(s) > 6 && !known(s) {
				names[s] = true
			}
		}
	}
	texts := regexp.MustCompile(`"[^"]*"`)
	for _, s := range someSession(t).Steps {
		for _, text := range texts.FindAllString(string(s.Body), -1) {
			for part := range strings.FieldsFuncSeq(strings.Trim(text, `"`), func(r rune) bool { return strings.ContainsRune(":+/=&,", r) }) {
				if names[part] {
					t.Errorf("%q is in a %s", part, s.Kind)
				}
			}
		}
	}
}

// TestDigitsOfAPINLeaveNoTrace: two sessions that differ in the PIN alone
// write the same keys.
func TestDigitsOfAPINLeaveNoTrace(t *testing.T) {
	t.Parallel()
	written := func(pin string) string {
		var l live
		b := &bank{chance: rand.New(rand.NewPCG(1, 1))}
		o := banked(t, &l, b)
		o.Touch = nil // the PIN is asked for at once
		r, out := recorder(t, bankedSetting)
		o.Recorder, o.Record = counted{r, &l}, true
		l.begin(o)
		l.send(tea.WindowSizeMsg{Width: 80, Height: 24})
		l.press("f4")
		typeIn(&l, pin)
		l.send(tea.PasteMsg{Content: pin})
		l.send(tea.KeyPressMsg{Code: tea.KeyKp0 + rune(pin[0]-'0')})
		l.send(tea.KeyPressMsg{Text: "９" + pin[:1], Code: '９'})
		l.press("enter")
		l.settle()
		if err := r.End(); err != nil {
			t.Fatal(err)
		}
		if b.pins == 0 {
			t.Error("no PIN was tried")
		}
		var keys strings.Builder
		for _, s := range read(t, out).Steps {
			if s.Kind == "key" || s.Kind == "paste" {
				fmt.Fprintf(&keys, "%s\n", s.Body)
			}
		}
		return keys.String()
	}
	if a, b := written("135790"), written("246813"); a != b {
		t.Errorf("%s\n---\n%s", a, b)
	}
}

// TestEveryPageIsReplayedAsItWas compares frames on all pages, PINs included.
func TestEveryPageIsReplayedAsItWas(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		var frames []tea.View
		var reg *session.Registry
		rec := wandered(t, seed, func(l *live, _ *bank) { frames = l.frames }, keepAll, func(r *Recorder) { reg = r.reg })
		p, err := open(reg, rec)
		if err != nil {
			t.Fatal(err)
		}
		got := shown(p)
		for n := range min(len(frames), len(got)) {
			if string(sum(frames[n])) != string(got[n].Hash[:]) {
				t.Fatalf("seed %d, frame %d (%s, gap %v):\n%s\n--- replayed:\n%s", seed, n, p.Info(n).Kind, p.Info(n).Gap, frames[n].Content, got[n].Content)
			}
		}
	}
}
