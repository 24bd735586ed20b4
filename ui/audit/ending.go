package audit

import (
	"cmp"
	"context"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/history"
	"jandon/internal/review"
	"jandon/ui/kit"
)

// Ended says that a mandate was cancelled; its message is kit.Answer[Ended].
type Ended struct{ Merchant string }

// offEnd is why a series can't be cancelled from here; "" if it can.
func (p *detailPage) offEnd(x *review.Series) string {
	switch {
	case p.cancel == nil || x.Mandate == nil:
		return "subscriptions.key.no_mandate"
	case !x.Mandate.Canceled.IsZero():
		return "subscriptions.key.ended"
	case p.change.Busy():
		return "subscriptions.key.ending"
	}
	return ""
}

// askEnd asks before nothing more is charged. It starts on No.
func (p *detailPage) askEnd(x *review.Series) tea.Cmd {
	if p.offEnd(x) != "" {
		return nil
	}
	p.ending = x.Mandate.ID
	p.Cols.Reset()
	p.arrange()
	return p.guard.Show()
}

func (p *detailPage) endKeys() []kit.Binding {
	return p.guard.Answers(kit.Binding{Intent: doEndYes, Label: "subscriptions.key.end_yes"}, kit.Binding{Intent: doEndNo, Label: "subscriptions.key.end_no"})
}

// Asking reports whether a question waits for its answer.
func (p *detailPage) Asking() bool { return p.ending != "" }

// end cancels the mandate that was asked about.
func (p *detailPage) end(ctx context.Context) tea.Cmd {
	s := p.series()
	if s == nil || s.Mandate == nil || s.Mandate.ID != p.ending || !p.guard.Armed() {
		return nil
	}
	p.ending = ""
	p.guard.Drop()
	p.arrange()
	cancel, id, name := p.cancel, s.Mandate.ID, s.Merchant
	return kit.Make(ctx, &p.change, p.env, func(ctx context.Context) (Ended, error) {
		return Ended{name}, cancel.CancelMandate(ctx, id)
	}, saidEnd)
}

// hasEnded says what came of it, and has the copy learn of it.
func (p *detailPage) hasEnded(a kit.Answer[Ended]) tea.Cmd {
	switch {
	case !kit.Made(&p.change, a):
		return nil
	case a.Err != nil:
		return tea.Batch(kit.Request(kit.Refresh{}), kit.Request(kit.Notice{Level: kit.Failure, Err: a.Err}))
	}
	return tea.Batch(kit.Request(kit.Refresh{}), kit.Request(kit.Notice{Level: kit.Good, Text: saidEnd(p.env, a.Value)}))
}

func saidEnd(env *kit.Env, e Ended) string {
	return env.Text.F("subscriptions.said_end", "Name", e.Merchant)
}

// endQuestion is what is asked before a mandate is cancelled.
func (p *detailPage) endQuestion(x *review.Series, w int) kit.Lines {
	t, text := p.env.Theme, p.env.Text
	list := kit.Paragraph(t.Warn, text.F("subscriptions.end_ask", "Name", x.Merchant), w)
	return append(list, kit.Paragraph(t.Text, text.F("subscriptions.end_hint", "Issuer", p.issuer(x.Mandate.Issuer)), w)...)
}

// issuer is an issuer by name, or by its id while that is all that is known.
func (p *detailPage) issuer(id string) string {
	if c := p.contact; c != nil && c.Issuer.ID == id {
		return cmp.Or(c.Issuer.Name, id)
	}
	return id
}

// endHere says that a mandate can be cancelled from here.
func (p *detailPage) endHere(w int) kit.Lines {
	s := p.series()
	if s == nil || p.offEnd(s) != "" {
		return nil
	}
	return kit.Paragraph(p.env.Theme.Accent, p.env.Text.T("subscriptions.end_here"), w)
}

// trial is until when it cost nothing, as the platform has it.
func (p *detailPage) trial(x *review.Series) string {
	if x.Mandate == nil || x.Mandate.Trial.IsZero() {
		return ""
	}
	return p.env.DayYear(history.DayOf(x.Mandate.Trial, p.env.Zone))
}

// endedOn is when its mandate was cancelled.
func (p *detailPage) endedOn(x *review.Series) string {
	if x.Mandate == nil || x.Mandate.Canceled.IsZero() {
		return ""
	}
	return p.env.Moment(x.Mandate.Canceled)
}
