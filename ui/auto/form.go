package auto

import (
	"slices"

	"jandon/internal/act"
	"jandon/internal/money"
	"jandon/internal/valuepath"
	"jandon/ui/kit"
)

// longestAmount is the most that is typed of an amount: ₩200,000,000, written
// with its marks.
const longestAmount = 14

var everies = []act.Every{act.EveryWeek, act.EveryMonth}

// form is what is asked for. What was typed stays until it was sent.
type form struct {
	kit.Form
	choices       []act.Choice
	ceiling, keep kit.Sum // keep is what stays
	to            kit.Choice
	every         kit.Choice // of everies
	asked         Asked
	tried         bool // it was sent, or tried to be
}

// newForm begins with the terms that there are, or with the highest ceiling of
// the first choice.
func newForm(env *kit.Env, a *act.Auto) *form {
	f := &form{choices: a.Choices}
	f.to = kit.Choice{Of: len(a.Choices), Name: func(i int) string { return a.Choices[i].Payee.Name }}
	f.every = kit.Choice{Of: len(everies), Name: func(i int) string { return env.Text.T("auto.every." + string(everies[i])) }}
	f.ceiling.Limit, f.keep.Limit = longestAmount, longestAmount
	f.Lines = []kit.FormLine{{Label: "auto.most", Input: &f.ceiling}, {Label: "auto.keep", Input: &f.keep}, {Label: "auto.to", Input: &f.to}, {Label: "auto.often", Input: &f.every}}
	ceiling, keep := a.Choices[0].Most.Minor, int64(0)
	if t := a.Terms; t != nil {
		ceiling, keep = t.Ceiling.Minor, t.Keep.Minor
		f.to.At = max(slices.IndexFunc(a.Choices, func(c act.Choice) bool { return c.Rail == t.Rail && c.Payee.Destination == t.Destination }), 0)
		f.every.At = max(slices.Index(everies, t.Every), 0)
	}
	f.ceiling.Put(ceiling)
	f.keep.Put(keep)
	return f
}

func (f *form) choice() *act.Choice { return &f.choices[f.to.At] }

// formKeys are the labels of the form's keys.
var formKeys = kit.FormKeys{On: "auto.key.on", End: "auto.key.send", Leave: "auto.key.leave", Line: "auto.key.line", Choose: "auto.key.choose"}

// ask is what is asked for by what was typed and chosen.
func (f *form) ask() Asked {
	c := f.choice()
	ceiling, one := f.ceiling.Minor()
	keep, other := f.keep.Minor()
	t := act.Terms{
		Ceiling: money.Of(ceiling, c.Most.Currency), Keep: money.Of(keep, c.Most.Currency), Rail: c.Rail, Destination: c.Payee.Destination, Every: everies[f.every.At],
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
