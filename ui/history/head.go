package history

import (
	"strings"

	past "jandon/internal/history"
	"jandon/ui/kit"
)

// weekHead is what stands above the list of a week.
func (p *weeksPage) weekHead() {
	p.titleLine()
	if p.input == weekInput {
		p.weekField()
	}
	if p.data == nil {
		if p.weekErr != nil {
			p.trouble(p.weekErr)
		}
		p.gap()
		return
	}
	c := past.Compare(p.data.Week, p.env.Today(), p.data.Span, p.data.Weeks, p.data.Days)
	switch {
	case p.roomy():
		p.lines(p.compared(c))
		p.gap()
		p.bandWide()
		p.gap()
	case !p.tiny():
		p.lines(p.compared(c))
		if p.h >= 20 {
			p.gap()
		}
		p.bandNarrow(2)
		p.gap()
	case p.focus != onList:
		p.bandNarrow(1)
	}
	if p.weekErr != nil {
		p.trouble(p.weekErr)
	}
	p.listLine()
}

// titleLine names the week and says what it came to.
func (p *weeksPage) titleLine() {
	t, env := p.env.Theme, p.env
	_, n := p.week.ISO()
	title := env.Text.F("history.week", "Number", n)
	if p.week == past.WeekOf(env.Today()) {
		title = env.Text.T("week.this")
	}
	dates := env.Text.RangeYear(p.week.Monday, p.week.Sunday())
	if p.tiny() {
		dates = env.Range(p.week.Monday, p.week.Sunday())
	}
	spent, count := "", ""
	if p.data != nil && p.data.Week == p.week {
		now := p.data.Weeks[len(p.data.Weeks)-1]
		spent, count = p.amount(now.Spent), env.Text.N("week.charges", now.Count)
		if now.Received > 0 && !p.tiny() {
			count = env.Text.F("history.received", "Amount", p.amount(now.Received)) + "   " + count
		}
	}
	p.line(func(s *kit.Sheet) {
		end := s.X() + s.Room()
		s.Put(t.Strong, title)
		edge := end - kit.Width(spent) - 3
		if s.X()+2+kit.Width(dates) < edge {
			s.Put(t.Quiet, "  "+dates)
		}
		if s.X()+2+kit.Width(count) < edge {
			s.Right(t.Quiet, count, edge)
		}
		s.Right(t.Strong, spent, end)
	})
}

// compared says how the week stands against the last and the usual one.
func (p *weeksPage) compared(c past.Comparison) kit.Lines {
	return kit.VersusLines(p.env.Theme, p.env.Comparisons(c, p.currency()), p.inner(), true)
}

func (p *weeksPage) chart() kit.Days {
	mark := p.env.Today()
	if p.day != nil {
		mark = *p.day
	}
	days := p.data.Days
	return kit.Days{List: days[len(days)-7:], Today: p.env.Today(), Mark: mark, Currency: p.currency()}
}

func (p *weeksPage) groups() []past.Group {
	if p.data == nil {
		return nil
	}
	return p.data.Groups
}

// groupRows is the groups that are visible in some rows, as bars by rank.
func (p *weeksPage) groupRows(rows int) kit.Lines {
	t, groups := p.env.Theme, p.groups()
	p.groupTop = max(min(p.groupTop, p.groupAt), p.groupAt-rows+1, 0)
	var most, whole int64
	width := 0
	for _, g := range groups {
		most = max(most, g.Spent)
		whole += max(g.Spent, 0)
	}
	visible := groups[min(p.groupTop, len(groups)):min(p.groupTop+rows, len(groups))]
	for _, g := range visible {
		width = max(width, kit.Width(p.amount(g.Spent)))
	}
	var list kit.Lines
	for _, g := range visible {
		name, share, amount := p.groupName(p.data.By, g.Name), kit.Percent(g.Spent, whole), p.amount(g.Spent)
		list = append(list, kit.Item{Draw: func(s *kit.Sheet) {
			end := s.X() + s.Room()
			edge := end - width - 2
			meter := min(s.Room()/4, 16)
			s.PutIn(t.Text, name, edge-6-meter-s.X())
			s.To(s.X() + 1)
			s.Meter(t.Bar, t.Faint, g.Spent, most, meter)
			s.Right(t.Quiet, share, edge)
			s.Right(t.Text, amount, end)
		}})
	}
	return list
}

// bandWide is the days on the left and the groups on the right.
func (p *weeksPage) bandWide() {
	t := p.env.Theme
	x, w, gutter := p.margin(), p.inner(), 5
	left := (w - gutter) * 48 / 100
	right := w - gutter - left
	byDay, by := kit.Heading(t, p.env.Text.T("history.by_day"), ""), kit.Heading(t, p.env.Text.T(byIDs[p.data.By]), p.more())
	days, groups := p.chart().Rows(p.env), p.groupRows(bandRows)
	p.head = append(p.head, func(s *kit.Sheet) {
		s.Row(x, left, nil, byDay.Draw)
		s.Row(x+left+gutter, right, nil, by.Draw)
	})
	p.band = len(p.head)
	for i := range bandRows {
		overDay, overGroup := p.over(onDays, i), p.over(onGroups, i+p.groupTop)
		p.head = append(p.head, func(s *kit.Sheet) {
			s.Row(x, left, overDay, days[i].Draw)
			if i < len(groups) {
				s.Row(x+left+gutter, right, overGroup, groups[i].Draw)
			}
		})
	}
}

// bandNarrow is the days as upright bars, or the groups while they are chosen among.
func (p *weeksPage) bandNarrow(rows int) {
	if p.focus == onGroups {
		p.lines(kit.Lines{kit.Heading(p.env.Theme, p.env.Text.T(byIDs[p.data.By]), p.more())})
		p.band = len(p.head)
		x, w := p.margin(), p.inner()
		for i, g := range p.groupRows(rows + 2) {
			over := p.over(onGroups, i+p.groupTop)
			p.head = append(p.head, func(s *kit.Sheet) { s.Row(x, w, over, g.Draw) })
		}
		return
	}
	chart := p.chart()
	if p.focus == onDays {
		chart.Mark, chart.Choosing = p.week.Monday+past.Day(p.dayAt), true
	}
	p.band = len(p.head)
	p.lines(chart.Strip(p.env, rows, p.inner()))
}

func (p *weeksPage) over(part focus, at int) *kit.Ink {
	chosen := map[focus]int{onDays: p.dayAt, onGroups: p.groupAt}[part]
	if p.focus == part && chosen == at {
		return &p.env.Theme.Chosen
	}
	return nil
}

// more says which of the groups is chosen, if not all are visible.
func (p *weeksPage) more() string {
	if n := len(p.groups()); n > bandRows {
		return p.env.Text.N("history.groups", n)
	}
	return ""
}

// listLine names what the list shows and what that comes to.
func (p *weeksPage) listLine() {
	t, env := p.env.Theme, p.env
	var chips []string
	if p.day != nil {
		chips = append(chips, env.DayRow(*p.day))
	}
	for _, n := range p.narrow {
		chips = append(chips, p.groupName(n.by, n.name))
	}
	title := strings.Join(chips, " · ")
	ink := t.Accent
	if title == "" {
		title, ink = env.Text.T("history.all_lines"), t.Strong
	}
	p.line(func(s *kit.Sheet) {
		end := s.X() + s.Room()
		sums := p.sumText(len(chips) > 0)
		s.PutIn(ink, title, s.Room()-kit.Width(sums)-2)
		s.Right(t.Quiet, sums, end)
	})
}

// sumText is how many lines the list has and, if asked, what they come to.
func (p *weeksPage) sumText(amounts bool) string {
	if p.sums == nil {
		return ""
	}
	say := p.env.Text.N("history.lines", p.sums.Lines)
	if !amounts {
		for _, other := range p.apart() {
			say += " · " + p.env.Text.N("history.apart", other.Lines, "Currency", string(other.Currency))
		}
		return say
	}
	if p.sums.Spent != 0 {
		say += "   " + p.env.Text.F("history.spent", "Amount", p.amount(p.sums.Spent))
	}
	if p.sums.Received != 0 && p.inner() >= 70 {
		say += "   " + p.env.Text.F("history.received", "Amount", p.amount(p.sums.Received))
	}
	return say
}

// apart is what the sums leave out for being in another currency.
func (p *weeksPage) apart() []past.Apart {
	if p.data == nil {
		return nil
	}
	return p.data.Span.Apart()
}

// searchHead is the search and what it found.
func (p *weeksPage) searchHead() {
	t, env := p.env.Theme, p.env
	x := p.margin()
	p.field.Resize(max(p.inner()-3, 1))
	p.caret = [2]int{x + 2, 0}
	text, ink := p.find, t.Strong
	if p.input == findInput {
		text = p.field.View()
	}
	if text == "" {
		text, ink = env.Text.T("history.find_hint"), t.Quiet
	}
	p.line(func(s *kit.Sheet) {
		s.Put(t.Accent, "/ ")
		s.Put(ink, text)
	})
	switch {
	case p.findErr != nil:
		say, hint := p.env.Traced(p.findErr)
		p.lines(kit.Paragraph(t.Warn, say, p.inner()))
		if !p.tiny() {
			p.lines(kit.Paragraph(t.Quiet, hint, p.inner()))
		}
	case p.sumsErr != nil:
		p.trouble(p.sumsErr)
	default:
		p.line(func(s *kit.Sheet) { s.Put(t.Quiet, p.sumText(true)) })
	}
	if !p.tiny() {
		p.gap()
	}
}

// weekField is where a week is typed.
func (p *weeksPage) weekField() {
	t, label := p.env.Theme, p.env.Text.T("history.go_to")
	p.field.Resize(max(p.inner()-kit.Width(label)-3, 1))
	p.caret = [2]int{p.margin() + kit.Width(label) + 2, len(p.head)}
	view, ink := p.field.View(), t.Strong
	if view == "" {
		view, ink = p.week.String(), t.Faint
	}
	p.line(func(s *kit.Sheet) {
		s.Put(t.Accent, label+"  ")
		s.Put(ink, view)
	})
	if p.inputErr != nil {
		p.trouble(p.inputErr)
	}
}

// trouble says what went wrong, in a line or two.
func (p *weeksPage) trouble(err error) {
	say, hint := p.env.Traced(err)
	p.lines(kit.Paragraph(p.env.Theme.Warn, say+" "+hint, p.inner()))
}
