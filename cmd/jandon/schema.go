package main

import (
	_ "embed"

	"github.com/spf13/cobra"
)

//go:embed answers.md
var answers string

// schema describes the JSON of all commands; also as `jandon help json`.
func (a *app) schema() *cobra.Command {
	c := a.command("json", "cli.json", 0, 0, func(*cobra.Command, []string) error { return all(a.out, []byte(answers)) })
	c.Long = answers
	return c
}
