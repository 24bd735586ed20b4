package store

import (
	"errors"

	"jandon/internal/history"
	"jandon/internal/wallet"
)

// A file may say that a purchase was cancelled which only a later one brings.
// Nothing of it is taken in, but its marks are kept with the file, so that the
// later import can say that taking the first one in again gives it back.

// gone are the cancelled purchases of a source that never came in.
type gone struct {
	fresh []mark          // of the file that is taken in
	left  map[mark]int    // of earlier files: how many …
	by    map[mark]string // … and which file said so last
}

// goneMarks are what a purchase may be known by: what it says on its day, and
// its number with its amount, if it has one.
func goneMarks(x *wallet.Transaction, day history.Day) []mark {
	s := said{x.Merchant, x.Reason, x.Number(), string(x.Amount.Currency), x.Amount.Minor}
	marks := []mark{s.mark(day)}
	if s.number != "" {
		s.merchant, s.reason = "", ""
		marks = append(marks, s.mark(0))
	}
	return marks
}

// learnGone learns what earlier files of the source said was cancelled.
func (a *importing) learnGone() error {
	a.gone.left, a.gone.by = map[mark]int{}, map[mark]string{}
	st, err := a.c.stmt("SELECT g.mark, f.name FROM file f JOIN gone g ON g.file=f.id WHERE f.source=? ORDER BY f.id")
	if err == nil {
		err = st.BindText(1, a.file.Source)
	}
	if err != nil {
		return err
	}
	return each(st, func() bool {
		m := mark(st.ColumnInt64(0))
		a.gone.left[m]++
		a.gone.by[m] = st.ColumnText(1)
		return true
	})
}

// foretell counts a new purchase that an earlier file said was cancelled.
func (a *importing) foretell(x *wallet.Transaction, day history.Day) {
	if len(a.gone.left) == 0 || x.Type != wallet.Payment {
		return
	}
	by := ""
	for _, m := range goneMarks(x, day) {
		if a.gone.left[m] > 0 {
			a.gone.left[m]--
			by = a.gone.by[m]
		}
	}
	if by != "" {
		a.done.Foretold++
		a.done.ForetoldBy = by
	}
}

// keepGone writes what the file said was cancelled and never came in.
func (a *importing) keepGone() error {
	rows := bulk{c: a.c, head: "INSERT INTO gone(file, mark)", width: 2}
	var err error
	for _, m := range a.gone.fresh {
		err = errors.Join(err, rows.add(a.done.ID, int64(m)))
	}
	return errors.Join(err, rows.flush())
}
