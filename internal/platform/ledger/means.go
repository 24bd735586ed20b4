package ledger

import (
	"time"

	"jandon/internal/act"
	"jandon/internal/valuepath"
)

// means are what the planner needs to know of a person beside the lots.
func means(r reader, owner int64, at time.Time) (act.Means, error) {
	book, err := valuepath.Shipped()
	if err != nil {
		return act.Means{}, err
	}
	pins, err := pinned(r, owner)
	return act.Means{At: at, Pinned: pins, Version: book.Version, Zone: "Asia/Seoul"}, err
}

// payees are the linked destinations that can be used now, by Rail.ID.
func payees(reader, int64, time.Time) (map[string]act.Payee, error) { return nil, nil }

// assess refuses what is over a limit, and decides what an act with its legs
// needs, why, and until when it waits: Need, Reasons and Until.
func (b *book) assess(a *act.Act) error {
	a.Need, a.Until = act.NeedCode, a.Made.Add(10*time.Minute)
	return nil
}
