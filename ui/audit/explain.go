package audit

import (
	"strings"

	engine "jandon/internal/audit"
	"jandon/internal/history"
	"jandon/internal/review"
	"jandon/ui/kit"
)

// sureness is how sure a finding is, in a word.
func sureness(env *kit.Env, s *review.Series) string {
	if s.Sure() && !s.Maybe {
		return env.Text.T("subscriptions.sure")
	}
	return env.Text.T("subscriptions.probable")
}

// explain is a reason as a sentence.
func explain(env *kit.Env, a amounts, s *review.Series, r review.Reason) string {
	day := env.DayYear(r.Day)
	switch r.Why {
	case review.Rise:
		more := int64(float64(r.To-r.From)*s.Cadence.PerYear() + 0.5)
		return env.Text.F("subscriptions.explain_rise", "From", a.of(r.From), "To", a.of(r.To), "Percent", percent(r.From, r.To), "Day", day, "Year", a.of(more))
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
		}
		return env.Text.F("subscriptions.explain_overlap", "Name", what, "Others", strings.Join(r.With, ", "), "Year", a.of(r.Annual))
	case review.Doubtful:
		return env.Text.T("subscriptions.explain_doubtful")
	default:
		return env.Text.F("subscriptions.explain_new", "Day", day)
	}
}

// decided is what was said of a finding; empty if nothing was.
func decided(env *kit.Env, d review.Decision, today history.Day) string {
	day := env.DayYear(history.DayOf(d.At, env.Zone))
	switch {
	case d.Verdict == engine.Keep:
		return env.Text.F("subscriptions.is_kept", "Day", day)
	case d.Verdict == engine.NotSubscription:
		return env.Text.F("subscriptions.is_not", "Day", day)
	case d.Verdict == engine.Snooze && d.Until > today:
		return env.Text.F("subscriptions.is_snoozed", "Day", env.DayYear(d.Until))
	}
	return ""
}

// why is the evidence of a finding, in sentences that can be checked.
func (p *detailPage) why(list []engine.Evidence) []string {
	says := make([]string, len(list))
	for i := range list {
		says[i] = list[i].Say(p.env.Text, p.amounts().of)
	}
	return says
}

// bullets are sentences one below the other.
func bullets(t *kit.Theme, says []string, w int) (list kit.Lines) {
	for _, say := range says {
		for i, line := range kit.Wrap(say, max(w-2, 8)) {
			mark := "· "
			if i > 0 {
				mark = "  "
			}
			list = append(list, kit.Item{Draw: func(s *kit.Sheet) {
				s.Put(t.Faint, mark)
				s.Put(t.Text, line)
			}})
		}
	}
	return list
}
