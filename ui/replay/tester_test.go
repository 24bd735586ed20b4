package replay

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/ui"
)

// What a tester did to the clock is drawn again, by whomever the recording was
// begun: from the start, or once the clock stood still.
func TestATestersClockIsDrawnAgain(t *testing.T) {
	t.Parallel()
	for _, first := range []bool{true, false} {
		var l live
		o := everyday(t, &l, "en")
		stopped, speed := false, 1.0
		o.Tester = &ui.Tester{Move: func(m ui.Move) ui.Moved {
			stopped = stopped != m.Toggle
			if m.Speed > 0 {
				speed = m.Speed
			}
			l.now = l.now.Add(m.Step)
			return ui.Moved{At: l.now, Speed: speed, Stopped: stopped}
		}}
		r, out := recorder(t, everydaySetting)
		o.Recorder, o.Record = counted{r, &l}, first
		l.begin(o)
		l.send(tea.WindowSizeMsg{Width: 80, Height: 24})
		l.settle()
		l.press("alt+s")
		l.settle()
		if !first {
			l.press("f9", "y")
			l.settle()
		}
		l.press("alt+d")
		l.settle()
		l.press("alt+f", "f1", "f11")
		l.settle()
		l.pass(time.Minute)
		if err := r.End(); err != nil {
			t.Fatal(err)
		}
		differs, known, err := Verify(read(t, out))
		if err != nil || !known {
			t.Fatal(known, err)
		}
		if differs != nil {
			t.Errorf("from the start %v, it draws otherwise:\n%s", first, differs.Beside(0))
		}
	}
}
