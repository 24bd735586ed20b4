package enrol_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
	"jandon/ui/enrol"
	"jandon/ui/kit/kittest"
)

// last is what was kept last, said shortly.
func (p *platform) last() string {
	if len(p.kept) == 0 {
		return "nothing"
	}
	l := p.kept[len(p.kept)-1]
	return fmt.Sprint(l.Step, " ", l.URL, " ", l.Platform.Fingerprint, " ", l.Handle, " ", l.Device)
}

// What is given is kept as it is given, step by step, until a registration is begun:
// then it is the platform's and the keyring's.
func TestWhatIsGivenIsKept(t *testing.T) {
	t.Parallel()
	p := fresh()
	p.Fingerprint = "3F6F CD6C"
	d := open(p, "en", 80, 24)
	for _, step := range []struct{ keys, want string }{
		{"https://wallet.exam", "nothing"}, // not given yet
		{"ple\n", "1 https://wallet.example   "},
		{"trust", "2 https://wallet.example 3F6F CD6C  "},
		{"hane", "2 https://wallet.example 3F6F CD6C  "},
		{"ul\n", "2 https://wallet.example 3F6F CD6C haneul desk"},
		{"\x1b", "0 https://wallet.example 3F6F CD6C haneul desk"},
		{"\n", "2 https://wallet.example 3F6F CD6C haneul desk"}, // it was compared
	} {
		if step.keys == "trust" {
			d.Late()
			d.Do("enrol_trust")
		} else {
			d.Type(step.keys)
		}
		if got := p.last(); got != step.want {
			t.Errorf("after %q there is kept %q, want %q", step.keys, got, step.want)
		}
	}
	before := len(p.kept)
	d.Type("\n\nABCD1234\n")
	d.Type("\x1b")
	d.Do("enrol_anew") // which forgets
	has(t, d, "Who are you to", "haneul")
	if len(p.kept) != before {
		t.Errorf("of what was begun there is kept %q", p.last())
	}
	d.Type("\x1b")
	d.Send(tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl})
	d.Type("https://other.example\n")
	has(t, d, "Compare this fingerprint") // another's
	if got := p.last(); got != "1 https://other.example  haneul desk" {
		t.Errorf("of another platform there is kept %q", got)
	}
	p.fail["keep"] = fault.New(fault.BadFile)
	d.Late()
	d.Do("enrol_trust")
	has(t, d, "can't be kept here", "Who are you to") // which stops nobody
}

// What was given in an earlier run is gone on with at the very step: the address
// again, the certificate, one's name, or the device's.
func TestWhatWasGivenIsGoneOnWith(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		left    enrol.Left
		after   enrol.Step
		waits   string
		want    string
		reached bool
	}{
		{enrol.Left{Step: enrol.StepPlatform}, 0, "an address that answers", "Which platform", false},
		{enrol.Left{Step: enrol.StepTrust}, enrol.StepTrust, "its fingerprint", "Compare this fingerprint", true},
		{enrol.Left{Step: enrol.StepPerson}, enrol.StepPerson, "your name there", "Who are you to", true},
		{enrol.Left{Step: enrol.StepPerson, Handle: "haneul", Device: "laptop"}, enrol.StepPerson, "a name for this device", "Who are you to", true},
	} {
		p := fresh()
		c.left.URL, c.left.Made, c.left.Platform.Host = "https://wallet.example", kittest.Now().Add(-4*time.Minute), "wallet.example"
		p.left = c.left
		d := open(p, "en", 80, 24)
		has(t, d, "A registration waits", "wallet.example", "4 min ago", c.waits, "Nothing was asked")
		p.left.Step = c.after
		d.Do("enrol_go_on")
		has(t, d, c.want)
		if got := len(p.log) == 1; got != c.reached {
			t.Errorf("asked: %v", p.log)
		}
		if p.last() != "nothing" {
			t.Errorf("nothing is new, and there is kept %q", p.last())
		}
		if c.left.Handle != "" {
			has(t, d, "haneul", "laptop")
			d.Type("\n") // the name was given before
			has(t, d, "Which code")
		}
	}
	for lang, want := range map[string][2]string{"en": {"Which platform", "https://wallet.example"}, "ko": {"어느 플랫폼", "https://wallet.example"}} {
		p := fresh()
		p.left = enrol.Left{URL: "https://wallet.example", Step: enrol.StepPerson, Handle: "haneul"}
		d := open(p, lang, 80, 24)
		d.Do("enrol_anew")
		has(t, d, want[0], want[1])
		if strings.Join(p.log, " ") != "abandon" || p.last() != "nothing" {
			t.Errorf("asked %v, kept %q", p.log, p.last())
		}
	}
}

// In lines no cursor shows which field it is: it is said, and an empty line keeps
// the computer's name.
func TestTheFieldsInLines(t *testing.T) {
	t.Parallel()
	for lang, want := range map[string][2]string{"en": {"Type your name there.", "an empty line is desk"}, "ko": {"그곳에서 쓰는 이름을 적어", "빈 줄이면 desk"}} {
		p, env := fresh(), kittest.Env(lang)
		env.Lines = true
		d := kittest.Start(enrol.New(env, p, enrol.Options{Device: "desk"}), 98, 60)
		d.Type("https://wallet.example\n")
		has(t, d, want[0])
		d.Type("haneul\n")
		has(t, d, want[1])
		d.Send(tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl})
		d.Type("\n")
		if got := p.log[len(p.log)-1]; got != "begin haneul desk" {
			t.Errorf("asked: %s", got)
		}
	}
}

// What was shown and not compared is no proof: who said no to a certificate of an
// earlier run is asked about it again.
func TestACertificateThatNobodyComparedIsAskedAboutAgain(t *testing.T) {
	t.Parallel()
	p := fresh()
	p.Fingerprint = "3F6F CD6C"
	p.left = enrol.Left{URL: "https://wallet.example", Made: kittest.Now(), Step: enrol.StepTrust}
	d := open(p, "en", 80, 24)
	d.Do("enrol_go_on")
	has(t, d, "Compare this fingerprint", "3F6F CD6C")
	d.Do("enrol_back")
	d.Type("\n")
	has(t, d, "Compare this fingerprint", "3F6F CD6C")
}
