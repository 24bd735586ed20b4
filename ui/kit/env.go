package kit

import (
	"context"
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
	Little bool      // the session was opened another way than by the PIN: it is good for small acts, and for taking trust away
	Now    time.Time // the shell's time, in steps of at most a minute
	Source string    // where the data comes from, for the header

	Lines bool // pages are read line by line: there are no keys but the numbers of choices

	Recorded bool                            // what is shown is being written down
	Touch    func(ctx context.Context) Touch // asks for a touch of the fingerprint reader before a PIN; nil: nobody does

	// Work is how the shell records what pages work out, or plays it back; nil
	// while it does neither. Pages call the function Work.
	Work func(do func() any) any
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

// Keyed says what to press, or in lines, where no such key is, what to choose.
func (e *Env) Keyed(keys, lines string, args ...any) string {
	if e.Lines {
		keys = lines
	}
	return e.Text.F(keys, args...)
}
