package cashout

import (
	"slices"

	"jandon/ui/kit"
)

const (
	twoFrom   = 108 // from here on, the path stands beside the options
	roomyFrom = 60  // from here on, margins are two cells
	labelFrom = 46  // the amount has its label
	airyFrom  = 17  // from here on, lines are left free between the parts
	roomyH    = 28  // and from here on in front of the question too
	gutter    = 5
	widest    = 96 // a column grows no further: figures must stay near their names
	readable  = 76 // running text grows no wider
	leastLow  = 4  // lines below the options; with fewer everything scrolls as one
)

// arrange works the lines out anew.
func (p *Page) arrange() {
	p.fresh = false
	p.top, p.foot, p.field = nil, nil, [2]int{-1, -1}
	lower, side := kit.Scroll{Top: p.lower.Top}, kit.Scroll{Top: p.side.Top}
	p.lower, p.side = kit.Scroll{}, kit.Scroll{}
	if p.w <= 0 || p.h <= 0 || !p.shown() {
		return
	}
	margin := 1
	if p.w >= roomyFrom {
		margin = 2
	}
	lower.X, lower.W = margin, max(min(p.w-2*margin, widest), 0)
	switch {
	case !p.bid.over():
		lower.W = min(lower.W, readable)
		p.top, p.foot = p.validity(), p.question(lower.W)
		lower.Add(p.offer(lower.W)...)
	case p.w >= twoFrom:
		room := min(p.w-2*margin-gutter, 2*widest)
		lower.W = room * 57 / 100 // figures need more room than text
		side.X, side.W = margin+lower.W+gutter, room-lower.W
		p.top = p.head(lower.W)
		lower.Add(p.refused(lower.W))
		side.Add(p.detail(side.W)...)
		if p.panel == onPath {
			side.Add(p.missing(side.W), p.basis(side.W))
		}
	default:
		p.top = p.head(lower.W)
		lower.Add(p.detail(lower.W)...)
		if p.panel == onPath {
			lower.Add(p.missing(lower.W), p.refused(lower.W), p.basis(lower.W))
		}
	}
	if p.h-len(p.top)-len(p.foot) < leastLow { // too low for two areas: all of it scrolls as one
		lower.Items = slices.Concat(p.top, lower.Items, p.foot)
		for i := range lower.Heads {
			lower.Heads[i] += len(p.top)
		}
		p.top, p.foot = nil, nil
	}
	p.lower, p.side = lower, side
	p.lower.Clamp(p.room())
	p.side.Clamp(p.h)
	p.follow()
}

// room is the number of lines that scroll below the options.
func (p *Page) room() int { return p.h - len(p.top) - len(p.foot) }

// follow keeps what has the keys on the screen, and the cursor in the amount.
func (p *Page) follow() {
	switch {
	case p.panel == onSplit && p.bid.over():
		s, h := &p.lower, p.room()
		if p.side.W > 0 {
			s, h = &p.side, p.h
		}
		if at := s.Find(p.rowKey()); at >= 0 {
			s.Show(at, h)
		}
	case p.top == nil && p.bid.over() && p.typing:
		p.lower.Top = 0
	}
	p.place()
}

// detail is what stands beside or below the options.
func (p *Page) detail(w int) []kit.Lines {
	switch p.panel {
	case onSplit:
		return p.split(w)
	case onBroker:
		return p.broker(w)
	default:
		return append([]kit.Lines{p.trouble(w)}, p.path(w)...)
	}
}

// head is the amount with the options: what does not scroll.
func (p *Page) head(w int) (list kit.Lines) {
	t := p.env.Theme
	air := p.h >= airyFrom
	before, digits, after := p.parts(int64(p.amount))
	can := p.env.Text.F("cashout.can_go", "Amount", p.money(p.ground.movable))
	held := p.env.Text.F("cashout.held", "Amount", p.money(p.ground.held-p.ground.lapsed))
	if p.ground.lapsed > 0 {
		held += " · " + p.env.Text.F("home.lapsed_amount", "Amount", p.money(p.ground.lapsed))
	}
	label := p.env.Text.T("cashout.amount") + "  "
	if w < labelFrom {
		label = ""
	}
	list = append(list, kit.Item{Key: amountKey, Draw: func(s *kit.Sheet) {
		end := s.X() + s.Room()
		s.Put(t.Quiet, label)
		s.Put(t.Strong, before)
		switch {
		case p.amount > 0 && p.typing && p.anew:
			s.Put(t.Chosen, digits)
		case p.amount > 0 || !p.typing:
			s.Put(t.Strong, digits)
		}
		s.Put(t.Strong, after)
		if !p.known() || p.ground.err != nil {
			return
		}
		switch facts := can + " · " + held; {
		case s.Room() >= kit.Width(facts)+2:
			s.Right(t.Quiet, facts, end)
		case s.Room() >= kit.Width(can)+2:
			s.Right(t.Quiet, can, end)
		}
	}})
	list = append(list, p.underline())
	if note := p.note(); note != "" {
		list = append(list, kit.Paragraph(t.Warn, note, min(w, readable))...)
	}
	table := p.table(w)
	if len(table) > 0 && air {
		list = append(list, kit.Gap())
	}
	list = append(list, table...)
	if air || len(table) == 0 {
		list = append(list, kit.Gap())
	}
	return list
}

const amountKey = "amount"

// underline is the line that the amount stands on: how much of what can go it is.
func (p *Page) underline() kit.Item {
	t := p.env.Theme
	part, whole, ink := int64(p.amount), p.ground.movable, t.Bar
	if part > whole {
		ink = t.Warn
	}
	if p.env.Hidden || p.pre.short > 0 { // its length would tell the amount
		part = 0
	}
	return kit.Item{Key: amountKey, Draw: func(s *kit.Sheet) { s.Meter(ink, t.Faint, part, whole, s.Room()) }}
}

// note is what has to be said of the amount itself.
func (p *Page) note() string {
	text, pre := p.env.Text, &p.pre
	switch {
	case p.bid != nil && p.quoting.Slow():
		return text.T("cashout.asking")
	case !p.known() || pre.err != nil || p.amount == 0:
		return ""
	case pre.short > 0:
		return text.F("cashout.short", "Held", p.money(p.ground.held), "Short", p.money(pre.short))
	case pre.out != nil && len(pre.options) == 0:
		return text.T("cashout.no_way")
	case int64(p.amount) > p.ground.movable:
		return text.F("cashout.beyond", "Amount", p.money(int64(p.amount)-p.ground.movable))
	}
	return ""
}

// place finds where the cursor belongs: behind the digits of the amount, or of
// the row that is being filled.
func (p *Page) place() {
	x, y := -1, -1
	switch {
	case !p.Typing():
	case p.filling:
		x, y = p.rowCaret()
	default:
		y = -p.lower.Top
		if p.top != nil {
			y = 0
		}
		before, digits, _ := p.parts(int64(p.amount))
		if p.amount == 0 {
			digits = ""
		}
		x = p.lower.X + kit.Width(before) + kit.Width(digits)
		if p.lower.W >= labelFrom {
			x += kit.Width(p.env.Text.T("cashout.amount")) + 2
		}
	}
	if x >= 0 && x < p.w && y >= 0 && y < p.h {
		p.field = [2]int{x, y}
	}
}

// shown reports whether there is anything but a failure or a wait to show.
func (p *Page) shown() bool { return p.wallet != nil && (p.limits != nil || p.knowErr != nil) }

func (p *Page) draw() string {
	e := p.env
	switch {
	case p.wallet == nil && p.holdErr != nil:
		return kit.Frame(kit.Failed(e, p.holdErr, "r", p.w, p.h), p.w, p.h)
	case !p.shown():
		l := &p.holding
		if p.wallet != nil {
			l = &p.knowing
		}
		return kit.Frame(kit.Loading(e, l, p.w, p.h), p.w, p.h)
	case p.empty() && p.bid.over():
		return kit.Frame(kit.Empty(e, e.Text.T("cashout.empty"), e.Text.T("cashout.empty_hint"), p.w-2, p.h), p.w, p.h)
	}
	s, t := &p.sheet, e.Theme
	s.Start(p.w, p.h)
	key := p.lit()
	foot := min(p.h-len(p.foot), len(p.top)+len(p.lower.Items)) // close below what it is about
	for y := range p.h {
		switch at := y - foot; {
		case at >= len(p.foot) && len(p.foot) > 0:
		case y < len(p.top):
			s.Row(p.lower.X, p.lower.W, p.over(p.top[y].Key, key), p.top[y].Draw)
		case at >= 0 && len(p.foot) > 0:
			s.Row(p.lower.X, p.lower.W, nil, p.foot[at].Draw)
		default:
			p.lower.Row(s, t, y-len(p.top), p.room(), key)
		}
		if p.side.W > 0 {
			p.side.Row(s, t, y, p.h, key)
		}
		s.Newline()
	}
	return s.String()
}

// lit is the key of the row that has the keys.
func (p *Page) lit() string {
	switch {
	case !p.bid.over():
		return ""
	case p.panel == onSplit && !p.filling:
		return p.rowKey()
	case p.typing || p.panel != onPath:
		return ""
	default:
		return optionKey(p.chosen())
	}
}

func (p *Page) over(key, lit string) *kit.Ink {
	if key != "" && key == lit {
		return &p.env.Theme.Chosen
	}
	return nil
}
