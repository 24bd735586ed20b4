package kit

import tea "charm.land/bubbletea/v2"

// Input is what stands on a line of a form: a text, an amount, or one of several
// things.
type Input interface {
	// Edit takes a key press or a paste; it reports whether something changed.
	Edit(env *Env, msg tea.Msg) bool
	// Resize sets the cells it is drawn in, View is what it shows of itself
	// there, and Caret the cell of the caret.
	Resize(w int)
	View() string
	Caret() int
}

// Entry is a Field of a form; T says what it is for.
type Entry[T Searched | Dated | Summed | Named | Noted] struct{ Field }

// Edit is of Input.
func (e *Entry[T]) Edit(env *Env, msg tea.Msg) bool { return Edit[T](env, &e.Field, msg) }

// Unkept is a Field of a form of which no recording tells more than the keys.
type Unkept struct{ Field }

// Edit is of Input.
func (u *Unkept) Edit(_ *Env, msg tea.Msg) bool { return u.Update(msg) }

// Choice is one of several things on a line of a form, gone through with ← and →.
type Choice struct {
	At, Of int
	Name   func(i int) string
}

// Edit is of Input.
func (c *Choice) Edit(_ *Env, msg tea.Msg) bool {
	key, _ := msg.(tea.KeyPressMsg)
	by := 1
	switch key.String() {
	case "left":
		by = c.Of - 1
	case "right", "space":
	default:
		return false
	}
	if c.Of < 2 {
		return false
	}
	c.At = (c.At + by) % c.Of
	return true
}

// View is the thing; nothing where there is none.
func (c *Choice) View() string {
	if c.Of == 0 {
		return ""
	}
	return "‹ " + c.Name(c.At) + " ›"
}

// Resize is of Input; a name that is too long is cut where it is drawn.
func (c *Choice) Resize(int) {}

// Caret is before the thing.
func (c *Choice) Caret() int { return 0 }

// Form is lines of a label and an input each, of which one has the keys. Enter
// goes from line to line and ends the form on the last one.
type Form struct {
	Lines []FormLine
	At    int // the line that has the keys

	top, column int // where the inputs begin, within the lines that were drawn
}

// FormLine is a line of a form.
type FormLine struct {
	Label string // id in the catalogue
	Input Input
}

// FormKeys are the labels of a form's keys, by id in the catalogue.
type FormKeys struct{ On, End, Leave, Line, Choose string }

// Press takes a key press or a paste: changed says that an input is another
// now, end that the form was ended.
func (f *Form) Press(env *Env, msg tea.Msg) (changed, end bool) {
	key, _ := msg.(tea.KeyPressMsg)
	switch k := key.String(); {
	case k == "up" || k == "shift+tab":
		f.turn(f.At - 1)
	case k == "enter" && f.last():
		return false, true
	case k == "down" || k == "tab" || k == "enter":
		f.turn(f.At + 1)
	default:
		return f.Lines[f.At].Input.Edit(env, msg), false
	}
	return false, false
}

func (f *Form) last() bool { return f.At == len(f.Lines)-1 }

// turn goes to another line, whose amount the next digit replaces.
func (f *Form) turn(to int) {
	f.At = min(max(to, 0), len(f.Lines)-1)
	if sum, ok := f.Lines[f.At].Input.(*Sum); ok {
		sum.Enter()
	}
}

// Keys are those of the form while it has them, for the footer: Press takes
// them raw, and the page Esc.
func (f *Form) Keys(say FormKeys) []Binding {
	on := say.On
	if f.last() {
		on = say.End
	}
	list := []Binding{
		{Intent: Open, Keys: []string{"enter"}, Label: on},
		{Intent: Back, Keys: []string{"esc"}, Label: say.Leave},
		{Intent: Down, Keys: []string{"down"}, Show: "↑ ↓", Label: say.Line},
		{Intent: Up, Keys: []string{"up"}, Label: say.Line, Quiet: true},
	}
	if _, ok := f.Lines[f.At].Input.(*Choice); ok {
		list = append(list, Binding{Intent: Right, Keys: []string{"right"}, Show: "← →", Label: say.Choose})
	}
	return list
}

// Draw makes the form's lines with their heading; they have to be the next
// section of a column.
func (f *Form) Draw(env *Env, title string, col *Scroll) Lines {
	t := env.Theme
	list := Lines{Heading(t, title, ""), Gap()}
	if f.top = len(list); len(col.Items) > 0 {
		f.top += len(col.Items) + 1
	}
	f.column = 0
	for _, l := range f.Lines {
		f.column = max(f.column, Width(env.Text.T(l.Label))+3)
	}
	f.column = min(f.column, col.W/2)
	for i, l := range f.Lines {
		l.Input.Resize(max(col.W-f.column, 1))
		label, value, column := env.Text.T(l.Label), l.Input.View(), f.column
		ink, over := t.Quiet, t.Text
		if i == f.At {
			ink, over = t.Accent, t.Strong
			if sum, ok := l.Input.(*Sum); ok && sum.Whole() {
				over = t.Chosen
			}
		}
		list = append(list, Item{Draw: func(s *Sheet) {
			s.PutIn(ink, label, column)
			s.Put(over, value)
		}})
	}
	return list
}

// Caret is where the terminal's cursor belongs while the form is drawn in the
// first of columns.
func (f *Form) Caret(c *Columns) (x, y int) {
	if len(c.List) == 0 {
		return 0, 0
	}
	col := &c.List[0]
	return col.X + f.column + f.Lines[f.At].Input.Caret(), f.top + f.At - col.Top
}
