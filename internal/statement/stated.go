package statement

import "jandon/internal/money"

// Stated is a number that a file gives about itself as a whole.
type Stated struct {
	What     Aspect
	Account  string         // as the file names it; "" if it holds one
	Currency money.Currency // "" for a count
	Said     int64          // by the file: minor units or a count
	Found    int64          // from its lines, if Checked
	Checked  bool           // there was something to hold it against
}

// Aspect is what such a number is about; its name stands in the catalogue under
// statement.stated.<aspect>.
type Aspect string

// The aspects.
const (
	Opening Aspect = "opening" // balance before the first line
	Closing Aspect = "closing" // balance after the last one
	Entries Aspect = "entries" // number of lines
	Debits  Aspect = "debits"  // sum of what went out, positive
	Credits Aspect = "credits" // sum of what came in
)

// Agrees reports whether the lines give what the file says; true if nothing
// could be compared.
func (s Stated) Agrees() bool { return !s.Checked || s.Said == s.Found }

// account follows the lines of one account through a file, to hold its
// balances against them.
type account struct {
	name             string
	currency         money.Currency
	opening, closing *int64
	out, in          int64 // sums, both positive
	lines            int
}

// moved counts a line.
func (a *account) moved(minor int64) {
	a.lines++
	if minor < 0 {
		a.out -= minor
	} else {
		a.in += minor
	}
}

// stated gives the balances of the account.
func (a *account) stated() []Stated {
	var list []Stated
	if a.opening != nil {
		list = append(list, Stated{What: Opening, Account: a.name, Currency: a.currency, Said: *a.opening})
	}
	if a.closing != nil {
		s := Stated{What: Closing, Account: a.name, Currency: a.currency, Said: *a.closing}
		if a.opening != nil {
			s.Found, s.Checked = *a.opening+a.in-a.out, true
		}
		list = append(list, s)
	}
	return list
}
