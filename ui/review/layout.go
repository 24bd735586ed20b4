package review

import (
	"slices"
	"strconv"

	past "jandon/internal/review"
	"jandon/ui/kit"
	"jandon/ui/kit/finding"
)

// cardWidth is as wide as sentences grow: the window of 80 cells without its margins.
const cardWidth = 76

// arrange works the lines out anew.
func (p *Page) arrange() {
	if p.data == nil || p.W == 0 || p.H == 0 {
		p.Set()
		return
	}
	col := p.Column(cardWidth)
	w, c := col.W, p.card()
	if c != nil && p.Wide() {
		col, beside := p.Two(cardWidth, 55)
		col.Add(p.bar(col.W), p.question(c, col.W))
		beside.Add(p.evidence(c, beside.W), p.charges(c))
		p.Set(col, beside)
		return
	}
	switch {
	case c == nil:
		col.Add(p.finished(w)...)
	default:
		col.Add(p.bar(w), p.question(c, w), p.evidence(c, w))
	}
	p.Set(col)
}

// question is what is asked about a card.
func (p *Page) question(c *past.Card, w int) kit.Lines {
	if c.Series != nil {
		return p.series(c, w)
	}
	return p.double(c, w)
}

// bar is how far the review has come.
func (p *Page) bar(w int) kit.Lines {
	t, text := p.env.Theme, p.env.Text
	behind, left := p.data.Progress.Behind(), len(p.queue)
	all := behind + left
	say := text.F("review.progress", "At", behind+1, "All", all)
	lines := kit.Lines{{Draw: func(s *kit.Sheet) {
		end := s.X() + s.Room()
		s.Meter(t.Bar, t.Faint, int64(behind), int64(all), s.Room()-kit.Width(say)-2)
		s.Right(t.Quiet, say, end)
	}}}
	if p.H >= 16 {
		lines = append(lines, kit.Paragraph(t.Quiet, p.lastWords(), w)...)
	}
	return append(lines, p.trouble(w)...)
}

// lastWords say when the last review was done.
func (p *Page) lastWords() string {
	day, ok := p.data.Progress.LastDay(p.env.Zone)
	if !ok {
		return p.env.Text.T("review.never")
	}
	return p.env.Text.F("review.last", "Day", p.env.Day(day), "Ago", p.env.Until(day))
}

func (p *Page) trouble(w int) kit.Lines { return kit.Trouble(p.env, p.err, w) }

// head is a name with what it costs, and a fact below.
func (p *Page) head(name, amount, below string) kit.Lines {
	t := p.env.Theme
	return kit.Lines{
		{Draw: func(s *kit.Sheet) {
			end := s.X() + s.Room()
			s.PutIn(t.Strong, name, s.Room()-kit.Width(amount)-2)
			s.Right(t.Strong, amount, end)
		}},
		{Draw: func(s *kit.Sheet) { s.Put(t.Quiet, below) }},
	}
}

// series is the question about a series: what it is, and why it is asked.
func (p *Page) series(c *past.Card, w int) kit.Lines {
	x, t, words := c.Series, p.env.Theme, p.words()
	list := append(p.head(x.Merchant, words.Year(x.Annual), words.Price(x)), kit.Gap())
	for _, r := range c.Reasons {
		list = append(list, kit.Paragraph(words.Ink(r), words.Explain(x, r), w)...)
	}
	if len(x.Changes) > 0 && p.H >= 18 {
		list = append(append(list, kit.Gap()), finding.Steps(t, x, 3, w)...)
	}
	ask := "review.ask.series"
	if x.Maybe || !x.Sure() {
		ask = "review.ask.maybe"
	}
	return append(append(list, kit.Gap()), kit.Paragraph(t.Accent, p.env.Text.T(ask), w)...)
}

// double is the question about a pair of charges.
func (p *Page) double(c *past.Card, w int) kit.Lines {
	d, t, text := c.Double, p.env.Theme, p.env.Text
	amount := p.words().Amount(d.First.Minor)
	list := append(p.head(d.First.Merchant, amount, p.env.DayYear(d.First.Day)), kit.Gap())
	list = append(list, kit.Paragraph(t.Warn, text.F("review.charged_twice", "Name", d.First.Merchant, "Amount", amount), w)...)
	list = append(append(list, p.charge(&d.First)), p.charge(&d.Second))
	return append(append(list, kit.Gap()), kit.Paragraph(t.Accent, text.T("review.ask.twice"), w)...)
}

// charge is a line of what was charged when.
func (p *Page) charge(c *past.Charge) kit.Item {
	t := p.env.Theme
	when, amount := p.env.DayRow(c.Day), p.words().Amount(c.Minor)
	if at := finding.Clock(c); at != "" {
		when += "  " + at
	}
	mark := ""
	if slices.Contains(p.data.Disputed, c.ID) {
		mark = "  " + p.env.Text.T("history.disputed")
	}
	return kit.Item{Draw: func(s *kit.Sheet) {
		end := s.X() + s.Room()
		edge := end - kit.Width(amount) - 2
		s.PutIn(t.Quiet, when, min(kit.Width(when), edge-kit.Width(mark)-s.X()))
		s.PutIn(t.Warn, mark, edge-s.X())
		s.Right(t.Text, amount, end)
	}}
}

// chargesMost is how many charges stand beside the question: a year of months.
const chargesMost = 12

// charges are the last ones of a series, the newest first.
func (p *Page) charges(c *past.Card) kit.Lines {
	if c.Series == nil {
		return nil
	}
	list := kit.Lines{kit.Heading(p.env.Theme, p.env.Text.T("subscriptions.members"), strconv.Itoa(len(c.Series.Charges)))}
	for i := len(c.Series.Charges) - 1; i >= max(len(c.Series.Charges)-chargesMost, 0); i-- {
		list = append(list, p.charge(&c.Series.Charges[i]))
	}
	return list
}

// evidence is why we think so, in a few sentences; the charges are a key away.
func (p *Page) evidence(c *past.Card, w int) kit.Lines {
	t, words := p.env.Theme, p.words()
	if c.Double != nil {
		return append(kit.Lines{kit.Heading(t, p.env.Text.T("subscriptions.evidence"), "")}, finding.Bullets(t, words.Evidence(c.Double.Why), w)...)
	}
	list := kit.Lines{kit.Heading(t, p.env.Text.T("subscriptions.evidence"), words.Sure(c.Series))}
	list = append(list, finding.Bullets(t, words.Evidence(c.Series.Evidence), w)...)
	return append(append(list, kit.Gap()), kit.Facts(t, w, p.env.Text.T("subscriptions.next"), words.Due(c.Series))...)
}

// finished is the page when nothing is left: what was done, and what it comes to.
func (p *Page) finished(w int) []kit.Lines {
	t, text, words := p.env.Theme, p.env.Text, p.words()
	f, progress := &p.data.Findings, &p.data.Progress
	day, ok := progress.LastDay(p.env.Zone)
	var head kit.Lines
	switch {
	case ok && day == p.env.Today() && progress.Count > 0:
		head = append(kit.Paragraph(t.Gain, text.T("review.done"), w), kit.Paragraph(t.Text, text.N("review.done_today", progress.Count), w)...)
	case ok:
		head = append(kit.Paragraph(t.Gain, text.T("review.done"), w), kit.Paragraph(t.Text, text.F("review.nothing_new", "Day", p.env.Day(day)), w)...)
	default:
		head = kit.Paragraph(t.Strong, text.T("review.nothing_ever"), w)
	}
	var sums kit.Lines
	if f.Year > 0 {
		sums = kit.Paragraph(t.Text, text.F("review.costs", "Month", words.Amount((f.Year+6)/12), "Year", words.Amount(f.Year)), w)
	}
	if p.data.Spent > 0 {
		sums = append(sums, kit.Paragraph(t.Text, text.F("review.week", "Amount", words.Amount(p.data.Spent)), w)...)
	}
	var last kit.Lines
	switch {
	case ok && day == p.env.Today():
		last = kit.Paragraph(t.Quiet, text.T("review.again"), w)
	case ok:
		last = kit.Paragraph(t.Quiet, p.lastWords(), w)
	}
	return []kit.Lines{append(head, p.trouble(w)...), sums, last}
}
