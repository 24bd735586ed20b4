package enrol_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"jandon/internal/fault"
	"jandon/ui/enrol"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
)

// platform is what the page asks, with what it was told.
type platform struct {
	enrol.Platform
	fail map[string]error // by step
	log  []string
	pins []string
	left enrol.Left // of an earlier run
	kept []enrol.Left
}

func (p *platform) Left(context.Context) (enrol.Left, error) { return p.left, nil }

func (p *platform) Keep(ctx context.Context, given enrol.Left) error {
	if p.fail["keep"] == nil && ctx.Err() == nil {
		p.kept = append(p.kept, given)
	}
	return p.fail["keep"]
}

func (p *platform) Continue(context.Context) (enrol.Left, error) {
	p.log = append(p.log, "continue")
	l := p.left
	l.Platform = p.Platform
	return l, p.fail["continue"]
}

func (p *platform) Abandon(context.Context) error {
	p.log = append(p.log, "abandon")
	return p.fail["abandon"]
}

func (p *platform) Reach(_ context.Context, url string) (enrol.Platform, error) {
	p.log = append(p.log, "reach "+url)
	return p.Platform, p.fail["reach"]
}

func (p *platform) Begin(_ context.Context, handle, device string) (enrol.Left, error) {
	p.log = append(p.log, "begin "+handle+" "+device)
	return enrol.Left{
		Platform: p.Platform, URL: "https://wallet.example", Handle: handle, Device: device, Mark: "3F6F-CD6C",
		Made: kittest.Now(), Until: kittest.Now().Add(10 * time.Minute), Step: enrol.StepCode,
	}, p.fail["begin"]
}

func (p *platform) Activate(_ context.Context, code string) error {
	p.log = append(p.log, "activate "+code)
	return p.fail["activate"]
}

func (p *platform) Seal(_ context.Context, pin kit.PIN) error {
	p.log = append(p.log, "seal")
	pin.Expose(func(b []byte) { p.pins = append(p.pins, string(b)) })
	return p.fail["seal"]
}

func (p *platform) Finish(_ context.Context, pin kit.PIN) error {
	p.log = append(p.log, "finish")
	pin.Expose(func(b []byte) { p.pins = append(p.pins, string(b)) })
	return p.fail["finish"]
}

func fresh() *platform {
	return &platform{Platform: enrol.Platform{Host: "wallet.example", Simulator: true}, fail: map[string]error{}}
}

func open(p *platform, lang string, w, h int) *kittest.Drive {
	return kittest.Start(enrol.New(kittest.Env(lang), p, enrol.Options{Device: "desk"}), w, h)
}

func has(t *testing.T, d *kittest.Drive, list ...string) {
	t.Helper()
	for _, want := range list {
		if !strings.Contains(d.Frame(), want) {
			t.Errorf("there is no %q in\n%s", want, d.Frame())
		}
	}
}

func TestFromAddressToFirstSession(t *testing.T) {
	t.Parallel()
	p := fresh()
	d := open(p, "en", 80, 24)
	has(t, d, "› Platform", "Which platform")
	d.Type("https://wallet.example\n")
	has(t, d, "Who are you to wallet.example?", "desk", "simulator")
	d.Type("haneul\n\n")
	has(t, d, "good until 20:10", "3F6F-CD6C", "can approve instead")
	d.Type("ABCD-1234\n")
	d.Type("284751\n284751\n") // and no third time
	has(t, d, "This device is registered", "small sums only")
	want := "reach https://wallet.example, begin haneul desk, activate ABCD-1234, seal, finish"
	if got := strings.Join(p.log, ", "); got != want {
		t.Errorf("asked: %s", got)
	}
	if strings.Join(p.pins, " ") != "284751 284751" {
		t.Error("the PINs did not arrive as typed")
	}
}

func TestACertificateThatNobodyVouchesForHasToBeCompared(t *testing.T) {
	t.Parallel()
	p := fresh()
	p.Fingerprint = "3F6F CD6C 0011"
	d := open(p, "en", 80, 24)
	d.Type("https://127.0.0.1:8750\n")
	has(t, d, "3F6F CD6C 0011", "Compare this fingerprint")
	d.Do("enrol_trust")
	has(t, d, "Compare this fingerprint") // typed ahead
	d.Late()
	d.Do("enrol_trust")
	has(t, d, "Who are you to")
	d.Type("\x1b")
	d.Type("\n")
	d.Late()
	d.Do("enrol_back")
	has(t, d, "Which platform", "https://127.0.0.1:8750") // what was typed stays
}

func TestTwoPINsThatDifferAreTypedAgain(t *testing.T) {
	t.Parallel()
	p := fresh()
	d := open(p, "en", 80, 24)
	d.Type("https://wallet.example\nhaneul\n\nABCD1234\n")
	d.Type("284751\n284752\n")
	has(t, d, "not the same")
	d.Type("2847\n")
	has(t, d, "6 digits or more") // at once, and nothing of it is left
	d.Type("\n\n284751\n28475\n")
	has(t, d, "6 digits or more", "• • • • • •")
	d.Type("284752\n")
	has(t, d, "not the same")
	if len(p.pins) != 0 {
		t.Fatal("a PIN went on")
	}
	p.fail["seal"] = fault.New(fault.WeakPIN, "why", "weak.row")
	d.Type("123456\n123456\n")
	has(t, d, "_ _ _ _ _ _") // nothing of it is left
	delete(p.fail, "seal")
	d.Type("284751\n284751\n")
	has(t, d, "This device is registered")
}

// Keys that are kept stay kept when the session does not open: then the PIN is
// typed again, since nothing of it is left, and only once.
func TestASessionThatDoesNotOpenAtOnceWantsThePINAgain(t *testing.T) {
	t.Parallel()
	p := fresh()
	d := open(p, "en", 80, 24)
	d.Type("https://wallet.example\nhaneul\n\nABCD1234\n")
	p.fail["finish"] = fault.New(fault.Unreachable, "url", "https://wallet.example")
	d.Type("284751\n284751\n")
	has(t, d, "Type the PIN again", "wallet.example", "_ _ _")
	delete(p.fail, "finish")
	d.Type("284751\n")
	has(t, d, "This device is registered")
	if got := strings.Join(p.log[len(p.log)-3:], ", "); got != "seal, finish, finish" {
		t.Errorf("asked: %s", got)
	}
	p = fresh()
	p.fail["finish"] = fault.New(fault.EnrolmentOver)
	d = open(p, "en", 80, 24)
	d.Type("https://wallet.example\nhaneul\n\nABCD1234\n284751\n284751\n")
	has(t, d, "This registration is over.", "Who are you to")
}

func TestAFailedStepCanBeTriedAgain(t *testing.T) {
	t.Parallel()
	p := fresh()
	d := open(p, "en", 80, 24)
	for _, step := range []struct{ name, keys string }{
		{"reach", "https://wallet.example\n"}, {"begin", "haneul\n\n"}, {"activate", "ABCD1234\n"}, {"seal", "284751\n284751\n"},
	} {
		p.fail[step.name] = fault.New(fault.Unreachable, "url", "https://wallet.example")
		d.Type(step.keys)
		has(t, d, "wallet.example")
		before := len(p.log)
		delete(p.fail, step.name)
		if step.name == "seal" { // a PIN is never kept
			d.Type(step.keys)
		} else {
			d.Type("\n")
		}
		if len(p.log) == before || !strings.HasPrefix(p.log[before], step.name) {
			t.Fatalf("%s was not tried again: %v\n%s", step.name, p.log, d.Frame())
		}
	}
	has(t, d, "This device is registered")
}

// What another run took over says so, and does not look as if it waited.
func TestAnEnrolmentThatAnotherRunTook(t *testing.T) {
	t.Parallel()
	for _, step := range []string{"activate", "seal", "finish"} {
		p := fresh()
		p.fail[step] = fault.New(fault.EnrolmentTaken)
		d := open(p, "en", 80, 24)
		d.Type("https://wallet.example\nhaneul\n\nABCD1234\n")
		if step != "activate" {
			d.Type("284751\n284751\n")
		}
		has(t, d, "Another run of Jandon", "Who are you to", "haneul")
	}
	p := fresh()
	p.left = enrol.Left{URL: "https://wallet.example", Handle: "haneul", Step: enrol.StepCode, Until: kittest.Now().Add(time.Minute)}
	p.fail["continue"] = fault.New(fault.EnrolmentTaken)
	d := open(p, "en", 80, 24)
	d.Do("enrol_go_on")
	has(t, d, "Another run of Jandon", "Which platform", "https://wallet.example")
}

func TestAnEndedEnrolmentBeginsAnew(t *testing.T) {
	t.Parallel()
	p := fresh()
	d := open(p, "en", 80, 24)
	d.Type("https://wallet.example\nhaneul\n\n")
	p.fail["activate"] = fault.New(fault.EnrolmentOver)
	d.Type("ABCD1234\n")
	has(t, d, "This registration is over.", "haneul")
}

// Each step is left and gone on with in the same run, or given up: then a person
// begins at their name, with what they typed.
func TestEveryStepCanBeLeftOrGivenUp(t *testing.T) {
	t.Parallel()
	keys := []string{"ABCD1234\n", "284751\n284751\n"}
	for steps := range 3 {
		p := fresh()
		d := open(p, "en", 80, 24)
		p.fail["finish"] = fault.New(fault.Unreachable, "url", "https://wallet.example")
		d.Type("https://wallet.example\nhaneul\n\n" + strings.Join(keys[:steps], ""))
		delete(p.fail, "finish")
		d.Type("\x1b") // which also ends what is said of a failure
		d.Do("enrol_go_on")
		before := d.Frame()
		d.Type("\x1b")
		has(t, d, "A registration waits", "wallet.example", "haneul", "desk", "simulator", []string{"good until 20:10", "a PIN, chosen", "the PIN that you chose"}[steps])
		asked := len(p.log)
		d.Do("enrol_go_on")
		if d.Frame() != before || len(p.log) != asked {
			t.Errorf("step %d is not as it was:\n%s", steps, d.Frame())
		}
		d.Type("\x1b")
		p.fail["abandon"] = fault.New(fault.KeyringDenied)
		d.Do("enrol_anew")
		has(t, d, "A registration waits", "keyring")
		delete(p.fail, "abandon")
		d.Do("enrol_anew")
		has(t, d, "Who are you to", "haneul", "desk")
		d.Type("\n\n" + strings.Join(keys, ""))
		has(t, d, "This device is registered")
	}
}

// What an earlier run left is gone on with at its step, or begun anew from the
// address; nobody has to type again what they gave then.
func TestAnEarlierRegistrationIsGoneOnWith(t *testing.T) {
	t.Parallel()
	for step, want := range map[enrol.Step]string{enrol.StepCode: "Which code", enrol.StepPIN: "Choose a PIN", enrol.StepProof: "Type the PIN again"} {
		for _, lang := range []string{"en", "ko"} {
			p := fresh()
			p.left = enrol.Left{
				Platform: enrol.Platform{Host: "wallet.example"}, URL: "https://wallet.example", Handle: "haneul", Device: "laptop",
				Made: kittest.Now().Add(-4 * time.Minute), Until: kittest.Now().Add(6 * time.Minute), Step: step, Later: true,
			}
			d := open(p, lang, 80, 24)
			has(t, d, "wallet.example", "haneul", "laptop")
			if lang == "ko" {
				has(t, d, "4분 전")
				continue
			}
			has(t, d, "A registration waits", "4 min ago")
			if strings.Contains(d.Frame(), "simulator") {
				t.Error("what was not asked is said")
			}
			p.fail["continue"] = fault.New(fault.Unreachable, "url", "https://wallet.example")
			d.Do("enrol_go_on")
			has(t, d, "A registration waits", "wallet.example")
			delete(p.fail, "continue")
			d.Do("enrol_go_on")
			has(t, d, want, "simulator")
			if strings.Contains(d.Frame(), "can approve instead") {
				t.Error("another device can't approve what this run did not ask for")
			}
			if step == enrol.StepCode {
				d.Type("\n")
				has(t, d, "It needs the code")
			}

			d = open(p, "en", 80, 24)
			d.Do("enrol_anew")
			has(t, d, "Which platform", "https://wallet.example")
			d.Type("\n")
			has(t, d, "haneul", "laptop")
		}
	}
}

// One whose code was taken, but whose PIN was never chosen, goes back to the code
// and says why in one sentence; it is not said to be good until a time, nor that
// another device can approve.
func TestAnEarlierRegistrationAsksForItsCodeAgain(t *testing.T) {
	t.Parallel()
	for lang, want := range map[string][3]string{
		"en": {"the activation code again", "Type the activation code again: nothing of it is kept here.", "Another device"},
		"ko": {"활성화 코드 다시 입력", "활성화 코드를 다시 입력해 주세요. 여기에는 코드를 보관하지 않아요.", "다른 기기"},
	} {
		p := fresh()
		p.left = enrol.Left{
			Platform: enrol.Platform{Host: "wallet.example"}, URL: "https://wallet.example", Handle: "haneul", Device: "laptop",
			Made: kittest.Now().Add(-12 * time.Minute), Until: kittest.Now().Add(-2 * time.Minute), Step: enrol.StepCode, Again: true,
		}
		d := open(p, lang, 80, 24)
		has(t, d, want[0])
		d.Do("enrol_go_on")
		has(t, d, want[1])
		if frame := d.Frame(); strings.Contains(frame, "20:0") || strings.Contains(frame, want[2]) {
			t.Errorf("more is said:\n%s", frame)
		}
		d.Type("\x1b")
		has(t, d, want[0])
		d.Do("enrol_go_on")
		d.Type("ABCD1234\n\x1b")
		if strings.Contains(d.Frame(), want[0]) {
			t.Errorf("the code was taken:\n%s", d.Frame())
		}
		d.Do("enrol_go_on")
		d.Type("284751\n284751\n")
		has(t, d, map[string]string{"en": "This device is registered", "ko": "이 기기가 등록됐어요"}[lang])
	}
}

// One that is over says so and can only be begun anew, whether that is known at
// once or the platform says it.
func TestAnEarlierRegistrationThatIsOver(t *testing.T) {
	t.Parallel()
	for _, known := range []bool{true, false} {
		p := fresh()
		p.left = enrol.Left{Platform: enrol.Platform{Host: "wallet.example"}, URL: "https://wallet.example", Handle: "haneul", Device: "laptop", Step: enrol.StepPIN, Over: known}
		p.fail["continue"] = fault.New(fault.EnrolmentOver)
		d := open(p, "en", 80, 24)
		if !known {
			d.Do("enrol_go_on")
		}
		has(t, d, "took too long", "a new beginning")
		asked := len(p.log)
		d.Do("enrol_go_on")
		if len(p.log) != asked {
			t.Error("it was gone on with")
		}
		d.Do("enrol_anew")
		has(t, d, "Which platform")
	}
}

func TestPINsLeaveNoTrace(t *testing.T) {
	t.Parallel()
	p := fresh()
	d := open(p, "en", 80, 24)
	d.Type("https://wallet.example\nhaneul\n\nABCD1234\n284751")
	for _, leak := range []string{d.Frame(), fmt.Sprintf("%+v %#v", d.Page, d.Page)} {
		if strings.Contains(leak, "284751") || strings.Contains(leak, "50 56 52 55 53 49") {
			t.Error("the PIN can be read off the page")
		}
	}
	d.Send(tea.PasteMsg{Content: "284751"})
	d.Send(kit.Locked{})
	has(t, d, "_ _ _ _ _ _")
}

func TestKorean(t *testing.T) {
	t.Parallel()
	d := open(fresh(), "ko", 80, 24)
	has(t, d, "› 플랫폼", "어느 플랫폼")
}

func TestAnyKeysInAnyWindow(t *testing.T) {
	t.Parallel()
	keys := []string{"a", "한", "284751", "\n", "\n\n", "\x1b", "https://wallet.example\n", "haneul\n\n"}
	rapid.Check(t, func(r *rapid.T) {
		p := fresh()
		if rapid.Bool().Draw(r, "unknown certificate") {
			p.Fingerprint = strings.Repeat("3F6F ", 16)
		}
		for _, step := range []string{"keep", "reach", "begin", "activate", "seal", "finish"} {
			if rapid.IntRange(0, 5).Draw(r, step) == 0 {
				p.fail[step] = fault.New(fault.EnrolmentOver)
			}
		}
		p.left = enrol.Left{URL: rapid.SampledFrom([]string{"", "https://wallet.example"}).Draw(r, "url"), Handle: "하늘", Step: rapid.SampledFrom([]enrol.Step{enrol.StepPlatform, enrol.StepTrust, enrol.StepPerson, enrol.StepCode, enrol.StepPIN, enrol.StepProof}).Draw(r, "left"), Over: rapid.Bool().Draw(r, "over"), Again: rapid.Bool().Draw(r, "again")}
		d := open(p, rapid.SampledFrom([]string{"en", "ko"}).Draw(r, "lang"), 80, 20)
		for range rapid.IntRange(1, 25).Draw(r, "keys") {
			switch rapid.IntRange(0, 4).Draw(r, "what") {
			case 0:
				d.Resize(rapid.IntRange(0, 200).Draw(r, "w"), rapid.IntRange(0, 60).Draw(r, "h"))
			case 1:
				d.Late()
			case 2:
				d.Do(rapid.SampledFrom([]kit.Intent{"enrol_trust", "enrol_back", "enrol_open", "enrol_go_on", "enrol_anew", kit.Open}).Draw(r, "intent"))
			default:
				d.Type(rapid.SampledFrom(keys).Draw(r, "key"))
			}
			if err := d.Check(); err != nil {
				r.Fatal(err)
			}
			if x, y := d.Page.(*enrol.Page).Caret(); x < 0 || y < -200 {
				r.Fatal("the caret is nowhere")
			}
		}
	})
}

// Nothing typed asks whether another device has approved: what is said then is
// not of a code.
func TestNotApprovedYetIsNoWrongCode(t *testing.T) {
	t.Parallel()
	p := fresh()
	p.fail["activate"] = fault.New(fault.WrongCode)
	d := open(p, "en", 80, 24)
	d.Type("https://wallet.example\nhaneul\n\n\n")
	has(t, d, "No other device has approved this one yet.", "or type the code")
	d.Type("ABCD-1234\n")
	has(t, d, "That is not the activation code", "Check the letters")
}

// What is said of a wrong code is of the code: there is no PIN to be lost yet.
// In a narrow window all steps are named.
func TestAWrongCodeIsSaidOfTheCode(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "ko"} {
		p := fresh()
		wrong := fault.New(fault.WrongCode)
		wrong.Correlation = "0123456789abcdef"
		p.fail["activate"] = wrong
		d := open(p, lang, 40, 40)
		has(t, d, map[string]string{"en": "Done", "ko": "완료"}[lang])
		d.Type("https://wallet.example\nhaneul\n\nABCD-1234\n")
		if frame := d.Frame(); strings.Count(frame, "0123456789abcdef") != 1 || strings.Contains(frame, "jandon enroll") {
			t.Errorf("%s: of a wrong code it is said\n%s", lang, frame)
		}
	}
}
