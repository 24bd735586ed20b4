package acting

import (
	"time"

	"jandon/internal/act"
	"jandon/internal/history"
)

// Terms are what may go by itself, in pairs of a label and a value: at most how
// much, what stays, how often, to whom, over which way, until when.
func (w Words) Terms(t act.Terms, to act.Payee, until time.Time) []string {
	say := w.Text
	return []string{
		say.T("auto.most"), w.Amount(t.Ceiling),
		say.T("auto.keep"), say.F("auto.keep_of", "Amount", w.Amount(t.Keep)),
		say.T("auto.often"), say.T("auto.every." + string(t.Every)),
		say.T("auto.to"), to.Name + "  " + to.ID,
		say.T("auto.way"), say.T("rail.name." + t.Rail),
		say.T("auto.until"), w.DayYear(history.DayOf(until, w.Zone)),
	}
}
