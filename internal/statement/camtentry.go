package statement

import (
	"cmp"
	"strings"
	"time"

	"jandon/internal/money"
	"jandon/internal/wallet"
)

// entry takes an Ntry in: one line, or one for each payment of a batch whose
// amounts are told and give the whole.
func (r *camtReader) entry(e *element, number int, text []byte) {
	a := r.now()
	whole := line{currency: a.currency}
	if why := r.common(e, &whole); why != "" {
		r.c.drop(number, text, why)
		return
	}
	if whole.status != wallet.Pending { // balances are of what is booked
		a.moved(whole.minor)
	} else {
		a.lines++
	}
	var details []*element
	for _, d := range e.all("NtryDtls") {
		details = append(details, d.all("TxDtls")...)
	}
	parts := batch(whole, details)
	if parts == nil {
		x := whole
		if len(details) > 0 {
			detail(details[0], &x, whole.minor)
		}
		if len(details) > 1 { // many payments of which only the sum is known
			x.merchant, x.approval = "", ""
		}
		x.reason = cmp.Or(x.reason, e.str("AddtlNtryInf"))
		x.id = cmp.Or(reference(e.str("AcctSvcrRef")), x.id)
		parts = []line{x}
	}
	for _, x := range parts {
		x.reason = cmp.Or(x.reason, e.str("AddtlNtryInf"))
		x.account = a.name
		r.c.take(&x, number, text)
	}
}

// common reads what an entry says of all its payments.
func (r *camtReader) common(e *element, x *line) Reason {
	status := cmp.Or(e.str("Sts", "Cd"), e.str("Sts", "Prtry"), e.str("Sts"))
	switch status {
	case "INFO":
		return Notice
	case "PDNG", "FUTR":
		x.status = wallet.Pending
	}
	amt := e.at("Amt")
	if amt == nil {
		return NoAmount
	}
	if amt.ccy != "" {
		x.currency = money.Currency(amt.ccy)
	}
	if !x.currency.Valid() {
		return BadMoney
	}
	var why Reason
	if x.minor, why = exact(amt.text, x.currency); why != "" {
		return why
	}
	switch e.str("CdtDbtInd") {
	case "DBIT":
		x.minor = -x.minor
	case "CRDT":
	default:
		return BadAmount // nobody knows which way it went
	}
	var ok bool
	for _, date := range []*element{e.at("BookgDt"), e.at("ValDt")} {
		if x.at, ok = isoTime(cmp.Or(date.str("DtTm"), date.str("Dt")), r.c.o.Zone); ok {
			break
		}
	}
	if !ok {
		return BadDate
	}
	family, sub := e.str("BkTxCd", "Domn", "Fmly", "Cd"), e.str("BkTxCd", "Domn", "Fmly", "SubFmlyCd")
	switch {
	case e.str("RvslInd") == "true" || e.str("RvslInd") == "1":
		if x.minor > 0 { // what was charged came back
			x.typ = wallet.Refund
		}
	case sub == "CHRG" || sub == "FEES" || sub == "COMM":
		x.typ = wallet.FeeCharge
	case sub == "INTR" && x.minor >= 0:
		x.typ = wallet.Earn
	case family == "RDDT" && sub == "RPMT", sub == "RRTN", sub == "UPDD" && x.minor > 0:
		if x.minor > 0 {
			x.typ = wallet.Refund
		}
	}
	return ""
}

// batch gives the payments of an entry, if they are several and sum up to it.
func batch(whole line, details []*element) []line {
	if len(details) < 2 {
		return nil
	}
	var list []line
	sum := int64(0)
	for _, d := range details {
		amt := d.at("Amt")
		if amt == nil {
			amt = d.at("AmtDtls", "TxAmt", "Amt")
		}
		if amt == nil || amt.ccy != "" && money.Currency(amt.ccy) != whole.currency {
			return nil
		}
		x := whole
		var why Reason
		if x.minor, why = exact(amt.text, whole.currency); why != "" {
			return nil
		}
		out := whole.minor < 0
		if way := d.str("CdtDbtInd"); way != "" {
			out = way == "DBIT"
		}
		if out {
			x.minor = -x.minor
		}
		detail(d, &x, x.minor)
		sum += x.minor
		list = append(list, x)
	}
	if sum != whole.minor {
		return nil
	}
	return list
}

// detail reads what is known of one payment.
func detail(d *element, x *line, minor int64) {
	party := "Cdtr"
	if minor > 0 {
		party = "Dbtr"
	}
	for _, path := range [][]string{{party, "Nm"}, {party, "Pty", "Nm"}, {"Ultmt" + party, "Nm"}, {"Ultmt" + party, "Pty", "Nm"}, {"TradgPty", "Nm"}} {
		if x.merchant == "" {
			x.merchant = d.at("RltdPties").str(path...)
		}
	}
	var words []string
	for _, u := range d.at("RmtInf").all("Ustrd") {
		words = append(words, u.text)
	}
	x.reason = cmp.Or(strings.Join(words, " "), d.str("RmtInf", "Strd", "CdtrRefInf", "Ref"), d.str("AddtlTxInf"))
	x.approval = cmp.Or(reference(d.str("Refs", "EndToEndId")), reference(d.str("Refs", "TxId")), reference(d.str("Refs", "InstrId")))
	x.id = reference(d.str("Refs", "AcctSvcrRef"))
	if d.at("RtrInf") != nil && minor > 0 {
		x.typ = wallet.Refund
	}
	for _, name := range []string{"InstdAmt", "CntrValAmt", "TxAmt"} {
		if amt := d.at("AmtDtls", name, "Amt"); amt != nil && money.Currency(amt.ccy).Valid() && money.Currency(amt.ccy) != x.currency {
			if m, why := exact(amt.text, money.Currency(amt.ccy)); why == "" {
				x.original = money.Of(max(m, -m), money.Currency(amt.ccy))
				break
			}
			x.lost = true
		}
	}
}

// reference is a reference that is one.
func reference(s string) string {
	switch strings.ToUpper(s) {
	case "NOTPROVIDED", "NONREF", "NOTAVAILABLE", "-":
		return ""
	}
	return s
}

// isoTime reads 2026-11-22 and 2026-11-22T09:30:00.000+09:00; without an offset
// the clock is the person's. A date may have an offset too, which is nobody's.
func isoTime(s string, zone *time.Location) (time.Time, bool) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.UTC(), true
	}
	if len(s) > 10 && s[10] != 'T' {
		s = s[:10]
	}
	for _, layout := range []string{time.DateOnly, "2006-01-02T15:04:05", "2006-01-02T15:04"} {
		if t, err := time.Parse(layout, s); err == nil {
			return civilTime(t.Year(), int(t.Month()), t.Day(), t.Hour(), t.Minute(), t.Second(), zone), true
		}
	}
	return time.Time{}, false
}
