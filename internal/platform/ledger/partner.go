package ledger

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"jandon/internal/money"
)

// Partner carries value over the rails. An order's id is the leg's, and a
// partner that is told the same id again does nothing again. An error says
// only that no answer came: what became of the order has to be asked.
type Partner interface {
	Send(ctx context.Context, o Order) (Answer, error)
	Ask(ctx context.Context, id string) (Answer, error)
}

// Order is what a partner is told of a leg.
type Order struct {
	ID      string
	Rail    string
	PayeeID string // as the partner knows the payee; numbers keep their last four digits
	Amount  money.Amount
	Time    time.Duration // that the rail takes
}

// Fate is what a partner says of an order.
type Fate uint8

// The fates.
const (
	FateUnknown Fate = iota // it has never heard of it
	Accepted                // it will pay by Answer.Ends
	Paid
	Refused // it has not paid and will not; Answer.Code says why
)

// Answer is what a partner says of an order.
type Answer struct {
	Fate Fate
	Ends time.Time
	Code string // account_closed, declined
}

// errLost is an answer, or an order, that was lost on its way.
var errLost = errors.New("ledger: no answer from the partner")

// Simulator is the partner of a platform without live rails. It remembers its
// orders in tables of its own, apart from the books, and pays when its rail's
// time has passed on the platform's clock. What a payee's number ends in
// decides how it goes, so that every outcome can be had:
//
//	0000  refused at once: the account is closed
//	7777  the first order is lost on its way, and arrives when sent again
//	8888  accepted, slow (three times the rail's time), and then declined
//	9999  the first answer is lost; the order is there when asked for
type Simulator struct {
	l   *Ledger
	now func() time.Time
}

// Simulator is a partner that keeps its orders beside these books.
func (l *Ledger) Simulator(now func() time.Time) *Simulator { return &Simulator{l, now} }

// Ways in which an order goes, by the end of the payee's number.
const (
	endsClosed    = "0000"
	endsLostOrder = "7777"
	endsDeclined  = "8888"
	endsLostReply = "9999"
	slow          = 3 // times the rail's time
)

// Send takes an order, once, however often it is told.
func (s *Simulator) Send(ctx context.Context, o Order) (Answer, error) {
	now := s.now()
	ends, refusal := now.Add(o.Time), ""
	switch {
	case strings.HasSuffix(o.PayeeID, endsClosed):
		ends, refusal = now, "account_closed"
	case strings.HasSuffix(o.PayeeID, endsDeclined):
		ends, refusal = now.Add(slow*o.Time), "declined"
	}
	heard := 1
	if strings.HasSuffix(o.PayeeID, endsLostOrder) {
		heard = 0
	}
	ctx = context.WithoutCancel(ctx) // what it was told it has been told
	var told int64
	err := s.l.write.row(ctx, nil, `INSERT INTO partner_orders (id, rail, payee_id, amount, currency, received, ends, refusal, told, heard)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9) ON CONFLICT (id) DO UPDATE SET told = partner_orders.told + 1, heard = 1,
		received = CASE partner_orders.heard WHEN 0 THEN excluded.received ELSE partner_orders.received END,
		ends = CASE partner_orders.heard WHEN 0 THEN excluded.ends ELSE partner_orders.ends END RETURNING told`,
		o.ID, o.Rail, o.PayeeID, o.Amount.Minor, string(o.Amount.Currency), millis(now), millis(ends), refusal, heard).Scan(&told)
	if err != nil {
		return Answer{}, s.l.told(err)
	}
	if told == 1 && (heard == 0 || strings.HasSuffix(o.PayeeID, endsLostReply)) {
		return Answer{}, errLost
	}
	return s.Ask(ctx, o.ID)
}

// Ask says what became of an order.
func (s *Simulator) Ask(ctx context.Context, id string) (Answer, error) {
	var ends int64
	var a Answer
	err := s.l.read.row(ctx, nil, "SELECT ends, refusal FROM partner_orders WHERE id = $1 AND heard = 1", id).Scan(&ends, &a.Code)
	if errors.Is(err, sql.ErrNoRows) {
		return Answer{Fate: FateUnknown}, nil
	}
	if err != nil {
		return Answer{}, s.l.told(err)
	}
	a.Ends = instant(ends)
	switch {
	case s.now().Before(a.Ends):
		return Answer{Fate: Accepted, Ends: a.Ends}, nil
	case a.Code != "":
		a.Fate = Refused
	default:
		a.Fate = Paid
	}
	return a, nil
}
