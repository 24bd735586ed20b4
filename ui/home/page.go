package home

import (
	"context"
	"net/url"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/ui/kit"
)

// Page is the home page.
type Page struct {
	kit.Body
	env    *kit.Env
	source Source
	opts   Options

	holding, spending kit.Latest
	asking            kit.Latest // for what waits
	waits             int        // acts to be confirmed
	held              *Held      // nil until the first answer
	spent             *Spent
	heldErr, spentErr *fault.Error
	asked             history.Day // the day that was last read for
	figures           figures

	bar      int    // the chosen week of the strip, 0 the oldest
	lot      string // the lot shown in place of the overview
	before   string // the line chosen before that
	expanded bool   // all expiring lots are listed
}

// New makes the page; nothing is read before Init.
func New(env *kit.Env, source Source, opts Options) *Page {
	if opts.Concentration <= 0 {
		opts.Concentration = DefaultConcentration
	}
	return &Page{
		env: env, source: source, opts: opts,
		holding: kit.Latest{Name: "home.held"}, spending: kit.Latest{Name: "home.spent"}, asking: kit.Latest{Name: "home.waiting"},
	}
}

// Init reads for a visit; what was read before stays on the screen meanwhile.
func (p *Page) Init(ctx context.Context) tea.Cmd { return p.read(ctx) }

// Update takes a message.
func (p *Page) Update(ctx context.Context, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case kit.Do:
		return p.do(ctx, msg.Intent)
	case kit.Answer[Held]:
		if kit.Take(&p.holding, msg) {
			p.takeHeld(msg)
		}
	case kit.Answer[Spent]:
		if kit.Take(&p.spending, msg) {
			p.takeSpent(msg)
		}
	case kit.Answer[Waiting]:
		if kit.Take(&p.asking, msg) && msg.Err == nil { // without the platform nothing is said
			p.waits = msg.Value.Acts
			p.arrange()
		}
	case kit.Slow:
		if p.holding.Late(msg) || p.spending.Late(msg) {
			p.arrange()
		}
	case kit.Changed:
		return p.read(ctx)
	case kit.Redraw:
		p.arrange()
		if p.asked != p.env.Today() {
			return p.read(ctx)
		}
	case kit.Click:
		return p.click(msg.X, msg.Y)
	}
	return nil
}

func (p *Page) takeHeld(a kit.Answer[Held]) {
	if p.heldErr = a.Err; a.Err == nil {
		p.held, p.figures = &a.Value, figuresOf(a.Value.Wallet)
	}
	p.arrange()
}

func (p *Page) takeSpent(a kit.Answer[Spent]) {
	if p.spentErr = a.Err; a.Err == nil {
		p.spent, p.bar = &a.Value, max(len(a.Value.Weeks)-1, 0)
	}
	p.arrange()
}

// Resize sets the size of the body.
func (p *Page) Resize(w, h int) {
	p.Body.Resize(w, h)
	p.arrange()
}

// View is the body.
func (p *Page) View() string {
	reading, err := &p.holding, (*fault.Error)(nil)
	if p.spending.Slow() {
		reading = &p.spending
	}
	if p.heldErr != nil && p.spentErr != nil {
		err = p.heldErr
	}
	var empty func(w, h int) []string
	if p.empty() && p.heldErr == nil && p.spentErr == nil {
		empty = p.welcome
	}
	some := p.held != nil || p.spent != nil || err == nil && (p.heldErr != nil || p.spentErr != nil) // the rest says what is missing
	return p.Body.View(p.env, reading, some, err, empty)
}

// currency is the one that sums are in.
func (p *Page) currency() money.Currency {
	if p.held != nil && p.held.Wallet.Currency != "" {
		return p.held.Wallet.Currency
	}
	if p.spent != nil {
		return p.spent.Span.Currency
	}
	return ""
}

func (p *Page) amount(minor int64) string { return p.env.Amount(money.Of(minor, p.currency())) }

// statement reports whether there are lines but never any balances.
func (p *Page) statement() bool {
	return p.held != nil && p.spent != nil && len(p.held.Wallet.Issuers) == 0 && len(p.held.Wallet.Lots) == 0 && p.spent.Span.Lines > 0
}

// empty reports whether there is nothing at all.
func (p *Page) empty() bool {
	return p.held != nil && p.spent != nil && len(p.held.Wallet.Lots) == 0 && p.spent.Span.Lines == 0
}

// to goes to another page; args are pairs that internal/history's page reads as a URL query.
func to(page string, args ...string) func() tea.Cmd {
	v := url.Values{}
	for i := 0; i+1 < len(args); i += 2 {
		v.Add(args[i], args[i+1])
	}
	return func() tea.Cmd { return kit.Request(kit.Visit{Page: page, Arg: v.Encode()}) }
}

var _ kit.Page = (*Page)(nil)
