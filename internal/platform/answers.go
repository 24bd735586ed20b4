package platform

import (
	"context"
	"strconv"
	"strings"
	"time"

	"jandon/internal/fault"
	"jandon/internal/platform/ledger"
	"jandon/internal/safe"
	"jandon/internal/wallet"
	"jandon/internal/wire"
)

// answers implements the contract; the layers before it know who asks and
// that the parameters are in order.
type answers struct{ p *Platform }

var _ wire.StrictServerInterface = (*answers)(nil)

// Letters of the lists in cursors.
const (
	listTransactions = 't'
	listSettlements  = 's'
	listAlerts       = 'a'
)

// read looks at the caller's books as they are now.
func (a *answers) read(ctx context.Context, f func(*ledger.View) error) error {
	u := caller(ctx).User
	if err := a.p.ledger.Sweep(ctx, u, a.p.now()); err != nil {
		return err
	}
	return a.p.ledger.View(ctx, u, f)
}

func correlation(ctx context.Context) string { return exchangeOf(ctx).correlation }

func (a *answers) clock() time.Time { return a.p.now().UTC().Truncate(time.Millisecond) }

// GetWallet tells what the caller has.
func (a *answers) GetWallet(ctx context.Context, q wire.GetWalletRequestObject) (wire.GetWalletResponseObject, error) {
	var answer wire.GetWalletResponseObject
	err := a.read(ctx, func(v *ledger.View) error {
		etag := `"` + v.Ledger + "." + strconv.FormatInt(v.Seq, 10) + `"`
		if matches(q.Params.IfNoneMatch, etag) {
			answer = wire.GetWallet304Response{Headers: wire.GetWallet304ResponseHeaders{CorrelationId: correlation(ctx), ETag: etag}}
			return nil
		}
		issuers, err := v.Issuers()
		if err != nil {
			return err
		}
		lots, err := v.Lots()
		if err != nil {
			return err
		}
		lapsed, err := v.Lapsed(a.p.now())
		if err != nil {
			return err
		}
		w := wallet.Wallet{AsOf: a.clock(), Seq: v.Seq, Currency: v.Currency, Issuers: issuers, Lots: lots, Lapsed: lapsed}
		answer = wire.GetWallet200JSONResponse{
			Body: wire.FromWallet(w, v.Ledger), Headers: wire.GetWallet200ResponseHeaders{CorrelationId: correlation(ctx), ETag: etag},
		}
		return nil
	})
	return answer, err
}

// matches reports whether a list of ETags names etag (RFC 9110, section 13.1.2).
func matches(list, etag string) bool {
	for one := range strings.SplitSeq(list, ",") {
		if one = strings.TrimPrefix(strings.TrimSpace(one), "W/"); one == etag || one == "*" {
			return true
		}
	}
	return false
}

// ListIssuers lists the caller's issuers.
func (a *answers) ListIssuers(ctx context.Context, _ wire.ListIssuersRequestObject) (wire.ListIssuersResponseObject, error) {
	var body wire.IssuerList
	err := a.read(ctx, func(v *ledger.View) error {
		issuers, err := v.Issuers()
		body.Issuers = wire.Each(issuers, wire.FromIssuer)
		return err
	})
	return wire.ListIssuers200JSONResponse{Body: body, Headers: wire.ListIssuers200ResponseHeaders{CorrelationId: correlation(ctx)}}, err
}

// ListTransactions lists the caller's transactions.
func (a *answers) ListTransactions(ctx context.Context, q wire.ListTransactionsRequestObject) (wire.ListTransactionsResponseObject, error) {
	lines := ledger.Lines{Limit: or(q.Params.Limit, usualPage), From: or(q.Params.From, time.Time{}), To: or(q.Params.To, time.Time{}), Issuer: or(q.Params.Issuer, "")}
	if q.Params.Kind != nil {
		kind, err := wallet.ParseKind(string(*q.Params.Kind))
		if err != nil {
			return nil, fault.Wrap(err, fault.BadRequest, "detail", "kind "+aKind(""))
		}
		lines.Kind = &kind
	}
	var body wire.TransactionPage
	err := a.read(ctx, func(v *ledger.View) (err error) {
		if lines.After, err = decodeCursor(v.Ledger, listTransactions, q.Params.Cursor); err != nil {
			return err
		}
		page, next, err := v.Transactions(lines)
		body = wire.TransactionPage{Transactions: wire.Each(page, wire.FromTransaction), NextCursor: encodeCursor(v.Ledger, listTransactions, next)}
		return err
	})
	return wire.ListTransactions200JSONResponse{Body: body, Headers: wire.ListTransactions200ResponseHeaders{CorrelationId: correlation(ctx)}}, err
}

// GetTransaction tells of one transaction and of the way of its value.
func (a *answers) GetTransaction(ctx context.Context, q wire.GetTransactionRequestObject) (wire.GetTransactionResponseObject, error) {
	var body wire.TransactionDetail
	err := a.read(ctx, func(v *ledger.View) error {
		t, err := v.Transaction(q.Id)
		if err != nil {
			return err
		}
		trail, err := v.Trail(q.Id)
		body = wire.TransactionDetail{Transaction: wire.FromTransaction(t), Trail: wire.Each(trail, wire.FromTrailStep)}
		return err
	})
	return wire.GetTransaction200JSONResponse{Body: body, Headers: wire.GetTransaction200ResponseHeaders{CorrelationId: correlation(ctx)}}, err
}

// ListSettlements lists the caller's bills.
func (a *answers) ListSettlements(ctx context.Context, q wire.ListSettlementsRequestObject) (wire.ListSettlementsResponseObject, error) {
	var body wire.SettlementPage
	err := a.read(ctx, func(v *ledger.View) error {
		place, err := decodeCursor(v.Ledger, listSettlements, q.Params.Cursor)
		if err != nil {
			return err
		}
		page, next, err := v.Settlements(place, or(q.Params.Limit, usualPage))
		body = wire.SettlementPage{Settlements: wire.Each(page, wire.FromSettlement), NextCursor: encodeCursor(v.Ledger, listSettlements, next)}
		return err
	})
	return wire.ListSettlements200JSONResponse{Body: body, Headers: wire.ListSettlements200ResponseHeaders{CorrelationId: correlation(ctx)}}, err
}

// GetSettlement tells of one bill and its charges.
func (a *answers) GetSettlement(ctx context.Context, q wire.GetSettlementRequestObject) (wire.GetSettlementResponseObject, error) {
	var body wire.SettlementDetail
	err := a.read(ctx, func(v *ledger.View) error {
		s, charges, err := v.Settlement(q.Id)
		body = wire.SettlementDetail{Settlement: wire.FromSettlement(s), Charges: wire.Each(charges, wire.FromTransaction)}
		return err
	})
	return wire.GetSettlement200JSONResponse{Body: body, Headers: wire.GetSettlement200ResponseHeaders{CorrelationId: correlation(ctx)}}, err
}

// ListAlerts lists what was worth a look.
func (a *answers) ListAlerts(ctx context.Context, q wire.ListAlertsRequestObject) (wire.ListAlertsResponseObject, error) {
	var body wire.AlertPage
	err := a.read(ctx, func(v *ledger.View) error {
		place, err := decodeCursor(v.Ledger, listAlerts, q.Params.Cursor)
		if err != nil {
			return err
		}
		page, next, err := v.Alerts(place, or(q.Params.Limit, usualPage))
		body = wire.AlertPage{Alerts: wire.Each(page, wire.FromAlert), NextCursor: encodeCursor(v.Ledger, listAlerts, next)}
		return err
	})
	return wire.ListAlerts200JSONResponse{Body: body, Headers: wire.ListAlerts200ResponseHeaders{CorrelationId: correlation(ctx)}}, err
}

// ListChanges lists what changed after a number.
func (a *answers) ListChanges(ctx context.Context, q wire.ListChangesRequestObject) (wire.ListChangesResponseObject, error) {
	after := or(q.Params.After, 0)
	var body wire.ChangePage
	err := a.read(ctx, func(v *ledger.View) error {
		if or(q.Params.Ledger, v.Ledger) != v.Ledger || after > v.Seq { // other books, or a number that these have not reached
			return fault.New(fault.CursorOld)
		}
		changes, more, err := v.Changes(after, or(q.Params.Limit, usualPage))
		body = wire.ChangePage{Ledger: safe.Line(v.Ledger), Seq: v.Seq, More: more, Changes: wire.Each(changes, change)}
		if more {
			body.Seq = changes[len(changes)-1].Seq
		}
		return err
	})
	return wire.ListChanges200JSONResponse{Body: body, Headers: wire.ListChanges200ResponseHeaders{CorrelationId: correlation(ctx)}}, err
}

func change(c ledger.Change) wire.Change {
	return wire.Change{
		Seq: c.Seq, Transaction: each(c.Transaction, wire.FromTransaction), Settlement: each(c.Settlement, wire.FromSettlement),
		Alert: each(c.Alert, wire.FromAlert), Mandate: each(c.Mandate, wire.FromMandate), Dispute: each(c.Dispute, wire.FromDispute),
	}
}

// each is convert for what is there.
func each[A, B any](a *A, convert func(A) B) *B {
	if a == nil {
		return nil
	}
	b := convert(*a)
	return &b
}

// or is what p points to, or usual.
func or[T any](p *T, usual T) T {
	if p == nil {
		return usual
	}
	return *p
}
