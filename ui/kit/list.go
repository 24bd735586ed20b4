package kit

import (
	"context"
	"math"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
	"jandon/internal/history"
)

// Reader reads a stretch of a list.
type Reader func(ctx context.Context, w history.Window) (history.Page, error)

// List shows a list of any length through a window of rows: it asks for more
// at either end before they are needed and lets go of what is far away, so a
// key press costs the same at 1,000 rows and at 1,000,000. The selected row
// stays selected when the data is read anew.
type List struct {
	read   Reader
	latest Latest
	rows   []history.Row
	first  int // place of rows[0] in the whole list; an estimate after a reload
	total  int
	sel    int // index in rows
	top    int // index in rows of the first one visible
	h      int
	newer  bool // there are rows before rows[0]
	older  bool // there are rows after the last
	loaded bool
	plan   plan
	err    *fault.Error
}

// plan is what the read under way is for.
type plan uint8

const (
	planFresh  plan = iota // from the newest
	planLast               // the oldest
	planAround             // what is visible, anew
	planOlder              // more after the last
	planNewer              // more before the first
)

// bottom is after every line that can be.
var bottom = history.Cursor{At: math.MinInt64, N: math.MinInt64}

// NewList is an empty list; name tells its reads apart from others of the page.
func NewList(name string, read Reader) *List { return &List{read: read, latest: Latest{Name: name}} }

// Start reads from the newest row, for a new query with a number of rows
// (0 if not known yet; see SetTotal).
func (l *List) Start(ctx context.Context, read Reader, total int) tea.Cmd {
	l.read, l.total = read, total
	return l.ask(ctx, planFresh)
}

// SetTotal says how many rows there are in all, for the scrollbar.
func (l *List) SetTotal(n int) { l.total = n }

// Reload reads what is visible anew and keeps the selection.
func (l *List) Reload(ctx context.Context) tea.Cmd {
	if !l.loaded || len(l.rows) == 0 {
		return l.ask(ctx, planFresh)
	}
	return l.ask(ctx, planAround)
}

// Retry repeats the read that failed.
func (l *List) Retry(ctx context.Context) tea.Cmd { return l.ask(ctx, l.plan) }

// Resize sets the number of rows that are visible.
func (l *List) Resize(ctx context.Context, h int) tea.Cmd {
	l.h = max(h, 0)
	l.show()
	return l.need(ctx)
}

// chunk is how many rows a read asks for: two screens, and enough for wheels.
func (l *List) chunk() int { return max(2*l.h, 64) }

func (l *List) ask(ctx context.Context, p plan) tea.Cmd {
	w := history.Window{Older: true, Limit: l.chunk()}
	switch p {
	case planLast:
		w.From, w.Older = bottom, false
	case planAround:
		if at := l.top - l.chunk()/2; at > 0 {
			w.From = l.rows[at-1].Cursor
		} else if l.newer {
			w.From = l.rows[0].Cursor
			w.From.N++ // so that rows[0] itself comes again
		}
		w.Limit = max(l.chunk(), len(l.rows))
	case planOlder:
		w.From = l.rows[len(l.rows)-1].Cursor
	case planNewer:
		w.From, w.Older = l.rows[0].Cursor, false
	case planFresh:
	}
	l.plan, l.err = p, nil
	read := l.read
	return Ask(ctx, &l.latest, func(ctx context.Context) (history.Page, error) { return read(ctx, w) })
}

// Update takes the answers of the list's own reads.
func (l *List) Update(ctx context.Context, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case Slow:
		l.latest.Late(msg)
	case Answer[history.Page]:
		if Take(&l.latest, msg) {
			if l.err = msg.Err; l.err == nil {
				l.take(msg.Value)
				l.loaded = true
				l.show()
				return l.need(ctx)
			}
		}
	}
	return nil
}

func (l *List) take(p history.Page) {
	switch l.plan {
	case planFresh:
		l.rows, l.first, l.sel, l.top, l.newer, l.older = p.Rows, 0, 0, 0, false, p.More
	case planLast:
		l.rows, l.newer, l.older = p.Rows, p.More, false
		l.first = max(l.total-len(p.Rows), 0)
		l.sel, l.top = max(len(p.Rows)-1, 0), max(len(p.Rows)-l.h, 0)
	case planAround:
		l.around(p)
	case planOlder:
		l.rows, l.older = append(l.rows, p.Rows...), p.More
		if n := len(l.rows) - l.keep(); n > 0 {
			n = min(n, l.top)
			l.rows = append([]history.Row(nil), l.rows[n:]...)
			l.first, l.sel, l.top, l.newer = l.first+n, max(l.sel-n, 0), l.top-n, l.newer || n > 0
		}
	case planNewer:
		n := len(p.Rows)
		l.rows, l.newer = append(p.Rows[:n:n], l.rows...), p.More
		l.first, l.sel, l.top = max(l.first-n, 0), l.sel+n, l.top+n
		if !l.newer {
			l.first = 0
		}
		if far := max(l.top+l.h+l.chunk(), l.keep()); len(l.rows) > far {
			l.rows, l.older = append([]history.Row(nil), l.rows[:far]...), true
		}
	}
}

// keep is how many rows are held: enough around the screen, and no more.
func (l *List) keep() int { return 6 * l.chunk() }

// around puts rows read anew in place of the old ones: the selected row stays
// selected and on its line of the screen, or the one that took its place.
func (l *List) around(p history.Page) {
	old, line := l.rows[l.sel], l.sel-l.top
	started := max(l.top-l.chunk()/2, 0)
	l.newer = l.newer || started > 0
	l.first += started
	l.rows, l.older, l.sel = p.Rows, p.More, 0
	for i, r := range p.Rows {
		if r.ID == old.ID {
			l.sel = i
			break
		}
		if r.Cursor.At > old.Cursor.At || r.Cursor.At == old.Cursor.At && r.Cursor.N > old.Cursor.N {
			l.sel = min(i+1, len(p.Rows)-1) // gone: what came after it
		}
	}
	l.top = max(l.sel-line, 0)
}

// need asks for rows that will soon be visible.
func (l *List) need(ctx context.Context) tea.Cmd {
	if l.latest.Busy() || !l.loaded || l.err != nil {
		return nil
	}
	switch {
	case l.older && l.top+2*l.h >= len(l.rows):
		return l.ask(ctx, planOlder)
	case l.newer && l.top < l.h:
		return l.ask(ctx, planNewer)
	}
	return nil
}

// show scrolls as little as needed so that the selected row is visible.
func (l *List) show() {
	l.sel = max(min(l.sel, len(l.rows)-1), 0)
	l.top = max(min(l.top, l.sel), l.sel-l.h+1, 0)
	l.top = max(min(l.top, len(l.rows)-l.h), 0)
}

// Do moves the selection; it reports whether the intent was one of movement.
func (l *List) Do(ctx context.Context, i Intent) (tea.Cmd, bool) {
	switch i {
	case Up:
		l.sel--
	case Down:
		l.sel++
	case PageUp:
		l.sel, l.top = l.sel-l.h, l.top-l.h
	case PageDown:
		l.sel, l.top = l.sel+l.h, l.top+l.h
	case Top:
		if l.newer {
			return l.ask(ctx, planFresh), true
		}
		l.sel = 0
	case Bottom:
		if l.older {
			return l.ask(ctx, planLast), true
		}
		l.sel = len(l.rows) - 1
	default:
		return nil, false
	}
	l.top = max(l.top, 0)
	l.show()
	return l.need(ctx), true
}

// Click selects the row on a line of the list; it reports whether there is one.
func (l *List) Click(y int) bool {
	if i := l.top + y; y >= 0 && y < l.h && i < len(l.rows) {
		l.sel = i
		return true
	}
	return false
}

// Selected is the row that is selected, if there is any.
func (l *List) Selected() (*history.Row, bool) {
	if len(l.rows) == 0 {
		return nil, false
	}
	return &l.rows[l.sel], true
}

// Visible is the rows on the screen, and which of them is selected.
func (l *List) Visible() (rows []history.Row, selected int) {
	return l.rows[l.top:min(l.top+l.h, len(l.rows))], l.sel - l.top
}

// Thumb is the part of the scrollbar's h lines that stands for what is visible,
// from line a up to, not including, line b; nothing if all rows are visible.
func (l *List) Thumb() (a, b int) {
	total := max(l.total, l.first+len(l.rows))
	if l.h == 0 || total <= l.h {
		return 0, 0
	}
	size := max(l.h*l.h/total, 1)
	a = int(int64(l.first+l.top) * int64(l.h-size) / int64(total-l.h))
	return min(max(a, 0), l.h-size), min(max(a, 0), l.h-size) + size
}

// Place is the selected row's number, counted from 1, and the number of rows.
func (l *List) Place() (n, total int) {
	if len(l.rows) == 0 {
		return 0, l.total
	}
	return l.first + l.sel + 1, max(l.total, l.first+len(l.rows))
}

// Empty reports whether the list was read and has no rows.
func (l *List) Empty() bool { return l.loaded && len(l.rows) == 0 }

// Loading reports whether rows are awaited and none can be shown meanwhile.
func (l *List) Loading() bool { return l.latest.Slow() && len(l.rows) == 0 }

// Err is why the last read failed; nil if it did not.
func (l *List) Err() *fault.Error { return l.err }
