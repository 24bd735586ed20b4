package kit

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// calm is how long no key may be pressed before a question takes an answer:
// longer than between the keys of somebody who types ahead, shorter than
// reading the question takes.
const calm = 500 * time.Millisecond

// Guard keeps a question about value from being answered by keys that were
// meant for something else: it takes answers once it was on the screen for a
// moment without keys.
type Guard struct {
	Name  string // tells apart the questions of one page
	run   int
	armed bool
}

// Armed says that a question was on the screen for a moment without keys.
type Armed struct {
	From string
	Run  int
}

// Show begins the moment: the question appeared, or a key came too early.
func (g *Guard) Show() tea.Cmd {
	g.Drop()
	return Request(Wait{For: calm, Then: Armed{g.Name, g.run}})
}

// Drop has the guard take no answers.
func (g *Guard) Drop() { g.run, g.armed = g.run+1, false }

// Take takes the message that the moment is over; it reports whether that
// changed anything.
func (g *Guard) Take(m Armed) bool {
	if m.From != g.Name || m.Run != g.run || g.armed {
		return false
	}
	g.armed = true
	return true
}

// Armed reports whether the question can be answered.
func (g *Guard) Armed() bool { return g.armed }

// Answers are the keys of the question, of which yes waits until it counts and
// no is what all others that one might press by habit come to.
func (g *Guard) Answers(yes, no Binding) []Binding {
	if yes.Keys, no.Keys = []string{"y"}, []string{"n", "esc", "enter"}; !g.armed {
		yes.Off = "kit.key.wait"
	}
	return []Binding{yes, no}
}
