package ui_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
	"jandon/ui"
	"jandon/ui/kit"
)

// demoPIN is what the tests' platform takes.
const demoPIN = "284751"

// keeper is a platform that checks PINs, and what the client keeps meanwhile.
type keeper struct {
	open  bool
	tries int
	err   error // instead of checking
}

func (k *keeper) unlock(_ context.Context, pin kit.PIN) error {
	k.tries++
	right := false
	pin.Expose(func(b []byte) { right = string(b) == demoPIN })
	switch {
	case k.err != nil:
		return k.err
	case !right:
		return fault.New(fault.WrongCode)
	}
	k.open = true
	return nil
}

func kept(t *testing.T, w, h int, change ...func(*bench)) (*bench, *keeper) {
	t.Helper()
	k := &keeper{open: true}
	change = append(change, func(b *bench) { b.o.Unlock, b.o.Locked = k.unlock, func() { k.open = false } })
	return fakes(t, w, h, change...), k
}

func TestLockWipesWhatOpensAndKeepsDrafts(t *testing.T) {
	t.Parallel()
	b, k := kept(t, 80, 24)
	b.Press("/")
	b.Type("draft")
	b.clock.Advance(10 * time.Minute)
	if k.open {
		t.Error("a lock left the secret in memory")
	}
	since := "Locked since 09:06"
	b.sees(t, since)
	for _, personal := range []string{"draft", "₩", "page", "Demo", "Home"} {
		b.misses(t, personal)
	}
	b.Press("enter", "x", "2", "esc", "enter")
	b.misses(t, "draft")
	if k.tries > 0 {
		t.Error("less than a PIN was tried")
	}
	b.Press("backspace")
	b.Type("111111")
	b.Press("enter")
	b.sees(t, "That is not the PIN.")
	if b.misses(t, "•"); k.open {
		t.Error("a wrong PIN opened it")
	}
	b.Type("２８４７５１")
	if c := b.View().Cursor; c == nil || !strings.Contains(strings.Split(b.Text(), "\n")[c.Y], "• • • • • •") {
		t.Errorf("the cursor at %+v is not on the PIN's line of\n%s", c, b.Text())
	}
	b.Press("enter")
	b.sees(t, "draft")
	if !k.open || b.pages[0].heard("kit.Unlocked") != 1 || b.pages[0].heard("kit.Locked") != 1 {
		t.Errorf("the page was told %v", b.pages[0].told)
	}
}

func TestLockOfflineSaysThatNobodyCanCheckThePIN(t *testing.T) {
	t.Parallel()
	b, k := kept(t, 80, 24)
	k.err = fault.New(fault.Unreachable, "url", "http://127.0.0.1:8750")
	b.Press("L")
	b.Type(demoPIN)
	b.Press("enter")
	b.sees(t, "can't be checked now")
	b.sees(t, "http://127.0.0.1:8750")
	b.misses(t, "₩")
	b.Press("r")
	b.misses(t, "can't be checked now")
	k.err = nil
	b.Type(demoPIN)
	b.Press("enter")
	b.sees(t, "₩1,300")
	b.Press("L", "ㅂ")
	if !b.Ended() {
		t.Error("q does not leave a locked screen")
	}
}

func TestLockSaysWhatThePlatformSaysOfADeviceThatHasToWait(t *testing.T) {
	t.Parallel()
	b, k := kept(t, 40, 16)
	k.err = fault.New(fault.DevicePaused, "until", b.clock.Now().Add(15*time.Minute).UTC().Format(time.RFC3339))
	b.Press("L")
	b.Type(demoPIN)
	b.Press("enter")
	b.sees(t, "wait until 09:15")
}

// The last wrong PIN before a wait says the wait, and not how many tries there
// would be after it; the ones before say how many are left.
func TestTheFifthWrongPINSaysThatTheDeviceWaits(t *testing.T) {
	t.Parallel()
	for _, where := range []string{"the lock", "the panel"} {
		b, k := kept(t, 80, 24)
		if where == "the lock" {
			b.Press("L")
		} else {
			k.open = false
			b.pages[0].reply[kit.Next] = kit.Request(kit.Unlock{})
			b.Press("n")
		}
		for _, x := range []struct {
			args []string
			say  string
		}{
			{[]string{"left", "1"}, "That is not the PIN. 1 try left."},
			{[]string{"left", "5", "until", b.clock.Now().Add(15 * time.Minute).UTC().Format(time.RFC3339), "seconds", "900"}, "until 09:15"},
		} {
			k.err = fault.New(fault.WrongCode, x.args...)
			b.Type("111111")
			b.Press("enter")
			b.sees(t, x.say)
		}
		b.misses(t, "left.")
		b.sees(t, "jandon enroll URL")
		b.clock.Advance(16 * time.Minute)
		b.misses(t, "has to wait")
	}
}

// What had to wait is no longer said to wait once it need not, by the seconds
// that were told and not by a clock that may be a day off.
func TestLockForgetsAWaitThatIsOver(t *testing.T) {
	t.Parallel()
	b, k := kept(t, 80, 24)
	k.err = fault.New(fault.DevicePaused, "until", b.clock.Now().Add(24*time.Hour+15*time.Minute).UTC().Format(time.RFC3339), "seconds", "900")
	b.Press("L")
	b.Type(demoPIN)
	b.Press("enter")
	b.sees(t, "this device has to wait")
	b.clock.Advance(14 * time.Minute)
	b.sees(t, "this device has to wait")
	b.clock.Advance(2 * time.Minute)
	b.misses(t, "this device has to wait")
	b.sees(t, "digits, then Enter.")
	k.err = nil
	b.Type(demoPIN)
	b.Press("enter")
	b.sees(t, "page")
}

func TestPINPanelComesWhereASessionIsNeededAndThePageGoesOn(t *testing.T) {
	t.Parallel()
	for name, msg := range map[string]tea.Msg{
		"asked for":    kit.Unlock{},
		"an answer":    kit.Answer[int]{Err: fault.New(fault.StepUpRequired)},
		"a write":      kit.Settled{Msg: kit.Answer[int]{Err: fault.New(fault.StepUpRequired)}},
		"a failure":    kit.Notice{Level: kit.Failure, Err: fault.New(fault.StepUpRequired)},
		"with a cause": kit.Notice{Level: kit.Failure, Err: fmt.Errorf("x: %w", fault.Wrap(errors.New("x"), fault.StepUpRequired))},
	} {
		b, k := kept(t, 80, 24)
		k.open = false
		b.pages[0].reply[kit.Next] = kit.Request(msg)
		b.Press("n")
		b.sees(t, "This needs your PIN")
		b.sees(t, "page")
		b.Press("q", "esc")
		if b.misses(t, "This needs your PIN"); b.Ended() {
			t.Errorf("%s: a key for the PIN's panel did something else", name)
		}
		if b.pages[0].heard("kit.StayedLocked") != 1 {
			t.Errorf("%s: the page was not told that the PIN was not given", name)
		}
		b.Press("n")
		b.Type(demoPIN)
		b.Press("enter")
		b.misses(t, "This needs your PIN")
		if !k.open || k.tries != 1 || b.pages[0].heard("kit.Unlocked") != 1 {
			t.Errorf("%s: after %d tries the page was told %v", name, k.tries, b.pages[0].told)
		}
	}
}

// Who is elsewhere when an answer says that the PIN is needed is not asked for
// it. What they unlock for later must not begin what they said yes to before.
func TestAnAnswerFromElsewhereDoesNotWaitForThePINOfAnotherThing(t *testing.T) {
	t.Parallel()
	for name, keys := range map[string][]string{"on another page": {"2"}, "in the keys' list": {"?"}, "behind the lock": {"L"}} {
		b, k := kept(t, 80, 24)
		k.open = false
		b.pages[0].reply[kit.Next] = kit.Request(kit.Wait{For: time.Second, Then: kit.Settled{Msg: kit.Answer[int]{Err: fault.New(fault.StepUpRequired)}}})
		b.Press(append([]string{"n"}, keys...)...)
		b.Wait(2 * time.Second)
		if name == "behind the lock" {
			b.misses(t, "Nothing was done")
			b.Type(demoPIN)
			b.Press("enter")
		} else {
			b.Press("esc")
		}
		if name == "in the keys' list" { // it is told when that is closed
			b.sees(t, "Nothing was done")
		}
		if b.misses(t, "This needs your PIN"); b.pages[0].heard("kit.StayedLocked") != 1 {
			t.Errorf("%s: the page waits for the PIN: %v", name, b.pages[0].told)
		}
	}
}

func TestWithoutAPINAStepUpIsAFailure(t *testing.T) {
	t.Parallel()
	b := fakes(t, 80, 24)
	b.pages[0].reply[kit.Next] = kit.Request(kit.Unlock{})
	b.Press("n")
	b.sees(t, "Failed")
}

// A PIN that is being checked while the screen locks must not leave it open behind the lock.
// A keyring that hangs, or a platform, keeps nobody waiting who has left: the
// check is stopped, and so it is by the lock.
func TestLeavingOrLockingStopsThePINThatIsChecked(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(*bench){
		"leaving":  func(b *bench) { b.Press("esc") },
		"the lock": func(b *bench) { b.clock.Advance(10 * time.Minute) },
	} {
		var b *bench
		stopped := false
		b = fakes(t, 80, 24, func(b *bench) {
			b.o.Unlock = func(ctx context.Context, _ kit.PIN) error {
				if ctx.Err() != nil {
					t.Errorf("%s: stopped before it began", name)
				}
				leave(b)
				stopped = ctx.Err() != nil
				return ctx.Err()
			}
		})
		b.pages[0].reply[kit.Next] = kit.Request(kit.Unlock{})
		b.Press("n")
		b.Type(demoPIN)
		b.Press("enter")
		if !stopped {
			t.Errorf("after %s it goes on", name)
		}
	}
}

func TestLockingWhileAPINIsCheckedLeavesNothingOpen(t *testing.T) {
	t.Parallel()
	k := &keeper{}
	b := fakes(t, 80, 24)
	b.o.Unlock, b.o.Locked = k.unlock, func() { k.open = false }
	shell, err := ui.New(b.o)
	if err != nil {
		t.Fatal(err)
	}
	shell.Init()
	press := func(key tea.KeyPressMsg) tea.Cmd {
		_, cmd := shell.Update(key)
		return cmd
	}
	shell.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	press(tea.KeyPressMsg{Code: tea.KeyF4})
	for _, r := range demoPIN {
		press(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	check := press(tea.KeyPressMsg{Code: tea.KeyEnter})
	press(tea.KeyPressMsg{Code: '1', Text: "1"}) // while it is checked, keys are lost
	shell.Update(check())
	if !k.open || strings.Contains(shell.View().Content, "Locked since") {
		t.Fatal("the PIN did not open it")
	}
	press(tea.KeyPressMsg{Code: tea.KeyF4})
	for _, r := range demoPIN {
		press(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	stale := press(tea.KeyPressMsg{Code: tea.KeyEnter})
	answer := stale()
	shell.Update(ui.Opened{Run: answer.(ui.Opened).Run - 1})
	if k.open || !strings.Contains(shell.View().Content, "Locked since") {
		t.Error("what an older PIN came to opened the screen, or stays in memory behind it")
	}
}

func TestLeavingDoesNotLoseWhatAWriteCameTo(t *testing.T) {
	t.Parallel()
	b := fakes(t, 80, 24)
	b.pages[0].reply[kit.Open] = kit.Request(kit.Visit{Page: "detail", Arg: "42"})
	b.Press("enter")
	left := kit.Notice{Level: kit.Warning, Text: "it went through"}
	var slow tea.Cmd
	b.pages[1].reply[kit.Next] = func() tea.Msg {
		slow = kit.Request(kit.Settled{Msg: kit.Answer[int]{}, Left: left})
		return slow()
	}
	b.Press("n")
	b.misses(t, "it went through") // the page itself was there to tell
	if b.pages[1].heard("kit.Answer[int]") != 1 {
		t.Errorf("the page was told %v", b.pages[1].told)
	}
	b.pages[1].reply[kit.Next] = func() tea.Msg {
		b.Press("esc") // while it is under way
		return slow()
	}
	b.Press("n")
	b.sees(t, "it went through")
	if b.pages[0].heard("kit.Changed") != 1 {
		t.Error("the page below does not know that something changed")
	}
}

func TestWhatIsAwaitedComesWithTheTimeItIsThen(t *testing.T) {
	t.Parallel()
	b := fakes(t, 80, 24)
	b.pages[0].reply[kit.Next] = kit.Request(kit.Wait{For: 7 * time.Second, Then: kit.Slow{}})
	b.Press("n")
	b.clock.Advance(10 * time.Second)
	if got := b.pages[0].env.Now; !got.Equal(sunday.Add(7 * time.Second)) {
		t.Errorf("the page thinks that it is %v", got)
	}
}

func TestAPageWhoseActMovedSomethingHasItFetched(t *testing.T) {
	t.Parallel()
	syncs := 0
	b := fakes(t, 80, 24, func(b *bench) {
		b.o.Sync = source(func(context.Context, func(int, int)) (ui.Freshness, bool, error) {
			syncs++
			return ui.Freshness{At: b.clock.Now()}, true, nil
		})
	})
	b.pages[0].reply[kit.Next] = kit.Request(kit.Refresh{})
	b.Press("n")
	if syncs != 2 || b.pages[0].heard("kit.Changed") != 2 {
		t.Errorf("after %d syncs the page was told %v", syncs, b.pages[0].told)
	}
	b.misses(t, "Up to date") // nobody asked
	b = fakes(t, 80, 24)
	b.pages[0].reply[kit.Next] = kit.Request(kit.Refresh{})
	b.Press("n")
	b.misses(t, "Fetching")
}

// Whoever comes back is shown what happened meanwhile.
func TestUnlockingTheScreenFetchesWhatIsNew(t *testing.T) {
	t.Parallel()
	syncs := 0
	b, k := kept(t, 80, 24, func(b *bench) {
		b.o.Sync = source(func(context.Context, func(int, int)) (ui.Freshness, bool, error) {
			syncs++
			return ui.Freshness{At: b.clock.Now()}, true, nil
		})
	})
	b.Press("L")
	before := syncs
	b.Type("111111")
	b.Press("enter")
	if k.open || syncs != before {
		t.Errorf("%d syncs after a wrong PIN", syncs-before)
	}
	b.Type(demoPIN)
	b.Press("enter")
	if !k.open || syncs != before+1 {
		t.Errorf("%d syncs after the PIN", syncs-before)
	}
}

func TestDemoNamesItsPINCalmlyOnTheFirstScreenOnly(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{120, 40}, {80, 24}, {40, 20}} {
		b, _ := kept(t, size[0], size[1], func(b *bench) { b.o.DemoPIN = demoPIN })
		b.sees(t, "Demo: the PIN is 284751")
		b.Press("2")
		b.misses(t, demoPIN)
		b.Press("L")
		b.sees(t, "Demo: the PIN is 284751")
	}
	b, _ := kept(t, 80, 24)
	b.misses(t, "the PIN is")
}

func TestPINIsNeverPastedAndLeavesNoTraceInFrames(t *testing.T) {
	t.Parallel()
	b, k := kept(t, 80, 24)
	b.Press("L")
	b.Send(tea.PasteMsg{Content: demoPIN})
	b.Press("enter")
	if k.tries > 0 {
		t.Error("a PIN was pasted")
	}
	for _, r := range demoPIN {
		b.Press(string(r))
		for _, digit := range demoPIN {
			text, _, _ := strings.Cut(strings.ReplaceAll(strings.ReplaceAll(b.Frame(), "09:00", ""), "6 to 12", ""), "~")
			if strings.ContainsRune(text, digit) {
				t.Fatalf("%c is on\n%s", digit, text)
			}
		}
	}
}

func TestEveryLockedWindowFits(t *testing.T) {
	t.Parallel()
	for i, w := range []int{0, 19, 20, 28, 40, 80} {
		for j, h := range []int{1, 6, 9, 16, 24} {
			for _, lang := range []string{"en", "ko"}[(i+j)%2:] {
				b, k := kept(t, w, h, func(b *bench) { b.o.DemoPIN, b.o.Lang = demoPIN, lang })
				k.err = fault.New(fault.Unreachable, "url", "https://wallet.example/a/very/long/address/that/does/not/end")
				b.pages[0].reply[kit.Next] = kit.Request(kit.Unlock{})
				for _, key := range []string{"n", "123456789012", "enter", "esc", "L", "123456", "enter", "r"} {
					if key[0] == '1' {
						b.Type(key)
					} else {
						b.Press(key)
					}
					if err := b.Check(); err != nil {
						t.Fatalf("%d×%d in %s after %s: %v", w, h, lang, key, err)
					}
				}
			}
		}
	}
}

func TestPlainAsksForThePINWithoutEcho(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		secret func(context.Context, kit.Way) (kit.PIN, error)
		opened bool
		says   string
	}{
		"right":     {func(context.Context, kit.Way) (kit.PIN, error) { return kit.NewPIN([]byte(demoPIN)), nil }, true, "Type the PIN"},
		"nothing":   {func(context.Context, kit.Way) (kit.PIN, error) { return kit.NewPIN(nil), nil }, false, "Type the PIN"},
		"failed":    {func(context.Context, kit.Way) (kit.PIN, error) { return kit.PIN{}, fault.New(fault.NoTerminal) }, false, "terminal"},
		"no reader": {nil, false, "this is no terminal"},
	} {
		k := &keeper{}
		b := fakes(t, 80, 24)
		b.o.Unlock, b.o.Secret, b.o.DemoPIN, b.o.Sync = k.unlock, c.secret, demoPIN, nil
		page := &fake{reply: map[kit.Intent]tea.Cmd{kit.Open: kit.Request(kit.Unlock{})}}
		b.o.Pages = b.o.Pages[:1]
		b.o.Pages[0].Make = func(env *kit.Env, _ string) kit.Page { page.env = env; return page }
		var out bytes.Buffer
		if err := ui.Plain(t.Context(), b.o, strings.NewReader("1\n"), &out); err != nil {
			t.Fatal(err)
		}
		if got := out.String(); k.open != c.opened || !strings.Contains(got, c.says) || !strings.Contains(got, "Demo: the PIN is") || strings.Contains(got, "_ _") {
			t.Errorf("%s: open %v after\n%s", name, k.open, got)
		}
		if (page.heard("kit.Unlocked") == 1) != c.opened {
			t.Errorf("%s: the page was told %v", name, page.told)
		}
	}
}

// What the PIN is asked for stays in sight: the panel lies below it where there
// is room, quietly in front of it where there is none.
func TestThePINIsAskedForBelowWhatItIsFor(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{40, 16}, {80, 24}, {120, 40}} {
		b, _ := kept(t, size[0], size[1])
		b.pages[0].reply[kit.Next] = kit.Request(kit.Answer[int]{Err: fault.New(fault.StepUpRequired)})
		b.Press("n")
		b.sees(t, "₩1,300")
		b.sees(t, "PIN  _ _ _ _ _ _")
		if err := b.Check(); err != nil {
			t.Errorf("%v: %v", size, err)
		}
	}
}
