package ui

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/i18n"
	"jandon/ui/kit"
)

// command is what the palette can find.
type command struct {
	kit.Binding
	label string
	found string   // what it is found by in place of its label; "": by that
	words []string // that it is found by as well
}

// words are what else somebody might call what a label names: the words that
// the catalogues list below find, and its names in other languages.
func words(lang, label string) (list []string) {
	for _, l := range i18n.Langs() {
		text, err := i18n.New(l)
		if err != nil {
			continue
		}
		if l != lang {
			list = append(list, text.T(label))
		}
		if id := findPrefix + label; text.Has(id) {
			list = append(list, strings.Split(text.T(id), ", ")...)
		}
	}
	return list
}

// findPrefix goes before the id of a label in the catalogues' lists of words.
const findPrefix = "find."

// matches reports whether a query finds the command, and how well: by letters of
// its name in their order, or by the beginning of another word for it. A name
// counts for more.
func (c *command) matches(query string) (score int, ok bool) {
	if score, ok = fuzzy(query, cmp.Or(c.found, c.label)); ok {
		score += byName
	}
	query = strings.ToLower(strings.TrimSpace(query))
	for _, w := range c.words {
		at := strings.Index(" "+strings.ToLower(w), " "+query)
		if query == "" || at < 0 {
			continue
		}
		n, _ := fuzzy(query, w)
		if strings.EqualFold(query, w) {
			n += byWord
		}
		if !ok || n > score {
			score, ok = n, true
		}
	}
	return score, ok
}

// byName is what a match of the name counts for more than one of another word:
// less than the beginning of a word, so that letters strewn over a name come
// after a word that is meant. byWord is what a word counts for more that was
// typed in full: 출금 means the page, and not the one that has it in its name.
const (
	byName = 4
	byWord = 12
)

// choice is one line of the palette.
type choice struct {
	kit.Binding
	label string
	score int
}

// paletteList finds anything that can be done by a few letters of its name, or
// by another word for it, in whatever language.
type paletteList struct {
	noField
	field kit.Field
	all   []command
	found []choice
	at    int
	top   int
	h     int
}

func newPalette(s *Shell) panel {
	p := &paletteList{}
	var list []kit.Binding
	for _, from := range [...][]kit.Binding{s.top().page.Keys(), s.bindings()} {
		for _, b := range from {
			if !moving[b.Intent] && b.Intent != doPalette && b.Label != "kit.key.choose" && !offered(list, b) {
				list = append(list, b)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b kit.Binding) int { return min(len(a.Off), 1) - min(len(b.Off), 1) }) // what can act now first
	for _, b := range list {
		p.all = append(p.all, command{Binding: b, label: capital(s.env.Text.T(b.Label)), words: words(s.env.Text.Lang(), b.Label)})
	}
	p.all = append(p.all, s.searchCommands()...)
	p.search()
	return p
}

// capital begins a name as names of pages begin, which stand in the same list.
func capital(label string) string {
	r, n := utf8.DecodeRuneInString(label)
	return string(unicode.ToUpper(r)) + label[n:]
}

// moving are intents that nobody looks up by name.
var moving = map[kit.Intent]bool{
	kit.Up: true, kit.Down: true, kit.PageUp: true, kit.PageDown: true, kit.Top: true, kit.Bottom: true,
	"left": true, "right": true, doNextTab: true, doPrevTab: true,
}

func (p *paletteList) floats() bool { return true }

func (p *paletteList) keys() []kit.Binding {
	return []kit.Binding{
		{Keys: []string{"enter"}, Label: "shell.choose"},
		{Keys: []string{"up"}, Show: "↑↓", Label: "shell.scroll"},
		{Keys: []string{"esc"}, Label: "shell.close"},
	}
}

func (p *paletteList) press(s *Shell, msg tea.KeyPressMsg) tea.Cmd {
	switch msg.String() {
	case "esc":
		s.panel = nil
		return nil
	case "enter":
		s.panel = nil
		if p.at < len(p.found) {
			return s.run(p.found[p.at].Binding)
		}
		return nil
	case "up", "ctrl+p", "shift+tab":
		p.at--
	case "down", "ctrl+n", "tab":
		p.at++
	case "pgup":
		p.at -= p.h
	case "pgdown":
		p.at += p.h
	default:
		if p.field.Update(msg) {
			p.search()
		}
	}
	p.at = max(min(p.at, len(p.found)-1), 0)
	return nil
}

func (p *paletteList) paste(s *Shell, msg tea.PasteMsg) tea.Cmd {
	if p.field.Update(msg) {
		p.search()
	}
	return nil
}

func (p *paletteList) scroll(_ *Shell, to kit.Intent) {
	if to == kit.Up {
		p.at = max(p.at-1, 0)
	} else {
		p.at = max(min(p.at+1, len(p.found)-1), 0)
	}
}

// search orders what matches: the best first, then as listed.
func (p *paletteList) search() {
	p.found, p.at, p.top = p.found[:0], 0, 0
	for _, c := range p.all {
		if n, ok := c.matches(p.field.Value()); ok {
			p.found = append(p.found, choice{c.Binding, c.label, n})
		}
	}
	if p.field.Value() == "" {
		return
	}
	slices.SortStableFunc(p.found, func(a, b choice) int { return b.score - a.score })
}

// fuzzy reports whether the letters of a query occur in a text in their order,
// blanks aside, and how well: letters side by side and at the beginnings of
// words count for more, and a short text before a long one.
func fuzzy(query, text string) (int, bool) {
	want := []rune(strings.ToLower(strings.ReplaceAll(query, " ", "")))
	score, at, run := -len(text)/8, 0, 0
	before := ' '
	for _, r := range strings.ToLower(text) {
		if at < len(want) && r == want[at] {
			at++
			run++
			score += 2 * run
			if !unicode.IsLetter(before) && !unicode.IsDigit(before) {
				score += 6
			}
		} else {
			run = 0
		}
		before = r
	}
	return score, at == len(want)
}

// finds reports whether anything matches what the field would hold after a message.
func (p *paletteList) finds(msg tea.Msg) bool {
	next := p.field
	next.Update(msg)
	return slices.ContainsFunc(p.all, func(c command) bool {
		_, ok := c.matches(next.Value())
		return ok
	})
}

func (p *paletteList) caret() (int, int, bool) { return 4 + p.field.Caret(), 1, true }

func (p *paletteList) lines(s *Shell, w, h int) []string {
	t, text := s.env.Theme, s.env.Text
	inner := w - 4
	p.field.Resize(inner - 2)
	p.h = max(min(h-4, 12), 1)
	p.top = max(min(p.top, p.at), p.at-p.h+1)
	line := func(fill func(*kit.Line)) string {
		l := kit.NewLine(inner)
		fill(l)
		return t.Faint.Render("│") + " " + kit.Pad(l.String(), inner) + " " + t.Faint.Render("│")
	}
	rule := strings.Repeat("─", w-2)
	out := []string{t.Faint.Render("╭" + rule + "╮"), line(func(l *kit.Line) {
		l.Put(t.Accent, ":").Skip(1)
		if p.field.Value() == "" {
			l.Put(t.Quiet, text.T("shell.palette_hint"))
		} else {
			l.Put(t.Text, p.field.View())
		}
	}), p.rule(t, "├", "┤", "↑", p.top > 0, w)}
	if len(p.found) == 0 {
		out = append(out, line(func(l *kit.Line) { l.Put(t.Quiet, text.T("shell.palette_nothing")) }))
	}
	for i := p.top; i < min(p.top+p.h, len(p.found)); i++ {
		c := p.found[i]
		out = append(out, line(func(l *kit.Line) {
			label, keys := t.Text, t.Quiet
			if i == p.at {
				l.Over(t.Chosen)
			} else if c.Off != "" {
				label = t.Quiet
			}
			name := c.Name(text)
			l.Skip(1).Put(label, kit.Cut(c.label, max(l.Left()-kit.Width(name)-3, 0)))
			if c.Off != "" && l.Left() > kit.Width(name)+12 {
				l.Skip(2).Put(t.Warn, kit.Cut(text.T(c.Off), l.Left()-kit.Width(name)-3))
			}
			l.To(inner-1-kit.Width(name)).Put(keys, name).To(inner)
		}))
	}
	return append(out, p.rule(t, "╰", "╯", "↓", p.top+p.h < len(p.found), w))
}

// rule is a line of the frame, with a mark in it where the list goes on.
func (p *paletteList) rule(t *kit.Theme, from, to, mark string, more bool, w int) string {
	line := strings.Repeat("─", max(w-2, 0))
	if !more || w < 8 {
		return t.Faint.Render(from + line + to)
	}
	return t.Faint.Render(from+strings.Repeat("─", w-6)+" ") + t.Quiet.Render(mark) + t.Faint.Render(" ─"+to)
}
