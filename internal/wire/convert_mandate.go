package wire

import (
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// FromMandate is the contract's form of a mandate.
func FromMandate(m wallet.Mandate) Mandate {
	return Mandate{
		Id: Line(m.ID), Seq: m.Seq, Issuer: Line(m.Issuer), Merchant: Line(m.Merchant), First: Line(m.First),
		PriceMinor: m.Price.Minor, Currency: m.Price.Currency, Since: m.Since, Trial: m.Trial, Canceled: m.Canceled,
		Consents: Each(m.Consents, func(c wallet.Consent) Consent {
			return Consent{At: c.At, Charge: Line(c.Charge), PriceMinor: c.Price.Minor, Currency: c.Price.Currency}
		}),
	}
}

// Wallet is the mandate as both sides know it.
func (m Mandate) Wallet() wallet.Mandate {
	return wallet.Mandate{
		ID: string(m.Id), Seq: m.Seq, Issuer: string(m.Issuer), Merchant: string(m.Merchant), First: string(m.First),
		Price: money.Of(m.PriceMinor, m.Currency), Since: instant(m.Since), Trial: instant(m.Trial), Canceled: instant(m.Canceled),
		Consents: Each(m.Consents, func(c Consent) wallet.Consent {
			return wallet.Consent{At: instant(c.At), Charge: string(c.Charge), Price: money.Of(c.PriceMinor, c.Currency)}
		}),
	}
}
