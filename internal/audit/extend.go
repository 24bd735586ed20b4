package audit

// extend adds to a run the charges left over at its merchant that lie on its
// calendar, at its price and near its time, though too few, or too long after a
// pause, to be a run of their own.
func (a *auditor) extend(g *group, f *found) {
	if len(g.charges) > busy {
		return
	}
	usual := a.usualTime(f.members)
	fits := func(c, next *charge) bool {
		if c.taken || c.check || c.minor <= 0 || c.price != next.price || c.sec >= 0 && apart(c.sec, usual) > keptWithin {
			return false
		}
		_, log := f.fit.nearest(f.fit.billed(c), a.closed)
		return log > onTimeLog
	}
	for _, i := range g.charges {
		c, end := &a.charges[i], a.end(f)
		if c.day > end.day+offRhythm && c.day-end.day <= longPause && fits(c, end) {
			if n, _ := f.fit.nearest(f.fit.billed(c), a.closed); n > f.fit.last {
				f.fit.last = n
				f.members = append(f.members, i)
				c.taken = true
			}
		}
	}
}

const (
	onTimeLog = -3.0 // log P of a day that a calendar explains
	offRhythm = 4    // days that a further charge must be away
)
