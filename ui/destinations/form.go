package destinations

import (
	"slices"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/text/unicode/norm"

	"jandon/ui/kit"
)

// The contract's limits, in letters.
const (
	longestName   = 60
	longestNumber = 40
	leastNumber   = 4
)

// form is what a new destination is described by. What was typed stays until
// it was sent.
type form struct {
	kit.Form
	rails  []string // that take a destination, by valuepath.Rail.ID
	rail   kit.Choice
	name   kit.Entry[kit.Named]
	number kit.Unkept
	wrong  string // catalogue id of what is missing; "" if nothing was sent yet
}

// newForm begins with the way, or with the name where a way is given.
func newForm(env *kit.Env, rails []string, rail string) *form {
	f := &form{rails: rails}
	f.rail = kit.Choice{Of: len(rails), Name: func(i int) string { return env.Text.T("rail.name." + rails[i]) }}
	f.name.Limit, f.number.Limit = longestName, longestNumber
	f.Lines = []kit.FormLine{{Label: "destination.form.rail", Input: &f.rail}, {Label: "destination.form.name", Input: &f.name}, {Label: "destination.form.number", Input: &f.number}}
	if at := slices.Index(rails, rail); at >= 0 {
		f.rail.At, f.At = at, 1
	}
	return f
}

// press takes a key; send says that the form is whole and was sent.
func (f *form) press(env *kit.Env, msg tea.Msg) (send bool) {
	changed, end := f.Press(env, msg)
	switch {
	case end:
		f.wrong = f.missing()
	case changed:
		f.wrong = ""
	}
	return end && f.wrong == ""
}

// formKeys are the labels of the form's keys.
var formKeys = kit.FormKeys{
	On: "destination.key.on", End: "destination.key.send", Leave: "destination.key.leave", Line: "destination.key.line", Choose: "destination.key.way",
}

// missing names what the form lacks.
func (f *form) missing() string {
	digits := 0
	for _, r := range f.digits() {
		if r != '-' {
			digits++
		}
	}
	switch {
	case len(f.rails) == 0:
		return "destination.wrong_rail"
	case strings.TrimSpace(f.name.Value()) == "":
		return "destination.wrong_name"
	case strings.ContainsFunc(f.digits(), func(r rune) bool { return r != '-' && (r < '0' || r > '9') }), digits < leastNumber:
		return "destination.wrong_number"
	}
	return ""
}

// digits is the number as it is sent: full-width digits of an input method are
// digits, spaces are left out.
func (f *form) digits() string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, norm.NFKC.String(f.number.Value()))
}
