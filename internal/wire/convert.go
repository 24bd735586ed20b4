package wire

import (
	"time"

	"jandon/internal/money"
	"jandon/internal/safe"
	"jandon/internal/wallet"
)

// FromIssuer is the contract's form of an issuer.
func FromIssuer(i wallet.Issuer) Issuer {
	return Issuer{Id: Line(i.ID), Name: Line(i.Name), Sector: Line(i.Sector), Contact: Line(i.Contact)}
}

// Wallet is the issuer as both sides know it.
func (i Issuer) Wallet() wallet.Issuer {
	return wallet.Issuer{ID: string(i.Id), Name: string(i.Name), Sector: string(i.Sector), Contact: string(i.Contact)}
}

// FromLot is the contract's form of a lot.
func FromLot(l wallet.Lot) Lot {
	return Lot{
		Id: Line(l.ID), Issuer: Line(l.Issuer), Kind: l.Kind, Origin: Line(l.Origin), Source: Line(l.Source),
		GrantedMinor: l.Granted.Minor, AmountMinor: l.Amount.Minor, SpentMinor: l.Spent.Minor, Currency: l.Amount.Currency,
		Received: l.Received, Expires: l.Expires,
	}
}

// Wallet is the lot as both sides know it.
func (l Lot) Wallet() wallet.Lot {
	return wallet.Lot{
		ID: string(l.Id), Issuer: string(l.Issuer), Kind: l.Kind, Origin: string(l.Origin), Source: string(l.Source),
		Granted: money.Of(l.GrantedMinor, l.Currency), Amount: money.Of(l.AmountMinor, l.Currency), Spent: money.Of(l.SpentMinor, l.Currency),
		Received: instant(l.Received), Expires: instant(l.Expires),
	}
}

// FromTransaction is the contract's form of a transaction.
func FromTransaction(t wallet.Transaction) Transaction {
	return Transaction{
		Id: Line(t.ID), Seq: t.Seq, At: t.At, Type: t.Type, Status: t.Status,
		AmountMinor: t.Amount.Minor, Currency: t.Amount.Currency, Issuer: Line(t.Issuer), Kind: t.Kind,
		Merchant: Line(t.Merchant), Category: Line(t.Category), Channel: Line(t.Channel), Reason: Line(t.Reason),
		Contact: Line(t.Contact), Order: Line(t.Order), Settlement: Line(t.Settlement), RefundOf: Line(t.RefundOf),
	}
}

// Wallet is the transaction as both sides know it.
func (t Transaction) Wallet() wallet.Transaction {
	return wallet.Transaction{
		ID: string(t.Id), Seq: t.Seq, At: instant(t.At), Type: t.Type, Status: t.Status,
		Amount: money.Of(t.AmountMinor, t.Currency), Issuer: string(t.Issuer), Kind: t.Kind,
		Merchant: string(t.Merchant), Category: string(t.Category), Channel: string(t.Channel), Reason: string(t.Reason),
		Contact: string(t.Contact), Order: string(t.Order), Settlement: string(t.Settlement), RefundOf: string(t.RefundOf),
	}
}

// FromSettlement is the contract's form of a settlement.
func FromSettlement(s wallet.Settlement) Settlement {
	w := Settlement{
		Id: Line(s.ID), Seq: s.Seq, Issuer: Line(s.Issuer), From: s.From, To: s.To, Due: s.Due, Paid: s.Paid,
		TotalMinor: s.Total.Minor, Currency: s.Total.Currency, Count: s.Count,
	}
	for _, d := range s.Disclosure {
		w.Disclosure = append(w.Disclosure, Disclosure{Who: Line(d.Who), What: Line(d.What), Why: Line(d.Why)})
	}
	return w
}

// Wallet is the settlement as both sides know it.
func (s Settlement) Wallet() wallet.Settlement {
	w := wallet.Settlement{
		ID: string(s.Id), Seq: s.Seq, Issuer: string(s.Issuer), From: instant(s.From), To: instant(s.To),
		Due: instant(s.Due), Paid: instant(s.Paid), Total: money.Of(s.TotalMinor, s.Currency), Count: s.Count,
	}
	for _, d := range s.Disclosure {
		w.Disclosure = append(w.Disclosure, wallet.Disclosure{Who: string(d.Who), What: string(d.What), Why: string(d.Why)})
	}
	return w
}

// FromAlert is the contract's form of an alert.
func FromAlert(a wallet.Alert) Alert {
	return Alert{
		Id: Line(a.ID), Seq: a.Seq, At: a.At, Kind: Line(a.Kind), Issuer: Line(a.Issuer), Merchant: Line(a.Merchant),
		AmountMinor: a.Amount.Minor, Currency: a.Amount.Currency, Transactions: lines(a.Transactions), Lots: lines(a.Lots),
		Settlement: Line(a.Settlement),
	}
}

// Wallet is the alert as both sides know it.
func (a Alert) Wallet() wallet.Alert {
	return wallet.Alert{
		ID: string(a.Id), Seq: a.Seq, At: instant(a.At), Kind: wallet.AlertKind(a.Kind), Issuer: string(a.Issuer),
		Merchant: string(a.Merchant), Amount: money.Of(a.AmountMinor, a.Currency), Transactions: texts(a.Transactions),
		Lots: texts(a.Lots), Settlement: string(a.Settlement),
	}
}

// FromTrailStep is the contract's form of a station of value.
func FromTrailStep(s wallet.TrailStep) TrailStep {
	return TrailStep{
		At: s.At, Transaction: Line(s.Transaction), Type: s.Type, Lot: Line(s.Lot), Kind: s.Kind, Merchant: Line(s.Merchant),
		AmountMinor: s.Amount.Minor, Currency: s.Amount.Currency,
	}
}

// Wallet is the station as both sides know it.
func (s TrailStep) Wallet() wallet.TrailStep {
	return wallet.TrailStep{
		At: instant(s.At), Transaction: string(s.Transaction), Type: s.Type, Lot: string(s.Lot), Kind: s.Kind,
		Merchant: string(s.Merchant), Amount: money.Of(s.AmountMinor, s.Currency),
	}
}

// FromWallet is the contract's form of what a person has; ledger is the id of
// the ledger that its seq counts.
func FromWallet(w wallet.Wallet, ledger string) Wallet {
	return Wallet{
		AsOf: w.AsOf, Seq: w.Seq, Ledger: Line(ledger), Currency: w.Currency,
		Issuers: Each(w.Issuers, FromIssuer), Lots: Each(w.Lots, FromLot), Lapsed: Each(w.Lapsed, FromClaim),
	}
}

// FromClaim is the contract's form of what lapsed and can still be asked for.
func FromClaim(c wallet.Claim) Claim {
	return Claim{Lot: FromLot(c.Lot), Until: c.Until, ShareBp: c.ShareBP}
}

// Wallet is the claim as both sides know it.
func (c Claim) Wallet() wallet.Claim {
	return wallet.Claim{Lot: c.Lot.Wallet(), Until: instant(c.Until), ShareBP: c.ShareBp}
}

// Wallet is what a person has, as both sides know it.
func (w Wallet) Wallet() wallet.Wallet {
	return wallet.Wallet{
		AsOf: instant(w.AsOf), Seq: w.Seq, Currency: w.Currency,
		Issuers: Each(w.Issuers, Issuer.Wallet), Lots: Each(w.Lots, Lot.Wallet), Lapsed: append([]wallet.Claim(nil), Each(w.Lapsed, Claim.Wallet)...), // nil where there is none
	}
}

// Each converts a list; the answer is never nil, so that JSON says [].
func Each[A, B any](list []A, convert func(A) B) []B {
	out := make([]B, len(list))
	for i, a := range list {
		out[i] = convert(a)
	}
	return out
}

func lines(list []string) (out []safe.Line) {
	for _, s := range list {
		out = append(out, safe.Line(s))
	}
	return out
}

func texts(list []safe.Line) (out []string) {
	for _, s := range list {
		out = append(out, string(s))
	}
	return out
}

// instant makes equal instants equal values, whatever offset they came with.
func instant(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC()
}
