package store

import (
	"errors"
	"time"

	"github.com/ncruces/go-sqlite3"

	"jandon/internal/history"
)

// A file that tells dates, or times without a zone, is read by the zone of who
// reads it. Who has moved since reads other instants out of the same lines, so
// that what is there already is known by the day and the clock that it had
// where it was taken in.

// zoned is a zone that lines were taken in by.
type zoned struct {
	name     string
	zone     *time.Location
	calendar *history.Calendar
}

func newZoned(name string, zone *time.Location) *zoned {
	return &zoned{name, zone, history.NewCalendar(zone)}
}

// clock is the second of the day; 0 also where a file tells the date alone.
func (z *zoned) clock(at time.Time) int64 {
	h, m, s := at.In(z.zone).Clock()
	return int64(h*3600 + m*60 + s)
}

// about are instants between which a day lies: its own, where the clocks don't
// change near it.
func (z *zoned) about(day history.Day) (from, to int64) {
	begin, end := day.Start(z.zone), (day + 1).Start(z.zone)
	_, before := begin.Add(-backwards).Zone()
	_, after := end.Add(backwards).Zone()
	if before != after {
		begin, end = begin.Add(-backwards), end.Add(backwards)
	}
	return begin.UnixMilli(), end.UnixMilli()
}

// since says by what zone lines were taken in from a number on.
type since struct {
	n    int64
	name string
}

// learnZones learns by which zones lines were taken in; the file's own is the
// first, and stands for one that this machine does not know.
func (a *importing) learnZones() error {
	a.zones = []*zoned{newZoned(a.zone.String(), a.zone)}
	err := a.c.rows(func(st *sqlite3.Stmt) bool {
		a.zonesSince = append(a.zonesSince, since{st.ColumnInt64(0), a.learnZone(st.ColumnText(1))})
		return true
	}, "SELECT n, name FROM zone ORDER BY n")
	return errors.Join(err, a.c.rows(func(st *sqlite3.Stmt) bool { a.learnZone(st.ColumnText(0)); return true },
		"SELECT DISTINCT zone FROM became WHERE zone IS NOT NULL"))
}

// learnZone gives the name that a zone goes by here.
func (a *importing) learnZone(name string) string {
	for _, z := range a.zones {
		if z.name == name {
			return name
		}
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return a.zones[0].name
	}
	a.zones = append(a.zones, newZoned(name, zone))
	return name
}

// takenBy reports whether a line was taken in by a zone; final is that of the
// file by which it became final.
func (a *importing) takenBy(by *zoned, n int64, final string) bool {
	if len(a.zones) == 1 {
		return true
	}
	name := a.zones[0].name
	if final != "" {
		name = a.learnZone(final)
	} else {
		for _, s := range a.zonesSince {
			if s.n <= n {
				name = s.name
			}
		}
	}
	return name == by.name
}

// keepZone notes the zone of the lines that were added, if those before had
// another. Numbers of lines that went are given again.
func (a *importing) keepZone() error {
	if a.done.Added == 0 {
		return nil
	}
	if err := a.c.do("DELETE FROM zone WHERE n>=?", a.first); err != nil {
		return err
	}
	st, err := a.c.stmt("INSERT INTO zone SELECT ?1, ?2 WHERE ?2 IS NOT (SELECT name FROM zone ORDER BY n DESC LIMIT 1)", a.first)
	if err == nil {
		err = st.BindText(2, a.zone.String())
	}
	if err != nil {
		return err
	}
	return st.Exec()
}
