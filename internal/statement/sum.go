package statement

import (
	"jandon/internal/history"
	"jandon/internal/money"
)

// summer keeps of each line what it adds to the sums of its day, for either
// answer to what only all lines tell.
type summer struct {
	by       history.Dimension
	calendar *history.Calendar
	sums     map[money.Currency]*alternatives
	last     *alternatives
	currency money.Currency

	names   []string
	numbers map[string]int

	first, latest history.Day
	lines         int
}

// alternatives are the sums of one currency, by hinge and outcome.
type alternatives [hinges][2]history.Sums

func newSummer(o Options, by history.Dimension) *summer {
	return &summer{by: by, calendar: history.NewCalendar(o.Zone), sums: map[money.Currency]*alternatives{}, numbers: map[string]int{}}
}

func (m *summer) take(c *collector, s *said) {
	h := s.hinge()
	c.signs.count(s, h)
	day := m.calendar.Day(s.at.UnixMilli())
	m.reach(day, day)
	m.lines++
	group := m.group(s)
	first, second := s.outcomes(h)
	a := m.of(s.currency)
	a[h][0].Add(day, group, first.typ, first.minor)
	if h != sure {
		a[h][1].Add(day, group, second.typ, second.minor)
	}
}

func (m *summer) reach(first, last history.Day) {
	if m.lines == 0 {
		m.first, m.latest = first, last
		return
	}
	m.first, m.latest = min(m.first, first), max(m.latest, last)
}

// of is the sums of a currency.
func (m *summer) of(c money.Currency) *alternatives {
	if m.last == nil || m.currency != c {
		if m.sums[c] == nil {
			m.sums[c] = &alternatives{}
		}
		m.last, m.currency = m.sums[c], c
	}
	return m.last
}

// group is the number of a line's group.
func (m *summer) group(s *said) int {
	var e *entry
	switch m.by {
	case history.ByCategory:
		e = s.category
	case history.ByMerchant:
		e = s.merchant
	case history.ByIssuer:
		e = s.issuer
	case history.ByKind:
		return m.number(s.kind.String())
	default:
		return m.number("")
	}
	if e == nothing { // is of all readings, and must not change
		return m.number("")
	}
	if e.group == 0 {
		e.group = m.number(e.text) + 1
	}
	return e.group - 1
}

func (m *summer) number(name string) int {
	n, ok := m.numbers[name]
	if !ok {
		n = len(m.names)
		m.numbers[name] = n
		m.names = append(m.names, name)
	}
	return n
}

// merge adds the lines of another part of the file.
func (m *summer) merge(o *summer) {
	if o.lines == 0 {
		return
	}
	m.reach(o.first, o.latest)
	m.lines += o.lines
	numbers := make([]int, len(o.names))
	for i, name := range o.names {
		numbers[i] = m.number(name)
	}
	for c, theirs := range o.sums {
		ours := m.of(c)
		for h := range theirs {
			for i := range theirs[h] {
				ours[h][i].Merge(&theirs[h][i], numbers)
			}
		}
	}
}

// summed chooses the true ones of the sums.
func (m *summer) summed(c *collector) *history.Summed {
	j := c.judge()
	span := history.Span{First: m.first, Last: m.latest, Lines: m.lines, Currency: j.currency}
	span.Others = c.signs.others(j.currency)
	var all history.Sums
	same := make([]int, len(m.names))
	for i := range same {
		same[i] = i
	}
	a := m.of(j.currency)
	for h := range a {
		i := 0
		if j.second[h] {
			i = 1
		}
		all.Merge(&a[h][i], same)
	}
	c.res.Spent = all.Total().Spent
	return history.NewSummed(&all, m.names, span)
}
