package audit

import (
	"cmp"
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	engine "jandon/internal/audit"
	"jandon/internal/fault"
	"jandon/internal/review"
	"jandon/internal/wallet"
	"jandon/ui/kit"
)

// Contact is how to reach who charges, from the last charge.
type Contact struct {
	Line   wallet.Transaction
	Issuer wallet.Issuer
}

// detailPage is one series, or one double charge, with all that is known of it.
type detailPage struct {
	kit.Body
	speaker
	env      *kit.Env
	source   Source
	id       string // of a charge of the series
	key      string // of the double charge
	reading  kit.Latest
	reaching kit.Latest
	data     *review.Findings
	contact  *Contact
	err      *fault.Error
	merging  bool // another series is being chosen
	cancel   Canceler
	ending   string // id of the mandate that a question about cancelling is on
	guard    kit.Guard
	change   kit.Change
	done     string
}

func newDetail(env *kit.Env, source Source, cancel Canceler, id, key string) *detailPage {
	return &detailPage{
		env: env, source: source, cancel: cancel, id: id, key: key,
		guard: kit.Guard{Name: "audit cancel"}, change: kit.Change{Name: "audit cancel"}, reading: kit.Latest{Name: "audit found"}, reaching: kit.Latest{Name: "audit contact"},
		speaker: speaker{env: env, source: source, saying: kit.Latest{Name: "audit said"}},
	}
}

// Init reads for a visit.
func (p *detailPage) Init(ctx context.Context) tea.Cmd { return p.read(ctx) }

func (p *detailPage) read(ctx context.Context) tea.Cmd {
	return kit.Ask(ctx, &p.reading, p.source.Findings)
}

// series is the one that is shown; nil if there is none any more.
func (p *detailPage) series() *review.Series {
	if p.data == nil || p.id == "" {
		return nil
	}
	for _, list := range [][]review.Series{p.data.Series, p.data.Not} {
		for i := range list {
			if slices.ContainsFunc(list[i].Charges, func(c review.Charge) bool { return c.ID == p.id }) {
				return &list[i]
			}
		}
	}
	return nil
}

// double is the pair that is shown; nil if it was answered or is none.
func (p *detailPage) double() *review.Double {
	if p.data == nil {
		return nil
	}
	if i := slices.IndexFunc(p.data.Doubles, func(d review.Double) bool { return d.Key == p.key }); i >= 0 {
		return &p.data.Doubles[i]
	}
	return nil
}

// reach asks how to reach who charges.
func (p *detailPage) reach(ctx context.Context) tea.Cmd {
	id := ""
	if s := p.series(); s != nil {
		id = s.Charges[len(s.Charges)-1].ID
	} else if d := p.double(); d != nil {
		id = d.Second.ID
	}
	if id == "" || p.contact != nil && p.contact.Line.ID == id {
		return nil
	}
	source := p.source
	return kit.Ask(ctx, &p.reaching, func(ctx context.Context) (c Contact, err error) {
		if c.Line, err = source.Transaction(ctx, id); err != nil {
			return c, err
		}
		w, err := source.Wallet(ctx)
		c.Issuer = wallet.Issuer{ID: c.Line.Issuer, Name: c.Line.Issuer}
		if i := slices.IndexFunc(w.Issuers, func(x wallet.Issuer) bool { return x.ID == c.Line.Issuer }); i >= 0 {
			c.Issuer = w.Issuers[i]
		}
		return c, err
	})
}

// Update takes a message.
func (p *detailPage) Update(ctx context.Context, msg tea.Msg) tea.Cmd {
	p.Stale()
	switch msg := msg.(type) {
	case kit.Do:
		return p.do(ctx, msg.Intent)
	case kit.Click:
		return p.Cols.Click(msg.X, msg.Y)
	case kit.Answer[review.Findings]:
		if kit.Take(&p.reading, msg) {
			if p.err = msg.Err; msg.Err == nil {
				p.data = &msg.Value
			}
			p.arrange()
			return p.reach(ctx)
		}
	case kit.Answer[Contact]:
		if kit.Take(&p.reaching, msg) {
			if msg.Err == nil { // without it, the page says that no contact is known
				p.contact = &msg.Value
			}
			p.arrange()
		}
	case kit.Answer[Said]:
		return p.heard(msg, p.done)
	case kit.Answer[Ended]:
		return p.hasEnded(msg)
	case kit.Armed:
		p.guard.Take(msg)
	case kit.Unlocked:
		return p.change.Again(ctx)
	case kit.StayedLocked:
		p.change.Forget()
	case kit.Locked:
		p.ending = "" // has to be asked anew
		p.change.Forget()
		p.arrange()
	case kit.Slow:
		p.reading.Late(msg)
	case kit.Changed:
		return p.read(ctx)
	case kit.Redraw:
		p.arrange()
	}
	return nil
}

// Resize sets the size of the body.
func (p *detailPage) Resize(w, h int) {
	p.Body.Resize(w, h)
	p.arrange()
}

// View is the body.
func (p *detailPage) View() string {
	return p.Body.View(p.env, &p.reading, p.data != nil, p.err, nil)
}

// who is what the page is about, by name.
func (p *detailPage) who() string {
	if s := p.series(); s != nil {
		return s.Merchant
	}
	if d := p.double(); d != nil {
		return d.First.Merchant
	}
	return ""
}

// Keys lists what can be done now.
func (p *detailPage) Keys() []kit.Binding {
	label := "subscriptions.key.see"
	if p.merging {
		label = "subscriptions.key.same"
	}
	if p.ending != "" {
		return p.endKeys()
	}
	list := []kit.Binding{p.Cols.Enter(label, "subscriptions.key.nothing_chosen")}
	if p.merging {
		return append(append(list, kit.Binding{Intent: kit.Back, Keys: []string{"esc"}, Label: "subscriptions.key.no_merge"}), kit.Moves(true)...)
	}
	act := func(what kit.Intent, key, label, off string) {
		list = append(list, kit.Binding{Intent: what, Keys: []string{key}, Label: label, Off: off})
	}
	switch s, d := p.series(), p.double(); {
	case s != nil:
		kept, not, merge := "", "", ""
		if s.Decision.Verdict == engine.Keep && len(s.Reasons) == 0 {
			kept = "subscriptions.key.kept"
		}
		if s.Decision.Verdict == engine.NotSubscription {
			not = "subscriptions.key.is_not"
		}
		if len(p.data.Series) < 2 {
			merge = "subscriptions.key.alone"
		}
		act(doKeep, "k", "subscriptions.key.keep", kept)
		act(doNot, "n", "subscriptions.key.not", not)
		act(doSnooze, "s", "subscriptions.key.snooze", "")
		act(doMerge, "m", "subscriptions.key.merge", merge)
		act(doEnd, "x", "subscriptions.key.end", p.offEnd(s))
		act(doDispute, "d", "subscriptions.key.dispute", "")
	case d != nil:
		act(doDispute, "d", "subscriptions.key.dispute_second", "")
		act(doMine, "b", "subscriptions.key.mine", "")
		act(doSnooze, "s", "subscriptions.key.snooze", "")
	}
	return append(append(list,
		kit.Binding{Intent: doUndo, Keys: []string{"u"}, Label: "subscriptions.key.undo", Quiet: p.data == nil || !undoes(p.data, p.env), Off: offUndo(p.data, p.env)},
		kit.Binding{Intent: kit.Retry, Keys: []string{"r"}, Label: "subscriptions.key.read", Quiet: p.err == nil},
	), kit.Moves(false)...)
}

func (p *detailPage) do(ctx context.Context, what kit.Intent) tea.Cmd {
	s, d := p.series(), p.double()
	switch {
	case what == doKeep && s != nil:
		return p.decide(ctx, s.Decide(engine.Keep), p.env.Text.F("subscriptions.said_keep", "Name", s.Merchant))
	case what == doNot && s != nil:
		return p.decide(ctx, s.Decide(engine.NotSubscription), p.env.Text.F("subscriptions.said_not", "Name", s.Merchant))
	case what == doMine && d != nil:
		return p.decide(ctx, d.Decide(engine.BothMine), p.env.Text.T("subscriptions.said_mine"))
	case what == doSnooze && (s != nil || d != nil):
		return p.snooze(ctx, s, d)
	case what == doMerge && s != nil:
		p.merging = true
		p.Cols.Reset()
		p.arrange()
	case what == doEnd && s != nil:
		return p.askEnd(s)
	case what == doDispute && s != nil: // the latest charge
		return to("disputes", "tx", s.Charges[len(s.Charges)-1].ID)()
	case what == doDispute && d != nil: // the one too many
		return to("disputes", "tx", d.Second.ID)()
	case what == doEndYes:
		return p.end(ctx)
	case what == doEndNo:
		p.ending = ""
		p.arrange()
	case what == kit.Back:
		p.merging = false
		p.Cols.Reset()
		p.arrange()
	case what == doUndo:
		return p.undo(ctx)
	case what == kit.Retry:
		return p.read(ctx)
	default:
		cmd, _ := p.Cols.Do(what)
		return cmd
	}
	return nil
}

func (p *detailPage) decide(ctx context.Context, d review.Decision, done string) tea.Cmd {
	p.done, d.Made = done, p.data.Today
	return p.say(ctx, d)
}

// snooze puts a finding off for a week; again, for two, and then for a month.
func (p *detailPage) snooze(ctx context.Context, s *review.Series, d *review.Double) tea.Cmd {
	var put, before review.Decision
	if s != nil {
		put, before = s.Decide(engine.Snooze), s.Decision
	} else {
		put = d.Decide(engine.Snooze)
	}
	put.Until = review.Snoozed(p.data.Today, before)
	return p.decide(ctx, put,
		p.env.Text.F("subscriptions.said_snooze", "Day", p.env.Day(put.Until), "Name", p.who()))
}

// same says that another series is this one.
func (p *detailPage) same(other *review.Series) func() tea.Cmd {
	return func() tea.Cmd {
		s := p.series()
		if s == nil {
			return nil
		}
		p.merging = false
		p.Cols.Reset()
		p.arrange()
		return p.decide(context.Background(), s.MergeWith(other), p.env.Text.F("subscriptions.said_merge", "Name", s.Merchant, "Other", other.Merchant))
	}
}

// contacts are the ways to reach who charges; empty if none is known.
func (p *detailPage) contacts() (merchant, issuer string) {
	if p.contact == nil {
		return "", ""
	}
	return p.contact.Line.Contact, cmp.Or(p.contact.Issuer.Name, p.contact.Issuer.ID)
}
