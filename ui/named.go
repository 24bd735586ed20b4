package ui

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/saved"
	"jandon/ui/kit"
)

// Named is the searches that have a name, for the palette.
type Named struct{ List []saved.Search }

// readNamed reads them; an older read that is under way is of no use any more.
// One that fails leaves the palette as it is: their own page says why.
func (s *Shell) readNamed() tea.Cmd {
	if s.o.Named == nil {
		return nil
	}
	if s.unnamed != nil {
		s.unnamed()
	}
	ctx, stop := context.WithCancel(s.ctx())
	s.unnamed = stop
	read := s.o.Named
	return func() tea.Msg {
		list, err := read(ctx)
		if err != nil || ctx.Err() != nil {
			return nil
		}
		return Named{list}
	}
}

// searchPrefix goes before the place of a search in the list.
const searchPrefix = "shell.named/"

// searchCommands are the palette's commands for searches that have a name. A
// recording may tell which command was chosen, and not which letters of a
// person's own words were typed: while one is made they are found by "search" alone.
func (s *Shell) searchCommands() (list []command) {
	by := words(s.env.Text.Lang(), "history.search")
	for i, x := range s.named {
		c := command{words: by, Binding: kit.Binding{Intent: kit.Intent(searchPrefix + strconv.Itoa(i)), Label: "searches.run"}}
		c.label = s.env.Text.F(c.Label, "Name", x.Name)
		if s.recording {
			c.found = s.env.Text.T("history.search")
		}
		list = append(list, c)
	}
	return list
}

// search carries out a command of searchCommands.
func (s *Shell) search(i kit.Intent) (tea.Cmd, bool) {
	n, ok := strings.CutPrefix(string(i), searchPrefix)
	if !ok {
		return nil, false
	}
	at, err := strconv.Atoi(n)
	if err != nil || at < 0 || at >= len(s.named) {
		return nil, true
	}
	return s.visit(kit.Visit{Page: "history", Arg: url.Values{"find": {s.named[at].Query}}.Encode()}), true
}
