package main

import (
	"context"
	"os"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/config"
)

// personal is on the screen that falls, and in what it says when it does.
const personal = "Canary Cafe 739,105"

// falling is a screen that fails at what a key asks for.
type falling struct{ drawing bool }

func (falling) Init() tea.Cmd { return nil }

func (f falling) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return f, nil
	}
	switch key.String() {
	case "u":
		panic("cannot book " + personal)
	case "v":
		f.drawing = true
	case "c":
		return f, func() tea.Msg { panic("cannot fetch " + personal) }
	case "b":
		return f, tea.Batch(nil, func() tea.Msg { return nil }, func() tea.Msg { panic("cannot fetch " + personal) })
	case "r":
		var none []string
		return falling{none[len(personal)] == ""}, nil
	}
	return f, nil
}

func (f falling) View() tea.View {
	if f.drawing {
		panic("cannot draw " + personal)
	}
	v := tea.NewView("the page of " + personal)
	v.AltScreen = true
	return v
}

// falls is a program whose only screen is falling, drawn as all screens are.
func falls() {
	a := &app{in: os.Stdin, out: os.Stdout, err: os.Stderr, environ: os.Environ(), now: time.Now, cfg: &config.Config{Lang: "en"}}
	if err := a.draw(context.Background(), falling{}, nil); err != nil {
		_, _ = os.Stderr.WriteString("ended: " + err.Error() + "\n")
		os.Exit(1)
	}
}
