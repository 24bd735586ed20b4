package history

import (
	"strings"
	"unicode/utf8"
)

// maxWords is how many words of a search count: one bit each.
const maxWords = 32

// Hits says which words of a Matcher were found: bit n for the n-th word.
type Hits uint32

// Matcher looks for the words of a search. A word is found in a text that
// holds it after Fold. Initial consonants stand for any syllable they open
// (ㅅㅌㅂㅅ finds 스타벅스), and a last syllable without a final for those with
// one, as it is while a person still types (스타버 finds 스타벅스).
//
// A reader with a dictionary asks Hits once for each entry and ORs the answers
// of a line: the line is wanted if that equals All.
type Matcher struct {
	words []word
}

type word struct {
	folded string
	runes  []rune
	exact  bool // no consonants, no open end: strings.Contains will do
}

// NewMatcher takes the words of text; "…" keeps several together. Words after
// the 32nd don't count.
func NewMatcher(text string) *Matcher {
	m := &Matcher{}
	for _, w := range splitWords(text) {
		if len(m.words) == maxWords {
			break
		}
		if f := Fold(w); f != "" {
			m.words = append(m.words, newWord(f))
		}
	}
	return m
}

func newWord(folded string) word {
	w := word{folded: folded, runes: []rune(folded), exact: true}
	for i, r := range w.runes {
		if isInitial(r) || i == len(w.runes)-1 && isOpen(r) {
			w.exact = false
		}
	}
	return w
}

// splitWords splits at spaces outside quotes and drops the quotes.
func splitWords(text string) []string {
	var words []string
	for i, part := range strings.Split(text, `"`) {
		if i%2 == 0 {
			words = append(words, strings.Fields(part)...)
		} else if part = strings.TrimSpace(part); part != "" {
			words = append(words, part)
		}
	}
	return words
}

// All is the Hits of a line that has every word.
func (m *Matcher) All() Hits { return Hits(1)<<len(m.words) - 1 }

// Hits says which words are in s.
func (m *Matcher) Hits(s string) Hits {
	if s == "" || len(m.words) == 0 {
		return 0
	}
	return m.HitsFolded(Fold(s))
}

// HitsFolded is Hits for a text that went through Fold.
func (m *Matcher) HitsFolded(s string) Hits {
	var h Hits
	for i := range m.words {
		if m.words[i].in(s) {
			h |= 1 << i
		}
	}
	return h
}

// Match reports whether every word is in one of the texts.
func (m *Matcher) Match(texts ...string) bool {
	var h Hits
	for _, s := range texts {
		h |= m.Hits(s)
	}
	return h == m.All()
}

func (w *word) in(s string) bool {
	if w.exact {
		return strings.Contains(s, w.folded)
	}
	for i := range s {
		if w.at(s[i:]) {
			return true
		}
	}
	return false
}

// at reports whether s starts with the word.
func (w *word) at(s string) bool {
	last := len(w.runes) - 1
	for i, want := range w.runes {
		if s == "" {
			return false
		}
		r, n := utf8.DecodeRuneInString(s)
		s = s[n:]
		switch {
		case r == want:
		case isInitial(want) && initialOf(r) == want:
		case i == last && isOpen(want) && r > want && r < want+finals:
		default:
			return false
		}
	}
	return true
}
