package statement

import "jandon/internal/wallet"

// readVerdict hears the columns that say what a line did.
func (r *reader) readVerdict(x *said) Reason {
	if f := r.field(colType); len(f) > 0 {
		e := r.c.words.of(f)
		if !e.judged {
			e.verdict, e.judged = r.c.typeOf(e.text), true
		}
		x.verdict = e.verdict
		x.verdict.undone = e.undone && !x.signed // the side is certain, and the word may be about anything
	}
	if f := r.field(colStatus); len(f) > 0 {
		e := r.c.plain.of(f)
		if !e.judged {
			e.verdict, e.judged = statusOf(e.text, r.asked, r.captures), true
		}
		if e.typ == wallet.Refund && (x.verdict.typ == wallet.TypeUnknown || x.verdict.typ == wallet.Payment) {
			x.verdict.typ, x.verdict.undone = wallet.Refund, e.undone
		}
		x.verdict.status = e.status
		x.verdict.declined = x.verdict.declined || e.declined
	}
	if x.verdict.declined {
		return Declined
	}
	if x.signed && !r.cols.has(colMinor) { // two columns: the side is certain, the word may be vague
		x.verdict.typ = sided(x.verdict, x.minor, func() wallet.Type {
			return incoming(string(r.field(colMerchant)), string(r.field(colReason)))
		})
	}
	return ""
}

// sided makes a type agree with the column that its amount stands in.
func sided(v verdict, minor int64, guess func() wallet.Type) wallet.Type {
	switch {
	case minor <= 0 && (v.typ.Receives() || v.typ == wallet.TypeUnknown || v.typ == wallet.Refund):
		return wallet.Payment
	case minor > 0 && v.typ == wallet.TransferOut:
		return wallet.TransferIn
	case minor > 0 && !v.typ.Receives() && v.typ != wallet.Refund && v.typ != wallet.Conversion:
		return guess()
	}
	return v.typ
}
