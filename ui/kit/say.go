package kit

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"time"

	"jandon/internal/fault"
	"jandon/internal/money"
)

// Fault is the sentence and the hint of an error, with instants and amounts as
// the person reads them.
func (e *Env) Fault(err error) (say, hint string) {
	f := fault.From(err)
	if f == nil {
		return "", ""
	}
	return e.Text.Fault(Readable(f, e.Amount, e.When))
}

// sums are the codes whose sentences name amounts, as minor units on the wire,
// and which of their arguments those are.
var sums = map[fault.Code][]string{fault.OverLimit: {"limit", "left"}, fault.Insufficient: {"have", "want"}}

// IsSum reports whether an argument of an error is an amount in minor units.
func IsSum(code fault.Code, arg string) bool { return slices.Contains(sums[code], arg) }

// Readable is an error whose arguments are written for a person: on the wire
// instants are RFC 3339 and amounts are minor units, won where no currency is named.
func Readable(f *fault.Error, amount func(money.Amount) string, moment func(time.Time) string) *fault.Error {
	said := *f
	said.Args = maps.Clone(f.Args)
	for name, value := range said.Args {
		if t, bad := time.Parse(time.RFC3339, value); bad == nil {
			said.Args[name] = moment(t)
		}
	}
	for _, name := range sums[f.Code] {
		if n, bad := strconv.ParseInt(said.Args[name], 10, 64); bad == nil {
			said.Args[name] = amount(money.Of(n, cmp.Or(money.Currency(f.Args["currency"]), money.KRW)))
		}
	}
	return &said
}

// Mark is the code of an error and the id by which logs have it, as a person
// reads them to support; "" of one that stands in no log.
func Mark(err error) string {
	f := fault.From(err)
	if f == nil || f.Correlation == "" {
		return ""
	}
	return string(f.Code) + " · " + f.Correlation
}

// Traced is Fault with a hint that ends with the mark.
func (e *Env) Traced(err error) (say, hint string) {
	say, hint = e.Fault(err)
	if mark := Mark(err); mark != "" {
		hint += " [" + mark + "]"
	}
	return say, hint
}
