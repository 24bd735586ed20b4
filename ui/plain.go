package ui

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"jandon/ui/kit"
)

// The size at which pages are drawn for Plain: short lines, and whole pages.
const plainW, plainH = 98, 60

// Plain leads through the same pages in lines, for screen readers and terminals
// that can only print: a page is printed once, then what changed, and what can
// be done is a numbered choice. Nothing that was printed is ever drawn over.
// It ends with the input, with the quit choice, or with ctx.
func Plain(ctx context.Context, o Options, in io.Reader, out io.Writer) error {
	o.Mono, o.Mouse, o.Idle, o.lines = true, false, 0, true
	o.Recorder, o.Record = nil, false // there are no frames
	o.Touch = nil                     // lines have no key that would leave the question
	p := &linear{out: out}
	o.Clock.Tick = p.tick
	s, err := New(o)
	if err != nil {
		return err
	}
	p.s = s
	if o.DemoPIN != "" {
		p.say(s.env.Text.F("lock.demo", "PIN", o.DemoPIN))
	}
	p.run(s.Init())
	p.send(tea.WindowSizeMsg{Width: plainW, Height: plainH})
	p.print()
	lines := bufio.NewScanner(in)
	for !s.quit && ctx.Err() == nil {
		if s.hiding() {
			p.secret(ctx)
			p.print()
			continue
		}
		p.offer()
		offered := o.Clock.Now()
		if !lines.Scan() {
			break
		}
		s.env.Now = o.Clock.Now()
		if p.early(offered) {
			continue
		}
		p.ring(0)
		told := p.lines
		p.answer(strings.TrimSpace(lines.Text()))
		p.print()
		if p.lines == told && !s.quit && strings.TrimSpace(lines.Text()) != "" { // silence could be anything
			p.say(s.env.Text.T("shell.plain_same"))
		}
	}
	s.closeAll()
	return lines.Err()
}

// linear is a shell without a screen.
type linear struct {
	s       *Shell
	out     io.Writer
	visit   int             // whose page was printed last
	said    map[string]bool // the lines of it that were printed
	asked   bool            // one of them was a question about value
	choices []kit.Binding
	offered string // the choices as last printed
	lines   int    // that were printed
	timers  []timer
}

// run carries out commands at once, in order.
func (p *linear) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil, tea.QuitMsg:
	case tea.BatchMsg:
		for _, c := range msg {
			p.run(c)
		}
	default:
		p.send(msg)
	}
}

func (p *linear) send(msg tea.Msg) {
	_, cmd := p.s.Update(msg)
	p.run(cmd)
}

// print says what the page shows and has not said yet, then what went on.
func (p *linear) print() {
	s := p.s
	if s.quit {
		return
	}
	p.ring(moment)
	text := s.top().page.View()
	switch panel := s.panel.(type) {
	case nil:
	case *unlocking:
		text = strings.Join(panel.words(s, plainW), "\n")
	default: // a list to read: it is closed again at once
		text = strings.Join(s.panel.lines(s, plainW, plainH), "\n")
		s.panel = nil
	}
	if v := s.top(); v.serial != p.visit {
		p.visit, p.said = v.serial, nil
		p.say("")
		p.say(s.env.Text.T(v.maker.Label))
	}
	if asks := s.asking(); asks != p.asked { // what is asked about is said in full, whatever was said before
		if p.asked = asks; asks {
			p.said = nil
		}
	}
	now := map[string]bool{}
	for line := range strings.SplitSeq(text, "\n") {
		if line = linearLine(line); line == "" {
			continue
		}
		now[line] = true
		if !p.said[line] {
			p.say(line)
		}
	}
	p.said = now
	for {
		one, ok := s.toasts.current()
		if !ok {
			return
		}
		s.toasts.fade(one.serial)
		if one.mark != "" {
			one.text += " [" + one.mark + "]"
		}
		p.say(one.text)
	}
}

// linearLine is a line without styles, bars and rules; the chosen row has a mark.
func linearLine(line string) string {
	mark := ""
	if strings.Contains(line, "\x1b[7m") {
		mark = "> "
	}
	line = strings.Map(func(r rune) rune {
		if r >= '─' && r <= '▟' || r == '↑' || r == '↓' { // box lines, blocks, marks of scrolling
			return ' '
		}
		return r
	}, ansi.Strip(line))
	var parts []string
	for part := range strings.SplitSeq(line, "  ") {
		if part = strings.TrimSpace(part); strings.Trim(part, "_• ") != "" { // places for digits say nothing
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return mark + strings.Join(parts, "  ")
}

// unread are choices that make no sense without a screen.
var unread = map[kit.Intent]bool{
	doHelp: true, doPalette: true, doLock: true, doSuspend: true, doTheme: true, doNextTab: true, doPrevTab: true, doDismiss: true, doCancel: true,
}

// offer numbers what can be done; in a text field, the next line is its text.
func (p *linear) offer() {
	s := p.s
	p.say("")
	if s.typing() && !s.asking() {
		p.say(s.env.Text.T("shell.plain_type"))
		return
	}
	p.choices = p.choices[:0]
	var list strings.Builder
	for _, from := range [...][]kit.Binding{s.top().page.Keys(), s.bindings()} {
		for _, b := range from {
			if b.Off == "" && !unread[b.Intent] && !offered(p.choices, b) {
				p.choices = append(p.choices, b)
				fmt.Fprintf(&list, "%d  %s\n", len(p.choices), s.env.Text.T(b.Label))
			}
		}
	}
	if list.String() == p.offered {
		p.say(s.env.Text.F("shell.plain_again", "Most", len(p.choices)))
		return
	}
	p.offered = list.String()
	p.say(strings.TrimSuffix(p.offered, "\n"))
}

// offered reports whether a choice with the same words is there already.
func offered(list []kit.Binding, b kit.Binding) bool {
	return slices.ContainsFunc(list, func(a kit.Binding) bool { return a.Label == b.Label })
}

// answer carries out a numbered choice, or fills in the text field.
func (p *linear) answer(line string) {
	s := p.s
	if s.typing() && !s.asking() {
		for _, msg := range []tea.Msg{tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl}, tea.PasteMsg{Content: line}, tea.KeyPressMsg{Code: tea.KeyEnter}} {
			p.send(msg)
		}
		return
	}
	if line == "" {
		p.offered = ""
		return
	}
	n, err := strconv.Atoi(line)
	if err != nil || n < 1 || n > len(p.choices) {
		p.say(s.env.Text.F("shell.plain_which", "Most", len(p.choices)))
		return
	}
	p.run(s.run(p.choices[n-1]))
}

// say writes one line. A reader that is gone ends the input too, so that Plain ends.
func (p *linear) say(line string) {
	p.lines++
	_, _ = fmt.Fprintln(p.out, line)
}
