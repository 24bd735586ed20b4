package replay

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/i18n"
	"jandon/ui/kit"
)

// ShowOptions are how a replay is shown.
type ShowOptions struct {
	Lang  string // "en" or "ko"
	Light bool   // the terminal's background is light
	Mono  bool
	Tick  func(time.Duration, func(time.Time) tea.Msg) tea.Cmd // nil: the real one
}

// Show is the program's model that shows a replay: the recorded frame in its
// own size, and below it where we are, what happened, and the keys.
type Show struct {
	p     *Player
	o     ShowOptions
	text  *i18n.Printer
	theme *kit.Theme
	w, h  int

	at      int // the frame that is shown
	playing bool
	run     int // of the timer that plays on
	speed   int // index in speeds
	x, y    int // what is scrolled out of a frame that does not fit
	field   *kit.Field
	help    bool
	note    string // catalogue id of what could not be done; "" if all could
	quit    bool

	awaited int  // one more than the number of the frame that is waited for
	looking bool // it will be shown how far the drawing is
	asked   int  // run of the search for an error or a screen
}

// speeds are how fast a replay runs; the one in the middle is that of life.
var speeds = [...]float64{0.25, 0.5, 1, 2, 4, 8, 16}

const life = 2

// longest is how long a replay waits between two steps: who was away from the
// keys for an hour is not waited for.
const longest = 2 * time.Second

// NewShow makes the model over a player.
func NewShow(p *Player, o ShowOptions) (*Show, error) {
	text, err := i18n.New(o.Lang)
	if err != nil {
		return nil, err
	}
	if o.Tick == nil {
		o.Tick = tea.Tick
	}
	return &Show{p: p, o: o, text: text, theme: kit.NewTheme(!o.Light, !o.Mono), speed: life}, nil
}

// Init begins with nothing: a replay starts paused.
func (s *Show) Init() tea.Cmd { return nil }

// next says that the time of a step is over.
type next struct{ run int }

// awaited says that a frame is there that was not.
type awaited struct{}

// goes says that more may be drawn than was.
type goes struct{}

// found is where a search has come to.
type found struct {
	run, at int
	none    string // catalogue id of what to say if it found nothing
}

// Update takes keys, sizes and what it waits for. Nothing in it waits: a frame
// that is not drawn yet is awaited by a command.
func (s *Show) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := s.handle(msg)
	return s, tea.Batch(cmd, s.await())
}

func (s *Show) handle(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.WindowSizeMsg:
		s.w, s.h = max(m.Width, 0), max(m.Height, 0)
		s.scroll(0, 0)
	case next:
		if s.playing && m.run == s.run {
			s.to(s.at + 1)
			return s.wait()
		}
	case awaited:
		s.awaited = 0
		s.scroll(0, 0)
	case goes:
		s.looking = false
	case found:
		if m.run == s.asked {
			s.jump(m.at, m.none)
		}
	case tea.PasteMsg:
		if s.field != nil {
			s.field.Update(m)
		}
	case tea.KeyPressMsg:
		return s.press(m)
	}
	return nil
}

// await waits for the frame that is shown, if it is not drawn yet, and shows
// meanwhile how far the drawing is.
func (s *Show) await() tea.Cmd {
	at := s.at
	if _, _, ok := s.p.Ready(at); ok || s.quit {
		return nil
	}
	var look, wait tea.Cmd
	if !s.looking {
		s.looking = true
		look = s.o.Tick(lookEvery, func(time.Time) tea.Msg { return goes{} })
	}
	if s.awaited != at+1 {
		s.awaited = at + 1
		wait = func() tea.Msg {
			s.p.Frame(at)
			return awaited{}
		}
	}
	return tea.Batch(look, wait)
}

// lookEvery is how often it is shown how far the drawing is.
const lookEvery = 100 * time.Millisecond

// wait waits for the next step, as long as it took, or less.
func (s *Show) wait() tea.Cmd {
	if s.at+1 >= s.p.Len() {
		s.playing = false
		return nil
	}
	s.run++
	run := s.run
	d := s.p.At(s.at+1) - s.p.At(s.at)
	d = time.Duration(float64(min(d, longest)) / speeds[s.speed])
	return s.o.Tick(max(d, time.Millisecond), func(time.Time) tea.Msg { return next{run} })
}

// to shows another frame; a window that was scrolled stays where it is.
func (s *Show) to(n int) {
	s.at, s.note = max(min(n, s.p.Len()-1), 0), ""
	s.asked++ // where somebody goes meanwhile, a search does not take them away from
	s.scroll(0, 0)
}

func (s *Show) press(k tea.KeyPressMsg) tea.Cmd {
	if s.field != nil {
		s.typed(k)
		return nil
	}
	stroke := kit.Fold(k)
	if s.help && stroke != "ctrl+c" {
		s.help = false
		return nil
	}
	if stroke != "space" {
		if by, ok := moves[stroke]; ok {
			s.playing = false
			s.to(s.at + by)
			return nil
		}
	}
	switch stroke {
	case "q", "ctrl+c":
		s.quit = true
		return tea.Quit
	case "space":
		s.playing = !s.playing
		if s.playing {
			if s.at+1 >= s.p.Len() {
				s.to(0)
			}
			return s.wait()
		}
	case "home":
		s.to(0)
	case "end":
		s.to(s.p.Len() - 1)
	case "e", "E":
		return s.search(s.p.NextError, towards(stroke), "replay.no_error")
	case "p", "P":
		return s.search(s.p.NextScreen, towards(stroke), "replay.no_screen")
	case "+", "=", "-", "_":
		return s.faster(stroke == "+" || stroke == "=")
	case "g":
		s.playing, s.field = false, &kit.Field{Limit: 12}
	case "?", "f1":
		s.help = true
	case "h", "shift+left":
		s.scroll(-8, 0)
	case "l", "shift+right":
		s.scroll(8, 0)
	case "k", "up":
		s.scroll(0, -1)
	case "j", "down":
		s.scroll(0, 1)
	}
	return nil
}

// moves are the keys that go some steps on.
var moves = map[kit.Stroke]int{"left": -1, "right": 1, "pgup": -10, "pgdown": 10}

func towards(k kit.Stroke) int {
	if k >= "A" && k <= "Z" {
		return -1
	}
	return 1
}

// search looks for a frame, which may have to be drawn before it can be found.
func (s *Show) search(find func(n, by int) int, by int, none string) tea.Cmd {
	s.playing, s.note = false, "replay.searching"
	s.asked++
	run, at := s.asked, s.at
	return func() tea.Msg { return found{run, find(at, by), none} }
}

func (s *Show) jump(to int, none string) {
	s.playing = false
	if to == s.at {
		s.note = none
		return
	}
	s.to(to)
}

func (s *Show) faster(yes bool) tea.Cmd {
	by := -1
	if yes {
		by = 1
	}
	s.speed = max(min(s.speed+by, len(speeds)-1), 0)
	if s.playing {
		return s.wait()
	}
	return nil
}

// typed takes keys for the time to go to.
func (s *Show) typed(k tea.KeyPressMsg) {
	switch k.String() {
	case "esc", "ctrl+c":
		s.field = nil
	case "enter":
		value := s.field.Value()
		s.field = nil
		n, ok := s.p.parse(value)
		if !ok {
			s.note = "replay.bad_time"
			return
		}
		s.to(n)
	default:
		s.field.Update(k)
	}
}

// scroll moves what is shown of a frame that does not fit.
func (s *Show) scroll(dx, dy int) {
	f, _ := s.shown()
	s.x = max(min(s.x+dx, f.W-s.w), 0)
	s.y = max(min(s.y+dy, f.H-s.room()), 0)
}

// shown is the frame that is on the screen: if it is not drawn yet, its text as
// it was recorded, if the file has it.
func (s *Show) shown() (f Frame, ready bool) {
	if f, _, ready = s.p.Ready(s.at); !ready {
		f, _ = s.p.Recorded(s.at)
	}
	return f, ready
}
