package ui

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
	"jandon/ui/kit"
)

// lingering is how long an act may take before its progress is shown: below
// half a second a person does not notice waiting, and a bar would only flash.
const lingering = 500 * time.Millisecond

// Progress says how far a sync has come.
type Progress struct {
	Run, Done, Total int
}

// Lingering says that a sync takes long enough to be shown.
type Lingering struct{ Run int }

// Synced says how a sync ended.
type Synced struct {
	Run     int
	Asked   bool // a person asked for it: say how it went
	Fresh   Freshness
	Changed bool
	Err     *fault.Error
}

// syncing is the sync under way, if any.
type syncing struct {
	run         int
	stop        context.CancelFunc
	long        bool
	done, total int
	news        chan tea.Msg
}

// shown reports whether the progress is on the screen.
func (y *syncing) shown() bool { return y.stop != nil && y.long }

// why says what stands in the way of another sync.
func (y *syncing) why() string {
	if y.stop != nil {
		return "shell.syncing"
	}
	return ""
}

func (y *syncing) cancel() {
	if y.stop != nil {
		y.stop()
	}
}

// syncNow starts a sync. Its goroutine reports into a channel that holds the
// latest news only, so that a slow screen never slows it down.
func (s *Shell) syncNow(asked bool) tea.Cmd {
	y := &s.sync
	if y.stop != nil {
		return nil
	}
	ctx, stop := context.WithCancel(fault.Anew(s.ctx()))
	*y = syncing{run: y.run + 1, stop: stop, news: make(chan tea.Msg, 1)}
	run, news, source := y.run, y.news, s.o.Sync
	work := func() tea.Msg {
		fresh, changed, err := source.Sync(ctx, func(done, total int) { latest(news, Progress{run, done, total}) })
		end := Synced{Run: run, Asked: asked, Fresh: fresh, Changed: changed}
		if err != nil {
			end.Err = fault.In(ctx, err)
			if errors.Is(err, context.Canceled) {
				end.Err = fault.Wrap(err, fault.Canceled)
			}
		}
		close(news)
		return end
	}
	return tea.Batch(s.o.Clock.Tick(lingering, tick(Lingering{run})), work, hear(news))
}

// latest replaces news that nobody has heard yet. It has one sender.
func latest(news chan tea.Msg, m tea.Msg) {
	select {
	case news <- m:
	default:
		select {
		case <-news:
		default:
		}
		select {
		case news <- m:
		default:
		}
	}
}

// unfetched reports whether nothing came yet of what could be fetched, and
// nothing is on its way.
func (s *Shell) unfetched() bool { return s.o.Sync != nil && s.fresh.At.IsZero() && s.sync.stop == nil }

// hear waits for the next news; nil when there will be none.
func hear(news <-chan tea.Msg) tea.Cmd {
	return func() tea.Msg {
		if m, ok := <-news; ok {
			return m
		}
		return nil
	}
}

func (s *Shell) onSync(msg tea.Msg) tea.Cmd {
	y := &s.sync
	switch msg := msg.(type) {
	case Progress:
		if msg.Run == y.run && y.stop != nil {
			y.done, y.total = msg.Done, msg.Total
			return hear(y.news)
		}
	case Lingering:
		y.long = y.long || msg.Run == y.run
	case Synced:
		if msg.Run == y.run && y.stop != nil {
			y.stop()
			y.stop, y.long = nil, false
			return s.synced(msg)
		}
	}
	return nil
}

// synced says how it went, if a person asked, and has pages read anew.
func (s *Shell) synced(m Synced) tea.Cmd {
	canceled := m.Err != nil && m.Err.Code == fault.Canceled
	if canceled { // which says nothing of whether the platform can be reached
		m.Fresh.Offline = s.fresh.Offline
	}
	if !m.Fresh.At.IsZero() {
		s.fresh = m.Fresh
	}
	var cmds []tea.Cmd
	switch {
	case m.Err == nil && m.Asked:
		cmds = append(cmds, s.notice(kit.Notice{Text: s.env.Text.T(s.either(m.Changed, "shell.synced", "shell.nothing_new"))}))
	case m.Err == nil:
	case canceled:
		cmds = append(cmds, s.notice(kit.Notice{Level: kit.Warning, Text: s.env.Text.T("shell.sync_canceled")}))
	case m.Asked:
		s.fresh.Offline = true
		cmds = append(cmds, s.notice(kit.Notice{Level: kit.Failure, Err: m.Err}))
		s.toasts.offerAgain()
	default: // the header says that it is offline; the list has the reason
		s.fresh.Offline = true
		s.list(m.Err)
	}
	if m.Changed {
		cmds = append(cmds, s.everyone(kit.Changed{}))
	}
	return tea.Batch(cmds...)
}

// progress is the line that shows a running sync.
func (s *Shell) progress(w int) string {
	y, t := &s.sync, s.env.Theme
	l := kit.NewLine(w).Put(t.Quiet, s.env.Text.T("shell.syncing")).Skip(2)
	bar := min(24, l.Left()/2)
	if y.total > 0 {
		l.Put(t.Bar, kit.Bar(int64(y.done), int64(y.total), bar))
		l.To(kit.Width(s.env.Text.T("shell.syncing"))+2+bar).Skip(1).
			Put(t.Quiet, s.env.Text.F("shell.progress", "Done", y.done, "Total", y.total))
	} else if y.done > 0 {
		l.Put(t.Quiet, s.env.Text.N("shell.lines", y.done))
	}
	return l.String()
}
