package cashout

import (
	"slices"
	"strconv"

	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/ui/kit"
)

// How often a year, of which a person can see the sum.
const monthly = 12

var timesAYear = [...]int{1, 2, 4, 6, monthly, 26, 52}

// oftener goes on or back in how often a year.
func (p *Page) oftener(by int) {
	at := slices.Index(timesAYear[:], p.times)
	p.times = timesAYear[min(max(at+by, 0), len(timesAYear)-1)]
}

// broker is the arithmetic of handing value to somebody who turns it into
// money: the two ends of what they are known to take, in won and a year,
// beside the best way here. It offers nobody.
func (p *Page) broker(w int) []kit.Lines {
	t, text := p.env.Theme, p.env.Text
	amount := money.Of(int64(p.amount), p.book.Currency)
	ends := p.ends
	head := kit.Lines{kit.Heading(t, text.T("cashout.broker"), text.N("cashout.times", p.times))}
	head = append(head, kit.Paragraph(t.Quiet, text.T("cashout.broker_say"), min(w, readable))...)
	rows := [...]struct {
		label string
		of    [2]string
		ink   kit.Ink
	}{
		{"", [2]string{percent(ends[0].BP), percent(ends[1].BP)}, t.Quiet},
		{text.T("cashout.broker_fee"), [2]string{p.money(ends[0].Fee.Minor), p.money(ends[1].Fee.Minor)}, t.Cost},
		{text.T("cashout.broker_gets"), [2]string{p.money(ends[0].Gets.Minor), p.money(ends[1].Gets.Minor)}, t.Strong},
		{text.T("cashout.broker_bill"), [2]string{p.money(amount.Minor), p.money(amount.Minor)}, t.Text},
		{text.N("cashout.broker_year", p.times), [2]string{p.money(ends[0].PerYear.Minor), p.money(ends[1].PerYear.Minor)}, t.Cost},
		{text.N("cashout.broker_loan", p.book.Broker.Days), [2]string{percent(ends[0].RateBP), percent(ends[1].RateBP)}, t.Bad},
	}
	label, figure := 0, 0
	for _, r := range rows {
		label = max(label, kit.Width(r.label))
		figure = max(figure, kit.Width(r.of[0]), kit.Width(r.of[1]))
	}
	above := label > w-2*figure-4 // no room beside the figures
	if above {
		label = max(w-2*figure-4, 0)
	}
	table := kit.Lines{}
	for _, r := range rows {
		if above && kit.Width(r.label) > label {
			table = append(table, kit.Item{Draw: func(s *kit.Sheet) { s.Put(t.Quiet, r.label) }})
			r.label = ""
		}
		table = append(table, kit.Item{Draw: func(s *kit.Sheet) {
			left := s.X()
			s.PutIn(t.Quiet, r.label, label)
			s.Right(r.ink, r.of[0], left+label+2+figure)
			s.To(s.X() + 2)
			s.Right(r.ink, r.of[1], left+label+4+2*figure)
		}})
	}
	here := kit.Lines{}
	if len(p.pre.options) > 0 {
		best := p.pre.options[0].plan
		here = kit.Paragraph(t.Gain, text.F("cashout.broker_here", "Keep", p.money(best.Value.Minor), "Fees", p.money(best.Fees.Minor)), min(w, readable))
	}
	from := p.env.DayYear(history.DayOf(p.book.Broker.From, p.env.Zone))
	source := kit.Paragraph(t.Quiet, text.F("cashout.broker_source", "Source", p.book.Broker.Source, "Day", from), min(w, readable))
	return []kit.Lines{head, table, here, source}
}

// reckon works the arithmetic out, before it is laid out.
func (p *Page) reckon() {
	if p.panel == onBroker {
		amount := money.Of(int64(p.amount), p.book.Currency)
		p.ends = kit.Work(p.env, func() Brokered { return Brokered{p.book.Broker.Range(amount, int64(p.times))} }).Ends
	}
}

// percent writes basis points, in whole percent where that tells as much.
func percent(bp int64) string {
	if bp >= 10_000 {
		return strconv.FormatInt((bp+50)/100, 10) + "%"
	}
	return strconv.FormatFloat(float64(bp)/100, 'f', -1, 64) + "%"
}
