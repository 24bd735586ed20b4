package kit

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
)

// Roll is what pages have in common that list things of one kind, ask before
// they take one away, and change one thing at a time: T is a thing, C what a
// change came to.
type Roll[T, C any] struct {
	Body
	Things []T
	Have   bool         // they were read once
	Err    *fault.Error // why they could not be read now

	env      *Env
	page     Rolled[T, C]
	reading  Latest
	changing Change
	asking   string // id of the thing that was asked about; "" if none
	guard    Guard
}

// Rolled is what such a page is. Name begins the names of its reads and
// questions, Prefix the keys of its lines.
type Rolled[T, C any] struct {
	Name, Prefix string
	Read         func(context.Context) ([]T, error)
	ID           func(*T) string
	Lay          func()                // lays the lines out anew
	Said         func(*Env, C) string  // what a change came to, in a sentence
	After        func(C) (cmd tea.Cmd) // what follows a change instead of that sentence; nil: nothing else
}

// Start makes the roll; nothing is read before Init.
func (r *Roll[T, C]) Start(env *Env, page Rolled[T, C]) {
	r.env, r.page = env, page
	r.reading.Name, r.changing.Name, r.guard.Name = page.Name+" read", page.Name+" change", page.Name+" question"
}

// Init reads for a visit.
func (r *Roll[T, C]) Init(ctx context.Context) tea.Cmd { return Ask(ctx, &r.reading, r.page.Read) }

// Doubt is the question about the thing that was asked about, which stands on No.
func (r *Roll[T, C]) Doubt(ask string, w int) Lines { return r.guard.Doubt(r.env, ask, w) }

// Hear takes the messages that are not the page's own; free says that a click
// may choose a line now.
func (r *Roll[T, C]) Hear(ctx context.Context, msg tea.Msg, free bool) tea.Cmd {
	switch msg := msg.(type) {
	case Click:
		if free && r.asking == "" {
			return r.Cols.Click(msg.X, msg.Y)
		}
	case Answer[[]T]:
		if Take(&r.reading, msg) {
			if r.Err = msg.Err; msg.Err == nil {
				r.Things, r.Have = msg.Value, true
			}
			r.page.Lay()
		}
	case Answer[C]:
		return r.heard(msg)
	case Armed:
		if r.guard.Take(msg) {
			r.page.Lay()
		}
	case Unlocked:
		return r.changing.Again(ctx)
	case StayedLocked:
		r.changing.Forget()
	case Locked:
		r.changing.Forget()
		r.Leave() // has to be asked anew
	case Slow:
		r.reading.Late(msg)
	case Changed:
		return r.Init(ctx)
	case Redraw:
		r.page.Lay()
	}
	return nil
}

// Find is the thing of an id; nil if there is none.
func (r *Roll[T, C]) Find(id string) *T {
	for i := range r.Things {
		if r.page.ID(&r.Things[i]) == id {
			return &r.Things[i]
		}
	}
	return nil
}

// Chosen is the thing whose line is chosen; nil if none is.
func (r *Roll[T, C]) Chosen() *T {
	if it := r.Cols.Chosen(); it != nil {
		return r.Find(strings.TrimPrefix(it.Key, r.page.Prefix))
	}
	return nil
}

// Ask asks about a thing. The question starts on No and counts after a moment.
func (r *Roll[T, C]) Ask(t *T) tea.Cmd {
	r.asking = r.page.ID(t)
	r.page.Lay()
	return r.guard.Show()
}

// Asked is the thing that was asked about; nil if none was.
func (r *Roll[T, C]) Asked() *T {
	if r.asking == "" {
		return nil
	}
	return r.Find(r.asking)
}

// Leave takes the question away.
func (r *Roll[T, C]) Leave() {
	r.asking = ""
	r.page.Lay()
}

// Take answers the question with a yes, if that counts by now.
func (r *Roll[T, C]) Take(ctx context.Context, write func(context.Context, T) (C, error)) tea.Cmd {
	t := r.Asked()
	if t == nil || !r.guard.Armed() {
		return nil
	}
	r.Leave()
	thing := *t
	return r.Change(ctx, func(ctx context.Context) (C, error) { return write(ctx, thing) })
}

// Answers are the keys of the question.
func (r *Roll[T, C]) Answers(yes, no Binding) []Binding {
	return r.guard.Answers(yes, no)
}

// Change begins a change; Busy reports whether one is under way.
func (r *Roll[T, C]) Change(ctx context.Context, write func(context.Context) (C, error)) tea.Cmd {
	return Make(ctx, &r.changing, r.env, write, r.page.Said)
}

// Busy reports whether a change is under way.
func (r *Roll[T, C]) Busy() bool { return r.changing.Busy() }

func (r *Roll[T, C]) heard(a Answer[C]) tea.Cmd {
	if !Made(&r.changing, a) {
		return nil
	}
	if a.Err != nil {
		return Request(Notice{Level: Failure, Err: a.Err})
	}
	if r.page.After != nil {
		if cmd := r.page.After(a.Value); cmd != nil {
			return cmd
		}
	}
	return tea.Batch(Request(Changed{}), Request(Notice{Level: Good, Text: r.page.Said(r.env, a.Value)}))
}

// Resize sets the size of the body.
func (r *Roll[T, C]) Resize(w, h int) {
	r.Body.Resize(w, h)
	r.page.Lay()
}

// Frame is the body; there says that it has something to show before anything was read.
func (r *Roll[T, C]) Frame(there bool) string {
	return r.View(r.env, &r.reading, r.Have || there, r.Err, nil)
}

// Reads are the keys that read again and those that move.
func (r *Roll[T, C]) Reads(label string) []Binding {
	return append([]Binding{{Intent: Retry, Keys: []string{"r"}, Label: label, Quiet: r.Err == nil}}, r.Cols.Moves(true)...)
}
