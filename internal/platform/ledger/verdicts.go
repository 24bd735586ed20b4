package ledger

import (
	"slices"
	"time"

	"jandon/internal/dispute"
	"jandon/internal/wallet"
)

// advance brings a dispute to where it is at an instant: each thing happens
// when it fell due. lost says that the merchant could not be asked.
func (b *book) advance(d wallet.Dispute, reply Reply, lost error, tries int, now time.Time) error {
	rules, err := dispute.Shipped()
	if err != nil {
		return err
	}
	if d.State == wallet.DisputeOpen {
		heard := lost == nil && (reply.Says == dispute.Agrees || reply.Says == dispute.Objects) && !reply.At.After(now) && !reply.At.After(d.Deadline)
		at := d.Opened // nobody answers before they are asked
		if reply.At.After(at) {
			at = reply.At
		}
		switch {
		case heard && reply.Says == dispute.Agrees:
			return b.refundDispute(d, wallet.DisputeStep{At: at, Who: wallet.TheMerchant, What: wallet.StepAgreed})
		case heard:
			d, err = b.takeUp(d, rules, wallet.DisputeStep{At: at, Who: wallet.TheMerchant, What: wallet.StepObjected})
		case now.After(d.Deadline):
			d, err = b.takeUp(d, rules, wallet.DisputeStep{At: d.Deadline, Who: wallet.TheMerchant, What: wallet.StepSilent})
		default:
			return b.askAgain(d, reply, lost, tries, now)
		}
		if err != nil {
			return err
		}
	}
	at := rules.Decides(taken(d))
	if now.Before(at) {
		return b.exec("UPDATE disputes SET next = $1 WHERE owner = $2 AND id = $3", millis(at), b.owner, d.ID)
	}
	silent := slices.ContainsFunc(d.Steps, func(s wallet.DisputeStep) bool { return s.What == wallet.StepSilent })
	if rules.For(d.Reason, silent) {
		return b.refundDispute(d, wallet.DisputeStep{At: at, Who: wallet.ThePlatform, What: wallet.StepFound})
	}
	if err := b.endDispute(&d, wallet.DisputeRefused, "", at); err != nil {
		return err
	}
	_, err = b.stepped(d, wallet.AlertDisputeRefused, wallet.DisputeStep{At: at, Who: wallet.ThePlatform, What: wallet.StepRefused})
	return err
}

// askAgain puts off a dispute whose merchant has not answered: to when they
// said they would, to the end of their time, or, where no answer came at all,
// by some patience.
func (b *book) askAgain(d wallet.Dispute, reply Reply, lost error, tries int, now time.Time) error {
	next := d.Deadline.Add(time.Millisecond) // the deadline itself is still theirs
	soon := reply.At
	if lost != nil {
		soon, tries = now.Add(backoff(tries)), tries+1
	}
	if soon.After(now) && soon.Before(next) {
		next = soon
	}
	return b.exec("UPDATE disputes SET next = $1, tries = $2 WHERE owner = $3 AND id = $4", millis(next), tries, b.owner, d.ID)
}

// takeUp has the platform look at a dispute, after what the merchant said.
func (b *book) takeUp(d wallet.Dispute, rules *dispute.Rules, said wallet.DisputeStep) (wallet.Dispute, error) {
	d.State = wallet.DisputeExamined
	if err := b.exec("UPDATE disputes SET state = 'examined', deadline = $1, next = $2, tries = 0 WHERE owner = $3 AND id = $4",
		millis(rules.DecideBy(d.Opened)), millis(rules.Decides(said.At)), b.owner, d.ID); err != nil {
		return wallet.Dispute{}, err
	}
	return b.stepped(d, wallet.AlertDisputeExamined, said, wallet.DisputeStep{At: said.At, Who: wallet.ThePlatform, What: wallet.StepExamines})
}

// taken is when the platform took a dispute up.
func taken(d wallet.Dispute) time.Time {
	for _, s := range d.Steps {
		if s.What == wallet.StepExamines {
			return s.At
		}
	}
	return d.Opened
}

// refundDispute gives a charge back to the very lots or the bill it was taken
// from, for what somebody said: all that has not come back yet.
func (b *book) refundDispute(d wallet.Dispute, said wallet.DisputeStep) error {
	t, err := readTransaction(b, b.owner, d.Transaction)
	if err != nil {
		return err
	}
	if err := b.addStep(d.ID, said); err != nil {
		return err
	}
	return b.giveBack(wallet.Transaction{
		ID: refundOf(d.ID), At: said.At, Type: wallet.Refund, Amount: d.Amount, Issuer: t.Issuer, Kind: t.Kind, Merchant: t.Merchant,
		Category: t.Category, Channel: t.Channel, Reason: t.Reason, Contact: t.Contact, Order: t.Order, RefundOf: t.ID,
	})
}

// refundOf is the id of the refund that a dispute leads to.
func refundOf(dispute string) string { return "refund-" + dispute }

// disputeRefunded ends the dispute of a charge that was given back, whether
// through it or by the merchant's own doing. A part of it that the merchant gave
// back is told, and the rest stays disputed: a merchant ends no dispute with a won.
func (b *book) disputeRefunded(id string, back wallet.Transaction) error {
	if id == "" {
		return nil
	}
	d, err := b.disputeOf("d.id", id)
	if err != nil {
		return err
	}
	who := wallet.TheMerchant
	if back.ID == refundOf(id) {
		who = wallet.ThePlatform
	} else if d.Amount.Minor > 0 { // what is left of it
		if err := b.addStep(id, wallet.DisputeStep{At: back.At, Who: who, What: wallet.StepPartly}); err != nil {
			return err
		}
		return b.notify(wallet.Alert{
			ID: "alert-" + id + "-partly", At: back.At, Kind: wallet.AlertDisputePartly, Issuer: d.Issuer, Merchant: d.Merchant, Amount: back.Amount,
			Transactions: []string{d.Transaction, back.ID},
		})
	}
	d.Amount = back.Amount // read after it came back, nothing is left of it
	if err := b.endDispute(&d, wallet.DisputeRefunded, back.ID, back.At); err != nil {
		return err
	}
	_, err = b.stepped(d, wallet.AlertDisputeRefunded, wallet.DisputeStep{At: back.At, Who: who, What: wallet.StepRefunded})
	return err
}

// scannedOne is the one text that a query finds, "" if it finds none.
func scannedOne(b *book, query string, args ...any) (string, error) {
	rows, err := b.query(query, args...)
	list, err := scanned[string](rows, err)
	if err != nil || len(list) == 0 {
		return "", err
	}
	return list[0], nil
}
