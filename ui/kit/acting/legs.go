package acting

import (
	"slices"
	"time"

	"jandon/internal/act"
	"jandon/internal/money"
	"jandon/ui/kit"
)

// meterFrom is how wide a page is where the way of a leg is drawn too.
const meterFrom = 50

// Legs is how far each leg has come: what its payee gets, who that is, and
// where it is now; what came back says why. lots names the lots it came from;
// nil leaves them out.
func (w Words) Legs(a *act.Act, width int, lots func(id string) string) kit.Lines {
	var list kit.Lines
	amounts := 0
	for i := range a.Legs {
		amounts = max(amounts, kit.Width(w.Amount(a.Legs[i].Net)))
	}
	for i := range a.Legs {
		l := &a.Legs[i]
		if i > 0 {
			list = append(list, kit.Gap())
		}
		list = append(list, w.leg(a, l, amounts, width)...)
		indent := amounts + 3
		below := func(ink kit.Ink, text string) {
			for _, line := range kit.Wrap(text, width-indent) {
				list = append(list, kit.Item{Draw: func(s *kit.Sheet) {
					s.To(s.X() + indent)
					s.Put(ink, line)
				}})
			}
		}
		if l.State == act.LegReturned {
			if !l.Unsent() {
				below(w.Theme.Text, w.Failure(l.Failure))
			}
			below(w.Theme.Quiet, w.Text.F("acts.is_back", "Amount", w.Amount(l.Amount)))
		}
		if l.Fee.Minor > 0 && l.State != act.LegReturned { // what came back was not charged
			below(w.Theme.Quiet, w.Text.F("acts.fee_of", "Amount", w.Amount(l.Fee), "Fee", w.Fee(l)))
		}
		if lots == nil {
			continue
		}
		for _, from := range w.from(l, lots) {
			below(w.Theme.Quiet, from)
		}
	}
	return list
}

// from is which lots a leg came from; those that go by one name are one line.
func (w Words) from(l *act.Leg, lots func(id string) string) []string {
	type part struct {
		name string
		sum  money.Amount
		n    int
	}
	var parts []part
	for _, d := range l.From {
		name := lots(d.Lot)
		i := slices.IndexFunc(parts, func(p part) bool { return p.name == name })
		if i < 0 {
			i = len(parts)
			parts = append(parts, part{name: name, sum: money.Of(0, d.Amount.Currency)})
		}
		parts[i].sum.Minor += d.Amount.Minor
		parts[i].n++
	}
	list := make([]string, 0, len(parts))
	for _, p := range parts {
		if p.n > 1 {
			p.name += " · " + w.Text.N("acts.parts", p.n)
		}
		list = append(list, w.Text.F("acts.from_lot", "Amount", w.Amount(p.sum), "Lot", p.name))
	}
	return list
}

// leg is a leg's own lines: amount, payee, short id and state; the payee goes
// on below where it is long, because a name that is cut can't be checked.
func (w Words) leg(a *act.Act, l *act.Leg, amounts, width int) kit.Lines {
	t := w.Theme
	state, ink := w.legState(a, l)
	amount, name, room := w.Amount(l.Net), l.Payee.Name, width-amounts-3
	if name == "" {
		name = w.rail(l)
	}
	list := Payee(t, name, l.Payee.ID, room)
	stateWidth := kit.Width(state) + 3
	beside := len(list) == 1 && kit.Width(name)+2+kit.Width(l.Payee.ID)+stateWidth <= room
	for i := range list {
		draw, first := list[i].Draw, i == 0
		list[i].Draw = func(s *kit.Sheet) {
			left, end := s.X(), s.X()+s.Room()
			if first {
				s.Right(t.Strong, amount, left+amounts)
			}
			s.To(left + amounts + 3)
			draw(s)
			if first && beside {
				s.Right(ink, state, end)
			}
		}
	}
	below := func(draw func(*kit.Sheet)) {
		list = append(list, kit.Item{Draw: func(s *kit.Sheet) {
			s.To(s.X() + amounts + 3)
			draw(s)
		}})
	}
	if !beside {
		for _, line := range kit.Wrap(state, room) {
			below(func(s *kit.Sheet) { s.Put(ink, line) })
		}
	}
	if part, whole := l.Due.Sub(w.Now), l.Due.Sub(a.Made); l.State == act.LegGoing && whole > 0 && part > 0 && width >= meterFrom {
		below(func(s *kit.Sheet) {
			s.Meter(t.Bar, t.Faint, int64(max(whole-part, 0)/time.Second), int64(whole/time.Second), min(30, s.Room()))
		})
	}
	return list
}

// Payee is a name and the short id that tells it from equal ones, in lines of
// w cells; nothing of either is cut.
func Payee(t *kit.Theme, name, id string, w int) kit.Lines {
	lines := kit.Wrap(name, w)
	if len(lines) == 0 {
		lines = []string{""}
	}
	list := make(kit.Lines, 0, len(lines)+1)
	together := id != "" && len(lines) == 1 && kit.Width(name)+2+kit.Width(id) <= w
	for _, line := range lines {
		list = append(list, kit.Item{Draw: func(s *kit.Sheet) {
			s.Put(t.Text, line)
			if together {
				s.Put(t.Quiet, "  "+id)
			}
		}})
	}
	if id != "" && !together {
		for _, line := range kit.Wrap(id, w) {
			list = append(list, kit.Item{Draw: func(s *kit.Sheet) { s.Put(t.Quiet, line) }})
		}
	}
	return list
}

// legState is where a leg is now, and when it should arrive or did.
func (w Words) legState(a *act.Act, l *act.Leg) (string, kit.Ink) {
	t, text := w.Theme, w.Text
	if l.Unsent() {
		return text.T("acts.not_sent"), t.Quiet
	}
	switch l.State {
	case act.LegDone:
		return text.F("acts.arrived", "When", w.When(l.Ended)), t.Gain
	case act.LegReturned:
		return text.F("acts.came_back", "When", w.When(l.Ended)), t.Bad
	case act.LegAsking:
		return text.T("acts.asking"), t.Warn
	case act.LegGoing:
		if l.Due.IsZero() {
			return text.T("acts.state.going"), t.Accent
		}
		in := w.In(l.Due.Sub(w.Now))
		if l.Due.Sub(w.Now) < time.Minute { // the time of day says no more
			return in, t.Accent
		}
		return text.F("acts.under_way", "When", w.When(l.Due), "In", in), t.Accent
	case act.LegWaiting:
	}
	if a.State.Final() {
		return text.T("acts.not_sent"), t.Quiet
	}
	return text.T("acts.not_begun"), t.Quiet
}

// Moves reports whether something of an act is under way, and how soon the
// next part of it is due.
func Moves(a *act.Act, now time.Time) (next time.Duration, moves bool) {
	if a.State.Final() {
		return 0, false
	}
	next, moves = 24*time.Hour, a.State == act.Going
	for i := range a.Legs {
		if l := &a.Legs[i]; l.Ended.IsZero() && !l.Due.IsZero() {
			next = min(next, max(l.Due.Sub(now), 0))
		}
	}
	return next, moves
}
