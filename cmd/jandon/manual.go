package main

import (
	"bytes"
	"strings"

	mango "github.com/muesli/mango-cobra"
	"github.com/muesli/roff"
	"github.com/spf13/cobra"

	"jandon/internal/fault"
)

// man writes the manual page, exit statuses included.
func (a *app) man(root *cobra.Command) *cobra.Command {
	return a.command("man", "cli.man", 0, 0, func(*cobra.Command, []string) error {
		page, err := mango.NewManPage(1, root)
		if err != nil {
			return fault.Wrap(err, fault.Internal)
		}
		page = page.WithSection(a.text().T("cli.man.exit"), a.text().T("cli.exits")).
			WithSection(a.text().T("cli.man.environment"), a.text().T("cli.environment"))
		return all(a.out, []byte(strings.TrimSpace(page.Build(roff.NewDocument()))+"\n"))
	})
}

// completion writes a script for a shell.
func (a *app) completion(root *cobra.Command) *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	c := a.command("completion SHELL", "cli.completion", 1, 1, func(_ *cobra.Command, args []string) error {
		var script bytes.Buffer
		var err error
		switch args[0] {
		case "bash":
			err = root.GenBashCompletionV2(&script, true)
		case "zsh":
			err = root.GenZshCompletion(&script)
		case "fish":
			err = root.GenFishCompletion(&script, true)
		case "powershell":
			err = root.GenPowerShellCompletionWithDesc(&script)
		default:
			return fault.New(fault.BadFlag, "name", "completion", "value", args[0], "want", strings.Join(shells, " | "))
		}
		if err != nil {
			return fault.Wrap(err, fault.Internal)
		}
		return all(a.out, script.Bytes())
	})
	c.ValidArgs = shells
	return c
}
