package kit

// Line builds one row of the screen from the left, never wider than it may be.
// With an ink laid over it (a chosen row), all spans take that ink and the row
// is filled to its end.
type Line struct {
	w, at int
	over  *Ink
	b     []byte
}

// NewLine is an empty row of w cells.
func NewLine(w int) *Line { return &Line{w: w, b: make([]byte, 0, 2*max(w, 0)+64)} }

// Over paints the whole row in one ink, such as Theme.Chosen.
func (l *Line) Over(k Ink) *Line { l.over = &k; return l }

// At is the cell where the next span begins.
func (l *Line) At() int { return l.at }

// Left is the number of cells that remain.
func (l *Line) Left() int { return max(l.w-l.at, 0) }

// Put adds a text, cut to what remains.
func (l *Line) Put(k Ink, s string) *Line {
	s = Cut(s, l.Left())
	l.at += Width(s)
	if l.over != nil {
		k = *l.over
	}
	l.b = k.Append(l.b, s)
	return l
}

// Cell adds a text in a column of w cells, from its left edge.
func (l *Line) Cell(k Ink, s string, w int) *Line {
	end := l.at + max(w, 0)
	l.Put(k, Cut(s, w))
	return l.To(end)
}

// Right adds a text in a column of w cells, against its right edge.
func (l *Line) Right(k Ink, s string, w int) *Line {
	s = Cut(s, w)
	return l.Skip(w-Width(s)).Put(k, s)
}

// Skip leaves n cells empty.
func (l *Line) Skip(n int) *Line {
	n = min(n, l.Left())
	if n <= 0 {
		return l
	}
	l.at += n
	if l.over != nil {
		l.b = l.over.Append(l.b, spaces(n))
	} else {
		l.b = append(l.b, spaces(n)...)
	}
	return l
}

// To leaves everything empty up to a cell.
func (l *Line) To(x int) *Line { return l.Skip(x - l.at) }

// End adds a text against the right edge of the row.
func (l *Line) End(k Ink, s string) *Line {
	s = Cut(s, l.Left())
	return l.To(l.w-Width(s)).Put(k, s)
}

// String is the row; with an ink over it, exactly w cells.
func (l *Line) String() string {
	if l.over != nil {
		l.To(l.w)
	}
	return string(l.b)
}
