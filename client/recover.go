package client

import (
	"context"
	"errors"
	"time"

	"jandon/client/store"
	"jandon/internal/act"
	"jandon/internal/fault"
)

// Recover finds what became of acts that were under way when the program ended
// or an answer was lost. Those that the platform has come back as they are now,
// to be confirmed, canceled or looked at. A cash-out that it does not have is
// asked for again under its key while its quote holds and the wallet is
// unlocked; once that is over it never happened, and is forgotten. Entries stay
// where nothing could be found out, with the first reason as the error; an act that
// is another than was asked for does not come back (ChallengeDiffers).
func (a *Account) Recover(ctx context.Context) ([]act.Act, error) {
	if err := a.enrolled(); err != nil {
		return nil, err
	}
	list, err := a.Store.Journal(ctx)
	if err != nil {
		return nil, err
	}
	var found []act.Act
	var first error
	for _, e := range list {
		got, ok, err := a.trace(ctx, e)
		if ok && !errors.Is(err, fault.New(fault.ChallengeDiffers)) {
			found = append(found, got)
		}
		if err != nil && first == nil {
			first = err
		}
	}
	return found, first
}

// trace finds the act of one entry.
func (a *Account) trace(ctx context.Context, e store.Entry) (act.Act, bool, error) {
	w, err := decodeWish(e.Asked)
	if err != nil {
		return act.Act{}, false, err
	}
	switch {
	case w.Dispute != nil:
		return act.Act{}, false, a.traceDispute(ctx, e, *w.Dispute)
	case e.Act == "":
		return a.search(ctx, e, w)
	}
	got, err := a.Act(ctx, e.Act)
	switch {
	case fault.From(err) != nil && fault.From(err).Code == fault.NotFound: // of a ledger that is no more
		return act.Act{}, false, a.Store.End(ctx, e.Key)
	case err != nil:
		return act.Act{}, false, err
	}
	if field := w.differs(got); field != "" {
		return got, true, fault.New(fault.ChallengeDiffers, "field", field)
	}
	return got, true, nil
}

// late is how long after its quote ended a request may still be on its way.
const late = 2 * time.Minute

// quoteLife bounds how long a quote holds, where only its id is known.
const quoteLife = 10 * time.Minute

// search looks for an act whose answer was lost.
func (a *Account) search(ctx context.Context, e store.Entry, w wish) (act.Act, bool, error) {
	got, ok, err := a.findMade(ctx, e, w)
	if err != nil {
		return act.Act{}, false, err
	}
	if ok {
		return got, true, a.follow(ctx, e.Key, w, got)
	}
	switch now := a.Client.clock.Now(); {
	case w.Action != act.Cashout || now.Sub(e.At) > quoteLife+late:
		// What moves no value is asked for anew by the person; if it was made
		// after all, it waits for a confirmation that nobody gives, and lapses.
		return act.Act{}, false, a.Store.End(ctx, e.Key)
	case !a.Unlocked():
		return act.Act{}, false, fault.New(fault.UnknownOutcome, "url", a.Client.shown)
	}
	got, err = a.ask(ctx, e.Key, w)
	if err != nil {
		if code := fault.From(err).Code; settles(code) { // it never happened, and now it can't
			return act.Act{}, false, nil
		}
		return act.Act{}, false, err
	}
	return got, true, nil
}

// findMade looks through the acts made since an entry for the one it asked
// for: a quote is used once, so its id names the act.
func (a *Account) findMade(ctx context.Context, e store.Entry, w wish) (act.Act, bool, error) {
	if w.Action != act.Cashout {
		return act.Act{}, false, nil
	}
	for cursor := ""; ; {
		p, err := a.Acts(ctx, cursor)
		if err != nil {
			return act.Act{}, false, err
		}
		for _, got := range p.Acts {
			if got.Quote == w.Quote {
				return got, true, nil
			}
			if got.Made.Before(e.At.Add(-late)) {
				return act.Act{}, false, nil
			}
		}
		if p.Next == "" {
			return act.Act{}, false, nil
		}
		if len(p.Next) > 400 {
			return act.Act{}, false, a.Client.bad("cursor", errors.New("client: a cursor that can't be sent"))
		}
		cursor = p.Next
	}
}
