package kit

import (
	"time"

	"jandon/internal/i18n"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// Env is what all pages see of the person and the terminal. The shell alone
// changes it and then sends Redraw.
type Env struct {
	Text   *i18n.Printer
	Theme  *Theme
	Zone   *time.Location
	Style  money.Style
	Hidden bool      // amounts are masked
	Now    time.Time // the shell's time, in steps of at most a minute
	Source string    // where the data comes from, for the header
}

// Amount draws an amount, or its mask while amounts are hidden.
func (e *Env) Amount(a money.Amount) string {
	if e.Hidden {
		return e.Text.T("amount.hidden")
	}
	return e.Style.Format(a)
}

// Kind is the word for a kind of value on screens.
func (e *Env) Kind(k wallet.Kind) string { return e.Text.T("kind." + k.String()) }
