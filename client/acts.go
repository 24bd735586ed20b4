package client

import (
	"context"
	"errors"
	"net/http"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/wire"
)

// Acts is a page of the history of acts, newest first; "" is its start.
func (a *Account) Acts(ctx context.Context, cursor string) (act.Page, error) {
	if err := a.enrolled(); err != nil {
		return act.Page{}, err
	}
	params := &wire.ListActsParams{}
	if cursor != "" {
		params.Cursor = &cursor
	}
	var p wire.ActPage
	_, err := a.Client.do(ctx, call{
		name: "acts", as: reader, build: func() (*http.Request, error) { return wire.NewListActsRequest(a.Client.base, params) },
		read: func(b []byte) error {
			return readInto(b, &p, func(p wire.ActPage) error {
				if cursor != "" && p.NextCursor == cursor {
					return errors.New("client: a page that leads to itself")
				}
				return few("acts", p.Acts, checkAct)
			})
		},
	})
	if err != nil {
		return act.Page{}, err
	}
	return act.Page{Acts: wire.Each(p.Acts, wire.Act.Act), Next: p.NextCursor}, nil
}

// Act is one act as it is now.
func (a *Account) Act(ctx context.Context, id string) (act.Act, error) {
	if err := a.enrolled(); err != nil {
		return act.Act{}, err
	}
	if !addressable(id) {
		return act.Act{}, fault.New(fault.NotFound, "what", short(id))
	}
	got, err := a.actCall(ctx, id, call{
		name: "act", as: reader, build: func() (*http.Request, error) { return wire.NewGetActRequest(a.Client.base, id) },
	})
	if err != nil {
		return act.Act{}, err
	}
	return got, a.settle(ctx, got)
}

// Cancel ends an act before anything has left; TooLate if something has.
func (a *Account) Cancel(ctx context.Context, id string) (act.Act, error) {
	if err := a.enrolled(); err != nil {
		return act.Act{}, err
	}
	if !addressable(id) {
		return act.Act{}, fault.New(fault.NotFound, "what", short(id))
	}
	defer a.known.drop()
	got, err := a.actCall(ctx, id, call{
		name: "cancel", as: reader, moves: true, build: func() (*http.Request, error) { return wire.NewCancelActRequest(a.Client.base, id) },
	})
	if f := fault.From(err); f != nil && (f.Code == fault.TooLate || f.Code == fault.UnknownOutcome) {
		// An answer that was lost may have been a yes.
		if now, failed := a.Act(ctx, id); failed == nil && now.State == act.Canceled {
			got, err = now, nil
		}
	}
	if err != nil {
		return act.Act{}, err
	}
	a.asked.forget(id)
	return got, a.settle(ctx, got)
}

// actCall is a call that answers with the act of an id.
func (a *Account) actCall(ctx context.Context, id string, q call) (act.Act, error) {
	var got wire.Act
	q.read = func(b []byte) error {
		return readInto(b, &got, func(got wire.Act) error {
			if string(got.Id) != id {
				return errors.New("client: another act than the one asked for")
			}
			return checkAct(got)
		})
	}
	if _, err := a.Client.do(ctx, q); err != nil {
		return act.Act{}, err
	}
	return got.Act(), nil
}

// settle ends the journal's entry of an act that has ended.
func (a *Account) settle(ctx context.Context, got act.Act) error {
	if !got.State.Final() {
		return nil
	}
	ctx = context.WithoutCancel(ctx)
	e, _, ok, err := a.entry(ctx, got.ID)
	if err != nil || !ok {
		return err
	}
	return a.Store.End(ctx, e.Key)
}
