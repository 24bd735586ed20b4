package kit

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// The intents of a page in columns that no other page has.
const (
	Left  Intent = "left"
	Right Intent = "right"
)

// Columns are scrolls side by side, with one chosen line among all of them.
type Columns struct {
	List []Scroll
	Key  string // of the chosen line; "" if none is
	h    int
}

// spot is a line of a column.
type spot struct{ col, line int }

// Set lays other lines out in h lines. The columns stay where they were
// scrolled to, and the chosen line stays chosen if it is still there.
func (c *Columns) Set(list []Scroll, h int) {
	for i := range list {
		if i < len(c.List) {
			list[i].Top = c.List[i].Top
		}
		list[i].Clamp(h)
	}
	c.List, c.h = list, h
	if at, ok := c.find(c.Key); ok {
		c.List[at.col].Show(at.line, h)
	} else {
		c.Key = ""
	}
}

// Reset forgets what was chosen and scrolled, for a page that shows another thing.
func (c *Columns) Reset() {
	c.Key = ""
	for i := range c.List {
		c.List[i].Top = 0
	}
}

// Chosen is the chosen line; nil if none is.
func (c *Columns) Chosen() *Item {
	if at, ok := c.find(c.Key); ok {
		return c.at(at)
	}
	return nil
}

// Begin chooses the first line where none is, for a page whose keys want one.
func (c *Columns) Begin() {
	if c.Key == "" {
		c.section(0)
	}
}

// Choose makes the line with a key the chosen one, if there is such a line.
func (c *Columns) Choose(key string) bool {
	at, ok := c.find(key)
	if ok {
		c.choose(at)
	}
	return ok
}

// Do moves and opens; ok says that the intent was one of these.
func (c *Columns) Do(what Intent) (cmd tea.Cmd, ok bool) {
	page := max(c.h-2, 1)
	switch what {
	case Down:
		c.vertical(1)
	case Up:
		c.vertical(-1)
	case PageDown:
		c.vertical(page)
	case PageUp:
		c.vertical(-page)
	case Top:
		c.vertical(-1 << 20)
	case Bottom:
		c.vertical(1 << 20)
	case Left:
		c.sideways(-1)
	case Right:
		c.sideways(1)
	case Next:
		c.section(1)
	case Previous:
		c.section(-1)
	case Open:
		it := c.Chosen()
		if it == nil {
			c.section(0) // the first press chooses, as that of an arrow does
		} else if it.Open != nil {
			return it.Open(), true
		}
	default:
		return nil, false
	}
	return nil, true
}

// Enter is the key that opens the chosen line, and chooses the first one where
// none is; nothing says why where there is no line to open.
func (c *Columns) Enter(open, nothing string) Binding {
	b := Binding{Intent: Open, Keys: []string{"enter"}, Label: open}
	switch it := c.Chosen(); {
	case it != nil && it.Open == nil, it == nil && !c.any():
		b.Off = nothing
	case it == nil:
		b.Label, b.Quiet = "kit.key.choose", true
	}
	return b
}

// any reports whether some line can be chosen.
func (c *Columns) any() bool {
	return slices.ContainsFunc(c.List, func(s Scroll) bool { return slices.ContainsFunc(s.Items, Item.Pick) })
}

// Click chooses a line; a click on the chosen line opens it.
func (c *Columns) Click(x, y int) tea.Cmd {
	for i := range c.List {
		col := &c.List[i]
		line := col.Top + y
		if x < col.X-1 || x > col.X+col.W || line < 0 || line >= len(col.Items) {
			continue
		}
		if line = col.Head(line); !col.Items[line].Pick() {
			continue
		}
		if it := &col.Items[line]; c.Key == it.Key && it.Open != nil {
			return it.Open()
		}
		c.choose(spot{i, line})
	}
	return nil
}

// Draw makes a frame of the lines that are visible.
func (c *Columns) Draw(s *Sheet, t *Theme, w, h int) string {
	s.Start(w, h)
	for y := range h {
		for i := range c.List {
			c.List[i].Row(s, t, y, h, c.Key)
		}
		s.Newline()
	}
	return s.String()
}

func (c *Columns) at(to spot) *Item { return &c.List[to.col].Items[to.line] }

func (c *Columns) find(key string) (spot, bool) {
	for i := range c.List {
		if n := c.List[i].Find(key); n >= 0 {
			return spot{i, n}, true
		}
	}
	return spot{}, false
}

func (c *Columns) choose(to spot) {
	c.Key = c.at(to).Key
	c.List[to.col].Show(to.line, c.h)
}

// vertical moves within the column of the chosen line. The first movement
// makes the first choice, or scrolls where nothing can be chosen.
func (c *Columns) vertical(by int) {
	from, ok := c.find(c.Key)
	if !ok {
		c.section(0)
		from, ok = c.find(c.Key)
		if !ok {
			for i := range c.List {
				c.List[i].Top += by
				c.List[i].Clamp(c.h)
			}
		}
		if !ok || by <= 1 { // a page down or to the end goes as far as that leads
			return
		}
	}
	to := c.List[from.col].Move(from.line, by, c.h)
	c.Key = c.at(spot{from.col, to}).Key
}

// sideways moves within the line, or else to the nearest line of the next column.
func (c *Columns) sideways(by int) {
	from, ok := c.find(c.Key)
	if !ok {
		c.section(0)
		return
	}
	if step := c.at(from).Step; step != nil && step(by) {
		return
	}
	to := from.col + by
	if to < 0 || to >= len(c.List) {
		return
	}
	col := &c.List[to]
	row := from.line - c.List[from.col].Top + col.Top
	best := -1
	for n, it := range col.Items {
		if it.Pick() && (best < 0 || apart(n, row) < apart(best, row)) {
			best = n
		}
	}
	if best >= 0 {
		c.choose(spot{to, best})
	}
}

// section goes on by a number of sections that have something to choose.
func (c *Columns) section(by int) {
	var starts []spot
	here := 0
	from, ok := c.find(c.Key)
	for i := range c.List {
		col := &c.List[i]
		for s := range col.Heads {
			n := col.First(s)
			if n < 0 {
				continue
			}
			if ok && from.col == i && col.Section(from.line) == s {
				here = len(starts)
			}
			starts = append(starts, spot{i, n})
		}
	}
	if !ok {
		by = 0
	}
	if n := len(starts); n > 0 {
		c.choose(starts[(here+by+n)%n])
	}
}

func apart(a, b int) int { return max(a-b, b-a) }

// Moves are the keys that move on a page as it is laid out now: sideways only
// where there is another column, or a line that has something beside it.
func (c *Columns) Moves(letters bool) []Binding {
	sideways := len(c.List) > 1 || slices.ContainsFunc(c.List, func(s Scroll) bool {
		return slices.ContainsFunc(s.Items, func(i Item) bool { return i.Step != nil })
	})
	list := Moves(letters)
	if sideways {
		return list
	}
	return slices.DeleteFunc(list, func(b Binding) bool { return b.Intent == Left || b.Intent == Right })
}

// Moves are the keys of a page in columns that only move; letters stand for
// arrows where the page has no other use for them.
func Moves(letters bool) []Binding {
	keys := func(list ...string) []string {
		if !letters {
			return list[:1]
		}
		return list
	}
	return []Binding{
		{Intent: Down, Keys: keys("down", "j"), Label: "kit.key.down", Quiet: true},
		{Intent: Up, Keys: keys("up", "k"), Label: "kit.key.up", Quiet: true},
		{Intent: Left, Keys: keys("left", "h"), Label: "kit.key.left", Quiet: true},
		{Intent: Right, Keys: keys("right", "l"), Label: "kit.key.right", Quiet: true},
		{Intent: PageDown, Keys: []string{"pgdown", "space"}, Label: "kit.key.page_down", Quiet: true},
		{Intent: PageUp, Keys: []string{"pgup"}, Label: "kit.key.page_up", Quiet: true},
		{Intent: Top, Keys: []string{"home"}, Label: "kit.key.top", Quiet: true},
		{Intent: Bottom, Keys: []string{"end"}, Label: "kit.key.bottom", Quiet: true},
	}
}
