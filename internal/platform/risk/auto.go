package risk

import (
	"slices"
	"time"

	"jandon/internal/act"
	"jandon/internal/valuepath"
)

// autos are the rules of automatic cash-outs.
type autos struct {
	Source   string             `toml:"source"`
	Tier     string             `toml:"tier"`
	Acts     int                `toml:"acts"`
	Days     int                `toml:"days"`
	Times    float64            `toml:"times"`
	Share    float64            `toml:"share"`
	FeeShare float64            `toml:"fee_share"`
	Need     act.Need           `toml:"need"`
	Hour     int                `toml:"hour"`
	Notice   int                `toml:"notice"`
	Natures  []valuepath.Nature `toml:"natures"`
}

func (a *autos) wrong() string {
	switch {
	case a.Source == "":
		return "auto has no source"
	case a.tier() == valuepath.TierNew:
		return "auto.tier is no tier that is earned"
	case a.Acts < 1 || a.Days < 1 || a.Times < 1:
		return "auto asks for no pattern, or gives less than it"
	case a.Share <= 0 || a.Share > 1 || a.FeeShare <= 0 || a.FeeShare >= 1:
		return "auto has shares of more than all, or of nothing"
	case rank(a.Need) < 0 || rank(a.Need) >= rank(act.NeedPIN):
		return "auto would pass by what needs the PIN"
	case a.Hour < 0 || a.Hour > 23 || a.Notice < 1:
		return "auto has no hour, or gives no notice"
	case len(a.Natures) == 0 || slices.Contains(a.Natures, valuepath.Gift) || slices.Contains(a.Natures, valuepath.Source):
		return "auto gives away, or goes nowhere"
	}
	return ""
}

func (a *autos) tier() valuepath.Tier {
	for _, t := range tiers {
		if t.String() == a.Tier {
			return t
		}
	}
	return valuepath.TierNew
}

// Steady is the pattern that makes a payee one to whom value may go by itself:
// so many cash-outs that arrived since an instant.
func (w *Policy) Steady(at time.Time) (acts int, since time.Time) {
	return w.Auto.Acts, at.AddDate(0, 0, -w.Auto.Days)
}

// AutoTier is the least tier that may have an automatic cash-out.
func (w *Policy) AutoTier() valuepath.Tier { return w.Auto.tier() }

// AutoOver reports whether value may go over a rail by itself.
func (w *Policy) AutoOver(r *valuepath.Rail) bool { return slices.Contains(w.Auto.Natures, r.Nature) }

// AutoMost is the highest ceiling over a rail for a tier to whom at most an
// amount went at a time, in minor units and whole units of the rail.
func (w *Policy) AutoMost(r *valuepath.Rail, t valuepath.Tier, largest int64) int64 {
	limit := float64(min(r.Limit(t).Act, w.Step(t).Act)) * w.Auto.Share
	most := int64(min(float64(largest)*w.Auto.Times, limit))
	if most -= most % r.Unit; most < r.Min {
		return 0
	}
	return most
}

// AutoDear reports whether a fee is too much of what leaves for that to go by itself.
func (w *Policy) AutoDear(amount, fee int64) bool {
	return float64(fee) > float64(amount)*w.Auto.FeeShare
}

// AutoGoes reports whether an act that needs this may go by itself: the person
// has confirmed it beforehand, but nothing unusual.
func (w *Policy) AutoGoes(n act.Need) bool { return rank(n) >= 0 && rank(n) <= rank(w.Auto.Need) }

// AutoNotice is how long before it goes the person is told.
func (w *Policy) AutoNotice() time.Duration { return time.Duration(w.Auto.Notice) * time.Hour }

// AutoAfter is the first instant later than t at which it goes.
func (w *Policy) AutoAfter(e act.Every, t time.Time) time.Time {
	return e.After(t, w.Auto.Hour, w.Zone).UTC()
}
