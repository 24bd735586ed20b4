package cashout

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/act"
	"jandon/ui/kit"
)

// The answers that the page gets.
type (
	quoteAnswer = kit.Answer[act.Quote]
	actAnswer   = kit.Answer[act.Act]
	actsAnswer  = kit.Answer[[]act.Act]
)

// do carries out an intent.
func (p *Page) do(ctx context.Context, what kit.Intent) tea.Cmd {
	if what == kit.Retry {
		return p.read(ctx)
	}
	if !p.shown() {
		return nil
	}
	if !p.bid.over() {
		return p.doBid(ctx, what)
	}
	switch p.panel {
	case onSplit:
		return p.doSplit(what)
	case onBroker:
		p.doBroker(what)
		return nil
	}
	switch what {
	case doAll:
		p.set(p.moved(func() figure { return figure(0).add(p.all()) }))
	case doMore:
		p.set(p.moved(func() figure { return p.amount.add(step) }))
	case doLess:
		p.set(p.moved(func() figure { return p.amount.add(-step) }))
	case doClear:
		if p.amount == 0 {
			p.typing = false
		}
		p.set(0)
	case doAccept:
		p.typing = false
	case doAmount:
		p.typing, p.anew = true, true
	case doQuote:
		if p.offQuote() == "" {
			return p.seek(ctx)
		}
	case doSplit:
		if p.pre.out != nil && len(p.rows()) > 0 {
			p.edit()
		}
	case doBroker:
		if p.amount > 0 {
			p.panel, p.typing = onBroker, false
			p.lower.Top, p.side.Top = 0, 0
		}
	case doBest:
		p.best()
	case doPayee:
		if len(p.several()) > 0 {
			p.another()
		}
	case doLink:
		return kit.Request(kit.Visit{Page: pageDestinations, Arg: p.unlinked()})
	case doAuto:
		return kit.Request(kit.Visit{Page: pageAuto})
	case doBegun:
		if p.begun != nil {
			return kit.Request(kit.Visit{Page: pageConfirm, Arg: p.begun.ID})
		}
	default:
		p.move(what)
	}
	return nil
}

// all is as much as can go now; where nothing can, all that is held, so that
// the reasons are told of it.
func (p *Page) all() int64 {
	most, known := p.leeway()
	switch {
	case p.ground.movable == 0:
		return p.ground.held
	case known && most > 0:
		return min(p.ground.movable, most)
	}
	return p.ground.movable
}

// move goes through the options, from the amount above them to the text below.
func (p *Page) move(what kit.Intent) {
	at := p.chosen()
	switch what {
	case kit.Left:
		p.choose(at - 1)
	case kit.Right:
		p.choose(at + 1)
	case kit.Up:
		switch {
		case p.lower.Top > 0 || p.side.Top > 0:
			p.scroll(-1)
		case at > 0 && !p.typing:
			p.choose(at - 1)
		default:
			p.typing, p.anew = true, true
		}
	case kit.Down:
		switch {
		case p.typing:
			p.typing = false
		case at+1 < len(p.pre.options):
			p.choose(at + 1)
		default:
			p.scroll(1)
		}
	default:
		p.turn(what)
	}
}

// turn scrolls by pages.
func (p *Page) turn(what kit.Intent) {
	page := max(p.room()-2, 1)
	switch what {
	case kit.Up:
		p.scroll(-1)
	case kit.Down:
		p.scroll(1)
	case kit.PageUp:
		p.scroll(-page)
	case kit.PageDown:
		p.scroll(page)
	case kit.Top:
		p.scroll(-1 << 20)
	case kit.Bottom:
		p.scroll(1 << 20)
	}
}

// scroll moves what can scroll: both columns, each as far as it goes.
func (p *Page) scroll(by int) {
	p.lower.Top += by
	p.lower.Clamp(p.room())
	p.side.Top += by
	p.side.Clamp(p.h)
}

func (p *Page) doSplit(what kit.Intent) tea.Cmd {
	switch what {
	case doMore:
		p.nudge(1)
	case doLess:
		p.nudge(-1)
	case doFill:
		p.fill()
	case doLeaveOut:
		p.toggle()
	case doBest:
		p.best()
	case doPayee:
		if len(p.several()) > 0 {
			p.another()
		}
	case doAccept:
		p.filling, p.anew = false, false
	case kit.Open:
		p.filling, p.anew = true, true
	case kit.Back:
		p.panel, p.filling, p.anew = onPath, false, false
	case kit.Down, kit.Right:
		p.walk(1)
	case kit.Up, kit.Left:
		p.walk(-1)
	case kit.PageDown, kit.Bottom:
		p.walk(len(p.book.Rails))
	case kit.PageUp, kit.Top:
		p.walk(-len(p.book.Rails))
	}
	return nil
}

func (p *Page) doBroker(what kit.Intent) {
	switch what {
	case kit.Left:
		p.oftener(-1)
	case kit.Right:
		p.oftener(1)
	case kit.Back:
		p.panel = onPath
	default:
		p.turn(what)
	}
}

// doBid answers a quote. Any other key has the question wait anew.
func (p *Page) doBid(ctx context.Context, what kit.Intent) tea.Cmd {
	b := p.bid
	switch {
	case what == doYes && b.stage == offered:
		return p.start(ctx)
	case what == doNo && (b.stage == offered || b.stage == expired):
		p.quoting.Drop()
		p.bid = nil
		p.guard.Drop()
	case what == doAnew && b.stage == expired:
		return p.again(ctx)
	case what == doCheck && b.stage == unknown:
		return p.check(ctx)
	case what == doActs && b.stage == unknown:
		return kit.Request(kit.Visit{Page: pageActs})
	default:
		p.turn(what)
		if b.stage == offered && !p.guard.Armed() {
			return p.guard.Show()
		}
	}
	return nil
}

// click chooses an option, a rail, or the amount; a click on the chosen option
// asks for its quote.
func (p *Page) click(ctx context.Context, x, y int) tea.Cmd {
	key := p.keyAt(x, y)
	if key == "" || !p.bid.over() {
		return nil
	}
	if key == amountKey {
		p.panel, p.typing, p.filling, p.anew = onPath, true, false, !p.typing
		return nil
	}
	for i := range p.pre.options {
		if key != optionKey(i) {
			continue
		}
		if i == p.chosen() && !p.typing && p.panel == onPath && p.offQuote() == "" {
			return p.seek(ctx)
		}
		p.typing = false
		p.choose(i)
		return nil
	}
	for i := range p.book.Rails {
		if p.panel == onSplit && key == "rail/"+p.book.Rails[i].ID {
			p.filling = i == p.row // a click on the chosen one types its amount
			p.row, p.anew = i, p.filling
		}
	}
	return nil
}

// keyAt is the key of the line at a cell of the body.
func (p *Page) keyAt(x, y int) string {
	at := func(s *kit.Scroll, line int) string {
		if line += s.Top; x < s.X-1 || x > s.X+s.W || line < 0 || line >= len(s.Items) {
			return ""
		}
		return s.Items[line].Key
	}
	switch {
	case y < 0 || y >= p.h:
		return ""
	case p.side.W > 0 && x >= p.side.X-1:
		return at(&p.side, y)
	case y < len(p.top):
		if x < p.lower.X-1 || x > p.lower.X+p.lower.W {
			return ""
		}
		return p.top[y].Key
	case y < p.h-len(p.foot):
		return at(&p.lower, y-len(p.top))
	}
	return ""
}
