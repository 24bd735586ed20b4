package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"jandon/config"
	"jandon/internal/i18n"
)

// speaks reports whether somebody is going to read the commands' texts: help,
// manual, and the suggestions of a shell. Everything else starts without them.
func speaks(args []string) bool {
	aloud := []string{"-h", "--help", "help", "man", "completion", cobra.ShellCompRequestCmd}
	return slices.ContainsFunc(args, func(arg string) bool { return slices.Contains(aloud, arg) }) // flags may stand before the command
}

// roughWords is the catalogue before settings could be read: a mistake in the
// configuration should be told in the right language too.
func (a *app) roughWords(args []string) *i18n.Printer {
	flags := make(map[string]string)
	for i, arg := range args {
		if lang, ok := strings.CutPrefix(arg, "--lang="); ok {
			flags["lang"] = lang
		} else if arg == "--lang" && i+1 < len(args) {
			flags["lang"] = args[i+1]
		}
	}
	missing := func(string) ([]byte, error) { return nil, nil }
	for _, f := range []map[string]string{flags, nil} {
		if cfg, err := config.Load(config.Sources{Environ: onlyLocale(a.environ), Flags: f, Read: missing}); err == nil {
			return i18n.Must(cfg.Lang)
		}
	}
	return i18n.Must("en")
}

func onlyLocale(environ []string) []string {
	return slices.DeleteFunc(slices.Clone(environ), func(pair string) bool {
		return strings.HasPrefix(pair, "JANDON_") && pair != "JANDON_LANG=ko" && pair != "JANDON_LANG=en"
	})
}

// translate replaces the catalogue ids in the tree by what they say.
func (a *app) translate(root *cobra.Command, args []string) {
	a.words = a.roughWords(args)
	say := func(id string) string {
		if !strings.HasPrefix(id, "cli.") {
			return id
		}
		if !a.words.Has(id) {
			return ""
		}
		return a.words.T(id)
	}
	var walk func(*cobra.Command)
	walk = func(c *cobra.Command) {
		c.InitDefaultHelpFlag()
		c.InitDefaultVersionFlag()
		if c.Name() == "help" && c.Parent() == root {
			c.Short, c.Long = "cli.help.short", "cli.help.long"
			help := c.Run
			c.Run = func(c *cobra.Command, args []string) {
				if about, _, err := root.Find(args); len(args) > 0 && (err != nil || about == root) {
					a.failed = strange(root, args[0])
					return
				}
				help(c, args)
			}
		}
		c.Short, c.Long, c.Example = say(c.Short), say(c.Long), say(c.Example)
		each := func(f *pflag.Flag) {
			if f.Name == "help" || f.Name == "version" { // cobra's own
				f.Usage = "cli.flag." + f.Name
			}
			f.Usage = say(f.Usage)
		}
		c.Flags().VisitAll(each)
		c.PersistentFlags().VisitAll(each)
		for _, child := range c.Commands() {
			walk(child)
		}
	}
	root.InitDefaultHelpCmd()
	walk(root)
}
