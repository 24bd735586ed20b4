package statement

import (
	"bytes"

	"jandon/internal/wallet"
)

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
	r.readCancelled(x)
	if x.signed && !r.cols.has(colMinor) { // two columns: the side is certain, the word may be vague
		x.verdict.typ = sided(x.verdict, x.minor, func() wallet.Type {
			return incoming(string(r.field(colMerchant)), string(r.field(colReason)))
		})
	}
	return ""
}

// readCancelled hears the columns that say when a purchase was cancelled, and
// how much of it.
func (r *reader) readCancelled(x *said) {
	if x.verdict.typ != wallet.TypeUnknown && x.verdict.typ != wallet.Payment {
		return
	}
	undone := r.cols.has(colCancelledOn) && bytes.ContainsAny(r.field(colCancelledOn), "123456789")
	if f := r.field(colCancelled); len(f) > 0 {
		if minor, ok := r.minor(f, x.currency); ok {
			r.part = minor != 0 && minor != x.minor && minor != -x.minor
			undone = undone && minor == 0 || minor != 0 && !r.part
		}
	}
	if undone {
		x.verdict.typ, x.verdict.undone = wallet.Refund, true
	}
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
