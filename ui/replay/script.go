package replay

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/safe"
	"jandon/internal/session"
	strokes "jandon/ui/script"
)

// scripted is what a person did in a recording, in the lines of a scenario's
// "keys" file (see ui/uitest.Script): the instant, the window, keys, texts,
// clicks, the time between them, and a frame before each pause and at the end;
// taken are their numbers. Letters of fields are those of the recording, which
// are others than were typed.
func scripted(rec *session.Recording) (text string, taken []int, err error) {
	reg, err := registry()
	if err != nil {
		return "", nil, err
	}
	var w scribe
	began := false
	for i := range rec.Steps {
		s := &rec.Steps[i]
		msg, err := unpack(reg, s.Kind, s.Body)
		if err != nil {
			continue // a gap; what follows may still make sense
		}
		if size, ok := msg.(tea.WindowSizeMsg); ok && !began {
			began = true
			fmt.Fprintf(&w.head, "at %s\nsizes %dx%d\nlangs %s\n", rec.Began.Format(time.RFC3339), size.Width, size.Height, langOf(reg, rec))
			continue
		}
		w.add(s.At, msg, i)
	}
	w.flush()
	w.take(len(rec.Steps))
	if !began {
		fmt.Fprintf(&w.head, "at %s\nlangs %s\n", rec.Began.Format(time.RFC3339), langOf(reg, rec))
	}
	return w.head.String() + w.body.String(), w.taken, nil
}

func langOf(reg *session.Registry, rec *session.Recording) string {
	if msg, err := reg.Decode("screen", rec.Screen); err == nil && msg.(screen).Lang == "ko" {
		return "ko"
	}
	return "en"
}

type scribe struct {
	head, body strings.Builder
	last       time.Duration
	keys       []string // one after the other without a pause
	taken      []int
}

// pause is from when on it may matter that somebody waited: shorter ones are typing.
const pause = 300 * time.Millisecond

func (w *scribe) add(at time.Duration, msg tea.Msg, n int) {
	line := ""
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		w.wait(at, n)
		if name := keyName(m); name != "" && pressable(name) {
			w.keys = append(w.keys, name)
		}
		return
	case tea.PasteMsg:
		if text := safe.Text(m.Content); text != "" {
			line = "paste " + text
		}
	case tea.MouseClickMsg:
		line = fmt.Sprintf("click %d %d", m.X, m.Y)
	case tea.WindowSizeMsg:
		line = fmt.Sprintf("resize %dx%d", m.Width, m.Height)
	}
	if line != "" {
		w.wait(at, n)
		w.flush()
		w.body.WriteString(line + "\n")
	}
}

// wait says how long nothing was done before step n.
func (w *scribe) wait(at time.Duration, n int) {
	if d := (at - w.last).Truncate(100 * time.Millisecond); d >= pause {
		w.flush()
		w.take(n)
		fmt.Fprintf(&w.body, "wait %s\n", d)
	}
	w.last = at
}

// take takes the frame with a number.
func (w *scribe) take(n int) {
	fmt.Fprintf(&w.body, "frame %d\n", n)
	w.taken = append(w.taken, n)
}

// pressable reports whether scripts have a key.
func pressable(name string) bool {
	_, err := strokes.Key(name)
	return err == nil
}

func (w *scribe) flush() {
	if len(w.keys) > 0 {
		w.body.WriteString("press " + strings.Join(w.keys, " ") + "\n")
		w.keys = nil
	}
}

// keyName is a key as bindings and scripts write it; "" of one that has none.
func keyName(k tea.KeyPressMsg) string {
	name := k.String()
	if name == " " {
		return "space"
	}
	if safe.Text(name) != name || strings.ContainsAny(name, " \t") {
		return ""
	}
	return name
}
