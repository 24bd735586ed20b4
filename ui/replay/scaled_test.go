package replay

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"jandon/internal/session"
	"jandon/ui"
)

// cashOut is a session of somebody who tries amounts and ways, splits one by
// hand, and confirms it.
func cashOut(t testing.TB, l *live, o ui.Options) *session.Recording {
	t.Helper()
	r, out := recorder(t, everydaySetting)
	o.Recorder, o.Record = counted{r, l}, true
	l.begin(o)
	l.send(tea.WindowSizeMsg{Width: 170, Height: 60})
	do := func(keys ...string) {
		for _, k := range keys {
			l.press(k)
			l.settle()
			l.pass(400 * time.Millisecond)
			l.settle()
		}
	}
	do("6", "1", "3", "7", "7", "7", "enter", "right", "right", "left", "t", "backspace", "backspace", "9", "9", "+", "a", "esc")
	l.send(tea.PasteMsg{Content: "₩2,345"})
	do("7", "+", "-", "enter", "c", "right", "left", "esc", "e", "down", "enter", "5", "0", "0", "1", "enter", "down", "+", "+", "-", "m", "x", "x", "b", "e", "enter")
	do("ctrl+u", "6", "0", "0", "0", "enter", "esc", "enter", "n", "b", "left", "enter")
	l.pass(time.Second)
	do("y", "H", "H", "y")
	l.pass(time.Second)
	do("y", "down", "esc", "esc", "tab", "enter", "esc")
	if err := r.End(); err != nil {
		t.Fatal(err)
	}
	return read(t, out)
}

// stepKeys are the keys whose names have an amount in them; sentences have such
// amounts, too, but with their currency.
var stepKeys = regexp.MustCompile(`[+-] 1,000 (?:더|덜|more|less)`)

// amountsIn are amounts. That 원 stands behind a digit says nothing: it is also a
// syllable of names, and of those that take their place.
var amountsIn = regexp.MustCompile(`₩[0-9,]+|[0-9]{1,3}(?:,[0-9]{3})+`)

// sums are the amounts of a frame, by size: longer ones may go to another line.
func sums(content string) (list []int64) {
	for _, s := range amountsIn.FindAllString(stepKeys.ReplaceAllString(ansi.Strip(content), ""), -1) {
		n, err := strconv.ParseInt(strings.TrimPrefix(strings.ReplaceAll(s, ",", ""), "₩"), 10, 64)
		if err == nil {
			list = append(list, n)
		}
	}
	slices.Sort(list)
	return list
}

// lists are the pages that have more lines than a window.
var lists = map[string]bool{"history": true, "audit": true, "review": true, "pace": true}

// scale compares frames that were seen with those of a redacted replay: all
// amounts have to be the same multiple of what they were, on the same page. It
// is the factor; 0 if there was nothing to compare. What lies behind a panel is
// not compared: it covers parts of amounts.
func scale(seen []tea.View, p *Player) (factor int64, err error) {
	at := 0
	for n := range p.Len() {
		info := p.Info(n)
		if info.Kind == "clock" || strings.HasPrefix(info.Kind, workKind) {
			continue
		}
		if at == len(seen) || info.Gap != nil {
			return factor, fmt.Errorf("frame %d of %d: %w", at, len(seen), info.Gap)
		}
		was, is := sums(seen[at].Content), sums(p.Frame(n).Content)
		same := len(was) == len(is)
		for i := 0; same && i < len(was); i++ {
			if factor == 0 && was[i] > 0 { // the first frames have enough to tell
				factor = is[i] / was[i]
			}
			same = is[i] == factor*was[i]
		}
		if !same && factor > 0 && lists[info.Page] { // a longer sentence may push a line out
			same = !slices.ContainsFunc(is, func(n int64) bool { return n%factor != 0 || !slices.Contains(was, n/factor) })
		}
		if !same && !info.Covered {
			return factor, fmt.Errorf("frame %d (%s), factor %d: %v became %v\n%s\n--- replayed:\n%s", n, info.Kind, factor, was, is,
				ansi.Strip(seen[at].Content), ansi.Strip(p.Frame(n).Content))
		}
		at++
	}
	if at != len(seen) {
		return factor, fmt.Errorf("%d frames of %d", at, len(seen))
	}
	return factor, nil
}

// TestARedactedCashOutIsTheOneThatWasSeen replays a cash-out whose amounts were
// multiplied: each frame is the one that was seen, all amounts times one factor.
func TestARedactedCashOutIsTheOneThatWasSeen(t *testing.T) {
	t.Parallel()
	var l live
	o, _ := tellered(t, &l)
	rec := cashOut(t, &l, o)
	p, err := Open(rec)
	if err != nil {
		t.Fatal(err)
	}
	k, err := scale(l.frames, p)
	if err != nil {
		t.Fatal(err)
	}
	if k < 2 || k > 9 {
		t.Errorf("the factor is %d", k)
	}
	if d, known, err := p.Verify(); d != nil || !known || err != nil || p.Gaps() > 0 {
		t.Errorf("%v %v %d gaps, %+v", known, err, p.Gaps(), d)
	}
	receipt := slices.ContainsFunc(l.frames, func(v tea.View) bool { return strings.Contains(ansi.Strip(v.Content), "3F6F-CD6C") })
	if n := rec.Tail.Manifest.LeftOut["messages"]; n > 0 || !receipt {
		t.Errorf("%d messages are not listed; a receipt was shown: %v", n, receipt)
	}
}

// TestAnyRedactedSessionIsTheOneThatWasSeen plays at random on all pages.
func TestAnyRedactedSessionIsTheOneThatWasSeen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		var l live
		o, _ := tellered(t, &l)
		r, out := recorder(t, everydaySetting)
		o.Recorder, o.Record = counted{r, &l}, true
		l.begin(o)
		l.send(tea.WindowSizeMsg{Width: 200, Height: 80})
		keys := append([]string{"6", "6", "7", "c", "e", "m", "+", "-", "x", "0", "5", "9", "enter", "enter", "y"}, everyKey...)
		for range rapid.IntRange(20, 80).Draw(rt, "steps") {
			switch rapid.IntRange(0, 9).Draw(rt, "what") {
			case 0:
				l.pass(rapid.SampledFrom([]time.Duration{301 * time.Millisecond, time.Second, time.Minute}).Draw(rt, "wait"))
			case 1, 2, 3:
				l.settle()
			default:
				l.press(rapid.SampledFrom(keys).Draw(rt, "key"))
			}
			if l.ended {
				return
			}
		}
		l.settle()
		if err := r.End(); err != nil {
			rt.Fatal(err)
		}
		p, err := Open(read(t, out))
		if err != nil {
			rt.Fatal(err)
		}
		if _, err := scale(l.frames, p); err != nil {
			rt.Fatal(err)
		}
		if d, known, err := p.Verify(); d != nil || !known || err != nil {
			rt.Fatalf("%v, %v: %+v", err, known, d)
		}
	})
}
