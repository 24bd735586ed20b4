// Package audit shows what comes back: subscriptions with what they cost a
// year, how their prices moved, and charges that were made twice.
//
// New makes one of three pages by what is asked for: the list, a series, or a
// double charge. A decision is written at once and can be taken back; the
// pages read again when it is kept, so what is shown is what is known.
package audit

import (
	"context"
	"net/url"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/notes"
	"jandon/internal/review"
	"jandon/internal/wallet"
	"jandon/ui/kit"
)

// Finder looks through the history.
type Finder interface {
	Findings(ctx context.Context) (review.Findings, error)
}

// Teller knows a line with its contact, and issuers by name.
type Teller interface {
	Transaction(ctx context.Context, id string) (wallet.Transaction, error)
	Wallet(ctx context.Context) (wallet.Wallet, error)
}

// Source is all that these pages read, and where decisions are kept.
type Source interface {
	Finder
	Teller
	notes.Book
}

// Canceler cancels mandates at the platform that charges them.
type Canceler interface {
	CancelMandate(ctx context.Context, id string) error
}

// New makes the page that arg asks for, as a URL query: series=ID names a
// series by one of its charges, double=KEY a double charge; else it is the list.
// Where nothing can be cancelled from here, cancel is nil.
func New(env *kit.Env, source Source, cancel Canceler, arg string) kit.Page {
	want, _ := url.ParseQuery(arg) // what can't be read asks for nothing: the list
	switch {
	case want.Get("series") != "":
		return newDetail(env, source, cancel, want.Get("series"), "")
	case want.Get("double") != "":
		return newDetail(env, source, cancel, "", want.Get("double"))
	default:
		return newList(env, source)
	}
}

// to goes to another page with one argument.
func to(page, key, value string) func() tea.Cmd {
	arg := url.Values{key: {value}}.Encode()
	return func() tea.Cmd { return kit.Request(kit.Visit{Page: page, Arg: arg}) }
}
