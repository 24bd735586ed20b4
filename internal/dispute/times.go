package dispute

import (
	"time"

	"jandon/internal/wallet"
)

// The words of why a transaction can't be disputed, as ids of the catalogue.
const (
	NoPayment = "disputes.why.no_payment"
	Refunded  = "disputes.why.refunded"
	TooOld    = "disputes.why.too_old"
)

// Refuses says why a transaction can't be disputed at an instant; "" if it can.
func (r *Rules) Refuses(t wallet.Transaction, at time.Time) string {
	switch {
	case t.Type != wallet.Payment || t.Amount.Minor >= 0:
		return NoPayment
	case t.Status == wallet.Refunded:
		return Refunded
	case at.After(r.Until(t.At)):
		return TooOld
	}
	return ""
}

// Until is up to when a charge can be disputed: the end of its last day.
func (r *Rules) Until(charged time.Time) time.Time {
	return r.endOf(charged, r.May.Days)
}

// AnswerBy is until when a merchant has to answer: the end of their last working day.
func (r *Rules) AnswerBy(opened time.Time) time.Time {
	days := 0
	for left := r.Merchant.Workdays; left > 0; {
		days++
		if d := opened.In(r.Zone).AddDate(0, 0, days).Weekday(); d != time.Saturday && d != time.Sunday {
			left--
		}
	}
	return r.endOf(opened, days)
}

// DecideBy is until when the platform has to say how it ended.
func (r *Rules) DecideBy(opened time.Time) time.Time { return r.endOf(opened, r.Platform.Days) }

// Decides is when this simulator decides what it took up at an instant.
func (r *Rules) Decides(taken time.Time) time.Time {
	return taken.Add(time.Duration(r.Platform.Hours) * time.Hour)
}

// endOf is the last second of the day so many days after an instant, so that
// its date is the last day.
func (r *Rules) endOf(at time.Time, days int) time.Time {
	d := at.In(r.Zone)
	return time.Date(d.Year(), d.Month(), d.Day()+days, 23, 59, 59, 0, r.Zone).UTC()
}

// For says whether this simulator finds for the person: where the merchant
// has not answered, or could not show what their reason asks for.
func (r *Rules) For(reason wallet.DisputeReason, silent bool) bool {
	return silent || r.Answer(reason).Found == "person"
}
