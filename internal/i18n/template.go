package i18n

import (
	"bytes"
	"fmt"
	"strings"
	texttemplate "text/template"

	"github.com/nicksnyder/go-i18n/v2/i18n/template"
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

// parser reads messages for go-i18n. Nearly all of them hold nothing but
// {{.Name}} and {{josa .Name "을/를"}}: those become a list of pieces, which is
// some ten times cheaper to fill in than a text/template; anything else is one.
var parser template.Parser = reader{}

type reader struct{}

func (reader) Cacheable() bool { return true }

func (reader) Parse(src, _, _ string) (template.ParsedTemplate, error) {
	if p, ok := split(src); ok {
		return p, nil
	}
	t, err := texttemplate.New("").Option("missingkey=error").Funcs(texttemplate.FuncMap{
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

func (p pieces) Execute(data any) (string, error) {
	args, _ := data.(pairs)
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

type general struct{ t *texttemplate.Template }

func (g general) Execute(data any) (string, error) {
	args, _ := data.(pairs)
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
