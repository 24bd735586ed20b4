package review

import (
	"slices"
	"time"

	"jandon/internal/audit"
	"jandon/internal/history"
	"jandon/internal/wallet"
)

// MandatesFor are mandates as an audit takes them: by the charges and days that
// consent was given for and on.
func MandatesFor(held []wallet.Mandate, zone *time.Location) []audit.Mandate {
	list := make([]audit.Mandate, len(held))
	for i, m := range held {
		list[i].First = m.First
		for _, c := range m.Consents {
			list[i].Consents = append(list[i].Consents, audit.Consent{Transaction: c.Charge, Day: history.DayOf(c.At, zone)})
		}
	}
	return list
}

// under is the mandate that charges a series; nil if none that is known does.
func under(held []wallet.Mandate, charges []Charge) *wallet.Mandate {
	member := func(id string) bool {
		return slices.ContainsFunc(charges, func(c Charge) bool { return c.ID == id })
	}
	for i := range held {
		m := &held[i]
		if member(m.First) || slices.ContainsFunc(m.Consents, func(c wallet.Consent) bool { return member(c.Charge) }) {
			return m
		}
	}
	return nil
}
