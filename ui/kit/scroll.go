package kit

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// Item is one line of a section. Its texts are made when data or size change;
// Draw only sets them, for the lines that are visible.
type Item struct {
	Key  string            // names a line that can be chosen, for as long as it is shown
	Draw func(*Sheet)      // draws within the sheet's stretch
	Open func() tea.Cmd    // what Enter does; nil if nothing
	Step func(by int) bool // moves sideways within the line; false at its end
	Tail bool              // goes on from the line above, and is chosen with it
}

// Pick reports whether the line can be chosen.
func (i Item) Pick() bool { return i.Key != "" }

// Lines is a part of a page, such as a heading with what belongs to it.
type Lines []Item

// Tails are lines that go on from the line above them.
func Tails(lines Lines) Lines {
	for i := range lines {
		lines[i].Tail = true
	}
	return lines
}

// Gap is an empty line.
func Gap() Item { return Item{Draw: func(*Sheet) {}} }

// Scroll is a stretch of a page with its own lines and its own scroll.
type Scroll struct {
	X, W  int
	Items []Item
	Heads []int // where sections begin
	Top   int   // the first line that is shown
}

// Add puts sections below what is there, an empty line between any two; empty ones are left out.
func (c *Scroll) Add(sections ...Lines) {
	for _, s := range sections {
		if len(s) == 0 {
			continue
		}
		if len(c.Items) > 0 {
			c.Items = append(c.Items, Gap())
		}
		c.Heads = append(c.Heads, len(c.Items))
		c.Items = append(c.Items, s...)
	}
}

// Find is the number of the line with a key, or -1.
func (c *Scroll) Find(key string) int {
	if key == "" {
		return -1
	}
	return slices.IndexFunc(c.Items, func(i Item) bool { return i.Key == key })
}

// Head is the line that a line goes on from: itself, if it is no tail.
func (c *Scroll) Head(line int) int {
	for line > 0 && c.Items[line].Tail {
		line--
	}
	return line
}

// Section is the number of the section that a line is in.
func (c *Scroll) Section(line int) int {
	at, found := slices.BinarySearch(c.Heads, line)
	if !found {
		at--
	}
	return at
}

// First is the first line of a section that can be chosen, or -1.
func (c *Scroll) First(section int) int {
	from, to := c.Heads[section], len(c.Items)
	if section+1 < len(c.Heads) {
		to = c.Heads[section+1]
	}
	if n := slices.IndexFunc(c.Items[from:to], Item.Pick); n >= 0 {
		return from + n
	}
	return -1
}

// Clamp keeps the scroll within the lines, for a height.
func (c *Scroll) Clamp(h int) { c.Top = max(min(c.Top, len(c.Items)-h), 0) }

// Show scrolls as little as it can so that a line is within h lines, and with
// it what stands above it up to its heading, or what follows the last choice.
func (c *Scroll) Show(line, h int) {
	first, last := line, line
	if at := c.Section(line); at >= 0 && line-c.Heads[at] < h && !slices.ContainsFunc(c.Items[c.Heads[at]:line], Item.Pick) {
		first = c.Heads[at]
	}
	if line < h && !slices.ContainsFunc(c.Items[:line], Item.Pick) {
		first = 0
	}
	if len(c.Items)-line <= h && !slices.ContainsFunc(c.Items[line+1:], Item.Pick) {
		last = len(c.Items) - 1
	}
	for last+1 < len(c.Items) && c.Items[last+1].Tail && last+1-first < h {
		last++
	}
	c.Top = min(c.Top, first)
	c.Top = max(c.Top, last-h+1)
	c.Clamp(h)
}

// Move is the line that can be chosen by lines further on (up if negative), as
// far as there is one. At its ends the column scrolls instead.
func (c *Scroll) Move(from, by, h int) int {
	step := 1
	if by < 0 {
		step = -1
	}
	to := from
	for n := from + step; by != 0 && n >= 0 && n < len(c.Items); n += step {
		if c.Items[n].Pick() {
			to = n
			by -= step
		}
	}
	if to == from {
		c.Top += by
		c.Clamp(h)
		return from
	}
	c.Show(to, h)
	return to
}

// Row draws the line that is on row y of h, and says at the edge that there is more.
func (c *Scroll) Row(s *Sheet, t *Theme, y, h int, chosen string) {
	n := c.Top + y
	if n >= len(c.Items) {
		return
	}
	var over *Ink
	if it := &c.Items[c.Head(n)]; it.Pick() && it.Key == chosen {
		over = &t.Chosen
	}
	s.Row(c.X, c.W, over, c.Items[n].Draw)
	mark := ""
	switch {
	case y == h-1 && n+1 < len(c.Items):
		mark = "↓"
	case y == 0 && c.Top > 0:
		mark = "↑"
	}
	if mark != "" {
		s.Stretch(min(c.X+c.W+1, s.w-1), 1) // a narrow page has a margin of one cell
		s.Put(t.Quiet, mark)
	}
}

// Heading is the first line of a section, with a fact about it at the right edge.
func Heading(t *Theme, title, fact string) Item {
	return Item{Draw: func(s *Sheet) {
		end := s.X() + s.Room()
		s.Put(t.Strong, title)
		if fact != "" && s.Room() > Width(fact)+1 {
			s.Right(t.Quiet, fact, end)
		}
	}}
}

// Paragraph is running text in lines of at most w cells.
func Paragraph(ink Ink, text string, w int) Lines {
	var list Lines
	for _, line := range Wrap(text, w) {
		list = append(list, Item{Draw: func(s *Sheet) { s.Put(ink, line) }})
	}
	return list
}

// Facts are pairs of a label and a value in two columns; a value longer than
// its column goes on below. Empty values are left out.
func Facts(t *Theme, w int, pairs ...string) Lines {
	width := 0
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			width = max(width, Width(pairs[i]))
		}
	}
	width += 3
	var list Lines
	for i := 0; i+1 < len(pairs); i += 2 {
		label := pairs[i]
		if pairs[i+1] == "" {
			continue
		}
		for _, value := range Wrap(pairs[i+1], max(w-width, 8)) {
			said := label
			list = append(list, Item{Draw: func(s *Sheet) {
				s.PutIn(t.Quiet, said, width)
				s.Put(t.Text, value)
			}})
			label = ""
		}
	}
	return list
}
