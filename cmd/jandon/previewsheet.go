package main

import (
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"jandon/internal/money"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
)

// way is a plan with the goals that it is best at: often one is best at all.
type way struct {
	plan  *valuepath.Plan
	goals []string
}

func (f *foreseen) ways(a *app, chosen []valuepath.Goal) (list []way) {
	for _, g := range chosen {
		p := f.Plan(g)
		if p == nil {
			continue
		}
		name := a.text().T("rail.goal." + g.String())
		if i := slices.IndexFunc(list, func(w way) bool { return w.plan == p }); i >= 0 {
			list[i].goals = append(list[i].goals, name)
		} else {
			list = append(list, way{p, []string{name}})
		}
	}
	return list
}

func (w way) name() string { return strings.Join(w.goals, " · ") }

// previewSheet writes what an amount can become for a person.
type previewSheet struct {
	*app
	*foreseen
	say   valuepath.Speaker
	width int // cells a sentence may take; 0: any
	out   sheet
}

func (a *app) printPreview(s *source, f *foreseen, chosen []valuepath.Goal) error {
	w := previewSheet{app: a, foreseen: f, say: a.speaker(f.zone)}
	if width, _, ok := terminal(a.out); ok {
		w.width = max(width, 40)
	}
	a.heading(&w.out, s, f.at)
	ways := f.ways(a, chosen)
	if len(ways) == 0 {
		w.sentence("", a.text().F("rail.nothing", "amount", w.money(f.Amount)), headInk.Render)
	}
	if len(ways) > 1 {
		w.compare(ways)
	}
	if slices.ContainsFunc(ways, func(x way) bool { return f.exceeds(x.plan) }) {
		w.out.blank()
		w.sentence("", a.text().F("limit.most_now", "Amount", w.money(money.Of(*f.most, f.Amount.Currency))), warnInk.Render)
		if why := a.whyLess(f.less); why != "" {
			w.sentence("", why, warnInk.Render)
		}
	}
	for i, one := range ways {
		if i > 0 || len(ways) > 1 {
			w.out.blank()
		}
		w.path(one)
	}
	for _, o := range f.options() {
		w.out.blank()
		w.sentence("", w.say.Say(o.Say), plainInk.Render)
	}
	w.refusals()
	w.out.blank()
	proof := "cli.preview.unproved"
	if f.Proved {
		proof = "cli.preview.proved"
	}
	w.out.free(a.text().F(proof, "Catalogue", valuepath.DateOf(f.Version), "Tier", a.text().T("rail.tier."+f.tier.String())), quietInk)
	return a.print(&w.out)
}

func (w *previewSheet) money(m money.Amount) string { return w.style().Format(m) }

// compare lays the ways side by side: a column each.
func (w *previewSheet) compare(ways []way) {
	t := w.text()
	line := func(head string, value func(*valuepath.Plan) string) {
		cells := []cell{left(head).in(quietInk)}
		for _, one := range ways {
			cells = append(cells, right(value(one.plan)))
		}
		w.out.row(cells...)
	}
	cells := []cell{left(w.money(w.Amount)).in(headInk)}
	for _, one := range ways {
		cells = append(cells, right(one.name()).in(headInk))
	}
	w.out.row(cells...)
	line(t.T("cli.preview.value"), func(p *valuepath.Plan) string { return w.money(p.Value) })
	if slices.ContainsFunc(ways, func(x way) bool { return x.plan.Given.Minor > 0 }) {
		line(t.T("cli.preview.given"), func(p *valuepath.Plan) string { return w.money(p.Given) })
	}
	line(t.T("cli.preview.fees"), func(p *valuepath.Plan) string { return w.money(p.Fees) })
	line(t.T("cli.preview.rest"), func(p *valuepath.Plan) string { return w.money(p.Rest) })
	line(t.T("cli.preview.takes"), func(p *valuepath.Plan) string { return w.takes(p.Time) })
	w.out.flush()
}

// path is one way leg by leg, with what stays and why.
func (w *previewSheet) path(one way) {
	t := w.text()
	w.out.free(one.name(), headInk)
	w.sentence("  ", w.say.Say(one.plan.Sentence()), plainInk.Render)
	for _, l := range one.plan.Legs {
		cells := []cell{left("  " + t.T("rail.name."+l.Rail)), right(w.money(l.Net)), left(w.takes(l.Time))}
		if l.Fee.Minor > 0 {
			fee := t.F("cli.preview.fee", "Amount", w.money(l.Fee), "Fee", t.T("rail.fee."+l.FeeName))
			cells = append(cells, left(fee).in(quietInk))
		}
		w.out.row(cells...)
		w.out.flush()
		if d, ok := w.paid[l.Rail]; ok {
			w.sentence("    ", t.F("cashout.to", "Payee", d.Name+" · "+d.Number), plainInk.Render)
		}
		w.sentence("    ", t.F("cli.preview.from", "Lots", w.drawn(l.From)), quietInk.Render)
	}
	for _, s := range one.plan.Stays {
		w.sentence("  ", t.F("cli.preview.stays", "Amount", w.money(s.Amount), "Lot", w.lotName(s.Lot), "Why", w.say.Say(s.Say)), quietInk.Render)
	}
}

// drawn is what lots give, those of one issuer and kind together.
func (w *previewSheet) drawn(draws []wallet.Draw) string {
	var names []string
	sums := map[string]int64{}
	for _, d := range draws {
		name := w.lotName(d.Lot)
		if sums[name] == 0 {
			names = append(names, name)
		}
		sums[name] += d.Amount.Minor
	}
	for i, name := range names {
		names[i] = w.money(money.Of(sums[name], w.Amount.Currency)) + " " + name
	}
	return strings.Join(names, ", ")
}

// refusals says of every lot that can go nowhere why, by which rule since
// when, and what a person can do.
func (w *previewSheet) refusals() {
	t := w.text()
	for i, r := range w.Refused {
		if i == 0 {
			w.out.blank()
			w.out.free(t.T("cli.preview.refused"), headInk)
		}
		w.out.free("  "+w.money(r.Amount)+" "+w.lotName(r.Lot), warnInk)
		w.sentence("    ", w.say.Say(r.Say), plainInk.Render)
		w.sentence("    ", w.say.Say(r.Remedy), plainInk.Render)
		w.sentence("    ", t.F("cli.preview.rule", "Rule", r.Rule, "Since", r.Since), quietInk.Render)
	}
}

// sentence adds a text that may be longer than a line, indented.
func (w *previewSheet) sentence(indent, text string, ink func(...string) string) {
	w.out.flush()
	if w.width > 0 {
		text = ansi.Wrap(text, w.width-len(indent), "")
	}
	for _, line := range strings.Split(text, "\n") {
		w.out.b.WriteString(indent + ink(line) + "\n")
	}
}

// lotName is whose value it is, and of which kind.
func (w *previewSheet) lotName(id string) string {
	l := w.lot(id)
	return issuerNames(w.wallet)(l.Issuer) + " (" + w.text().T("kind."+l.Kind.String()) + ")"
}

// takes is how long something takes, in its largest whole unit.
func (a *app) takes(d time.Duration) string {
	t := a.text()
	switch {
	case d >= 24*time.Hour:
		return t.N("cli.takes.days", int(d/(24*time.Hour)))
	case d >= time.Hour:
		return t.N("cli.takes.hours", int(d/time.Hour))
	case d >= time.Minute:
		return t.N("cli.takes.minutes", int(d/time.Minute))
	}
	return t.N("cli.takes.seconds", int(d/time.Second))
}
