package disputes

import (
	"jandon/internal/history"
	"jandon/internal/wallet"
	"jandon/ui/kit"
)

// Words say what disputes are about and how far they have come.
type Words struct{ Env *kit.Env }

// word is the word of a kind, or as it came where this version does not know it.
func (w Words) word(prefix, s string) string {
	if id := prefix + s; w.Env.Text.Has(id) {
		return w.Env.Text.T(id)
	}
	return s
}

// Reason is why a charge is disputed.
func (w Words) Reason(r wallet.DisputeReason) string { return w.word("disputes.reason.", string(r)) }

// State is how far a dispute has come, in a word.
func (w Words) State(s wallet.DisputeState) (string, kit.Ink) {
	t := w.Env.Theme
	ink := map[wallet.DisputeState]kit.Ink{
		wallet.DisputeOpen: t.Warn, wallet.DisputeExamined: t.Warn, wallet.DisputeRefunded: t.Gain, wallet.DisputeRefused: t.Cost,
	}
	known, ok := ink[s]
	if !ok {
		known = t.Quiet
	}
	return w.word("disputes.state.", string(s)), known
}

// Step is what happened.
func (w Words) Step(s wallet.DisputeStep) string { return w.word("disputes.step.", string(s.What)) }

// Next is who has to act, and until when; what came of it once nobody has.
func (w Words) Next(d *wallet.Dispute) string {
	text := w.Env.Text
	switch {
	case d.State == wallet.DisputeRefunded:
		return text.T("disputes.ended.refunded")
	case d.State == wallet.DisputeRefused:
		return text.T("disputes.ended.refused")
	case d.State == wallet.DisputeWithdrawn:
		return text.T("disputes.ended.withdrawn")
	case d.Next == wallet.TheMerchant:
		return text.F("disputes.next.merchant", "Day", w.Day(d))
	default:
		return text.F("disputes.next.platform", "Day", w.Day(d))
	}
}

// Day is the last day of who has to act.
func (w Words) Day(d *wallet.Dispute) string {
	if d.Deadline.IsZero() {
		return "?"
	}
	return w.Env.DayYear(history.DayOf(d.Deadline, w.Env.Zone))
}
