package client

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"jandon/internal/fault"
	"jandon/internal/wallet"
	"jandon/internal/wire"
)

// Status is what a platform says of itself.
type Status struct {
	Version   string
	Clock     time.Time // the platform's, for a look at how far the clocks differ
	Simulator bool      // there are no live payment rails
	Ledger    string
}

// Status asks who answers there; it needs no token.
func (c *Client) Status(ctx context.Context) (Status, error) {
	var s wire.Status
	_, err := c.do(ctx, call{
		name: "status", as: anyone, build: func() (*http.Request, error) { return wire.NewGetStatusRequest(c.base) },
		read: func(b []byte) error {
			return readInto(b, &s, func(s wire.Status) error { return all(there("ledger", string(s.Ledger)), when("clock", s.Clock)) })
		},
	})
	if err == nil {
		c.clock.told(s.Clock)
	}
	return Status{string(s.Version), s.Clock, s.Simulator, string(s.Ledger)}, err
}

// held is a wallet with the ledger that its seq counts.
type held struct {
	wallet.Wallet
	ledger string
	etag   string
}

// wallet asks for the wallet unless it still is the one of etag; nil: it is.
func (c *Client) wallet(ctx context.Context, etag string) (*held, error) {
	var w wire.Wallet
	a, err := c.get(ctx, "wallet", func() (*http.Request, error) {
		return wire.NewGetWalletRequest(c.base, &wire.GetWalletParams{IfNoneMatch: etag})
	}, func(b []byte) error {
		if err := decode(b, &w); err != nil {
			return err
		}
		return checkWallet(w)
	})
	switch {
	case err != nil:
		return nil, err
	case a.status == http.StatusNotModified && etag == "":
		return nil, c.bad("HTTP 304", nil)
	case a.status == http.StatusNotModified:
		return nil, nil
	}
	return &held{w.Wallet(), string(w.Ledger), a.etag}, nil
}

// pageSize is the contract's most.
const pageSize = 500

// changes asks for what changed after a seq of a ledger; CursorOld if the
// platform keeps another one now.
func (c *Client) changes(ctx context.Context, after int64, ledger string) (wire.ChangePage, error) {
	limit := pageSize
	params := &wire.ListChangesParams{Limit: &limit}
	if after > 0 {
		params.After, params.Ledger = &after, &ledger
	}
	var page wire.ChangePage
	a, err := c.get(ctx, "changes", func() (*http.Request, error) { return wire.NewListChangesRequest(c.base, params) },
		func(b []byte) error {
			page = wire.ChangePage{}
			if err := decode(b, &page); err != nil {
				return err
			}
			return checkPage(page, after)
		})
	return page, c.plain(a, err)
}

// Trail is the way of the value in a transaction; NotFound if there is none.
func (c *Client) Trail(ctx context.Context, id string) ([]wallet.TrailStep, error) {
	if !addressable(id) {
		return nil, fault.New(fault.NotFound, "what", short(id))
	}
	var detail wire.TransactionDetail
	a, err := c.get(ctx, "trail", func() (*http.Request, error) { return wire.NewGetTransactionRequest(c.base, id) },
		func(b []byte) error {
			if err := decode(b, &detail); err != nil {
				return err
			}
			return checkTrail(detail, id)
		})
	if err := c.plain(a, err); err != nil {
		return nil, err
	}
	return wire.Each(detail.Trail, wire.TrailStep.Wallet), nil
}

// Bill is a settlement with its charges, oldest first; NotFound if there is none.
func (c *Client) Bill(ctx context.Context, id string) (wallet.Settlement, []wallet.Transaction, error) {
	if !addressable(id) {
		return wallet.Settlement{}, nil, fault.New(fault.NotFound, "what", short(id))
	}
	var detail wire.SettlementDetail
	a, err := c.get(ctx, "bill", func() (*http.Request, error) { return wire.NewGetSettlementRequest(c.base, id) },
		func(b []byte) error {
			if err := decode(b, &detail); err != nil {
				return err
			}
			return checkBill(detail, id)
		})
	if err := c.plain(a, err); err != nil {
		return wallet.Settlement{}, nil, err
	}
	return detail.Settlement.Wallet(), wire.Each(detail.Charges, wire.Transaction.Wallet), nil
}

// Alerts are those of the platform's newest page.
func (c *Client) Alerts(ctx context.Context) ([]wallet.Alert, error) {
	var page wire.AlertPage
	a, err := c.get(ctx, "alerts", func() (*http.Request, error) {
		return wire.NewListAlertsRequest(c.base, &wire.ListAlertsParams{})
	}, func(b []byte) error {
		if err := decode(b, &page); err != nil {
			return err
		}
		return each(page.Alerts, checkAlert)
	})
	if err := c.plain(a, err); err != nil {
		return nil, err
	}
	return wire.Each(page.Alerts, wire.Alert.Wallet), nil
}

// plain refuses "not modified" where nothing conditional was asked.
func (c *Client) plain(a answer, err error) error {
	if err == nil && a.status != http.StatusOK {
		return c.bad("HTTP 304", nil)
	}
	return err
}

// addressable reports whether an id can be one step of a path.
func addressable(id string) bool {
	return id != "" && id != "." && id != ".." && len(id) <= longestID && !strings.ContainsAny(id, "/\\?#%")
}

func decode(b []byte, v any) error {
	if len(b) == 0 {
		return errors.New("client: an empty body")
	}
	return json.Unmarshal(b, v)
}
