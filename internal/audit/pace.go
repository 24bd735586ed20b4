package audit

import (
	"math"
	"sync"
)

// paces holds the log-likelihood ratio against chance of two charges' times of
// day being so many minutes apart. A series keeps its time as tightly as what
// runs it: a scheduler within minutes, a queue within half an hour or so, a
// person within hours, or hardly at all. loosest is the floor of these that
// the search works with.
type paces struct {
	log     [4][halfDay]float64
	loosest [halfDay]float64
}

const (
	halfDay       = 721 // minutes apart, from 0 on
	wakingMinutes = 900 // of a day, in which chance comes
	strayed       = 0.03
)

// paceMinutes is the mean distance at each pace; 0: none is kept.
var paceMinutes = [...]float64{2.5, 18, 70, 0}

// pacePrior is what each pace costs.
var pacePrior = [...]float64{-0.9, -1.1, -1.4, -1.6}

// paceTable is computed when the first audit needs it, not at every start.
var paceTable = sync.OnceValue(func() *paces {
	t := new(paces)
	for m := range halfDay {
		d := float64(m) + 0.5
		t.loosest[m] = math.Inf(-1)
		for k, mean := range paceMinutes {
			p := strayed / 1440
			if mean > 0 {
				p += (1 - strayed) / (2 * mean) * math.Exp(-d/mean)
			} else { // two waking hours, seldom more than five and a half hours apart
				p += (1 - strayed) / wakingMinutes / (1 + math.Exp((d-330)/40))
			}
			t.log[k][m] = math.Log(p * wakingMinutes)
			t.loosest[m] = max(t.loosest[m], t.log[k][m]-0.5)
		}
	}
	return t
})

// timeLog is the gain of y's time of day being near x's, over chance at y.
func timeLog(table *[halfDay]float64, x, y *node) float64 {
	if x.sec < 0 || y.sec < 0 {
		return 0
	}
	gain := table[apart(x.sec, y.sec)/60] - y.habit
	if y.habit > 1 {
		gain = min(gain, 0)
	}
	return gain
}

// apart is the distance of two times of day in seconds.
func apart(a, b int32) int32 {
	d := a - b
	if d < 0 {
		d = -d
	}
	if d > 43200 {
		d = 86400 - d
	}
	return d
}

// habits fills in when chance comes to this merchant: charges closer together
// than any cadence show a person's hours, and their nearness proves nothing.
func habits(nodes []node) {
	const reach, within = 6, 1800
	lo := 0
	for j := range nodes {
		n := &nodes[j]
		for nodes[lo].day < n.day-reach {
			lo++
		}
		around, near := 0.0, 0.0
		for k := lo; k < len(nodes) && nodes[k].day <= n.day+reach; k++ {
			if k == j || n.sec < 0 {
				continue
			}
			around++
			if apart(n.sec, nodes[k].sec) <= within {
				near++
			}
		}
		const even = 2.0 * within / 60 / wakingMinutes // what an even spread would put there
		n.habit = math.Log(((near + even) / (around + 1)) / even)
		if around == 0 || n.habit < 0 {
			n.habit = 0
		}
	}
}

// keptTime is the gain of a chain keeping its time of day, at the best pace.
func keptTime(nodes []node, members []int) (at int, best float64) {
	best = math.Inf(-1)
	for k := range pacePrior {
		if sum := keptAt(nodes, members, k); sum > best {
			at, best = k, sum
		}
	}
	return at, best
}

// keptAt is that gain at one pace.
func keptAt(nodes []node, members []int, k int) float64 {
	sum, table := pacePrior[k], &paceTable().log[k]
	for i := 1; i < len(members); i++ {
		sum += timeLog(table, &nodes[members[i-1]], &nodes[members[i]])
	}
	return sum
}
