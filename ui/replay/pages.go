package replay

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/valuepath"
	"jandon/ui/acts"
	"jandon/ui/audit"
	"jandon/ui/auto"
	"jandon/ui/cashout"
	"jandon/ui/confirm"
	"jandon/ui/destinations"
	"jandon/ui/devices"
	"jandon/ui/disputes"
	"jandon/ui/enrol"
	"jandon/ui/history"
	"jandon/ui/home"
	"jandon/ui/kit"
	"jandon/ui/limits"
	"jandon/ui/pace"
	"jandon/ui/review"
	"jandon/ui/searches"
)

// maker makes the pages of a name. Their sources are interfaces with nothing in
// them: commands are not run, so that nobody asks them, and whoever did would
// find nothing there to do.
func maker(name string, s Setting) func(*kit.Env, string) kit.Page {
	var trails history.Trails
	if s.Trails {
		trails = struct{ history.Trails }{}
	}
	var cancel audit.Canceler
	if s.Cancels {
		cancel = struct{ audit.Canceler }{}
	}
	switch name {
	case "home":
		o := home.Options{Concentration: s.Concentration, PhoneBill: s.PhoneBill}
		if s.Waits {
			o.Waiting = func(context.Context) (home.Waiting, error) { return home.Waiting{}, nil }
		}
		if s.Reviewed {
			o.Reviewed = func(context.Context) (time.Time, error) { return time.Time{}, nil }
		}
		return func(env *kit.Env, _ string) kit.Page { return home.New(env, struct{ home.Source }{}, o) }
	case "history":
		return func(env *kit.Env, arg string) kit.Page {
			return history.New(env, struct{ history.Source }{}, trails, arg)
		}
	case "search":
		return func(env *kit.Env, _ string) kit.Page { return history.NewSearch(env, struct{ history.Source }{}) }
	case "searches":
		return func(env *kit.Env, arg string) kit.Page {
			return searches.New(env, struct{ searches.Source }{}, arg)
		}
	case "audit":
		return func(env *kit.Env, arg string) kit.Page {
			return audit.New(env, struct{ audit.Source }{}, cancel, arg)
		}
	case "disputes":
		var court disputes.Court
		if s.Cancels {
			court = struct{ disputes.Court }{}
		}
		return func(env *kit.Env, arg string) kit.Page {
			return disputes.New(env, struct{ disputes.Source }{}, court, arg)
		}
	case "review":
		return func(env *kit.Env, _ string) kit.Page { return review.New(env, struct{ review.Source }{}) }
	case "pace":
		return func(env *kit.Env, _ string) kit.Page {
			return pace.New(env, struct{ pace.Source }{}, pace.Options{PhoneBill: s.PhoneBill})
		}
	case "acts":
		return func(env *kit.Env, id string) kit.Page { return acts.New(env, struct{ acts.Source }{}, id) }
	case "auto":
		return func(env *kit.Env, _ string) kit.Page { return auto.New(env, struct{ auto.Source }{}) }
	case "limits":
		return func(env *kit.Env, _ string) kit.Page { return limits.New(env, struct{ limits.Source }{}) }
	case "devices":
		return func(env *kit.Env, _ string) kit.Page { return devices.New(env, struct{ devices.Source }{}) }
	case "confirm":
		return func(env *kit.Env, id string) kit.Page { return confirm.New(env, struct{ confirm.Source }{}, id) }
	case "enrol":
		return func(env *kit.Env, _ string) kit.Page {
			return enrol.New(env, struct{ enrol.Source }{}, enrol.Options{URL: s.URL, Device: s.Device})
		}
	case "cashout", "destinations":
		book, err := valuepath.Shipped()
		if err != nil {
			break
		}
		if name == "cashout" {
			return func(env *kit.Env, lot string) kit.Page {
				return cashout.New(env, book, struct{ cashout.Source }{}).From(lot)
			}
		}
		var linked []string // rails that want a destination
		for _, r := range book.Rails {
			if r.Destination {
				linked = append(linked, r.ID)
			}
		}
		return func(env *kit.Env, rail string) kit.Page {
			return destinations.New(env, struct{ destinations.Source }{}, linked, rail)
		}
	}
	return func(*kit.Env, string) kit.Page { return &blank{} }
}

// blank stands for a page that this build does not have.
type blank struct{}

// Init does nothing.
func (*blank) Init(context.Context) tea.Cmd { return nil }

// Update does nothing.
func (*blank) Update(context.Context, tea.Msg) tea.Cmd { return nil }

// Resize does nothing.
func (*blank) Resize(int, int) {}

// View is empty.
func (*blank) View() string { return "" }

// Keys are none.
func (*blank) Keys() []kit.Binding { return nil }
