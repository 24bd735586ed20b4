package finding

import (
	"slices"
	"strings"

	"jandon/internal/audit"
	"jandon/internal/history"
	"jandon/internal/review"
	"jandon/ui/kit"
)

// Explain is a reason as a sentence.
func (w Words) Explain(s *review.Series, r review.Reason) string {
	env, day := w.Env, w.Env.DayYear(r.Day)
	switch r.Why {
	case review.Rise: // of the last year, so that the day needs none
		more := int64(float64(r.To-r.From)*s.Cadence.PerYear() + 0.5)
		return env.Text.F("subscriptions.explain_rise", "From", w.Amount(r.From), "To", w.Amount(r.To),
			"Percent", Percent(r.From, r.To), "Day", env.Day(r.Day), "Year", w.Amount(more))
	case review.Trial:
		if s.HasNext {
			return env.Text.F("subscriptions.explain_trial_until", "Day", env.DayYear(s.Next))
		}
		return env.Text.T("subscriptions.explain_trial")
	case review.Silent:
		return env.Text.F("subscriptions.silent_"+string(r.Occasion), "Day", day)
	case review.Overlap:
		what := s.Merchant
		if r.Category != "" {
			what = env.Category(r.Category)
		} else if !slices.ContainsFunc(r.With, func(name string) bool { return name != what }) {
			return env.Text.N("subscriptions.explain_plans", len(r.With)+1, "Name", what, "Year", w.Amount(r.Annual))
		}
		return env.Text.F("subscriptions.explain_overlap", "Name", what, "Others", strings.Join(r.With, ", "), "Year", w.Amount(r.Annual))
	case review.Forgotten:
		return env.Text.N("subscriptions.explain_forgotten", r.Months)
	case review.Doubtful:
		return env.Text.T("subscriptions.explain_doubtful")
	default:
		return env.Text.F("subscriptions.explain_new", "Day", day)
	}
}

// Decided is what was said of a finding; empty if nothing was.
func (w Words) Decided(d review.Decision, today history.Day) string {
	day := w.Env.DayYear(d.Made)
	switch {
	case d.Verdict == audit.Keep:
		return w.Env.Text.F("subscriptions.is_kept", "Day", day)
	case d.Verdict == audit.NotSubscription:
		return w.Env.Text.F("subscriptions.is_not", "Day", day)
	case d.Verdict == audit.Snooze && d.Until > today:
		return w.Env.Text.F("subscriptions.is_snoozed", "Day", w.Env.DayYear(d.Until))
	}
	return ""
}

// Bullets are sentences one below the other.
func Bullets(t *kit.Theme, says []string, w int) (list kit.Lines) {
	for _, say := range says {
		for i, line := range kit.Wrap(say, max(w-2, 8)) {
			mark := "· "
			if i > 0 {
				mark = "  "
			}
			list = append(list, kit.Item{Draw: func(s *kit.Sheet) {
				s.Put(t.Quiet, mark)
				s.Put(t.Text, line)
			}})
		}
	}
	return list
}
