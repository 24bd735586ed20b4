// Package kit is what every page shares: the contract with the shell, the
// environment, keys, theme, layout, safe text and charts.
//
// Down by method, up by message, sideways never. The shell turns a key press
// into the Intent that the page's Keys name for it; only a page that is
// Typing gets raw key presses. A page asks for things by returning commands
// whose messages are requests (Visit, Leave, Notice). Messages are plain data,
// so that a session can be recorded and replayed; View reads no clock and does
// no I/O.
package kit

import (
	"context"

	tea "charm.land/bubbletea/v2"
)

// Page is one screen's body. The shell owns the frame around it.
type Page interface {
	// Init starts a visit; ctx ends when the visit does, cancelling reads.
	Init(ctx context.Context) tea.Cmd
	// Update takes a message and returns what to do next.
	Update(ctx context.Context, msg tea.Msg) tea.Cmd
	// Resize gives the body's size in cells; it may be very small, even 0×0.
	Resize(w, h int)
	// View draws at most the given size. It is pure.
	View() string
	// Keys lists what can be done now; help, palette and key handling come from it.
	Keys() []Binding
}

// Typist is a page with a text field. While Typing, key presses reach it raw
// and Caret says where in its View the terminal's cursor belongs.
type Typist interface {
	Typing() bool
	Caret() (x, y int)
}

// Sparing is a Typist whose field has no use for most keys, such as one for an
// amount: a key that it spares does what it does everywhere.
type Sparing interface {
	Spares(msg tea.KeyPressMsg) bool
}

// Intent is what a person wants done, apart from the key that said so.
type Intent string

// The intents that the shell and most pages share.
const (
	Up       Intent = "up"
	Down     Intent = "down"
	PageUp   Intent = "page_up"
	PageDown Intent = "page_down"
	Top      Intent = "top"
	Bottom   Intent = "bottom"
	Open     Intent = "open"
	Back     Intent = "back"
	Retry    Intent = "retry"
	Next     Intent = "next"
	Previous Intent = "previous"
	Find     Intent = "find"
)

// Do is the message for an intent.
type Do struct{ Intent Intent }

// Binding ties keys to an intent.
type Binding struct {
	Intent Intent
	Show   string   // how the footer writes the keys, if not as the first of Keys: "[ ]"
	Keys   []string // as tea.KeyPressMsg.String() has them: "j", "down", "space", "ctrl+r"
	Label  string   // catalogue id of what it does, in two words
	Off    string   // catalogue id of why it can't act now; empty if it can
	Quiet  bool     // in help and palette, but not in the footer
}

// Visit asks for a page, with an argument that the page's maker understands.
type Visit struct {
	Page string
	Arg  string
}

// Leave asks to go back to where the visit came from.
type Leave struct {
	Say Notice // said then; a notice of its own might come after the page is gone
}

// Level is how much a notice matters.
type Level uint8

// Good news fades; failures stay until answered.
const (
	Good Level = iota
	Warning
	Failure
)

// Notice asks the shell to show a toast.
type Notice struct {
	Level Level
	Text  string // already in the person's language
	Err   error  // for a Failure: shown as sentence, hint, code and correlation id
}

// Changed tells pages that the data behind them changed: read again. A page
// that changed it itself sends one, and the shell tells them all.
type Changed struct{}

// Redraw tells pages that the environment changed: language, theme, hidden amounts, time.
type Redraw struct{}

// Click is a mouse click inside the page's body; Wheel turns are Up and Down intents.
type Click struct{ X, Y int }

// Request makes a command of a message that is already there.
func Request(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }
