package replay

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"jandon/internal/act"
	"jandon/internal/session"
	"jandon/ui"
	"jandon/ui/devices"
	"jandon/ui/kit"
)

// drawer keeps one device, which can be renamed.
type drawer struct {
	devices.Source
	name string
}

func (d *drawer) Devices(context.Context) ([]act.Device, error) {
	return []act.Device{{ID: "dev-1", Name: d.name, State: act.DeviceActive}}, nil
}

func (d *drawer) RenameDevice(_ context.Context, _, name string) error {
	d.name = name
	return nil
}

// TestATypedNameIsTheOneThatIsShownAfterwards renames a device: in a redacted
// replay the field holds the name that the list has then.
func TestATypedNameIsTheOneThatIsShownAfterwards(t *testing.T) {
	t.Parallel()
	var l live
	r, out := recorder(t, everydaySetting)
	o := everyday(t, &l, "en")
	d := &drawer{name: "Attic"}
	o.Pages = append(o.Pages, ui.Maker{Name: "devices", Label: "device.title", Tab: true, Make: func(env *kit.Env, _ string) kit.Page { return devices.New(env, d) }})
	o.Recorder, o.Record = counted{r, &l}, true
	l.begin(o)
	l.send(tea.WindowSizeMsg{Width: 120, Height: 40})
	l.press("6")
	l.settle()
	l.press("n", "ctrl+u")
	typeIn(&l, "Lantan")
	l.press("left", "backspace")
	typeIn(&l, "er")
	typed := len(l.frames) - 1
	if !strings.Contains(ansi.Strip(l.frames[typed].Content), "Lantern") {
		t.Fatalf("it was not typed:\n%s", ansi.Strip(l.frames[typed].Content))
	}
	l.press("enter")
	l.settle()
	l.pass(time.Second)
	name := r.red.Text(d.name, session.Name)
	if err := r.End(); err != nil {
		t.Fatal(err)
	}
	rec := read(t, out)
	if got := keyed(t, rec); strings.Contains(got, "Lantan") || !strings.Contains(got, "6n") { // which command was meant is kept
		t.Errorf("these keys were written: %s", got)
	}
	p, err := Open(rec)
	if err != nil {
		t.Fatal(err)
	}
	all := shown(p)
	if len(all) != len(l.frames) {
		t.Fatalf("%d frames of %d", len(all), len(l.frames))
	}
	for n, at := range map[string]int{"typed": typed, "kept": len(all) - 1} {
		if f := ansi.Strip(all[at].Content); !strings.Contains(f, name) || strings.Contains(f, d.name) {
			t.Errorf("%s, %s is not called %s:\n%s", n, d.name, name, f)
		}
	}
}

// keyed are the letters of the keys and pastes that were written, in order.
func keyed(t *testing.T, rec *session.Recording) string {
	t.Helper()
	reg, err := registry()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, s := range rec.Steps {
		if s.Kind != "key" && s.Kind != "paste" {
			continue
		}
		msg, err := reg.Decode(s.Kind, s.Body)
		if err != nil {
			t.Fatal(err)
		}
		switch m := msg.(type) {
		case key:
			b.WriteString(string(m.Text))
		case paste:
			b.WriteString(string(m.Text))
		}
	}
	return b.String()
}

// TestWhatFieldsHoldIsReplaced goes over every kind of field.
func TestWhatFieldsHoldIsReplaced(t *testing.T) {
	t.Parallel()
	reg, err := registry()
	if err != nil {
		t.Fatal(err)
	}
	d := session.NewRedactor(reg, false)
	const said = "Kanarie 김한결"
	for _, msg := range []any{
		kit.Searched{Text: []rune(said)}, kit.Dated{Text: []rune(said)}, kit.Summed{Text: []rune(said)}, kit.Named{Text: []rune(said)}, kit.Noted{Text: []rune(said)},
	} {
		kind, body, err := d.Encode(msg)
		if err != nil {
			t.Fatal(err)
		}
		back, err := reg.Decode(kind, body)
		if err != nil {
			t.Fatal(err)
		}
		text := string(reflect.ValueOf(back).FieldByName("Text").Interface().([]rune))
		if strings.Contains(text, "Kanarie") || strings.Contains(text, "김한결") || len([]rune(text)) != len([]rune(said)) {
			t.Errorf("%T became %q", msg, text)
		}
	}
}
