package client

import (
	"context"
	"crypto/tls"
	"errors"

	"jandon/internal/act"
	"jandon/internal/fault"
)

// mends are what was put right during a call; each is tried once.
type mends struct{ nonce, clock, replay, session bool }

// mend puts right what the platform refused before it looked at the request,
// so that sending it again is safe whatever it asks: a nonce that is too old, a
// clock that differs, a session that ended; and a proof that a proxy sent twice,
// where the platform knows the same request again.
func (c *Client) mend(q *call, m *mistake, done *mends) bool {
	once := func(flag *bool) bool {
		first := !*flag
		*flag = true
		return first
	}
	switch {
	case c.who == nil:
		return false
	case m.err.Code == fault.NonceNeeded:
		return q.fresh && c.who.newest() != "" && once(&done.nonce)
	case m.err.Code == fault.BadProof:
		return m.moved && once(&done.clock)
	case m.err.Code == fault.ProofReplayed:
		return !q.once && once(&done.replay) // the copy that came first may have been carried out
	case m.pass == nil:
		return false
	case m.err.Code == fault.Unauthorized && m.pass.Scope == act.ScopeAct:
		c.who.drop(m.pass) // the PIN has to be typed again
		m.err = fault.Wrap(m.err, fault.StepUpRequired)
		return false
	case m.err.Code == fault.Unauthorized:
		c.who.drop(m.pass)
		return once(&done.session)
	case m.err.Code == fault.StepUpRequired && q.as == reader && c.who.open(act.ScopeAct, c.clock.Now()) != nil:
		q.as = actor
		return once(&done.session)
	}
	return false
}

// settles reports a refusal that a platform gives only after it looked for an
// earlier request of the same key: then nothing happened under that key, even
// if an earlier answer was lost.
func settles(code fault.Code) bool {
	switch code {
	case fault.BadRequest, fault.NotFound, fault.QuoteExpired, fault.QuoteOutdated, fault.QuoteUsed, fault.Insufficient, fault.OverLimit,
		fault.NothingConvertible, fault.NotVerified, fault.NoDestination, fault.DestinationNew, fault.AlreadyDisputed, fault.NotDisputable, fault.NotSteady, fault.KeyReused:
		return true
	}
	return false
}

// unanswered is a request that brought no answer.
func (c *Client) unanswered(ctx context.Context, err error) *mistake {
	f := c.transportFault(ctx, err)
	stubborn := f.Code == fault.PinChanged || selfSigned(err) != nil
	return &mistake{err: f, again: ctx.Err() == nil && !stubborn, lost: !unsent(err)}
}

// final is what is told of a call that failed: of one that may have been
// carried out, only that nobody knows.
func (c *Client) final(q call, m *mistake) *fault.Error {
	if !q.moves || !m.lost && m.err.Code != fault.KeyInFlight {
		return m.err
	}
	return fault.Wrap(m.err, fault.UnknownOutcome, "url", c.shown)
}

// undialled is a connection that never came about, so that nothing was sent.
type undialled struct{ error }

func (u undialled) Unwrap() error { return u.error }

// unsent reports a failure before the first byte of a request.
func unsent(err error) bool {
	var never undialled
	var certificate *tls.CertificateVerificationError
	return errors.As(err, &never) || errors.As(err, &certificate) || errors.Is(err, errPin)
}
