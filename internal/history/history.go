// Package history turns transactions into weeks, totals and answers.
//
// It is pure: no I/O, no clock, no display. Weeks run Monday to Sunday in a
// zone that the caller names. What was spent is payments and fees less
// refunds; top-ups, transfers and expiries are no spending, so value is never
// counted both when it is bought and when it is used. Everything is in minor
// units of one currency; lines in other currencies are counted apart.
package history

import (
	"cmp"
	"slices"

	"jandon/internal/money"
	"jandon/internal/wallet"
)

// Totals sums some transactions; all amounts in minor units.
type Totals struct {
	Spent    int64 // payments and fees less refunds; positive is money gone
	Refunded int64 // the refunds in Spent, as a positive amount
	Received int64 // top-ups, earnings and transfers in
	Expired  int64 // value lapsed, positive
	Count    int   // payments and fees: the charges
	Lines    int   // all transactions
}

// Add counts one transaction in.
func (t *Totals) Add(x *wallet.Transaction) { t.AddLine(x.Type, x.Amount.Minor) }

// AddLine is Add for a type and signed amount.
func (t *Totals) AddLine(typ wallet.Type, minor int64) {
	t.Lines++
	switch {
	case typ == wallet.Refund:
		t.Spent -= minor
		t.Refunded += minor
	case typ.Spends():
		t.Spent -= minor
		t.Count++
	case typ.Receives():
		t.Received += minor
	case typ == wallet.Expire:
		t.Expired -= minor
	}
}

// Merge adds u to t.
func (t *Totals) Merge(u Totals) {
	t.Spent += u.Spent
	t.Refunded += u.Refunded
	t.Received += u.Received
	t.Expired += u.Expired
	t.Count += u.Count
	t.Lines += u.Lines
}

// Dimension is what totals are grouped by.
type Dimension uint8

// The dimensions.
const (
	ByNothing Dimension = iota
	ByCategory
	ByMerchant
	ByIssuer
	ByKind
)

// Group is the total of one value of a dimension.
type Group struct {
	Name string // category, merchant, issuer id, or the word of a kind
	Totals
}

// WeekTotal is the sum of a week and its groups, most spent first, then by name.
type WeekTotal struct {
	Week Week
	Totals
	By []Group
}

// DayTotal is the sum of a day.
type DayTotal struct {
	Day Day
	Totals
}

// Span says how far a history reaches.
type Span struct {
	First, Last Day
	Lines       int
	Currency    money.Currency
	Others      map[money.Currency]int // lines in other currencies, kept out of totals
}

// Apart is how many lines there are in a currency that the totals leave out.
type Apart struct {
	Currency money.Currency
	Lines    int
}

// Apart lists the currencies that the totals leave out, most lines first.
func (s Span) Apart() []Apart {
	list := make([]Apart, 0, len(s.Others))
	for c, n := range s.Others {
		list = append(list, Apart{c, n})
	}
	slices.SortFunc(list, func(a, b Apart) int {
		return cmp.Or(cmp.Compare(b.Lines, a.Lines), cmp.Compare(a.Currency, b.Currency))
	})
	return list
}

// Cursor is a place in a list of transactions, newest first: after the line
// with this instant and number. The zero Cursor is before the newest line.
type Cursor struct {
	At int64 // Unix milliseconds
	N  int64 // the source's own number of the line; breaks ties
}

// Window asks for up to Limit lines on one side of a cursor.
type Window struct {
	From  Cursor
	Older bool // true: the lines after From in the list; false: those before it
	Limit int
}

// Row is a transaction at its place in a list.
type Row struct {
	wallet.Transaction
	Cursor Cursor
	Day    Day
}

// Page is a stretch of a list, newest first.
type Page struct {
	Rows []Row
	More bool // there are further lines in the direction asked for
}
