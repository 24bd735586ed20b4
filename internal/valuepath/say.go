package valuepath

import (
	"strings"
	"time"

	"jandon/internal/money"
)

// Text is a sentence as data: an id of the catalogue with pairs of name and
// value. Values may be money.Amount, time.Time and other Texts.
type Text struct {
	ID   string
	Args []any
}

// Printer is what the catalogue of a language offers; see internal/i18n.
type Printer interface {
	F(id string, args ...any) string
	Lang() string
}

// Speaker says texts to one person.
type Speaker struct {
	Words Printer
	Money money.Style
	Zone  *time.Location
}

// Say is the text in the speaker's language; an empty Text says nothing.
func (s Speaker) Say(t Text) string {
	if t.ID == "" {
		return ""
	}
	args := make([]any, len(t.Args))
	for i, a := range t.Args {
		args[i] = a
		if i%2 == 0 {
			continue
		}
		switch a := a.(type) {
		case Text:
			args[i] = s.Say(a)
		case []Text:
			parts := make([]string, len(a))
			for j, one := range a {
				parts[j] = s.Say(one)
			}
			args[i] = strings.Join(parts, " + ")
		case money.Amount:
			args[i] = s.Money.Format(a)
		case time.Time:
			args[i] = a.In(s.Zone).Format("2006-01-02 15:04")
		}
	}
	return s.Words.F(t.ID, args...)
}

const (
	railName = "rail.name."
	feeName  = "rail.fee."
	whyName  = "rail.why."
	wayName  = "rail.way."
)

// Sentence is the path in one line: ₩1,300 → ₩1,000 mobile top-up + ₩300
// donation credit. Its amounts sum to the one before the arrow: fees and the
// rest are named in it.
func (p *Plan) Sentence() Text {
	var parts []Text
	for _, l := range p.Legs {
		parts = append(parts, Text{"rail.leg", []any{"amount", l.Net, "rail", Text{ID: railName + l.Rail}}})
	}
	for _, l := range p.Legs {
		if l.Fee.Minor > 0 {
			parts = append(parts, Text{"rail.fee_part", []any{"amount", l.Fee, "fee", Text{ID: feeName + l.FeeName}}})
		}
	}
	if p.Rest.Minor > 0 {
		parts = append(parts, Text{"rail.rest_part", []any{"amount", p.Rest}})
	}
	if len(parts) == 0 {
		return Text{"rail.nothing", []any{"amount", p.Amount}}
	}
	return Text{"rail.path", []any{"amount", p.Amount, "legs", parts}}
}
