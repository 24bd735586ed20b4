package limits_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/valuepath"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
	"jandon/ui/limits"
)

// platform is what the page asks, with what it was asked to change.
type platform struct {
	act.Limits
	err    error
	lowers bool // changes have to be confirmed
	levels []act.Level
	pauses int
}

type source struct{ *platform }

func (s source) Limits(context.Context) (act.Limits, error) { return s.platform.Limits, s.err }

func (s source) Pause(context.Context) (act.Limits, error) {
	if s.err != nil {
		return act.Limits{}, s.err
	}
	s.pauses++
	s.platform.Limits.Paused = kittest.Now().Add(time.Hour)
	return s.platform.Limits, nil
}

func (s source) Resume(context.Context) (act.Act, error) {
	return act.Act{ID: "act-2", Action: act.Resume, State: act.Waiting}, s.err
}

func (s source) SetLevel(_ context.Context, l act.Level) (act.Act, error) {
	if s.err != nil {
		return act.Act{}, s.err
	}
	s.levels = append(s.levels, l)
	if s.lowers {
		return act.Act{ID: "act-1", Action: act.LowerLevel, State: act.Waiting}, nil
	}
	s.Level = l
	return act.Act{}, nil
}

func limit(rail string, once, day, used int64) act.RailLimit {
	return act.RailLimit{Rail: rail, Act: money.Won(once), Day: money.Won(day), UsedToday: money.Won(used)}
}

// settled is a person on the way to the next tier.
func settled() *platform {
	return &platform{Limits: act.Limits{
		Means: act.Means{Tier: valuepath.TierSettled, Verified: true}, Level: act.LevelStandard, Floor: act.LevelStandard,
		Small: money.Won(5_000), SmallLeft: money.Won(7_000), Total: limit("", 300_000, 500_000, 120_000),
		Rails: []act.RailLimit{limit("bank_transfer", 300_000, 500_000, 100_000), limit("mobile_topup", 50_000, 100_000, 20_000), limit("donation", 50_000, 100_000, 0)},
		Next:  &act.NextTier{Tier: valuepath.TierTrusted, Days: 60, HaveDays: 34, Acts: 50, HaveActs: 12},
	}}
}

func open(p *platform, lang string, w, h int) *kittest.Drive {
	return kittest.Start(limits.New(kittest.Env(lang), source{p}), w, h)
}

func has(t *testing.T, d *kittest.Drive, list ...string) {
	t.Helper()
	for _, want := range list {
		if !strings.Contains(d.Frame(), want) {
			t.Errorf("there is no %q in\n%s", want, d.Frame())
		}
	}
}

// S7: tier, used, left, what the next tier needs.
func TestTierUsedLeftAndNext(t *testing.T) {
	t.Parallel()
	has(t, open(settled(), "en", 80, 40), "Tier: settled", "verified account", "The next tier, trusted, takes:", "34 of 60", "12 of 50",
		"at once  left today  day's limit", "₩380,000     ₩500,000", "bank transfer", "₩400,000     ₩500,000", "Up to ₩5,000 can go without a code; ₩7,000", "✓ Standard")
	has(t, open(settled(), "ko", 80, 40), "등급: ", "34 / 60", "₩380,000   ₩500,000", "✓ 표준")
	top := settled()
	top.Next, top.Verified, top.Level = nil, false, act.LevelCareful
	has(t, open(top, "en", 80, 40), "There is no higher tier.", "account not verified", "Every act needs a code.", "✓ Careful")
}

// What may go at once is said at 80 columns too, beside the longest name and the largest figures.
// A limit that is less for a while says why and until when, in both languages.
func TestALimitThatIsLessSaysWhy(t *testing.T) {
	t.Parallel()
	p := settled()
	until := kittest.Now().Add(20 * time.Hour)
	p.Total = limit("", 30_000, 50_000, 20_000)
	p.Total.Why, p.Total.Until = "new_device", until
	for lang, want := range map[string][]string{
		"en": {"This device is new: ₩30,000 more may leave from it until", kittest.Env("en").When(until)},
		"ko": {"새 기기라서", "₩30,000만 더"},
	} {
		has(t, open(p, lang, 80, 24), want...)
	}
	p.Total.Why = "dropped"
	has(t, open(p, "en", 100, 24), "your tier is one lower until")
	p.Total.Why = ""
	if d := open(p, "en", 80, 24); strings.Contains(d.Frame(), "until") {
		t.Errorf("there is no reason:\n%s", d.Frame())
	}
}

func TestWhatMayGoAtOnceIsNotLeftOutAtEightyColumns(t *testing.T) {
	t.Parallel()
	p := settled()
	p.Rails = append(p.Rails, limit("source_refund", 1_000_000, 1_000_000, 0), limit("expired_voucher_refund_large", 300_000, 300_000, 0))
	for _, lang := range []string{"en", "ko"} {
		has(t, open(p, lang, 80, 40), "₩1,000,000", "₩50,000", map[string]string{"en": "at once", "ko": "한 번에"}[lang])
	}
}

func TestRaisingIsDoneAndLoweringIsConfirmed(t *testing.T) {
	t.Parallel()
	p := settled()
	d := open(p, "en", 80, 60)
	d.Do(kit.Down, kit.Down, kit.Open) // careful
	if len(p.levels) != 1 || p.levels[0] != act.LevelCareful || len(d.Visits) != 0 {
		t.Fatalf("asked for %v, visits %v", p.levels, d.Visits)
	}
	has(t, d, "✓ Careful")
	p.lowers = true
	d.Do(kit.Up, kit.Open)
	if len(d.Visits) != 1 || d.Visits[0] != (kit.Visit{Page: "confirm", Arg: "act-1"}) {
		t.Fatalf("visits %v", d.Visits)
	}
	has(t, d, "✓ Careful") // until it is confirmed
	d.Do(kit.Down, kit.Open)
	if len(p.levels) != 2 {
		t.Error("the level that holds was asked for again")
	}
}

// Ways whose names begin alike must stay apart, and figures whole.
func TestNamesAndFiguresAreWholeInANarrowWindow(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "ko"} {
		p := settled()
		p.Rails = append(p.Rails, limit("expired_voucher_refund", 300_000, 300_000, 0), limit("expired_voucher_refund_large", 300_000, 1_300_000, 0))
		for _, w := range []int{40, 60, 80} {
			d := open(p, lang, w, 80)
			if strings.Contains(d.Frame(), "…") {
				t.Errorf("%s, %d wide: something is cut in\n%s", lang, w, d.Frame())
			}
		}
	}
}

// What small acts need is said as the chosen level has it.
func TestWhatSmallActsNeedFollowsTheLevel(t *testing.T) {
	t.Parallel()
	for level, want := range map[act.Level]string{
		act.LevelStandard: "Up to ₩5,000 can go without a code", act.LevelCareful: "Every act needs a code", act.LevelStrict: "Every act needs the PIN",
	} {
		p := settled()
		p.Level = level
		has(t, open(p, "en", 80, 60), want)
	}
}

// stop answers the question whether everything is to stop.
func stop(t *testing.T, d *kittest.Drive) {
	t.Helper()
	d.Do("limits_pause")
	has(t, d, "Stop everything?", "what goes by itself ends")
	d.Late()
	d.Do("limits_yes")
}

// p stands beside keys that only look: alone it must not stop anything.
func TestStoppingEverythingIsAskedAndArms(t *testing.T) {
	t.Parallel()
	p := settled()
	d := open(p, "en", 80, 60)
	d.Do("limits_yes")
	d.Do("limits_pause", "limits_yes")
	if p.pauses != 0 {
		t.Fatal("a key typed ahead stops everything")
	}
	d.Do("limits_no")
	d.Late()
	d.Do("limits_yes")
	d.Do("limits_pause")
	d.Late()
	d.Send(kit.Locked{})
	d.Do("limits_yes")
	if p.pauses != 0 {
		t.Fatal("it was stopped after a no, or after the lock")
	}
	if stop(t, d); p.pauses != 1 {
		t.Errorf("%d pauses after yes", p.pauses)
	}
}

func TestPauseAndResume(t *testing.T) {
	t.Parallel()
	p := settled()
	d := open(p, "en", 80, 60)
	stop(t, d)
	has(t, d, "stands still until")
	d.Do("limits_resume")
	if p.pauses != 1 || len(d.Visits) != 1 || d.Visits[0].Arg != "act-2" {
		t.Errorf("%d pauses, visits %v", p.pauses, d.Visits)
	}
}

// What the PIN is needed for goes on by itself once it is there, and only then.
func TestAChangeWaitsForThePIN(t *testing.T) {
	t.Parallel()
	p := settled()
	d := open(p, "en", 80, 60)
	p.err = fault.New(fault.StepUpRequired)
	stop(t, d)
	if p.pauses != 0 {
		t.Fatal("paused without the PIN")
	}
	p.err = nil
	d.Send(kit.Unlocked{})
	d.Send(kit.Unlocked{})
	if p.pauses != 1 {
		t.Errorf("%d pauses after the PIN", p.pauses)
	}
	for _, told := range []tea.Msg{kit.Locked{}, kit.StayedLocked{}} {
		p.err = fault.New(fault.StepUpRequired)
		d.Do("limits_resume")
		d.Send(told)
		p.err = nil
		d.Send(kit.Unlocked{})
		if len(d.Visits) != 0 {
			t.Errorf("%T: what waited was done after all", told)
		}
	}
}

func TestFailedAndHidden(t *testing.T) {
	t.Parallel()
	p := settled()
	p.err = fault.New(fault.Unreachable, "url", "https://wallet.example")
	d := open(p, "en", 80, 24)
	has(t, d, "wallet.example", "try again")
	p.err = nil
	d.Do(kit.Retry)
	has(t, d, "Tier: settled")
	p.err = fault.New(fault.Unreachable, "url", "https://wallet.example")
	d.Do(kit.Retry)
	has(t, d, "Tier: settled", "Not up to date")
	env := kittest.Env("en")
	env.Hidden = true
	if d := kittest.Start(limits.New(env, source{settled()}), 120, 60); strings.Contains(d.Frame(), "₩") {
		t.Errorf("an amount shows in\n%s", d.Frame())
	}
}

// Offline from the start, what was last told is shown, and that it is old.
func TestLimitsLastToldAreShownOffline(t *testing.T) {
	t.Parallel()
	p := settled()
	p.At, p.err = kittest.Now().Add(-time.Hour), fault.New(fault.Unreachable, "url", "https://wallet.example")
	has(t, open(p, "en", 80, 40), "Not up to date", "Tier: settled")
}

func TestAnyKeysInAnyWindow(t *testing.T) {
	t.Parallel()
	intents := append([]kit.Intent{"limits_pause", "limits_yes", "limits_no", "limits_resume", kit.Open, kit.Retry}, kit.Up, kit.Down, kit.PageUp, kit.PageDown, kit.Top, kit.Bottom, kit.Left, kit.Right)
	rapid.Check(t, func(r *rapid.T) {
		p := settled()
		p.lowers = rapid.Bool().Draw(r, "lowers")
		if rapid.Bool().Draw(r, "large") {
			p.Total = limit("", 1<<50, 1<<50, 1<<49)
		}
		d := open(p, rapid.SampledFrom([]string{"en", "ko"}).Draw(r, "lang"), 80, 20)
		for range rapid.IntRange(1, 20).Draw(r, "keys") {
			if rapid.Bool().Draw(r, "resize") {
				d.Resize(rapid.IntRange(0, 200).Draw(r, "w"), rapid.IntRange(0, 60).Draw(r, "h"))
			} else {
				d.Do(rapid.SampledFrom(intents).Draw(r, "intent"))
			}
			if err := d.Check(); err != nil {
				r.Fatal(err)
			}
		}
	})
}

// The question whether to stop everything stands above the keys that answer it,
// wherever the page was, and the page stays in sight above it as it was.
func TestTheQuestionStandsAboveItsKeys(t *testing.T) {
	t.Parallel()
	bare := func(line string) string { return strings.TrimRight(ansi.Strip(line), " ↑") } // the mark goes
	for _, h := range []int{10, 24, 40} {
		d := open(settled(), "en", 80, h)
		d.Do(kit.Bottom)
		d.Do(kit.Up)
		before := d.Frame()
		d.Do("limits_pause")
		lines := strings.Split(d.Frame(), "\n")
		at := slices.IndexFunc(lines, func(s string) bool { return strings.Contains(s, "Stop everything?") })
		if at < h-6 || at > 1 && bare(lines[0]) != bare(strings.Split(before, "\n")[0]) {
			t.Errorf("%d lines: the question is in line %d of\n%s\nwhich was\n%s", h, at, d.Frame(), before)
		}
		d.Do(kit.Open) // nothing of the page can be chosen meanwhile
		if d.Do("limits_no"); d.Frame() != before {
			t.Errorf("after a no:\n%s\nand before:\n%s", d.Frame(), before)
		}
	}
}

// Line by line each limit says its own words: no heading stands above it there.
func TestLimitsInLinesSayTheirWords(t *testing.T) {
	t.Parallel()
	env := kittest.Env("en")
	env.Lines = true
	d := kittest.Start(limits.New(env, source{settled()}), 98, 60)
	has(t, d, "₩400,000 of ₩500,000  ₩300,000 at once")
}

// How much is used stands beside what is left, unless amounts are hidden: the
// length of a bar would tell them. More than a day's limit leaves nothing, not less.
func TestHiddenLimitsTellNothingByTheirBars(t *testing.T) {
	t.Parallel()
	of := func(line string) bool {
		return strings.Contains(line, "bank transfer") && strings.Contains(line, "━")
	}
	for hidden, want := range map[bool]bool{false: true, true: false} {
		env := kittest.Env("en")
		env.Hidden = hidden
		frame := kittest.Start(limits.New(env, source{settled()}), 120, 40).Frame()
		if got := slices.ContainsFunc(strings.Split(frame, "\n"), of); got != want {
			t.Errorf("hidden is %v, and there is a bar: %v\n%s", hidden, got, frame)
		}
	}
	p := settled()
	p.Rails = []act.RailLimit{limit("bank_transfer", 300_000, 500_000, 620_000)}
	d := open(p, "en", 120, 40)
	if has(t, d, "₩0     ₩500,000"); strings.Contains(d.Frame(), "-₩") {
		t.Errorf("less than nothing is left in\n%s", d.Frame())
	}
	if frame := open(settled(), "en", 120, 40).Frame(); slices.ContainsFunc(strings.Split(frame, "\n"), func(line string) bool {
		return strings.Contains(line, "donation") && strings.Contains(line, "─")
	}) {
		t.Errorf("what was not used has an empty bar in\n%s", frame)
	}
}
