package audit

import (
	"cmp"
	"context"
	"slices"
)

// auditor is one run.
type auditor struct {
	in      *Input
	done    <-chan struct{} // closed when nobody waits any more
	charges []charge
	names   []*merchant // by charge
	keys    []string    // by group
	groups  []group
	refunds []charge
	back    map[returned][]int64 // instants of refunds
	first   int32
	last    int32

	closed *calendar
	fitter fitter
	finder
	prices map[int64]int // of charges in no series, for doubles
	loose  int
}

// finder is the room that the search of one group works in.
type finder struct {
	weekdays bool // people come here on working days alone
	nodes    []node
	index    []int32 // of nodes, in auditor.charges
	score    []float64
	prev     []int32
	step     []int32
	turn     []int32
	days     []int32
	of       []*charge
}

// Run looks through a history, and applies what was decided about earlier
// findings. The only error is that of the context.
func Run(ctx context.Context, in Input, decisions ...Decision) (Report, error) {
	decisions = inOrder(decisions)
	a := &auditor{in: &in, closed: businessDays(in.Country), done: ctx.Done()}
	a.fitter.closed = a.closed
	a.collect()
	var all []found
	for g := range a.groups {
		runs := a.join(a.search(&a.groups[g]))
		a.uncross(runs)
		for i := range runs {
			a.extend(&a.groups[g], &runs[i])
			a.late(&a.groups[g], &runs[i])
		}
		a.receipts(&a.groups[g], runs)
		all = append(all, runs...)
		if a.stopped() {
			return Report{}, ctx.Err()
		}
	}
	all = a.merge(a.succeed(all), decisions)
	rep := Report{AsOf: in.AsOf}
	for i := range all {
		rep.Series = append(rep.Series, a.describe(&all[i]))
	}
	rep.Series = append(rep.Series, a.trials()...)
	rep.Doubles = a.doubles()
	rep.Maybe = a.maybe()
	a.sort(rep.Series)
	a.sort(rep.Maybe)
	rep.decide(&in, decisions)
	rep.Creep = a.creep(rep.Series)
	rep.Overlaps = a.overlaps(rep.Series)
	rep.Silent = a.silent(rep.Series)
	rep.Forgotten = a.forgotten(rep.Series)
	return rep, ctx.Err()
}

// stopped reports that nobody waits for the report any more.
func (a *auditor) stopped() bool {
	select {
	case <-a.done:
		return true
	default:
		return false
	}
}

// sort puts the most certain first.
func (a *auditor) sort(list []Series) {
	slices.SortStableFunc(list, func(x, y Series) int {
		return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.Key(a.in), y.Key(a.in)))
	})
}
