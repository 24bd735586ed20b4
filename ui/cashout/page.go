package cashout

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
	"jandon/ui/kit"
)

// panel is what stands beside the options.
type panel uint8

const (
	onPath   panel = iota // the chosen path, what stays and what can't go
	onSplit               // amounts by hand, and rails to leave out
	onBroker              // the arithmetic of a broker
)

// Page is the screen.
type Page struct {
	env    *kit.Env
	book   *valuepath.Book
	source Source

	holding, knowing, recalling, paying, quoting, starting, checking kit.Latest

	wallet           *wallet.Wallet
	limits           *act.Limits
	recalled         bool // the limits are those that were kept, and no others were told yet
	zone             *time.Location
	holdErr, knowErr *fault.Error
	foreign          *fault.Error      // that limits are of another catalogue; nil: they are of this one
	linked           []act.Destination // nil: not told

	amount figure
	typing bool   // keys go to the amount
	from   string // the lot that it begins with; "" for none, or not any more
	ground ground
	pre    preview
	goal   valuepath.Goal
	byHand bool
	panel  panel

	hand    map[string]int64 // chosen by hand, by Rail.ID; nil: nothing is
	bad     map[string]valuepath.Verdict
	without map[string]bool   // rails left out
	to      map[string]string // whom a rail pays, where that was chosen: Destination.ID by Rail.ID
	row     int               // of the split, in the catalogue's order
	filling bool              // keys go to the amount of that row
	times   int               // a year, for the broker's arithmetic
	ends    [2]valuepath.BrokerCost

	bid     *bid // a quote that is asked for or shown
	guard   kit.Guard
	refusal *fault.Error // why the platform gave no quote
	begun   *act.Act     // the last act that began here

	anew bool // the amount that has the keys goes with the first digit: it was not begun by typing

	w, h        int
	top, foot   []kit.Item // lines that do not scroll
	lower, side kit.Scroll
	field       [2]int // where the amount's digits end, or nowhere
	sheet       kit.Sheet
	frame       string
	fresh       bool
}

// Init reads for a visit.
func (p *Page) Init(ctx context.Context) tea.Cmd {
	if p.limits != nil {
		return p.read(ctx)
	}
	return tea.Batch(kit.Ask(ctx, &p.recalling, p.kept()), p.read(ctx))
}

func (p *Page) read(ctx context.Context) tea.Cmd {
	return tea.Batch(kit.Ask(ctx, &p.holding, p.source.Wallet), kit.Ask(ctx, &p.knowing, p.means()), kit.Ask(ctx, &p.paying, p.source.Destinations))
}

// means reads what the platform lets a person do. It is looked at here and not
// where it is taken, so that what is wrong with it has an id and is logged as
// any other failure. Plans by another catalogue than the platform's would not
// be those that it makes: such limits come beside the error, for their facts.
func (p *Page) means() func(context.Context) (act.Limits, error) {
	source, have, url := p.source, p.book.Version, p.env.Source
	return func(ctx context.Context) (act.Limits, error) {
		l, err := source.Means(ctx)
		if err != nil && l.At.IsZero() {
			return l, err
		}
		if _, bad := time.LoadLocation(l.Zone); bad != nil {
			return act.Limits{}, fault.Wrap(bad, fault.BadAnswer, "url", url, "detail", "zone")
		}
		if l.Version != have {
			err = fault.Wrap(err, fault.CatalogueDiffers, "want", l.Version, "have", have)
		}
		return l, err
	}
}

// kept reads the limits that were told last, so that a platform that is silent
// keeps nobody waiting for the page. What is wrong with them nobody needs to know.
func (p *Page) kept() func(context.Context) (act.Limits, error) {
	source, have := p.source, p.book.Version
	return func(ctx context.Context) (act.Limits, error) {
		if l, err := source.Kept(ctx); err == nil && l.Version == have {
			return l, nil
		}
		return act.Limits{}, nil
	}
}

// Update takes a message.
func (p *Page) Update(ctx context.Context, msg tea.Msg) tea.Cmd {
	p.fresh = false
	cmd := p.update(ctx, msg)
	p.reckon()
	p.arrange()
	return cmd
}

func (p *Page) update(ctx context.Context, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case kit.Do:
		return p.do(ctx, msg.Intent)
	case tea.KeyPressMsg:
		return p.press(ctx, msg)
	case tea.PasteMsg:
		return p.paste(msg.Content)
	case kit.Click:
		return p.click(ctx, msg.X, msg.Y)
	case kit.Answer[wallet.Wallet]:
		p.held(msg)
	case kit.Answer[act.Limits]:
		p.learned(msg)
	case kit.Answer[[]act.Destination]:
		p.told(msg)
	case kit.Changed:
		return p.read(ctx)
	case kit.Redraw:
		if p.known() {
			p.survey() // hours open and close, and lots expire
		}
		p.count()
	case kit.Slow:
		for _, l := range [...]*kit.Latest{&p.holding, &p.knowing, &p.paying, &p.quoting, &p.starting, &p.checking} {
			l.Late(msg)
		}
	default:
		return p.hear(ctx, msg)
	}
	return nil
}

// held takes what is held now; where it can't be read, what was known stays.
func (p *Page) held(a kit.Answer[wallet.Wallet]) {
	if !kit.Take(&p.holding, a) {
		return
	}
	if p.holdErr = a.Err; a.Err == nil {
		p.wallet = &a.Value
		if l, ok := p.lot(p.from); ok && p.amount == 0 && l.Amount.Currency == p.book.Currency {
			p.amount, p.typing = p.moved(func() figure { return figure(0).add(l.Amount.Minor) }), false
		}
		p.from = ""
		p.survey()
	}
}

// learned takes what the platform lets a person do.
func (p *Page) learned(a kit.Answer[act.Limits]) {
	if kit.Take(&p.recalling, a) {
		p.recall(a.Value)
	}
	if !kit.Take(&p.knowing, a) {
		return
	}
	if p.recalled && a.Err != nil && a.Value.At.IsZero() { // what was kept is no ground against a refusal
		p.limits, p.recalled = nil, false
		p.survey()
	}
	differs := a.Err != nil && a.Err.Code == fault.CatalogueDiffers
	if p.knowErr = a.Err; a.Err != nil && !differs && (a.Value.At.IsZero() || p.limits != nil) {
		return // nothing was told, or nothing newer
	}
	zone, err := time.LoadLocation(a.Value.Zone)
	if err != nil { // only in a file that somebody changed
		return
	}
	p.foreign = nil
	if differs {
		p.foreign = a.Err
	}
	p.limits, p.zone, p.recalled = &a.Value, zone, false
	p.survey()
}

// recall takes limits that were kept, for as long as none are told.
func (p *Page) recall(l act.Limits) {
	zone, err := time.LoadLocation(l.Zone)
	if p.limits != nil || !p.knowing.Busy() || l.At.IsZero() || err != nil {
		return
	}
	p.limits, p.zone, p.recalled = &l, zone, true
	p.survey()
}

// Typing reports whether keys go to an amount.
func (p *Page) Typing() bool {
	return p.bid.over() && p.ready() && (p.typing && p.panel == onPath || p.filling && p.panel == onSplit)
}

// ready reports whether there is a page to type on.
func (p *Page) ready() bool { return !p.empty() && (p.wallet != nil || p.holdErr == nil) }

// empty reports whether it is known that there is nothing to cash out.
func (p *Page) empty() bool { return p.wallet != nil && len(p.wallet.Movable()) == 0 }

// Caret is where the terminal's cursor belongs.
func (p *Page) Caret() (x, y int) { return p.field[0], p.field[1] }

// Asking reports whether a question about value is on the screen.
func (p *Page) Asking() bool { return p.bid != nil && p.bid.stage == offered }

// Resize sets the size of the body. The shell also does when the page comes back.
func (p *Page) Resize(w, h int) {
	if p.Asking() { // the question comes on the screen, perhaps from behind another page or the lock
		p.guard.Drop()
	}
	if w == p.w && h == p.h && p.amount == 0 && p.bid == nil { // the page came back, and there is nothing to choose from yet
		p.typing = true
	}
	p.w, p.h = max(w, 0), max(h, 0)
	p.arrange()
}

// View is the body.
func (p *Page) View() string {
	if !p.fresh {
		p.frame, p.fresh = p.draw(), true
	}
	return p.frame
}
