package audit

import "math"

// walk finds the best chain along a rule: what the search by gaps passed over
// or strayed from is put right, and both ends reach on across changes of price.
func (a *auditor) walk(nodes []node, r *rule, k int) chain {
	b := &beats[r.cadence]
	n := len(nodes)
	a.score = grow(a.score, n)
	a.prev = grow(a.prev, n)
	a.step = grow(a.step, n)
	a.turn = grow(a.turn, n)
	table := &paceTable().log[k]
	top, at := math.Inf(-1), -1
	for j := range nodes {
		y := &nodes[j]
		day := r.billed(y.charge)
		occ, log := r.nearest(day, a.closed)
		a.prev[j] = -1
		if log <= farLog || y.same > often {
			a.score[j] = math.Inf(-1)
			continue
		}
		a.turn[j], a.score[j] = occ, log
		for i := j - 1; i >= 0; i-- {
			if math.IsInf(a.score[i], -1) {
				continue
			}
			step := occ - a.turn[i]
			if step < 1 {
				continue
			}
			if step > int32(b.skips) {
				break
			}
			x := &nodes[i]
			p := priceLog(x, y)
			if math.IsInf(p, -1) {
				continue
			}
			s := a.score[i] + log + skipLog[step] + p + max(-3.5, timeLog(table, x, y))
			if s > a.score[j] {
				a.score[j], a.prev[j], a.step[j] = s, int32(i), step
			}
		}
		if a.score[j] > top {
			top, at = a.score[j], j
		}
	}
	return a.traced(at, r.cadence)
}
