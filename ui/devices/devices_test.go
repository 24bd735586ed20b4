package devices_test

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
	"jandon/ui/devices"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
)

// platform is what the page asks, with what it was asked to do.
type platform struct {
	list    []act.Device
	err     error
	renamed map[string]string
	revoked []string
}

func (p *platform) Devices(context.Context) ([]act.Device, error) { return slices.Clone(p.list), p.err }

func (p *platform) RenameDevice(_ context.Context, id, name string) error {
	if p.err != nil {
		return p.err
	}
	p.renamed[id] = name
	for i := range p.list {
		if p.list[i].ID == id {
			p.list[i].Name = name
		}
	}
	return nil
}

func (p *platform) RevokeDevice(_ context.Context, id string) error {
	if p.err != nil {
		return p.err
	}
	p.revoked = append(p.revoked, id)
	for i := range p.list {
		if p.list[i].ID == id {
			p.list[i].State = act.DeviceRevoked
		}
	}
	return nil
}

func two() *platform {
	now := kittest.Now()
	return &platform{renamed: map[string]string{}, list: []act.Device{
		{ID: "d-2", Name: "desk", State: act.DeviceActive, Current: true, Created: now.AddDate(0, 0, -40), LastUsed: now, Store: "keyring"},
		{ID: "d-1", Name: "old laptop", State: act.DeviceActive, Created: now.AddDate(0, -5, 0), LastUsed: now.AddDate(0, 0, -60), Store: "file"},
	}}
}

func open(p *platform, lang string, w, h int) *kittest.Drive {
	return kittest.Start(devices.New(kittest.Env(lang), p), w, h)
}

func has(t *testing.T, d *kittest.Drive, list ...string) {
	t.Helper()
	for _, want := range list {
		if !strings.Contains(d.Frame(), want) {
			t.Errorf("there is no %q in\n%s", want, d.Frame())
		}
	}
}

// S1: devices with name, created, last used.
func TestWhatIsKnownOfEach(t *testing.T) {
	t.Parallel()
	has(t, open(two(), "en", 80, 24), "desk  this device", "active", "last used", "keys in the keyring", "old laptop", "keys in a sealed file")
	has(t, open(two(), "ko", 80, 24), "이 기기", "사용 중", "키링")
	p := two()
	p.list[0].Limited, p.list[1].State, p.list[1].Until = kittest.Now().Add(time.Hour), act.DevicePaused, kittest.Now().Add(time.Minute)
	has(t, open(p, "en", 100, 24), "new: small sums until", "waits until")
	p.list[0].Store = "memory"
	has(t, open(p, "en", 100, 24), "keys in memory only")
	has(t, open(&platform{}, "en", 80, 24), "No device is registered.")
}

// Whoever came in without the PIN is told before the question what else revoking does.
func TestRevokingWithoutThePINSaysThatItStopsEverything(t *testing.T) {
	t.Parallel()
	const stops = "everything that moves value stands still"
	e := kittest.Env("en")
	d := kittest.Start(devices.New(e, two()), 80, 24)
	d.Do(kit.Down, "devices_revoke")
	if strings.Contains(d.Frame(), stops) {
		t.Errorf("by the PIN nothing else stops:\n%s", d.Frame())
	}
	e.Little = true
	d.Send(kit.Redraw{})
	has(t, d, "Take everything from", stops)
}

// What tells a device from others is never cut, however narrow the window is.
func TestNamesAndTimesAreWholeInANarrowWindow(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "ko"} {
		p := two()
		p.list[0].Name, p.list[0].Limited = "my desk at home", kittest.Now().Add(25*time.Hour)
		d := open(p, lang, 40, 40)
		has(t, d, "my desk at home", "21:00")
		if strings.Contains(d.Frame(), "…") {
			t.Errorf("%s: something is cut in\n%s", lang, d.Frame())
		}
	}
}

func TestRevokingIsAskedStartsOnNoAndArms(t *testing.T) {
	t.Parallel()
	p := two()
	d := open(p, "en", 80, 24)
	d.Do("devices_revoke") // this very device, which is chosen first
	if strings.Contains(d.Frame(), "Take everything") {
		t.Fatal("a device can revoke itself")
	}
	d.Do(kit.Down, "devices_revoke")
	has(t, d, "Take everything from “old laptop”?")
	d.Do("devices_no")
	d.Do("devices_revoke", "devices_yes")
	if len(p.revoked) != 0 {
		t.Fatal("a key typed ahead revokes")
	}
	d.Late()
	d.Do("devices_yes")
	if !slices.Equal(p.revoked, []string{"d-1"}) {
		t.Fatalf("revoked %v", p.revoked)
	}
	has(t, d, "revoked", "old laptop")
}

// An answer to an older question must not arm a newer one.
func TestAnOldTimerArmsNoNewQuestion(t *testing.T) {
	t.Parallel()
	p := two()
	d := open(p, "en", 80, 24)
	d.Do(kit.Down, kit.Down, "devices_revoke", "devices_no")
	old := d.Waits
	d.Waits = nil
	d.Do("devices_revoke")
	for _, w := range old {
		d.Send(w.Then)
	}
	d.Do("devices_yes")
	if len(p.revoked) != 0 {
		t.Error("the timer of another question armed this one")
	}
}

func TestRename(t *testing.T) {
	t.Parallel()
	p := two()
	d := open(p, "en", 80, 24)
	d.Do(kit.Down, kit.Down, "devices_rename")
	page := d.Page.(*devices.Page)
	if !page.Typing() {
		t.Fatal("it takes no name")
	}
	if x, y := page.Caret(); x != 2+len("old laptop") || !strings.Contains(strings.Split(d.Frame(), "\n")[y], "old laptop") {
		t.Errorf("the caret is at %d, %d in\n%s", x, y, d.Frame())
	}
	d.Type(" 2\n")
	if p.renamed["d-1"] != "old laptop 2" || page.Typing() {
		t.Errorf("renamed %v", p.renamed)
	}
	d.Do("devices_rename")
	d.Type("x\x1b")
	if p.renamed["d-1"] != "old laptop 2" || page.Typing() {
		t.Error("Esc keeps what was typed")
	}
}

func TestFailed(t *testing.T) {
	t.Parallel()
	p := two()
	p.err = fault.New(fault.Unreachable, "url", "https://wallet.example")
	d := open(p, "en", 80, 24)
	has(t, d, "wallet.example")
	p.err = nil
	d.Do(kit.Retry)
	has(t, d, "desk")
}

func TestAnyKeysInAnyWindow(t *testing.T) {
	t.Parallel()
	intents := []kit.Intent{"devices_rename", "devices_revoke", "devices_yes", "devices_no", kit.Open, kit.Retry, kit.Up, kit.Down, kit.PageDown, kit.Bottom, kit.Top}
	rapid.Check(t, func(r *rapid.T) {
		p := two()
		p.list[1].Name = strings.Repeat("긴이름", rapid.IntRange(0, 30).Draw(r, "long"))
		d := open(p, rapid.SampledFrom([]string{"en", "ko"}).Draw(r, "lang"), 80, 20)
		for range rapid.IntRange(1, 20).Draw(r, "keys") {
			switch rapid.IntRange(0, 3).Draw(r, "what") {
			case 0:
				d.Resize(rapid.IntRange(0, 200).Draw(r, "w"), rapid.IntRange(0, 60).Draw(r, "h"))
			case 1:
				if d.Page.(*devices.Page).Typing() {
					d.Type(rapid.SampledFrom([]string{"a", "가", "\n", "\x1b"}).Draw(r, "key"))
				}
			case 2:
				d.Late()
			default:
				if !d.Page.(*devices.Page).Typing() {
					d.Do(rapid.SampledFrom(intents).Draw(r, "intent"))
				}
			}
			if err := d.Check(); err != nil {
				r.Fatal(err)
			}
		}
		if slices.Contains(p.revoked, "d-2") {
			r.Fatal("the device itself was revoked")
		}
	})
}

// What stands below a device's name is chosen with it: a click there is one on the name.
func TestADeviceIsChosenInBothItsLines(t *testing.T) {
	t.Parallel()
	d := kittest.Start(devices.New(kittest.Env("en"), two()), 80, 20)
	lines := strings.Split(d.Frame(), "\n")
	at := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, "in a sealed file") })
	if at < 1 || !strings.Contains(lines[at-1], "old laptop") {
		t.Fatalf("there are no two lines of a device in\n%s", d.Frame())
	}
	d.Send(kit.Click{X: 4, Y: at})
	d.Do("devices_revoke")
	if !strings.Contains(d.Frame(), "from “old laptop”?") {
		t.Errorf("a click on its second line did not choose it:\n%s", d.Frame())
	}
}

// lookalike begins with a Cyrillic letter.
const lookalike = "оld laptop"

func TestADeviceWhoseLettersMisleadIsMarked(t *testing.T) {
	t.Parallel()
	const badge = "Look closely"
	p := two()
	if d := open(p, "en", 80, 24); strings.Contains(d.Frame(), badge) {
		t.Errorf("a name as it should be is marked:\n%s", d.Frame())
	}
	p.list[1].Name = lookalike
	d := open(p, "en", 40, 40)
	has(t, d, badge)
	d.Do(kit.Down, "devices_revoke")
	if strings.Count(d.Frame(), badge) != 2 {
		t.Errorf("the question does not say it:\n%s", d.Frame())
	}
	d = open(two(), "en", 80, 24)
	d.Do("devices_rename")
	d.Send(tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl})
	d.Type(lookalike)
	has(t, d, badge)
}
