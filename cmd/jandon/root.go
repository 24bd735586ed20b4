package main

import (
	"errors"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"jandon/internal/fault"
)

// globals are the flags that every command takes.
type globals struct {
	file    string // --config
	set     *pflag.FlagSet
	noInput bool
	noColor bool
	plain   bool

	passphraseFD int // --passphrase-fd; -1: asked for on the terminal
}

// named are the settings that have a flag, by flag name.
var named = map[string]string{
	"lang": "lang", "zone": "zone", "theme": "theme", "money-style": "money.style",
	"platform-url": "platform.url", "platform-account": "platform.account",
}

// settings are the settings that were given as flags.
func (g *globals) settings() map[string]string {
	given := make(map[string]string)
	g.set.VisitAll(func(f *pflag.Flag) {
		if key, ok := named[f.Name]; ok && f.Changed {
			given[key] = f.Value.String()
		}
	})
	if g.noColor {
		given["color"] = "never"
	}
	if g.set.Changed("plain") {
		given["plain"] = strconv.FormatBool(g.plain)
	}
	return given
}

// verb is what a command does once settings are read.
type verb func(cmd *cobra.Command, args []string) error

// tree builds the commands. Their texts are catalogue ids, which translate
// replaces when a person is going to read them.
func (a *app) tree() *cobra.Command {
	root := a.bare()
	root.Use = "jandon"
	name, _ := build()
	root.Version = name
	root.SetVersionTemplate("jandon {{.Version}}\n")
	flags := root.PersistentFlags()
	a.global.set = flags
	flags.StringVar(&a.global.file, "config", "", "cli.flag.config")
	for name := range named {
		flags.String(name, "", "cli.flag."+name)
	}
	flags.BoolVar(&a.global.noColor, "no-color", false, "cli.flag.no-color")
	flags.BoolVar(&a.global.noInput, "no-input", false, "cli.flag.no-input")
	flags.BoolVar(&a.global.plain, "plain", false, "cli.flag.plain")
	flags.IntVar(&a.global.passphraseFD, "passphrase-fd", -1, "cli.flag.passphrase-fd")
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		a.failed = wrongFlag(c, err)
		return nil // cobra then stops without running anything
	})
	root.SuggestionsMinimumDistance = 2
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(
		a.demo(), a.enroll(), a.serve(), a.sync(), a.imports(),
		a.balance(), a.preview(), a.cashout(), a.autoCashout(), a.acts(), a.limits(), a.destinations(), a.devices(), a.pinCommand(), a.recovery(), a.authenticator(), a.history(), a.search(), a.disputes(), a.dispute(), a.review(), a.recurring(), a.export(),
		a.replay(), a.session(),
		a.doctor(), a.config(), a.completion(root), a.man(root), a.schema(), a.version(),
	)
	return root
}

// command makes one verb. least and most bound its arguments; cobra's own
// check is not used, because its errors would be printed before ours.
func (a *app) command(use, id string, least, most int, run verb) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: id + ".short", Long: id + ".long", Example: id + ".example",
		Args: cobra.ArbitraryArgs, SilenceErrors: true, SilenceUsage: true, DisableFlagsInUseLine: true,
		Run: func(cmd *cobra.Command, args []string) {
			a.verb = cmd.CommandPath()
			switch {
			case len(args) < least:
				a.failed = fault.New(fault.MissingArg, "name", cmd.CommandPath(), "want", cmd.UseLine())
			case len(args) > most && most >= 0:
				a.failed = fault.New(fault.ExtraArg, "value", args[most], "want", cmd.UseLine())
			default:
				if a.failed = a.load(); a.failed == nil {
					a.failed = run(cmd, args)
				}
			}
		},
	}
}

// strange is what root does with arguments: none of them is a command.
func strange(root *cobra.Command, word string) error {
	var known []string
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() {
			known = append(known, c.Name())
		}
	}
	if near := fault.Nearest(word, known); near != "" {
		return fault.New(fault.UnknownCommand, "value", word, "near", near)
	}
	return fault.New(fault.StrangeCommand, "value", word)
}

// wrongFlag says what is wrong with a flag, and which one was meant.
func wrongFlag(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var value *pflag.InvalidValueError
	var empty *pflag.ValueRequiredError
	switch {
	case errors.As(err, &unknown):
		var known []string
		c.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, f.Name) })
		word := unknown.GetSpecifiedName()
		if near := fault.Nearest(word, known); near != "" {
			return fault.Wrap(err, fault.UnknownFlag, "value", "--"+word, "near", "--"+near)
		}
		return fault.Wrap(err, fault.StrangeFlag, "value", "--"+word, "want", c.CommandPath())
	case errors.As(err, &value):
		f := value.GetFlag()
		return fault.Wrap(err, fault.BadFlag, "name", "--"+f.Name, "value", value.GetValue(), "want", kindOf(f))
	case errors.As(err, &empty):
		f := empty.GetFlag()
		return fault.Wrap(err, fault.MissingArg, "name", "--"+f.Name, "want", "--"+f.Name+" "+kindOf(f))
	}
	return usage(err)
}

// kindOf says in no particular language what a flag takes.
func kindOf(f *pflag.Flag) string {
	switch f.Value.Type() {
	case "bool":
		return "true | false"
	case "int":
		return "1, 2, 3 …"
	}
	return "…"
}
