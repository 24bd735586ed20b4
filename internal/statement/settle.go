package statement

import (
	"context"

	"jandon/internal/history"
	"jandon/internal/money"
)

// settle reads the file once more, to look for the partners of its doubts, and
// decides what became of each.
func (f *File) settle(ctx context.Context, c *collector) error {
	j := c.signs.judge(c.res.Detected.Sign, f.o.Rules)
	n := &c.signs
	minus := j.second[unsaid]
	if n.vague+n.outs > n.neutral {
		minus = j.second[vague]
	}
	var p *partners
	f.settled = &settled{minus: minus} // no fates yet
	if _, err := f.run(ctx, func() sink { p = newPartners(c.doubts.list, j, minus, f.o); return p }); err != nil {
		return err
	}
	f.settled = p.decide()
	return nil
}

// partners looks for the partner of each doubt among the other lines.
type partners struct {
	judgement
	minus    bool // purchases have a minus
	calendar *history.Calendar
	doubts   []doubt

	bought, back pairing // of what is marked as cancelled: its purchase, and what gave the money back
	posted       waiting // of what is only approved
}

func newPartners(list []doubt, j judgement, minus bool, o Options) *partners {
	p := &partners{judgement: j, minus: minus, calendar: history.NewCalendar(o.Zone), doubts: list}
	p.bought, p.back, p.posted = newPairing(len(list)), newPairing(len(list)), newWaiting(len(list))
	for i := range list {
		d := &list[i]
		switch o := j.of(d.hinge, d.outcomes[0], d.outcomes[1]); {
		case !d.undone:
			p.posted.put(i, d, o)
		case outward(d.minor, d.signed, minus):
			p.bought.put(i, d, p.day(d.at.UnixMilli()))
			p.back.put(i, d, -p.day(d.at.UnixMilli()))
		}
	}
	p.bought.sort()
	p.back.sort()
	return p
}

func (p *partners) day(ms int64) int { return int(p.calendar.Day(ms)) }

// take hears a line: it may be what was cancelled, what gave money back, or
// what was only approved before.
func (p *partners) take(c *collector, s *said) {
	h := s.hinge()
	c.signs.count(s, h)
	first, second := s.outcomes(h)
	o := p.of(h, first, second)
	if s.verdict.undone && outward(s.minor, s.signed, p.minus) {
		return // a doubt itself
	}
	switch day := p.day(s.at.UnixMilli()); {
	case o.minor > 0:
		p.back.look(s, -day)
	case o.minor < 0 && o.typ.Spends():
		p.bought.look(s, day)
	}
	if !s.doubtful() {
		p.posted.look(s, o, p.day)
	}
}

// decide judges the file's habit. Where cancellations are lines of their own,
// one without its purchase cancels one that stands before the file. Where they
// are not, what is marked never came about; an equal purchase before it is
// another one then, unless the approval number says that it is not.
func (p *partners) decide() *settled {
	t := &settled{minus: p.minus, fates: map[int]fate{}}
	pairs, alone := 0, 0
	for i := range p.doubts {
		switch d := &p.doubts[i]; {
		case !d.undone || !outward(d.minor, d.signed, p.minus) || p.back.found[i] != none:
		case p.bought.found[i] != none && !d.signed:
			pairs++
		default:
			alone++
		}
	}
	switch {
	case pairs > 0 && pairs >= alone:
		t.rest = counts
	case pairs == 0 && alone == 1:
		t.rest = unsure
	default:
		t.rest = voided
	}
	for i := range p.doubts {
		d, f := &p.doubts[i], counts
		switch {
		case !d.undone:
			switch {
			case p.posted.joined(i):
				f = twice
			case p.posted.torn(i):
				f = maybeTwice
			}
		case !outward(d.minor, d.signed, p.minus):
		case p.back.found[i] != none:
			f = bought
		case p.bought.found[i] != numbered || d.signed:
			f = t.rest
		}
		t.fates[d.n] = f
	}
	return t
}

// spot is where lines stand that could be partners.
type spot struct {
	merchant, number digest
	numbered         bool
	currency         money.Currency
	minor            int64
}
