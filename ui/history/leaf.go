package history

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
	"jandon/ui/kit"
)

// leafWidth is as wide as a page of facts grows: values stay near their labels.
const leafWidth = 84

// leaf is what the pages below the weeks share: lines that scroll, one of which
// may be chosen.
type leaf struct {
	env    *kit.Env
	scroll kit.Scroll
	key    string
	w, h   int
	body   func(w int) []kit.Lines // nil while there is nothing to show
	wait   *kit.Latest             // of the page's first read
	err    *fault.Error            // of the page's first read
	sheet  kit.Sheet
	frame  string
	fresh  bool
}

// arrange works the lines out anew.
func (l *leaf) arrange() {
	l.fresh = false
	top := l.scroll.Top
	margin := 2
	if l.w < tinyWidth {
		margin = 1
	}
	l.scroll = kit.Scroll{X: margin, W: max(min(l.w-2*margin, leafWidth), 0)}
	if l.body != nil {
		l.scroll.Add(l.body(l.scroll.W)...)
	}
	l.scroll.Top = top
	l.scroll.Clamp(l.h)
	if n := l.scroll.Find(l.key); n >= 0 {
		l.scroll.Show(n, l.h)
	} else {
		l.key = ""
	}
}

// Resize sets the size of the body.
func (l *leaf) Resize(w, h int) {
	if w, h = max(w, 0), max(h, 0); w != l.w || h != l.h {
		l.w, l.h = w, h
		l.arrange()
	}
}

// View is the body.
func (l *leaf) View() string {
	if !l.fresh {
		l.frame, l.fresh = l.draw(), true
	}
	return l.frame
}

func (l *leaf) draw() string {
	switch {
	case len(l.scroll.Items) == 0 && l.err != nil:
		return kit.Frame(kit.Failed(l.env, l.err, "r", l.w, l.h), l.w, l.h)
	case len(l.scroll.Items) == 0:
		return kit.Frame(kit.Loading(l.env, l.wait, l.w, l.h), l.w, l.h)
	}
	s := &l.sheet
	s.Start(l.w, l.h)
	for y := range l.h {
		l.scroll.Row(s, l.env.Theme, y, l.h, l.key)
		s.Newline()
	}
	return s.String()
}

// do moves and opens; it is the same on every leaf.
func (l *leaf) do(what kit.Intent) tea.Cmd {
	l.fresh = false
	page := max(l.h-2, 1)
	step := map[kit.Intent]int{kit.Up: -1, kit.Down: 1, kit.PageUp: -page, kit.PageDown: page, kit.Top: -1 << 20, kit.Bottom: 1 << 20}[what]
	at := l.scroll.Find(l.key)
	switch {
	case step != 0 && at < 0:
		l.enter(step)
	case step != 0:
		l.key = l.scroll.Items[l.scroll.Move(at, step, l.h)].Key
	case what == kit.Open && at < 0 && l.any():
		l.enter(1)
	case what == kit.Open && at >= 0 && l.scroll.Items[at].Open != nil:
		return l.scroll.Items[at].Open()
	}
	return nil
}

// any reports whether some line can be chosen.
func (l *leaf) any() bool { return slices.ContainsFunc(l.scroll.Items, kit.Item.Pick) }

// enter makes the first choice, or scrolls where nothing can be chosen.
func (l *leaf) enter(step int) {
	for n := range l.scroll.Items {
		if l.scroll.Items[n].Pick() {
			if step > 1 { // a page down or to the end: as far as that leads
				n = l.scroll.Move(n, step, l.h)
			}
			l.key = l.scroll.Items[n].Key
			l.scroll.Show(n, l.h)
			return
		}
	}
	l.scroll.Top += step
	l.scroll.Clamp(l.h)
}

// click chooses a line; a click on the chosen line opens it.
func (l *leaf) click(y int) tea.Cmd {
	n := l.scroll.Top + y
	if n < 0 || n >= len(l.scroll.Items) {
		return nil
	}
	if n = l.scroll.Head(n); !l.scroll.Items[n].Pick() {
		return nil
	}
	if it := l.scroll.Items[n]; it.Key == l.key && it.Open != nil {
		return it.Open()
	}
	l.key, l.fresh = l.scroll.Items[n].Key, false
	return nil
}

// keys are what every leaf understands.
func (l *leaf) keys() []kit.Binding {
	open := kit.Binding{Intent: kit.Open, Keys: []string{"enter"}, Label: "history.key.open"}
	switch at := l.scroll.Find(l.key); {
	case at < 0 && l.any():
		open.Label = "kit.key.choose"
	case at < 0 || l.scroll.Items[at].Open == nil:
		open.Off = "history.key.nothing_chosen"
	}
	return append([]kit.Binding{
		open,
		{Intent: kit.Retry, Keys: []string{"r"}, Label: "history.key.read", Quiet: l.err == nil},
	}, movement...)
}
