package client

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"

	"jandon/client/store"
	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/wire"
)

// Quote fixes plans, lots and fees for a while. What comes back is held to what
// was asked: its amount, the rails that were not wanted, amounts by hand, the
// destinations that were chosen.
func (a *Account) Quote(ctx context.Context, ask act.Ask) (act.Quote, error) {
	if err := a.enrolled(); err != nil {
		return act.Quote{}, err
	}
	var q wire.Quote
	_, err := a.Client.do(ctx, call{
		name: "quote", as: reader, good: []int{http.StatusCreated},
		build: func() (*http.Request, error) { return wire.NewQuoteRequest(a.Client.base, wire.FromAsk(ask)) },
		read:  func(b []byte) error { return readInto(b, &q, func(q wire.Quote) error { return answers(q, ask) }) },
	})
	if err != nil {
		return act.Quote{}, err
	}
	return q.Act(), sameCatalogue(string(q.Version))
}

// answers checks that a quote is one for what was asked.
func answers(q wire.Quote, ask act.Ask) error {
	if err := checkQuote(q); err != nil {
		return err
	}
	if q.AmountMinor != ask.Amount.Minor || q.Currency != ask.Amount.Currency {
		return errors.New("client: a quote for another amount")
	}
	for _, p := range q.Plans {
		for _, l := range p.Legs {
			for _, without := range ask.Without {
				if string(l.Rail) == without {
					return errors.New("client: a quote over a rail that was not wanted")
				}
			}
			if to := ask.To[string(l.Rail)]; to != "" && string(l.Payee.Destination) != to {
				return errors.New("client: a quote for another destination than the one chosen")
			}
			if most, chosen := ask.Amounts[string(l.Rail)]; ask.Amounts != nil && (!chosen || l.AmountMinor > most) {
				return errors.New("client: a quote for other amounts than those chosen")
			}
		}
	}
	return nil
}

// CashOut carries out one offer of a quote. Its idempotency key is on the disk
// with what was asked before anything is sent. An answer that was lost is
// fault.UnknownOutcome: Recover finds out what became of it.
func (a *Account) CashOut(ctx context.Context, q act.Quote, offer int) (act.Act, error) {
	w, err := cashout(q, offer)
	if err != nil {
		return act.Act{}, err
	}
	return a.begin(ctx, w)
}

// begin journals a wish and asks for it.
func (a *Account) begin(ctx context.Context, w wish) (act.Act, error) {
	if !a.Unlocked() {
		if err := a.enrolled(); err != nil {
			return act.Act{}, err
		}
		return act.Act{}, fault.New(fault.StepUpRequired)
	}
	if err := a.checkLog(ctx, actor); err != nil { // nothing moves at a platform that rewrites what happened
		return act.Act{}, err
	}
	asked, err := w.encode()
	if err != nil {
		return act.Act{}, err
	}
	key := rand.Text()
	if err := a.Store.Begin(ctx, store.Entry{Key: key, At: a.Client.clock.Now(), Asked: asked}); err != nil {
		return act.Act{}, err
	}
	return a.ask(ctx, key, w)
}

// ask sends a journaled wish, and again if it was lost: the key says that it
// is the same. The entry ends when it is known that nothing will come of it.
func (a *Account) ask(ctx context.Context, key string, w wish) (act.Act, error) {
	defer a.known.drop()
	var got *wire.Act
	_, err := a.Client.do(ctx, call{
		name: string(w.Action), as: actor, moves: true, good: []int{http.StatusCreated, http.StatusAccepted},
		build: func() (*http.Request, error) { return w.request(a.Client.base, key) },
		read:  func(b []byte) (err error) { got, err = w.readAct(b); return err },
	})
	after := context.WithoutCancel(ctx) // what is known is kept, whoever left meanwhile
	switch {
	case err != nil && fault.From(err).Code == fault.UnknownOutcome:
		return act.Act{}, err
	case err != nil:
		return act.Act{}, errors.Join(err, a.Store.End(after, key))
	case got == nil: // it was done at once, and there is no act
		return act.Act{}, a.Store.End(after, key)
	}
	begun := got.Act()
	return begun, a.follow(after, key, w, begun)
}

// readAct is the act of an answer; nil where none was needed.
func (w wish) readAct(b []byte) (*wire.Act, error) {
	if w.Action == act.LowerLevel {
		var l wire.LevelAnswer
		if err := decode(b, &l); err != nil {
			return nil, err
		}
		if l.Act == nil {
			return nil, nil
		}
		return l.Act, checkAct(*l.Act)
	}
	var got wire.Act
	err := readInto(b, &got, checkAct)
	return &got, err
}

// follow keeps what the platform told of an act: its id, or that it ended. One
// that is another than was wished for is not gone on with.
func (a *Account) follow(ctx context.Context, key string, w wish, got act.Act) error {
	var err error
	if got.State.Final() {
		err = a.Store.End(ctx, key)
	} else {
		err = a.Store.Named(ctx, key, got.ID)
	}
	if field := w.differs(got); field != "" {
		return errors.Join(fault.New(fault.ChallengeDiffers, "field", field), err)
	}
	return err
}

// entry is the journal's entry of an act; ok is false where it has none,
// because another device or run began it.
func (a *Account) entry(ctx context.Context, id string) (e store.Entry, w wish, ok bool, err error) {
	list, err := a.Store.Journal(ctx)
	if err != nil {
		return store.Entry{}, wish{}, false, err
	}
	for _, e := range list {
		if e.Act == id {
			w, err := decodeWish(e.Asked)
			return e, w, err == nil, err
		}
	}
	return store.Entry{}, wish{}, false, nil
}
