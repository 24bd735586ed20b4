package replay

import (
	"jandon/internal/fault"
	"jandon/ui/kit"
)

// The forms of messages that can't be written as they are: those of Bubble Tea,
// which hold more than is drawn, and those that hold anything at all.

type size struct{ Width, Height int }

// key is a key press. Text is what it typed; in a field it is somebody's.
type key struct {
	Code, BaseCode rune
	Mod            int
	Name           string // as bindings name it; "" where it typed somebody's text
	Text           string
}

type paste struct{ Text string }

type click struct{ X, Y, Button, Mod int }

type wheel struct{ X, Y, Button, Mod int }

type background struct{ Dark bool }

type colours struct{ Profile int }

type resume struct{}

// visit is a visit with its argument taken apart: names and ids stand in it.
type visit struct {
	Page string
	Raw  string            // an argument that is one id
	Args map[string]string // or that is a query
	Find string            // what was searched for
}

type leave struct{ Say notice }

type notice struct {
	Level kit.Level
	Text  string
	Err   *fault.Error
}

// settled is what came of a write; its message stands inside under its own kind.
type settled struct {
	Kind string
	Body string
	Left notice
}
