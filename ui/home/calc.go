package home

import (
	"slices"

	"jandon/internal/history"
	"jandon/internal/wallet"
)

// lapsing is what expires within a month, the earliest first, and the sums of
// what does in the next 7 and 30 days.
func (p *Page) lapsing() (lots []wallet.Lot, in7, in30 int64) {
	for _, l := range p.held.Wallet.Lots {
		if l.Expires.IsZero() || l.Expired(p.env.Now) || l.Amount.Currency != p.figures.currency {
			continue
		}
		days := history.DayOf(l.Expires, p.env.Zone) - p.env.Today()
		if days > ahead {
			continue
		}
		lots, in30 = append(lots, l), in30+l.Amount.Minor
		if days <= soon {
			in7 += l.Amount.Minor
		}
	}
	slices.SortFunc(lots, wallet.CompareLots)
	return lots, in7, in30
}

// comparison is the week shown beside the one before and the usual one.
type comparison struct {
	spent, last, usual         int64
	partial, hasLast, hasUsual bool
}

// comparison sums the week before up to the same weekday while this week runs;
// the usual week is the median of the last paceWeeks whole weeks.
func (p *Page) comparison() comparison {
	s := p.spent
	c := comparison{spent: p.now().Spent, partial: s.Today < s.Week.Sunday()}
	c.hasLast = s.Span.First < s.Week.Monday && len(s.Days) == 14
	if c.hasLast {
		for _, d := range s.Days[:7] {
			if !c.partial || d.Day+7 <= s.Today {
				c.last += d.Spent
			}
		}
	}
	return c
}
