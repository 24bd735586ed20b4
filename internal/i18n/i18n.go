// Package i18n is the one catalogue of everything Jandon says.
//
// English is the source, Korean is complete; a test compares keys and
// placeholders and finds unused and unknown ones. Catalogues are TOML files
// embedded in the binary, one per area, in the format of go-i18n. A Printer
// speaks one language; it reads that language alone, and messages without
// arguments cost one map look-up, so that drawing a frame does not format
// them anew. An unknown id panics in tests and shows itself in production.
package i18n

import (
	"embed"
	"flag"
	"fmt"
	"io/fs"
	"path"
	"sync"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"
)

//go:embed en/*.toml ko/*.toml
var catalogues embed.FS

// Langs lists the languages in the order in which a person switches through them.
func Langs() []string { return []string{"en", "ko"} }

// Printer speaks one language. It may be shared between goroutines.
type Printer struct {
	lang  string
	plain map[string]string // the messages without placeholders or plural forms
	words *goi18n.Localizer
}

// printers are those that were made: a catalogue never changes, and reading it
// takes milliseconds that every start would pay again.
var printers sync.Map // of *Printer, by language

// New gives the catalogue of a language: "en" or "ko".
func New(lang string) (*Printer, error) {
	if p, ok := printers.Load(lang); ok {
		return p.(*Printer), nil
	}
	p, err := load(lang)
	if err != nil {
		return nil, err
	}
	made, _ := printers.LoadOrStore(lang, p)
	return made.(*Printer), nil
}

func load(lang string) (*Printer, error) {
	messages, err := read(lang)
	if err != nil {
		return nil, err
	}
	tag := language.MustParse(lang)
	bundle := goi18n.NewBundle(tag)
	if err := bundle.AddMessages(tag, messages...); err != nil {
		return nil, fmt.Errorf("i18n: %s: %w", lang, err)
	}
	p := &Printer{lang: lang, plain: make(map[string]string, len(messages)), words: goi18n.NewLocalizer(bundle, lang)}
	for _, m := range messages {
		if m.One == "" && !hasPlaceholder(m.Other) {
			p.plain[m.ID] = m.Other
		}
	}
	return p, nil
}

// Must is New for the languages of Langs, which the tests know to be readable.
func Must(lang string) *Printer {
	p, err := New(lang)
	if err != nil {
		panic(err)
	}
	return p
}

func read(lang string) ([]*goi18n.Message, error) {
	files, err := fs.Glob(catalogues, lang+"/*.toml")
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("i18n: no catalogue for %q; there are %v", lang, Langs())
	}
	var all []*goi18n.Message
	for _, name := range files {
		list, err := readArea(name)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	return all, nil
}

func readArea(name string) ([]*goi18n.Message, error) {
	data, err := catalogues.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("i18n: %w", err)
	}
	if list, ok := quick(string(data)); ok {
		return list, nil
	}
	list, err := goi18n.ParseMessageBytes(data, toml.Unmarshal)
	if err != nil {
		return nil, fmt.Errorf("i18n: %s: %w", path.Base(name), err)
	}
	return list, nil
}

// Lang is "en" or "ko".
func (p *Printer) Lang() string { return p.lang }

// Has reports whether the catalogue knows an id.
func (p *Printer) Has(id string) bool {
	if _, ok := p.plain[id]; ok {
		return true
	}
	_, err := p.words.Localize(&goi18n.LocalizeConfig{MessageID: id, TemplateParser: parser, TemplateData: pairs{anyName, ""}})
	return err == nil
}

// T is the message of an id without arguments.
func (p *Printer) T(id string) string {
	if s, ok := p.plain[id]; ok {
		return s
	}
	return p.F(id)
}

// F is the message of an id with pairs of name and value.
func (p *Printer) F(id string, args ...any) string {
	if s, ok := p.plain[id]; ok {
		return s
	}
	return p.format(&goi18n.LocalizeConfig{MessageID: id, TemplateParser: parser, TemplateData: pairs(args)})
}

// Outside is F where names and values come from outside: a name that has no
// value there is shown as a question mark.
func (p *Printer) Outside(id string, args ...any) string {
	return p.F(id, append(args, anyName, "?")...)
}

// N is F with a count, given to the message as .N and choosing its plural form.
func (p *Printer) N(id string, n int, args ...any) string {
	all := append(pairs{"N", n}, args...)
	return p.format(&goi18n.LocalizeConfig{MessageID: id, PluralCount: n, TemplateParser: parser, TemplateData: all})
}

func (p *Printer) format(c *goi18n.LocalizeConfig) string {
	s, err := p.words.Localize(c)
	if err != nil {
		if flag.Lookup("test.v") != nil { // only in a test binary
			panic(fmt.Sprintf("i18n: %s: %s: %v", p.lang, c.MessageID, err))
		}
		return c.MessageID
	}
	return s
}
