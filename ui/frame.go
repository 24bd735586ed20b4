package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"jandon/ui/kit"
)

// The least window that can hold anything of use. From 40×16 on everything works.
const (
	leastW, leastH = 20, 6
	airyH          = 20 // from here on, lines are left free around the body
	roomyW         = 60 // from here on, margins are two cells wide
)

// geometry says where the body lies. It has the window's whole width, so that
// pages can put marks into the margins.
type geometry struct {
	y, w, h int
	airy    bool
}

func (s *Shell) geometry() geometry {
	if s.h >= airyH {
		return geometry{w: s.w, y: 2, h: s.h - 4, airy: true}
	}
	return geometry{w: s.w, y: 1, h: s.h - 2}
}

// margin is left free on both sides of all text; pages keep it within their bodies.
func (s *Shell) margin() int {
	if s.w < roomyW {
		return 1
	}
	return 2
}

func (s *Shell) small() bool { return s.w < leastW || s.h < leastH }

func (s *Shell) resize(w, h int) tea.Cmd {
	s.w, s.h = max(w, 0), max(h, 0)
	s.layout()
	return nil
}

// layout tells the page that is on the screen its size.
func (s *Shell) layout() {
	g := s.geometry()
	s.top().page.Resize(max(g.w, 0), max(g.h, 0))
}

// draw makes the frame from what is in front.
func (s *Shell) draw() tea.View {
	v := tea.NewView("")
	v.AltScreen, v.WindowTitle = true, "Jandon"
	if s.o.Mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	switch {
	case s.quit || s.w == 0 || s.h == 0:
	case s.small():
		v.Content = kit.Frame(kit.Wrap(s.env.Text.T("shell.too_small"), s.w), s.w, s.h)
	case s.panel != nil && s.panel.whole():
		v.Content = kit.Frame(s.panel.lines(s, s.w, s.h), s.w, s.h)
		if x, y, ok := s.panel.caret(); ok && x < s.w && y < s.h {
			v.Cursor = tea.NewCursor(x, y)
		}
	default:
		v.Content = s.compose()
		s.over(&v)
	}
	return v
}

// compose sets header, body, notices and keys one below the other.
func (s *Shell) compose() string {
	g := s.geometry()
	body := s.top().page.View()
	if s.panel != nil && !s.panel.floats() {
		lines := s.panel.lines(s, max(g.w-2*s.margin(), 0), g.h)
		for i := range lines {
			if lines[i] != "" {
				lines[i] = kit.Pad("", s.margin()) + lines[i]
			}
		}
		body = strings.Join(lines, "\n")
	}
	var b strings.Builder
	b.Grow(len(body) + s.h + 1024)
	b.WriteString(s.header())
	if g.airy {
		b.WriteByte('\n')
	}
	room, margin := g.w-2*s.margin(), kit.Pad("", s.margin())
	note := s.note(room, max(g.h/3, 1))
	s.covered = max(len(note)-1, 0) // a longer notice lies over the end of the body
	for y := range g.h - s.covered {
		line, rest, _ := strings.Cut(body, "\n")
		body = rest
		b.WriteByte('\n')
		b.WriteString(s.cut(y, line, g.w))
	}
	for i, line := range note {
		if i < s.covered || g.airy {
			b.WriteString("\n" + margin + line)
		}
	}
	if g.airy && len(note) == 0 {
		b.WriteByte('\n')
	}
	b.WriteString("\n" + margin)
	if len(note) > 0 && !g.airy { // no line to spare: the notice takes the place of the keys
		b.WriteString(note[len(note)-1])
	} else {
		b.WriteString(s.footer(room))
	}
	return b.String()
}

// fitted is a line of the body as it was cut last.
type fitted struct {
	line, cut string
	w         int
}

// cut is kit.Cut for a line of the body. From one frame to the next most lines
// stay, and measuring them costs more than comparing.
func (s *Shell) cut(y int, line string, w int) string {
	for len(s.fitted) <= y {
		s.fitted = append(s.fitted, fitted{})
	}
	if f := &s.fitted[y]; f.line != line || f.w != w {
		*f = fitted{strings.Clone(line), "", w}
		f.cut = kit.Cut(f.line, w)
	}
	return s.fitted[y].cut
}

// note is the lines for what goes on: the keyring's window, a running sync, a toast, or what a demo has to say.
func (s *Shell) note(w, most int) []string {
	if _, said := s.panel.(pinned); s.asks && !said {
		return s.keyringNote(w)
	}
	if s.sync.shown() && !s.toasts.failed() {
		return []string{s.progress(w)}
	}
	if lines := s.toasts.draw(s, w, most); len(lines) > 0 || s.o.DemoPIN == "" || s.top().maker != s.tabs()[0] || !s.geometry().airy {
		return lines
	}
	return []string{s.env.Theme.Quiet.Render(kit.Cut(s.env.Text.F("lock.demo", "PIN", s.o.DemoPIN), w))}
}

// over lays a floating panel on the frame, or puts the cursor into a text field.
func (s *Shell) over(v *tea.View) {
	g := s.geometry()
	if s.panel == nil {
		if t, ok := s.top().page.(kit.Typist); ok && t.Typing() {
			if x, y := t.Caret(); x >= 0 && x < g.w && y >= 0 && y < g.h-s.covered {
				v.Cursor = tea.NewCursor(x, g.y+y)
			}
		}
		return
	}
	if !s.panel.floats() {
		return
	}
	back, last := s.recede(v.Content, g)
	_, asks := s.panel.(pinned)
	w, y := min(64, s.w-2), g.y
	if asks { // as wide as text grows, so that nothing beside it is cut
		w = min(76, s.w-2)
	}
	lines := s.panel.lines(s, w, s.h-3)
	x := (s.w - w) / 2
	if asks { // below what it is asked for, as far as there is room
		x, y = min(x, s.margin()), max(y, min(last+2, s.h-2-len(lines)))
	}
	box := strings.Join(lines, "\n")
	v.Content = lipgloss.NewCanvas(s.w, s.h).Compose(lipgloss.NewCompositor(
		lipgloss.NewLayer(back), lipgloss.NewLayer(box).X(x).Y(y).Z(1),
	)).Render()
	if cx, cy, ok := s.panel.caret(); ok && x+cx < s.w && y+cy < s.h {
		v.Cursor = tea.NewCursor(x+cx, y+cy)
	}
}

// recede is a frame whose body is quiet, because something lies over it that
// has the keys; last is the last line of the body that says anything.
func (s *Shell) recede(frame string, g geometry) (quiet string, last int) {
	lines := strings.Split(frame, "\n")
	for y := g.y; y < min(g.y+g.h, len(lines)); y++ {
		text := strings.TrimRight(ansi.Strip(lines[y]), " ")
		if lines[y] = s.env.Theme.Quiet.Render(text); text != "" {
			last = y
		}
	}
	return strings.Join(lines, "\n"), last
}
