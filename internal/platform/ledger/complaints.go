package ledger

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"jandon/internal/dispute"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// Merchants is whom charges are disputed with. They are asked again until they
// have answered or their time is over; an error says only that no answer came.
type Merchants interface {
	Answer(ctx context.Context, c Complaint) (Reply, error)
}

// Complaint is what a merchant is told of a dispute.
type Complaint struct {
	ID       string
	Merchant string
	Order    string // of the charge, as the merchant knows it
	Amount   money.Amount
	Charged  time.Time
	Opened   time.Time
	Reason   wallet.DisputeReason
	Note     string
}

// Reply is what a merchant said and when; of a Silent one, when it is worth
// asking again, zero if it is not known. What is no answer counts as Silent.
type Reply struct {
	Says dispute.Says
	At   time.Time
}

// SimulatedMerchants are those of a platform without real ones. How they
// answer goes by the reason, so that every outcome can be had; the rule stands
// beside the others in package dispute:
//
//	double         agree after a day: refunded
//	not_delivered  agree after three hours: refunded
//	canceled       never answer: when their days are over the platform looks, and refunds
//	not_mine       object after a day: the platform looks for two, and refunds
//	no_consent     object after six hours: the platform looks for two days, and refunds
//	amount         object after a day: the platform looks for two, and refuses
type SimulatedMerchants struct{ Now func() time.Time }

// Answer is what the merchant has said by now.
func (s SimulatedMerchants) Answer(_ context.Context, c Complaint) (Reply, error) {
	rules, err := dispute.Shipped()
	if err != nil {
		return Reply{}, err
	}
	a := rules.Answer(c.Reason)
	if a.Says == dispute.Silent {
		return Reply{Says: dispute.Silent}, nil
	}
	at := c.Opened.Add(time.Duration(a.After) * time.Hour)
	if s.Now().Before(at) {
		return Reply{Says: dispute.Silent, At: at}, nil
	}
	return Reply{Says: a.Says, At: at}, nil
}

// Complain sees to all disputes that are due at an instant, and says when one
// will be due next; zero if none is under way. What fell due earlier happens at
// its own instant, so that it does not matter when somebody looks. It may be
// stopped anywhere, and by several processes at once. One that fails keeps no
// other waiting; it is an error once they have been seen to, and due again.
func (l *Ledger) Complain(ctx context.Context, m Merchants, at time.Time) (next time.Time, err error) {
	for {
		list, err := l.dueDisputes(ctx, at)
		if err != nil {
			return time.Time{}, l.told(err)
		}
		var failed error
		for _, d := range list {
			failed = errors.Join(failed, l.seeDispute(ctx, m, d.owner, d.id, at))
		}
		if failed != nil {
			return time.Time{}, failed
		}
		if len(list) < atOnce {
			break
		}
	}
	var first sql.NullInt64
	if err := l.read.row(ctx, nil, "SELECT min(next) FROM disputes WHERE next IS NOT NULL").Scan(&first); err != nil || !first.Valid {
		return time.Time{}, l.told(err)
	}
	return instant(first.Int64), nil
}

// dueDispute is a dispute that has to be seen to.
type dueDispute struct {
	owner int64
	id    string
}

func (l *Ledger) dueDisputes(ctx context.Context, at time.Time) (list []dueDispute, err error) {
	rows, err := l.read.query(ctx, nil, "SELECT owner, id FROM disputes WHERE next <= $1 ORDER BY next LIMIT $2", millis(at), atOnce)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var d dueDispute
		if err := rows.Scan(&d.owner, &d.id); err != nil {
			return nil, err
		}
		list = append(list, d)
	}
	return list, rows.Err()
}

// seeDispute sees to one dispute if it is due: it asks the merchant outside of any transaction, and writes down
// what came of it unless another process did.
func (l *Ledger) seeDispute(ctx context.Context, m Merchants, owner int64, id string, at time.Time) error {
	var d wallet.Dispute
	var order string
	var next sql.NullInt64
	if err := l.View(ctx, User{ID: owner}, func(v *View) (err error) {
		if d, err = v.Dispute(id); err != nil {
			return err
		}
		t, err := v.Transaction(d.Transaction)
		order = t.Order
		return errors.Join(err, v.row("SELECT next FROM disputes WHERE owner = $1 AND id = $2", owner, id).Scan(&next))
	}); err != nil || !next.Valid || next.Int64 > millis(at) { // it has ended, or nobody has to act yet
		return err
	}
	var reply Reply
	var lost error
	if d.State == wallet.DisputeOpen {
		reply, lost = m.Answer(ctx, Complaint{
			ID: d.ID, Merchant: d.Merchant, Order: order, Amount: d.Amount, Charged: d.Charged, Opened: d.Opened, Reason: d.Reason, Note: d.Note,
		})
		l.passed("replied")
	}
	err := l.change(ctx, owner, func(b *book) error {
		var tries int
		err := b.row("SELECT tries FROM disputes WHERE owner = $1 AND id = $2 AND next <= $3", owner, id, millis(at)).Scan(&tries)
		if errors.Is(err, sql.ErrNoRows) { // withdrawn meanwhile, or seen to by another
			return nil
		}
		if err != nil {
			return err
		}
		if err := b.sweep(at); err != nil {
			return err
		}
		now, err := b.disputeOf("d.id", id)
		if err != nil {
			return err
		}
		return b.advance(now, reply, lost, tries, at)
	})
	if err == nil {
		l.passed("judged")
	}
	return err
}
