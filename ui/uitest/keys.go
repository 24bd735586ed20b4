package uitest

import (
	"time"

	"jandon/ui/script"
)

// Script is what a person does at the screen.
type Script = script.Script

// Of package script, for those who have a stage.
var (
	Key         = script.Key
	ParseScript = script.Parse
)

// Wait moves the clock; it makes a Stage one that scripts are played on.
func (s *Stage) Wait(d time.Duration) { s.Clock.Advance(d) }

// Press presses keys by their names; it panics on a name that no key has.
func (s *Stage) Press(names ...string) {
	for _, name := range names {
		k, err := Key(name)
		if err != nil {
			panic(err)
		}
		s.Send(k)
	}
}

// Type types a text, letter by letter.
func (s *Stage) Type(text string) {
	for _, r := range text {
		if r == ' ' {
			s.Press("space")
			continue
		}
		s.Press(string(r))
	}
}
