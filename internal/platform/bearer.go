package platform

import (
	"context"
	"net/http"
	"strings"

	"jandon/internal/fault"
	"jandon/internal/platform/ledger"
)

// Who asks: opaque reading tokens (see ledger.MintToken). All that the rest of
// the platform knows of signing in is caller.

// MintToken makes a token that reads the books of a person, known by handle.
func (p *Platform) MintToken(ctx context.Context, handle string) (string, error) {
	u, err := p.ledger.User(ctx, handle)
	if err != nil {
		return "", err
	}
	return p.ledger.MintToken(ctx, u, p.now())
}

// public are the routes that anybody may ask.
var public = map[string]bool{
	"GET /v1/status": true, "GET /healthz": true, "GET /readyz": true, "GET /openapi.yaml": true,
}

type callerKey struct{}

// caller is the person that a request has been found to come from.
func caller(ctx context.Context) ledger.User {
	u, _ := ctx.Value(callerKey{}).(ledger.User)
	return u
}

// longest token that is looked up; ours have 43 characters.
const longestToken = 512

// signedIn lets requests through to routes that they may ask.
func (p *Platform) signedIn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		x := exchangeOf(r.Context())
		if public[x.route] {
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
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), callerKey{}, u)))
	})
}
