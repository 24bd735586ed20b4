package kit

import (
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

// Held is what a field holds after a key press or a paste. Its letters stand as
// numbers: a text that is read loses its outer spaces.
type Held struct {
	Text    []rune
	At      int // letters before the caret
	Changed bool
}

// What a recording writes instead of the letters that were typed depends on
// what a field is for: a search is one still when its names and amounts are
// others, and a week is nobody's.
type (
	Searched Held // a search
	Dated    Held // a week or a day
	Summed   Held // an amount
	Named    Held // the name of somebody or something
	Noted    Held // words in somebody's own language
)

// Edit gives a field a key press or a paste; it reports whether the text
// changed. T says what the field is for.
func Edit[T Searched | Dated | Summed | Named | Noted](env *Env, f *Field, msg tea.Msg) bool {
	return edit[T](env, f, func() bool { return f.Update(msg) })
}

// edit has a field hold what came of a change, or what a recording says of it.
func edit[T Searched | Dated | Summed | Named | Noted](env *Env, f *Field, change func() bool) bool {
	h := Held(Work(env, func() T {
		changed := change()
		return T{Text: []rune(f.text), At: utf8.RuneCountInString(f.text[:f.at]), Changed: changed}
	}))
	f.text = spaced(string(h.Text)) // a recording may be anybody's
	f.at = len(f.text)
	for i := range f.text {
		if h.At <= 0 {
			f.at = i
			break
		}
		h.At--
	}
	f.follow()
	return h.Changed
}
