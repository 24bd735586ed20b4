package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/saved"
	"jandon/ui/kit"
)

// Maker makes one kind of page.
type Maker struct {
	Name  string   // as kit.Visit names it
	Label string   // catalogue id of its title
	Tab   bool     // reached by a tab; its page lives as long as the shell
	Keys  []string // that lead to it from anywhere, where it has no tab; nil: only pages lead there
	Make  func(env *kit.Env, arg string) kit.Page
}

// Freshness says how the data stands.
type Freshness struct {
	At      time.Time // when it was last known to be true; zero: does not age (a statement)
	Offline bool      // the platform could not be reached
}

// Syncer brings the data behind the pages up to date.
type Syncer interface {
	// Sync fetches what is new; done and total count lines, total is 0 while unknown.
	// changed says whether pages must read again. An error keeps what was there.
	Sync(ctx context.Context, progress func(done, total int)) (fresh Freshness, changed bool, err error)
}

// Clock is where time comes from: the real one in the program, one that stands still in tests.
type Clock struct {
	Now  func() time.Time
	Tick func(time.Duration, func(time.Time) tea.Msg) tea.Cmd
}

// Options is all that a shell needs. The zero value of an optional field is named beside it.
type Options struct {
	Lang    string         // "en" or "ko"
	Zone    *time.Location // of days and weeks
	Money   money.Unit
	Theme   string // "dark", "light"; anything else asks the terminal
	Mono    bool   // no colour, whatever the terminal can do
	Mouse   bool
	Idle    time.Duration // without keys until the screen locks; 0: never
	Source  string        // where the data comes from, for the header
	MadeUp  bool          // the data is a scenario's; every screen says so
	Fresh   Freshness
	Sync    Syncer // nil: nothing to fetch
	Clock   Clock
	Pages   []Maker // at least one with Tab
	Start   kit.Visit
	Named   func(ctx context.Context) ([]saved.Search, error) // searches for the palette; nil: there are none
	Notices []kit.Notice                                      // what to say first, such as lines of a file that were not understood
	Version string
	lines   bool // pages are read in lines, by Plain

	Recorder Recorder                // writes what happens here into a file, if a person wants that; nil: there is none
	Record   bool                    // from the first frame on, and not when a key says so
	Worked   func(do func() any) any // in a replay: what pages worked out (kit.Work) then; nil: they work it out
	From     Carried                 // of the shell whose place this one takes; zero: there was none

	// Unlock opens a session that may act with a PIN, which only the platform
	// can check. nil: there is no PIN, and the lock only hides the screen.
	Unlock func(ctx context.Context, pin kit.PIN) error
	// UnlockBy opens one by another way than the PIN. nil: there is no other way.
	UnlockBy func(ctx context.Context, by kit.Way, code kit.PIN) error
	Locked   func()                                                 // called when the screen locks: secrets in memory go; nil: there are none
	DemoPIN  string                                                 // the PIN of a demo, which the first screen and the PIN's panel name; "" else
	Touch    func(ctx context.Context) kit.Touch                    // asks for a touch before a PIN; nil: nobody does
	Secret   func(ctx context.Context, by kit.Way) (kit.PIN, error) // for Plain: reads what opens from the terminal without echo; nil: there is none

	StopKeyring func() // gives up on the keyring's window that KeyringAsks told of; nil: it never does

	Tester *Tester // who moves the clock; nil: nobody does

	IDs    func() string                       // of what is asked for, by which a failure is found; nil: calls alone have ids
	Failed func(page string, err *fault.Error) // hears of each failure that has an id, once; nil: nobody does
}
