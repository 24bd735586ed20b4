package main

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// meter draws how far long work has come, on a terminal alone, and only once
// it has taken a moment.
type meter struct {
	w     io.Writer // nil: nobody looks
	now   func() time.Time
	what  string
	begun time.Time
	drawn time.Time // zero: not yet
}

const (
	meterPatience = 500 * time.Millisecond
	meterEvery    = 100 * time.Millisecond
	meterWidth    = 30
)

// meter begins one for a piece of work.
func (a *app) meter(what string) *meter {
	m := &meter{now: a.now, what: what, begun: a.now()}
	if _, _, ok := terminal(a.err); ok && !a.cfg.Plain && a.env("TERM") != "dumb" {
		m.w = a.err
	}
	return m
}

// at says how much of it is done.
func (m *meter) at(done, total int64) {
	if m.w == nil {
		return
	}
	now := m.now()
	if now.Sub(m.begun) < meterPatience || now.Sub(m.drawn) < meterEvery {
		return
	}
	m.drawn = now
	done = min(done, total)
	full := bar(done, total, meterWidth)
	fmt.Fprintf(m.w, "\r%s %s%s %3d%%\x1b[K", m.what, full, strings.Repeat(" ", meterWidth-len([]rune(full))), 100*done/max(total, 1))
}

// end takes it off the screen.
func (m *meter) end() {
	if !m.drawn.IsZero() {
		fmt.Fprint(m.w, "\r\x1b[K")
	}
}
