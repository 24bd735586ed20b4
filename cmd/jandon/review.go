package main

import "github.com/spf13/cobra"

// review opens the screens, or their lines, where what needs a look is walked.
func (a *app) review() *cobra.Command {
	from := origin{page: "review"}
	c := a.command("review", "cli.review", 0, 0, func(cmd *cobra.Command, _ []string) error { return a.look(cmd.Context(), from) })
	from.flags(c)
	return c
}
