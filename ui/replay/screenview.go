package replay

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"jandon/ui/kit"
)

// barLines are the lines below the frame: where we are, the bar, what
// happened, the keys.
const barLines = 4

// room is how many lines there are for the frame.
func (s *Show) room() int { return max(s.h-barLines, 0) }

// View draws the recorded frame, and the bar below.
func (s *Show) View() tea.View {
	v := tea.NewView("")
	v.AltScreen, v.WindowTitle = true, "Jandon"
	if s.quit || s.w == 0 || s.h == 0 {
		return v
	}
	f, ready := s.shown()
	lines := make([]string, 0, s.h)
	if s.help {
		lines = s.helped(lines)
	} else {
		lines = s.framed(lines, &f, &v, ready)
	}
	for len(lines) < s.room() {
		lines = append(lines, "")
	}
	lines = append(lines[:s.room()], s.status(&f), s.bar(), s.intent(&v, ready), s.footer())
	v.Content = kit.Frame(lines[max(len(lines)-s.h, 0):], s.w, s.h)
	return v
}

// framed sets the frame into the middle, in its own size, with a rule around it
// where there is room; of one that is too large it shows a part. What is not drawn
// yet is pale.
func (s *Show) framed(lines []string, f *Frame, v *tea.View, ready bool) []string {
	if f.W == 0 || f.H == 0 || f.Content == "" {
		if !ready {
			return lines
		}
		return append(lines, "", s.theme.Quiet.Render(kit.Centre(kit.Cut(s.text.T("replay.small"), s.w), s.w)))
	}
	wide, high := min(f.W, s.w), min(f.H, s.room())
	box := f.W+2 <= s.w && f.H+2 <= s.room()
	left, top := (s.w-wide)/2, (s.room()-high)/2
	pad, edge := strings.Repeat(" ", left), ""
	rule := func(a, b string) string {
		return strings.Repeat(" ", left-1) + s.theme.Faint.Render(a+strings.Repeat("─", wide)+b)
	}
	for range top - 1 {
		lines = append(lines, "")
	}
	switch {
	case box:
		lines = append(lines, rule("╭", "╮"))
		edge = s.theme.Faint.Render("│")
		pad = pad[1:]
	case top > 0:
		lines = append(lines, "")
	}
	content, paper := strings.Split(f.Content, "\n"), s.paper()
	for y := s.y; y < s.y+high; y++ {
		line := ""
		if y < len(content) {
			line = ansi.Cut(content[y], s.x, s.x+wide)
			if !ready {
				line = s.theme.Quiet.Render(line)
			}
		}
		lines = append(lines, pad+edge+on(paper, line+strings.Repeat(" ", max(wide-ansi.StringWidth(line), 0)))+edge)
	}
	if box {
		lines = append(lines, rule("╰", "╯"))
	}
	if x, y := f.X-s.x, f.Y-s.y; f.X >= 0 && x >= 0 && x < wide && y >= 0 && y < high && s.field == nil {
		v.Cursor = tea.NewCursor(left+x, top+y)
	}
	return lines
}

// paper is the sequence that sets the background, and the letters on it, that a
// frame was drawn for; "" where the terminal's own are such.
func (s *Show) paper() string {
	switch light := s.p.Light(s.at); {
	case light == s.o.Light || s.o.Mono:
		return ""
	case light:
		return "\x1b[38;2;28;31;36;48;2;250;250;248m"
	}
	return "\x1b[38;2;230;232;235;48;2;16;18;22m"
}

// on lays a line on paper, also after the sequences that end a colour.
func on(paper, line string) string {
	if paper == "" {
		return line
	}
	return paper + strings.NewReplacer("\x1b[m", "\x1b[m"+paper, "\x1b[0m", "\x1b[m"+paper).Replace(line) + "\x1b[m"
}

// status says that this is a replay, and where it stands.
func (s *Show) status(f *Frame) string {
	t, text := s.theme, s.text
	state := text.T("replay.paused")
	if s.playing {
		state = text.T("replay.playing")
	}
	l := kit.NewLine(s.w).Skip(1).Put(t.Tab, text.T("replay.readonly")).Skip(3).Put(t.Strong, state)
	var parts []string
	if n := speeds[s.speed]; n != 1 {
		id := "replay.speed"
		if n < 1 {
			id = "replay.slower"
		}
		parts = append(parts, text.F(id, "Speed", strconv.FormatFloat(n, 'g', -1, 64)))
	}
	parts = append(parts, span(s.p.At(s.at))+" / "+span(s.p.At(s.p.Len()-1)), text.F("replay.step", "Step", s.at, "All", s.p.Len()-1))
	if f.W > s.w || f.H > s.room() {
		parts = append(parts, text.F("replay.large", "Width", f.W, "Height", f.H))
	}
	if _, info, ok := s.p.Ready(s.at); ok {
		parts = append(parts, text.Clock(info.Time, info.Time.Location()))
	}
	for _, part := range parts {
		if l.Left() > kit.Width(part)+3 {
			l.Put(t.Quiet, " · ").Put(t.Text, part)
		}
	}
	return l.String()
}

// span is a time since the beginning: 1:02:03.4, or 2:03.4.
func span(d time.Duration) string {
	tenths := d.Milliseconds() / 100
	h, m, sec := tenths/36000, tenths/600%60, tenths/10%60
	if h > 0 {
		return fmt.Sprintf("%d:%02d:%02d.%d", h, m, sec, tenths%10)
	}
	return fmt.Sprintf("%d:%02d.%d", m, sec, tenths%10)
}

// bar shows the position, and marks where something went wrong.
func (s *Show) bar() string {
	t, w := s.theme, s.w-2
	if w < 1 {
		return ""
	}
	last := max(s.p.Len()-1, 1)
	here := s.at * (w - 1) / last
	marks := s.marks(w)
	var b strings.Builder
	b.WriteByte(' ')
	for x := range w {
		switch {
		case x == here:
			b.WriteString(t.Strong.Render("┃"))
		case marks[x]:
			b.WriteString(t.Bad.Render("!"))
		case x < here:
			b.WriteString(t.Bar.Render("━"))
		default:
			b.WriteString(t.Faint.Render("─"))
		}
	}
	return b.String()
}

// intent says what happened at this step, or asks for the time to go to.
func (s *Show) intent(v *tea.View, ready bool) string {
	t, l := s.theme, kit.NewLine(s.w-1).Skip(1)
	_, info, _ := s.p.Ready(s.at)
	switch {
	case s.field != nil:
		l.Put(t.Quiet, s.text.T("replay.goto_time")).Skip(1)
		s.field.Resize(max(l.Left(), 1))
		if y := min(s.room()+2, s.h-2); y >= 0 {
			v.Cursor = tea.NewCursor(min(l.At()+s.field.Caret(), s.w-1), y)
		}
		return l.Put(t.Text, s.field.View()).String()
	case s.note != "":
		return l.Put(t.Warn, s.text.T(s.note)).String()
	case !ready:
		return l.Put(t.Warn, s.text.F("replay.drawing", "Percent", 100*s.p.Drawn()/s.p.Len())).String()
	case s.p.rec.Partial != nil && s.at == s.p.Len()-1:
		return l.Put(t.Warn, s.text.T("replay.partial")).String()
	case info.wrong():
		return l.Put(t.Bad, info.Say(s.text)).String()
	}
	return l.Put(t.Text, info.Say(s.text)).String()
}

// named are the keys below, the most used first, and all of them in help.
var named = [...]struct{ names, label string }{
	{"Space", "replay.key.play"}, {"← →", "replay.key.step"}, {"PgUp PgDn", "replay.key.ten"}, {"Home End", "replay.key.ends"},
	{"g", "replay.key.goto"}, {"e", "replay.key.error"}, {"p", "replay.key.screen"}, {"+ −", "replay.key.speed"},
	{"h j k l", "replay.key.scroll"}, {"?", "replay.key.help"}, {"q", "replay.key.quit"},
}

// footer has the keys of a replay on the left, as many as fit, and those of all
// screens on the right.
func (s *Show) footer() string {
	common := []int{9, 10}
	end := s.w - 2
	for _, n := range common {
		end -= s.keyWidth(n) + 3
	}
	l := kit.NewLine(s.w - 1).Skip(1)
	for _, n := range [...]int{0, 1, 5, 6, 4, 7} {
		if l.At()+s.keyWidth(n) <= end {
			s.key(l, n).Skip(3)
		}
	}
	l.To(end + 4)
	for _, n := range common {
		if l.Left() >= s.keyWidth(n) {
			s.key(l, n).Skip(3)
		}
	}
	return l.String()
}

// key puts one of the named keys, with the first part of what it does.
func (s *Show) key(l *kit.Line, n int) *kit.Line {
	label, _, _ := strings.Cut(s.text.T(named[n].label), ",")
	return l.Put(s.theme.Key, named[n].names).Skip(1).Put(s.theme.Quiet, label)
}

func (s *Show) keyWidth(n int) int {
	label, _, _ := strings.Cut(s.text.T(named[n].label), ",")
	return kit.Width(named[n].names) + 1 + kit.Width(label)
}

func (s *Show) helped(lines []string) []string {
	t := s.theme
	lines = append(lines, "", kit.NewLine(s.w).Skip(2).Put(t.Strong, s.text.T("replay.help_title")).String(), "")
	for _, k := range named {
		lines = append(lines, kit.NewLine(s.w).Skip(2).Cell(t.Key, k.names, 12).Put(t.Text, s.text.T(k.label)).String())
	}
	lines = append(lines, "")
	note := "replay.help_note"
	if s.p.rec.Kept {
		note = "replay.help_note_kept"
	}
	for _, line := range kit.Wrap(s.text.T(note), min(s.w-4, 72)) {
		lines = append(lines, kit.NewLine(s.w).Skip(2).Put(t.Quiet, line).String())
	}
	return lines
}

// marks are the columns of the bar at which something went wrong, of what is
// drawn already.
func (s *Show) marks(w int) map[int]bool {
	found := map[int]bool{}
	last := max(s.p.Len()-1, 1)
	for _, n := range s.p.wrongs() {
		found[n*(w-1)/last] = true
	}
	return found
}
