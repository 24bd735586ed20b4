package kit

// Doubt is a question that stands on No in w cells: only what yes names is
// yes. What does not fit beside the question stands below it. In lines the
// answers are numbered, and only the question is said.
func Doubt(e *Env, ask, no, yes string, armed bool, w int) Lines {
	t := e.Theme
	if e.Lines {
		return Paragraph(t.Strong, ask, w)
	}
	ink := t.Faint
	if armed {
		ink = t.Text
	}
	var list Lines
	if Width(ask)+Width(no)+Width(yes)+8 > w {
		list, ask = Paragraph(t.Strong, ask, w), ""
	}
	return append(list, Item{Draw: func(s *Sheet) {
		if ask != "" {
			s.Put(t.Strong, ask)
			s.To(s.X() + 3)
		}
		s.Put(t.Chosen, " "+no+" ")
		s.To(s.X() + 3)
		s.Put(ink, yes)
	}})
}

// Doubt is a guarded question with the usual answers.
func (g *Guard) Doubt(e *Env, ask string, w int) Lines {
	return Doubt(e, ask, e.Text.T("confirm.no"), e.Text.T("confirm.yes"), g.armed, w)
}
