// Package cashout shows what an amount can become, at what cost, and why not,
// and begins a cash-out from a quote that is fixed.
//
// The preview is worked out in the process at every key, by the code that the
// platform runs too; what is shown always belongs to the amount that is typed.
// A quote is what the platform fixed: it is shown as it came, counted down,
// refused when its time is over and asked for anew, never repriced in silence;
// where it differs from what was shown before, the differences are named.
// Beginning the act is a write that leaving does not cancel.
package cashout

import (
	"context"

	"jandon/internal/act"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
	"jandon/ui/kit"
)

// Reader knows what is held, and what the platform lets a person do.
type Reader interface {
	Wallet(ctx context.Context) (wallet.Wallet, error)
	// Means are the limits of now; where the platform can't be reached, those
	// last told stand beside the error, with their At.
	Means(ctx context.Context) (act.Limits, error)
	// Kept are those last told, at once; a zero At: none were.
	Kept(ctx context.Context) (act.Limits, error)
	// Destinations are the linked ones, also those that can't be paid yet.
	Destinations(ctx context.Context) ([]act.Destination, error)
}

// Mover asks the platform to move value.
type Mover interface {
	// Quote fixes plans, lots and fees for a while.
	Quote(ctx context.Context, a act.Ask) (act.Quote, error)
	// Start begins an act with one offer of a quote. Where its answer is lost
	// the error is fault.UnknownOutcome.
	Start(ctx context.Context, q act.Quote, offer int) (act.Act, error)
	// Recover finds out what became of acts whose answers were lost: those that
	// the platform has; the others never began. With an error there may be more.
	Recover(ctx context.Context) ([]act.Act, error)
}

// Source is all that the page reads and asks.
type Source interface {
	Reader
	Mover
}

// The pages that this one leads to, as kit.Visit names them. Confirm takes the
// id of an act, Destinations the id of a rail that lacks one.
const (
	pageConfirm      = "confirm"
	pageActs         = "acts"
	pageDestinations = "destinations"
	pageAuto         = "auto"
)

// New makes the page over a catalogue of rails and rules.
func New(env *kit.Env, book *valuepath.Book, source Source) *Page {
	return &Page{
		env: env, book: book, source: source,
		holding: kit.Latest{Name: "cashout held"}, knowing: kit.Latest{Name: "cashout means"}, recalling: kit.Latest{Name: "cashout kept"}, paying: kit.Latest{Name: "cashout payees"},
		quoting: kit.Latest{Name: "cashout quote"}, starting: kit.Latest{Name: "cashout start"}, checking: kit.Latest{Name: "cashout check"},
		guard: kit.Guard{Name: "cashout"}, typing: true, times: monthly,
	}
}

// From begins with as much as a lot holds, by its id, instead of an empty
// amount. Value is one amount: the plans may draw on other lots first, those
// that lapse earlier.
func (p *Page) From(lot string) *Page {
	p.from = lot
	return p
}
