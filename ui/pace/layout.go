package pace

import (
	"net/url"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/audit"
	"jandon/internal/history"
	"jandon/internal/wallet"
	"jandon/ui/kit"
)

// listMost is how many are listed: what is below has little to say.
const listMost = 200

// arrange works the lines out anew.
func (p *Page) arrange() {
	if p.data == nil || p.W == 0 || p.H == 0 {
		p.Set()
		return
	}
	col := p.Column(0)
	col.Add(p.head(col.W), p.pile(col.W), p.list(col.W))
	p.Set(col)
}

// head is what everything comes to, and what that was taken from.
func (p *Page) head(w int) kit.Lines {
	t, text, d := p.env.Theme, p.env.Text, p.data
	if d.Weeks == 0 {
		return kit.Paragraph(t.Quiet, text.T("pace.young"), w)
	}
	year := text.F("pace.a_year", "Amount", p.amount(d.All.Year))
	title := text.T("pace.all")
	from := text.N("pace.from_weeks", d.Weeks, "Range", p.env.Range(d.From, d.To))
	list := kit.Lines{{Draw: func(s *kit.Sheet) {
		end := s.X() + s.Room()
		s.PutIn(t.Strong, title, s.Room()-kit.Width(year)-2)
		s.Right(t.Strong, year, end)
	}}}
	return append(append(list, kit.Paragraph(t.Quiet, from, w)...), kit.Trouble(p.env, p.err, w)...)
}

// pile is the small charges on the phone bill this month against the limit.
func (p *Page) pile(w int) kit.Lines {
	t, text, x := p.env.Theme, p.env.Text, p.data.Pile
	if x.All.Count == 0 {
		return nil
	}
	ink, meter := t.Text, t.Bar
	fact := p.amount(x.All.Spent)
	list := kit.Lines{kit.Heading(t, text.T("pace.bill"), fact)}
	if x.Limit.Minor > 0 {
		if x.Share >= billWarning {
			ink, meter = t.Warn, t.Warn
		}
		share := text.F("pace.bill_share", "Percent", kit.Percent(x.All.Spent, x.Limit.Minor), "Limit", p.env.Amount(x.Limit))
		list = append(list, kit.Item{Draw: func(s *kit.Sheet) {
			end := s.X() + s.Room()
			s.Meter(meter, t.Faint, x.All.Spent, x.Limit.Minor, s.Room()-kit.Width(share)-2)
			s.Right(ink, share, end)
		}})
	}
	say := kit.Paragraph(t.Quiet, text.N("pace.bill_small", x.Small.Count, "Amount", p.amount(x.Small.Spent), "Most", p.amount(x.Most)), w)
	if len(say) > 0 {
		say[0].Key, say[0].Open = "bill", p.to(history.Query{}.In(history.ByKind, wallet.CarrierCredit.String()))
	}
	return append(list, say...)
}

var byIDs = map[history.Dimension]string{history.ByCategory: "pace.by_category", history.ByMerchant: "pace.by_merchant"}

// list is each group with its bar, and what it comes to.
func (p *Page) list(w int) kit.Lines {
	t, text, d := p.env.Theme, p.env.Text, p.data
	if d.Weeks == 0 {
		return nil
	}
	heads := []string{text.T("home.a_week"), text.T("home.a_month"), text.T("home.a_year")}
	each := d.Each[:min(len(d.Each), listMost)]
	width, most := 0, int64(0)
	for _, h := range heads {
		width = max(width, kit.Width(h))
	}
	rows := make([][]string, len(each))
	for i, x := range each {
		rows[i] = []string{p.amount(x.Week), p.amount(x.Month), p.amount(x.Year)}
		for _, figure := range rows[i] {
			width = max(width, kit.Width(figure))
		}
		most = max(most, x.Year)
	}
	width += 2
	if w < 3*width+16 { // a narrow window says the year alone: it is the figure that surprises
		heads = heads[2:]
	}
	n := len(heads)
	names := w - n*width
	bar := 0
	if names >= 34 {
		bar = min(names/3, 20)
	}
	lines := kit.Lines{{Draw: func(s *kit.Sheet) {
		end := s.X() + s.Room()
		s.PutIn(t.Strong, text.T(byIDs[d.By]), names)
		for i, h := range heads {
			s.Right(t.Quiet, h, end-(n-1-i)*width)
		}
	}}}
	if len(each) == 0 {
		return append(lines, kit.Paragraph(t.Quiet, text.T("pace.nothing"), w)...)
	}
	for i, x := range each {
		name, figures, year := p.name(x.Name), rows[i][3-n:], x.Year
		lines = append(lines, kit.Item{
			Key: "pace/" + x.Name, Open: p.to(audit.Find(d.By, x.Name, x.Like)),
			Draw: func(s *kit.Sheet) {
				left, end := s.X(), s.X()+s.Room()
				if bar > 0 {
					s.PutIn(t.Text, name, names-bar-2)
					s.To(left + names - bar - 1)
					s.Meter(t.Bar, t.Faint, year, most, bar)
				} else {
					s.PutIn(t.Text, name, names)
				}
				for k, f := range figures {
					ink := t.Text
					if k == n-1 {
						ink = t.Strong
					}
					s.Right(ink, f, end-(n-1-k)*width)
				}
			},
		})
	}
	return lines
}

// name is what a group goes by.
func (p *Page) name(name string) string {
	switch {
	case name == "":
		return p.env.Text.T("home.no_name")
	case p.data.By == history.ByCategory:
		return p.env.Category(name)
	default:
		return name
	}
}

// to goes to the lines of a group.
func (p *Page) to(find history.Query) func() tea.Cmd {
	arg := url.Values{"find": {find.Format(p.data.Span.Currency)}}.Encode()
	return func() tea.Cmd { return kit.Request(kit.Visit{Page: "history", Arg: arg}) }
}
