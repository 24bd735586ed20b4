package client

import (
	"context"
	"net/url"

	"jandon/internal/safe"
)

// Greeting is who answers at an address.
type Greeting struct {
	Host        string
	Simulator   bool   // no live payment rails
	Fingerprint string // of the key of a platform that vouches for itself, as Enrolment has it; "" else
}

// Meet looks who answers at an address, before anybody says who they are:
// nothing is begun and nothing written. Errors: those of the address and the call.
func Meet(ctx context.Context, s Settings) (Greeting, error) {
	base, _, err := CheckURL(s.URL)
	if err != nil {
		return Greeting{}, err
	}
	u, err := url.Parse(base)
	if err != nil {
		return Greeting{}, err
	}
	e := Enrolment{set: s}
	status, err := e.meet(ctx)
	if err != nil {
		return Greeting{}, err
	}
	e.client.Close()
	return Greeting{safe.Text(u.Host), status.Simulator, e.Fingerprint()}, nil
}
