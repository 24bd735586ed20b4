package disputes

import (
	"cmp"

	"jandon/internal/dispute"
	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
	"jandon/ui/kit"
)

// leafWidth is as wide as a page of facts grows: values stay near their labels.
const leafWidth = 84

// arrange works the lines out anew.
func (p *casePage) arrange() {
	if p.data == nil || p.W == 0 || p.H == 0 {
		p.Set()
		return
	}
	col := p.Column(leafWidth)
	col.Add(p.head(col.W))
	switch {
	case p.question == asking:
		col.Add(p.askLines(col.W))
	case p.question == withdrawing:
		col.Add(p.withdrawLines(col.W))
	case p.mode() == disputed:
		col.Add(p.status(col.W), p.steps(), p.facts(col.W))
	case p.mode() == form:
		col.Add(p.reasons(), p.noteLine(col.W), p.outlook(col.W))
	case p.mode() == letter:
		col.Add(p.refusal(col.W), p.reasons(), p.noteLine(col.W), p.letter(col.W))
	default:
		col.Add(p.nothing(col.W))
	}
	p.Set(col)
	if m := p.mode(); p.question == nothing && (m == form || m == letter) {
		p.Cols.Choose(reasonKey + string(p.reason))
	}
	if p.typing {
		p.Cols.Choose(noteKey)
	}
}

// head is whose charge it is, how much, and when.
func (p *casePage) head(w int) kit.Lines {
	t, x := p.env.Theme, &p.data.Line
	title, amount := cmp.Or(x.Merchant, x.Reason, p.data.Issuer.Name), p.env.Size(x.Amount)
	when := p.env.Moment(x.At)
	list := kit.Lines{
		{Draw: func(s *kit.Sheet) {
			end := s.X() + s.Room()
			s.PutIn(t.Strong, title, s.Room()-kit.Width(amount)-2)
			s.Right(t.Strong, amount, end)
		}},
		{Draw: func(s *kit.Sheet) { s.Put(t.Quiet, when) }},
	}
	if rest := p.rest(); rest.Minor != 0 {
		list = append(list, kit.Paragraph(t.Text, p.env.Text.F("disputes.rest", "Amount", p.env.Amount(rest)), w)...)
	}
	list = append(list, kit.Mixed(p.env, w, title)...)
	return append(list, kit.Trouble(p.env, p.err, w)...)
}

// rest is what is disputed of a charge where it is not all of it, since a part
// came back otherwise; nothing where it is.
func (p *casePage) rest() (a money.Amount) {
	if d := p.data.Dispute; d != nil && d.Amount.Minor != -p.data.Line.Amount.Minor {
		return d.Amount
	}
	return a
}

// status is how far it has come, who has to act and until when.
func (p *casePage) status(w int) kit.Lines {
	words, d := Words{p.env}, p.data.Dispute
	state, ink := words.State(d.State)
	list := kit.Lines{{Draw: func(s *kit.Sheet) { s.Put(ink, state) }}}
	return append(list, kit.Paragraph(p.env.Theme.Text, words.Next(d), w)...)
}

// steps is what happened, oldest first.
func (p *casePage) steps() kit.Lines {
	t, words := p.env.Theme, Words{p.env}
	list := kit.Lines{kit.Heading(t, p.env.Text.T("disputes.steps"), "")}
	dates := 0
	for _, s := range p.data.Dispute.Steps {
		dates = max(dates, kit.Width(p.env.DayYear(history.DayOf(s.At, p.env.Zone))))
	}
	for _, step := range p.data.Dispute.Steps {
		date, say := p.env.DayYear(history.DayOf(step.At, p.env.Zone)), words.Step(step)
		list = append(list, kit.Item{Draw: func(s *kit.Sheet) {
			s.PutIn(t.Quiet, date, dates+2)
			s.PutIn(t.Text, say, s.Room())
		}})
	}
	return list
}

// facts are the rest, with the lines it is about.
func (p *casePage) facts(w int) kit.Lines {
	t, text, d := p.env.Theme, p.env.Text, p.data.Dispute
	list := append(kit.Lines{kit.Heading(t, text.T("disputes.about"), "")}, kit.Facts(t, w,
		text.T("disputes.because"), Words{p.env}.Reason(d.Reason), text.T("disputes.note"), d.Note, text.T("disputes.number"), d.ID)...)
	link := func(key, label, id string) {
		if id != "" {
			list = append(list, kit.Item{Key: key, Open: p.toLine(id), Draw: func(s *kit.Sheet) { s.Put(t.Accent, label) }})
		}
	}
	link("charge", text.T("disputes.see_charge"), d.Transaction)
	link("refund", text.T("disputes.see_refund"), d.Refund)
	return list
}

// reasons are what can be chosen.
func (p *casePage) reasons() kit.Lines {
	t, words := p.env.Theme, Words{p.env}
	list := kit.Lines{kit.Heading(t, p.env.Text.T("disputes.why_ask"), "")}
	for _, r := range wallet.DisputeReasons() {
		mark, say := "  ", words.Reason(r)
		if r == p.reason {
			mark = "> "
		}
		list = append(list, kit.Item{Key: reasonKey + string(r), Draw: func(s *kit.Sheet) {
			s.Put(t.Accent, mark)
			s.PutIn(t.Text, say, s.Room())
		}})
	}
	return list
}

const (
	noteKey    = "note"
	noteIndent = 2
)

// noteLine is what the person says in their own words.
func (p *casePage) noteLine(w int) kit.Lines {
	t, text := p.env.Theme, p.env.Text
	p.note.Resize(max(w-noteIndent, 1))
	say, ink := p.note.View(), t.Text
	if say == "" && !p.typing {
		say, ink = text.T("disputes.no_note"), t.Quiet
	}
	row := kit.Item{Draw: func(s *kit.Sheet) {
		s.To(s.X() + noteIndent)
		s.PutIn(ink, say, s.Room())
	}}
	if p.typing {
		row.Key = noteKey
	}
	return kit.Lines{kit.Heading(t, text.T("disputes.note"), ""), row}
}

// outlook is what will happen, with its last days, and what it costs.
func (p *casePage) outlook(w int) kit.Lines {
	t, text := p.env.Theme, p.env.Text
	rules, err := dispute.Shipped()
	if err != nil {
		return nil
	}
	day := p.day
	list := kit.Lines{kit.Heading(t, text.T("disputes.then"), "")}
	for _, say := range []string{
		text.F("disputes.then_merchant", "Day", day(rules.AnswerBy(p.env.Now))),
		text.F("disputes.then_platform", "Day", day(rules.DecideBy(p.env.Now))),
		text.T("disputes.then_source"), text.T("disputes.then_tier"), text.T("disputes.then_once"),
	} {
		list = append(list, kit.Paragraph(t.Text, say, w)...)
	}
	return append(list, kit.Paragraph(t.Quiet, text.F("disputes.rules", "Version", rules.Version, "Day", day(rules.Until(p.data.Line.At))), w)...)
}

// nothing says why there is nothing to dispute.
func (p *casePage) nothing(w int) kit.Lines {
	why := dispute.NoPayment
	if p.data.Line.Status == wallet.Refunded {
		why = dispute.Refunded
	}
	return kit.Paragraph(p.env.Theme.Text, p.env.Text.T(why), w)
}

// askLines is the question whether to dispute.
func (p *casePage) askLines(w int) kit.Lines {
	t, text := p.env.Theme, p.env.Text
	list := kit.Paragraph(t.Warn, text.F("disputes.ask", "Amount", p.env.Size(p.data.Line.Amount), "Name", p.data.Line.Merchant), w)
	list = append(list, kit.Facts(t, w, text.T("disputes.because"), Words{p.env}.Reason(p.reason), text.T("disputes.note"), p.note.Value())...)
	list = append(list, kit.Paragraph(t.Text, text.T("disputes.then_rest"), w)...)
	return append(list, kit.Paragraph(t.Text, text.T("disputes.then_tier"), w)...)
}

// withdrawLines is the question whether to withdraw.
func (p *casePage) withdrawLines(w int) kit.Lines {
	t, text := p.env.Theme, p.env.Text
	amount := p.data.Line.Amount
	if rest := p.rest(); rest.Minor != 0 {
		amount = rest
	}
	list := kit.Paragraph(t.Warn, text.F("disputes.withdraw_ask", "Amount", p.env.Size(amount), "Name", p.data.Line.Merchant), w)
	return append(list, kit.Paragraph(t.Text, text.T("disputes.withdraw_hint"), w)...)
}
