package statement

// census counts how the dates of a column could be read.
type census struct {
	dates, failed [orders]int
	turns         [orders]int // changes between rising and falling
	late          [orders]int // after tomorrow
	last, trend   [orders]int64
	dotted        bool
}

func (c *census) add(date []byte, tomorrow int64) {
	p, ok := splitDate(date)
	if !ok {
		return
	}
	c.dotted = c.dotted || p.sep == '.' || p.sep == '-'
	for o := range orders {
		y, m, d, ok := p.civil(o)
		if !ok {
			c.failed[o]++
			continue
		}
		c.dates[o]++
		t := utcDay(y, m, d)
		if t > tomorrow && o != md {
			c.late[o]++
		}
		switch step := t - c.last[o]; {
		case c.last[o] == 0 || step == 0:
		case step > 0 && c.trend[o] < 0, step < 0 && c.trend[o] > 0:
			c.turns[o]++
			c.trend[o] = step
		default:
			c.trend[o] = step
		}
		c.last[o] = t
	}
}

// choose is the order in which most dates exist; then the one in which fewest
// lie in the future, then the one that runs most steadily, then what the
// separator and the place suggest.
func (c *census) choose(american bool) order {
	candidates := []order{ymd, dmy, mdy, md}
	if american && !c.dotted {
		candidates = []order{ymd, mdy, dmy, md}
	}
	best := candidates[0]
	for _, o := range candidates[1:] {
		a, b := [...]int{c.failed[o], c.late[o], c.turns[o]}, [...]int{c.failed[best], c.late[best], c.turns[best]}
		for i := range a {
			if a[i] != b[i] {
				if a[i] < b[i] {
					best = o
				}
				break
			}
		}
	}
	return best
}

// word names the chosen order, with a ? if nothing in the file decided.
func (c *census) word(o order) string {
	w := orderWords[o]
	for _, other := range []order{dmy, mdy, ymd} {
		if other != o && o != md && c.dates[o] > 0 && c.failed[other] == c.failed[o] && c.late[other] == c.late[o] && c.turns[other] == c.turns[o] {
			return w + "?"
		}
	}
	return w
}
