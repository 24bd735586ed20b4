package ui

import (
	"context"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
	"jandon/ui/kit"
)

// Opened says what a PIN came to.
type Opened struct {
	Run int
	Err *fault.Error
}

// pinpad is what the lock and the PIN's panel have in common: the digits, and
// what the platform said to the last ones.
type pinpad struct {
	noField
	field kit.PINField
	busy  bool
	err   *fault.Error
	until time.Time // when err is no longer so; zero: it stays until somebody types
}

// pinned is a panel with a pinpad.
type pinned interface{ pad() *pinpad }

func (p *pinpad) pad() *pinpad { return p }

// press takes a key; what was typed is tried with Enter and never kept.
func (p *pinpad) press(s *Shell, msg tea.KeyPressMsg) tea.Cmd {
	way := p.field.Way()
	switch k := kit.Fold(msg); {
	case p.busy:
	case p.touchable(s) && !s.touch.Begun():
		return s.touch.Begin(s.ctx(), s.o.Touch)
	case s.touch.Asking():
	case k == "enter" && p.field.Len() >= way.Least():
		return s.open(p)
	case s.otherWays() && (k == "tab" || k == "a" && !way.Lettered()):
		p.turn(way.Next())
	case k == "r" && !way.Lettered():
		p.err = nil
		p.field.Wipe()
	case p.field.Press(msg):
		p.err = nil
	}
	return nil
}

// touchable reports whether a touch comes before what is typed.
func (p *pinpad) touchable(s *Shell) bool { return s.o.Touch != nil && p.field.Way() == kit.ByPIN }

// onTouched goes on to the PIN, or asks for another touch.
func (s *Shell) onTouched(m kit.Touched) tea.Cmd {
	again, _ := s.touch.Take(s.ctx(), m, s.o.Touch)
	return again
}

// turn asks for another way in.
func (p *pinpad) turn(to kit.Way) {
	p.err = nil
	p.field.Turn(to)
}

// open has what was typed checked, which only the platform can.
func (s *Shell) open(p *pinpad) tea.Cmd {
	pin := p.field.Take()
	p.busy, p.err = true, nil
	s.unlocking++
	run, unlock := s.unlocking, s.o.Unlock
	ctx, stop := context.WithCancel(fault.Anew(s.ctx()))
	s.stopping = stop
	if way, by := p.field.Way(), s.o.UnlockBy; way != kit.ByPIN {
		unlock = func(ctx context.Context, code kit.PIN) error { return by(ctx, way, code) }
	}
	return func() tea.Msg {
		defer stop()
		defer pin.Wipe()
		return Opened{Run: run, Err: fault.In(ctx, unlock(ctx, pin))}
	}
}

// stopUnlocking lets go of a PIN that is being checked: what it comes to opens
// nothing any more, and a keyring that hangs keeps nobody waiting for it.
func (s *Shell) stopUnlocking() {
	s.unlocking++
	if s.stopping != nil {
		s.stopping()
		s.stopping = nil
	}
}

// onOpened goes on where the PIN was asked for.
func (s *Shell) onOpened(m Opened) tea.Cmd {
	if m.Run != s.unlocking { // the screen was locked meanwhile, or the panel left
		if m.Err == nil && s.o.Locked != nil {
			s.o.Locked()
		}
		return nil
	}
	p, ok := s.panel.(pinned)
	m.Err = kit.Stopped(m.Err)
	if ok {
		p.pad().busy, p.pad().err = false, m.Err
		p.pad().until = waitsUntil(m.Err, s.instant)
	}
	if m.Err != nil {
		return nil
	}
	var little, news tea.Cmd
	if ok {
		if _, away := s.panel.(*locked); away && s.o.Sync != nil {
			news = s.syncNow(false) // what happened meanwhile, such as another device's acts
		}
		s.panel = nil
		s.touch.Reset()
		s.layout()
		if s.env.Little = p.pad().field.Way() != kit.ByPIN; s.env.Little {
			little = s.notice(kit.Notice{Level: kit.Warning, Text: s.env.Text.T("lock.opened_little")})
		}
	}
	return tea.Batch(little, s.setTime(s.instant), s.everyone(kit.Unlocked{}), news)
}

// waitsUntil is when a device that had to wait need not any more. It goes by
// the seconds that are left, since this computer's clock may be days off.
func waitsUntil(err *fault.Error, now time.Time) time.Time {
	if err == nil || err.Code != fault.DevicePaused {
		return time.Time{}
	}
	seconds, bad := strconv.Atoi(err.Args["seconds"])
	if bad != nil || seconds <= 0 || seconds > int(24*time.Hour/time.Second) {
		return time.Time{}
	}
	return now.Add(time.Duration(seconds) * time.Second)
}

// waited takes back what no longer holds.
func (p *pinpad) waited(now time.Time) {
	if !p.until.IsZero() && !now.Before(p.until) {
		p.err, p.until = nil, time.Time{}
	}
}

// wanted are the words for what each way wants: its name, how it is typed, and
// the same in lines, and what is said when it was wrong.
var wanted = [...]struct{ name, how, line, wrong string }{
	kit.ByPIN:      {"lock.pin", "lock.length", "lock.plain_pin", "lock.wrong_pin"},
	kit.ByApp:      {"lock.app", "lock.app_how", "lock.plain_app", "lock.wrong_app"},
	kit.ByRecovery: {"lock.recovery", "lock.recovery_how", "lock.plain_recovery", "lock.wrong_recovery"},
}

// label stands before the digits.
func (p *pinpad) label(s *Shell) string { return s.env.Text.T(wanted[p.field.Way()].name) + "  " }

// otherWays reports whether something else than the PIN opens here. Where one of
// them has opened already, what still asks wants the PIN itself.
func (s *Shell) otherWays() bool { return s.o.UnlockBy != nil && !s.env.Little }

// another is the key for another way in, if there is one.
func (p *pinpad) another(s *Shell) (list []kit.Binding) {
	if s.touch.Asking() {
		return nil
	}
	if s.otherWays() {
		list = append(list, kit.Binding{Keys: []string{"tab"}, Label: "lock.another"})
	}
	return list
}

func (p *pinpad) caretIn(s *Shell) int { return kit.Width(p.label(s)) + p.field.Caret() }

// draw is the line of digits, or the question for a touch that comes before.
func (p *pinpad) draw(s *Shell, w int) []string {
	t := s.env.Theme
	if p.touchable(s) && (s.touch.Asking() || !s.touch.Begun()) {
		ask := s.env.Text.T("lock.touch.first")
		if s.touch.Asking() {
			ask = s.touch.Say(s.env)
		}
		list := kit.Wrap(ask, w)
		for i := range list {
			list[i] = t.Strong.Render(list[i])
		}
		return list
	}
	typed, wanted := p.field.Dots()
	return []string{kit.NewLine(w).Put(t.Quiet, p.label(s)).Put(t.Strong, typed).Put(t.Faint, strings.TrimSuffix(wanted, " ")).String()}
}

// remark is a line below the digits.
type remark struct {
	ink  kit.Ink
	text string
}

// said is what there is to say about the last try, or else how long a PIN is.
func (p *pinpad) said(s *Shell, w int) (list []remark) {
	t, text := s.env.Theme, s.env.Text
	add := func(ink kit.Ink, sentence string) {
		for _, line := range kit.Wrap(sentence, w) {
			list = append(list, remark{ink, line})
		}
	}
	switch {
	case s.asks:
		add(t.Warn, text.T("lock.keyring"))
	case p.busy:
		add(t.Quiet, text.T("lock.checking"))
	case p.touchable(s) && (s.touch.Asking() || !s.touch.Begun()):
		add(t.Quiet, text.T("lock.touch.why"))
	case p.err != nil && p.err.Code.Family() == fault.FamilyOffline:
		say, _ := s.env.Fault(p.err)
		add(t.Warn, text.T("lock.offline"))
		add(t.Quiet, say)
		add(t.Quiet, s.env.Keyed("lock.again", "lock.again_lines"))
		if mark := kit.Mark(p.err); mark != "" {
			add(t.Quiet, mark)
		}
	case p.err != nil:
		say, hint := s.env.Traced(p.err)
		if p.err.Code == fault.WrongCode {
			say = kit.Wrong(text, wanted[p.field.Way()].wrong, p.err)
		}
		add(t.Bad, say)
		add(t.Quiet, hint)
	case s.env.Lines: // how it is typed is said where it is
	default:
		if say := s.touch.Say(s.env); say != "" && p.touchable(s) {
			add(t.Quiet, say)
		}
		add(t.Quiet, text.F(wanted[p.field.Way()].how, "Least", kit.PINLeast, "Most", kit.PINMost))
	}
	if p.field.Way() == kit.ByPIN && s.o.DemoPIN != "" {
		add(t.Text, text.F("lock.demo", "PIN", s.o.DemoPIN))
	}
	return list
}
