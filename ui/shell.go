// Package ui is the shell: the one tea.Model, around pages.
//
// The shell owns the frame (header, footer, toasts), the visits, the keys, the
// clock and the environment; pages own their bodies. A key press becomes an
// intent before a page sees it. What a page's command brings is marked with
// the visit that asked, and dropped if that visit has ended. Only message
// types known here reach a page. View is pure and the frame is kept until a
// message came in.
package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"jandon/internal/fault"
	"jandon/internal/i18n"
	"jandon/internal/money"
	"jandon/internal/saved"
	"jandon/ui/kit"
)

// Shell is the program's model.
type Shell struct {
	o       Options
	env     *kit.Env
	dark    bool
	profile colorprofile.Profile
	w, h    int

	roots  map[string]*visit // of the tabs, kept for as long as the shell lives
	stack  []*visit          // never empty; the last one is on the screen
	serial int               // of the last visit

	panel  panel // what has the keys instead of the page: help, palette, failures, lock
	toasts toasts
	moved  Moved // how a tester's clock goes
	sync   syncing
	fresh  Freshness
	idle   int // whole minutes without a key
	// unlocking is the run of the PIN that is being checked, or was last.
	unlocking int
	stopping  context.CancelFunc // stops that check; nil: there was none
	asks      bool               // the keyring's own window has to be answered
	touch     kit.Touching
	named     []saved.Search     // in the palette
	unnamed   context.CancelFunc // stops the read of them; nil: there was none
	quit      bool
	// instant is when the message that is handled came: one for all that it does.
	instant   time.Time
	recording bool
	worked    []any // by pages since the last message that was written

	foot    footer
	covered int      // lines at the end of the body, by a notice
	fitted  []fitted // lines of the body
	frame   tea.View
	stale   bool
}

// New makes a shell. It fails only on a language without catalogue.
func New(o Options) (*Shell, error) {
	text, err := i18n.New(o.Lang)
	if err != nil {
		return nil, err
	}
	if o.Clock.Tick == nil {
		o.Clock.Tick = tea.Tick
	}
	now := o.Clock.Now().Truncate(time.Millisecond)
	s := &Shell{
		o: o, instant: now, serial: o.From.Visits, unlocking: o.From.Unlocks, dark: o.Theme != "light", profile: colorprofile.TrueColor,
		roots: map[string]*visit{}, fresh: o.Fresh, stale: true, touch: kit.Touching{Name: "lock touch", Run: o.From.Touches},
		env: &kit.Env{
			Text: text, Zone: o.Zone, Style: money.Style{Lang: o.Lang, Unit: o.Money}, Now: now, Source: o.Source, Hidden: o.From.Hidden, Touch: o.Touch, Lines: o.lines,
		},
	}
	if s.env.Work = o.Worked; o.Worked == nil && o.Recorder != nil {
		s.env.Work = s.work
	}
	s.toasts.serial, s.sync.run, s.moved, s.asks = o.From.Toasts, o.From.Syncs, o.From.Moved, o.From.Asks
	s.retheme()
	return s, nil
}

// Init visits the first page, asks for the terminal's background and starts the minutes.
func (s *Shell) Init() tea.Cmd {
	var cmds []tea.Cmd
	if s.o.Record && !s.recording {
		cmds = append(cmds, s.begin())
	}
	cmds = append(cmds, s.start(), s.readNamed())
	if s.o.From != (Carried{}) { // the rest goes on
		return tea.Batch(cmds...)
	}
	cmds = append(cmds, s.minute(), s.move(Move{}))
	if s.o.Theme != "dark" && s.o.Theme != "light" && !s.o.Mono {
		cmds = append(cmds, tea.RequestBackgroundColor)
	}
	for _, n := range s.o.Notices {
		cmds = append(cmds, s.notice(n))
	}
	if s.o.Sync != nil {
		cmds = append(cmds, s.syncNow(false))
	}
	return tea.Batch(cmds...)
}

// Update takes every message of the program.
func (s *Shell) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	s.stale, s.instant = true, s.o.Clock.Now().Truncate(time.Millisecond)
	s.env.Recorded = s.recording
	if t, ok := s.tap(msg); ok {
		return s, s.taped(t, msg)
	}
	return s.handle(msg)
}

func (s *Shell) handle(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		return s, s.resize(msg.Width, msg.Height)
	case tea.KeyPressMsg:
		return s, s.press(msg)
	case tea.PasteMsg:
		return s, s.paste(msg)
	case tea.MouseClickMsg:
		return s, s.click(msg.Mouse())
	case tea.MouseWheelMsg:
		return s, s.wheel(msg.Mouse())
	case tea.BackgroundColorMsg:
		return s, s.background(msg.IsDark())
	case tea.ColorProfileMsg:
		return s, s.colours(msg.Profile)
	case tea.ResumeMsg:
		return s, s.setTime(s.instant)
	case mail:
		return s, s.deliver(msg)
	case Minute:
		return s, s.onMinute(msg)
	case Moved:
		return s, s.onMoved(msg)
	case Faded:
		s.toasts.fade(msg.Serial)
	case Opened:
		return s, s.onOpened(msg)
	case kit.Touched:
		return s, s.onTouched(msg)
	case KeyringAsks:
		s.asks = msg.On
	case Progress, Synced, Lingering:
		return s, s.onSync(msg)
	case Named:
		s.named = msg.List
	case Recorded:
		return s, s.onRecorded(msg)
	}
	return s, nil
}

// View is the frame; it is drawn once after each message.
func (s *Shell) View() tea.View {
	if s.stale {
		s.frame, s.stale = s.draw(), false
	}
	return s.frame
}

// Minute is the clock's word, once a minute and on waking up.
type Minute struct{ At time.Time }

// minute waits for the next full minute.
func (s *Shell) minute() tea.Cmd {
	now := s.o.Clock.Now()
	next := now.Truncate(time.Minute).Add(time.Minute).Sub(now)
	return s.o.Clock.Tick(max(next, time.Second), func(time.Time) tea.Msg { return Minute{At: s.o.Clock.Now()} })
}

// onMinute lets ages grow and locks an idle screen. The lock comes up to a
// minute late, never early.
func (s *Shell) onMinute(m Minute) tea.Cmd {
	s.idle++
	if p, ok := s.panel.(pinned); ok {
		p.pad().waited(s.instant)
	}
	var lock tea.Cmd
	if limit := int(s.o.Idle / time.Minute); limit > 0 && s.idle > limit {
		lock = s.lock()
	}
	return tea.Batch(lock, s.setTime(m.At), s.minute())
}

func (s *Shell) setTime(t time.Time) tea.Cmd {
	s.env.Now = t.Truncate(time.Millisecond)
	return s.everyone(kit.Redraw{})
}

// ctx is the context of everything that no visit owns. What is asked for with
// it has its ids from the options.
func (s *Shell) ctx() context.Context { return fault.Tracing(context.Background(), s.o.IDs) }
