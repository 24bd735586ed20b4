package main

import (
	"context"
	"fmt"
	"runtime"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/client/store"
	"jandon/client/store/storetest"
	"jandon/ui"
	"jandon/ui/history"
	"jandon/ui/kit"
)

// presses is how many key presses make one measurement.
const presses = 200

// list measures a key press in the list: the key, the reads it asks for, and
// the view.
func (b *bench) list(ctx context.Context) error {
	small, err := b.open(ctx, 1000)
	if err != nil {
		return err
	}
	defer func() { _ = small.Close() }()
	large, err := b.open(ctx, b.large)
	if err != nil {
		return err
	}
	defer func() { _ = large.Close() }()
	few, err := newList(small)
	if err != nil {
		return err
	}
	many, err := newList(large)
	if err != nil {
		return err
	}
	times, err := takeTurns(b.rounds, few.scroll, many.scroll)
	if err != nil {
		return err
	}
	b.table.atMost(fmt.Sprintf("a key press in the list, %d lines against 1000", b.large), times[1], times[0], ratio(times[1], times[0]), 1.5)
	kib := many.allocated / float64(many.frames) / 1024
	b.table.atMost("allocated for a frame of the list at 120×40", count{kib, "KiB"}, count{64, "KiB"}, kib/64, 1)
	return nil
}

// list is the history page with a search that finds all lines, driven without a terminal.
type list struct {
	model     tea.Model
	down      bool
	allocated float64
	frames    int
}

func newList(s *store.Store) (*list, error) { return recordedList(s, nil) }

// recordedList is newList with a recorder from the first frame on; nil: without one.
func recordedList(s *store.Store, r ui.Recorder) (*list, error) {
	now := func() time.Time { return storetest.End }
	shell, err := ui.New(ui.Options{
		Lang: "en", Zone: storetest.End.Location(), Theme: "dark", Clock: ui.Clock{Now: now, Tick: func(time.Duration, func(time.Time) tea.Msg) tea.Cmd { return nil }},
		Pages: []ui.Maker{{Name: "history", Label: "history.title", Tab: true, Make: func(env *kit.Env, arg string) kit.Page {
			return history.New(env, s, nil, arg)
		}}},
		Start: kit.Visit{Page: "history", Arg: "find=>=1"}, Recorder: r, Record: r != nil,
	})
	if err != nil {
		return nil, err
	}
	l := &list{model: shell}
	l.run(shell.Init())
	l.send(tea.WindowSizeMsg{Width: width, Height: height})
	return l, nil
}

func (l *list) send(msg tea.Msg) {
	var cmd tea.Cmd
	l.model, cmd = l.model.Update(msg)
	l.run(cmd)
}

// run carries out commands at once, as a program does in its own time.
func (l *list) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			l.run(c)
		}
	default:
		l.send(msg)
	}
}

// scroll presses the down key and draws, again and again, and gives the time
// of one press. Every other time it goes back up.
func (l *list) scroll() (time.Duration, error) {
	l.down = !l.down
	key := tea.KeyPressMsg{Code: tea.KeyUp}
	if l.down {
		key.Code = tea.KeyDown
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	from := time.Now()
	for range presses {
		l.send(key)
		_ = l.model.View()
	}
	took := time.Since(from) / presses
	runtime.ReadMemStats(&after)
	l.allocated += float64(after.TotalAlloc - before.TotalAlloc)
	l.frames += presses
	return took, nil
}
