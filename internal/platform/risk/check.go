package risk

import (
	"fmt"

	"jandon/internal/act"
)

// actions are all kinds of acts; a policy must speak of each.
var actions = []act.Action{
	act.Cashout, act.AddDestination, act.AddDevice, act.ChangePIN, act.LowerLevel, act.Resume, act.SetRecovery, act.AddAuthenticator, act.SetAuto,
}

// wrong says what is wrong with a policy; "" if nothing is. Slopes must not
// fall, or more money could score less.
func (w *Policy) wrong() string {
	switch {
	case w.Version == "" || w.Source == "" || w.From.Year == 0:
		return "version, source and from are missing"
	case !w.Currency.Valid():
		return "currency is missing"
	case w.Bands.Code < 1 || w.Bands.PIN <= w.Bands.Code || w.Bands.Review <= w.Bands.PIN:
		return "bands do not rise"
	case len(w.Pace) != windows:
		return fmt.Sprintf("there are %d windows of pace, not %d", len(w.Pace), windows)
	case w.Small.Act < 0 || w.Small.Day < w.Small.Act || w.Small.Times < 0:
		return "small acts are not within their day"
	case w.Amount.SpreadLeast <= 0 || w.Amount.SpreadBefore <= 0 || w.Amount.History <= 0 || w.Amount.Little < 0:
		return "amount needs spreads and a history above zero"
	case w.Amount.Rate <= 0 || w.Amount.Rate > 1 || w.Amount.Clip <= 0:
		return "amount.rate is not above 0 and at most 1, or clip not above 0"
	case w.Hour.Fade <= 0 || w.Hour.Fade > 1:
		return "hour.fade is not above 0 and at most 1"
	case w.Wrong.Minutes <= 0:
		return "wrong.minutes is not above 0"
	case min(w.Novelty.Device, w.Novelty.Network, w.Novelty.Payee, w.Novelty.Rail) < 0:
		return "novelty has negative points"
	}
	for _, y := range []youth{w.Novelty.YoungDevice, w.Novelty.YoungPayee, w.Novelty.YoungAccount} {
		if y.Points < 0 || y.Hours <= 0 {
			return "youth needs points and hours"
		}
	}
	slopes := []slope{w.Amount.slope, w.Day, w.Hour.slope, w.Wrong.slope}
	for _, x := range w.Pace {
		slopes = append(slopes, x.slope)
		if x.Minutes <= 0 || x.Usual < 1 {
			return "a window of pace needs minutes, and a usual number of 1 or more"
		}
	}
	for _, s := range slopes {
		if s.Per < 0 || s.Most < 0 {
			return "points that fall are no points"
		}
	}
	for _, a := range actions {
		if r := w.Actions[a]; rank(r.Floor) < 0 || rank(r.Most) < rank(r.Floor) {
			return fmt.Sprintf("action %s needs a floor and a most", a)
		}
	}
	if len(w.Actions) != len(actions) {
		return "there are actions that nobody knows"
	}
	r := w.Rules
	if min(r.YoungDeviceHours, r.YoungDeviceMost, r.DestinationMinutes, r.WaitMinutes, r.ReviewMinutes, r.ReleasedHours, r.PauseHours, r.LearnHours, r.MarkDays) < 1 || r.ReviewRefuses <= w.Bands.Review {
		return "a rule has no number, or reviews that begin are refused"
	}
	if wrong := w.Auto.wrong(); wrong != "" {
		return wrong
	}
	return w.wrongTiers()
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
