package replay

import (
	"strings"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/i18n"
	"jandon/internal/money"
	"jandon/internal/saved"
	"jandon/internal/session"
	"jandon/internal/valuepath"
	"jandon/ui/kit"
)

// own lists what is redacted in a way of its own, since what becomes of a part
// depends on what stands beside it.
func own(r *session.Registry) {
	session.Own(r, saidOf)
	session.Own(r, faultOf)
	session.Own(r, reasonOf)
	session.Own(r, searchOf)
	session.Own(r, weekOf)
	session.Own(r, sumOf)
	session.Own(r, namedOf)
	session.Own(r, notedOf)
	session.Own(r, noticeFor)
	session.Own(r, savedOf)
	session.Own(r, soughtOf)
}

// saidOf multiplies the amounts of a sentence of the planner; its other words
// are those of the catalogue.
func saidOf(d *session.Redactor, t valuepath.Text) valuepath.Text {
	return t.Amounts(func(a money.Amount) money.Amount { return d.Amount(a) })
}

// faultOf keeps of what an error names the instants and multiplies the amounts,
// so that its sentence can be read; a search is one still.
func faultOf(d *session.Redactor, f fault.Error) fault.Error {
	out := fault.Error{Code: fault.Code(d.Text(string(f.Code), session.Word))}
	if fault.IsID(f.Correlation) { // it says nothing; anything else might
		out.Correlation = f.Correlation
	}
	if f.Args == nil {
		return out
	}
	out.Args = make(map[string]string, len(f.Args))
	for name, value := range f.Args {
		out.Args[d.Text(name, session.Label)] = argOf(d, f.Code, name, value)
	}
	return out
}

func argOf(d *session.Redactor, code fault.Code, name, value string) string {
	if kit.IsSum(code, name) || code == fault.BadAmount {
		if out, ok := d.Figure(value); ok {
			return out
		}
	}
	if code == fault.BadQuery {
		return queryOf(d, value)
	}
	if _, err := time.Parse(time.RFC3339, value); err == nil {
		return d.Text(value, session.Keep)
	}
	if name == "currency" || name == "seconds" || name == "why" {
		return d.Text(value, session.Label)
	}
	return d.Text(value, session.Word)
}

// sumOf is what a field for an amount holds: the amount as all others, and what
// is none is a text.
func sumOf(d *session.Redactor, f kit.Summed) kit.Summed {
	out, ok := d.Figure(string(f.Text))
	if !ok {
		out = d.Text(string(f.Text), session.Text)
	}
	f.Text = []rune(out)
	return f
}

// namedOf is what a field for a name holds: the name that the same one has wherever it is shown.
func namedOf(d *session.Redactor, f kit.Named) kit.Named {
	f.Text = []rune(d.Text(string(f.Text), session.Name))
	return f
}

// notedOf is what a field for a note holds.
func notedOf(d *session.Redactor, f kit.Noted) kit.Noted {
	f.Text = []rune(d.Text(string(f.Text), session.Text))
	return f
}

// reasonOf multiplies the amounts that a reason names.
func reasonOf(d *session.Redactor, why act.Reason) act.Reason {
	out := act.Reason{Code: d.Text(why.Code, session.Word), Points: why.Points}
	if why.Args == nil {
		return out
	}
	out.Args = make(map[string]string, len(why.Args))
	for name, value := range why.Args {
		said := d.Text(value, session.Word)
		if n, ok := d.Figure(value); ok && strings.HasSuffix(name, "_minor") {
			said = n
		}
		out.Args[d.Text(name, session.Label)] = said
	}
	return out
}

// queryOf writes a search with other names and amounts, so that it is one still
// and finds the same lines.
func queryOf(d *session.Redactor, text string) string {
	return history.RewriteQuery(text, func(p history.Part, s string) string {
		switch p {
		case history.PartFigure:
			if out, ok := d.Figure(s); ok {
				return out
			}
		case history.PartID:
			return d.Text(s, session.ID)
		case history.PartName:
			return d.Text(s, session.Word) // categories are words of the program
		case history.PartText:
		}
		return d.Text(s, session.Text)
	})
}

// searchOf is what a field for searches holds.
func searchOf(d *session.Redactor, f kit.Searched) kit.Searched {
	f.Text = []rune(queryOf(d, string(f.Text)))
	return f
}

// savedOf is a saved search: its name as wherever it is shown or typed, and a
// search that finds the same lines.
func savedOf(d *session.Redactor, x saved.Search) saved.Search {
	return saved.Search{Name: d.Text(x.Name, session.Name), Query: queryOf(d, x.Query)}
}

// soughtOf is what a visit searches for.
func soughtOf(d *session.Redactor, x sought) sought { return sought(queryOf(d, string(x))) }

// weekOf is what a field for weeks and days holds: they are kept, and what is none is a text.
func weekOf(d *session.Redactor, f kit.Dated) kit.Dated {
	c := session.Text
	if strings.Trim(string(f.Text), "0123456789-wW") == "" && len(f.Text) <= len("2026-11-22") {
		c = session.Keep
	}
	f.Text = []rune(d.Text(string(f.Text), c))
	return f
}

// noticeFor keeps of a notice the sentence and replaces what it names.
func noticeFor(d *session.Redactor, n notice) notice {
	n.Text = sentenceOf(d, n.Text)
	if n.Err != nil {
		err := faultOf(d, *n.Err)
		n.Err = &err
	}
	return n
}

// sentenceOf is a sentence of the program about other names and amounts; of
// what the program does not say, every word is another.
func sentenceOf(d *session.Redactor, text string) string {
	if text == "" {
		return ""
	}
	for _, lang := range i18n.Langs() {
		if said, ok := i18n.Must(lang).Rewrite(text, func(name, value string) string { return valueOf(d, name, value) }); ok {
			return d.Text(said, session.Keep)
		}
	}
	return d.Text(text, session.Text)
}

// dated are the names of values that are times or counts.
var dated = map[string]bool{"N": true, "Day": true, "When": true, "Until": true, "Time": true, "Seconds": true}

// valueOf is what a sentence of the program names.
func valueOf(d *session.Redactor, name, value string) string {
	if dated[name] {
		return d.Text(value, session.Keep)
	}
	for _, lang := range i18n.Langs() {
		p := i18n.Must(lang)
		if said, ok := p.Rewrite(value, func(name, value string) string { return d.Text(value, session.Word) }); ok {
			return said
		}
	}
	if at := strings.IndexAny(value, "0123456789"); at >= 0 {
		end := strings.LastIndexAny(value, "0123456789") + 1
		switch rest := value[:at] + value[end:]; rest {
		case "₩", "-₩", "+₩", "원", "₩-":
			if out, ok := d.Figure(value[at:end]); ok {
				return value[:at] + out + value[end:]
			}
		}
	}
	return d.Text(value, session.Word)
}
