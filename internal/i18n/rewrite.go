package i18n

import (
	"strings"
	"unicode"
)

// leastFixed is how many letters of its own a message needs to be recognised by
// what it says.
const leastFixed = 3

// Rewrite finds the message that says a text, and says it with other values: of
// gives what is to stand for the value of a name. ok is false where no message
// of this language says that. A message without values is as it was.
func (p *Printer) Rewrite(text string, of func(name, value string) string) (said string, ok bool) {
	var best *spoken
	seen := map[*area]bool{}
	for _, read := range p.areas {
		a := read()
		if seen[a] {
			continue
		}
		seen[a] = true
		for id, plain := range a.plain {
			if plain == text && id != "" {
				return text, true
			}
		}
		for id, m := range a.filled {
			for _, form := range [...]func() (sentence, error){m.one, m.other} {
				if form == nil {
					continue
				}
				s, err := form()
				list, simple := s.(pieces)
				if err != nil || !simple {
					continue
				}
				values, fixed, fits := list.match(text)
				if fits && fixed >= leastFixed && (best == nil || fixed > best.fixed || fixed == best.fixed && id < best.id) {
					best = &spoken{id: id, list: list, values: values, fixed: fixed}
				}
			}
		}
	}
	if best == nil {
		return "", false
	}
	args := make(pairs, 0, len(best.values))
	for i := 0; i+1 < len(best.values); i += 2 {
		name, value := best.values[i].(string), best.values[i+1].(string)
		args = append(args, name, of(name, value))
	}
	said, err := best.list.fill(args)
	return said, err == nil
}

// spoken is a message that says a text.
type spoken struct {
	id     string
	list   pieces
	values pairs
	fixed  int
}

// match finds the values with which the pieces say a text; fixed is how many
// letters of it are their own.
func (p pieces) match(text string) (values pairs, fixed int, ok bool) {
	rest := text
	for i, c := range p {
		if c.name == "" {
			if !strings.HasPrefix(rest, c.text) {
				return nil, 0, false
			}
			rest = rest[len(c.text):]
			fixed += letters(c.text)
			continue
		}
		n := len(rest)
		if i+1 < len(p) && p[i+1].name == "" {
			if n = strings.Index(rest, p[i+1].text); n < 0 {
				return nil, 0, false
			}
			if i+2 == len(p) { // the last words of the text
				n = len(rest) - len(p[i+1].text)
			}
		}
		value := rest[:n]
		rest = rest[n:]
		if c.forms != "" {
			value = unjosa(value, c.forms)
		}
		values = append(values, c.name, value)
	}
	if again, err := p.fill(values); err != nil || again != text {
		return nil, 0, false
	}
	return values, fixed, true
}

// unjosa is a word without the particle behind it.
func unjosa(s, forms string) string {
	for form := range strings.SplitSeq(forms, "/") {
		if word, found := strings.CutSuffix(s, form); found && particle(word, forms) == form {
			return word
		}
	}
	return s
}

func letters(s string) (n int) {
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}
