package audit

import "jandon/internal/history"

// trials lists free starts that nothing was charged for yet.
func (a *auditor) trials() []Series {
	var out []Series
	for i := range a.charges {
		c := &a.charges[i]
		if !c.trial || c.taken || int32(a.in.AsOf)-c.day > 35 {
			continue
		}
		length := int32(30)
		if past := int32(a.in.AsOf) - c.day; past <= 7 {
			length = 7
		} else if past <= 14 {
			length = 14
		}
		out = append(out, Series{Merchant: a.names[i].name, Members: []int{c.item}, Status: Trial, Kind: Fixed,
			Next: history.Day(c.day + length), HasNext: true, Score: probable})
	}
	return out
}
