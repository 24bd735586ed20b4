package uitest

import (
	"jandon/internal/picture"
	"jandon/ui/still"
)

// Picture draws the terminal as an SVG.
func (s *Stage) Picture(scheme picture.Scheme) []byte { return still.Picture(s.Cells(), scheme) }
