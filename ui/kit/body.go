package kit

import "jandon/internal/fault"

// Body is what pages of lines have in common: their size, their lines in
// columns, and the frame, which is kept until something changes.
type Body struct {
	Cols  Columns
	W, H  int // its size in cells
	sheet Sheet
	frame string
	kept  bool
}

// The widths of pages in columns.
const (
	widest  = 96  // figures must stay near their names
	narrow  = 60  // from there up there is room for a margin of two cells
	twoFrom = 110 // and from there for two columns
	gutter  = 5   // between them
)

// Stale has the next View draw anew.
func (b *Body) Stale() { b.kept = false }

// Resize sets the size in cells; the page lays its lines out again.
func (b *Body) Resize(w, h int) { b.W, b.H, b.kept = max(w, 0), max(h, 0), false }

// Column is the stretch of a page of one column, at most wide cells (0: the
// usual most), without lines yet.
func (b *Body) Column(wide int) Scroll {
	if wide == 0 {
		wide = widest
	}
	return Scroll{X: b.margin(), W: max(min(b.W-2*b.margin(), wide), 0)}
}

// Wide reports whether there is room for two columns.
func (b *Body) Wide() bool { return b.W >= twoFrom }

// Two are the stretches of a page of two columns of at most wide cells each;
// the left one takes a share of their room in percent.
func (b *Body) Two(wide, percent int) (left, right Scroll) {
	room := max(min(b.W-2*b.margin()-gutter, 2*wide), 0)
	left = Scroll{X: b.margin(), W: room * percent / 100}
	return left, Scroll{X: left.X + left.W + gutter, W: room - left.W}
}

func (b *Body) margin() int {
	if b.W < narrow {
		return 1
	}
	return 2
}

// Set lays lines out.
func (b *Body) Set(columns ...Scroll) {
	b.Stale()
	b.Cols.Set(columns, b.H)
}

// View is the body of a page that has something to show or not yet: reading
// and what went wrong take its place meanwhile. Where there is nothing to list,
// empty says so and why; it is nil where there is.
func (b *Body) View(e *Env, reading *Latest, have bool, err *fault.Error, empty func(w, h int) []string) string {
	if b.kept {
		return b.frame
	}
	switch {
	case !have && err != nil:
		b.frame = Frame(Failed(e, err, "r", b.W, b.H), b.W, b.H)
	case !have:
		b.frame = Frame(Loading(e, reading, b.W, b.H), b.W, b.H)
	case empty != nil:
		b.frame = Frame(empty(max(b.W-2, 0), b.H), b.W, b.H)
	default:
		b.frame = b.Cols.Draw(&b.sheet, e.Theme, b.W, b.H)
	}
	b.kept = true
	return b.frame
}

// Trouble is what went wrong while older data is shown, as lines of w cells.
func Trouble(e *Env, err *fault.Error, w int) Lines {
	if err == nil {
		return nil
	}
	say, _ := e.Fault(err)
	list := Paragraph(e.Theme.Warn, e.Text.F("kit.trouble", "Say", say), w)
	if mark := Mark(err); mark != "" {
		list = append(list, Paragraph(e.Theme.Quiet, mark, w)...)
	}
	return list
}
