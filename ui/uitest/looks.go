package uitest

import "jandon/ui/still"

// Frame is the screen as text with the looks that carry meaning, for files of frames.
func (s *Stage) Frame() string {
	x, y := -1, 0
	if c := s.view.Cursor; c != nil {
		x, y = c.X, c.Y
	}
	return still.Frame(s.Cells(), x, y)
}
