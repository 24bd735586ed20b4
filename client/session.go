package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/wire"
	"jandon/keystore"
)

// reading is the session that reads. Where there is none, or its time is over,
// one is opened with the device's key alone.
func (c *Client) reading(ctx context.Context) (*pass, error) {
	w := c.who
	if p := w.open(act.ScopeRead, c.clock.Now()); p != nil {
		return p, nil
	}
	select {
	case w.turn <- struct{}{}:
		defer func() { <-w.turn }()
	case <-ctx.Done():
		return nil, c.transportFault(ctx, ctx.Err())
	}
	if p := w.open(act.ScopeRead, c.clock.Now()); p != nil { // somebody else was quicker
		return p, nil
	}
	return c.openSession(ctx, "", keystore.Secret{})
}

// openSession opens a session, by a code for one that may act. A code is sent
// once: the platform counts a second one of the same step as a wrong try.
func (c *Client) openSession(ctx context.Context, method wire.SessionRequestMethod, code keystore.Secret) (*pass, error) {
	scope := act.ScopeRead
	if method != "" {
		scope = act.ScopeAct
	}
	body, err := hide("code", code, wire.SessionRequest{Device: c.who.device, Method: method})
	if err != nil {
		return nil, err
	}
	defer clear(body)
	var opened *pass
	_, err = c.do(ctx, call{
		name: "session", as: prover, fresh: true, good: []int{http.StatusCreated}, once: method != "",
		build: func() (*http.Request, error) {
			return wire.NewOpenSessionRequestWithBody(c.base, "application/json", bytes.NewReader(body))
		},
		read: func(b []byte) (err error) {
			defer clear(b)
			opened, err = c.readSession(b, scope)
			return err
		},
	})
	if err != nil {
		return nil, err
	}
	c.who.keep(opened)
	return opened, nil
}

// readSession takes the token out of an answer without making a string of it.
func (c *Client) readSession(b []byte, scope act.Scope) (*pass, error) {
	var s struct {
		wire.Session
		Token hidden `json:"token"`
	}
	if err := decode(b, &s); err != nil {
		return nil, errors.New("client: not a session") // the cause may quote the token
	}
	const longest = 200
	token := s.Token.Secret
	got := s.Act()
	if token.Len() == 0 || token.Len() > longest || got.Scope != scope || got.Device != c.who.device || got.Account != c.who.account {
		token.Wipe()
		return nil, errors.New("client: another session than the one asked for")
	}
	if err := all(when("expires", got.Expires), when("server_time", s.ServerTime)); err != nil {
		token.Wipe()
		return nil, err
	}
	c.clock.told(s.ServerTime)
	return &pass{token: token, Session: got, used: c.clock.Now()}, nil
}

// closeSession ends a session that was taken out of use. One that can't be told
// to the platform ends there by itself.
func (c *Client) closeSession(ctx context.Context, p *pass) {
	defer p.token.Wipe()
	_, err := c.do(ctx, call{
		name: "close session", as: actor, pass: p, good: []int{http.StatusNoContent}, once: true,
		build: func() (*http.Request, error) { return wire.NewCloseSessionRequest(c.base) },
	})
	if err != nil {
		c.opts.Log.Debug("close session", "code", string(fault.From(err).Code))
	}
}

// hidden is a secret in an answer.
type hidden struct{ keystore.Secret }

// UnmarshalJSON takes a string of plain characters over.
func (h *hidden) UnmarshalJSON(b []byte) error {
	if len(b) < 2 || b[0] != '"' || !plainText(b[1:len(b)-1]) {
		return errors.New("client: not a plain string")
	}
	h.Secret = keystore.NewSecret(append([]byte(nil), b[1:len(b)-1]...))
	return nil
}

// hide is a body with a secret in it under a name, as bytes that the caller
// clears: encoding/json would leave copies. A secret with characters that no
// code has is fault.WrongCode, and nobody is asked.
func hide(name string, s keystore.Secret, rest any) (body []byte, err error) {
	plain, err := json.Marshal(rest)
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal)
	}
	s.Expose(func(b []byte) {
		switch {
		case len(b) == 0:
			body = plain
		case !plainText(b):
			err = fault.New(fault.WrongCode)
		default:
			body = make([]byte, 0, len(plain)+len(name)+len(b)+8)
			body = append(append(body, `{"`+name+`":"`...), b...)
			body = append(body, '"')
			if len(plain) > len("{}") {
				body = append(body, ',')
			}
			body = append(body, plain[1:]...)
		}
	})
	return body, err
}

// plainText reports printable ASCII that needs no escape in JSON.
func plainText(b []byte) bool {
	for _, c := range b {
		if c < ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}
