package kit

// Span is a piece of text in one ink.
type Span struct {
	Ink  Ink
	Text string
}

// Titled is a line that can be chosen, of parts in a row, with a state at the
// right edge. Where it does not all fit in w cells the state goes below: a name
// or a number that is cut can't be told from another.
func Titled(key string, w int, state Span, parts ...Span) Lines {
	taken := 0
	for _, p := range parts {
		if p.Text != "" {
			taken += Width(p.Text) + 2
		}
	}
	beside := taken+Width(state.Text) <= w
	list := Lines{{Key: key, Draw: func(s *Sheet) {
		left, end := s.X(), s.X()+s.Room()
		for _, p := range parts {
			if p.Text == "" {
				continue
			}
			if s.X() > left {
				s.To(s.X() + 2)
			}
			s.Put(p.Ink, p.Text)
		}
		if beside {
			s.Right(state.Ink, state.Text, end)
		}
	}}}
	if beside {
		return list
	}
	return append(list, Tails(Paragraph(state.Ink, state.Text, w))...)
}
