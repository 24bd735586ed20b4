package confirm_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/ui/confirm"
	"jandon/ui/kit/kittest"
)

func (s *screen) sees(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(s.Text(), text) {
			t.Errorf("%q is not on the screen:\n%s", text, s.Text())
		}
	}
}

func (s *screen) misses(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(s.Text(), text) {
			t.Errorf("%q is on the screen:\n%s", text, s.Text())
		}
	}
}

// calm lets the moment pass after which a question takes answers.
func (s *screen) calm() { s.clock.Advance(time.Second) }

func TestTheQuestionIsDrawnFromTheChallengeAlone(t *testing.T) {
	t.Parallel()
	b := won(act.NeedPIN)
	b.act.Legs[0].Payee.Name, b.act.Legs[0].Net, b.act.Amount = "Somebody else", money.Won(99), money.Won(77_777)
	s := open(t, b, 80, 24)
	s.sees(t, "Kim Minji", "110-***-4567", "₩10,000", "₩2,500", "₩500", "₩13,000", "a-k3j4", "https://wallet.example", "left", "Cash out")
	s.misses(t, "Somebody else", "₩77,777", "₩99")
}

func TestRightPINConfirmsOnce(t *testing.T) {
	t.Parallel()
	s := open(t, won(act.NeedPIN), 80, 24)
	s.calm()
	s.Type("２８４７５")  // an input method's digits
	s.Press("enter") // too short
	s.Type("19")
	s.Press("backspace", "enter", "enter")
	if !slices.Equal(s.answers, []string{rightPIN}) {
		t.Fatalf("it was answered with %q", s.answers)
	}
	s.sees(t, "Under way · receipt 3F6F-CD6C", "in 30 s", "in 1 min")
	s.clock.Advance(11 * time.Second)
	s.sees(t, "in 19 s")
	s.arrive(2)
	s.clock.Advance(time.Minute)
	s.sees(t, "Done · receipt 3F6F-CD6C", "arrived")
	reads := s.reads
	s.clock.Advance(4 * time.Minute)
	if s.reads != reads || s.clock.Waiting() != 1 {
		t.Errorf("it goes on asking about what is done; %d timers run, want the minute's alone", s.clock.Waiting())
	}
}

func TestTypedAheadKeysCannotConfirm(t *testing.T) {
	t.Parallel()
	for _, need := range []act.Need{act.NeedPIN, act.NeedCode} {
		s := open(t, won(need), 80, 24)
		for range 40 { // keys that come one after the other, for six seconds
			s.clock.Advance(150 * time.Millisecond)
			s.Press("y", "2", "8", "4", "7", "5", "1", "enter")
		}
		if len(s.answers) > 0 || s.asked != 1 {
			t.Fatalf("%s: keys typed ahead answered %q", need, s.answers)
		}
		s.calm()
		s.misses(t, "•")
		if need == act.NeedCode {
			s.Press("y")
		} else {
			s.confirm()
		}
		if len(s.answers) != 1 {
			t.Errorf("%s: after a moment without keys it takes no answer", need)
		}
	}
}

func TestOnlyYesIsYes(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"enter", "n", "esc", "Y", "space", "down", "right", "tab", "1", "ㅜ"} {
		s := open(t, won(act.NeedCode), 80, 24)
		s.calm()
		s.Press(key, "enter")
		if len(s.answers) > 0 {
			t.Errorf("%s confirmed", key)
		}
	}
	s := open(t, won(act.NeedCode), 80, 24)
	s.calm()
	s.Press("ㅛ") // the same key on a Korean layout
	if !slices.Equal(s.answers, []string{"-"}) {
		t.Errorf("y answered %q, want an answer without a PIN", s.answers)
	}
	s = open(t, won(act.NeedCode), 80, 24)
	s.calm()
	s.Press("n")
	s.sees(t, "the page below", "It waits until 20:10")
}

func TestNothingThatConfirmsIsClickableOrPasted(t *testing.T) {
	t.Parallel()
	for _, need := range []act.Need{act.NeedPIN, act.NeedCode} {
		s := open(t, won(need), 80, 24)
		s.calm()
		s.Send(tea.PasteMsg{Content: rightPIN})
		s.Send(tea.PasteMsg{Content: "y"})
		for y := 2; y < 24; y++ {
			for x := 0; x < 80; x += 8 {
				s.Send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
				s.Send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
			}
		}
		if need == act.NeedPIN {
			s.Press("enter")
		}
		if len(s.answers) > 0 || s.canceled > 0 {
			t.Errorf("%s: the mouse or a paste answered %q", need, s.answers)
		}
	}
}

func TestHiddenAmountsCannotBeConfirmed(t *testing.T) {
	t.Parallel()
	for _, need := range []act.Need{act.NeedPIN, act.NeedCode} {
		s := open(t, won(need), 80, 24)
		s.calm()
		s.Press("f3")
		s.misses(t, "₩")
		s.sees(t, "Press H")
		s.calm()
		s.Press("y", "2", "8", "4", "7", "5", "1")
		s.calm()
		s.Press("H")
		s.Press("y")
		if len(s.answers) > 0 {
			t.Fatalf("%s: it was confirmed unseen", need)
		}
		s.sees(t, "₩13,000")
		s.calm()
		s.Press("y")
		if need == act.NeedPIN {
			s.confirm()
		}
		if len(s.answers) != 1 {
			t.Errorf("%s: what is shown again can't be confirmed", need)
		}
	}
}

func TestWhatIsBelowTheWindowHasToBeReadFirst(t *testing.T) {
	t.Parallel()
	b := won(act.NeedPIN)
	for i := range 9 {
		b.q.Parts = append(b.q.Parts, act.Part{Amount: money.Won(1), Payee: act.Payee{Name: fmt.Sprint("Payee ", i), ID: fmt.Sprint("p-", i)}})
	}
	s := open(t, b, 40, 16)
	s.calm()
	s.Type(rightPIN)
	s.Press("enter")
	s.sees(t, "There is more to read")
	if len(s.answers) > 0 {
		t.Fatal("it was confirmed half read")
	}
	for range 40 {
		s.Press("down")
	}
	s.sees(t, "Payee 8", "₩13,000", "PIN")
	s.Type(rightPIN)
	s.Press("enter")
	if len(s.answers) != 1 {
		t.Errorf("read to its end it takes no answer:\n%s", s.Text())
	}
}

func TestPayeeNameTheFilterWouldChangeCannotBeConfirmed(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Kim\u202eijniM", "Kim\x1b[2J", "a\u200bb", "Kim  Minji"} {
		b := won(act.NeedPIN)
		b.q.Parts[0].Payee.Name = name
		s := open(t, b, 80, 24)
		s.calm()
		s.sees(t, "This can't be confirmed now")
		s.confirm()
		if len(s.answers) > 0 {
			t.Errorf("%q was confirmed", name)
		}
	}
}

func TestLookAlikeNamesCarryABadge(t *testing.T) {
	t.Parallel()
	b := won(act.NeedPIN)
	b.q.Parts[0].Payee.Name = "Рaypal" // its first letter is Cyrillic
	s := open(t, b, 80, 24)
	s.sees(t, "letters of different alphabets")
	s = open(t, won(act.NeedPIN), 80, 24)
	s.misses(t, "letters of different alphabets")
}

func TestWrongCodeClearsTheFieldAndSaysNoMoreThanThePlatform(t *testing.T) {
	t.Parallel()
	s := open(t, won(act.NeedPIN), 80, 24)
	s.calm()
	s.Type("111111")
	s.Press("enter")
	s.sees(t, "This was not confirmed.", "₩13,000")
	s.misses(t, "•", "tries left", "2 ")
	s.Type(rightPIN) // before the moment has passed
	s.Press("enter")
	if len(s.answers) != 1 {
		t.Error("keys typed ahead of the answer count")
	}
	s.calm()
	s.confirm()
	s.sees(t, "receipt 3F6F-CD6C")
	if s.asked != 1 {
		t.Errorf("%d questions were asked for one challenge", s.asked)
	}
}

// The wrong code that makes the device wait says until when, and what helps: no
// other PIN is asked for meanwhile.
func TestTheFifthWrongCodeSaysUntilWhen(t *testing.T) {
	t.Parallel()
	b := won(act.NeedPIN)
	s := open(t, b, 80, 24)
	until := s.clock.Now().Add(15 * time.Minute)
	b.confErr = fault.New(fault.WrongCode, "until", until.UTC().Format(time.RFC3339), "seconds", "900")
	s.calm()
	s.Type("111111")
	s.Press("enter")
	s.sees(t, "this device has to wait until", "Nothing was moved", "PIN lost? Register it again")
	s.misses(t, "This was not confirmed.", "PIN  ")
}

func TestAnExpiredQuestionIsAskedAnew(t *testing.T) {
	t.Parallel()
	s := open(t, won(act.NeedPIN), 80, 24)
	s.clock.Advance(102 * time.Second)
	s.sees(t, "0:18 left")
	s.Type("2847")
	s.clock.Advance(20 * time.Second)
	s.sees(t, "The time to confirm is over", "Nothing was moved")
	s.Type("51")
	s.Press("enter")
	if len(s.answers) > 0 {
		t.Fatal("an expired question was answered")
	}
	s.Press("a")
	s.sees(t, "2:00 left")
	s.misses(t, "•")
	s.calm()
	s.confirm()
	if s.asked != 2 || len(s.answers) != 1 {
		t.Errorf("%d questions, answers %q", s.asked, s.answers)
	}
}

// A question whose tries are used up, or that was asked anew elsewhere, is
// refused with the same code as a late one; its time is not what ended it.
func TestAVoidQuestionWithTimeLeftIsNotCalledLate(t *testing.T) {
	t.Parallel()
	s := open(t, won(act.NeedPIN), 80, 24)
	s.confErr = fault.New(fault.ChallengeExpired)
	s.calm()
	s.confirm()
	s.sees(t, "This question is void", "Nothing was moved", "a ask again")
	s.misses(t, "The time to confirm is over")
}

// A day between the clocks changes nothing about the seconds left.
func TestSecondsLeftGoByThePlatformsClock(t *testing.T) {
	t.Parallel()
	for _, apart := range []time.Duration{-24 * time.Hour, 24 * time.Hour} {
		b := won(act.NeedPIN)
		s := &screen{bank: b}
		o := s.options("en")
		b.now = func() time.Time { return s.clock.Now().Add(apart) }
		show(t, b, o, s, 80, 24)
		s.clock.Advance(30 * time.Second)
		s.sees(t, "1:30 left")
	}
}

// The shell looks at the clock once a minute while nothing moves; a question
// that comes late in it has no less time for that.
func TestAQuestionLateInTheMinuteHasItsWholeTime(t *testing.T) {
	t.Parallel()
	b := won(act.NeedPIN)
	s := &screen{bank: b}
	o := s.options("en")
	b.now = s.clock.Now
	show(t, b, o, s, 80, 24)
	s.Press("esc")
	s.clock.Advance(45 * time.Second)
	s.Press("enter")
	s.sees(t, "2:00 left")
	s.clock.Advance(time.Second)
	s.sees(t, "1:58 left") // less by a part of a second, never more than there is
	s.clock.Advance(28 * time.Second)
	s.sees(t, "1:30 left")
}

// The platform's answer may be what tells a computer that its clock is a day
// off: the question that came with it has its two minutes all the same.
func TestAQuestionThatSetsTheClockHasItsTime(t *testing.T) {
	t.Parallel()
	for _, by := range []time.Duration{-24 * time.Hour, 24 * time.Hour} {
		b := won(act.NeedPIN)
		s := &screen{bank: b}
		o := s.options("en")
		var off time.Duration
		o.Clock.Now = func() time.Time { return s.clock.Now().Add(off) }
		b.now = s.clock.Now
		show(t, b, o, s, 80, 24)
		s.Press("esc")
		s.Press("enter")
		off = by
		s.clock.Advance(time.Second)
		s.clock.Advance(29 * time.Second)
		s.sees(t, "1:29 left") // the first sign of the clock came within a second
	}
}

// TestPINLeavesNoTrace looks for the PIN in whatever could print a page, a
// message or a frame while it is typed and after.
func TestPINLeavesNoTrace(t *testing.T) {
	t.Parallel()
	const secret = "908172635544"
	b := won(act.NeedPIN)
	d := kittest.Start(confirm.New(kittest.Env("en"), b, "act-1"), 80, 20)
	var out strings.Builder
	look := func(what any) {
		fmt.Fprintf(&out, "%v %+v %#v\n", what, what, what)
		encoded, _ := json.Marshal(what)
		out.Write(encoded)
		slog.New(slog.NewJSONHandler(&out, nil)).Error("x", "what", what)
		func() {
			defer func() { fmt.Fprint(&out, recover(), string(debug.Stack())) }()
			panic(what)
		}()
	}
	d.Late()
	for _, r := range secret {
		d.Type(string(r))
		look(d.Page)
		out.WriteString(d.Frame())
	}
	var messages []tea.Msg
	cmd := d.Page.Update(t.Context(), tea.KeyPressMsg{Code: tea.KeyEnter})
	messages = append(messages, cmd())
	look(messages)
	look(d.Page)
	if !slices.Equal(b.answers, []string{secret}) {
		t.Fatalf("it was answered with %q", b.answers)
	}
	for _, form := range []string{secret, secret[:8], "57 48 56 49", "57,48,56,49", "3930383137"} {
		if strings.Contains(out.String(), form) {
			t.Errorf("%q is in what was printed", form)
		}
	}
}

// What a newer platform asks for without a name that is known here gets the most.
func TestAnUnknownNeedAsksForThePIN(t *testing.T) {
	t.Parallel()
	s := open(t, won("fingerprint"), 80, 24)
	s.calm()
	s.Press("y")
	s.sees(t, "PIN  _ _ _")
	s.confirm()
	if !slices.Equal(s.answers, []string{rightPIN}) {
		t.Errorf("it was answered with %q", s.answers)
	}
}

// A window that changes in the middle of an answer keeps what is typed, and who
// is paid how much in sight.
func TestAnotherSizeInTheMiddleKeepsTheSumsInSight(t *testing.T) {
	t.Parallel()
	for _, to := range [][2]int{{60, 20}, {40, 16}, {120, 40}, {80, 24}} {
		s := open(t, won(act.NeedPIN), 80, 24)
		s.calm()
		s.Type(rightPIN[:3])
		s.Send(tea.WindowSizeMsg{Width: to[0], Height: to[1]})
		s.sees(t, "Kim Minji", "₩13,000", "PIN  • • • _ _ _")
		s.calm()
		s.Type(rightPIN[3:])
		s.Press("enter")
		if !slices.Equal(s.answers, []string{rightPIN}) {
			t.Errorf("%v: it was answered with %q", to, s.answers)
		}
	}
}
