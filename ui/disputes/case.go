package disputes

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/dispute"
	"jandon/internal/fault"
	"jandon/internal/wallet"
	"jandon/ui/kit"
)

// The page's own intents.
const (
	doAsk      kit.Intent = "dispute"
	doWithdraw kit.Intent = "withdraw"
	doYes      kit.Intent = "yes"
	doNo       kit.Intent = "no"
	doNote     kit.Intent = "note"
	doNoted    kit.Intent = "noted"
	doLine     kit.Intent = "line"
)

// question is what waits for an answer.
type question uint8

const (
	nothing question = iota
	asking           // to dispute the charge
	withdrawing
)

// casePage is one charge: disputed, to be disputed, or with a letter where
// nobody here can be asked.
type casePage struct {
	kit.Body
	env      *kit.Env
	source   Source
	court    Court
	tx, id   string
	reading  kit.Latest
	change   kit.Change
	guard    kit.Guard
	data     *Case
	err      *fault.Error
	reason   wallet.DisputeReason
	note     kit.Field
	typing   bool
	question question
}

func newCase(env *kit.Env, source Source, court Court, tx, id string) *casePage {
	return &casePage{
		env: env, source: source, court: court, tx: tx, id: id, reading: kit.Latest{Name: "disputes case"},
		change: kit.Change{Name: "disputes change"}, guard: kit.Guard{Name: "disputes question"},
		note: kit.Field{Limit: wallet.LongestNote}, reason: wallet.DisputeReasons()[0],
	}
}

// Init reads for a visit.
func (p *casePage) Init(ctx context.Context) tea.Cmd { return p.again(ctx) }

func (p *casePage) again(ctx context.Context) tea.Cmd {
	source, tx, id := p.source, p.tx, p.id
	return kit.Ask(ctx, &p.reading, func(ctx context.Context) (Case, error) { return readCase(ctx, source, tx, id) })
}

// Update takes a message.
func (p *casePage) Update(ctx context.Context, msg tea.Msg) tea.Cmd {
	p.Stale()
	cmd := p.update(ctx, msg)
	p.arrange()
	return cmd
}

func (p *casePage) update(ctx context.Context, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case kit.Do:
		return p.do(ctx, msg.Intent)
	case tea.KeyPressMsg:
		return p.key(msg)
	case tea.PasteMsg:
		kit.Edit[kit.Noted](p.env, &p.note, msg)
	case kit.Click:
		if p.question == nothing {
			cmd := p.Cols.Click(msg.X, msg.Y)
			p.follow()
			return cmd
		}
	case kit.Answer[Case]:
		if kit.Take(&p.reading, msg) {
			if p.err = msg.Err; msg.Err == nil {
				p.data = &msg.Value
			}
		}
	case kit.Answer[wallet.Dispute]:
		return p.changed(msg)
	case kit.Armed:
		p.guard.Take(msg)
	case kit.Unlocked:
		return p.change.Again(ctx)
	case kit.StayedLocked:
		p.change.Forget()
	case kit.Locked:
		p.question = nothing // has to be asked anew
		p.change.Forget()
	case kit.Slow:
		p.reading.Late(msg)
	case kit.Changed:
		return p.again(ctx)
	}
	return nil
}

// key takes a key press while the note is typed.
func (p *casePage) key(msg tea.KeyPressMsg) tea.Cmd {
	if !p.typing {
		return nil
	}
	switch msg.String() {
	case "enter", "esc", "tab":
		p.typing = false
	default:
		kit.Edit[kit.Noted](p.env, &p.note, msg)
	}
	return nil
}

// Typing reports whether the note is typed.
func (p *casePage) Typing() bool { return p.typing }

// Asking reports whether a question waits for its answer.
func (p *casePage) Asking() bool { return p.question != nothing }

// mode is what the page is for.
type mode uint8

const (
	unknown mode = iota
	disputed
	form
	letter // nobody here can be asked
	none   // there is nothing to dispute
)

// why is why the charge can't be disputed at the platform, an id of the catalogue; "" if it can.
func (p *casePage) why() string {
	if p.data.Line.Seq <= 0 {
		return "disputes.why.file"
	}
	rules, err := dispute.Shipped()
	if err != nil {
		return "disputes.why.no_platform"
	}
	if why := rules.Refuses(p.data.Line, p.env.Now); why != "" {
		return why
	}
	if p.court == nil {
		return "disputes.why.no_platform"
	}
	return ""
}

func (p *casePage) mode() mode {
	switch {
	case p.data == nil:
		return unknown
	case p.data.Dispute != nil:
		return disputed
	case p.data.Line.Amount.Minor >= 0 || !p.data.Line.Type.Spends() || p.data.Line.Status == wallet.Refunded:
		return none
	case p.why() == "":
		return form
	default:
		return letter
	}
}

// Resize sets the size of the body.
func (p *casePage) Resize(w, h int) {
	p.Body.Resize(w, h)
	p.arrange()
}

// View is the body.
func (p *casePage) View() string { return p.Body.View(p.env, &p.reading, p.data != nil, p.err, nil) }

// ask puts a question on the screen. It starts on No.
func (p *casePage) ask(q question) tea.Cmd {
	p.question = q
	p.Cols.Reset()
	return p.guard.Show()
}

// yes does what was asked about.
func (p *casePage) yes(ctx context.Context) tea.Cmd {
	q := p.question
	if !p.guard.Armed() || p.data == nil || p.court == nil {
		return nil
	}
	p.question = nothing
	p.guard.Drop()
	court := p.court
	switch {
	case q == asking:
		ask := wallet.DisputeAsk{Transaction: p.data.Line.ID, Reason: p.reason, Note: p.note.Value()}
		return kit.Make(ctx, &p.change, p.env, func(ctx context.Context) (wallet.Dispute, error) { return court.Dispute(ctx, ask) }, said)
	case q == withdrawing && p.data.Dispute != nil:
		id := p.data.Dispute.ID
		return kit.Make(ctx, &p.change, p.env, func(ctx context.Context) (wallet.Dispute, error) { return court.Withdraw(ctx, id) }, said)
	}
	return nil
}

// changed shows what came of it, and has the copy learn of it.
func (p *casePage) changed(a kit.Answer[wallet.Dispute]) tea.Cmd {
	switch {
	case !kit.Made(&p.change, a):
		return nil
	case a.Err != nil:
		return tea.Batch(kit.Request(kit.Refresh{}), kit.Request(kit.Notice{Level: kit.Failure, Err: a.Err}))
	}
	if p.data != nil {
		c := *p.data
		c.Dispute = &a.Value
		p.data = &c
		p.Cols.Reset()
	}
	return tea.Batch(kit.Request(kit.Refresh{}), kit.Request(kit.Notice{Text: said(p.env, a.Value)}))
}

// said is what a change came to, in a sentence.
func said(env *kit.Env, d wallet.Dispute) string {
	if d.State == wallet.DisputeWithdrawn {
		return env.Text.F("disputes.said.withdrawn", "Name", d.Merchant)
	}
	return env.Text.F("disputes.said.opened", "Name", d.Merchant)
}
