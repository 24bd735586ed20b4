package kit

import "jandon/internal/fault"

// Body is what pages of lines have in common: their size, their lines in
// columns, and the frame, which is kept until something changes.
type Body struct {
	Cols  Columns
	w, h  int
	sheet Sheet
	frame string
	kept  bool
}

// The widths of a page of one column.
const (
	widest    = 96 // it grows no further: figures must stay near their names
	tinyBelow = 60 // from there up there is room for a margin of two cells
)

// Stale has the next View draw anew.
func (b *Body) Stale() { b.kept = false }

// Resize sets the size in cells; the page lays its lines out again.
func (b *Body) Resize(w, h int) { b.w, b.h, b.kept = max(w, 0), max(h, 0), false }

// Column is the stretch of a page of one column, without lines yet.
func (b *Body) Column() Scroll {
	margin := 2
	if b.w < tinyBelow {
		margin = 1
	}
	return Scroll{X: margin, W: max(min(b.w-2*margin, widest), 0)}
}

// Set lays lines out.
func (b *Body) Set(columns ...Scroll) {
	b.Stale()
	b.Cols.Set(columns, b.h)
}

// View is the body of a page that has something to show or not yet: reading
// and what went wrong take its place meanwhile.
func (b *Body) View(e *Env, reading *Latest, have bool, err *fault.Error) string {
	if b.kept {
		return b.frame
	}
	switch {
	case !have && err != nil:
		b.frame = Frame(Failed(e, err, "r", b.w, b.h), b.w, b.h)
	case !have:
		b.frame = Frame(Loading(e, reading, b.w, b.h), b.w, b.h)
	default:
		b.frame = b.Cols.Draw(&b.sheet, e.Theme, b.w, b.h)
	}
	b.kept = true
	return b.frame
}

// Trouble is what went wrong while older data is shown, as lines of w cells.
func Trouble(e *Env, err *fault.Error, w int) Lines {
	if err == nil {
		return nil
	}
	say, _ := e.Text.Fault(err)
	return Paragraph(e.Theme.Warn, e.Text.F("kit.trouble", "Say", say), w)
}
