package home

import (
	"jandon/internal/audit"
	"jandon/internal/history"
	"jandon/internal/wallet"
	"jandon/ui/kit"
)

// pace says what the habits that cost most come to at this pace (V11).
func (p *Page) pace(w int) kit.Lines {
	if p.spent == nil || len(p.spent.Pace) == 0 {
		return nil
	}
	t, env := p.env.Theme, p.env
	heads := []string{env.Text.T("home.a_week"), env.Text.T("home.a_month"), env.Text.T("home.a_year")}
	list := p.habits()
	rows, width := make([][]string, len(list)), 0
	for i, x := range list {
		rows[i], width = p.paceTexts(x, width)
	}
	for _, h := range heads {
		width = max(width, kit.Width(h))
	}
	width += 2
	if w < 3*width+10 { // a narrow column says the year alone: it is the figure that surprises
		heads = heads[2:]
	}
	n := len(heads)
	line := func(name string, ink, figures kit.Ink, texts []string) func(*kit.Sheet) {
		return func(s *kit.Sheet) {
			end := s.X() + s.Room()
			s.PutIn(ink, name, end-n*width-s.X())
			for i, text := range texts[len(texts)-n:] {
				s.Right(figures, text, end-(n-1-i)*width)
			}
		}
	}
	sec := kit.Lines{{Draw: line(env.Text.T("home.pace"), t.Strong, t.Quiet, heads)}}
	for i, x := range list {
		name, field := p.paceName(x), "merchant"
		if x.By == history.ByCategory {
			field = "category"
		}
		sec = append(sec, kit.Item{
			Key:  "pace/" + field + "/" + x.Name,
			Open: to("history", "find", audit.Find(x.By, x.Name, x.Like).Format(p.currency())),
			Draw: line(name, t.Text, t.Text, rows[i]),
		})
	}
	return sec
}

// habits are the merchant and the category that cost most; more of them where
// a statement leaves room.
func (p *Page) habits() []Paced {
	if p.statement() && p.W >= twoFrom {
		return p.spent.Pace
	}
	var list []Paced
	for i, x := range p.spent.Pace {
		if i == 0 || p.spent.Pace[i-1].By != x.By {
			list = append(list, x)
		}
	}
	return list
}

// paceTexts are the sums a week, a month and a year, and the widest of them so far.
func (p *Page) paceTexts(x Paced, width int) ([]string, int) {
	texts, wide := p.amounts([]int64{x.Week, x.Month, x.Year})
	return texts, max(wide, width)
}

func (p *Page) paceName(x Paced) string {
	switch {
	case x.Name == "":
		return p.env.Text.T("home.no_name")
	case x.By == history.ByCategory && p.env.Text.Has("category."+x.Name):
		return p.env.Text.T("category." + x.Name)
	default:
		return x.Name
	}
}

// phoneBill warns while small charges pile up on the phone bill.
func (p *Page) phoneBill(w int) kit.Lines {
	if p.spent == nil || p.spent.OnBill.Count == 0 || w <= 0 {
		return nil
	}
	t, env, bill := p.env.Theme, p.env, p.spent.OnBill
	limit := p.opts.PhoneBill
	say := env.Text.N("home.bill_pile", bill.Count, "Amount", p.amount(bill.Spent))
	ink := t.Quiet
	if share := kit.Percent(bill.Spent, limit.Minor); share != "" && limit.Currency == p.currency() {
		say += " " + env.Text.F("home.bill_share", "Percent", share, "Limit", env.Amount(limit))
		if float64(bill.Spent) >= billWarning*float64(limit.Minor) {
			ink = t.Warn
		}
	}
	sec := p.heading("home.phone_bill", "")
	lines := kit.Paragraph(ink, say, w)
	lines[0].Key, lines[0].Open = "bill", to("history", "find", p.filter(history.ByKind, wallet.CarrierCredit.String()))
	kit.Tails(lines[1:])
	return append(sec, lines...)
}
