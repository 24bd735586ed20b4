package client

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"slices"

	"jandon/client/store"
	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/wallet"
	"jandon/internal/wire"
)

// disputing is what the journal calls the opening of a dispute. It is no act:
// nothing leaves by it, and nobody confirms it.
const disputing act.Action = "dispute"

// Disputes asks the platform for all disputes, newest first.
func (a *Account) Disputes(ctx context.Context) ([]wallet.Dispute, error) {
	if err := a.enrolled(); err != nil {
		return nil, err
	}
	var l wire.DisputeList
	_, err := a.Client.do(ctx, call{
		name: "disputes", as: reader, build: func() (*http.Request, error) { return wire.NewListDisputesRequest(a.Client.base) },
		read: func(b []byte) error {
			return readInto(b, &l, func(l wire.DisputeList) error { return few("disputes", l.Disputes, checkDispute) })
		},
	})
	if err != nil {
		return nil, err
	}
	return wire.Each(l.Disputes, wire.Dispute.Wallet), nil
}

// Dispute disputes a charge. It needs a session that may act, and no code. Its
// key stands in the journal before it is sent, and is used again for the same
// wish, so that an answer that was lost (UnknownOutcome) never opens two.
// Errors: AlreadyDisputed, NotDisputable, and those of a call. The copy learns
// of it with the next Sync.
func (a *Account) Dispute(ctx context.Context, ask wallet.DisputeAsk) (wallet.Dispute, error) {
	if !a.Unlocked() {
		if err := a.enrolled(); err != nil {
			return wallet.Dispute{}, err
		}
		return wallet.Dispute{}, fault.New(fault.StepUpRequired)
	}
	key, err := a.disputeKey(ctx, ask)
	if err != nil {
		return wallet.Dispute{}, err
	}
	return a.sendDispute(ctx, key, ask)
}

// disputeKey is the key of a wish: that of the journal, if it was asked before
// and nobody knows what came of it.
func (a *Account) disputeKey(ctx context.Context, ask wallet.DisputeAsk) (string, error) {
	list, err := a.Store.Journal(ctx)
	if err != nil {
		return "", err
	}
	for _, e := range list {
		if w, err := decodeWish(e.Asked); err == nil && w.Action == disputing && w.Dispute != nil && *w.Dispute == ask {
			return e.Key, nil
		}
	}
	asked, err := wish{Action: disputing, Dispute: &ask}.encode()
	if err != nil {
		return "", err
	}
	key := rand.Text()
	return key, a.Store.Begin(ctx, store.Entry{Key: key, At: a.Client.clock.Now(), Asked: asked})
}

// sendDispute sends a journaled wish; its entry ends when it is known what came of it.
func (a *Account) sendDispute(ctx context.Context, key string, ask wallet.DisputeAsk) (wallet.Dispute, error) {
	defer a.known.drop() // a dispute lowers what may move
	var d wire.Dispute
	_, err := a.Client.do(ctx, call{
		name: "dispute", as: actor, moves: true, good: []int{http.StatusCreated},
		build: func() (*http.Request, error) {
			return wire.NewOpenDisputeRequest(a.Client.base, &wire.OpenDisputeParams{IdempotencyKey: key}, wire.FromDisputeAsk(ask))
		},
		read: func(b []byte) error {
			return readInto(b, &d, func(d wire.Dispute) error {
				if string(d.Transaction) != ask.Transaction {
					return errors.New("client: a dispute of another charge")
				}
				return checkDispute(d)
			})
		},
	})
	if err != nil && fault.From(err).Code == fault.UnknownOutcome {
		return wallet.Dispute{}, err
	}
	if err := errors.Join(err, a.Store.End(context.WithoutCancel(ctx), key)); err != nil {
		return wallet.Dispute{}, err
	}
	return d.Wallet(), nil
}

// Withdraw ends a dispute that is under way, for good; TooLate if it has ended.
func (a *Account) Withdraw(ctx context.Context, id string) (wallet.Dispute, error) {
	if err := a.enrolled(); err != nil {
		return wallet.Dispute{}, err
	}
	if !addressable(id) {
		return wallet.Dispute{}, fault.New(fault.NotFound, "what", short(id))
	}
	var d wire.Dispute
	read := func(b []byte) error {
		return readInto(b, &d, func(d wire.Dispute) error {
			if string(d.Id) != id {
				return errors.New("client: another dispute than the one asked for")
			}
			return checkDispute(d)
		})
	}
	_, err := a.Client.do(ctx, call{
		name: "withdraw", as: actor, moves: true, read: read,
		build: func() (*http.Request, error) { return wire.NewWithdrawDisputeRequest(a.Client.base, id) },
	})
	if f := fault.From(err); f != nil && (f.Code == fault.TooLate || f.Code == fault.UnknownOutcome) {
		// An answer that was lost may have been a yes.
		if _, failed := a.Client.do(ctx, call{
			name: "dispute", as: reader, read: read, build: func() (*http.Request, error) { return wire.NewGetDisputeRequest(a.Client.base, id) },
		}); failed == nil && wallet.DisputeState(d.State) == wallet.DisputeWithdrawn {
			err = nil
		}
	}
	if err != nil {
		return wallet.Dispute{}, err
	}
	return d.Wallet(), nil
}

// traceDispute finds what became of a dispute whose answer was lost: it is
// there, or it is asked for again under its key while that is fresh.
func (a *Account) traceDispute(ctx context.Context, e store.Entry, ask wallet.DisputeAsk) error {
	list, err := a.Disputes(ctx)
	switch {
	case err != nil:
		return err
	case slices.ContainsFunc(list, func(d wallet.Dispute) bool { return d.Transaction == ask.Transaction }),
		a.Client.clock.Now().Sub(e.At) > quoteLife+late: // too long ago to be done unasked
		return a.Store.End(ctx, e.Key)
	case !a.Unlocked():
		return fault.New(fault.UnknownOutcome, "url", a.Client.shown)
	}
	_, err = a.sendDispute(ctx, e.Key, ask)
	return err
}

func checkDispute(d wire.Dispute) error {
	return all(there("dispute.id", string(d.Id)), there("dispute.transaction", string(d.Transaction)), number(d.Seq),
		amount("amount_minor", d.AmountMinor, d.Currency), when("charged", d.Charged), when("opened", d.Opened), maybe("deadline", d.Deadline),
		maybe("ended", d.Ended), each(d.Steps, func(s wire.DisputeStep) error { return when("at", s.At) }))
}
