package main

import (
	"context"

	"github.com/spf13/cobra"
)

// listing is how a command lists what a platform keeps of one kind.
type listing[T any] struct {
	read func(ctx context.Context, t teller) ([]T, error)
	json func([]T) any
	show func(*source, []T) error
}

// listed is a command that lists things, by itself and as its list; use is its
// word, about and aboutList say what each does.
func listed[T any](a *app, use, about, aboutList string, k listing[T]) *cobra.Command {
	var from origin
	var asJSON bool
	list := func(cmd *cobra.Command, _ []string) error {
		s, b, err := a.inquire(cmd.Context(), from)
		if err != nil {
			return err
		}
		defer s.shut()
		things, err := k.read(cmd.Context(), b)
		if err != nil {
			return err
		}
		if asJSON {
			return a.printJSON(k.json(things))
		}
		return k.show(s, things)
	}
	c := a.command(use, about, 0, 0, list)
	sub := a.command("list", aboutList, 0, 0, list)
	for _, one := range []*cobra.Command{c, sub} {
		from.demoFlags(one)
		one.Flags().BoolVar(&asJSON, "json", false, "cli.flag.json")
	}
	c.AddCommand(sub)
	return c
}
