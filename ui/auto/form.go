package auto

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/act"
	"jandon/internal/money"
	"jandon/internal/valuepath"
	"jandon/ui/kit"
)

// The lines of the form.
const (
	lineCeiling = iota
	lineKeep
	lineTo
	lineEvery
	lines
)

// longestAmount is the most that is typed of an amount: ₩200,000,000, written
// with its marks.
const longestAmount = 14

var everies = []act.Every{act.EveryWeek, act.EveryMonth}

// form is what is asked for. What was typed stays until it was sent.
type form struct {
	choices []act.Choice
	fields  [2]kit.Sum // the ceiling, and what stays
	to      int        // of choices
	every   int        // of everies
	at      int
	asked   Asked
	tried   bool // it was sent, or tried to be
}

// newForm begins with the terms that there are, or with the highest ceiling of
// the first choice.
func newForm(a *act.Auto) *form {
	f := &form{choices: a.Choices}
	for i := range f.fields {
		f.fields[i].Limit = longestAmount
	}
	ceiling, keep := a.Choices[0].Most.Minor, int64(0)
	if t := a.Terms; t != nil {
		ceiling, keep = t.Ceiling.Minor, t.Keep.Minor
		f.to = max(slices.IndexFunc(a.Choices, func(c act.Choice) bool { return c.Rail == t.Rail && c.Payee.Destination == t.Destination }), 0)
		f.every = max(slices.Index(everies, t.Every), 0)
	}
	f.fields[lineCeiling].Put(ceiling)
	f.fields[lineKeep].Put(keep)
	return f
}

func (f *form) choice() *act.Choice { return &f.choices[f.to] }

// field is the text that is being typed; nil on the lines that are chosen from.
func (f *form) field() *kit.Sum {
	if f.at < len(f.fields) {
		return &f.fields[f.at]
	}
	return nil
}

// line goes to another line, whose amount the next digit replaces.
func (f *form) line(to int) {
	if f.at = to; f.field() != nil {
		f.field().Enter()
	}
}

// press takes a key; send says that it was the last one.
func (f *form) press(env *kit.Env, msg tea.Msg) (send bool) {
	key, _ := msg.(tea.KeyPressMsg)
	switch k := key.String(); {
	case k == "up" || k == "shift+tab":
		f.line(max(f.at-1, 0))
	case k == "down" || k == "tab", k == "enter" && f.at < lineEvery:
		f.line(min(f.at+1, lines-1))
	case k == "enter":
		return true
	case f.at < len(f.fields):
		f.field().Edit(env, msg)
	case k == "left" || k == "right" || k == "space":
		n, chosen := len(f.choices), &f.to
		if f.at == lineEvery {
			n, chosen = len(everies), &f.every
		}
		by := 1
		if k == "left" {
			by = n - 1
		}
		*chosen = (*chosen + by) % n
	}
	return false
}

// keys are those of the form while it has them, for the footer: press takes them raw.
func (f *form) keys() []kit.Binding {
	on := "auto.key.on"
	if f.at == lineEvery {
		on = "auto.key.send"
	}
	list := []kit.Binding{
		{Intent: kit.Open, Keys: []string{"enter"}, Label: on},
		{Intent: kit.Back, Keys: []string{"esc"}, Label: "auto.key.leave"},
		{Intent: kit.Down, Keys: []string{"down"}, Show: "↑ ↓", Label: "auto.key.line"},
		{Intent: kit.Up, Keys: []string{"up"}, Label: "auto.key.line", Quiet: true},
	}
	if f.at >= len(f.fields) {
		list = append(list, kit.Binding{Intent: kit.Right, Keys: []string{"right"}, Show: "← →", Label: "auto.key.choose"})
	}
	return list
}

// ask is what is asked for by what was typed and chosen.
func (f *form) ask() Asked {
	c := f.choice()
	ceiling, one := f.fields[lineCeiling].Minor()
	keep, other := f.fields[lineKeep].Minor()
	t := act.Terms{
		Ceiling: money.Of(ceiling, c.Most.Currency), Keep: money.Of(keep, c.Most.Currency), Rail: c.Rail, Destination: c.Payee.Destination, Every: everies[f.every],
	}
	switch {
	case !one || ceiling <= 0:
		return Asked{t, "auto.wrong_ceiling"}
	case ceiling > c.Most.Minor:
		return Asked{t, "auto.wrong_most"}
	case !other || keep > valuepath.MaxAmount:
		return Asked{t, "auto.wrong_keep"}
	}
	return Asked{Terms: t}
}
