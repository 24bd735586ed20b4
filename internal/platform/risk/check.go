package risk

import (
	"fmt"

	"jandon/internal/act"
)

// actions are all kinds of acts; a policy must speak of each.
var actions = []act.Action{
	act.Cashout, act.AddDestination, act.AddDevice, act.ChangePIN, act.LowerLevel, act.Resume, act.SetRecovery, act.AddAuthenticator,
}

// wrong says what is wrong with a policy; "" if nothing is. Slopes must not
// fall, or more money could score less.
func (p *Policy) wrong() string {
	switch {
	case p.Version == "" || p.Source == "" || p.From.Year == 0:
		return "version, source and from are missing"
	case !p.Currency.Valid():
		return "currency is missing"
	case p.Bands.Code < 1 || p.Bands.PIN <= p.Bands.Code || p.Bands.Review <= p.Bands.PIN:
		return "bands do not rise"
	case len(p.Pace) != windows:
		return fmt.Sprintf("there are %d windows of pace, not %d", len(p.Pace), windows)
	case p.Small.Act < 0 || p.Small.Day < p.Small.Act || p.Small.Times < 0:
		return "small acts are not within their day"
	case p.Amount.SpreadLeast <= 0 || p.Amount.SpreadBefore <= 0 || p.Amount.History <= 0 || p.Amount.Little < 0:
		return "amount needs spreads and a history above zero"
	case p.Amount.Rate <= 0 || p.Amount.Rate > 1 || p.Amount.Clip <= 0:
		return "amount.rate is not above 0 and at most 1, or clip not above 0"
	case p.Hour.Fade <= 0 || p.Hour.Fade > 1:
		return "hour.fade is not above 0 and at most 1"
	case p.Wrong.Minutes <= 0:
		return "wrong.minutes is not above 0"
	case min(p.Novelty.Device, p.Novelty.Network, p.Novelty.Payee, p.Novelty.Rail) < 0:
		return "novelty has negative points"
	}
	for _, y := range []youth{p.Novelty.YoungDevice, p.Novelty.YoungPayee, p.Novelty.YoungAccount} {
		if y.Points < 0 || y.Hours <= 0 {
			return "youth needs points and hours"
		}
	}
	slopes := []slope{p.Amount.slope, p.Day, p.Hour.slope, p.Wrong.slope}
	for _, w := range p.Pace {
		slopes = append(slopes, w.slope)
		if w.Minutes <= 0 || w.Usual < 1 {
			return "a window of pace needs minutes, and a usual number of 1 or more"
		}
	}
	for _, s := range slopes {
		if s.Per < 0 || s.Most < 0 {
			return "points that fall are no points"
		}
	}
	for _, a := range actions {
		if r := p.Actions[a]; rank(r.Floor) < 0 || rank(r.Most) < rank(r.Floor) {
			return fmt.Sprintf("action %s needs a floor and a most", a)
		}
	}
	if len(p.Actions) != len(actions) {
		return "there are actions that nobody knows"
	}
	r := p.Rules
	if min(r.YoungDeviceHours, r.YoungDeviceMost, r.DestinationMinutes, r.WaitMinutes, r.ReviewMinutes, r.ReleasedHours, r.PauseHours, r.LearnHours, r.MarkDays) < 1 || r.ReviewRefuses <= p.Bands.Review {
		return "a rule has no number, or reviews that begin are refused"
	}
	return p.wrongTiers()
}

// needs in order.
var needs = []act.Need{act.NeedNone, act.NeedCode, act.NeedPIN, act.NeedReview}

func rank(n act.Need) int {
	for i, one := range needs {
		if one == n {
			return i
		}
	}
	return -1
}
