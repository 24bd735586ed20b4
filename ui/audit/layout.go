package audit

import (
	"cmp"
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	engine "jandon/internal/audit"
	"jandon/internal/review"
	"jandon/ui/kit"
	"jandon/ui/kit/finding"
)

const (
	tinyBelow = 60
	widest    = 90 // a list grows no further: figures must stay near their names
)

func (p *listPage) tiny() bool { return p.W < tinyBelow || p.H < 16 }

// arrange works the lines out anew.
func (p *listPage) arrange() {
	if p.data == nil || p.W == 0 || p.H == 0 {
		p.Set()
		return
	}
	if !p.Wide() {
		c := p.Column(widest)
		rows := 2
		if p.tiny() {
			rows = 0
		}
		c.Add(p.head(c.W, rows), p.look(c.W))
		c.Add(p.groups(c.W)...)
		p.Set(c)
		return
	}
	left, right := p.Two(widest, 60)
	left.Add(p.head(left.W, 0))
	left.Add(p.groups(left.W)...)
	right.Add(p.course(right.W), p.look(right.W), p.coming())
	p.Set(left, right)
}

// head is what everything that runs costs, and how that came about.
func (p *listPage) head(w, rows int) kit.Lines {
	t, f := p.env.Theme, p.data
	title := p.env.Text.N("subscriptions.run", f.Running)
	year := p.words().Year(f.Year)
	month := p.env.Text.F("subscriptions.a_month", "Amount", p.words().Amount((f.Year+6)/12))
	list := kit.Lines{{Draw: func(s *kit.Sheet) {
		end := s.X() + s.Room()
		edge := end - kit.Width(year)
		if kit.Width(title)+4+kit.Width(month) <= edge-s.X() {
			s.Put(t.Strong, title)
			s.Right(t.Quiet, month+"   ", edge)
		} else {
			s.PutIn(t.Strong, title, edge-s.X()-2)
		}
		s.Right(t.Strong, year, end)
	}}}
	list = append(list, kit.Trouble(p.env, p.err, w)...)
	if rows > 0 {
		list = append(append(list, kit.Gap()), p.creepLines(rows, w)...)
	}
	return list
}

// course is the cost of the whole over time, where there is room for it.
func (p *listPage) course(w int) kit.Lines {
	lines := p.creepLines(5, w)
	if lines == nil {
		return nil
	}
	return append(kit.Lines{kit.Heading(p.env.Theme, p.env.Text.T("subscriptions.course"), p.env.Text.T("subscriptions.course_fact")), kit.Gap()}, lines...)
}

// look lists what is worth a look, the gravest first.
func (p *listPage) look(w int) kit.Lines {
	f := p.data
	if p.filter != everything {
		return nil
	}
	type finding struct {
		double *review.Double
		series *review.Series
		why    review.Reason
	}
	var found []finding
	for i := range f.Doubles {
		found = append(found, finding{double: &f.Doubles[i]})
	}
	for i := range f.Series {
		for _, r := range f.Series[i].Reasons {
			if worth(r) {
				found = append(found, finding{series: &f.Series[i], why: r})
				break // one line for each series: the rest is on its page
			}
		}
	}
	t := p.env.Theme
	if len(found) == 0 {
		return append(kit.Lines{kit.Heading(t, p.env.Text.T("subscriptions.look"), "")}, kit.Paragraph(t.Quiet, p.env.Text.T("subscriptions.no_look"), w)...)
	}
	list := kit.Lines{kit.Heading(t, p.env.Text.T("subscriptions.look"), strconv.Itoa(len(found)))}
	show := len(found)
	if most := map[bool]int{true: 2, false: 4}[p.tiny()]; !p.Wide() && !p.expanded && show > most+1 {
		show = most
	}
	looks := make([]kit.Look, 0, show)
	for _, x := range found[:show] {
		if x.double != nil {
			looks = append(looks, p.doubleRow(x.double))
		} else {
			looks = append(looks, p.reasonRow(x.series, x.why))
		}
	}
	list = append(list, kit.Looks(t, w, looks)...)
	if rest := len(found) - show; rest > 0 {
		say := p.env.Text.N("subscriptions.more", rest)
		list = append(list, kit.Item{Key: "more", Open: p.expand, Draw: func(s *kit.Sheet) { s.Put(t.Quiet, say) }})
	}
	return list
}

// comingDays is how far ahead charges are told of: as long as a month.
const comingDays = 30

// coming lists what is charged next, the earliest first.
func (p *listPage) coming() kit.Lines {
	t, f, words := p.env.Theme, p.data, p.words()
	var due []*review.Series
	var sum int64
	width := 0
	for i := range f.Series {
		if s := &f.Series[i]; s.Running() && !s.Maybe && s.HasNext && s.Next <= f.Today+comingDays {
			due = append(due, s)
			sum += s.Amount
			width = max(width, kit.Width(p.env.DayRow(s.Next)))
		}
	}
	if len(due) == 0 || p.filter != everything {
		return nil
	}
	slices.SortStableFunc(due, func(a, b *review.Series) int { return cmp.Compare(a.Next, b.Next) })
	lines := kit.Lines{kit.Heading(t, p.env.Text.T("subscriptions.coming"), words.Amount(sum))}
	for _, x := range due {
		day, amount := p.env.DayRow(x.Next), words.Amount(x.Amount)
		lines = append(lines, kit.Item{Key: "coming/" + x.Key, Open: to("audit", "series", x.Key), Draw: func(s *kit.Sheet) {
			end := s.X() + s.Room()
			s.PutIn(t.Quiet, day, width+2)
			s.PutIn(t.Text, x.Merchant, end-kit.Width(amount)-2-s.X())
			s.Right(t.Text, amount, end)
		}})
	}
	return lines
}

// groups are the series by how they stand.
func (p *listPage) groups(w int) []kit.Lines {
	var parts [filters][]review.Series
	for _, s := range p.data.Series {
		switch {
		case s.Maybe:
			parts[maybe] = append(parts[maybe], s)
		case s.Running():
			parts[running] = append(parts[running], s)
		default:
			parts[ended] = append(parts[ended], s)
		}
	}
	parts[refused] = p.data.Not
	var list []kit.Lines
	for f := running; f < filters; f++ {
		if p.filter == everything && (f == refused || len(parts[f]) == 0) || p.filter != everything && p.filter != f {
			continue
		}
		list = append(list, p.group(f, p.sort(parts[f]), w))
	}
	return list
}

// group is one of them: a heading and a line for each series.
func (p *listPage) group(f filter, series []review.Series, w int) kit.Lines {
	t, text := p.env.Theme, p.env.Text
	lines := kit.Lines{kit.Heading(t, text.T(filterIDs[f]), text.T(orderIDs[p.order]))}
	if len(series) == 0 {
		lines[0] = kit.Heading(t, text.T(filterIDs[f]), "")
		return append(lines, kit.Paragraph(t.Quiet, text.T("subscriptions.none_here"), w)...)
	}
	c := p.columns(series, w)
	for i := range series {
		lines = append(lines, p.seriesRow(&series[i], c))
	}
	if f == maybe {
		lines = append(lines, kit.Paragraph(t.Quiet, text.T("subscriptions.maybe_hint"), w)...)
	}
	return lines
}

// columns are the widths of a group's columns; one that has no room is 0.
type columns struct{ mark, cadence, price, next, year int }

func (p *listPage) columns(series []review.Series, w int) columns {
	var c columns
	named, twice := map[string]bool{}, false
	for i := range series {
		s := &series[i]
		twice = twice || named[s.Merchant]
		named[s.Merchant] = true
		c.mark = max(c.mark, kit.Width(p.mark(s)))
		c.cadence = max(c.cadence, kit.Width(p.words().Cadence(s.Cadence)))
		c.price = max(c.price, kit.Width(p.words().Amount(s.Amount)))
		c.next = max(c.next, kit.Width(p.words().Next(s)))
		c.year = max(c.year, kit.Width(p.words().Amount(s.Annual)))
	}
	const name = 12 // a name's least room
	room := w - c.year - 2 - name
	order := []*int{&c.mark, &c.next, &c.cadence, &c.price} // the most telling first
	if twice {
		order = []*int{&c.mark, &c.next, &c.price, &c.cadence} // plans of one merchant differ in their price
	}
	for _, width := range order {
		if *width > 0 && room >= *width+2 {
			room -= *width + 2
		} else {
			*width = 0
		}
	}
	return c
}

// mark is what changed about a series, in a word.
func (p *listPage) mark(s *review.Series) string {
	if s.Sleeps() {
		return p.env.Text.T("subscriptions.sleeps")
	}
	if from, to, ok := s.Rise(p.data.Today); ok && s.Running() {
		return finding.Percent(from, to)
	}
	for _, r := range s.Reasons {
		if r.Why == review.New {
			return p.env.Text.T("subscriptions.new")
		}
	}
	return ""
}

func (p *listPage) seriesRow(x *review.Series, c columns) kit.Item {
	t := p.env.Theme
	mark, rhythm, when := p.mark(x), p.words().Cadence(x.Cadence), p.words().Next(x)
	price, year := p.words().Amount(x.Amount), p.words().Amount(x.Annual)
	text, figure, ink := t.Text, t.Strong, t.Cost
	if !x.Running() {
		text, figure = t.Quiet, t.Quiet
	}
	if x.Status == engine.Trial {
		ink = t.Warn
	}
	if x.Sleeps() {
		ink = t.Quiet
	}
	return kit.Item{
		Key: "series/" + x.Key, Open: to("audit", "series", x.Key),
		Draw: func(s *kit.Sheet) {
			end := s.X() + s.Room()
			edge := end - c.year - 2
			for _, width := range [...]int{c.mark, c.cadence, c.price, c.next} {
				if width > 0 {
					edge -= width + 2
				}
			}
			s.PutIn(text, x.Merchant, edge-s.X())
			column := func(ink kit.Ink, word string, width int, right bool) {
				if width == 0 {
					return
				}
				s.To(s.X() + 2)
				if right {
					s.Right(ink, word, s.X()+width)
				} else {
					s.PutIn(ink, word, width)
				}
			}
			column(ink, mark, c.mark, true)
			column(t.Quiet, rhythm, c.cadence, false)
			column(text, price, c.price, true)
			column(t.Quiet, when, c.next, false)
			s.Right(figure, year, end)
		},
	}
}

func (p *listPage) doubleRow(d *review.Double) kit.Look {
	return kit.Look{
		Key: "double/" + d.Key, Why: p.env.Text.T("subscriptions.why.twice"), Who: d.First.Merchant, When: p.env.Day(d.First.Day),
		Amount: p.words().Amount(d.First.Minor), Ink: p.env.Theme.Warn, Open: to("audit", "double", d.Key),
	}
}

func (p *listPage) reasonRow(x *review.Series, r review.Reason) kit.Look {
	figure := p.words().Amount(x.Amount)
	if r.Why == review.Overlap {
		figure = p.words().Year(r.Annual)
	}
	return kit.Look{
		Key: "look/" + x.Key, Why: p.words().Reason(r), Who: x.Merchant, When: p.env.Day(r.Day),
		Amount: figure, Ink: p.words().Ink(r), Open: to("audit", "series", x.Key),
	}
}

// expand lists all that is worth a look in place of the line that counted the rest.
func (p *listPage) expand() tea.Cmd {
	p.expanded = true
	p.Cols.Key = ""
	p.arrange()
	return nil
}
