package main

import (
	"strings"
	"testing"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Help writes the first letter of a text large and the rest of its first word
// small, so that no text may begin with PIN or SHA-256.
func TestTextsOfHelpBeginWithAWord(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "ko"} {
		a := &app{}
		root := a.tree()
		a.translate(root, []string{"--lang", lang})
		bad := func(text string) bool {
			first, _, _ := strings.Cut(text, " ")
			if first == "" {
				return false
			}
			return strings.ContainsFunc(first[1:], unicode.IsUpper)
		}
		var walk func(*cobra.Command)
		walk = func(c *cobra.Command) {
			if bad(c.Short) {
				t.Errorf("%s: %s: %q", lang, c.CommandPath(), c.Short)
			}
			c.Flags().VisitAll(func(f *pflag.Flag) {
				if bad(f.Usage) {
					t.Errorf("%s: %s --%s: %q", lang, c.CommandPath(), f.Name, f.Usage)
				}
			})
			for _, child := range c.Commands() {
				walk(child)
			}
		}
		walk(root)
	}
}
