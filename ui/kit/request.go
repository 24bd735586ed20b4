package kit

import tea "charm.land/bubbletea/v2"

// Unlock asks the shell for the PIN: the page needs a session that may act.
// The shell also asks by itself where an answer says so.
type Unlock struct{}

// Unlocked tells pages that a session may act now: what waited for it can go on.
type Unlocked struct{}

// StayedLocked tells pages that the PIN was asked for and not given: what
// waited for it is given up, so that no later unlocking does it unasked.
type StayedLocked struct{}

// Locked tells pages that the screen was locked. Drafts stay; secrets that
// were being typed go, and questions have to be asked anew.
type Locked struct{}

// Show asks the shell to show the amounts that are hidden.
type Show struct{}

// Refresh asks the shell to fetch what is new, because something moved.
type Refresh struct{}

// Settled is what came of something that leaving must not cancel, such as a
// confirmation. The shell gives Msg to the page that began it; if nobody is on
// that page any more it says Left instead and has all pages read again.
type Settled struct {
	Msg  tea.Msg
	Left Notice
}

// Hider is a Typist that may be typing a secret: then nothing can be pasted
// into it, and lines for screen readers ask for it without echo. Keys that
// come raw while it hides or asks (Asker) are never written down: they may be
// digits of a PIN.
type Hider interface{ Hiding() bool }

// Asker is a page that may show a question about value. While it does, lines
// that were typed before it was there answer nothing.
type Asker interface{ Asking() bool }

// Exit asks the shell to end the program: what the page was for is done, or given up.
type Exit struct{}
