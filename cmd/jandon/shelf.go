package main

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"jandon/internal/fault"
	"jandon/internal/saved"
)

// byName are the flags of searches that have a name.
type byName struct {
	use, keep, forget string
	list              bool
}

func (n *byName) flags(c *cobra.Command) {
	c.Flags().StringVar(&n.use, "saved", "", "cli.flag.saved")
	c.Flags().StringVar(&n.keep, "save", "", "cli.flag.save")
	c.Flags().BoolVar(&n.list, "list", false, "cli.flag.saved_list")
	c.Flags().StringVar(&n.forget, "forget", "", "cli.flag.forget")
	must(c.RegisterFlagCompletionFunc("save", cobra.NoFileCompletions))
	must(c.RegisterFlagCompletionFunc("saved", cobra.NoFileCompletions))
	must(c.RegisterFlagCompletionFunc("forget", cobra.NoFileCompletions))
}

// check refuses what makes no sense together: a statement that is looked at
// keeps nothing, and a list searches for nothing.
func (n *byName) check(cmd *cobra.Command, from origin, args []string) error {
	var given []string
	for _, name := range []string{"list", "forget", "saved", "save"} {
		if cmd.Flags().Changed(name) {
			given = append(given, "--"+name)
		}
	}
	if len(given) == 0 {
		return nil
	}
	first := given[0]
	switch alone := n.list || first == "--forget"; {
	case len(from.from) > 0:
		return fault.New(fault.Together, "name", first, "value", "--from")
	case alone && len(given) > 1:
		return fault.New(fault.Together, "name", first, "value", given[1])
	case alone && len(args) > 0:
		return fault.New(fault.ExtraArg, "value", args[0], "want", "jandon search "+first)
	case alone && first == "--list":
		return nil
	}
	for _, name := range given { // a name that is none
		value := cmd.Flag(name[2:]).Value.String()
		if saved.Clean(value) == "" {
			return fault.New(fault.BadFlag, "name", name, "value", value, "want", "NAME")
		}
	}
	if n.keep != "" && n.use == "" && strings.TrimSpace(strings.Join(args, " ")) == "" {
		return fault.New(fault.MissingArg, "name", "QUERY", "want", "jandon search --save NAME QUERY")
	}
	return nil
}

// query is what is searched for: what has the name, and what was said beside it.
func (n *byName) query(ctx context.Context, s *source, text string) (string, error) {
	if n.use == "" {
		return text, nil
	}
	x, err := s.shelf().Search(ctx, n.use)
	return strings.TrimSpace(x.Query + " " + text), err
}

// shelve keeps a search that was understood under the name that a flag gives.
func (a *app) shelve(ctx context.Context, s *source, n byName, text string) error {
	if n.keep == "" {
		return nil
	}
	kept, err := s.shelf().SaveSearch(ctx, saved.Search{Name: n.keep, Query: text})
	if err == nil {
		a.note(a.text().F("searches.saved", "Name", kept.Name))
	}
	return err
}

// shelved lists the searches that have a name, or forgets one.
func (a *app) shelved(ctx context.Context, from origin, n byName, asJSON bool) error {
	s, err := a.open(ctx, from)
	if err != nil {
		return err
	}
	defer s.shut()
	if n.forget != "" {
		x, err := s.shelf().Search(ctx, n.forget)
		if err != nil {
			return err
		}
		if err := s.shelf().RemoveSearch(ctx, x.Name); err != nil {
			return err
		}
		a.note(a.text().F("searches.removed", "Name", x.Name))
	}
	list, err := s.shelf().Searches(ctx)
	if err != nil {
		return err
	}
	if asJSON {
		return a.printJSON(shelfOf(list))
	}
	if n.forget != "" {
		return nil
	}
	return a.printShelf(s, list)
}

type shelfJSON struct {
	Version  int         `json:"version"`
	Searches []namedJSON `json:"searches"`
}

type namedJSON struct {
	Name  string `json:"name"`
	Query string `json:"query"`
}

func shelfOf(list []saved.Search) shelfJSON {
	out := shelfJSON{Version: version, Searches: []namedJSON{}}
	for _, x := range list {
		out.Searches = append(out.Searches, namedJSON(x))
	}
	return out
}

func (a *app) printShelf(s *source, list []saved.Search) error {
	var out sheet
	a.heading(&out, s, time.Time{})
	for _, x := range list {
		out.row(left(x.Name).in(headInk), left(x.Query))
	}
	if len(list) == 0 {
		out.free(a.text().T("searches.empty"), quietInk)
	}
	return a.print(&out)
}
