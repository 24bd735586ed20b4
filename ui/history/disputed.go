package history

import (
	"context"
	"net/url"
	"slices"

	tea "charm.land/bubbletea/v2"

	past "jandon/internal/history"
	"jandon/internal/wallet"
	"jandon/ui/kit"
)

// Disputer knows which charges are disputed. A source that does not know has none.
type Disputer interface {
	Disputes(ctx context.Context) ([]wallet.Dispute, error)
}

func disputesOf(ctx context.Context, from Source) ([]wallet.Dispute, error) {
	if d, ok := from.(Disputer); ok {
		return d.Disputes(ctx)
	}
	return nil, nil
}

// disputeOf is the dispute of a charge; nil if there is none.
func disputeOf(list []wallet.Dispute, id string) *wallet.Dispute {
	if i := slices.IndexFunc(list, func(d wallet.Dispute) bool { return d.Transaction == id }); i >= 0 {
		return &list[i]
	}
	return nil
}

// openDispute disputes the line, or shows its dispute.
const openDispute kit.Intent = "dispute"

// toDispute leads to the dispute of a line, or to where it can be disputed.
func toDispute(id string) tea.Cmd {
	return kit.Request(kit.Visit{Page: "disputes", Arg: url.Values{"tx": {id}}.Encode()})
}

// disputable reports whether there is anything to dispute, or to see of a dispute.
func (p *linePage) disputable() bool {
	return p.data != nil && (p.data.Dispute != nil || p.data.Transaction.Amount.Minor < 0 && p.data.Transaction.Type == wallet.Payment &&
		p.data.Transaction.Status != wallet.Refunded)
}

// disputeKey is the key of it: what it does goes by whether there is one.
func (p *linePage) disputeKey() kit.Binding {
	b := kit.Binding{Intent: openDispute, Keys: []string{"d"}, Label: "history.key.dispute"}
	switch {
	case !p.disputable():
		b.Off, b.Quiet = "history.key.no_dispute", true
	case p.data.Dispute != nil:
		b.Label = "history.key.see_dispute"
	}
	return b
}

// disputed says how far the dispute of the line has come: its state, who has
// to act, and until when.
func (p *linePage) disputed(w int) kit.Lines {
	if p.data.Dispute == nil {
		return nil
	}
	t, env, d := p.leaf.env.Theme, p.leaf.env, p.data.Dispute
	state, ink := string(d.State), t.Warn
	if id := "disputes.state." + state; env.Text.Has(id) {
		state = env.Text.T(id)
	}
	var next string
	id := p.id
	day := func() string { return env.DayYear(past.DayOf(d.Deadline, env.Zone)) }
	switch {
	case d.Over():
		ink, next = t.Quiet, env.DayYear(past.DayOf(d.Ended, env.Zone))
	case d.Next == wallet.TheMerchant:
		next = env.Text.F("disputes.next.merchant", "Day", day())
	default:
		next = env.Text.F("disputes.next.platform", "Day", day())
	}
	list := kit.Lines{
		kit.Heading(t, env.Text.T("history.dispute"), ""),
		{Key: "dispute", Open: func() tea.Cmd { return toDispute(id) }, Draw: func(s *kit.Sheet) { s.Put(ink, state) }},
	}
	return append(list, kit.Tails(kit.Paragraph(t.Quiet, next, w))...)
}
