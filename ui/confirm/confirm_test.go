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
	if s.reads != reads {
		t.Error("it goes on asking about what is done")
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
	s = open(t, won(act.NeedPIN), 80, 24)
	s.confErr = fault.New(fault.ChallengeExpired)
	s.calm()
	s.confirm()
	s.sees(t, "The time to confirm is over", "a ask again")
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

func TestLeavingDoesNotCancelTheWrite(t *testing.T) {
	t.Parallel()
	s := open(t, won(act.NeedPIN), 80, 24)
	s.calm()
	s.during = func() {
		s.sees(t, "") // whatever is on the screen
		s.Press("esc")
		if s.live.Err() != nil {
			t.Error("leaving cancelled the confirmation")
		}
	}
	s.confirm()
	if s.live == nil || s.live.Err() != nil || s.act.State != act.Going {
		t.Fatal("the confirmation did not go through")
	}
	s.sees(t, "the page below", "Cash out: Under way")
}

func TestALostAnswerIsAskedForUntilItIsKnownAndNeverCalledFailed(t *testing.T) {
	t.Parallel()
	for _, code := range []fault.Code{fault.UnknownOutcome, fault.Unreachable, fault.TimedOut} {
		b := won(act.NeedPIN)
		b.confErr, b.done = fault.New(code, "url", "https://wallet.example"), true
		b.during = func() { b.actErr = fault.New(fault.Unreachable, "url", "https://wallet.example") }
		s := open(t, b, 80, 24)
		s.calm()
		s.confirm()
		for range 5 {
			s.sees(t, "Unknown: checking")
			s.misses(t, "Failed", "failed", "Try", "ask again")
			s.Press("a", "y", "x", "enter")
			s.clock.Advance(20 * time.Second)
		}
		if len(s.answers) != 1 || s.canceled > 0 || s.asked != 1 {
			t.Fatalf("%s: something was started again: %q", code, s.answers)
		}
		s.actErr = nil
		s.clock.Advance(40 * time.Second)
		s.sees(t, "Under way · receipt 3F6F-CD6C")
	}
}

func TestALostConfirmationThatNeverArrivedIsAskedAnew(t *testing.T) {
	t.Parallel()
	b := won(act.NeedPIN)
	b.confErr = fault.New(fault.UnknownOutcome, "url", "https://wallet.example")
	s := open(t, b, 80, 24)
	s.calm()
	s.confirm()
	s.sees(t, "Nothing was confirmed", "a ask again")
	s.confErr = nil
	s.Press("a")
	s.calm()
	s.confirm()
	s.sees(t, "Under way")
	if s.asked != 2 {
		t.Errorf("%d questions: the old one was not made void", s.asked)
	}
}

func TestALostAnswerOfALeftPageSaysWhereToLook(t *testing.T) {
	t.Parallel()
	b := won(act.NeedPIN)
	s := open(t, b, 80, 24)
	b.confErr = fault.New(fault.UnknownOutcome, "url", "https://wallet.example")
	b.during = func() { s.Press("esc") }
	s.calm()
	s.confirm()
	s.sees(t, "Your acts will show what happened")
	s.misses(t, "Failed")
}

func TestWhatThePlatformRefusesIsExplained(t *testing.T) {
	t.Parallel()
	at := kittest.Now().Add(15 * time.Minute).UTC().Format(time.RFC3339)
	for code, want := range map[fault.Code][]string{
		fault.DevicePaused:     {"until 20:15", "remove this device from another one", "a ask again", "x cancel it"},
		fault.DeviceBlocked:    {"can do nothing any more", "Register it again"},
		fault.DeviceRevoked:    {"This can't be confirmed now"},
		fault.Paused:           {"until 20:15", "Limits"},
		fault.ChallengeDiffers: {"This can't be confirmed now", "Nothing was"},
		fault.BadChallenge:     {"This can't be confirmed now"},
	} {
		for _, when := range []string{"asking", "answering"} {
			b := won(act.NeedPIN)
			f := fault.New(code, "until", at, "field", "amount")
			if when == "asking" {
				b.askErr = f
			} else {
				b.confErr = f
			}
			s := open(t, b, 80, 24)
			s.calm()
			s.confirm()
			s.sees(t, want...)
			s.sees(t, "Cash out", "₩13,000")
			b.askErr, b.confErr = nil, nil
			s.Press("a")
			s.calm()
			s.sees(t, "PIN  _ _ _")
		}
	}
}

func TestAnActThatWentOnIsShownAsItIs(t *testing.T) {
	t.Parallel()
	b := won(act.NeedPIN)
	b.askErr = fault.New(fault.TooLate)
	s := open(t, b, 80, 24)
	s.sees(t, "This can't be confirmed now") // it waits, and yet it is too late: that is said once, not asked for ever
	if s.asked != 2 {
		t.Errorf("it was asked %d times", s.asked)
	}
	b = won(act.NeedPIN)
	s = open(t, b, 80, 24)
	s.calm()
	b.confErr, b.done = fault.New(fault.TooLate), true
	s.confirm()
	s.sees(t, "Under way")
	b = won(act.NeedPIN)
	b.act.State = act.Lapsed
	open(t, b, 80, 24).sees(t, "Lapsed", "Nothing was moved")
}

func TestReviewSaysWhyUntilWhenAndHowToStopIt(t *testing.T) {
	t.Parallel()
	b := won(act.NeedReview)
	b.act.State = act.Review
	s := open(t, b, 80, 24)
	s.sees(t, "Paused to be looked at", "Until 20:10 (in 10 min)", "Why", "x cancel it", "Limits")
	if s.asked > 0 {
		t.Error("a question was asked")
	}
	s.act.State, s.act.Need, s.q.Need = act.Waiting, act.NeedPIN, act.NeedPIN // it was released
	s.clock.Advance(31 * time.Second)
	s.sees(t, "PIN  _ _ _")
	s.calm()
	s.Press("x")
	s.sees(t, "Cancelled", "What it held is free again")
	if s.canceled != 1 {
		t.Errorf("it was cancelled %d times", s.canceled)
	}
}

func TestReturnedLegsSayWhyAndThatTheValueIsBack(t *testing.T) {
	t.Parallel()
	s := open(t, won(act.NeedPIN), 80, 24)
	s.calm()
	s.confirm()
	s.arrive(1)
	s.clock.Advance(time.Minute)
	s.sees(t, "Partly returned", "₩10,000 arrived; ₩2,500 came back", "came back 20:0", "₩2,500 is back where it was taken from")
}

func TestTheLockDropsAQuestionAndThePINAsksItAnew(t *testing.T) {
	t.Parallel()
	s := open(t, won(act.NeedPIN), 80, 24)
	s.calm()
	s.Type("2847")
	s.Press("f4")
	s.misses(t, "Kim Minji", "•")
	s.Type(rightPIN)
	s.Press("enter")
	s.sees(t, "Kim Minji", "PIN  _ _ _ _ _ _")
	if s.asked != 2 || len(s.answers) > 0 {
		t.Errorf("%d questions, answers %q", s.asked, s.answers)
	}
}

func TestAStepUpAsksForThePINAndThenTheQuestion(t *testing.T) {
	t.Parallel()
	b := won(act.NeedCode)
	b.askErr = fault.New(fault.StepUpRequired)
	s := open(t, b, 80, 24)
	s.sees(t, "This needs your PIN. It opens")
	b.askErr = nil
	s.Type(rightPIN)
	s.Press("enter")
	s.sees(t, "Confirm exactly this?")
	if s.opens != 1 || len(s.answers) > 0 {
		t.Errorf("after %d PINs it was answered with %q", s.opens, s.answers)
	}
	s.Press("y") // the same burst of keys that typed the PIN
	if len(s.answers) > 0 {
		t.Error("a key typed ahead confirmed")
	}
}

func TestAnActOfTrustSaysWhatItIsAndWhatToBewareOf(t *testing.T) {
	t.Parallel()
	s := open(t, link(), 80, 24)
	s.sees(t, "Link a destination", "This moves no value", "Kim Minji", "110-***-4567", "Only link what is yours")
	s.misses(t, "₩", "leaves your balance")
	s.calm()
	s.confirm()
	s.sees(t, "Under way")
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
	for _, form := range []string{secret, secret[:4], "57 48 56", "57,48,56", "39303831"} {
		if strings.Contains(out.String(), form) {
			t.Errorf("%q is in what was printed", form)
		}
	}
}
