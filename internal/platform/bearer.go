package platform

import (
	"context"
	"net/http"
	"strings"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/platform/ledger"
)

// Who asks. All that the rest of the platform knows of signing in is caller.

// MintToken makes a token that reads the books of a person, known by handle.
func (p *Platform) MintToken(ctx context.Context, handle string) (string, error) {
	u, err := p.ledger.User(ctx, handle)
	if err != nil {
		return "", err
	}
	return p.ledger.MintToken(ctx, u, p.now())
}

// How a route knows who asks.
const (
	byToken  = iota // a session, or a reading token
	byNobody        // anybody may ask
	byProof         // a proof of a device's key, without a token
)

// doors are the routes that open without a token.
var doors = map[string]int{
	"GET /v1/status": byNobody, "GET /healthz": byNobody, "GET /readyz": byNobody, "GET /openapi.yaml": byNobody,
	"POST /v1/enrolments": byProof, "POST /v1/enrolments/{id}/activate": byProof, "POST /v1/sessions": byProof,
}

type callerKey struct{}

// party is who a request has been found to come from, and what they may do.
type party struct {
	User   ledger.User
	Device string // "": a reading token, which belongs to no device
	Scope  act.Scope
}

// caller is the party of a request.
func caller(ctx context.Context) party {
	p, _ := ctx.Value(callerKey{}).(party)
	return p
}

// acting is the caller if the session may act; fault.StepUpRequired otherwise.
// Whatever moves value or trust asks it first, before a key is used up.
func acting(ctx context.Context) (party, error) {
	p := caller(ctx)
	if p.Scope != act.ScopeAct || p.Device == "" {
		return party{}, fault.New(fault.StepUpRequired)
	}
	return p, nil
}

// longest token that is looked up; ours have 43 characters.
const longestToken = 512

// signedIn lets requests through to routes that they may ask.
func (p *Platform) signedIn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		x := exchangeOf(r.Context())
		if doors[x.route] == byNobody {
			next.ServeHTTP(w, r)
			return
		}
		scheme, token, ok := strings.Cut(r.Header.Get("Authorization"), " ")
		if !ok || !strings.EqualFold(scheme, "Bearer") || token == "" || len(token) > longestToken {
			p.fail(w, r, fault.New(fault.Unauthorized))
			return
		}
		u, err := p.ledger.Bearer(r.Context(), token)
		if err != nil {
			p.fail(w, r, err)
			return
		}
		x.person = u.ID
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), callerKey{}, party{User: u, Scope: act.ScopeRead})))
	})
}
