package audit

// manySellers is how many merchants of one price are compared with another spelling.
const manySellers = 64

// mergeScripts makes one group of a merchant printed in Hangul and in Latin letters.
func (a *auditor) mergeScripts(order []int32) {
	prices := make([]map[int64]bool, len(a.groups))
	for _, i := range order {
		c := &a.charges[i]
		if prices[c.group] == nil {
			prices[c.group] = make(map[int64]bool)
		}
		prices[c.group][c.price] = true
	}
	into := make([]int32, len(a.groups))
	for i := range into {
		into[i] = int32(i)
	}
	// Only letters of one script on each side can be the same name twice.
	byBones := make(map[string][]int32)
	var hangul []int32
	for i := range a.groups {
		g := &a.groups[i]
		if g.hangul && !g.latin && len(g.bones) >= 2 {
			hangul = append(hangul, int32(i))
		} else if g.latin && len(g.bones) >= 2 {
			byBones[g.bones] = append(byBones[g.bones], int32(i))
		}
	}
	// Who sells at a price; a price of many merchants tells nobody apart.
	sellers := make(map[int64][]int32)
	for i := range a.groups {
		if g := &a.groups[i]; g.latin && !g.hangul && len(g.bones) >= 3 {
			for p := range prices[i] {
				if p != 0 && len(sellers[p]) <= manySellers {
					sellers[p] = append(sellers[p], int32(i))
				}
			}
		}
	}
	for _, h := range hangul {
		best, score := int32(-1), 0
		try := func(l int32, base int) {
			s := base + 2*shared(prices[h], prices[l])
			if s > score || s == score && best >= 0 && a.keys[l] < a.keys[best] {
				best, score = l, s
			}
		}
		for _, l := range byBones[a.groups[h].bones] {
			try(l, min(len(a.groups[h].bones), 3))
		}
		if best < 0 {
			for p := range prices[h] {
				for _, l := range sellers[p] {
					if oneEdit(a.groups[l].bones, a.groups[h].bones) {
						try(l, 0)
					}
				}
			}
		}
		if best >= 0 && score >= 3 {
			into[h] = best
		}
	}
	for _, i := range order {
		a.charges[i].group = into[a.charges[i].group]
	}
	a.back = make(map[returned][]int64)
	for i := range a.refunds {
		r := &a.refunds[i]
		key := returned{into[r.group], r.minor}
		a.back[key] = append(a.back[key], r.instant())
	}
}

func shared(a, b map[int64]bool) int {
	n := 0
	for p := range a {
		if p != 0 && b[p] {
			n++
		}
	}
	return n
}
