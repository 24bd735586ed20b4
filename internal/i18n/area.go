package i18n

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/pelletier/go-toml/v2"
)

var errUnknown = errors.New("no such message")

// area is one file of a catalogue.
type area struct {
	plain  map[string]string   // the messages without placeholders or plural forms
	filled map[string]*message // all others
	err    error
}

// wordAreas are small tables of words that share a file: the file of each.
var wordAreas = map[string]string{
	"amount": "kind", "type": "kind", "status": "kind", "key": "kit", "channel": "way", "origin": "way",
}

// open makes a catalogue ready to be read.
func open(lang string) (*Printer, error) {
	files, err := catalogues.ReadDir(lang)
	if err != nil {
		return nil, fmt.Errorf("i18n: %w", err)
	}
	p := &Printer{lang: lang, areas: make(map[string]func() *area, len(files)+len(wordAreas))}
	for _, f := range files {
		name := f.Name()
		p.areas[strings.TrimSuffix(name, ".toml")] = sync.OnceValue(func() *area { return readArea(lang + "/" + name) })
	}
	for word, file := range wordAreas {
		p.areas[word] = p.areas[file]
	}
	return p, nil
}

func readArea(name string) *area {
	list, err := readMessages(name)
	if err != nil {
		return &area{err: err}
	}
	a := &area{plain: make(map[string]string, len(list)), filled: map[string]*message{}}
	for _, m := range list {
		if m.One == "" && !hasPlaceholder(m.Other) {
			a.plain[m.ID] = m.Other
		} else {
			a.filled[m.ID] = newMessage(m)
		}
	}
	return a
}

func readMessages(name string) ([]*goi18n.Message, error) {
	data, err := catalogues.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("i18n: %w", err)
	}
	if list, ok := quick(string(data)); ok {
		return list, nil
	}
	list, err := goi18n.ParseMessageBytes(data, toml.Unmarshal)
	if err != nil {
		return nil, fmt.Errorf("i18n: %s: %w", name, err)
	}
	return list, nil
}
