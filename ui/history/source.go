// Package history is where the past is looked at: a week at a time, searched
// as a whole, and line by line with bills, evidence and trails.
//
// New makes one of four pages by what is asked for: the weeks, a line, a bill,
// or an alert with its evidence. Going deeper is a visit to another page, so
// that the one below keeps its place and its filter.
package history

import (
	"context"
	"net/url"

	tea "charm.land/bubbletea/v2"

	past "jandon/internal/history"
	"jandon/internal/wallet"
	"jandon/ui/kit"
)

// Lines reads lines and what they sum to.
type Lines interface {
	Rows(ctx context.Context, q past.Query, w past.Window) (past.Page, error)
	Totals(ctx context.Context, q past.Query) (past.Totals, error)
	Transaction(ctx context.Context, id string) (wallet.Transaction, error)
}

// Weekly reads sums of weeks and days.
type Weekly interface {
	Span(ctx context.Context) (past.Span, error)
	Weeks(ctx context.Context, from, to past.Week, by past.Dimension) ([]past.WeekTotal, error)
	Days(ctx context.Context, from, to past.Day) ([]past.DayTotal, error)
	Groups(ctx context.Context, from, to past.Day, by past.Dimension) ([]past.Group, error)
}

// Bills reads settlements.
type Bills interface {
	Settlement(ctx context.Context, id string) (wallet.Settlement, error)
}

// Holder knows issuers by name, and what is worth a look.
type Holder interface {
	Wallet(ctx context.Context) (wallet.Wallet, error)
	Alerts(ctx context.Context) ([]wallet.Alert, error)
}

// Source is all that these pages read of a history.
type Source interface {
	Lines
	Weekly
	Bills
	Holder
}

// Trails follows the value of a line. Statements have none; the platform may be away.
type Trails interface {
	Trail(ctx context.Context, id string) ([]wallet.TrailStep, error)
}

// New makes the page that arg asks for, as a URL query: tx=ID, bill=ID,
// alert=ID, or the weeks with week=2026-W47, day=2026-11-22, or find=QUERY over
// the whole history. trails is nil where there are none.
func New(env *kit.Env, source Source, trails Trails, arg string) kit.Page {
	want, _ := url.ParseQuery(arg) // what can't be read asks for nothing: the weeks
	switch {
	case want.Get("tx") != "":
		return newLine(env, source, trails, want.Get("tx"))
	case want.Get("bill") != "":
		return newBill(env, source, want.Get("bill"))
	case want.Get("alert") != "":
		return newEvidence(env, source, want.Get("alert"))
	default:
		return newWeeks(env, source, want)
	}
}

// NewSearch makes the page that looks through the whole history from anywhere:
// its field is open, and Esc leads back to where it was asked for.
func NewSearch(env *kit.Env, source Source) kit.Page {
	p := newWeeks(env, source, nil)
	p.visiting = true
	p.begin(findInput, "")
	return p
}

// visit goes on to another of these pages.
func visit(key, value string) tea.Cmd {
	return kit.Request(kit.Visit{Page: "history", Arg: url.Values{key: {value}}.Encode()})
}
