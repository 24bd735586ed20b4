package ui

import (
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/history"
	"jandon/ui/kit"
)

// Tester lets the one clock be moved from the keyboard: that of the platform,
// of this device and of the screens. Its keys work everywhere, over panels and
// in text fields too, for it is there that things expire.
type Tester struct {
	// Move moves the clock and says how it goes now.
	Move func(Move) Moved
}

// Move is what a tester wants of the clock.
type Move struct {
	Step   time.Duration // ahead by
	Toggle bool          // stop it, or let it go on
	Speed  float64       // times as fast; 0: as it is
}

// Moved is how the clock goes, as of a key or of the start.
type Moved struct {
	At      time.Time
	Speed   float64
	Stopped bool
	Step    bool // it was stepped, so that data may have aged
}

const (
	doTestStop   kit.Intent = "shell.test_stop"
	doTestMinute kit.Intent = "shell.test_minute"
	doTestHour   kit.Intent = "shell.test_hour"
	doTestDay    kit.Intent = "shell.test_day"
	doTestSpeed  kit.Intent = "shell.test_speed"
)

// speeds are what the key for the speed goes through.
var speeds = []float64{1, 60, 3600}

// testKeys are a tester's; none without one.
func (s *Shell) testKeys() []kit.Binding {
	if s.o.Tester == nil {
		return nil
	}
	return []kit.Binding{
		{Intent: doTestStop, Keys: []string{"alt+s", "f10"}, Label: s.either(s.moved.Stopped, "shell.test_run", "shell.test_stop"), Quiet: true},
		{Intent: doTestMinute, Keys: []string{"alt+m", "f11"}, Label: "shell.test_minute", Quiet: true},
		{Intent: doTestHour, Keys: []string{"alt+h", "f12"}, Label: "shell.test_hour", Quiet: true},
		{Intent: doTestDay, Keys: []string{"alt+d"}, Label: "shell.test_day", Quiet: true},
		{Intent: doTestSpeed, Keys: []string{"alt+f"}, Label: "shell.test_speed", Quiet: true},
	}
}

// test carries out a tester's intent; false if it is none.
func (s *Shell) test(i kit.Intent) (tea.Cmd, bool) {
	var m Move
	switch i {
	case doTestStop:
		m.Toggle = true
	case doTestMinute:
		m.Step = time.Minute
	case doTestHour:
		m.Step = time.Hour
	case doTestDay:
		m.Step = 24 * time.Hour
	case doTestSpeed:
		m.Speed = speeds[0]
		for n, x := range speeds {
			if x == s.moved.Speed {
				m.Speed = speeds[(n+1)%len(speeds)]
			}
		}
	default:
		return nil, false
	}
	return s.move(m), true
}

// testing answers a stroke that is a tester's, wherever it comes.
func (s *Shell) testing(k kit.Stroke) (tea.Cmd, bool) {
	b, ok := kit.Match(s.testKeys(), k)
	if !ok {
		return nil, false
	}
	return s.test(b.Intent)
}

// move moves the clock, off the loop: whoever waits for it may be woken.
func (s *Shell) move(m Move) tea.Cmd {
	if s.o.Tester == nil || s.o.Tester.Move == nil {
		return nil
	}
	move := s.o.Tester.Move
	return func() tea.Msg {
		moved := move(m)
		moved.At, moved.Step = moved.At.Truncate(time.Millisecond), m.Step > 0
		return moved
	}
}

// onMoved takes the clock's word. After a step the data is fetched anew, as
// what was there may have expired.
func (s *Shell) onMoved(m Moved) tea.Cmd {
	s.moved = m
	cmd := s.setTime(m.At)
	if m.Step && s.o.Sync != nil && !s.sync.shown() {
		cmd = tea.Batch(cmd, s.syncNow(false))
	}
	return cmd
}

// testClock is what the header shows of a clock that somebody moves; "" of others.
func (s *Shell) testClock() string {
	if s.o.Tester == nil {
		return ""
	}
	at := s.env.Text.Day(history.DayOf(s.env.Now, s.env.Zone)) + " " + s.env.Text.Clock(s.env.Now, s.env.Zone)
	switch {
	case s.moved.Stopped:
		return at + " " + s.env.Text.T("shell.test_stopped")
	case s.moved.Speed != 0 && s.moved.Speed != 1:
		return at + " ×" + strconv.FormatFloat(s.moved.Speed, 'g', -1, 64)
	}
	return at
}
