package audit

import (
	"cmp"
	"strconv"

	engine "jandon/internal/audit"
	"jandon/internal/review"
	"jandon/ui/kit"
	"jandon/ui/kit/finding"
)

// membersMost is how many charges of a series are listed: four years of weeks.
const membersMost = 200

// leafWidth is as wide as a column of facts grows: values stay near their labels.
const leafWidth = 84

func (p *detailPage) arrange() {
	if p.data == nil || p.W == 0 || p.H == 0 {
		p.Set()
		return
	}
	one := p.Column(leafWidth)
	s, d := p.series(), p.double()
	switch {
	case p.merging && s != nil:
		one.Add(p.others(s, one.W)...)
	case p.ending != "" && s != nil && s.Mandate != nil:
		one.Add(p.title(s, one.W), p.endQuestion(s, one.W))
	case s != nil && p.Wide():
		left, right := p.Two(leafWidth, 54)
		left.Add(p.title(s, left.W), p.answer(s, left.W), p.facts(s, left.W), p.evidence(s, left.W))
		right.Add(p.prices(s, right.W, 5), p.ways(right.W), p.members(s))
		p.Set(left, right)
		return
	case s != nil:
		rows := 3
		if p.H < 16 {
			rows = 2
		}
		one.Add(p.title(s, one.W), p.answer(s, one.W), p.prices(s, one.W, rows), p.facts(s, one.W), p.evidence(s, one.W), p.ways(one.W), p.members(s))
	case d != nil:
		one.Add(p.doubleSections(d, one.W)...)
	default:
		one.Add(kit.Paragraph(p.env.Theme.Quiet, p.env.Text.T("subscriptions.gone"), one.W))
	}
	p.Set(one)
}

// title is who it is and what it costs a year.
func (p *detailPage) title(x *review.Series, w int) kit.Lines {
	t, env := p.env.Theme, p.env
	price, year := p.words().Price(x), p.words().Year(x.Annual)
	list := kit.Lines{
		{Draw: func(s *kit.Sheet) {
			end := s.X() + s.Room()
			s.PutIn(t.Strong, x.Merchant, s.Room()-kit.Width(year)-2)
			s.Right(t.Strong, year, end)
		}},
		{Draw: func(s *kit.Sheet) { s.Put(t.Quiet, price) }},
	}
	list = append(list, kit.Mixed(env, w, x.Merchant)...)
	return append(list, kit.Trouble(env, p.err, w)...)
}

// answer is why it is worth a look, and what was said of it.
func (p *detailPage) answer(x *review.Series, w int) kit.Lines {
	t := p.env.Theme
	var list kit.Lines
	for _, r := range x.Reasons {
		list = append(list, kit.Paragraph(p.words().Ink(r), p.words().Explain(x, r), w)...)
	}
	if say := p.words().Decided(x.Decision, p.data.Today); say != "" {
		list = append(list, kit.Paragraph(t.Accent, say, w)...)
	}
	return list
}

// facts are how it stands: when it comes next, since when, and what is on record.
func (p *detailPage) facts(x *review.Series, w int) kit.Lines {
	env, first, last := p.env, x.Charges[0], x.Charges[len(x.Charges)-1]
	var paid int64
	for _, c := range x.Charges {
		paid += c.Minor
	}
	return kit.Facts(env.Theme, w,
		env.Text.T("subscriptions.stands"), p.words().Status(x),
		env.Text.T("subscriptions.next"), p.words().Due(x),
		env.Text.T("subscriptions.since"), env.DayYear(first.Day),
		env.Text.T("subscriptions.last"), env.DayYear(last.Day),
		env.Text.T("subscriptions.paid"), env.Text.N("subscriptions.paid_in", len(x.Charges), "Amount", p.words().Amount(paid)),
		env.Text.T("subscriptions.on_record"), env.Text.T("subscriptions.consent."+string(x.Consent)),
		env.Text.T("subscriptions.trial_until"), p.trial(x),
		env.Text.T("subscriptions.ended_here"), p.endedOn(x),
	)
}

// evidence says why we think that it is one, in sentences that can be checked.
func (p *detailPage) evidence(x *review.Series, w int) kit.Lines {
	t, env := p.env.Theme, p.env
	list := kit.Lines{kit.Heading(t, env.Text.T("subscriptions.evidence"), p.words().Sure(x))}
	return append(list, finding.Bullets(t, p.words().Evidence(x.Evidence), w)...)
}

// prices is the history of the price: drawn, and each change in words.
func (p *detailPage) prices(x *review.Series, w, rows int) kit.Lines {
	t, env := p.env.Theme, p.env
	fact := env.Text.T("subscriptions.never_changed")
	if n := len(x.Changes); n > 0 {
		fact = env.Text.N("subscriptions.changed", n)
	} else if x.Kind == engine.Usage {
		fact = env.Text.T("subscriptions.by_usage")
	}
	list := kit.Lines{kit.Heading(t, env.Text.T("subscriptions.prices"), fact)}
	if chart := finding.Steps(t, x, rows, w); chart != nil {
		first, last := env.DayYear(x.Charges[0].Day), env.DayYear(x.Charges[len(x.Charges)-1].Day)
		wide := min(w, finding.StepsWide)
		if rows > 3 {
			list = append(list, kit.Gap())
		}
		list = append(append(list, chart...), kit.Item{Draw: func(s *kit.Sheet) {
			left := s.X()
			s.Put(t.Quiet, first)
			s.Right(t.Quiet, last, left+wide)
		}})
	}
	dates := 0
	for i := range x.Changes {
		dates = max(dates, kit.Width(env.DayYear(x.Changes[i].Day)))
	}
	for i := len(x.Changes) - 1; i >= 0; i-- {
		c := x.Changes[i]
		date, step := env.DayYear(c.Day), env.Text.F("subscriptions.from_to", "From", p.words().Amount(c.From), "To", p.words().Amount(c.To))
		share, ink := finding.Percent(c.From, c.To), t.Cost
		if c.To < c.From {
			ink = t.Gain
		}
		apart := dates+2+kit.Width(step)+1+kit.Width(share) > w // two lines, rather than lose what it costs
		list = append(list, kit.Item{Key: "change/" + c.ID, Open: to("history", "tx", c.ID), Draw: func(s *kit.Sheet) {
			end := s.X() + s.Room()
			s.PutIn(t.Quiet, date, dates+2)
			if !apart {
				s.Put(t.Text, step)
			}
			s.Right(ink, share, end)
		}})
		if apart {
			list = append(list, kit.Item{Tail: true, Draw: func(s *kit.Sheet) { s.Put(t.Text, "  "+step) }})
		}
	}
	return list
}

// ways are what a person can do: how to cancel, and whom to ask.
func (p *detailPage) ways(w int) kit.Lines {
	t, text := p.env.Theme, p.env.Text
	contact, issuer := p.contacts()
	list := kit.Lines{kit.Heading(t, text.T("subscriptions.cancel"), "")}
	list = append(list, p.endHere(w)...)
	if contact != "" {
		list = append(list, kit.Paragraph(t.Text, text.F("subscriptions.cancel_at", "Contact", contact), w)...)
	} else {
		list = append(list, kit.Paragraph(t.Text, text.T("subscriptions.cancel_somehow"), w)...)
	}
	if issuer != "" {
		list = append(list, kit.Paragraph(t.Quiet, text.F("subscriptions.ask", "Issuer", issuer, "Contact", cmp.Or(p.contact.Issuer.Contact, "—")), w)...)
	} else {
		list = append(list, kit.Paragraph(t.Quiet, text.T("subscriptions.ask_bank"), w)...)
	}
	return list
}

// members are its charges, the newest first.
func (p *detailPage) members(x *review.Series) kit.Lines {
	t, env := p.env.Theme, p.env
	list := kit.Lines{kit.Heading(t, env.Text.T("subscriptions.members"), strconv.Itoa(len(x.Charges)))}
	width := 0
	for _, c := range x.Charges {
		width = max(width, kit.Width(p.words().Amount(c.Minor)))
	}
	for i := len(x.Charges) - 1; i >= max(len(x.Charges)-membersMost, 0); i-- {
		list = append(list, p.chargeRow("charge/"+x.Charges[i].ID, &x.Charges[i], width))
	}
	if rest := len(x.Charges) - membersMost; rest > 0 {
		list = append(list, kit.Paragraph(t.Quiet, env.Text.N("history.left_out", rest), leafWidth)...)
	}
	return list
}

func (p *detailPage) chargeRow(key string, c *review.Charge, width int) kit.Item {
	t := p.env.Theme
	date, amount := c.Day.String(), p.words().Amount(c.Minor)
	at := finding.Clock(c)
	return kit.Item{Key: key, Open: to("history", "tx", c.ID), Draw: func(s *kit.Sheet) {
		end := s.X() + s.Room()
		s.PutIn(t.Quiet, date, len(date)+2)
		if s.Room() >= 40 && at != "" {
			s.PutIn(t.Quiet, at, 7)
		}
		s.PutIn(t.Text, c.Merchant, end-width-2-s.X())
		s.Right(t.Text, amount, end)
	}}
}

// others are the series that this one can be joined with.
func (p *detailPage) others(x *review.Series, w int) []kit.Lines {
	t := p.env.Theme
	list := kit.Lines{kit.Heading(t, p.env.Text.F("subscriptions.merge_with", "Name", x.Merchant), "")}
	list = append(list, kit.Paragraph(t.Quiet, p.env.Text.T("subscriptions.merge_hint"), w)...)
	rows := kit.Lines{}
	for i := range p.data.Series {
		o := &p.data.Series[i]
		if o.Key == x.Key {
			continue
		}
		price, rhythm := p.words().Amount(o.Amount), p.words().Cadence(o.Cadence)
		rows = append(rows, kit.Item{Key: "other/" + o.Key, Open: p.same(o), Draw: func(s *kit.Sheet) {
			end := s.X() + s.Room()
			edge := end - kit.Width(price)
			s.PutIn(t.Text, o.Merchant, min(kit.Width(o.Merchant), edge-s.X()-2))
			if s.X()+2+kit.Width(rhythm) < edge {
				s.Put(t.Quiet, "  "+rhythm)
			}
			s.Right(t.Text, price, end)
		}})
	}
	return []kit.Lines{list, rows}
}

// doubleSections are a pair of charges and what speaks for one being a mistake.
func (p *detailPage) doubleSections(d *review.Double, w int) []kit.Lines {
	t, env := p.env.Theme, p.env
	title, amount := env.Text.T("subscriptions.why.twice"), p.words().Amount(d.First.Minor)
	who := d.First.Merchant
	head := kit.Lines{
		{Draw: func(s *kit.Sheet) {
			end := s.X() + s.Room()
			s.PutIn(t.Warn, title, s.Room()-kit.Width(amount)-2)
			s.Right(t.Strong, amount, end)
		}},
		{Draw: func(s *kit.Sheet) { s.Put(t.Strong, who) }},
	}
	head = append(head, kit.Mixed(env, w, d.First.Merchant, d.Second.Merchant)...)
	why := append(kit.Lines{kit.Heading(t, env.Text.T("subscriptions.evidence"), "")}, finding.Bullets(t, p.words().Evidence(d.Why), w)...)
	width := max(kit.Width(amount), kit.Width(p.words().Amount(d.Second.Minor)))
	lines := kit.Lines{kit.Heading(t, env.Text.T("subscriptions.members"), "2"),
		p.chargeRow("charge/first", &d.First, width), p.chargeRow("charge/second", &d.Second, width)}
	do := append(kit.Lines{kit.Heading(t, env.Text.T("subscriptions.can"), "")}, kit.Paragraph(t.Text, env.Text.T("subscriptions.double_do"), w)...)
	contact, issuer := p.contacts()
	if contact != "" || issuer != "" {
		do = append(do, kit.Facts(t, w, env.Text.T("subscriptions.merchant_contact"), contact,
			env.Text.T("subscriptions.issuer_contact"), issuer+"  "+p.contact.Issuer.Contact)...)
	}
	return []kit.Lines{head, why, lines, do}
}
