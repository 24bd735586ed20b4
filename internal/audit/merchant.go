package audit

import (
	_ "embed"
	"iter"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

//go:embed data/merchant_words.txt
var merchantWords string

// wordKind says what a token of a merchant string is, besides a name.
type wordKind uint16

const (
	gatewayWord wordKind = 1 << iota
	noiseWord
	trialWord
	checkWord
	placeWord
	recurringWord
	domainWord // only after a dot or a slash
	instalmentWord
	fareWord
)

var wordKinds = sync.OnceValue(func() map[string]wordKind {
	sections := map[string]wordKind{"[gateway]": gatewayWord, "[noise]": noiseWord, "[trial]": trialWord, "[check]": checkWord, "[place]": placeWord, "[recurring]": recurringWord, "[domain]": domainWord, "[instalment]": instalmentWord, "[fare]": fareWord}
	words := make(map[string]wordKind, 400)
	var kind wordKind
	for line := range strings.Lines(merchantWords) {
		if fields := strings.Fields(line); len(fields) == 0 || line[0] == '#' {
			continue
		} else if k, ok := sections[fields[0]]; ok {
			kind = k
		} else {
			for _, w := range fields {
				words[w] |= kind
			}
		}
	}
	return words
})

// merchant is what a printed string says.
type merchant struct {
	key  string // the name without case, width, spaces, gateways, places and numbers
	name string // for people
	mark wordKind
}

// merchants reads printed strings, remembering what it has seen but for their digits.
type merchants struct {
	seen map[string]*merchant
	buf  []byte
}

func newMerchants() *merchants { return &merchants{seen: make(map[string]*merchant)} }

// read finds the merchant of a printed string.
func (m *merchants) read(s string) *merchant {
	m.buf = m.buf[:0]
	for i := range len(s) {
		if c := s[i]; c < '0' || c > '9' {
			m.buf = append(m.buf, c)
		} else if n := len(m.buf); n == 0 || m.buf[n-1] != '0' {
			m.buf = append(m.buf, '0') // one 0 stands for a run of digits
		}
	}
	if got, ok := m.seen[string(m.buf)]; ok {
		return got
	}
	got := parseMerchant(s)
	m.seen[string(m.buf)] = got
	return got
}

// fields gives the runs of letters and digits, each with the character before it.
func fields(s string) iter.Seq2[string, rune] {
	return func(yield func(string, rune) bool) {
		from, before := -1, ' '
		for i, r := range s {
			switch inside := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r); {
			case inside && from < 0:
				from = i
			case !inside:
				if from >= 0 && !yield(s[from:i], before) {
					return
				}
				from, before = -1, r
			}
		}
		if from >= 0 {
			yield(s[from:], before)
		}
	}
}

type token struct {
	text  string // folded, without digits at its end
	print string
	kind  wordKind
}

func parseMerchant(s string) *merchant {
	words := wordKinds()
	var tokens []token
	var mark wordKind
	named := false // whether a name stands before
	for field, before := range fields(norm.NFKC.String(s)) {
		text := strings.ToUpper(field)
		letters, digits, turns := mixture(text)
		if digits > 0 {
			bare := strings.TrimFunc(text, unicode.IsDigit)
			if letters == 0 || digits > letters || words[bare]&noiseWord != 0 || named && isCode(before, digits, turns) {
				continue
			}
		}
		kind := words[text]
		named = named || kind&^(domainWord|placeWord) == 0
		if kind&domainWord != 0 && (before == '.' || before == '/') && len(tokens) > 0 {
			kind |= noiseWord
		}
		mark |= kind & (trialWord | checkWord | recurringWord | instalmentWord | fareWord)
		tokens = append(tokens, token{text, field, kind})
	}
	kept := keepName(tokens, words)
	out := &merchant{mark: mark}
	for i, t := range kept {
		out.key += t.text
		if i > 0 {
			out.name += " "
		}
		out.name += t.print
	}
	if out.key == "" {
		out.key, out.name = strings.ToUpper(s), s
	}
	return out
}

// mixture counts letters, digits, and how often one stands next to the other.
func mixture(field string) (letters, digits, turns int) {
	was := false
	for i, r := range field {
		is := unicode.IsDigit(r)
		if is {
			digits++
		} else {
			letters++
		}
		if i > 0 && is != was {
			turns++
		}
		was = is
	}
	return letters, digits, turns
}

// isCode reports whether letters and digits after a name are the number of an
// order, as in AMZN MKTP US*2K4AB1Z9Q or SPOTIFY P1A2B3C4D5: a mixture that no
// name is, or any after the sign that shops put before such numbers.
func isCode(before rune, digits, turns int) bool {
	return before == '*' || before == '#' || digits > 1 && turns > 2
}

// keepName drops what is no name, but never everything.
func keepName(tokens []token, words map[string]wordKind) []token {
	kept := without(tokens, func(t token) bool { return t.kind&(noiseWord|trialWord|checkWord|recurringWord|instalmentWord) != 0 })
	for len(kept) > 1 && kept[0].kind&gatewayWord != 0 {
		kept = kept[1:]
	}
	for len(kept) > 1 {
		n := len(kept)
		switch {
		case kept[n-1].kind&placeWord != 0:
			kept = kept[:n-1]
		case n > 2 && words[kept[n-2].text+kept[n-1].text]&placeWord != 0:
			kept = kept[:n-2]
		default:
			return kept
		}
	}
	return kept
}

func without(tokens []token, drop func(token) bool) []token {
	kept := make([]token, 0, len(tokens))
	for _, t := range tokens {
		if !drop(t) {
			kept = append(kept, t)
		}
	}
	if len(kept) == 0 {
		return tokens
	}
	return kept
}
