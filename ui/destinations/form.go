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

// The lines of the form.
const (
	lineRail = iota
	lineName
	lineNumber
	lines
)

// form is what a new destination is described by. What was typed stays until
// it was sent.
type form struct {
	rails  []string // that take a destination, by valuepath.Rail.ID
	rail   int
	name   kit.Field
	number kit.Field
	at     int
	wrong  string // catalogue id of what is missing; "" if nothing was sent yet
}

func newForm(rails []string, rail string) form {
	return form{
		rails: rails, rail: max(slices.Index(rails, rail), 0),
		name: kit.Field{Limit: longestName}, number: kit.Field{Limit: longestNumber},
	}
}

// field is the text that is being typed; nil on the line of the way.
func (f *form) field() *kit.Field {
	switch f.at {
	case lineName:
		return &f.name
	case lineNumber:
		return &f.number
	}
	return nil
}

// press takes a key; send says that the form is whole and was sent.
func (f *form) press(env *kit.Env, msg tea.Msg) (send bool) {
	key, _ := msg.(tea.KeyPressMsg)
	switch k := key.String(); {
	case k == "up" || k == "shift+tab":
		f.at = max(f.at-1, 0)
	case k == "down" || k == "tab":
		f.at = min(f.at+1, lines-1)
	case k == "enter" && f.at < lineNumber:
		f.at++
	case k == "enter":
		f.wrong = f.missing()
		return f.wrong == ""
	case f.at == lineRail && (k == "left" || k == "right" || k == "space") && len(f.rails) > 0:
		by := 1
		if k == "left" {
			by = len(f.rails) - 1
		}
		f.rail = (f.rail + by) % len(f.rails)
	case f.at == lineName:
		kit.Edit[kit.Named](env, &f.name, msg)
		f.wrong = ""
	case f.at == lineNumber:
		f.number.Update(msg)
		f.wrong = ""
	}
	return false
}

// keys are those of the form while it has them, for the footer: press takes them raw.
func (f *form) keys() []kit.Binding {
	on := "destination.key.on"
	if f.at == lineNumber {
		on = "destination.key.send"
	}
	list := []kit.Binding{
		{Intent: kit.Open, Keys: []string{"enter"}, Label: on},
		{Intent: kit.Back, Keys: []string{"esc"}, Label: "destination.key.leave"},
		{Intent: kit.Down, Keys: []string{"down"}, Show: "↑ ↓", Label: "destination.key.line"},
		{Intent: kit.Up, Keys: []string{"up"}, Label: "destination.key.line", Quiet: true},
	}
	if f.at == lineRail {
		list = append(list, kit.Binding{Intent: kit.Right, Keys: []string{"right"}, Show: "← →", Label: "destination.key.way"})
	}
	return list
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
