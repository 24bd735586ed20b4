package audit

import "math"

// A series keeps its time of day as tightly as what runs it: a scheduler within
// minutes, a queue within half an hour or so, or hardly at all. pace holds, for
// each of these, the log-likelihood ratio against chance of two charges' times
// being so many minutes apart; loosest is the floor that the search works with.
var (
	pace    [4][721]float64
	loosest [721]float64
)

var pacePrior = [...]float64{-0.9, -1.1, -1.4, -1.6}

const wakingMinutes = 900

func init() {
	scale := [...]float64{2.5, 18, 70, 0}
	for m := range 721 {
		d := float64(m) + 0.5
		loosest[m] = math.Inf(-1)
		for k, s := range scale {
			p := 0.03 / 1440
			if s > 0 {
				p += 0.97 / (2 * s) * math.Exp(-d/s)
			} else {
				p += 0.97 / 900 / (1 + math.Exp((d-330)/40))
			}
			pace[k][m] = math.Log(p * wakingMinutes)
			loosest[m] = max(loosest[m], pace[k][m]-0.5)
		}
	}
}

// timeLog is the gain of y's time of day being near x's, over chance at y.
func timeLog(table *[721]float64, x, y *node) float64 {
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
	for k := range pace {
		if sum := keptAt(nodes, members, k); sum > best {
			at, best = k, sum
		}
	}
	return at, best
}

// keptAt is that gain at one pace.
func keptAt(nodes []node, members []int, k int) float64 {
	sum := pacePrior[k]
	for i := 1; i < len(members); i++ {
		sum += timeLog(&pace[k], &nodes[members[i-1]], &nodes[members[i]])
	}
	return sum
}
