package audit

import "math"

// node is a charge of a group with its local rates: how many charges a day
// chance would bring near it, like it in price, near it, or of any price.
type node struct {
	*charge
	lnPrice                   float64
	same, drift, usage, anyOf float64 // log of the rates
	habit                     float64 // log of how much likelier than at any time chance comes at this time of day
}

// rates fills the nodes' local rates over a window of half-width w days.
func (a *auditor) rates(nodes []node, w int32) {
	lo, hi := 0, 0
	for j := range nodes {
		n := &nodes[j]
		for nodes[lo].day < n.day-w {
			lo++
		}
		for hi < len(nodes) && nodes[hi].day <= n.day+w {
			hi++
		}
		var same, drift, usage int
		for k := lo; k < hi; k++ {
			m := &nodes[k]
			if m.price == n.price {
				same++
				drift++
				usage++
				continue
			}
			switch d := math.Abs(m.lnPrice - n.lnPrice); {
			case d < driftRange:
				drift++
				usage++
			case d < usageBand:
				usage++
			}
		}
		days := float64(min(n.day+w, a.last) - max(n.day-w, a.first) + 1)
		days = math.Log(max(days, float64(w)))
		if a.weekdays {
			days += math.Log(5.0 / 7)
		}
		n.same = math.Log(float64(same)) - days
		n.drift = math.Log(float64(drift)) - days
		n.usage = math.Log(float64(usage)) - days
		n.anyOf = math.Log(float64(hi-lo)) - days
	}
}
