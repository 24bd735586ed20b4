package ledger

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"time"

	"jandon/internal/dispute"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/safe"
	"jandon/internal/wallet"
)

// Dispute opens a dispute of a charge, once per key and once per charge, for
// good; a repetition gets the dispute as it is now. Errors are faults:
// not_found, already_disputed, not_disputable, key_reused.
func (l *Ledger) Dispute(ctx context.Context, u User, k Key, ask wallet.DisputeAsk, at time.Time) (d wallet.Dispute, err error) {
	err = l.change(ctx, u.ID, func(b *book) error {
		var again bool
		if d, again, err = b.disputedBefore(k); err != nil || again {
			return err
		}
		d, err = b.dispute(newID("dispute"), k, ask, at)
		return err
	})
	if err != nil {
		return wallet.Dispute{}, err
	}
	l.passed("disputed")
	return d, nil
}

// disputedBefore finds the dispute that a key opened.
func (b *book) disputedBefore(k Key) (d wallet.Dispute, again bool, err error) {
	if k.ID == "" {
		return d, false, nil
	}
	if _, other, err := b.repeated(k); err != nil || other {
		return d, false, errors.Join(err, fault.New(fault.KeyReused)) // an act has it
	}
	var id string
	var request []byte
	err = b.row("SELECT id, request FROM disputes WHERE owner = $1 AND key = $2", b.owner, k.ID).Scan(&id, &request)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return d, false, nil
	case err != nil:
		return d, false, err
	case !bytes.Equal(request, k.Request[:]):
		return d, false, fault.New(fault.KeyReused)
	}
	d, err = b.disputeOf("d.id", id)
	return d, true, err
}

func (b *book) dispute(id string, k Key, ask wallet.DisputeAsk, at time.Time) (wallet.Dispute, error) {
	rules, err := dispute.Shipped()
	if err != nil {
		return wallet.Dispute{}, err
	}
	if !ask.Reason.Known() {
		return wallet.Dispute{}, fault.New(fault.BadRequest, "detail", "reason is none of a dispute")
	}
	if err := b.sweep(at); err != nil {
		return wallet.Dispute{}, err
	}
	t, err := readTransaction(b, b.owner, ask.Transaction)
	if err != nil {
		return wallet.Dispute{}, err
	}
	switch _, err := b.disputeOf("d.transfer", t.ID); {
	case err == nil:
		return wallet.Dispute{}, fault.New(fault.AlreadyDisputed)
	case !errors.Is(err, sql.ErrNoRows):
		return wallet.Dispute{}, err
	}
	if why := rules.Refuses(t, at); why != "" {
		return wallet.Dispute{}, fault.New(fault.NotDisputable, "detail", whyNotDisputable[why], "why", why)
	}
	before, err := b.givenBack(t.ID) // a part that came back leaves the rest to dispute
	if err != nil {
		return wallet.Dispute{}, err
	}
	d := wallet.Dispute{
		ID: id, Transaction: t.ID, Issuer: t.Issuer, Merchant: t.Merchant, Amount: money.Of(-t.Amount.Minor-before, t.Amount.Currency), Charged: t.At, Reason: ask.Reason,
		Note: safe.Text(ask.Note), State: wallet.DisputeOpen, Opened: at, Deadline: rules.AnswerBy(at),
	}
	var request any
	if k.ID != "" {
		request = k.Request[:]
	}
	if err := b.exec(`INSERT INTO disputes (owner, id, transfer, reason, note, state, opened, deadline, next, key, request)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $7, $9, $10)`, b.owner, d.ID, d.Transaction, string(d.Reason), d.Note, string(d.State),
		millis(at), millis(d.Deadline), null(k.ID), request); err != nil {
		return wallet.Dispute{}, err
	}
	if err := b.mark("dispute", d.ID, at); err != nil {
		return wallet.Dispute{}, err
	}
	if err := b.log("dispute.opened", at, note{"dispute": d.ID, "transaction": t.ID, "reason": string(d.Reason), "rules": rules.Version}); err != nil {
		return wallet.Dispute{}, err
	}
	b.l.passed("disputing")
	return b.stepped(d, wallet.AlertDisputeOpened, wallet.DisputeStep{At: at, Who: wallet.You, What: wallet.StepOpened})
}

// whyNotDisputable are the refusals in words for developers; people read those
// of the catalogue.
var whyNotDisputable = map[string]string{
	dispute.NoPayment: "it is no payment", dispute.Refunded: "it was refunded", dispute.TooOld: "it is too long ago",
}

// WithdrawDispute ends a dispute by the person's wish; it is not opened again.
// What fell due before then happens first: an answer that is there by the clock
// wins. fault.NotFound, fault.TooLate if it has ended.
func (l *Ledger) WithdrawDispute(ctx context.Context, u User, m Merchants, id string, at time.Time) (d wallet.Dispute, err error) {
	if err := l.seeDispute(ctx, m, u.ID, id, at); err != nil {
		return wallet.Dispute{}, err
	}
	err = l.change(ctx, u.ID, func(b *book) error {
		d, err = b.disputeOf("d.id", id)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return fault.New(fault.NotFound, "what", "dispute")
		case err != nil:
			return err
		case d.Over():
			return fault.New(fault.TooLate)
		}
		if err := b.endDispute(&d, wallet.DisputeWithdrawn, "", at); err != nil {
			return err
		}
		d, err = b.stepped(d, wallet.AlertDisputeWithdrawn, wallet.DisputeStep{At: at, Who: wallet.You, What: wallet.StepWithdrawn})
		return err
	})
	return d, err
}

// stepped writes down what happened to a dispute, tells of it, and gives it as
// it is now.
func (b *book) stepped(d wallet.Dispute, kind wallet.AlertKind, steps ...wallet.DisputeStep) (wallet.Dispute, error) {
	for _, s := range steps {
		if err := b.addStep(d.ID, s); err != nil {
			return wallet.Dispute{}, err
		}
	}
	at := steps[len(steps)-1].At
	alert := wallet.Alert{
		ID: "alert-" + d.ID + "-" + string(d.State), At: at, Kind: kind, Issuer: d.Issuer, Merchant: d.Merchant, Amount: d.Amount, Transactions: []string{d.Transaction},
	}
	if d.Refund != "" {
		alert.Transactions = append(alert.Transactions, d.Refund)
	}
	if err := b.notify(alert); err != nil {
		return wallet.Dispute{}, err
	}
	return b.disputeOf("d.id", d.ID)
}

// addStep adds one step, under a number of its own.
func (b *book) addStep(id string, s wallet.DisputeStep) error {
	if err := b.tell(whatDispute, id, s.At); err != nil {
		return err
	}
	return b.exec(`INSERT INTO dispute_steps (owner, dispute, n, at, who, what)
		SELECT $1, $2, count(*), $3, $4, $5 FROM dispute_steps WHERE owner = $1 AND dispute = $2`,
		b.owner, id, millis(s.At), string(s.Who), string(s.What))
}

// endDispute brings a dispute to a final state, once.
func (b *book) endDispute(d *wallet.Dispute, to wallet.DisputeState, refund string, at time.Time) error {
	d.State, d.Ended, d.Refund = to, at, refund
	if err := b.exec("UPDATE disputes SET state = $1, ended = $2, refund = $3, next = NULL WHERE owner = $4 AND id = $5",
		string(to), millis(at), null(refund), b.owner, d.ID); err != nil {
		return err
	}
	return b.log("dispute.ended", at, note{"dispute": d.ID, "state": string(to)})
}

// disputeColumns are a dispute as it is: of its charge, what had not come back
// when it ended, or has not yet.
const disputeColumns = `d.id, (SELECT max(e.n) FROM events e WHERE e.owner = d.owner AND e.what = 6 AND e.ref = d.id), d.transfer, t.issuer, t.merchant,
	-t.amount - coalesce((SELECT r.amount FROM transfers r WHERE r.owner = d.owner AND r.reverses = t.id AND r.id <> coalesce(d.refund, '')
		AND (d.ended IS NULL OR r.seq < (SELECT max(e.n) FROM events e WHERE e.owner = d.owner AND e.what = 6 AND e.ref = d.id))), 0),
	t.currency, t.at, d.reason, d.note, d.state, d.opened, d.deadline, coalesce(d.ended, -9223372036854775808), coalesce(d.refund, '')`

func scanDispute(r rowScanner) (d wallet.Dispute, err error) {
	var charged, opened, deadline, ended int64
	var c money.Currency
	err = r.Scan(&d.ID, &d.Seq, &d.Transaction, &d.Issuer, &d.Merchant, &d.Amount.Minor, &c, &charged, &d.Reason, &d.Note, &d.State,
		&opened, &deadline, &ended, &d.Refund)
	d.Amount.Currency = c
	d.Charged, d.Opened, d.Ended = instant(charged), instant(opened), instant(ended)
	d.Next = wallet.Nobody
	switch d.State {
	case wallet.DisputeOpen:
		d.Next, d.Deadline = wallet.TheMerchant, instant(deadline)
	case wallet.DisputeExamined:
		d.Next, d.Deadline = wallet.ThePlatform, instant(deadline)
	}
	return d, err
}
