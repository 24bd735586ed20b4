package ui

import (
	"context"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"jandon/ui/kit"
)

// moment is what passes between printing and reading: waits that are shorter
// are over by then. A line that comes sooner was typed before it.
const moment = time.Second

// early is from when on a line answers a question about value: who types
// sooner has not heard the question yet.
const early = 500 * time.Millisecond

// timer is what a page or the shell waits for.
type timer struct {
	at time.Time
	fn func(time.Time) tea.Msg
}

// tick keeps a timer. Nothing happens while a line is awaited: what fell due
// is rung before the line counts.
func (p *linear) tick(d time.Duration, fn func(time.Time) tea.Msg) tea.Cmd {
	return func() tea.Msg {
		p.timers = append(p.timers, timer{p.s.o.Clock.Now().Add(d), fn})
		return nil
	}
}

// ring sends what falls due within a while, each once.
func (p *linear) ring(within time.Duration) {
	end := p.s.o.Clock.Now().Add(within)
	var due, rest []timer
	for _, t := range p.timers {
		if t.at.After(end) {
			rest = append(rest, t)
		} else {
			due = append(due, t)
		}
	}
	p.timers = rest
	for _, t := range due {
		if msg := t.fn(t.at); msg != nil {
			p.send(msg)
		}
	}
}

// asking reports whether a question about value is on the screen.
func (s *Shell) asking() bool {
	a, ok := s.top().page.(kit.Asker)
	return ok && a.Asking()
}

// early reports whether a line came before the question about value that it
// would answer could be heard, and says so.
func (p *linear) early(offered time.Time) bool {
	s := p.s
	if !s.asking() || s.o.Clock.Now().Sub(offered) >= early {
		return false
	}
	p.say(s.env.Text.T("lock.plain_early"))
	return true
}

// secret asks for a PIN, or what opens in its place, without echo and types it
// into what wants it. Nothing typed, or nobody to ask, is Esc.
func (p *linear) secret(ctx context.Context) {
	s := p.s
	esc := tea.KeyPressMsg{Code: tea.KeyEscape}
	if s.o.Secret == nil {
		p.say(s.env.Text.T("lock.plain_nobody"))
		p.send(esc)
		return
	}
	way := kit.ByPIN
	open, opens := s.panel.(pinned)
	if opens {
		way = open.pad().field.Way()
	}
	p.say("")
	p.say(s.env.Text.T(wanted[way].line))
	if opens && s.otherWays() && !way.Lettered() {
		p.say(s.env.Text.T("lock.plain_another"))
	}
	asked := s.o.Clock.Now()
	pin, err := s.o.Secret(ctx, way)
	defer pin.Wipe()
	s.env.Now = s.o.Clock.Now()
	if err != nil {
		say, hint := s.env.Traced(err)
		p.say(say)
		p.say(hint)
		p.send(esc)
		return
	}
	if p.early(asked) {
		return
	}
	p.ring(0)
	p.send(tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl}) // what was too short is still there
	n := 0
	pin.Expose(func(typed []byte) {
		n = len(typed)
		for len(typed) > 0 {
			r, size := utf8.DecodeRune(typed)
			typed = typed[size:]
			p.send(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
	})
	if n == 0 {
		p.send(esc)
		return
	}
	p.send(tea.KeyPressMsg{Code: tea.KeyEnter})
}
