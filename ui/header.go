package ui

import (
	"hash/maphash"
	"slices"
	"strings"
	"time"

	"jandon/ui/kit"
)

// brand is the name on every screen; it is the same in all languages.
const brand = "잔돈"

// tabGap is the room between tabs; a narrow window has less.
func (s *Shell) tabGap() int {
	if s.w < wideW {
		return 2
	}
	return 3
}

// brandGap is the room behind the brand, which stands out by itself.
func (s *Shell) brandGap() int { return s.tabGap() - 1 }

// wideW is from where on the header need not save room.
const wideW = 100

// lately is how long fetched data counts as new where there is little room.
const lately = 10 * time.Minute

// named are the tabs that the header names, and whether it says that there are
// more on either side.
type named struct {
	first, last int
	before      bool // a sign says that there are tabs before
	after       bool // a sign with the key that lists all says that there are tabs after
}

// tabsMore stands, as far away as a tab, for tabs that have no room. What it
// stands for is in the command list, which a click on the last one opens.
const tabsMore = "…"

// spots is where the tabs stand in the header: from, to. Those left out are
// nowhere. more is where the sign for those stands that come after.
func (s *Shell) spots() (list [][2]int, more [2]int) {
	n := s.namedTabs()
	x := s.margin() + kit.Width(brand) + s.brandGap()
	if n.before {
		x += kit.Width(tabsMore) + s.tabGap()
	}
	for i, m := range s.tabs() {
		if i < n.first || i > n.last {
			list = append(list, [2]int{})
			continue
		}
		w := kit.Width(s.tabName(i, m))
		list = append(list, [2]int{x, x + w})
		x += w + s.tabGap()
	}
	if n.after {
		more = [2]int{x, x + kit.Width(tabsMore)}
	}
	return list, more
}

// namedTabs are the tabs that the header names: in a narrow window those on the
// left give way, so that where we are can be read, and then those on the right,
// so that the age of the data can.
func (s *Shell) namedTabs() named {
	tabs, here := s.tabs(), s.top().maker
	at := slices.Index(tabs, here)
	room := s.w - s.margin()
	_, age, made, mark := s.standingParts()
	if s.w >= roomyW && (made != "" || mark == "" && s.env.Now.Sub(s.fresh.At) < lately) {
		age = "" // how old made-up data is, or what was fetched lately, matters less than a tab
	}
	sign := s.tabGap() + kit.Width(tabsMore)
	if age+made+mark != "" {
		room -= widthOf(age, made, mark) + 2
	}
	least := at // the last that has to be there
	if at < 0 {
		least = len(tabs) - 1
	}
	fits := func(first, last int, signs bool) bool {
		end := s.margin() + kit.Width(brand) + s.brandGap() - s.tabGap()
		part := func(w int) { end += s.tabGap() + w }
		for i := first; i <= last; i++ {
			part(kit.Width(s.tabName(i, tabs[i])))
		}
		if at < 0 {
			part(kit.Width(s.env.Text.T(here.Label)))
		}
		if signs && first > 0 {
			end += sign
		}
		if signs && last+1 < len(tabs) {
			end += sign
		}
		return end <= room
	}
	n, signs := named{}, s.w >= roomyW // below that, a tab's name is worth more than a sign
	for n.first = 0; n.first < len(tabs) && tabs[n.first] != here && !fits(n.first, least, signs); {
		n.first++
	}
	signs = signs && fits(n.first, least, true) // where there is hardly room for the one tab, it alone stands there
	n.last = least
	for last := len(tabs) - 1; last > least; last-- {
		if fits(n.first, last, signs) {
			n.last = last
			break
		}
	}
	n.before, n.after = signs && n.first > 0, signs && n.last+1 < len(tabs)
	return n
}

// shorter are what tabs say where the window is narrow, of titles that take the
// room of two.
var shorter = map[string]string{"subscriptions.title": "subscriptions.tab"}

func (s *Shell) tabName(i int, m *Maker) string {
	name := m.Label
	if short, ok := shorter[name]; ok && s.w < wideW {
		name = short
	}
	if s.w < roomyW {
		return s.env.Text.T(name)
	}
	return string(rune('1'+i)) + " " + s.env.Text.T(name)
}

// header is the line that says where we are and what we look at.
func (s *Shell) header() string {
	t := s.env.Theme
	l := kit.NewLine(s.w-s.margin()).Skip(s.margin()).Put(t.Strong, brand)
	here := s.top().maker
	n := s.namedTabs()
	l.Skip(s.brandGap())
	if n.before {
		l.Put(t.Faint, tabsMore).Skip(s.tabGap())
	}
	gap := 0
	for i, m := range s.tabs() {
		if i < n.first || i > n.last {
			continue
		}
		ink := t.Quiet
		if m == here {
			ink = t.Tab
		}
		l.Skip(gap).Put(ink, s.tabName(i, m))
		gap = s.tabGap()
	}
	if n.after {
		l.Skip(s.tabGap()).Put(t.Quiet, tabsMore)
	}
	if !here.Tab {
		l.Skip(gap).Put(t.Tab, s.env.Text.T(here.Label))
	}
	s.standing(l)
	return l.String()
}

// standingParts is where the data comes from, its age, and whether it is made up, offline or not here yet.
func (s *Shell) standingParts() (source, age, made, mark string) {
	if s.o.MadeUp {
		made = s.env.Text.T("shell.made_up")
	}
	if !s.fresh.At.IsZero() {
		age = s.env.Text.Age(s.env.Now, s.fresh.At)
	}
	switch {
	case s.fresh.Offline:
		mark = s.env.Text.T("shell.offline")
	case s.unfetched():
		mark = s.env.Text.T("shell.not_fetched")
	}
	if clock := s.testClock(); clock != "" { // instead of an age, and as long as anything else
		age, mark = "", join(mark, clock)
	}
	if s.recording {
		mark = strings.TrimPrefix(mark+" · "+s.env.Text.T("recording.mark"), " · ")
	}
	return s.env.Source, age, made, mark
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + " · " + b
}

// widthOf is what parts take with dots between them; empty ones take nothing.
func widthOf(parts ...string) int {
	n := 0
	for _, part := range parts {
		if part != "" {
			n += kit.Width(part) + 3
		}
	}
	return n - 3
}

// standing says at the right edge where the data comes from and how old it is;
// what does not fit is left out whole, the source first; that it is made up stays
// longest. Two cells stay free before it, as between tabs.
func (s *Shell) standing(l *kit.Line) {
	t := s.env.Theme
	room := l.Left() - 2
	source, age, made, mark := s.standingParts()
	if widthOf(source, made, age, mark) > room {
		source = ""
	}
	if widthOf(made, age, mark) > room {
		age = ""
	}
	if widthOf(made, age, mark) > room {
		made = ""
	}
	n := widthOf(source, made, age, mark)
	if n <= 0 || n > room {
		return
	}
	l.Skip(l.Left() - n)
	first := true
	for i, part := range [...]string{source, made, age, mark} {
		if part == "" {
			continue
		}
		if !first {
			l.Put(t.Quiet, " · ")
		}
		first = false
		ink := t.Quiet
		if i == 3 {
			ink = t.Warn
		}
		l.Put(ink, part)
	}
}

// footer keeps the line of keys until something in it changes.
type footer struct {
	sum  uint64
	line string
}

var seed = maphash.MakeSeed()

// footer is the line of keys that can be pressed here: on the left those of the
// page, which give way where there is no room, on the right the shell's.
func (s *Shell) footer(w int) string {
	left, right := s.footed()
	var h maphash.Hash
	h.SetSeed(seed)
	h.WriteString(s.env.Text.Lang())
	for _, n := range [...]int{w, len(left), len(right)} {
		h.WriteByte(byte(n))
		h.WriteByte(byte(n >> 8))
	}
	for _, list := range [...][]kit.Binding{left, right} {
		for _, b := range list {
			h.WriteString(b.Label)
			h.WriteString(b.Show)
			if len(b.Keys) > 0 {
				h.WriteString(b.Keys[0])
			}
		}
	}
	for _, k := range [...]kit.Ink{s.env.Theme.Key, s.env.Theme.Quiet} {
		h.WriteString(k.Render("x"))
	}
	if sum := h.Sum64(); sum != s.foot.sum {
		s.foot = footer{sum, kit.Footer{Page: left, Own: right, List: doHelp}.Draw(s.env.Theme, s.env.Text, w)}
	}
	return s.foot.line
}

// footed is the bindings that the footer names: the page's, and the shell's.
// While a text is typed the keys of the shell's letters are letters, and the
// list of keys has another one.
func (s *Shell) footed() (page, own []kit.Binding) {
	if s.panel != nil {
		return s.panel.keys(), nil
	}
	for _, b := range s.top().page.Keys() {
		if !b.Quiet && b.Off == "" {
			page = append(page, b)
		}
	}
	_, sparing := s.top().page.(kit.Sparing)
	letters := s.typing() && !sparing
	for _, b := range s.bindings() {
		switch {
		case b.Quiet || b.Off != "" || letters && b.Intent != doHelp:
		case b.Keys[0] == "esc":
			if _, taken := kit.Match(page, "esc"); !taken {
				page = append(page, b)
			}
		case letters:
			b.Show = kit.KeyName(s.env.Text, b.Keys[1])
			own = append(own, b)
		default:
			own = append(own, b)
		}
	}
	return page, own
}
