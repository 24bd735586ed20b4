package kit

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
)

// Wait asks the shell for a message after a while; only the shell has a clock.
type Wait struct {
	For  time.Duration
	Then tea.Msg
}

// Answer is what a read came to.
type Answer[T any] struct {
	From  string // the name of the Latest that asked
	Run   int
	Value T
	Err   *fault.Error
}

// Fault is why there is no answer; nil if there is one. The shell looks at it.
func (a Answer[T]) Fault() *fault.Error { return a.Err }

// Slow says that a read has taken longer than a moment.
type Slow struct {
	From string
	Run  int
}

// moment is how long a read may take before a page says that it is reading:
// below it, the word would only flicker.
const moment = 300 * time.Millisecond

// Latest lets one read of a kind be under way: asking anew cancels the older
// call, and answers whose run number is not the newest are dropped.
type Latest struct {
	Name string // tells apart the reads of one page
	run  int
	stop context.CancelFunc
	slow bool
}

// Ask starts a read and forgets the older one. ctx is the visit's. The answer
// comes as Answer[T]; a Slow comes first if it takes longer than a moment. Each
// read has an id of its own, by which a failure is found in logs (fault.Anew).
func Ask[T any](ctx context.Context, l *Latest, read func(context.Context) (T, error)) tea.Cmd {
	return ask(ctx, l, read, func(a Answer[T]) tea.Msg { return a })
}

// ask is Ask with the message that an answer comes as.
func ask[T any](ctx context.Context, l *Latest, read func(context.Context) (T, error), as func(Answer[T]) tea.Msg) tea.Cmd {
	l.Drop()
	ctx, l.stop = context.WithCancel(fault.Anew(ctx))
	name, run := l.Name, l.run
	return tea.Batch(
		func() tea.Msg {
			v, err := read(ctx)
			return as(Answer[T]{From: name, Run: run, Value: v, Err: failure(ctx, err)})
		},
		Request(Wait{For: moment, Then: Slow{From: name, Run: run}}),
	)
}

// Drop cancels what is under way; its answer will not be taken.
func (l *Latest) Drop() {
	if l.stop != nil {
		l.stop()
	}
	l.stop, l.slow = nil, false
	l.run++
}

// Busy reports whether an answer is awaited; Slow whether it takes its time.
func (l *Latest) Busy() bool { return l.stop != nil }

// Slow reports whether an answer is awaited for longer than a moment.
func (l *Latest) Slow() bool { return l.stop != nil && l.slow }

// Late takes a Slow message; it reports whether the page must be drawn anew.
func (l *Latest) Late(m Slow) bool {
	if m.From != l.Name || m.Run != l.run || l.stop == nil {
		return false
	}
	l.slow = true
	return true
}

// Take reports whether an answer is the one awaited. One that was cancelled is not.
func Take[T any](l *Latest, a Answer[T]) bool {
	if a.From != l.Name || a.Run != l.run || l.stop == nil || a.Err != nil && a.Err.Code == fault.Canceled {
		return false
	}
	l.stop()
	l.stop, l.slow = nil, false
	return true
}

func failure(ctx context.Context, err error) *fault.Error {
	if errors.Is(err, context.Canceled) {
		return fault.Wrap(err, fault.Canceled)
	}
	return fault.In(ctx, err)
}
