package i18n

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"text/template"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
)

// pairs are names and values in turn: the arguments of one message.
type pairs []any

// anyName stands for every name that has no value of its own.
const anyName = "*"

func (p pairs) find(name string) (any, bool) {
	for i := 0; i+1 < len(p); i += 2 {
		if p[i] == name || p[i] == anyName {
			return p[i+1], true
		}
	}
	return nil, false
}

func hasPlaceholder(s string) bool { return strings.Contains(s, "{{") }

// sentence is a text with placeholders, taken apart.
type sentence interface {
	fill(pairs) (string, error)
}

// message is a sentence, in languages with plurals one for a single thing, too.
type message struct{ one, other func() (sentence, error) }

func newMessage(m *goi18n.Message) *message {
	r := &message{other: sync.OnceValues(func() (sentence, error) { return parse(m.Other) })}
	if m.One != "" {
		r.one = sync.OnceValues(func() (sentence, error) { return parse(m.One) })
	}
	return r
}

// fill takes the singular for a count of one. That is the whole rule of
// English cardinals; Korean has no second form.
func (m *message) fill(n int, args pairs) (string, error) {
	form := m.other
	if n == 1 && m.one != nil {
		form = m.one
	}
	s, err := form()
	if err != nil {
		return "", err
	}
	return s.fill(args)
}

// parse takes a text apart. Nearly all of them hold nothing but {{.Name}} and
// {{josa .Name "을/를"}}: those become a list of pieces, which is some ten
// times cheaper to fill in than a text/template; anything else is one.
func parse(src string) (sentence, error) {
	if p, ok := split(src); ok {
		return p, nil
	}
	t, err := template.New("").Option("missingkey=error").Funcs(template.FuncMap{
		"josa": func(v any, forms string) string { return Josa(fmt.Sprint(v), forms) },
	}).Parse(src)
	if err != nil {
		return nil, fmt.Errorf("i18n: %q: %w", src, err)
	}
	return general{t}, nil
}

// piece is fixed text, or the value of a name, with a particle if it has forms.
type piece struct{ text, name, forms string }

type pieces []piece

func split(src string) (pieces, bool) {
	var list pieces
	for {
		before, rest, found := strings.Cut(src, "{{")
		if before != "" {
			list = append(list, piece{text: before})
		}
		if !found {
			return list, true
		}
		inner, after, closed := strings.Cut(rest, "}}")
		words := strings.Fields(inner)
		switch {
		case closed && len(words) == 1 && strings.HasPrefix(words[0], ".") && len(words[0]) > 1:
			list = append(list, piece{name: words[0][1:]})
		case closed && len(words) == 3 && words[0] == "josa" && strings.HasPrefix(words[1], "."):
			list = append(list, piece{name: words[1][1:], forms: strings.Trim(words[2], `"`)})
		default:
			return nil, false
		}
		src = after
	}
}

func (p pieces) fill(args pairs) (string, error) {
	var buf [160]byte
	b := buf[:0]
	for _, c := range p {
		if c.name == "" {
			b = append(b, c.text...)
			continue
		}
		v, ok := args.find(c.name)
		if !ok {
			return "", fmt.Errorf("i18n: no value for .%s", c.name)
		}
		start := len(b)
		switch v := v.(type) {
		case string:
			b = append(b, v...)
		default:
			b = fmt.Append(b, v)
		}
		if c.forms != "" {
			b = append(b, particle(string(b[start:]), c.forms)...)
		}
	}
	return string(b), nil
}

type general struct{ t *template.Template }

func (g general) fill(args pairs) (string, error) {
	m := make(map[string]any, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		if name, ok := args[i].(string); ok {
			m[name] = args[i+1]
		}
	}
	var b bytes.Buffer
	if err := g.t.Execute(&b, m); err != nil {
		return "", err
	}
	return b.String(), nil
}
