package acts

import (
	"cmp"
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/wallet"
	"jandon/ui/kit"
	"jandon/ui/kit/acting"
)

// giveUp cancels the act that is shown.
const giveUp kit.Intent = "cancel"

// detailPage is one act with all that is known of it.
type detailPage struct {
	kit.Body
	env     *kit.Env
	source  Source
	id      string
	reading kit.Latest
	naming  kit.Latest
	writing kit.Change
	act     *act.Act
	wallet  *wallet.Wallet
	err     *fault.Error
}

func newDetail(env *kit.Env, source Source, id string) *detailPage {
	return &detailPage{
		env: env, source: source, id: id,
		reading: kit.Latest{Name: "acts act"}, naming: kit.Latest{Name: "acts lots"}, writing: kit.Change{Name: "acts cancel"},
	}
}

// Init reads for a visit.
func (p *detailPage) Init(ctx context.Context) tea.Cmd {
	source := p.source
	return tea.Batch(p.read(ctx), kit.Ask(ctx, &p.naming, source.Wallet))
}

func (p *detailPage) read(ctx context.Context) tea.Cmd {
	source, id := p.source, p.id
	return kit.Ask(ctx, &p.reading, func(ctx context.Context) (act.Act, error) { return source.Act(ctx, id) })
}

// Update takes a message.
func (p *detailPage) Update(ctx context.Context, msg tea.Msg) tea.Cmd {
	p.Stale()
	cmd := p.update(ctx, msg)
	p.arrange()
	return cmd
}

func (p *detailPage) update(ctx context.Context, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case kit.Do:
		return p.do(ctx, msg.Intent)
	case kit.Click:
		return p.Cols.Click(msg.X, msg.Y)
	case kit.Answer[act.Act]:
		return p.take(msg)
	case kit.Answer[wallet.Wallet]:
		if kit.Take(&p.naming, msg) && msg.Err == nil { // without it, lots go by their ids
			p.wallet = &msg.Value
		}
	case kit.Slow:
		p.reading.Late(msg)
	case kit.Locked, kit.StayedLocked:
		p.writing.Forget()
	case kit.Unlocked:
		if again := p.writing.Again(ctx); again != nil {
			return again
		}
		return p.read(ctx)
	case kit.Changed:
		return p.read(ctx)
	case kit.Redraw:
		if p.act != nil && !p.act.State.Final() && !p.reading.Busy() {
			return p.read(ctx)
		}
	}
	return nil
}

// take shows the act as it was read, or as cancelling left it.
func (p *detailPage) take(a kit.Answer[act.Act]) tea.Cmd {
	switch {
	case kit.Take(&p.reading, a):
		if p.err = a.Err; a.Err == nil {
			p.act = &a.Value
		}
	case kit.Made(&p.writing, a) && a.Err != nil:
		return kit.Request(kit.Notice{Level: kit.Failure, Err: a.Err})
	case a.From == p.writing.Name && a.Err == nil:
		p.act = &a.Value
		return tea.Batch(kit.Request(kit.Changed{}), kit.Request(kit.Refresh{}), kit.Request(kit.Notice{Text: said(p.env, a.Value)}))
	}
	return nil
}

// said is what giving up came to, in a sentence.
func said(env *kit.Env, _ act.Act) string { return env.Text.T("acts.canceled") }

// Resize sets the size of the body.
func (p *detailPage) Resize(w, h int) {
	p.Body.Resize(w, h)
	p.arrange()
}

// View is the body.
func (p *detailPage) View() string { return p.Body.View(p.env, &p.reading, p.act != nil, p.err, nil) }

// open reports whether the act can still be given up.
func (p *detailPage) open() bool {
	return p.act != nil && (p.act.State == act.Waiting || p.act.State == act.Review)
}

// Keys lists what can be done now.
func (p *detailPage) Keys() []kit.Binding {
	var list []kit.Binding
	if p.act != nil && (p.act.State == act.Waiting || p.act.State == act.Going || p.act.State == act.Review) {
		label := "acts.key.follow"
		if p.act.State == act.Waiting {
			label = "acts.key.confirm"
		}
		list = append(list, kit.Binding{Intent: kit.Open, Keys: []string{"enter"}, Label: label})
	}
	off := ""
	if !p.open() {
		off = "acts.key.no_cancel"
	}
	return append(append(list,
		kit.Binding{Intent: giveUp, Keys: []string{"x"}, Label: "acts.key.cancel", Off: off, Quiet: off != ""},
		kit.Binding{Intent: kit.Retry, Keys: []string{"r"}, Label: "acts.key.read", Quiet: p.err == nil},
	), p.Cols.Moves(true)...)
}

func (p *detailPage) do(ctx context.Context, what kit.Intent) tea.Cmd {
	switch what {
	case kit.Open:
		if p.act != nil {
			return kit.Request(kit.Visit{Page: "confirm", Arg: p.id})
		}
	case giveUp:
		if p.open() {
			source, id := p.source, p.id
			return kit.Make(ctx, &p.writing, p.env, func(ctx context.Context) (act.Act, error) { return source.Cancel(ctx, id) }, said)
		}
	case kit.Retry:
		return p.read(ctx)
	default:
		cmd, _ := p.Cols.Do(what)
		return cmd
	}
	return nil
}

// arrange works the lines out anew.
func (p *detailPage) arrange() {
	if p.act == nil {
		p.Set()
		return
	}
	col := p.Column(0)
	col.Add(p.head(col.W), p.legs(col.W), p.reasons(col.W), p.facts(col.W))
	p.Set(col)
}

// head is what it was, how much, and how far it has come.
func (p *detailPage) head(w int) kit.Lines {
	t, text, a, words := p.env.Theme, p.env.Text, p.act, acting.Words{Env: p.env}
	title, amount := words.Action(a.Action), ""
	if subject := words.Subject(a); subject != "" {
		title += "  " + subject
	}
	if a.Amount.Currency != "" {
		amount = p.env.Amount(a.Amount)
	}
	state, ink := words.State(a.State)
	if !a.Until.IsZero() && !a.State.Final() {
		state += "  " + text.F("acts.until", "When", p.env.When(a.Until))
	}
	list := kit.Lines{{Draw: func(s *kit.Sheet) {
		end := s.X() + s.Room()
		s.PutIn(t.Strong, title, s.Room()-kit.Width(amount)-2)
		s.Right(t.Strong, amount, end)
	}}, {Draw: func(s *kit.Sheet) { s.Put(ink, state) }}}
	if a.State == act.Waiting {
		list = append(list, kit.Paragraph(t.Quiet, text.T("acts.to_confirm"), w)...)
	}
	return append(list, kit.Trouble(p.env, p.err, w)...)
}

// legs is where it goes, with fees by name and the lots it came from.
func (p *detailPage) legs(w int) kit.Lines {
	if len(p.act.Legs) == 0 {
		return nil
	}
	t, text := p.env.Theme, p.env.Text
	return append(kit.Lines{kit.Heading(t, text.T("acts.legs"), "")}, acting.Words{Env: p.env}.Legs(p.act, w, p.lot)...)
}

// lot is a lot's issuer and kind; one that is used up is no longer listed.
func (p *detailPage) lot(id string) string {
	if p.wallet != nil {
		if i := slices.IndexFunc(p.wallet.Lots, func(l wallet.Lot) bool { return l.ID == id }); i >= 0 {
			l := p.wallet.Lots[i]
			issuer := l.Issuer
			if n := slices.IndexFunc(p.wallet.Issuers, func(x wallet.Issuer) bool { return x.ID == l.Issuer }); n >= 0 {
				issuer = cmp.Or(p.wallet.Issuers[n].Name, issuer)
			}
			return issuer + " · " + p.env.Kind(l.Kind)
		}
	}
	return p.env.Text.T("acts.used_up")
}

func (p *detailPage) reasons(w int) kit.Lines {
	reasons := acting.Words{Env: p.env}.Reasons(p.act)
	if len(reasons) == 0 {
		return nil
	}
	list := kit.Lines{kit.Heading(p.env.Theme, p.env.Text.T("acts.why"), "")}
	for _, reason := range reasons {
		list = append(list, kit.Paragraph(p.env.Theme.Text, reason, w)...)
	}
	return list
}

// facts names the rest.
func (p *detailPage) facts(w int) kit.Lines {
	text, a := p.env.Text, p.act
	need, ended := string(a.Need), ""
	if id := "acts.need." + need; text.Has(id) {
		need = text.T(id)
	}
	if a.Automatic {
		need = text.T("acts.automatic")
	}
	quote := "acts.quote"
	if a.Action == act.SetAuto {
		quote = "acts.terms"
	}
	of := a.Quote
	if id := "rail.name." + of; a.Action == act.AddDestination {
		if quote = "acts.way"; text.Has(id) {
			of = text.T(id)
		}
	}
	if !a.Ended.IsZero() {
		ended = p.env.Moment(a.Ended)
	}
	subject := acting.Words{Env: p.env}.Subject(a)
	if subject != "" && a.Subject.ID != "" {
		subject += "  " + a.Subject.ID
	}
	return append(kit.Lines{kit.Heading(p.env.Theme, text.T("acts.facts"), "")}, kit.Facts(p.env.Theme, w,
		text.T("acts.receipt"), a.Receipt, text.T("acts.about"), subject, text.T("acts.need_label"), need,
		text.T("acts.made"), p.env.Moment(a.Made), text.T("acts.ended"), ended,
		text.T(quote), of, text.T("acts.device"), a.Device, text.T("acts.number"), a.ID)...)
}
