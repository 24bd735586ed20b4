package confirm

import (
	"fmt"
	"strings"
	"time"

	"jandon/internal/act"
	"jandon/internal/money"
	"jandon/ui/kit"
	"jandon/ui/kit/acting"
)

const (
	widest    = 84 // payees stay near their amounts
	tinyBelow = 60
	shortOnes = 16 // bodies of fewer lines spare their gaps
	tiniest   = 8  // and of fewer than these, rules
	termsFrom = 26 // terms with the reasons and the PIN below them
	hurry     = 20 * time.Second
)

func (p *page) words() acting.Words { return acting.Words{Env: p.env} }

// arrange works the lines out anew.
func (p *page) arrange() {
	p.fresh = false
	margin, top := 2, p.scroll.Top
	if p.w < tinyBelow {
		margin = 1
	}
	p.scroll = kit.Scroll{X: margin, W: max(min(p.w-margin-2, widest), 0)} // with room for the mark that there is more
	p.head, p.foot = nil, nil
	if p.w <= 0 || p.h <= 0 {
		return
	}
	w := p.scroll.W
	switch p.stage {
	case asked:
		why := "confirm.why_code"
		if p.wantsPIN() {
			why = "confirm.why_pin"
		}
		p.head = p.title(w)
		parts := []kit.Lines{p.receipt(w), p.reasons(w, why), p.care(w), p.origin(w)}
		if p.sumsLast() {
			parts = append(parts[1:], parts[0])
		}
		p.scroll.Add(parts...)
	case again:
		p.scroll.Add(p.about(), p.said(w, p.env.Theme.Warn, p.ended(), p.env.Text.T("confirm.nothing_moved")))
	case writing:
		p.scroll.Add(p.about(), p.said(w, p.env.Theme.Strong, p.env.Text.T("confirm.writing"), p.env.Text.T("confirm.may_leave")))
	case unknown:
		p.scroll.Add(p.about(), p.said(w, p.env.Theme.Warn, p.env.Text.T("confirm.unknown"), p.env.Text.T("confirm.unknown_hint")))
	case unheard:
		p.scroll.Add(p.about(), p.said(w, p.env.Theme.Warn, p.env.Text.T("confirm.unheard"), p.env.Text.T("confirm.unheard_hint")))
	case refused:
		p.scroll.Add(p.about(), p.refusal(w))
	case reviewed:
		p.scroll.Add(p.about(), p.review(w), p.reasons(w, "confirm.why_review"))
	case followed:
		p.scroll.Add(p.outcome(w), p.proof(w))
		p.scroll.Add(p.words().Legs(p.act, w, nil), p.ahead(w))
	case reading:
	}
	p.footing(w)
	room := p.room()
	p.scroll.Top = top
	p.scroll.Clamp(room)
	if p.stage == asked && !p.env.Hidden && !p.seen && room > 0 && p.scroll.Top+room >= len(p.scroll.Items) {
		p.seen = true
		p.footing(w)
		p.scroll.Top = len(p.scroll.Items) // the end stays in sight
		p.scroll.Clamp(p.room())
	}
	p.caret[1] = len(p.head) + p.room() + p.digits
}

// room is how many lines the part that scrolls has; where all of it fits, the
// answer stands right below it.
func (p *page) room() int { return max(min(p.h-len(p.head)-len(p.foot), len(p.scroll.Items)), 0) }

func (p *page) short() bool { return p.h < shortOnes }

// sumsLast reports whether there is so little room that the sums stand last:
// they are what is in sight where the answer is given.
func (p *page) sumsLast() bool { return p.short() || p.q.Auto != nil && p.h < termsFrom }

func (p *page) draw() string {
	e := p.env
	if p.stage == reading {
		wait := &p.reading
		if p.asking.Busy() {
			wait = &p.asking
		}
		return kit.Frame(kit.Loading(e, wait, p.w, p.h), p.w, p.h)
	}
	s := &p.sheet
	s.Start(p.w, p.h)
	fixed := func(lines kit.Lines) {
		for i := range lines {
			s.Row(p.scroll.X, p.scroll.W, nil, lines[i].Draw)
			s.Newline()
		}
	}
	fixed(p.head)
	room := p.room()
	for y := range room {
		p.scroll.Row(s, e.Theme, y, room, "")
		s.Newline()
	}
	fixed(p.foot)
	return s.String()
}

// title says what is asked, and how long.
func (p *page) title(w int) kit.Lines {
	t, text := p.env.Theme, p.env.Text
	title := text.F("confirm.question", "Act", p.words().Action(p.q.Action))
	left := p.left()
	clock, ink := text.F("confirm.left", "Time", fmt.Sprintf("%d:%02d", int(left/time.Minute), int(left%time.Minute/time.Second))), t.Quiet
	if left <= hurry {
		ink = t.Warn
	}
	if kit.Width(title)+2+kit.Width(clock) > w {
		title = p.words().Action(p.q.Action)
	}
	list := kit.Lines{{Draw: func(s *kit.Sheet) {
		end := s.X() + s.Room()
		s.PutIn(t.Strong, title, s.Room()-kit.Width(clock)-2)
		s.Right(ink, clock, end)
	}}}
	if !p.short() {
		list = append(list, kit.Gap())
	}
	return list
}

// receipt is who gets what, the fee and the sum, one below the other as on a
// receipt; an act that moves no value has only what it is about.
func (p *page) receipt(w int) kit.Lines {
	t, text, q := p.env.Theme, p.env.Text, p.q
	if q.Auto != nil {
		return p.terms(w)
	}
	if q.Amount.Currency == "" {
		list := kit.Paragraph(t.Quiet, text.T("confirm.no_value"), w)
		for _, part := range q.Parts {
			list = append(list, p.payee(part.Payee, w)...)
		}
		if id := "rail.name." + q.Quote; q.Action == act.AddDestination && text.Has(id) {
			list = append(list, kit.Paragraph(t.Text, text.F("confirm.way", "Rail", text.T(id)), w)...)
		}
		return list
	}
	amounts := kit.Width(p.env.Amount(q.Amount))
	for _, part := range q.Parts {
		amounts = max(amounts, kit.Width(p.env.Amount(part.Amount)))
	}
	var list kit.Lines
	row := func(a money.Amount, ink kit.Ink, what kit.Lines) {
		amount := p.env.Amount(a)
		for i := range what {
			draw, first := what[i].Draw, i == 0
			list = append(list, kit.Item{Draw: func(s *kit.Sheet) {
				left := s.X()
				if first {
					s.Right(ink, amount, left+amounts)
				}
				s.To(left + amounts + 3)
				draw(s)
			}})
		}
	}
	room := w - amounts - 3
	for _, part := range q.Parts {
		row(part.Amount, t.Text, p.payee(part.Payee, room))
	}
	fee := "confirm.fee"
	if q.Fee.IsZero() {
		fee = "confirm.no_fee"
	}
	row(q.Fee, t.Quiet, kit.Paragraph(t.Quiet, text.T(fee), room))
	list = append(list, kit.Item{Draw: func(s *kit.Sheet) { s.Repeat(t.Faint, "─", amounts) }})
	row(q.Amount, t.Strong, kit.Paragraph(t.Strong, text.T("confirm.total"), room))
	return list
}

// terms are what would leave by itself from then on: those whose digest stands
// in the bytes, to whom the bytes name.
func (p *page) terms(w int) kit.Lines {
	q := p.q
	var to act.Payee
	if len(q.Parts) > 0 {
		to = q.Parts[0].Payee
	}
	made := q.At
	if made.IsZero() {
		made = p.env.Now
	}
	list := kit.Paragraph(p.env.Theme.Quiet, p.env.Text.T("confirm.by_itself"), w)
	list = append(list, kit.Facts(p.env.Theme, w, p.words().Terms(*q.Auto, to, made.AddDate(0, 0, act.AutoDays))...)...)
	return append(list, kit.Mixed(p.env, w, to.Name)...)
}

// payee is a name with its short id, and a badge where its letters mislead.
func (p *page) payee(who act.Payee, w int) kit.Lines {
	return append(acting.Payee(p.env.Theme, who.Name, who.ID, w), kit.Mixed(p.env, w, who.Name)...)
}

// origin is whose balance it leaves and who asks, by the challenge's own words.
func (p *page) origin(w int) kit.Lines {
	text, q := p.env.Text, p.q
	return kit.Facts(p.env.Theme, w, text.T("confirm.account"), q.Account, text.T("confirm.server"), q.Server)
}

// why is why a step is asked for.
func (p *page) reasons(w int, title string) kit.Lines {
	t := p.env.Theme
	if p.act == nil || len(p.act.Reasons) == 0 {
		return nil
	}
	list := kit.Lines{kit.Heading(t, p.env.Text.T(title), "")}
	for _, reason := range p.words().Reasons(p.act) {
		for i, line := range kit.Wrap(reason, w-2) {
			mark := "· "
			if i > 0 {
				mark = "  "
			}
			list = append(list, kit.Item{Draw: func(s *kit.Sheet) {
				s.Put(t.Quiet, mark)
				s.Put(t.Text, line)
			}})
		}
	}
	return list
}

// care is what to know before trust is given away.
func (p *page) care(w int) kit.Lines {
	id := "confirm.care." + strings.ReplaceAll(string(p.q.Action), ".", "_")
	if !p.env.Text.Has(id) {
		return nil
	}
	return kit.Paragraph(p.env.Theme.Warn, p.env.Text.T(id), w)
}

// said is a sentence with what it means.
func (p *page) said(w int, ink kit.Ink, say, hint string) kit.Lines {
	list := kit.Paragraph(ink, say, w)
	if hint != "" {
		list = append(list, kit.Paragraph(p.env.Theme.Quiet, hint, w)...)
	}
	return list
}
