package main

import (
	"bytes"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"jandon/internal/i18n"
)

// headingIDs are the headings that fang writes in English whatever the
// language; it has no option for them.
var headingIDs = map[string]string{
	"USAGE": "cli.section.usage", "EXAMPLES": "cli.section.examples", "COMMANDS": "cli.section.commands", "FLAGS": "cli.section.flags",
}

// headings is where help pages are written: each of fang's headings comes in a
// write of its own, and goes on in the person's language.
type headings struct {
	io.Writer
	words *i18n.Printer
}

// Write passes everything on, headings translated.
func (h headings) Write(p []byte) (int, error) {
	if word := strings.TrimSpace(ansi.Strip(string(p))); headingIDs[word] != "" {
		if _, err := h.Writer.Write(bytes.Replace(p, []byte(word), []byte(h.words.T(headingIDs[word])), 1)); err != nil {
			return 0, err
		}
		return len(p), nil
	}
	return h.Writer.Write(p)
}

// headed is a file that headings are written to: it is still known as a terminal.
type headed struct {
	term.File
	to headings
}

// Write passes everything on, headings translated.
func (h headed) Write(p []byte) (int, error) { return h.to.Write(p) }

// headedOut is standard output for the help pages.
func (a *app) headedOut() io.Writer {
	to := headings{a.out, a.words}
	if f, ok := a.out.(term.File); ok {
		return headed{f, to}
	}
	return to
}
