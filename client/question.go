package client

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"strconv"
	"sync"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/safe"
	"jandon/internal/wire"
	"jandon/keystore/challenge"
)

// question is a challenge that was found to ask for what the person did, with
// its own bytes.
type question struct {
	bytes []byte
	left  func(now time.Time) time.Duration
	need  act.Need
	id    string
}

// questions are those that wait for an answer, by Act.ID.
type questions struct {
	mu    sync.Mutex
	byAct map[string]question
}

func (q *questions) keep(id string, asked question) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.byAct == nil {
		q.byAct = map[string]question{}
	}
	q.byAct[id] = asked
}

func (q *questions) of(id string) (question, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	asked, ok := q.byAct[id]
	return asked, ok
}

func (q *questions) forget(id string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.byAct, id)
}

// Challenge asks for what confirms an act, and refuses it unless its bytes are
// the only way to write what they say and say field by field what was asked
// for: by the journal if this device began the act, and by the act as it stood
// on the screen. What comes back is all that may be drawn. Errors:
// BadChallenge, ChallengeDiffers, UnsafeText, StepUpRequired, and the platform's.
func (a *Account) Challenge(ctx context.Context, of act.Act) (act.Question, error) {
	if err := a.enrolled(); err != nil {
		return act.Question{}, err
	}
	if !addressable(of.ID) {
		return act.Question{}, fault.New(fault.NotFound, "what", short(of.ID))
	}
	a.asked.forget(of.ID)
	want, terms, err := a.wanted(ctx, of)
	if err != nil {
		return act.Question{}, err
	}
	var c wire.Challenge
	_, err = a.Client.do(ctx, call{
		name: "challenge", as: actor, good: []int{http.StatusCreated},
		build: func() (*http.Request, error) { return wire.NewChallengeActRequest(a.Client.base, of.ID) },
		read: func(b []byte) error {
			return readInto(b, &c, func(c wire.Challenge) error {
				if string(c.Act) != of.ID || !addressable(string(c.Id)) || !c.Need.Valid() {
					return errors.New("client: a challenge for another act")
				}
				return nil
			})
		},
	})
	if err != nil {
		return act.Question{}, err
	}
	q, err := a.question(of.ID, c, want)
	if err == nil {
		q.Auto = terms // its digest is the quote of these bytes, else they had been refused
	}
	return q, err
}

// question judges a challenge by its bytes.
func (a *Account) question(id string, c wire.Challenge, want challenge.Request) (act.Question, error) {
	bytes, err := base64.RawURLEncoding.Strict().DecodeString(c.Bytes)
	if err != nil {
		return act.Question{}, fault.New(fault.BadChallenge, "detail", "base64url")
	}
	got, err := challenge.Decode(bytes)
	if err != nil {
		return act.Question{}, err
	}
	for i, l := range got.Legs { // before anything compares it with a filtered name
		if safe.Changed(l.Payee) {
			return act.Question{}, fault.New(fault.UnsafeText, "field", "legs["+strconv.Itoa(i)+"].payee")
		}
	}
	if got.ID != string(c.Id) {
		return act.Question{}, fault.New(fault.ChallengeDiffers, "field", "id")
	}
	if err := got.Match(want); err != nil {
		return act.Question{}, err
	}
	if got.Left(a.Client.clock.Now()) <= 0 {
		return act.Question{}, fault.New(fault.ChallengeExpired)
	}
	need := act.Need(c.Need)
	a.asked.keep(id, question{bytes: bytes, left: got.Left, need: need, id: got.ID})
	return drawn(id, got, need, a.Client.clock.Now()), nil
}

// drawn is what a screen draws of a challenge, which came at an instant of the
// platform's clock.
func drawn(id string, c challenge.Challenge, need act.Need, at time.Time) act.Question {
	cur := money.Currency(c.Currency)
	q := act.Question{
		ID: c.ID, Act: id, Action: act.Action(c.Action), Need: need, Amount: money.Of(c.Amount, cur), Fee: money.Of(c.Fee, cur),
		Quote: c.Quote, Account: c.Account, Server: c.Server, At: at, Expires: time.Unix(c.Expires, 0).UTC(),
	}
	for _, l := range c.Legs {
		q.Parts = append(q.Parts, act.Part{Amount: money.Of(l.Amount, cur), Payee: act.Payee{Name: l.Payee, ID: l.PayeeID}})
	}
	return q
}

// wanted is what a challenge for an act has to ask for; of one that lets value
// leave by itself, with the terms that its digest stands for.
func (a *Account) wanted(ctx context.Context, of act.Act) (challenge.Request, *act.Terms, error) {
	server, err := challenge.ServerOf(a.Client.base)
	if err != nil {
		return challenge.Request{}, nil, err
	}
	r := challenge.Request{
		Account: a.Client.who.account, Device: a.Client.who.device, Server: server, Action: string(of.Action), Quote: of.Quote,
		Currency: string(of.Amount.Currency), Amount: of.Amount.Minor, Fee: of.Fee.Minor, Changed: safe.Changed,
	}
	for _, l := range of.Legs {
		r.Legs = append(r.Legs, challenge.Leg{Amount: l.Net.Minor, Payee: l.Payee.Name, PayeeID: l.Payee.ID})
	}
	if of.Amount.Currency == "" {
		r.Legs = []challenge.Leg{{Payee: of.Subject.Name, PayeeID: of.Subject.ID}}
	}
	_, w, ok, err := a.entry(ctx, of.ID)
	if err != nil {
		return challenge.Request{}, nil, err
	}
	if of.Action == act.SetAuto { // without an entry there is nothing that it could be held to
		asked, err := w.allows(of, r)
		terms := w.terms()
		return asked, &terms, err
	}
	if field := w.differs(of); ok && field != "" {
		return challenge.Request{}, nil, fault.New(fault.ChallengeDiffers, "field", field)
	}
	return r, nil, nil
}
