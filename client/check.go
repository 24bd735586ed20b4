package client

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"jandon/internal/money"
	"jandon/internal/wire"
)

// What an answer may hold beyond its shape. The limits keep sums within int64
// and times within what files and calendars can say.
const (
	longestID = 100
	largest   = 1_000_000_000_000 // minor units of one line: a million lines still add up
)

var (
	earliest = time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)
	latest   = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
)

func all(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func each[T any](list []T, check func(T) error) error {
	for _, x := range list {
		if err := check(x); err != nil {
			return err
		}
	}
	return nil
}

// there checks an id. One that the filter had to change could be two ids that
// now look the same, so it is refused.
func there(name, id string) error {
	if n := utf8.RuneCountInString(id); n == 0 || n > longestID || strings.ContainsRune(id, utf8.RuneError) {
		return fmt.Errorf("client: %s is no id", name)
	}
	return nil
}

func when(name string, t time.Time) error {
	if t.Before(earliest) || !t.Before(latest) {
		return fmt.Errorf("client: %s is missing or out of range", name)
	}
	return nil
}

// maybe is when for a time that may be absent.
func maybe(name string, t time.Time) error {
	if t.IsZero() {
		return nil
	}
	return when(name, t)
}

func amount(name string, minor int64, c money.Currency) error {
	if minor > largest || minor < -largest {
		return fmt.Errorf("client: %s is out of range", name)
	}
	return currency(c)
}

func currency(c money.Currency) error {
	if len(c) != 3 {
		return errors.New("client: no currency")
	}
	for _, r := range c {
		if r < 'A' || r > 'Z' {
			return errors.New("client: no currency")
		}
	}
	return nil
}

func number(seq int64) error {
	if seq < 0 {
		return errors.New("client: a negative seq")
	}
	return nil
}

func checkWallet(w wire.Wallet) error {
	return all(there("ledger", string(w.Ledger)), when("as_of", w.AsOf), number(w.Seq), currency(w.Currency),
		each(w.Issuers, func(i wire.Issuer) error { return there("issuer.id", string(i.Id)) }),
		each(w.Lots, checkLot), each(w.Lapsed, func(c wire.Claim) error { return all(checkLot(c.Lot), when("until", c.Until)) }))
}

func checkLot(l wire.Lot) error {
	return all(there("lot.id", string(l.Id)), there("lot.issuer", string(l.Issuer)),
		amount("granted_minor", l.GrantedMinor, l.Currency), amount("amount_minor", l.AmountMinor, l.Currency), amount("spent_minor", l.SpentMinor, l.Currency),
		when("received", l.Received), maybe("expires", l.Expires))
}

// checkPage also holds the platform to moving on, so that a sync always ends.
func checkPage(p wire.ChangePage, after int64) error {
	if p.Seq < after && p.Seq != 0 || p.More && p.Seq <= after {
		return fmt.Errorf("client: changes after %d go up to %d", after, p.Seq)
	}
	return all(there("ledger", string(p.Ledger)), number(p.Seq), each(p.Changes, func(c wire.Change) error {
		var errs []error
		if c.Transaction != nil {
			errs = append(errs, checkTransaction(*c.Transaction))
		}
		if c.Settlement != nil {
			errs = append(errs, checkSettlement(*c.Settlement))
		}
		if c.Alert != nil {
			errs = append(errs, checkAlert(*c.Alert))
		}
		if c.Mandate != nil {
			errs = append(errs, checkMandate(*c.Mandate))
		}
		if c.Dispute != nil {
			errs = append(errs, checkDispute(*c.Dispute))
		}
		return all(append(errs, number(c.Seq))...)
	}))
}

func checkTransaction(t wire.Transaction) error {
	return all(there("transaction.id", string(t.Id)), number(t.Seq), when("at", t.At), amount("amount_minor", t.AmountMinor, t.Currency))
}

func checkSettlement(s wire.Settlement) error {
	return all(there("settlement.id", string(s.Id)), number(s.Seq), when("from", s.From), when("to", s.To), when("due", s.Due),
		maybe("paid", s.Paid), amount("total_minor", s.TotalMinor, s.Currency), number(int64(s.Count)))
}

func checkAlert(a wire.Alert) error {
	err := all(there("alert.id", string(a.Id)), number(a.Seq), when("at", a.At))
	if err == nil && (a.AmountMinor != 0 || a.Currency != "") {
		err = amount("amount_minor", a.AmountMinor, a.Currency)
	}
	return err
}

func checkMandate(m wire.Mandate) error {
	err := all(there("mandate.id", string(m.Id)), number(m.Seq), when("since", m.Since), maybe("trial", m.Trial), maybe("canceled", m.Canceled),
		each(m.Consents, func(c wire.Consent) error {
			return all(there("consent.charge", string(c.Charge)), when("consent.at", c.At), amount("price_minor", c.PriceMinor, c.Currency))
		}))
	if err == nil && (m.PriceMinor != 0 || m.Currency != "") {
		err = amount("price_minor", m.PriceMinor, m.Currency)
	}
	return err
}

func checkTrail(d wire.TransactionDetail, id string) error {
	if string(d.Transaction.Id) != id {
		return errors.New("client: another transaction than the one asked for")
	}
	return all(checkTransaction(d.Transaction), each(d.Trail, func(s wire.TrailStep) error {
		return all(when("at", s.At), amount("amount_minor", s.AmountMinor, s.Currency))
	}))
}

func checkBill(d wire.SettlementDetail, id string) error {
	if string(d.Settlement.Id) != id {
		return errors.New("client: another settlement than the one asked for")
	}
	return all(checkSettlement(d.Settlement), each(d.Charges, checkTransaction))
}
