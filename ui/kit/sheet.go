package kit

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// Ink is a style reduced to the bytes that switch it on and off, so that
// drawing a frame costs appends and no allocations.
type Ink struct{ on, off string }

// InkOf reduces a style; only its colours and attributes count.
func InkOf(s lipgloss.Style) Ink {
	on, off, ok := strings.Cut(s.Render("x"), "x")
	if !ok {
		return Ink{}
	}
	return Ink{on, off}
}

// Sheet draws a body line by line into one buffer that is kept between frames.
// What does not fit its stretch of the line is cut, so no line is ever wider
// than the sheet. Text must be free of escapes (internal/safe).
type Sheet struct {
	buf   []byte
	w, h  int
	x, y  int
	end   int  // where the stretch being drawn ends
	flat  bool // everything is in one ink
	plain Ink
}

// Start empties the sheet for a frame of a size.
func (s *Sheet) Start(w, h int) {
	*s = Sheet{buf: s.buf[:0], w: max(w, 0), h: max(h, 0), end: max(w, 0)}
}

// Y is the number of the line being drawn; Full says that no line is left.
func (s *Sheet) Y() int { return s.y }

// Full reports whether all lines are drawn.
func (s *Sheet) Full() bool { return s.y >= s.h }

// X is the column where the next cell goes.
func (s *Sheet) X() int { return s.x }

// Room is the number of cells left in the stretch.
func (s *Sheet) Room() int { return max(s.end-s.x, 0) }

// Newline ends a line. The last line of a sheet has no line break after it.
func (s *Sheet) Newline() {
	s.flat = false
	s.y++
	if s.y < s.h {
		s.buf = append(s.buf, '\n')
	}
	s.x, s.end = 0, s.w
}

// Stretch moves to column x and lets drawing go on for width cells at most.
func (s *Sheet) Stretch(x, width int) {
	s.flat = false
	s.end = s.w
	s.To(x)
	s.end = min(s.x+max(width, 0), s.w)
}

// Row draws one row in w cells from column x. With an ink over it (a chosen
// row) everything takes that ink, and a cell on either side too.
func (s *Sheet) Row(x, w int, over *Ink, draw func(*Sheet)) {
	s.Stretch(x-1, w+2)
	if over != nil {
		s.flat, s.plain = true, *over
	}
	far := s.end
	s.To(x)
	s.end = min(x+max(w, 0), s.w)
	draw(s)
	s.end = far
	if s.flat {
		s.To(far)
		s.flat = false
	}
}

// Put draws text, cut with … where the stretch ends.
func (s *Sheet) Put(ink Ink, text string) {
	if text == "" || s.y >= s.h {
		return
	}
	room := s.Room()
	w := Width(text)
	if w > room {
		if room == 0 {
			return
		}
		text = Cut(text, room)
		w = Width(text)
	}
	s.write(ink, text)
	s.x += w
}

// PutIn draws text in exactly width cells, starting here.
func (s *Sheet) PutIn(ink Ink, text string, width int) {
	old := s.end
	s.end = min(s.x+max(width, 0), old)
	to := s.end
	s.Put(ink, text)
	s.end = old
	s.To(to)
}

// Right draws text so that it ends just before column x; if it does not fit
// there it starts where the sheet is.
func (s *Sheet) Right(ink Ink, text string, x int) {
	s.To(min(x, s.end) - Width(text))
	s.Put(ink, text)
}

// To goes to column x with spaces; it never goes back.
func (s *Sheet) To(x int) {
	n := min(x, s.end) - s.x
	if n <= 0 || s.y >= s.h {
		return
	}
	if s.flat {
		s.buf = append(s.buf, s.plain.on...)
	}
	for range n {
		s.buf = append(s.buf, ' ')
	}
	if s.flat {
		s.buf = append(s.buf, s.plain.off...)
	}
	s.x += n
}

// Repeat draws a one-cell glyph n times.
func (s *Sheet) Repeat(ink Ink, glyph string, n int) {
	n = min(n, s.Room())
	if n <= 0 || s.y >= s.h {
		return
	}
	if s.flat {
		ink = s.plain
	}
	s.buf = append(s.buf, ink.on...)
	for range n {
		s.buf = append(s.buf, glyph...)
	}
	s.buf = append(s.buf, ink.off...)
	s.x += n
}

// Meter draws part of whole as a line of width cells, in half cells; whatever
// is more than nothing shows at least half a cell.
func (s *Sheet) Meter(on, off Ink, part, whole int64, width int) {
	width = min(width, s.Room())
	if width <= 0 {
		return
	}
	halves := 0
	if part > 0 && whole > 0 {
		f := min(float64(part)/float64(whole), 1)
		halves = max(int(f*float64(2*width)+0.5), 1)
	}
	s.Repeat(on, "━", halves/2)
	if halves%2 == 1 {
		s.Repeat(on, "╸", 1)
	}
	s.Repeat(off, "─", width-(halves+1)/2)
}

// columns are the eighths of a cell, from below.
var columns = [...]string{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"}

// Column draws one row of an upright bar, width cells wide: row 0 is the
// lowest of rows. Whatever is more than nothing shows at least an eighth.
func (s *Sheet) Column(ink Ink, part, whole int64, row, rows, width int) {
	eighths := 0
	if part > 0 && whole > 0 {
		f := min(float64(part)/float64(whole), 1)
		eighths = max(int(f*float64(8*rows)+0.5), 1)
	}
	n := min(max(eighths-8*row, 0), 8)
	if n == 0 {
		s.To(s.x + width)
		return
	}
	s.Repeat(ink, columns[n], width)
}

// String is the frame: every line begun is there, the rest are empty.
func (s *Sheet) String() string {
	for s.y < s.h {
		s.Newline()
	}
	return string(s.buf)
}

func (s *Sheet) write(ink Ink, text string) {
	if s.flat {
		ink = s.plain
	}
	s.buf = append(s.buf, ink.on...)
	s.buf = append(s.buf, text...)
	s.buf = append(s.buf, ink.off...)
}

// Raw draws a whole line that is styled already, such as one of Failed.
func (s *Sheet) Raw(line string) {
	if s.y < s.h {
		s.buf = append(s.buf, Cut(line, s.w)...)
		s.x = s.w
	}
}
