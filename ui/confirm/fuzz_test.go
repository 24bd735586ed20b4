package confirm_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/safe"
)

// hostile are names as they come through the filter at decoding.
var hostile = []string{
	"Kim Minji", "한글 아주 긴 이름의 받는 사람 " + strings.Repeat("가", 150), safe.Text(strings.Repeat("x", 400)), "Рaypal", safe.Text("z̷̢̛̤̲̱̈́̀͂͐a̸l̶g̴o̵"), "ﷺ", "",
}

// TestEveryFrameFitsItsWindow plays at random with acts, answers, keys, sizes
// and time; whatever comes, nothing is confirmed without what confirms.
func TestEveryFrameFitsItsWindow(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		b := won(rapid.SampledFrom([]act.Need{act.NeedCode, act.NeedPIN}).Draw(rt, "need"))
		for i := range rapid.IntRange(0, 10).Draw(rt, "parts") {
			who := act.Payee{Name: rapid.SampledFrom(hostile).Draw(rt, "name"), ID: rapid.SampledFrom([]string{"", "p-1", strings.Repeat("9", 64)}).Draw(rt, "id")}
			b.q.Parts = append(b.q.Parts, act.Part{Amount: money.Won(int64(i) * 1_000_000_007), Payee: who})
			b.act.Legs = append(b.act.Legs, act.Leg{ID: fmt.Sprint(i), Rail: "x", Payee: who, Amount: money.Won(7), Net: money.Won(6), Fee: money.Won(1)})
		}
		b.q.Server = "https://" + strings.Repeat("long.", rapid.IntRange(0, 30).Draw(rt, "server")) + "example"
		if rapid.Bool().Draw(rt, "trust") {
			b.q.Amount.Currency, b.act.Amount.Currency, b.act.Legs = "", "", nil
			b.act.Subject, b.act.Action, b.q.Action = act.Payee{Name: rapid.SampledFrom(hostile).Draw(rt, "subject")}, act.AddDevice, act.AddDevice
		}
		size := func() (int, int) {
			return rapid.SampledFrom([]int{0, 1, 19, 20, 33, 40, 59, 60, 80, 120}).Draw(rt, "w"), rapid.SampledFrom([]int{0, 1, 5, 6, 9, 12, 16, 20, 24, 40}).Draw(rt, "h")
		}
		w, h := size()
		s := &screen{bank: b}
		o := s.options(rapid.SampledFrom([]string{"en", "ko"}).Draw(rt, "lang"))
		o.Mono = rapid.Bool().Draw(rt, "mono")
		show(t, b, o, s, w, h)
		legal := 0
		for range rapid.IntRange(1, 8).Draw(rt, "steps") {
			before := len(b.answers)
			yes := false
			switch rapid.IntRange(0, 8).Draw(rt, "what") {
			case 0:
				w, h = size()
				s.Send(tea.WindowSizeMsg{Width: w, Height: h})
			case 1:
				s.clock.Advance(rapid.SampledFrom([]time.Duration{100 * time.Millisecond, time.Second, time.Minute, 10 * time.Minute}).Draw(rt, "wait"))
			case 2:
				f := rapid.SampledFrom([]error{nil, fault.New(fault.UnknownOutcome, "url", "u"), fault.New(fault.WrongCode), fault.New(fault.Paused, "until", "x"), fault.New(fault.TooLate)}).Draw(rt, "fault")
				*rapid.SampledFrom([]*error{&b.actErr, &b.askErr, &b.confErr}).Draw(rt, "of") = f
				b.done = rapid.Bool().Draw(rt, "done")
			case 3:
				b.act.State = rapid.SampledFrom([]act.State{act.Waiting, act.Review, act.Going, act.Done, act.Partly, act.Returned, act.Canceled, act.Lapsed}).Draw(rt, "state")
			case 4:
				s.Type(rightPIN)
			case 5:
				s.Send(tea.MouseClickMsg{X: rapid.IntRange(0, 120).Draw(rt, "x"), Y: rapid.IntRange(0, 40).Draw(rt, "y"), Button: tea.MouseLeft})
			default:
				key := rapid.SampledFrom([]string{"enter", "y", "n", "esc", "x", "a", "r", "end", "down", "up", "pgdown", "home", "backspace", "H", "f3", "f4", "f6", "?", "1", "ㅛ"}).Draw(rt, "key")
				yes = key == "enter" || key == "y" || key == "ㅛ"
				s.Press(key)
			}
			if len(b.answers) > before {
				legal++
				if !yes || len(b.answers) > before+1 {
					rt.Fatalf("it was confirmed by something else: %q", b.answers)
				}
			}
			if err := s.Check(); err != nil {
				rt.Fatalf("%d×%d: %v\n%s", w, h, err, s.Text())
			}
		}
		if legal != len(b.answers) {
			rt.Fatalf("%d answers, %d by a key", len(b.answers), legal)
		}
	})
}
