package kit

import tea "charm.land/bubbletea/v2"

// Look is what a line of things worth a look says: why, who it is about, when
// it was, and how much. All but Why may be empty.
type Look struct {
	Key                    string
	Why, Who, When, Amount string
	Ink                    Ink // of Why
	Open                   func() tea.Cmd
}

// Looks are such lines in w cells. Who and When stand in columns if Why and Who
// of every line have room for that, else right behind each other; a date that
// has no room is left out, and a name is cut last.
func Looks(t *Theme, w int, list []Look) Lines {
	why, who := 0, 0
	for i := range list {
		why, who = max(why, Width(list[i].Why)), max(who, Width(list[i].Who))
	}
	for i := range list {
		if x := &list[i]; why+2+Width(x.Who)+2+Width(x.Amount) > w {
			why, who = 0, 0 // no columns
			break
		}
	}
	lines := make(Lines, 0, len(list))
	for _, x := range list {
		lines = append(lines, Item{Key: x.Key, Open: x.Open, Draw: func(s *Sheet) { x.draw(s, t, why, who) }})
	}
	return lines
}

// draw draws the line with columns of at least two widths.
func (x *Look) draw(s *Sheet, t *Theme, why, who int) {
	left, end := s.X(), s.X()+s.Room()
	edge := end - Width(x.Amount)
	s.PutIn(x.Ink, x.Why, min(Width(x.Why), edge-s.X()-2))
	s.To(left + why)
	if rest := edge - s.X() - 3; rest > 4 {
		s.To(s.X() + 2)
		s.PutIn(t.Text, x.Who, min(max(Width(x.Who), who), rest))
	}
	if x.When != "" && s.X()+2+Width(x.When)+2 <= edge {
		s.To(s.X() + 2)
		s.Put(t.Quiet, x.When)
	}
	s.Right(t.Text, x.Amount, end)
}
