// Package finding says in words and marks what an audit found. The pages that
// show findings share it, so that one thing is said in one way.
package finding

import (
	"fmt"
	"strconv"
	"strings"

	"jandon/internal/audit"
	"jandon/internal/money"
	"jandon/internal/review"
	"jandon/ui/kit"
)

// Words speak of findings in one currency.
type Words struct {
	Env      *kit.Env
	Currency money.Currency
}

// Amount writes minor units, or their mask.
func (w Words) Amount(minor int64) string { return w.Env.Amount(money.Of(minor, w.Currency)) }

// Cadence is how often a series comes.
func (w Words) Cadence(c audit.Cadence) string {
	return w.Env.Text.T("subscriptions.cadence." + c.String())
}

// Status says how a series stands.
func (w Words) Status(s *review.Series) string {
	return w.Env.Text.T("subscriptions.status." + string(s.Status))
}

// Price is what a series costs each time.
func (w Words) Price(s *review.Series) string {
	id := "subscriptions.each"
	if s.Kind == audit.Usage {
		id = "subscriptions.about"
	}
	return w.Env.Text.F(id, "Amount", w.Amount(s.Amount), "Cadence", w.Cadence(s.Cadence))
}

// Year is an amount a year.
func (w Words) Year(minor int64) string {
	return w.Env.Text.F("subscriptions.a_year", "Amount", w.Amount(minor))
}

// Next says when a series comes again, or how it stands if it does not.
func (w Words) Next(s *review.Series) string {
	switch {
	case s.Status == audit.Trial && s.HasNext:
		return w.Env.Text.F("subscriptions.free_until", "Day", w.Env.Day(s.Next))
	case s.Running() && s.HasNext:
		return w.Env.Until(s.Next)
	default:
		return w.Status(s)
	}
}

// Due is when a series comes again and how sure that is, in full.
func (w Words) Due(s *review.Series) string {
	if !s.HasNext {
		return w.Env.Text.T("subscriptions.no_next")
	}
	return w.Env.Text.F("subscriptions.next_sure", "Day", w.Env.DayYear(s.Next), "Until", w.Env.Until(s.Next), "Percent", s.NextSure)
}

// Sure says how sure a finding is.
func (w Words) Sure(s *review.Series) string {
	if s.Sure() && !s.Maybe {
		return w.Env.Text.T("subscriptions.sure")
	}
	return w.Env.Text.T("subscriptions.probable")
}

// Reason is why something is worth a look, in a word or two.
func (w Words) Reason(r review.Reason) string {
	word := w.Env.Text.T("subscriptions.why." + string(r.Why))
	if r.Why == review.Rise {
		return strings.TrimSpace(word + " " + Percent(r.From, r.To))
	}
	return word
}

// Ink is how grave a reason is.
func (w Words) Ink(r review.Reason) kit.Ink {
	switch r.Why {
	case review.Twice, review.Trial, review.Silent:
		return w.Env.Theme.Warn
	case review.Rise:
		return w.Env.Theme.Cost
	default:
		return w.Env.Theme.Text
	}
}

// Evidence is why we think so, in sentences that can be checked.
func (w Words) Evidence(list []audit.Evidence) []string {
	says := make([]string, len(list))
	for i := range list {
		says[i] = list[i].Say(w.Env.Text, w.Amount)
	}
	return says
}

// Percent is by how much a price moved, with its sign; empty if it hardly did.
func Percent(from, to int64) string {
	if from <= 0 {
		return ""
	}
	share := 100 * (float64(to) - float64(from)) / float64(from)
	switch {
	case share >= 0.5:
		return "+" + strconv.Itoa(int(share+0.5)) + "%"
	case share <= -0.5:
		return "-" + strconv.Itoa(int(0.5-share)) + "%"
	}
	return ""
}

// Clock is the time of day of a charge; empty if only its date is known.
func Clock(c *review.Charge) string {
	if c.Second < 0 {
		return ""
	}
	return fmt.Sprintf("%02d:%02d", c.Second/3600, c.Second/60%60)
}
