package auto_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/i18n"
	"jandon/internal/money"
	"jandon/ui/auto"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
)

// platform is what the page asks, with what it was asked to do.
type platform struct {
	now     act.Auto
	going   auto.Going
	err     error
	set     []act.Terms
	tried   []act.Terms
	stopped int
}

func (p *platform) Auto(context.Context) (act.Auto, error) { return p.now, p.err }

func (p *platform) SetAuto(_ context.Context, t act.Terms) (act.Act, error) {
	if p.err != nil {
		return act.Act{}, p.err
	}
	p.set = append(p.set, t)
	return act.Act{ID: "act-9", Action: act.SetAuto, State: act.Waiting}, nil
}

func (p *platform) StopAuto(context.Context) (act.Auto, error) {
	p.stopped++
	p.now.State = act.AutoOff
	return p.now, p.err
}

func (p *platform) WouldGo(_ context.Context, t act.Terms) (auto.Going, error) {
	p.tried = append(p.tried, t)
	return p.going, nil
}

var bank = act.Choice{Rail: "bank_transfer", Payee: act.Payee{Name: "이레 (다솜은행)", ID: "****-**-***8265", Destination: "to-1"}, Most: money.Won(90_000)}

// able is somebody who could set one up.
func able() *platform {
	return &platform{
		now:   act.Auto{State: act.AutoOff, Able: true, Choices: []act.Choice{bank, {Rail: "mobile_topup", Payee: act.Payee{Name: "Simulated mobile top-up", ID: "mobile_topup"}, Most: money.Won(20_000)}}},
		going: auto.Going{Amount: money.Won(30_000), Fee: money.Won(500), Net: money.Won(29_500)},
	}
}

// on is somebody who has one.
func on() *platform {
	p, now := able(), kittest.Now()
	p.now.State, p.now.Payee, p.now.Device, p.now.Last = act.AutoOn, bank.Payee, "d-1", "act-3"
	p.now.Terms = &act.Terms{Ceiling: money.Won(60_000), Keep: money.Won(5_000), Rail: "bank_transfer", Destination: "to-1", Every: act.EveryWeek}
	p.now.Since, p.now.Until, p.now.Next = now.AddDate(0, -1, 0), now.AddDate(0, 11, 0), now.AddDate(0, 0, 1)
	return p
}

func open(p *platform, lang string, w, h int) *kittest.Drive {
	return kittest.Start(auto.New(kittest.Env(lang), p), w, h)
}

func has(t *testing.T, d *kittest.Drive, list ...string) {
	t.Helper()
	for _, want := range list {
		if !strings.Contains(d.Frame(), want) {
			t.Errorf("there is no %q in\n%s", want, d.Frame())
		}
	}
}

func TestWhatGoesAndWhen(t *testing.T) {
	t.Parallel()
	has(t, open(on(), "en", 80, 24), "₩60,000", "₩5,000 of what could go", "each Monday", "이레 (다솜은행)", "8265", "bank transfer", "Now ₩30,000 would go: ₩29,500 arrives, ₩500 is the fee.", "What went last")
	has(t, open(on(), "ko", 80, 24), "켜져 있어요", "매주 월요일", "보낼 수 있는 금액 중")
	p := on()
	p.now.State, p.now.Why = act.AutoStopped, "dispute"
	has(t, open(p, "en", 80, 24), "Stopped.", "Something was disputed.")
	p.now.Why = "of a newer platform"
	has(t, open(p, "en", 80, 24), "Stopped.")
}

// A recording from elsewhere can say anything.
func TestOnWithoutTermsIsDrawn(t *testing.T) {
	t.Parallel()
	p := on()
	p.now.Terms = nil
	d := open(p, "en", 80, 24)
	d.Do("auto_stop")
	if len(p.tried) != 0 || p.stopped != 0 || d.Page.(*auto.Page).Typing() {
		t.Errorf("tried %v, stopped %d", p.tried, p.stopped)
	}
}

func TestWhatIsMissingHasARemedy(t *testing.T) {
	t.Parallel()
	p := &platform{now: act.Auto{State: act.AutoOff, Missing: []string{"trusted", "pattern", "moonlight"}}}
	d := open(p, "en", 80, 30)
	has(t, d, "You are not yet a trusted user here.", "Limits shows what the next tier takes.", "There is no steady pattern yet", "moonlight")
	d.Do("auto_set")
	if d.Page.(*auto.Page).Typing() {
		t.Error("the form opened")
	}
	for _, b := range d.Page.Keys() {
		if b.Intent == "auto_set" && b.Off != "auto.key.missing" {
			t.Errorf("the key says %q", b.Off)
		}
	}
}

// Every word that the platform has for what is missing, and for why, is said in both languages.
func TestEveryWordIsSaid(t *testing.T) {
	t.Parallel()
	for _, lang := range i18n.Langs() {
		text := i18n.Must(lang)
		for _, word := range []string{"paused", "trusted", "verified", "calm", "level", "destination", "pattern"} {
			if !text.Has("auto.need."+word) || !text.Has("auto.remedy."+word) {
				t.Errorf("%s: nothing is said of %s", lang, word)
			}
		}
		for _, word := range []string{"device", "destination", "rail", "tier", "pause", "dispute", "hold", "year", "nothing", "fee", "risk", "limit", "refused"} {
			if !text.Has("auto.why." + word) {
				t.Errorf("%s: nothing is said of %s", lang, word)
			}
		}
		for _, e := range []act.Every{act.EveryWeek, act.EveryMonth} {
			if !text.Has("auto.every." + string(e)) {
				t.Errorf("%s: nothing is said of %s", lang, e)
			}
		}
	}
}

func TestTheFormAsksForWhatItShows(t *testing.T) {
	t.Parallel()
	p := able()
	d := open(p, "en", 80, 24)
	d.Do("auto_set")
	has(t, d, "At most      90,000", "이레", "Up to ₩90,000", "Now ₩30,000 would go")
	d.Type("３0,0") // full-width digits of an input method
	has(t, d, "At most      300")
	d.Type("00\n5000") // what was there gives way to the first digit
	has(t, d, "At most      30,000", "Stays here   5,000")
	d.Type("\n\n")
	d.Send(tea.KeyPressMsg{Code: tea.KeyRight})
	d.Type("\n")
	if want := (act.Terms{Ceiling: money.Won(30_000), Keep: money.Won(5_000), Rail: "bank_transfer", Destination: "to-1", Every: act.EveryMonth}); len(p.set) != 1 || p.set[0] != want {
		t.Fatalf("asked for %+v", p.set)
	}
	if len(d.Visits) != 1 || d.Visits[0] != (kit.Visit{Page: "confirm", Arg: "act-9"}) {
		t.Errorf("visits %v", d.Visits)
	}
	if last := p.tried[len(p.tried)-1]; last != p.set[0] {
		t.Errorf("what was shown is of %+v", last)
	}
}

func TestAWrongFormSaysSo(t *testing.T) {
	t.Parallel()
	p := able()
	d := open(p, "en", 80, 24)
	d.Do("auto_set")
	d.Type("900000")
	has(t, d, "The ceiling can be ₩90,000 at most")
	d.Type("00000") // no sum that anything could be: still too much rather than no number
	has(t, d, "The ceiling can be ₩90,000 at most")
	d.Type("\n\n\n\n")
	if len(p.set) != 0 {
		t.Fatal("it was sent")
	}
	for range 3 {
		d.Send(tea.KeyPressMsg{Code: tea.KeyUp})
	}
	for range 13 {
		d.Send(tea.KeyPressMsg{Code: tea.KeyBackspace})
	}
	has(t, d, "Say the most that may leave")
	d.Type("\x1b")
	has(t, d, "Nothing goes by itself.")
}

// Without the platform the form stays as it was typed, and can be sent again.
func TestOfflineTheFormStays(t *testing.T) {
	t.Parallel()
	p := able()
	d := open(p, "en", 80, 24)
	d.Do("auto_set")
	p.err = fault.New(fault.Unreachable, "url", "https://wallet.example")
	d.Type("\n\n\n\n")
	if len(p.set) != 0 || !d.Page.(*auto.Page).Typing() {
		t.Fatal("the form is gone")
	}
	p.err = nil
	d.Type("\n")
	if len(p.set) != 1 {
		t.Error("it could not be sent again")
	}
	p.err = fault.New(fault.Unreachable, "url", "https://wallet.example")
	if d := open(p, "en", 80, 24); !strings.Contains(d.Frame(), "wallet.example") {
		t.Errorf("nothing is said:\n%s", d.Frame())
	}
}

func TestStoppingIsAskedAndArms(t *testing.T) {
	t.Parallel()
	p := on()
	d := open(p, "en", 80, 24)
	d.Do("auto_stop", "auto_yes")
	if p.stopped != 0 {
		t.Fatal("a key typed ahead stops it")
	}
	has(t, d, "Stop the automatic cash-out?")
	d.Do("auto_no")
	d.Do("auto_yes")
	if p.stopped != 0 {
		t.Fatal("No stops it")
	}
	d.Do("auto_stop")
	d.Late()
	d.Do("auto_yes")
	if p.stopped != 1 {
		t.Error("it was not stopped")
	}
	has(t, d, "Nothing goes by itself.")
}

func TestWhatWentLastLeadsToItsAct(t *testing.T) {
	t.Parallel()
	d := open(on(), "en", 80, 24)
	d.Do(kit.Open)
	if !slices.Contains(d.Visits, kit.Visit{Page: "acts", Arg: "act-3"}) {
		t.Errorf("visits %v", d.Visits)
	}
}

func TestAnyKeysInAnyWindow(t *testing.T) {
	t.Parallel()
	intents := []kit.Intent{"auto_set", "auto_stop", "auto_yes", "auto_no", kit.Retry, kit.Up, kit.Down, kit.PageDown, kit.Bottom, kit.Open}
	rapid.Check(t, func(r *rapid.T) {
		p := rapid.SampledFrom([]func() *platform{able, on, func() *platform {
			return &platform{now: act.Auto{State: act.AutoStopped, Why: "year", Missing: []string{"pattern", "level"}}}
		}}).Draw(r, "who")()
		p.now.Payee.Name = strings.Repeat("긴이름", rapid.IntRange(0, 30).Draw(r, "long"))
		d := open(p, rapid.SampledFrom([]string{"en", "ko"}).Draw(r, "lang"), 80, 20)
		for range rapid.IntRange(1, 20).Draw(r, "keys") {
			switch rapid.IntRange(0, 3).Draw(r, "what") {
			case 0:
				d.Resize(rapid.IntRange(0, 200).Draw(r, "w"), rapid.IntRange(0, 60).Draw(r, "h"))
			case 1:
				d.Late()
			default:
				if d.Page.(*auto.Page).Typing() {
					d.Type(rapid.SampledFrom([]string{"a", "가", "1", "0", "\n", "\x1b"}).Draw(r, "key"))
				} else {
					d.Do(rapid.SampledFrom(intents).Draw(r, "intent"))
				}
			}
			if err := d.Check(); err != nil {
				r.Fatal(err)
			}
			d.Page.(*auto.Page).Caret()
		}
	})
}

// All that is decided by is in sight at the smallest window, with scrolling.
func TestTheSmallestWindow(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "ko"} {
		d := open(on(), lang, 40, 16)
		if strings.Contains(d.Frame(), "…") {
			t.Errorf("%s: something is cut in\n%s", lang, d.Frame())
		}
		d.Do("auto_set")
		has(t, d, "60,000", "이레")
	}
}

// A PIN that was not given takes the yes back: no later one gives it again.
func TestStoppingEndsWithAPINThatWasNotGiven(t *testing.T) {
	t.Parallel()
	p := on()
	d := open(p, "en", 80, 24)
	d.Do("auto_stop")
	d.Late()
	p.err = fault.New(fault.StepUpRequired)
	d.Do("auto_yes")
	p.err = nil
	d.Send(kit.StayedLocked{})
	if d.Send(kit.Unlocked{}); p.stopped != 1 {
		t.Errorf("it was tried %d times", p.stopped)
	}
}
