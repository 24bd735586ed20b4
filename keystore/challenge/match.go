package challenge

import (
	"errors"
	"strconv"

	"jandon/internal/fault"
)

// Request is what the person asked for, by what this device knows itself: its
// own account, device and server, and the act as it stood on the screen.
type Request struct {
	Account, Device, Server string
	Action, Quote, Currency string
	Amount, Fee             int64 // minor units
	Legs                    []Leg // in the order shown
	// Changed is the filter of outside text: whether it would change a name.
	// Such a name can't be confirmed, because what is drawn would not be what
	// is signed. It must be set.
	Changed func(string) bool
}

var errNoFilter = errors.New("challenge: a request without the filter of outside text")

// Match is nil if the challenge asks for exactly what was requested. Otherwise
// it is fault.ChallengeDiffers with the first field that differs, or
// fault.UnsafeText with the field of a name that can't be confirmed.
func (c Challenge) Match(r Request) error {
	if r.Changed == nil {
		return fault.Wrap(errNoFilter, fault.Internal)
	}
	differs := func(field string) error { return fault.New(fault.ChallengeDiffers, "field", field) }
	for _, f := range []struct {
		name string
		same bool
	}{
		{"server", c.Server == r.Server}, {"account", c.Account == r.Account}, {"device", c.Device == r.Device},
		{"action", c.Action == r.Action}, {"quote", c.Quote == r.Quote}, {"currency", c.Currency == r.Currency},
		{"amount", c.Amount == r.Amount}, {"fee", c.Fee == r.Fee}, {"legs", len(c.Legs) == len(r.Legs)},
	} {
		if !f.same {
			return differs(f.name)
		}
	}
	for i, leg := range c.Legs {
		at, want := "legs["+strconv.Itoa(i)+"].", r.Legs[i]
		switch {
		case leg.PayeeID != want.PayeeID:
			return differs(at + "payee_id")
		case leg.Payee != want.Payee:
			return differs(at + "payee")
		case leg.Amount != want.Amount:
			return differs(at + "amount")
		case r.Changed(leg.Payee):
			return fault.New(fault.UnsafeText, "field", at+"payee")
		}
	}
	return nil
}
