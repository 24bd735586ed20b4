package ui

import "jandon/ui/kit"

// KeyringAsks says that the keyring's own window waits for an answer, or no
// longer. Whatever is being done stands still meanwhile, on any page.
type KeyringAsks struct{ On bool }

// stopsKeyring reports whether a stroke gives up on that window. It stops the
// window alone: what needed it hears that the keyring stayed shut, and a write
// is never left halfway.
func (s *Shell) stopsKeyring(k kit.Stroke) bool { return s.asks && k == "esc" }

func (s *Shell) stopKeyring() {
	if s.o.StopKeyring != nil { // nil in a replay
		s.o.StopKeyring()
	}
}

// keyringNote says what everything waits for.
func (s *Shell) keyringNote(w int) (list []string) {
	for _, line := range kit.Wrap(s.env.Text.T("lock.keyring"), w) {
		list = append(list, s.env.Theme.Warn.Render(line))
	}
	return list
}
