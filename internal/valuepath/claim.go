package valuepath

import (
	"slices"
	"time"

	"jandon/internal/wallet"
)

// late reports whether the rail is for lots that lapsed.
func (r *Rail) late() bool {
	return slices.ContainsFunc(r.needs, func(n Rule) bool { return n.Expired })
}

// Late are the origins whose lots can still be asked for once they lapsed, and
// for how many years after receipt at most.
func (b *Book) Late() (origins []string, years int) {
	for i := range b.Rails {
		r := &b.Rails[i]
		if !r.late() {
			continue
		}
		for _, o := range r.Origins {
			if !slices.Contains(origins, o) {
				origins = append(origins, o)
			}
		}
		for _, n := range r.needs {
			years = max(years, n.Years)
		}
	}
	return origins, years
}

// Claim is what can still be asked for of a lot that lapsed, by the rail that
// gives back most of it, whoever asks: until when, and which share.
func (b *Book) Claim(lot wallet.Lot, at time.Time) (c wallet.Claim, ok bool) {
	if !lot.Expired(at) {
		return c, false
	}
	for i := range b.Rails {
		r := &b.Rails[i]
		if code, _, _ := b.judge(&lot, r, at); code != OK || !r.late() {
			continue
		}
		if share := wholeBP - r.Fee.BP; !ok || share > c.ShareBP {
			c, ok = wallet.Claim{Lot: lot, Until: r.until(&lot), ShareBP: share}, true
		}
	}
	return c, ok
}

// until is when the first of the rail's rules no longer takes a lot.
func (r *Rail) until(l *wallet.Lot) (first time.Time) {
	for i := range r.needs {
		n := &r.needs[i]
		ends := []time.Time{n.Until}
		if n.Years > 0 {
			ends = append(ends, l.Received.AddDate(n.Years, 0, 0))
		}
		for _, at := range ends {
			if !at.IsZero() && (first.IsZero() || at.Before(first)) {
				first = at
			}
		}
	}
	return first
}
