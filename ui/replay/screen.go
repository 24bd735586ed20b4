package replay

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/money"
	"jandon/internal/session"
	"jandon/ui"
	"jandon/ui/kit"
)

// Setting is what pages were made with and the shell's options don't tell.
type Setting struct {
	Concentration int          // home.Options
	PhoneBill     money.Amount // of home and pace
	Reviewed      bool         // there is a weekly review
	Waits         bool         // acts may wait to be confirmed
	Trails        bool         // lines can be followed
	Cancels       bool         // subscriptions can be cancelled from here
	URL, Device   string       // enrol.Options
}

// screen is what else draws, for the header of a recording.
type screen struct {
	Setting
	Lang, Theme               string
	Money                     int // money.Unit
	Mono, Mouse               bool
	Zone                      zone
	Idle                      time.Duration
	Source                    string
	MadeUp                    bool
	Fresh                     ui.Freshness
	Syncs, Unlocks, UnlocksBy bool
	Touches                   bool
	DemoPIN                   string
	Version                   string
	Tester                    bool
	Pages                     []had
	Start                     visit
	Notices                   []notice
	From                      ui.Carried
}

// had is a page that there was.
type had struct {
	Name, Label string
	Tab         bool
	Keys        []string
}

func screenOf(o *ui.Options, s Setting, at time.Time) screen {
	out := screen{
		Setting: s, Lang: o.Lang, Theme: o.Theme, Money: int(o.Money), Mono: o.Mono, Mouse: o.Mouse, Zone: zoneOf(o.Zone, at), Idle: o.Idle,
		Source: o.Source, MadeUp: o.MadeUp, Fresh: o.Fresh, Syncs: o.Sync != nil, Unlocks: o.Unlock != nil, UnlocksBy: o.UnlockBy != nil, DemoPIN: o.DemoPIN,
		Touches: o.Touch != nil, Version: o.Version, Tester: o.Tester != nil, Start: visitOf(o.Start), From: o.From,
	}
	for _, p := range o.Pages {
		out.Pages = append(out.Pages, had{p.Name, p.Label, p.Tab, p.Keys})
	}
	for _, n := range o.Notices {
		out.Notices = append(out.Notices, noticeOf(n))
	}
	return out
}

var errScreen = errors.New("replay: the header of the recording makes no sense")

// options are those of a shell that draws as the recorded one did, over
// sources that can do nothing.
func options(reg *session.Registry, h *session.Header, now func() time.Time) (ui.Options, error) {
	msg, err := reg.Decode("screen", h.Screen)
	if err != nil {
		return ui.Options{}, errScreen
	}
	s := msg.(screen)
	l, err := s.Zone.location()
	if err != nil {
		return ui.Options{}, err
	}
	o := ui.Options{
		Lang: s.Lang, Theme: s.Theme, Money: money.Unit(s.Money), Mono: s.Mono, Mouse: s.Mouse, Zone: l, Idle: s.Idle,
		Source: s.Source, MadeUp: s.MadeUp, Fresh: s.Fresh, DemoPIN: s.DemoPIN, Version: s.Version, Start: s.Start.message(), From: s.From,
		Clock: ui.Clock{Now: now, Tick: never}, Recorder: mute{}, Record: true,
	}
	if s.Tester {
		o.Tester = &ui.Tester{}
	}
	if s.Syncs {
		o.Sync = nothing{}
	}
	if s.Unlocks {
		o.Unlock = nothing{}.Unlock
	}
	if s.UnlocksBy {
		o.UnlockBy = nothing{}.UnlockBy
	}
	if s.Touches {
		o.Touch = nothing{}.Touch
	}
	tabs := 0
	for _, p := range s.Pages[:min(len(s.Pages), pagesMost)] {
		if p.Tab {
			tabs++
		}
		o.Pages = append(o.Pages, ui.Maker{Name: p.Name, Label: p.Label, Tab: p.Tab, Keys: p.Keys, Make: maker(p.Name, s.Setting)})
	}
	if tabs == 0 || tabs > 9 {
		return ui.Options{}, errScreen
	}
	for _, n := range s.Notices {
		o.Notices = append(o.Notices, n.message())
	}
	return o, nil
}

// pagesMost is more pages than any build has.
const pagesMost = 64

// never is a clock's tick that does not come: in a recording it is a message.
func never(time.Duration, func(time.Time) tea.Msg) tea.Cmd { return nil }

// nothing stands where a source was. Commands are not run in a replay, so that
// nobody asks it.
type nothing struct{}

// Sync brings nothing.
func (nothing) Sync(context.Context, func(done, total int)) (ui.Freshness, bool, error) {
	return ui.Freshness{}, false, nil
}

// Unlock opens nothing.
func (nothing) Unlock(context.Context, kit.PIN) error { return nil }

// UnlockBy opens nothing.
func (nothing) UnlockBy(context.Context, kit.Way, kit.PIN) error { return nil }

// Touch is of nobody.
func (nothing) Touch(context.Context) kit.Touch { return "" }

// mute stands where the recorder was.
type mute struct{}

// Where names no file.
func (mute) Where() string { return "" }

// KeepsAmounts keeps none.
func (mute) KeepsAmounts() bool { return false }

// Begin begins nothing.
func (mute) Begin(ui.Options, time.Time) error { return nil }

// Take takes nothing down.
func (mute) Take(ui.Tapped) error { return nil }

// End ends nothing.
func (mute) End() error { return nil }

func (s *screen) encode(d *session.Redactor) (json.RawMessage, error) {
	_, body, err := d.Encode(*s)
	return body, err
}
