package risk

import (
	"fmt"
	"time"

	"jandon/internal/act"
	"jandon/internal/valuepath"
)

// Step is a tier: what it asks for, and what it may move over all rails together.
type Step struct {
	Name     string `toml:"tier"`
	Days     int    `toml:"days"`     // since the person joined
	Acts     int    `toml:"acts"`     // done and undisputed
	Verified bool   `toml:"verified"` // the account has to be
	Act      int64  `toml:"act"`
	Day      int64  `toml:"day"`
}

// Facts are what a tier goes by.
type Facts struct {
	Joined   time.Time
	Acts     int // that moved value, done and undisputed
	Verified bool
	Marked   time.Time // the last dispute, pause or hold; zero: none
}

// tiers are the steps in order; the policy must have each.
var tiers = []valuepath.Tier{valuepath.TierNew, valuepath.TierSettled, valuepath.TierTrusted, valuepath.TierVerified}

func (w *Policy) wrongTiers() string {
	if len(w.Tiers) != len(tiers) {
		return fmt.Sprintf("there are %d tiers, not %d", len(w.Tiers), len(tiers))
	}
	for i, s := range w.Tiers {
		switch {
		case s.Name != tiers[i].String():
			return fmt.Sprintf("tier %d is %q, not %q", i, s.Name, tiers[i])
		case s.Act <= 0 || s.Day < s.Act:
			return fmt.Sprintf("tier %s moves less in a day than at once", s.Name)
		case i == 0 && (s.Days > 0 || s.Acts > 0 || s.Verified):
			return "the first tier asks for something"
		case i > 0 && (s.Days < w.Tiers[i-1].Days || s.Acts < w.Tiers[i-1].Acts || s.Act < w.Tiers[i-1].Act || s.Day < w.Tiers[i-1].Day):
			return fmt.Sprintf("tier %s asks or moves less than the one before", s.Name)
		}
	}
	return ""
}

// Step is what a tier asks and moves.
func (w *Policy) Step(t valuepath.Tier) Step { return w.Tiers[min(int(t), len(w.Tiers)-1)] }

// Tier is the highest whose conditions a person meets, one less while a
// dispute, pause or hold is fresh.
func (w *Policy) Tier(f Facts, at time.Time) valuepath.Tier {
	earned := w.earned(f, at)
	if w.Marked(f, at) && earned > valuepath.TierNew {
		return earned - 1
	}
	return earned
}

// Marked reports whether a dispute, pause or hold still counts.
func (w *Policy) Marked(f Facts, at time.Time) bool {
	return !f.Marked.IsZero() && at.Before(f.Marked.Add(w.MarkTime()))
}

// Dropped is until when a tier is less for that; zero if it is not.
func (w *Policy) Dropped(f Facts, at time.Time) time.Time {
	if !w.Marked(f, at) || w.Tier(f, at) == w.earned(f, at) {
		return time.Time{}
	}
	return f.Marked.Add(w.MarkTime())
}

func (w *Policy) earned(f Facts, at time.Time) valuepath.Tier {
	best := valuepath.TierNew
	for _, t := range tiers {
		if s := w.Step(t); wholeDays(f.Joined, at) < s.Days || f.Acts < s.Acts || s.Verified && !f.Verified {
			break
		}
		best = t
	}
	return best
}

// Floor is the least level that a person may have.
func (w *Policy) Floor(f Facts, at time.Time) act.Level {
	if w.Marked(f, at) {
		return act.LevelCareful
	}
	return act.LevelStandard
}

// Next is what the tier above asks, and what there is of it; nil at the top.
// While a tier is dropped, the days are those since what dropped it.
func (w *Policy) Next(f Facts, at time.Time) *act.NextTier {
	now := w.Tier(f, at)
	if int(now)+1 >= len(tiers) {
		return nil
	}
	s := w.Step(now + 1)
	n := &act.NextTier{
		Tier: now + 1, Days: s.Days, HaveDays: wholeDays(f.Joined, at), Acts: s.Acts, HaveActs: f.Acts, Verified: s.Verified,
	}
	if w.Marked(f, at) {
		n.Days, n.HaveDays = int(w.Rules.MarkDays), wholeDays(f.Marked, at)
	}
	if n.HaveDays < n.Days {
		n.Missing = append(n.Missing, "days")
	}
	if n.HaveActs < n.Acts {
		n.Missing = append(n.Missing, "acts")
	}
	if s.Verified && !f.Verified {
		n.Missing = append(n.Missing, "verified")
	}
	return n
}

// wholeDays are those from an instant to another; 0 if it is unknown or later.
func wholeDays(from, to time.Time) int {
	if from.IsZero() || to.Before(from) {
		return 0
	}
	return int(to.Sub(from) / (24 * time.Hour))
}
