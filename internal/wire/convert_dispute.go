package wire

import (
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// FromDispute is the contract's form of a dispute.
func FromDispute(d wallet.Dispute) Dispute {
	return Dispute{
		Id: Line(d.ID), Seq: d.Seq, Transaction: Line(d.Transaction), Issuer: Line(d.Issuer), Merchant: Line(d.Merchant),
		AmountMinor: d.Amount.Minor, Currency: d.Amount.Currency, Charged: d.Charged, Reason: DisputeReason(d.Reason), Note: Line(d.Note),
		State: DisputeState(d.State), Opened: d.Opened, Next: DisputeNext(d.Next), Deadline: d.Deadline, Ended: d.Ended, Refund: Line(d.Refund),
		Steps: Each(d.Steps, func(s wallet.DisputeStep) DisputeStep {
			return DisputeStep{At: s.At, Who: DisputeStepWho(s.Who), What: Line(s.What)}
		}),
	}
}

// Wallet is the dispute as both sides know it.
func (d Dispute) Wallet() wallet.Dispute {
	return wallet.Dispute{
		ID: string(d.Id), Seq: d.Seq, Transaction: string(d.Transaction), Issuer: string(d.Issuer), Merchant: string(d.Merchant),
		Amount: money.Of(d.AmountMinor, d.Currency), Charged: instant(d.Charged), Reason: wallet.DisputeReason(d.Reason), Note: string(d.Note),
		State: wallet.DisputeState(d.State), Opened: instant(d.Opened), Next: wallet.Party(d.Next), Deadline: instant(d.Deadline), Ended: instant(d.Ended),
		Refund: string(d.Refund),
		Steps: Each(d.Steps, func(s DisputeStep) wallet.DisputeStep {
			return wallet.DisputeStep{At: instant(s.At), Who: wallet.Party(s.Who), What: wallet.DisputeWord(s.What)}
		}),
	}
}

// FromDisputeAsk is the contract's form of what a person says.
func FromDisputeAsk(a wallet.DisputeAsk) DisputeRequest {
	return DisputeRequest{Transaction: a.Transaction, Reason: DisputeReason(a.Reason), Note: a.Note}
}

// Wallet is what a person says, as both sides know it.
func (r DisputeRequest) Wallet() wallet.DisputeAsk {
	return wallet.DisputeAsk{Transaction: r.Transaction, Reason: wallet.DisputeReason(r.Reason), Note: r.Note}
}
