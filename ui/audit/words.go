package audit

import (
	"strconv"

	engine "jandon/internal/audit"
	"jandon/internal/money"
	"jandon/internal/review"
	"jandon/ui/kit"
)

// cadence is how often a series comes, in a word or two.
func cadence(env *kit.Env, c engine.Cadence) string {
	return env.Text.T("subscriptions.cadence." + c.String())
}

// status says how a series stands.
func status(env *kit.Env, s *review.Series) string {
	return env.Text.T("subscriptions.status." + string(s.Status))
}

// amounts writes sums in one currency.
type amounts struct {
	env      *kit.Env
	currency money.Currency
}

func (a amounts) of(minor int64) string { return a.env.Amount(money.Of(minor, a.currency)) }

// percent is by how much a price rose, with its sign.
func percent(from, to int64) string {
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

// next says when a series comes again, or how it stands if it does not.
func next(env *kit.Env, s *review.Series) string {
	switch {
	case s.Status == engine.Trial && s.HasNext:
		return env.Text.F("subscriptions.free_until", "Day", env.Day(s.Next))
	case s.Running() && s.HasNext:
		return env.Until(s.Next)
	default:
		return status(env, s)
	}
}

// reason is why something is worth a look, in a word or two.
func reason(env *kit.Env, r review.Reason) string {
	word := env.Text.T("subscriptions.why." + string(r.Why))
	if r.Why == review.Rise {
		if p := percent(r.From, r.To); p != "" {
			return word + " " + p
		}
	}
	return word
}

// worth reports whether a reason is told on the list: a beginning alone is for the review.
func worth(r review.Reason) bool { return r.Why != review.New && r.Why != review.Doubtful }
