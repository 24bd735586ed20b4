package kit

import (
	"slices"

	"jandon/internal/safe"
)

// Mixed is the badge below a name that is decided upon and whose letters only
// look like what they seem to be; nothing where they are what they seem. Rows
// of long lists go without: what is decided is decided further in.
func Mixed(e *Env, w int, names ...string) Lines {
	if !slices.ContainsFunc(names, safe.Mixed) {
		return nil
	}
	return Paragraph(e.Theme.Warn, e.Text.T("kit.mixed"), w)
}
