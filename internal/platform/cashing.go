package platform

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"sync"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/platform/ledger"
	"jandon/internal/wire"
)

// Quote fixes plans for an amount for a while. It moves nothing, so a session
// that reads may ask.
func (a *answers) Quote(ctx context.Context, q wire.QuoteRequestObject) (wire.QuoteResponseObject, error) {
	quote, err := a.p.ledger.Quote(ctx, caller(ctx).User, q.Body.Act(), a.clock())
	if err != nil {
		return nil, err
	}
	return wire.Quote201JSONResponse{Body: wire.FromQuote(quote), Headers: wire.Quote201ResponseHeaders{CorrelationId: correlation(ctx)}}, nil
}

// whyNot are the reasons of a quote that can't be made, one a lot and a rail.
func whyNot(i *ledger.Inconvertible) (list []wire.ProblemField) {
	for _, r := range i.Lots {
		list = append(list, field("/lots/"+r.Lot, reasonOf(string(r.Code), r.Rule)))
	}
	for _, r := range i.Rails {
		if r.Code != "" {
			list = append(list, field("/rails/"+r.Rail, reasonOf(string(r.Code), r.Rule)))
		}
	}
	return list
}

// reasonOf is a code and, where one refuses, the rule: not_eligible by carrier_credit.
func reasonOf(code, rule string) string {
	if rule == "" {
		return code
	}
	return code + " by " + rule
}

// CashOut carries out one plan of a quote.
func (a *answers) CashOut(ctx context.Context, q wire.CashOutRequestObject) (wire.CashOutResponseObject, error) {
	who, k, over, err := a.alone(ctx, q.Params.IdempotencyKey, q.Body)
	if err != nil {
		return nil, err
	}
	defer over()
	made, err := a.p.ledger.CashOut(ctx, who.User, who.Device, k, q.Body.Quote, q.Body.Plan, a.clock())
	if err != nil {
		return nil, err
	}
	a.p.wake()
	body := wire.FromAct(made)
	if made.Need == act.NeedReview {
		return wire.CashOut202JSONResponse{Body: body, Headers: wire.CashOut202ResponseHeaders{CorrelationId: correlation(ctx)}}, nil
	}
	return wire.CashOut201JSONResponse{Body: body, Headers: wire.CashOut201ResponseHeaders{CorrelationId: correlation(ctx)}}, nil
}

// keyOf is an Idempotency-Key with the hash of what came with it, in one form
// however it was written.
func keyOf(id string, body any) (ledger.Key, error) {
	b, err := json.Marshal(body)
	return ledger.Key{ID: id, Request: sha256.Sum256(b)}, err
}

// once is who may act, and the key of a request that has its effect once.
func once(ctx context.Context, id string, body any) (who party, k ledger.Key, err error) {
	if who, err = acting(ctx); err == nil {
		k, err = keyOf(id, body)
	}
	return who, k, err
}

// alone is once for what takes a while: until over is called, a second request
// of the same key is told that the first is under way.
func (a *answers) alone(ctx context.Context, id string, body any) (who party, k ledger.Key, over func(), err error) {
	if who, k, err = once(ctx, id, body); err == nil {
		over, err = a.p.flights.begin(who.User, k.ID)
	}
	return who, k, over, err
}

// flights are the requests whose key is being used just now. The books would
// let only one of them have an effect; saying so early spares the others the wait.
type flights struct {
	mu  sync.Mutex
	now map[flight]bool
}

type flight struct {
	owner int64
	key   string
}

// begin marks a key as in use until over is called; fault.KeyInFlight.
func (f *flights) begin(u ledger.User, key string) (over func(), err error) {
	x := flight{u.ID, key}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.now[x] {
		return nil, fault.New(fault.KeyInFlight)
	}
	if f.now == nil {
		f.now = make(map[flight]bool)
	}
	f.now[x] = true
	return func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.now, x)
	}, nil
}
