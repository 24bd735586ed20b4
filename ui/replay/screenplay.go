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

// Update takes keys, sizes and its own timer.
func (s *Show) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch m := msg.(type) {
	case tea.WindowSizeMsg:
		s.w, s.h = max(m.Width, 0), max(m.Height, 0)
		s.scroll(0, 0)
	case next:
		if s.playing && m.run == s.run {
			s.to(s.at + 1)
			return s, s.wait()
		}
	case tea.PasteMsg:
		if s.field != nil {
			s.field.Update(m)
		}
	case tea.KeyPressMsg:
		return s, s.press(m)
	}
	return s, nil
}

// wait waits for the next step, as long as it took, or less.
func (s *Show) wait() tea.Cmd {
	if s.at+1 >= s.p.Len() {
		s.playing = false
		return nil
	}
	s.run++
	run := s.run
	d := s.p.Info(s.at+1).At - s.p.Info(s.at).At
	d = time.Duration(float64(min(d, longest)) / speeds[s.speed])
	return s.o.Tick(max(d, time.Millisecond), func(time.Time) tea.Msg { return next{run} })
}

// to shows another frame; a window that was scrolled stays where it is.
func (s *Show) to(n int) {
	s.at, s.note = max(min(n, s.p.Len()-1), 0), ""
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
		s.jump(s.p.NextError(s.at, towards(stroke)), "replay.no_error")
	case "p", "P":
		s.jump(s.p.NextScreen(s.at, towards(stroke)), "replay.no_screen")
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
	f := s.p.Frame(s.at)
	s.x = max(min(s.x+dx, f.W-s.w), 0)
	s.y = max(min(s.y+dy, f.H-s.room()), 0)
}
