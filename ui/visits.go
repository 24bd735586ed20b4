package ui

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/ui/kit"
)

// visit is one page on the stack and everything that ends with it.
type visit struct {
	serial int
	maker  *Maker
	arg    string
	page   kit.Page
	ctx    context.Context
	stop   context.CancelFunc
}

// mail is what a visit's command brought.
type mail struct {
	visit int
	msg   tea.Msg
	at    time.Time // when it rang, of what a page waited for; else zero
}

func (s *Shell) top() *visit { return s.stack[len(s.stack)-1] }

func (s *Shell) maker(name string) *Maker {
	for i := range s.o.Pages {
		if s.o.Pages[i].Name == name {
			return &s.o.Pages[i]
		}
	}
	return nil
}

// tabs are the makers that have one, in their order.
func (s *Shell) tabs() []*Maker {
	var list []*Maker
	for i := range s.o.Pages {
		if s.o.Pages[i].Tab {
			list = append(list, &s.o.Pages[i])
		}
	}
	return list
}

// start visits the page that the options name, or the first tab.
func (s *Shell) start() tea.Cmd {
	first := s.tabs()[0]
	cmd := s.root(first)
	if v := s.o.Start; v.Page != "" && (v.Page != first.Name || v.Arg != "") {
		return tea.Batch(cmd, s.visit(v))
	}
	return cmd
}

// root goes to a tab's own page, which is made at its first visit. What was on
// top of the stack has ended.
func (s *Shell) root(m *Maker) tea.Cmd {
	for _, v := range s.stack[min(1, len(s.stack)):] {
		v.stop()
	}
	v, known := s.roots[m.Name]
	if !known {
		v = s.enter(m, "")
		s.roots[m.Name] = v
	}
	s.stack = append(s.stack[:0], v)
	s.layout()
	if known {
		return nil
	}
	return s.post(v, v.page.Init(v.ctx))
}

// visit puts a page on the stack.
func (s *Shell) visit(to kit.Visit) tea.Cmd {
	m := s.maker(to.Page)
	if m == nil {
		return nil
	}
	if m.Tab && to.Arg == "" {
		return s.root(m)
	}
	v := s.enter(m, to.Arg)
	s.stack = append(s.stack, v)
	s.layout()
	return s.post(v, v.page.Init(v.ctx))
}

func (s *Shell) enter(m *Maker, arg string) *visit {
	s.serial++
	ctx, stop := context.WithCancel(s.ctx())
	return &visit{serial: s.serial, maker: m, arg: arg, page: m.Make(s.env, arg), ctx: ctx, stop: stop}
}

// leave goes back to where the visit came from; the first one stays.
func (s *Shell) leave() tea.Cmd {
	if len(s.stack) > 1 {
		s.top().stop()
		s.stack = s.stack[:len(s.stack)-1]
		s.layout()
	}
	return nil
}

// nextTab goes n tabs on, around the end.
func (s *Shell) nextTab(n int) tea.Cmd {
	tabs := s.tabs()
	at := max(slices.IndexFunc(tabs, func(m *Maker) bool { return m.Name == s.top().maker.Name }), 0)
	return s.root(tabs[(at+n+len(tabs))%len(tabs)])
}

// post marks what a command brings with its visit.
func (s *Shell) post(v *visit, cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	serial := v.serial
	return func() tea.Msg {
		msg := cmd()
		if msg == nil {
			return nil
		}
		return mail{visit: serial, msg: msg}
	}
}

// ring has a page told something after a while, with the time it is then.
func (s *Shell) ring(v *visit, w kit.Wait) tea.Cmd {
	serial := v.serial
	return s.o.Clock.Tick(w.For, func(time.Time) tea.Msg { return mail{serial, w.Then, s.o.Clock.Now()} })
}

// find is the living visit with a serial.
func (s *Shell) find(serial int) *visit {
	for _, v := range s.stack {
		if v.serial == serial {
			return v
		}
	}
	for _, v := range s.roots {
		if v.serial == serial {
			return v
		}
	}
	return nil
}

// deliver carries out requests and hands answers to the page that asked.
func (s *Shell) deliver(m mail) tea.Cmd {
	if !m.at.IsZero() {
		s.env.Now = m.at.Truncate(time.Millisecond)
	}
	v := s.find(m.visit)
	if v == nil {
		return s.settled(m.msg)
	}
	switch msg := m.msg.(type) {
	case tea.BatchMsg:
		cmds := make([]tea.Cmd, 0, len(msg))
		for _, c := range msg {
			cmds = append(cmds, s.post(v, c))
		}
		return tea.Batch(cmds...)
	case kit.Wait:
		return s.ring(v, msg)
	case kit.Visit:
		return s.visit(msg)
	case kit.Exit:
		return s.act(doQuit)
	case kit.Leave:
		return tea.Batch(s.leave(), s.say(msg.Say))
	case kit.Show:
		s.env.Hidden = false
		return s.everyone(kit.Redraw{})
	case kit.Unlock:
		return s.askPIN()
	case kit.Refresh:
		if s.o.Sync == nil {
			return nil
		}
		return s.syncNow(false)
	case kit.Settled:
		return s.answer(v, msg.Msg)
	case kit.Notice:
		if s.o.Unlock != nil && needsPIN(msg.Err) {
			return s.askPIN()
		}
		return s.notice(msg)
	case kit.Changed: // by what a page did: all of them show it
		return s.everyone(msg)
	default:
		return s.answer(v, msg)
	}
}

// answer gives a page what it waited for; where that is the PIN, it is asked
// for. Somebody who is elsewhere by then is not asked, since what they unlock for
// next is another thing, but hears that it was not done.
func (s *Shell) answer(v *visit, msg tea.Msg) tea.Cmd {
	cmd := s.tell(v, msg)
	s.remember(msg)
	needed := s.wantsPIN(msg)
	if needed == nil {
		return cmd
	}
	if _, asked := s.panel.(*unlocking); v != s.top() || s.panel != nil && !asked {
		told := kit.Notice{Level: kit.Failure, Err: needed, Text: s.env.Text.T("lock.was_needed")}
		return tea.Batch(cmd, s.tell(v, kit.StayedLocked{}), s.notice(told))
	}
	return tea.Batch(cmd, s.askPIN())
}

// settled says what came of something whose page was left; answers to reads
// are of no use any more.
func (s *Shell) settled(msg tea.Msg) tea.Cmd {
	m, ok := msg.(kit.Settled)
	if !ok {
		return nil
	}
	return tea.Batch(s.say(m.Left), s.everyone(kit.Changed{}))
}

// say shows a notice, if there is anything in it.
func (s *Shell) say(n kit.Notice) tea.Cmd {
	if n == (kit.Notice{}) {
		return nil
	}
	return s.notice(n)
}

func (s *Shell) tell(v *visit, msg tea.Msg) tea.Cmd { return s.post(v, v.page.Update(v.ctx, msg)) }

// everyone tells all living pages.
func (s *Shell) everyone(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	if _, ok := msg.(kit.Changed); ok {
		cmds = append(cmds, s.readNamed())
	}
	for _, v := range s.living() {
		cmds = append(cmds, s.tell(v, msg))
	}
	return tea.Batch(cmds...)
}

// living is every visit that has not ended, oldest first.
func (s *Shell) living() []*visit {
	list := slices.Clone(s.stack)
	for _, v := range s.roots {
		if !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	slices.SortFunc(list, func(a, b *visit) int { return a.serial - b.serial })
	return list
}

// closeAll ends all visits, cancelling their reads.
func (s *Shell) closeAll() {
	for _, v := range s.living() {
		v.stop()
	}
	s.sync.cancel()
}
