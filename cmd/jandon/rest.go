package main

import (
	"reflect"
	"time"
	"unsafe"

	tea "charm.land/bubbletea/v2"
)

// Bubble Tea's renderer looks for something to draw 60 times a second for as
// long as the program runs, which keeps a laptop awake for a wallet that lies
// open. rest stops that ticker when no message has come for a while and starts
// it with the next one, so that an idle wallet sleeps.
//
// The ticker is a private field of tea.Program, and there is no option for it;
// where a later version has none, nothing changes but the sleep, and
// TestIdleProgramRests fails.
type rest struct {
	ticker *time.Ticker
	quiet  *time.Timer
}

const (
	frame    = time.Second / 60
	restless = 250 * time.Millisecond // enough for what an update changed to be drawn
)

// stir is called with every message, by the loop that started the ticker.
func (r *rest) stir(p *tea.Program) {
	if r.ticker == nil {
		r.ticker = rendererTicker(p)
	}
	if r.ticker == nil {
		return
	}
	r.ticker.Reset(frame)
	if r.quiet == nil {
		r.quiet = time.AfterFunc(restless, r.ticker.Stop)
		return
	}
	r.quiet.Reset(restless)
}

// rendererTicker finds the renderer's ticker, or nil.
func rendererTicker(p *tea.Program) *time.Ticker {
	field, ok := tickerField(p)
	if !ok {
		return nil
	}
	return *(**time.Ticker)(unsafe.Pointer(field.UnsafeAddr())) //nolint:gosec // the one way to a private field; its type was just compared
}

func tickerField(p *tea.Program) (reflect.Value, bool) {
	field := reflect.ValueOf(p).Elem().FieldByName("ticker")
	return field, field.IsValid() && field.Type() == reflect.TypeFor[*time.Ticker]()
}
