package destinations_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/ui/destinations"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
)

var rails = []string{"bank_transfer", "bank_instant"}

// platform is what the page asks, with what it was asked to do.
type platform struct {
	list     []act.Destination
	err      error
	linked   [][3]string
	unlinked []string
}

func (p *platform) Destinations(context.Context) ([]act.Destination, error) {
	return slices.Clone(p.list), p.err
}

func (p *platform) LinkDestination(_ context.Context, rail, name, number string) (act.Act, error) {
	if p.err != nil {
		return act.Act{}, p.err
	}
	p.linked = append(p.linked, [3]string{rail, name, number})
	return act.Act{ID: "act-9", Action: act.AddDestination, State: act.Waiting}, nil
}

func (p *platform) UnlinkDestination(_ context.Context, id string) error {
	p.unlinked = append(p.unlinked, id)
	return p.err
}

func one() *platform {
	now := kittest.Now()
	return &platform{list: []act.Destination{
		{ID: "p-1", Rail: "bank_transfer", Name: "김하늘", Number: "···-1234", Added: now.AddDate(0, -3, 0), Usable: now.AddDate(0, -3, 0), Used: now.AddDate(0, 0, -9)},
		{ID: "p-2", Rail: "bank_instant", Name: "Kim Haneul", Number: "···-9876", Added: now, Usable: now.Add(10 * time.Minute)},
	}}
}

func open(p *platform, lang, arg string, w, h int) *kittest.Drive {
	return kittest.Start(destinations.New(kittest.Env(lang), p, rails, arg), w, h)
}

func has(t *testing.T, d *kittest.Drive, list ...string) {
	t.Helper()
	for _, want := range list {
		if !strings.Contains(d.Frame(), want) {
			t.Errorf("there is no %q in\n%s", want, d.Frame())
		}
	}
}

func TestTheList(t *testing.T) {
	t.Parallel()
	has(t, open(one(), "en", "", 80, 24), "김하늘  ···-1234", "ready", "bank transfer", "never used", "can be used from")
	has(t, open(&platform{}, "en", "", 80, 24), "Nothing is linked yet.")
	has(t, open(&platform{}, "ko", "", 80, 24), "아직 연결한 곳이 없어요.")
}

func TestLinkingLeadsToItsConfirmation(t *testing.T) {
	t.Parallel()
	p := one()
	d := open(p, "en", "", 80, 24)
	d.Do("destinations_add")
	d.Send(tea.KeyPressMsg{Code: tea.KeyRight})
	d.Type("\nKim\n")
	d.Type("１１０-22 22\n") // full-width digits of an input method
	if want := [3]string{"bank_instant", "Kim", "110-2222"}; len(p.linked) != 1 || p.linked[0] != want {
		t.Fatalf("linked %v", p.linked)
	}
	if len(d.Visits) != 1 || d.Visits[0] != (kit.Visit{Page: "confirm", Arg: "act-9"}) {
		t.Errorf("visits %v", d.Visits)
	}
}

func TestAFormThatIsNotWholeSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	p := one()
	d := open(p, "en", "bank_transfer", 80, 24) // begins with the form, at the name
	d.Type("\n\n")
	has(t, d, "Say whose it is.")
	d.Send(tea.KeyPressMsg{Code: tea.KeyUp})
	has(t, d, "Say whose it is.") // also on another line
	d.Type("Kim")
	if strings.Contains(d.Frame(), "Say whose it is.") {
		t.Errorf("a name is asked for that was typed:\n%s", d.Frame())
	}
	d.Type("\n12x\n")
	has(t, d, "four digits")
	if len(p.linked) != 0 {
		t.Fatalf("linked %v", p.linked)
	}
	x, y := d.Page.(*destinations.Page).Caret()
	if line := strings.Split(d.Frame(), "\n")[y]; !strings.Contains(line, "12x") || x != 2+len("Whose it is   ")+3 {
		t.Errorf("the caret is at %d in %q", x, line)
	}
	d.Type("\x1b")
	has(t, d, "김하늘")
}

func TestAFailedFormStays(t *testing.T) {
	t.Parallel()
	p := one()
	d := open(p, "en", "bank_transfer", 80, 24)
	p.err = fault.New(fault.Unreachable, "url", "https://wallet.example")
	d.Type("Kim\n1234\n")
	has(t, d, "Kim", "1234")
	p.err = nil
	d.Type("\n")
	if len(p.linked) != 1 {
		t.Error("what was typed could not be sent again")
	}
}

func TestNamesAndNumbersAreWholeInANarrowWindow(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "ko"} {
		d := open(one(), lang, "", 40, 40)
		has(t, d, "Kim Haneul  ···-9876", "20:10")
		if strings.Contains(d.Frame(), "…") {
			t.Errorf("%s: something is cut in\n%s", lang, d.Frame())
		}
	}
}

// While the form has the keys, the footer names those of the form.
func TestTheFormNamesItsKeys(t *testing.T) {
	t.Parallel()
	d := open(one(), "en", "bank_transfer", 80, 24)
	var keys []string
	for _, b := range d.Page.Keys() {
		keys = append(keys, b.Keys[0])
	}
	if !slices.Equal(keys, []string{"enter", "esc", "down", "up"}) {
		t.Errorf("the keys are %q", keys)
	}
}

func TestUnlinkingIsAskedAndArms(t *testing.T) {
	t.Parallel()
	p := one()
	d := open(p, "en", "", 80, 24)
	d.Do("destinations_unlink", "destinations_yes")
	if len(p.unlinked) != 0 {
		t.Fatal("a key typed ahead unlinks")
	}
	has(t, d, "Unlink 김하늘")
	d.Late()
	d.Do("destinations_yes")
	if !slices.Equal(p.unlinked, []string{"p-1"}) {
		t.Errorf("unlinked %v", p.unlinked)
	}
}

func TestAnyKeysInAnyWindow(t *testing.T) {
	t.Parallel()
	intents := []kit.Intent{"destinations_add", "destinations_unlink", "destinations_yes", "destinations_no", kit.Retry, kit.Up, kit.Down, kit.PageDown, kit.Bottom}
	rapid.Check(t, func(r *rapid.T) {
		p := one()
		p.list[1].Name = strings.Repeat("긴이름", rapid.IntRange(0, 30).Draw(r, "long"))
		d := open(p, rapid.SampledFrom([]string{"en", "ko"}).Draw(r, "lang"), rapid.SampledFrom([]string{"", "bank_instant"}).Draw(r, "arg"), 80, 20)
		for range rapid.IntRange(1, 20).Draw(r, "keys") {
			typing := d.Page.(*destinations.Page).Typing()
			switch rapid.IntRange(0, 3).Draw(r, "what") {
			case 0:
				d.Resize(rapid.IntRange(0, 200).Draw(r, "w"), rapid.IntRange(0, 60).Draw(r, "h"))
			case 1:
				d.Late()
			default:
				if typing {
					d.Type(rapid.SampledFrom([]string{"a", "가", "1", "\n", "\x1b"}).Draw(r, "key"))
				} else {
					d.Do(rapid.SampledFrom(intents).Draw(r, "intent"))
				}
			}
			if err := d.Check(); err != nil {
				r.Fatal(err)
			}
			d.Page.(*destinations.Page).Caret()
		}
	})
}

// A PIN that was not given takes the yes back: no later one gives it again.
func TestUnlinkingEndsWithAPINThatWasNotGiven(t *testing.T) {
	t.Parallel()
	for told, tries := range map[any]int{kit.StayedLocked{}: 1, kit.Unlocked{}: 2} {
		p := one()
		d := open(p, "en", "", 80, 24)
		d.Do("destinations_unlink")
		d.Late()
		p.err = fault.New(fault.StepUpRequired)
		d.Do("destinations_yes")
		p.err = nil
		d.Send(told)
		if d.Send(kit.Unlocked{}); len(p.unlinked) != tries {
			t.Errorf("%T: tried %d times", told, len(p.unlinked))
		}
	}
}

// lookalike begins with a Cyrillic letter.
const lookalike = "Рaypal"

func TestAPayeeWhoseLettersMisleadIsMarked(t *testing.T) {
	t.Parallel()
	const badge = "Look closely"
	p := one()
	if d := open(p, "en", "", 80, 24); strings.Contains(d.Frame(), badge) {
		t.Errorf("a name as it should be is marked:\n%s", d.Frame())
	}
	p.list[1].Name = lookalike
	d := open(p, "en", "", 40, 40)
	has(t, d, badge)
	d.Do(kit.Down, "destinations_unlink")
	if strings.Count(d.Frame(), badge) != 2 {
		t.Errorf("the question does not say it:\n%s", d.Frame())
	}
	d = open(one(), "en", "bank_transfer", 80, 24)
	d.Type(lookalike)
	has(t, d, badge)
}
