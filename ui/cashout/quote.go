package cashout

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/valuepath"
	"jandon/ui/kit"
)

// stage is how far a quote has come.
type stage uint8

const (
	wanted   stage = iota // asked for; the preview is on the screen meanwhile
	offered               // shown, with the question
	expired               // its time is over, or the platform says that it holds no more
	starting              // the act is being begun
	unknown               // the answer was lost: it is being found out
)

// bid is a quote from the moment it is asked for.
type bid struct {
	stage  stage
	ask    act.Ask
	goal   valuepath.Goal
	hand   bool
	quote  act.Quote
	offer  int
	before *valuepath.Plan // what was shown before it: the preview, or the quote that expired
	anew   bool            // before is a quote's

	left  time.Duration // when it was shown
	from  time.Time     // this device's instant of that
	tied  bool          // from is exact
	run   int           // of its seconds
	err   *fault.Error  // why the act could not be begun
	tries int           // to find out what became of it
	yes   bool          // was said, and waits for the PIN
}

// over reports whether the preview has the screen.
func (b *bid) over() bool { return b == nil || b.stage == wanted }

// plan is the offer that is shown.
func (b *bid) plan() *valuepath.Plan { return &b.quote.Offers[b.offer].Plan }

// outdated reports whether the quote holds no more although its time is not over.
func (b *bid) outdated() bool { return b.err != nil && b.err.Code == fault.QuoteOutdated }

// Second is a tick of the countdown of one quote.
type Second struct{ Run int }

// Check says that it is time to ask again what became of an act.
type Check struct{ Run int }

// checkEvery is how long to wait between two questions about a lost answer:
// often enough for a person who looks on, seldom enough for a platform in trouble.
const checkEvery = 5 * time.Second

// seek asks for a quote of the chosen option.
func (p *Page) seek(ctx context.Context) tea.Cmd {
	o := p.option()
	if o == nil {
		return nil
	}
	shown := *o.plan
	p.bid = &bid{
		ask:  act.Ask{Amount: p.whole(), Amounts: p.asked(o), Without: p.left(), To: p.wantedOf(o.plan)},
		goal: p.goal, hand: o.hand, before: &shown,
	}
	return p.send(ctx)
}

// again asks anew for what a quote was asked for whose time is over.
func (p *Page) again(ctx context.Context) tea.Cmd {
	old := p.bid
	shown := *old.plan()
	p.bid = &bid{ask: old.ask, goal: old.goal, hand: old.hand, before: &shown, anew: true, run: old.run, stage: expired, quote: old.quote, offer: old.offer}
	return p.send(ctx)
}

// send asks the platform; the answer to an older question will not be taken.
// An answer is looked at where it comes in: in a replay, whose figures are
// others than were typed, it was.
func (p *Page) send(ctx context.Context) tea.Cmd {
	p.refusal = nil
	source, asked, url := p.source, *p.bid, p.env.Source
	return kit.Ask(ctx, &p.quoting, func(ctx context.Context) (act.Quote, error) {
		q, err := source.Quote(ctx, asked.ask)
		if err != nil {
			return q, err
		}
		if n := asked.pick(&q); n < 0 || !sound(&q, &q.Offers[n], &asked) {
			return act.Quote{}, fault.New(fault.BadAnswer, "url", url, "detail", "quote")
		}
		return q, nil
	})
}

// pick is the number of the offer that was asked for; -1 if there is none.
func (b *bid) pick(q *act.Quote) int {
	if b.hand && len(q.Offers) > 0 {
		return 0
	}
	return q.For(b.goal)
}

// changed drops a quote that is not for what is asked any more, and works the
// preview out anew.
func (p *Page) changed() {
	p.quoting.Drop()
	p.bid, p.refusal = nil, nil
	p.foresee()
}

// quoted takes a quote.
func (p *Page) quoted(a kit.Answer[act.Quote]) tea.Cmd {
	if !kit.Take(&p.quoting, a) || p.bid == nil {
		return nil
	}
	b := p.bid
	offer, err := b.pick(&a.Value), a.Err
	if err == nil && offer < 0 {
		err = fault.New(fault.BadAnswer, "url", p.env.Source, "detail", "quote")
	}
	if err != nil {
		p.bid, p.refusal = nil, err
		return nil
	}
	b.stage, b.quote, b.offer, b.err = offered, a.Value, offer, nil
	b.left, b.from, b.tied = a.Value.Expires.Sub(a.Value.At), p.env.Now, false
	b.run++
	p.lower.Top = 0
	return tea.Batch(p.guard.Show(), p.tick())
}

// sound reports whether an offer is for what was asked, and adds up.
func sound(q *act.Quote, o *act.Offer, b *bid) bool {
	plan := &o.Plan
	legs, fees := int64(0), int64(0)
	for i := range plan.Legs {
		l := &plan.Legs[i]
		if l.Net.Minor != l.Amount.Minor-l.Fee.Minor || l.Net.Minor <= 0 {
			return false
		}
		legs += l.Amount.Minor
		fees += l.Fee.Minor
	}
	return q.Amount == b.ask.Amount && plan.Amount == b.ask.Amount && fees == plan.Fees.Minor && legs+plan.Rest.Minor == plan.Amount.Minor &&
		plan.Value.Minor+plan.Given.Minor+plan.Fees.Minor+plan.Rest.Minor == plan.Amount.Minor && legs > 0 && len(o.Payees) == len(plan.Legs)
}

func (p *Page) tick() tea.Cmd {
	return kit.Request(kit.Wait{For: time.Second, Then: Second{p.bid.run}})
}

// second goes on with the countdown.
func (p *Page) second(m Second) tea.Cmd {
	b := p.bid
	if b == nil || m.Run != b.run || b.stage != offered {
		return nil
	}
	if !b.tied { // the shell's time was up to a minute old when the quote came
		b.from, b.tied = p.env.Now.Add(-time.Second), true
	}
	p.count()
	switch {
	case b.stage != offered:
		return nil
	case !p.guard.Armed(): // it came back on the screen since
		return tea.Batch(p.guard.Show(), p.tick())
	}
	return p.tick()
}

// count ends a quote whose time is over.
func (p *Page) count() {
	if b := p.bid; b != nil && b.stage == offered && p.remains() <= 0 {
		b.stage = expired
		p.guard.Drop()
	}
}

// remains is the time that a quote is still good for. Only this device's own
// clock runs here, from when the quote came: how it differs from the
// platform's does not matter.
func (p *Page) remains() time.Duration {
	b := p.bid
	return max(b.left-max(p.env.Now.Sub(b.from), 0), 0)
}

// start begins the act. Leaving does not cancel it.
func (p *Page) start(ctx context.Context) tea.Cmd {
	b := p.bid
	if b == nil || b.stage != offered || p.env.Hidden || p.starting.Busy() {
		return nil
	}
	if !p.guard.Armed() { // typed ahead
		return p.guard.Show()
	}
	return p.begin(ctx)
}

// begin begins what was said yes to, while its quote is good.
func (p *Page) begin(ctx context.Context) tea.Cmd {
	b := p.bid
	b.yes = false
	if p.count(); b.stage != offered {
		return nil
	}
	b.stage, b.err = starting, nil
	p.guard.Drop()
	source, quote, offer := p.source, b.quote, b.offer
	return kit.Ask(context.WithoutCancel(ctx), &p.starting, func(ctx context.Context) (act.Act, error) { return source.Start(ctx, quote, offer) })
}

// hesitate takes a yes back that waited for the PIN.
func (p *Page) hesitate() {
	if p.bid != nil {
		p.bid.yes = false
	}
}

// started takes what became of beginning the act.
func (p *Page) started(ctx context.Context, a kit.Answer[act.Act]) tea.Cmd {
	if !kit.Take(&p.starting, a) || p.bid == nil {
		return nil
	}
	b := p.bid
	if a.Err == nil {
		return p.done(&a.Value)
	}
	switch b.err = a.Err; a.Err.Code {
	case fault.UnknownOutcome, fault.Canceled, fault.QuoteUsed: // used, but by which act was not heard
		b.stage = unknown
		return p.check(ctx)
	case fault.QuoteExpired, fault.QuoteOutdated:
		b.stage = expired
		return nil
	default: // nothing was moved: the quote is still good for its time
		b.stage = offered
		if a.Err.Code == fault.StepUpRequired { // the shell asks for the PIN, and then it goes on
			b.err, b.yes = nil, true
		}
		if p.count(); b.stage != offered {
			return nil
		}
		b.run++
		return tea.Batch(p.guard.Show(), p.tick())
	}
}

// done leads to what confirms the act; the draft has become it.
func (p *Page) done(a *act.Act) tea.Cmd {
	p.begun, p.bid = a, nil
	p.amount, p.hand, p.bad, p.byHand, p.panel, p.typing = 0, nil, nil, false, onPath, true
	p.foresee()
	return tea.Batch(kit.Request(kit.Changed{}), kit.Request(kit.Visit{Page: pageConfirm, Arg: a.ID}))
}

// check asks what became of an act whose answer was lost.
func (p *Page) check(ctx context.Context) tea.Cmd {
	if p.checking.Busy() {
		return nil
	}
	return kit.Ask(context.WithoutCancel(ctx), &p.checking, p.source.Recover)
}

// checked takes what became of it. Nothing is said until it is known.
func (p *Page) checked(a kit.Answer[[]act.Act]) tea.Cmd {
	if !kit.Take(&p.checking, a) || p.bid == nil || p.bid.stage != unknown {
		return nil
	}
	b := p.bid
	for i := range a.Value { // also where not all could be found
		if a.Value[i].Quote == b.quote.ID {
			return p.done(&a.Value[i])
		}
	}
	if a.Err != nil {
		b.err = a.Err
		b.tries++
		b.run++
		return kit.Request(kit.Wait{For: checkEvery, Then: Check{b.run}})
	}
	p.bid = nil // it never began: the draft is as it was
	return tea.Batch(kit.Request(kit.Changed{}), kit.Request(kit.Notice{Level: kit.Warning, Text: p.env.Text.T("cashout.never_began")}))
}
