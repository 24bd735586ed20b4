// Package export writes a history in forms that other programs read.
//
// Every transaction is written, oldest first, with the day it has in the
// person's zone. Nothing is rounded: amounts are decimal text of whole minor
// units. Texts have passed internal/safe; what a format's own syntax forbids
// in them is replaced, never dropped with the line. In the journals (hledger,
// beancount) the accounts below Expenses sum to what internal/history calls
// spent, so that another program can check our totals.
package export

import (
	"bufio"
	"cmp"
	"io"
	"iter"
	"slices"
	"time"

	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// Head is what a file says before its lines.
type Head struct {
	Zone     *time.Location
	Currency money.Currency
	First    history.Day                // no line is earlier
	Last     history.Day                // no line is later
	Name     func(issuer string) string // an issuer's name by its id
	Bills    []wallet.Settlement        // for a whole history: journals settle what is owed when one is paid
}

// Format is a form of file.
type Format string

// The formats.
const (
	CSV       Format = "csv"
	JSON      Format = "json"
	Hledger   Format = "hledger"
	Beancount Format = "beancount"
	OFX       Format = "ofx"
)

// Formats lists the formats by name.
func Formats() []Format { return []Format{CSV, JSON, Hledger, Beancount, OFX} }

// writer writes the parts of one file.
type writer interface {
	begin(Head)
	line(*history.Row)
	paid(s *wallet.Settlement) // between the lines, when its time has come
	end()
}

// Write writes the rows in a format. The first error of the rows or of w ends
// it. An unknown format is a mistake of the caller and writes nothing.
func Write(w io.Writer, f Format, head Head, rows iter.Seq2[history.Row, error]) error {
	out := bufio.NewWriterSize(w, 1<<16)
	var to writer
	switch f {
	case CSV:
		to = &csvFile{out: out}
	case JSON:
		to = &jsonFile{out: out}
	case Hledger:
		to = &journal{out: out, accounts: newAccounts(ledgerName), known: make(map[money.Currency]bool)}
	case Beancount:
		to = &beans{out: out, accounts: newAccounts(beanName), known: make(map[money.Currency]bool)}
	case OFX:
		to = &ofxFile{out: out}
	default:
		return nil
	}
	bills := paidBills(head.Bills)
	to.begin(head)
	for row, err := range rows {
		if err != nil {
			return err
		}
		for ; len(bills) > 0 && bills[0].Paid.Before(row.At); bills = bills[1:] {
			to.paid(&bills[0])
		}
		to.line(&row)
		if _, err := out.Write(nil); err != nil { // an error stays with the buffer: a full disk or a broken pipe ends it here
			return err
		}
	}
	for i := range bills {
		to.paid(&bills[i])
	}
	to.end()
	return out.Flush()
}

// paidBills are the bills that were paid, in order.
func paidBills(all []wallet.Settlement) []wallet.Settlement {
	paid := slices.DeleteFunc(slices.Clone(all), func(s wallet.Settlement) bool { return s.Paid.IsZero() || s.Total.IsZero() })
	slices.SortStableFunc(paid, func(a, b wallet.Settlement) int { return cmp.Or(a.Paid.Compare(b.Paid), cmp.Compare(a.ID, b.ID)) })
	return paid
}

// Line is a transaction in JSON, in exports and in answers of commands.
type Line struct {
	ID          string  `json:"id"`
	At          string  `json:"at"` // RFC 3339, in the person's zone
	Day         string  `json:"day"`
	Type        string  `json:"type"`
	Status      string  `json:"status"`
	AmountMinor int64   `json:"amount_minor"` // signed: what leaves is negative
	Currency    string  `json:"currency"`
	PriceMinor  int64   `json:"original_minor,omitempty"` // the price in the merchant's own currency
	PriceIn     string  `json:"original_currency,omitempty"`
	Issuer      string  `json:"issuer"`
	IssuerName  string  `json:"issuer_name"`
	Kind        string  `json:"kind"`
	Merchant    string  `json:"merchant"`
	Category    string  `json:"category"`
	Channel     string  `json:"channel"`
	Reason      string  `json:"reason"`
	Contact     string  `json:"contact"`
	Order       string  `json:"order"`
	Approval    string  `json:"approval"`
	Settlement  *string `json:"settlement"`
	RefundOf    *string `json:"refund_of"`
}

// LineOf is the JSON form of a row.
func LineOf(r *history.Row, h Head) Line {
	return Line{
		ID: r.ID, At: r.At.In(h.Zone).Format(time.RFC3339), Day: r.Day.String(), Type: r.Type.String(),
		Status: r.Status.String(), AmountMinor: r.Amount.Minor, Currency: string(r.Amount.Currency), Issuer: r.Issuer,
		IssuerName: h.Name(r.Issuer), Kind: r.Kind.String(), Merchant: r.Merchant, Category: r.Category,
		Channel: r.Channel, Reason: r.Reason, Contact: r.Contact, Order: r.Order, Approval: r.Approval,
		Settlement: maybe(r.Settlement), RefundOf: maybe(r.RefundOf),
		PriceMinor: r.Original.Minor, PriceIn: string(r.Original.Currency),
	}
}

func maybe(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// onBill reports whether a line went on a bill instead of drawing on value:
// then something is owed.
func onBill(t *wallet.Transaction) bool { return t.Channel == "phone_bill" }
