// Package valuepath says what small value can become, at what cost, and why not.
//
// It is pure: the platform and the wallet run the same code over the same
// catalogue and come to the same plans. Rules of law and terms, rails and fees
// are dated data files with their source (data/*.toml).
// Value from the phone bill, cards, card-bought vouchers or of unknown origin
// goes back to its source or is spent; no split, conversion or donation
// changes that, and no catalogue that would allow it is taken.
// Amounts are whole minor units; amount = amounts out + named fees + rest, always.
// A plan says whether it is proved best; time, zone and limits are passed in.
package valuepath
