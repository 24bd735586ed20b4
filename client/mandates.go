package client

import (
	"context"
	"errors"
	"net/http"

	"jandon/internal/wallet"
	"jandon/internal/wire"
)

// CancelMandate lets nothing more be charged under a mandate. It needs a
// session that the PIN opened. The copy learns of it with the next Sync.
func (a *Account) CancelMandate(ctx context.Context, id string) (wallet.Mandate, error) {
	if err := a.enrolled(); err != nil {
		return wallet.Mandate{}, err
	}
	var m wire.Mandate
	_, err := a.Client.do(ctx, call{
		name: "cancel mandate", as: actor, moves: true, once: true,
		build: func() (*http.Request, error) { return wire.NewCancelMandateRequest(a.Client.base, id) },
		read: func(b []byte) error {
			return readInto(b, &m, func(m wire.Mandate) error {
				if string(m.Id) != id || m.Canceled.IsZero() {
					return errors.New("client: another mandate than the one canceled")
				}
				return checkMandate(m)
			})
		},
	})
	return m.Wallet(), err
}
