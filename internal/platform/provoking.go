package platform

import (
	"net/http"
	"strconv"
	"time"

	"jandon/internal/fault"
	"jandon/internal/platform/faults"
	"jandon/internal/platform/ledger"
	"jandon/internal/wire"
)

// Places are the words of the contract's paths that a rule of faults can name,
// such as quotes and confirm.
func Places() []string { return faults.Places(patterns()) }

// patterns are the routes of the contract.
func patterns() []string {
	var list listing
	wire.HandlerWithOptions(wire.NewStrictHandler(&answers{}, nil), wire.StdHTTPServerOptions{BaseRouter: &list})
	return list
}

// listing is a router that only hears which routes there are.
type listing []string

func (l *listing) HandleFunc(pattern string, _ func(http.ResponseWriter, *http.Request)) {
	*l = append(*l, pattern)
}

func (*listing) ServeHTTP(http.ResponseWriter, *http.Request) {}

// Provoke has requests meet a plan of faults from now on; nil: none.
func (p *Platform) Provoke(plan *faults.Plan) { p.faults.Store(plan) }

// provoked has requests meet the plan of faults. Its place is behind the route
// and within the watch, so that what was provoked has its id, stands in the
// log, and is told there from what happened by itself.
func (p *Platform) provoked(next http.Handler) http.Handler {
	seams := faults.Seams{
		Route: func(r *http.Request) string { return exchangeOf(r.Context()).route },
		Fail: func(w http.ResponseWriter, r *http.Request, code fault.Code) {
			p.fail(w, r, fault.New(code, p.example(code)...))
		},
		Met: func(r *http.Request, rule faults.Rule) {
			x := exchangeOf(r.Context())
			x.provoked = append(x.provoked, rule.String())
		},
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.faults.Load().Wrap(next, seams).ServeHTTP(w, r)
	})
}

// example is what the sentence of a code names, as a refusal of the platform's
// own would: an error without it would say less than a real one.
func (p *Platform) example(code fault.Code) []string {
	soon := func(d time.Duration) string { return p.now().UTC().Add(d).Format(time.RFC3339) }
	switch code {
	case fault.DevicePaused:
		return []string{"until", soon(15 * time.Minute)}
	case fault.Paused:
		return []string{"until", soon(24 * time.Hour)}
	case fault.DestinationNew:
		return []string{"payee", "Mina Kim · ***-0000", "until", soon(10 * time.Minute)}
	case fault.DeviceLimit:
		return []string{"limit", strconv.Itoa(ledger.MaxDevices)}
	case fault.TooLarge:
		return []string{"limit", strconv.Itoa(bodyLimit)}
	case fault.OverLimit:
		return []string{"limit", "100000", "left", "0"}
	case fault.Insufficient:
		return []string{"have", "1200", "want", "5000"}
	case fault.RateLimited:
		return []string{"seconds", "1"}
	case fault.NotFound:
		return []string{"what", "act"}
	case fault.NotVerified, fault.NoDestination:
		return []string{"rail", "bank_transfer"}
	case fault.UnsafeText:
		return []string{"field", "name"}
	case fault.BadMethod:
		return []string{"method", "GET", "allow", "POST"}
	case fault.BadAmount:
		return []string{"value", "0"}
	case fault.NotDisputable:
		return []string{"detail", "it was refunded", "why", "disputes.why.refunded"}
	case fault.NotSteady:
		return []string{"detail", "it takes more cash-outs", "why", "auto.need.pattern"}
	case fault.BadRequest, fault.BadProof:
		return []string{"detail", "provoked by --fault"}
	}
	return nil
}
