package confirm_test

import (
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/ui/kit/kittest"
)

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

// Digits that go on after Enter are a PIN's still: they are no keys of the
// page, and a recording hears that something secret was typed.
func TestDigitsBehindThePINDoNothing(t *testing.T) {
	t.Parallel()
	s := open(t, won(act.NeedPIN), 80, 24)
	s.calm()
	s.during = func() {
		s.Press("1", "2", "a", "q")
		s.sees(t, "Confirming")
		if s.live.Err() != nil {
			t.Error("a digit behind the PIN left the page")
		}
	}
	s.confirm()
	if s.act.State != act.Going {
		t.Fatal("the confirmation did not go through")
	}
	s.sees(t, "Under way · receipt 3F6F-CD6C")
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
	s.calm()
	s.Press("y")
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
	s.sees(t, "Link a destination", "This moves no value", "Kim Minji", "110-***-4567", "To be paid by ", "Only link what is yours")
	s.misses(t, "₩", "leaves your balance")
	s.calm()
	s.confirm()
	s.sees(t, "Under way")
}

// What changed how the platform takes other acts says what holds now.
func TestTheEndSaysWhatHoldsNow(t *testing.T) {
	t.Parallel()
	for action, x := range map[act.Action]struct{ subject, say string }{
		act.LowerLevel: {"standard", "The level is Standard now: small acts pass"},
		act.Resume:     {"2026-11-25", "Value moves again."},
	} {
		b := won(act.NeedPIN)
		b.act.Action, b.act.Subject, b.act.State = action, act.Payee{Name: "Simulated", ID: x.subject}, act.Done
		open(t, b, 80, 24).sees(t, x.say)
	}
}
