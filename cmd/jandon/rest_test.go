package main

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// The field that rest reaches for is there in the Bubble Tea of go.mod. That
// an idle wallet sleeps in truth is measured in `make bench`.
func TestIdleProgramRests(t *testing.T) {
	t.Parallel()
	program := tea.NewProgram(nil)
	field, ok := tickerField(program)
	if !ok {
		t.Fatal("tea.Program has no field ticker of type *time.Ticker: find another way to let an idle program sleep")
	}
	if !field.IsNil() {
		t.Error("the renderer's ticker runs before the program does")
	}
	var r rest
	r.stir(program) // before the renderer starts there is nothing to stop
	if r.ticker != nil || r.quiet != nil {
		t.Error("a program that does not draw was stirred")
	}
}

// A message after a rest starts the ticker again, as often as it takes.
func TestMessagesWakeTheRenderer(t *testing.T) {
	t.Parallel()
	ticker := time.NewTicker(time.Hour)
	defer ticker.Stop()
	r := rest{ticker: ticker}
	for range 3 {
		r.stir(nil)
		<-ticker.C // comes within a frame, not within the hour
		r.ticker.Stop()
	}
}
