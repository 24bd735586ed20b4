package replay

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/i18n"
	"jandon/ui/kit"
)

// said are the catalogue ids of what happens with messages that are no keys;
// all others are answers.
var said = map[string]string{
	"paste": "replay.said.paste", "wheel": "replay.said.wheel", "background": "replay.said.look", "colours": "replay.said.look",
	"minute": "replay.said.time", "faded": "replay.said.time", "slow": "replay.said.time", "armed": "replay.said.time",
	"cashout-second": "replay.said.time", "cashout-check": "replay.said.time", "confirm-tick": "replay.said.time",
	"resume": "replay.said.resume", "clock": "replay.said.clock", "leave": "replay.said.leave", "exit": "replay.said.leave",
	"notice": "replay.said.notice", "show": "replay.said.request", "unlock": "replay.said.request", "refresh": "replay.said.request",
	"do": "replay.said.request", "changed": "replay.said.request",
	"progress": "replay.said.sync", "lingering": "replay.said.sync", "synced": "replay.said.sync", "opened": "replay.said.opened",
}

// Say is the intent of a step in a sentence.
func (i *Info) Say(t *i18n.Printer) string {
	switch what := i.what(t); {
	case i.Gap != nil:
		return t.T("replay.gap")
	case i.Err != nil:
		return t.F("replay.failed", "What", what, "Code", string(i.Err.Code))
	default:
		return what
	}
}

func (i *Info) what(t *i18n.Printer) string {
	switch i.Kind {
	case "":
		return t.T("replay.began")
	case "key":
		return i.pressed(t)
	case "size":
		return t.F("replay.said.size", "Width", i.X, "Height", i.Y)
	case "click":
		return t.F("replay.said.click", "X", i.X, "Y", i.Y)
	case "visit":
		return t.F("replay.said.visit", "Page", i.Page)
	}
	if what, found := strings.CutPrefix(i.Kind, workKind); found {
		return t.T("replay.worked." + what)
	}
	if id := said[i.Kind]; id != "" {
		return t.T(id)
	}
	return t.F("replay.said.answer", "Kind", i.Kind)
}

func (i *Info) pressed(t *i18n.Printer) string {
	name := keyName(i.Key)
	if name == "" {
		name = "·"
	}
	name = kit.KeyName(t, name)
	switch {
	case i.Meaning != "":
		return t.F("replay.said.pressed", "Key", name, "What", t.T(i.Meaning))
	case i.Key.Text != "" && !i.Covered && i.Masked:
		return t.T("replay.said.entered")
	case i.Key.Text != "" && !i.Covered:
		return t.F("replay.said.typed", "Key", name)
	}
	return t.F("replay.said.nothing", "Key", name)
}

// where is what a message says of columns and lines, or of width and height.
func where(msg tea.Msg) (x, y int) {
	switch m := msg.(type) {
	case tea.WindowSizeMsg:
		return m.Width, m.Height
	case tea.MouseClickMsg:
		return m.X, m.Y
	}
	return 0, 0
}
