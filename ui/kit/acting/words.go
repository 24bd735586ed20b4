// Package acting says what acts are and how far they have come: the pages that
// confirm one and that list them share it.
package acting

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"jandon/internal/act"
	"jandon/internal/money"
	"jandon/ui/kit"
)

// Words are the words of acts in a person's language.
type Words struct{ *kit.Env }

// Action is what an act does, in two words.
func (w Words) Action(a act.Action) string {
	if id := "acts.action." + key(string(a)); w.Text.Has(id) {
		return w.Text.T(id)
	}
	return string(a) // of a newer platform: better its own word than none
}

// key is a word of the domain as a part of a catalogue id.
func key(word string) string { return strings.ReplaceAll(word, ".", "_") }

// Way is over which rails an act goes, and whether by itself, or whom or what
// else it is about.
func (w Words) Way(a *act.Act) string {
	var parts []string
	for i := range a.Legs {
		parts = append(parts, w.rail(&a.Legs[i]))
	}
	if len(parts) == 0 {
		return w.Subject(a)
	}
	way := strings.Join(parts, " + ")
	if a.Automatic {
		way += " · " + w.Text.T("acts.by_itself")
	}
	return way
}

// Subject is what an act that moves no value is about, by its name.
func (w Words) Subject(a *act.Act) string {
	if id := "limit.level." + a.Subject.Name; a.Action == act.LowerLevel && w.Text.Has(id) {
		return w.Text.T(id)
	}
	return a.Subject.Name
}

func (w Words) rail(l *act.Leg) string {
	if id := "rail.name." + l.Rail; w.Text.Has(id) {
		return w.Text.T(id)
	}
	return cmp.Or(l.Payee.Name, l.Rail)
}

// Waits says that an act was made and is still to be confirmed.
func (w Words) Waits(a *act.Act) string { return w.Text.F("acts.waits", "Act", w.Action(a.Action)) }

// State is how far an act has come, in two words, and the ink for it.
func (w Words) State(s act.State) (string, kit.Ink) {
	t := w.Theme
	ink := t.Quiet
	switch s {
	case act.Waiting, act.Review:
		ink = t.Warn
	case act.Going:
		ink = t.Accent
	case act.Done:
		ink = t.Gain
	case act.Partly, act.Returned:
		ink = t.Bad
	case act.Canceled, act.Lapsed:
	}
	if id := "acts.state." + string(s); w.Text.Has(id) {
		return w.Text.T(id), ink
	}
	return string(s), ink
}

// Reasons are why an act needs what it needs, the weightiest first as the
// platform has them, in sentences.
func (w Words) Reasons(a *act.Act) []string {
	currency := cmp.Or(a.Amount.Currency, money.KRW)
	list := make([]string, 0, len(a.Reasons))
	for _, r := range a.Reasons {
		id := "risk." + r.Code
		if !w.Text.Has(id) {
			list = append(list, w.Text.F("acts.other_reason", "Code", r.Code))
			continue
		}
		var args []any
		for name, value := range r.Args {
			minor, err := strconv.ParseInt(value, 10, 64)
			if plain, ok := strings.CutSuffix(name, "_minor"); ok && err == nil {
				name, value = plain, w.Amount(money.Of(minor, currency))
			} else if t, bad := time.Parse(time.RFC3339, value); bad == nil {
				value = w.When(t)
			}
			args = append(args, name, value)
		}
		list = append(list, w.Text.Outside(id, args...))
	}
	return list
}

// Failure is why a leg came back.
func (w Words) Failure(code string) string {
	if id := "leg." + code; w.Text.Has(id) {
		return w.Text.T(id)
	}
	return w.Text.F("acts.other_failure", "Code", code)
}

// Less says why all ways together may take less than they could, and until
// when; "" where they may not, or the reason is one of a newer platform.
func (w Words) Less(l *act.Limits) string {
	id := "limit.why." + l.Total.Why
	left, known := l.Leeway()
	if l.Total.Why == "" || !known || !w.Text.Has(id) {
		return ""
	}
	return w.Text.F(id, "left", w.Amount(money.Of(left, l.Total.Day.Currency)), "until", w.When(l.Total.Until))
}

// Fee is the fee of a leg by its name.
func (w Words) Fee(l *act.Leg) string {
	if id := "rail.fee." + l.FeeName; l.FeeName != "" && w.Text.Has(id) {
		return w.Text.T(id)
	}
	return w.Text.T("acts.fee")
}

// In is how long it is until something: in 40 s, in 3 min, in 2 h, in 4 days.
func (w Words) In(d time.Duration) string {
	switch {
	case d <= 0:
		return w.Text.T("acts.any_moment")
	case d < time.Minute:
		return w.Text.F("acts.in_seconds", "N", int((d+time.Second-1)/time.Second))
	case d < time.Hour:
		return w.Text.F("acts.in_minutes", "N", int((d+time.Minute-1)/time.Minute))
	case d < 48*time.Hour:
		return w.Text.F("acts.in_hours", "N", int((d+time.Hour-1)/time.Hour))
	default:
		return w.Text.F("acts.in_days", "N", int((d+24*time.Hour-1)/(24*time.Hour)))
	}
}
