package platform

import (
	"context"
	"net/http"
	"strings"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/platform/ledger"
	"jandon/keystore/dpop"
	"jandon/keystore/secret"
)

// Who asks. A session's token is worth nothing without a proof of the device's
// key on each request (RFC 9449). All that the rest of the platform knows of
// signing in is caller, acting and proven.

// How a route knows who asks.
const (
	byToken  = iota // a session
	byNobody        // anybody may ask
	byProof         // a proof of a device's key, without a token
)

// doors are the routes that open without a token.
var doors = map[string]int{
	"GET /v1/status": byNobody, "GET /healthz": byNobody, "GET /readyz": byNobody, "GET /openapi.yaml": byNobody,
	routeEnrol: byProof, routeGiveUp: byProof, routeActivate: byProof, routeSessions: byProof,
}

// Routes that the layers before the answers treat in their own way.
const (
	routeEnrol     = "POST /v1/enrolments"
	routeGiveUp    = "DELETE /v1/enrolments/{id}"
	routeActivate  = "POST /v1/enrolments/{id}/activate"
	routeSessions  = "POST /v1/sessions"
	routeChallenge = "POST /v1/acts/{id}/challenge"
	routeConfirm   = "POST /v1/challenges/{id}/confirm"
)

// nonced are the routes whose proofs need the platform's nonce: what they take
// must be fresh by our word, even if this process has forgotten older proofs.
var nonced = map[string]bool{routeSessions: true, routeConfirm: true}

// fresh are the routes whose answers bring a nonce, since one will be needed next.
var fresh = map[string]bool{routeActivate: true, routeSessions: true, routeChallenge: true, routeConfirm: true}

// party is who a request has been found to come from, and what they may do.
type party struct {
	User   ledger.User
	Device string // "": somebody inside this process, who only reads
	Scope  act.Scope
	Method string // by which the session was opened
	Hash   []byte // of the session's token
	Origin string // by which the platform was reached
}

type (
	callerKey struct{}
	proofKey  struct{}
)

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

// trusted is acting for what gives trust, or changes by what a person tells
// whom they trust: the session must have been opened by the PIN. A code of an
// app or a recovery code is the way in where the PIN fails. It is good for
// reading, small acts, beginning what the PIN then confirms, and for whatever
// only takes away: stopping everything, canceling an act, being more careful,
// revoking a device (which then stops everything, see RevokeDevice).
func trusted(ctx context.Context) (party, error) {
	p, err := acting(ctx)
	if err == nil && p.fellBack() {
		return party{}, fault.New(fault.StepUpRequired)
	}
	return p, err
}

// fellBack reports whether the session was opened another way than by the PIN.
func (p party) fellBack() bool { return p.Method != ledger.MethodTOTP }

// proven is the proof of a request to a route that opens by one.
func proven(ctx context.Context) dpop.Proof {
	p, _ := ctx.Value(proofKey{}).(dpop.Proof)
	return p
}

// signedIn lets requests through to routes that they may ask.
func (p *Platform) signedIn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		x, now := exchangeOf(r.Context()), p.now()
		door := doors[x.route]
		ctx, err := r.Context(), p.trust.paces.take(placeOf(r), paceOfPlace, now)
		if err == nil {
			switch door {
			case byNobody:
			case byProof:
				ctx, err = p.byProof(r, now)
			default:
				ctx, err = p.byToken(r, now)
			}
		}
		if fresh[x.route] {
			w.Header().Set("DPoP-Nonce", p.trust.nonces.New(now))
		}
		if err != nil {
			p.fail(w, r, err)
			return
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// byProof knows a key and nobody behind it.
func (p *Platform) byProof(r *http.Request, now time.Time) (context.Context, error) {
	if err := p.trust.paces.take("doors "+placeOf(r), paceOfDoors, now); err != nil {
		return nil, err
	}
	proof, origin, err := p.proved(r, secret.Secret{}, now)
	if err != nil {
		return nil, err
	}
	if exchangeOf(r.Context()).route != routeSessions { // which goes by the memory of known devices, once it knows one
		if err := p.trust.strangers.Use(proof, now); err != nil {
			return nil, err
		}
	}
	ctx := context.WithValue(r.Context(), proofKey{}, proof)
	return context.WithValue(ctx, callerKey{}, party{Origin: origin}), nil
}

// proved checks the one proof that a request carries.
func (p *Platform) proved(r *http.Request, token secret.Secret, now time.Time) (proof dpop.Proof, origin string, err error) {
	if origin, err = p.trust.origin(r); err != nil {
		return dpop.Proof{}, "", err
	}
	sent := r.Header.Values("DPoP")
	if len(sent) != 1 {
		return dpop.Proof{}, "", fault.New(fault.BadProof, "detail", "one proof is needed")
	}
	proof, err = dpop.Check(sent[0], dpop.Request{Method: r.Method, URL: origin + r.URL.EscapedPath(), Token: token}, now)
	if err == nil && nonced[exchangeOf(r.Context()).route] {
		err = p.trust.nonces.Check(proof.Nonce, now)
	}
	return proof, origin, err
}

// longestToken that is looked up; ours have 43 characters.
const longestToken = 512

// byToken knows the party of a session.
func (p *Platform) byToken(r *http.Request, now time.Time) (context.Context, error) {
	if handle, ok := r.Context().Value(handleKey{}).(string); ok && r.Header.Get("Authorization") == "" {
		return p.asReader(r.Context(), handle)
	}
	scheme, token, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	if !ok || !strings.EqualFold(scheme, "DPoP") || token == "" || len(token) > longestToken || len(r.Header.Values("Authorization")) > 1 {
		return nil, fault.New(fault.Unauthorized)
	}
	who, err := p.bySession(r, token, now)
	if err != nil {
		return nil, err
	}
	exchangeOf(r.Context()).person = who.User.ID
	return context.WithValue(r.Context(), callerKey{}, who), nil
}

// asReader is somebody inside this process.
func (p *Platform) asReader(ctx context.Context, handle string) (context.Context, error) {
	u, err := p.ledger.User(ctx, handle)
	if err != nil {
		return nil, err
	}
	exchangeOf(ctx).person = u.ID
	return context.WithValue(ctx, callerKey{}, party{User: u, Scope: act.ScopeRead}), nil
}

// bySession checks the proof, the token, that they belong together, and that
// neither came before or too late.
func (p *Platform) bySession(r *http.Request, token string, now time.Time) (party, error) {
	proof, origin, err := p.proved(r, secret.New([]byte(token)), now)
	if err != nil {
		return party{}, err
	}
	s, err := p.ledger.Session(r.Context(), hashOf(token), now)
	if err != nil {
		return party{}, err
	}
	if s.Device.JKT != proof.JKT {
		return party{}, fault.New(fault.Unauthorized)
	}
	if err := p.trust.replay.Use(proof, now); err != nil {
		return party{}, err
	}
	if err := p.trust.paces.take("device "+s.Device.ID, paceOfDevice, now); err != nil {
		return party{}, err
	}
	if err := s.Device.Usable(); err != nil {
		return party{}, err
	}
	ok, tell := p.trust.uses.live(s, now)
	if !ok || !now.Before(s.Expires) {
		p.trust.uses.forget(s.Hash)
		if err := p.ledger.CloseSession(r.Context(), s.Hash); err != nil {
			return party{}, err
		}
		return party{}, fault.New(fault.Unauthorized)
	}
	if tell {
		if err := p.ledger.Touch(r.Context(), s, now); fault.From(err) != nil && fault.From(err).Code != fault.StoreBusy {
			return party{}, err // a busy database is told the next time
		}
	}
	return party{s.Device.Owner, s.Device.ID, s.Scope, s.Method, s.Hash, origin}, nil
}
