package replay

import (
	"encoding/json"
	"time"

	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/ui/kit"
)

// The forms of messages that can't be written as they are: those of Bubble Tea,
// which hold more than is drawn, and those that hold anything at all.

type size struct{ Width, Height int }

// key is a key press. What it typed was replaced before where it is somebody's.
// Letters stand as numbers, since a text loses its outer spaces when it is read.
type key struct {
	Code, BaseCode rune
	Mod            int
	Text           []rune
}

type paste struct{ Text []rune }

type click struct{ X, Y, Button, Mod int }

type wheel struct{ X, Y, Button, Mod int }

type background struct{ Dark bool }

type colours struct{ Profile int }

type resume struct{}

// clock says that the clock was set, and by how much it is ahead since then of
// the time that has passed.
type clock struct{ Ahead time.Duration }

// visit is a visit with its argument taken apart: names and ids stand in it.
type visit struct {
	Page string
	Raw  string            // an argument that is one id
	Args map[string]string // or a query of ids
	When map[string]string // or of weeks and days
	Find *history.Query    // what was searched for
	Text sought            // the same, if it can't be taken apart
}

// sought is a search as it was typed.
type sought string

type leave struct{ Say notice }

type notice struct {
	Level kit.Level
	Text  string
	Err   *fault.Error
}

// settled is what came of a write; its message stands inside under its own kind.
type settled struct {
	Kind string
	Body json.RawMessage // no text: it would be filtered as one
	Left notice
}
