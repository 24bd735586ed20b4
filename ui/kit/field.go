package kit

import (
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"

	"jandon/internal/safe"
)

// Field edits one line of text. It moves by whole letters as a person sees
// them, so a Hangul syllable or a letter with its marks never falls apart; the
// terminal's own cursor stands where Caret says, so that an input method draws
// in place. Typed and pasted text passes internal/safe.
type Field struct {
	Limit int // the most letters it takes; 0: 200
	text  string
	at    int // bytes before the caret
	from  int // bytes scrolled out on the left
	w     int // cells it is drawn in
}

// Value is the text.
func (f *Field) Value() string { return f.text }

// Set replaces the text and puts the caret behind it.
func (f *Field) Set(s string) { f.text = safe.Text(s); f.at = len(f.text); f.follow() }

// Resize sets the cells it is drawn in.
func (f *Field) Resize(w int) { f.w = max(w, 1); f.follow() }

// Update takes a key press or a paste; it reports whether the text changed.
func (f *Field) Update(msg tea.Msg) bool {
	old := f.text
	switch msg := msg.(type) {
	case tea.PasteMsg:
		f.insert(strings.TrimSpace(msg.Content))
	case tea.KeyPressMsg:
		if msg.Text != "" {
			f.insert(msg.Text)
		} else {
			f.edit(msg.String())
		}
	}
	f.follow()
	return f.text != old
}

func (f *Field) edit(key string) {
	switch key {
	case "left", "ctrl+b":
		f.at = f.before(f.at)
	case "right", "ctrl+f":
		f.at = f.after(f.at)
	case "home", "ctrl+a":
		f.at = 0
	case "end", "ctrl+e":
		f.at = len(f.text)
	case "ctrl+left", "alt+left", "alt+b":
		f.at = f.word(f.at, f.before)
	case "ctrl+right", "alt+right", "alt+f":
		f.at = f.word(f.at, f.after)
	case "backspace", "ctrl+h":
		f.remove(f.before(f.at), f.at)
	case "delete", "ctrl+d":
		f.remove(f.at, f.after(f.at))
	case "ctrl+w", "alt+backspace":
		f.remove(f.word(f.at, f.before), f.at)
	case "ctrl+u":
		f.remove(0, f.at)
	case "ctrl+k":
		f.remove(f.at, len(f.text))
	}
}

// insert puts text at the caret. Composing is left to the terminal, but parts
// of a syllable that arrive one by one become one (NFC).
func (f *Field) insert(s string) {
	limit := f.Limit
	if limit == 0 {
		limit = 200
	}
	s = spaced(s)
	for s != "" && utf8.RuneCountInString(f.text)+utf8.RuneCountInString(s) > limit {
		_, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
	}
	head := norm.NFC.String(f.text[:f.at] + s)
	f.text, f.at = head+f.text[f.at:], len(head)
}

// spaced is safe.Text for a part of a text: a space at its ends stays, or no
// two words could be typed.
func spaced(s string) string {
	inner := strings.Trim(s, " ")
	if inner == "" {
		return s
	}
	at := strings.Index(s, inner)
	return s[:at] + safe.Text(inner) + s[at+len(inner):]
}

func (f *Field) remove(from, to int) {
	f.text = f.text[:from] + f.text[to:]
	f.at = from
}

func (f *Field) after(i int) int {
	if i >= len(f.text) {
		return len(f.text)
	}
	g, _ := ansi.FirstGraphemeCluster(f.text[i:], ansi.GraphemeWidth)
	return i + len(g)
}

func (f *Field) before(i int) int {
	last := 0
	for n := 0; n < i; n = f.after(n) {
		last = n
	}
	return last
}

// word steps over blanks and then over a word.
func (f *Field) word(i int, step func(int) int) int {
	blank := func(a, b int) bool {
		r, _ := utf8.DecodeRuneInString(f.text[min(a, b):])
		return unicode.IsSpace(r) || unicode.IsPunct(r)
	}
	seen := false
	for {
		next := step(i)
		if next == i || seen && blank(i, next) {
			return i
		}
		seen = seen || !blank(i, next)
		i = next
	}
}

// follow scrolls so that the caret is within the cells it is drawn in.
func (f *Field) follow() {
	f.from = min(f.from, f.at)
	for f.w > 0 && f.from < f.at && Width(f.text[f.from:f.at]) > f.w-1 {
		f.from = f.after(f.from)
	}
	for f.from > 0 { // no blank room on the right while something is hidden on the left
		prev := f.before(f.from)
		if Width(f.text[prev:]) > f.w-1 {
			break
		}
		f.from = prev
	}
}

// View is the part of the text that fits its cells.
func (f *Field) View() string { return ansi.Truncate(f.text[f.from:], f.w, "") }

// Caret is the cell of the caret, counted from where View begins.
func (f *Field) Caret() int { return Width(f.text[f.from:f.at]) }
