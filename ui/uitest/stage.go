// Package uitest steps a program's model without a terminal.
//
// A Stage feeds messages to the model, runs its commands at once and in order,
// renders each view as Bubble Tea does and writes the bytes into an emulated
// terminal, whose cells are the frame. Time stands still until Advance moves
// it. The same steps give the same frames on every run; nothing sleeps.
package uitest

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
)

// Stage is a model in an emulated terminal.
type Stage struct {
	Clock *Clock
	model tea.Model
	w, h  int
	buf   bytes.Buffer
	back  uv.ScreenBuffer
	out   *uv.TerminalRenderer
	term  *vt.Emulator
	view  tea.View
	ended bool
}

// Start sizes a model's terminal and runs what it begins with.
func Start(m tea.Model, c *Clock, w, h int) *Stage {
	s := &Stage{Clock: c, model: m}
	s.resize(w, h)
	c.deliver = s.Send
	s.run(m.Init())
	s.Send(tea.WindowSizeMsg{Width: w, Height: h})
	return s
}

// resize begins with an empty screen, as Bubble Tea does after a new size.
func (s *Stage) resize(w, h int) {
	s.w, s.h = w, h
	s.buf.Reset()
	s.back = uv.NewScreenBuffer(w, h)
	s.out = uv.NewTerminalRenderer(&s.buf, []string{"TERM=xterm-256color", "COLORTERM=truecolor"})
	s.out.SetColorProfile(colorprofile.TrueColor)
	s.out.SetFullscreen(true)
	s.out.SetRelativeCursor(false)
	s.term = vt.NewEmulator(max(w, 1), max(h, 1))
	s.out.Resize(w, h)
	s.out.Erase()
}

// Send gives the model a message, runs what comes of it and draws.
func (s *Stage) Send(msg tea.Msg) {
	if size, ok := msg.(tea.WindowSizeMsg); ok {
		s.resize(size.Width, size.Height)
	}
	s.feed(msg)
	s.draw()
}

func (s *Stage) feed(msg tea.Msg) {
	if s.ended {
		return
	}
	var cmd tea.Cmd
	s.model, cmd = s.model.Update(msg)
	s.run(cmd)
}

// run carries out a command and what follows from it, in order.
func (s *Stage) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			s.run(c)
		}
	case tea.QuitMsg:
		s.ended = true
	default:
		s.feed(msg)
	}
}

// draw renders the view into the terminal.
func (s *Stage) draw() {
	s.view = s.model.View()
	if s.w == 0 || s.h == 0 {
		return
	}
	s.back.Clear()
	uv.NewStyledString(s.view.Content).Draw(s.back, s.back.Bounds())
	s.out.Render(s.back.RenderBuffer)
	if err := s.out.Flush(); err != nil {
		panic(err) // a bytes.Buffer takes everything
	}
	if _, err := s.term.Write(s.buf.Bytes()); err != nil {
		panic(err)
	}
	s.buf.Reset()
}

// View is the last view; Ended says that the model has quit.
func (s *Stage) View() tea.View { return s.view }

// Ended reports whether the model has quit.
func (s *Stage) Ended() bool { return s.ended }

// Text is the terminal's screen, a line for each row, without trailing blanks.
func (s *Stage) Text() string {
	var b strings.Builder
	for y := range s.h {
		var line strings.Builder
		for x := 0; x < s.w; x++ {
			switch c := s.term.CellAt(x, y); {
			case c == nil || c.Content == "" && c.Width <= 1:
				if c == nil || c.Width == 1 {
					line.WriteByte(' ')
				}
			default:
				line.WriteString(c.Content)
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " "))
		b.WriteByte('\n')
	}
	return b.String()
}

// Check says how the terminal's cells differ from what the view asked for, and
// whether the view fits its window; nil if all is well.
func (s *Stage) Check() error {
	lines := strings.Split(s.view.Content, "\n")
	if len(lines) > max(s.h, 1) {
		return fmt.Errorf("%d lines in a window of %d", len(lines), s.h)
	}
	for y, line := range lines {
		if n := uv.NewStyledString(line).UnicodeWidth(); n > s.w {
			return fmt.Errorf("line %d has %d cells in a window of %d: %q", y, n, s.w, line)
		}
	}
	if c := s.view.Cursor; c != nil && (c.X < 0 || c.X >= s.w || c.Y < 0 || c.Y >= s.h) {
		return fmt.Errorf("the cursor is at %d,%d, outside of %d×%d", c.X, c.Y, s.w, s.h)
	}
	for y := range s.h {
		for x := range s.w {
			want, got := s.back.CellAt(x, y), s.term.CellAt(x, y)
			if content(want) != content(got) {
				return fmt.Errorf("cell %d,%d shows %q, the view has %q", x, y, content(got), content(want))
			}
		}
	}
	return nil
}

func content(c *uv.Cell) string {
	if c == nil || c.Content == "" {
		return " "
	}
	return c.Content
}

// Cells are the terminal's cells, row by row.
func (s *Stage) Cells() [][]uv.Cell {
	rows := make([][]uv.Cell, s.h)
	for y := range rows {
		rows[y] = make([]uv.Cell, s.w)
		for x := range rows[y] {
			if c := s.term.CellAt(x, y); c != nil {
				rows[y][x] = *c
			}
		}
	}
	return rows
}

// Clock stands still between calls of Advance.
type Clock struct {
	now     time.Time
	timers  []timer
	deliver func(tea.Msg)
}

type timer struct {
	at time.Time
	fn func(time.Time) tea.Msg
}

// NewClock is a clock that shows an instant.
func NewClock(at time.Time) *Clock { return &Clock{now: at} }

// Now is the instant that the clock shows.
func (c *Clock) Now() time.Time { return c.now }

// Tick has a message sent when the clock has moved on.
func (c *Clock) Tick(d time.Duration, fn func(time.Time) tea.Msg) tea.Cmd {
	return func() tea.Msg {
		c.timers = append(c.timers, timer{c.now.Add(d), fn})
		return nil
	}
}

// Advance moves the clock and sends what falls due, in order of time.
func (c *Clock) Advance(d time.Duration) {
	end := c.now.Add(d)
	for {
		next := -1
		for i, t := range c.timers {
			if !t.at.After(end) && (next < 0 || t.at.Before(c.timers[next].at)) {
				next = i
			}
		}
		if next < 0 {
			break
		}
		t := c.timers[next]
		c.timers = append(c.timers[:next], c.timers[next+1:]...)
		c.now = t.at
		if msg := t.fn(c.now); msg != nil {
			c.deliver(msg)
		}
	}
	c.now = end
}

// Waiting is the number of timers that run.
func (c *Clock) Waiting() int { return len(c.timers) }
