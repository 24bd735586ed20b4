package history

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	past "jandon/internal/history"
	"jandon/internal/wallet"
	"jandon/ui/kit"
)

const (
	roomyWidth, roomyHeight = 100, 26 // from here days and groups stand side by side
	tinyWidth, tinyHeight   = 60, 16  // below it only a title stands above the list
	bandRows                = 7       // as many as a week has days
)

func (p *weeksPage) roomy() bool { return p.w >= roomyWidth && p.h >= roomyHeight }
func (p *weeksPage) tiny() bool  { return p.w < tinyWidth || p.h < tinyHeight }
func (p *weeksPage) tight() bool { return !p.roomy() }

func (p *weeksPage) margin() int {
	if p.tiny() {
		return 1
	}
	return 2
}

func (p *weeksPage) inner() int { return max(p.w-2*p.margin(), 0) }

// arrange works out what stands above the list, and gives the list the rest.
func (p *weeksPage) arrange() {
	p.head, p.band = p.head[:0], -1
	switch {
	case p.w == 0 || p.h == 0:
	case p.input == findInput || p.whole:
		p.searchHead()
	default:
		p.weekHead()
	}
	p.head = p.head[:min(len(p.head), p.h)]
	if cmd := p.list.Resize(p.visit, p.h-len(p.head)); cmd != nil {
		p.pending = tea.Batch(p.pending, cmd)
	}
}

// line adds a line over the whole width.
func (p *weeksPage) line(draw func(*kit.Sheet)) {
	x, w := p.margin(), p.inner()
	p.head = append(p.head, func(s *kit.Sheet) { s.Row(x, w, nil, draw) })
}

func (p *weeksPage) lines(list kit.Lines) {
	for _, it := range list {
		p.line(it.Draw)
	}
}

func (p *weeksPage) gap() { p.line(func(*kit.Sheet) {}) }

func (p *weeksPage) draw() string {
	s := &p.sheet
	s.Start(p.w, p.h)
	for _, line := range p.head {
		line(s)
		s.Newline()
	}
	p.drawList(s)
	return s.String()
}

// drawList draws the rows that are visible, or says why there are none.
func (p *weeksPage) drawList(s *kit.Sheet) {
	h := p.h - len(p.head)
	if instead, ok := p.instead(h); ok {
		for _, line := range instead {
			s.Raw(line)
			s.Newline()
		}
		return
	}
	rows, selected := p.list.Visible()
	cols := p.columns(rows)
	from, to := p.list.Thumb()
	t := p.env.Theme
	for i := range rows {
		var over *kit.Ink
		if i == selected && (p.focus == onList || p.whole) {
			over = &t.Chosen
		}
		first := i == 0 || rows[i].Day != rows[i-1].Day
		s.Row(p.margin(), p.inner(), over, func(s *kit.Sheet) { p.row(s, &rows[i], i, first, cols) })
		if i >= from && i < to {
			s.Stretch(p.w-1, 1)
			s.Put(t.Faint, "┃")
		}
		s.Newline()
	}
}

// instead is what stands in place of rows.
func (p *weeksPage) instead(h int) ([]string, bool) {
	rows, _ := p.list.Visible()
	switch err := p.list.Err(); {
	case h <= 0:
		return nil, true
	case err != nil && len(rows) == 0:
		return kit.Failed(p.env, err, "r", p.w, h), true
	case p.list.Loading():
		return kit.Loading(p.env, &p.summing, p.w, h), true
	case p.list.Empty() && p.findErr != nil: // nothing was looked for yet
		return nil, true
	case p.list.Empty():
		say, hint := "history.none", "history.none_hint"
		if p.whole {
			say, hint = "history.not_found", "history.not_found_hint"
		}
		return kit.Empty(p.env, p.env.Text.T(say), p.env.Text.T(hint), p.w, h), true
	}
	return nil, false
}

// columns are the widths of a row's parts; a part without room is left out.
type columns struct {
	date, clock, category, issuer, mark, amount int

	tight bool // the longest name has no room: marks take theirs only where they stand
}

func (p *weeksPage) columns(rows []past.Row) columns {
	p.texts = p.texts[:0]
	c := columns{date: 6, clock: 5}
	if p.env.Text.Lang() == "ko" {
		c.date = 7
	}
	if p.whole {
		c.date = len("2006-01-02")
	}
	w, names := p.inner(), 0
	if w < 58 || p.whole && w < 90 {
		c.clock = 0
	}
	for i := range rows {
		x := &rows[i].Transaction
		text := p.env.Signed(x.Amount)
		names = max(names, kit.Width(p.title(x)))
		p.texts = append(p.texts, text)
		c.amount = max(c.amount, kit.Width(text))
		c.mark = max(c.mark, kit.Width(p.mark(x)))
		if w >= 70 {
			c.category = max(c.category, kit.Width(p.category(x.Category)))
		}
		if w >= 100 {
			c.issuer = max(c.issuer, kit.Width(p.issuer(x.Issuer)))
		}
	}
	c.mark = min(c.mark, 14)
	wish := c.category
	c.category, c.issuer = min(c.category, w/6), min(c.issuer, w/5)
	spare := w - c.before() - c.after(c.mark) - names
	c.category += max(min(wish-c.category, spare), 0)
	c.tight = spare < 0
	return c
}

// before is what stands left of the name, and after what stands right of it.
func (c columns) before() int {
	if c.clock > 0 {
		return c.date + 2 + c.clock + 2
	}
	return c.date + 2
}

func (c columns) after(mark int) (n int) {
	for _, w := range [...]int{c.category, c.issuer, mark, c.amount} {
		if w > 0 {
			n += w + 2
		}
	}
	return n
}

// row draws a line of the history: when, where, what for and how much.
func (p *weeksPage) row(s *kit.Sheet, r *past.Row, i int, first bool, c columns) {
	t, end := p.env.Theme, s.X()+s.Room()
	left := s.X()
	if first {
		s.Put(t.Quiet, p.label(r.Day))
	}
	s.To(left + c.date + 2)
	if c.clock > 0 {
		s.PutIn(t.Quiet, p.env.Clock(r.At), c.clock+2)
	}
	title, mark := p.title(&r.Transaction), c.mark
	open := r.Status == wallet.Pending || slices.Contains(p.known.Disputed, r.ID)
	if c.tight && kit.Width(title) > end-c.after(mark)-s.X() { // the others stand in columns
		mark = min(kit.Width(p.mark(&r.Transaction)), c.mark)
		if p.tiny() && !open && kit.Width(title) > end-c.after(mark)-s.X() {
			mark = 0 // whose it is matters more, and the line's own page says both
		}
	}
	s.PutIn(t.Text, title, end-c.after(mark)-s.X())
	if c.category > 0 {
		s.To(s.X() + 2)
		s.PutIn(t.Quiet, p.category(r.Category), c.category)
	}
	if c.issuer > 0 {
		s.To(s.X() + 2)
		s.PutIn(t.Quiet, p.issuer(r.Issuer), c.issuer)
	}
	if mark > 0 {
		ink := t.Quiet
		if open {
			ink = t.Warn
		}
		s.To(s.X() + 2)
		s.PutIn(ink, p.mark(&r.Transaction), mark)
	}
	ink := t.Text
	if r.Amount.Minor > 0 {
		ink = t.Gain
	}
	s.Right(ink, p.texts[i], end)
}
