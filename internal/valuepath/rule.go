package valuepath

import (
	"time"

	"jandon/internal/wallet"
)

// Rule is a rule of law or of terms, with its source and the day from which it holds.
// Its sentence and remedy stand in the catalogue: rule.<id>.say and rule.<id>.remedy.
type Rule struct {
	ID     string
	Basis  string // law or terms
	Source string // the law and article, or the terms
	Link   string
	From   time.Time // the first instant of its first day, UTC
	Until  time.Time // the first instant at which it no longer holds; zero: it still does

	Refuses []Nature // what value of Kinds or Origins may not become
	Kinds   []wallet.Kind
	Origins []string

	Condition  bool  // rails may name it; a lot has to meet what follows
	UsedBP     int64 // the share that has to be used at merchants
	SmallUpTo  int64 // up to this face value, SmallUsed instead
	SmallUsed  int64
	Unused     bool // nothing may be used
	WithinDays int  // of receipt
	AfterDays  int  // since receipt
	Expired    bool // for lots that lapsed, within WithinYears of receipt
	Years      int
	FaceOver   int64 // face value of more than this
}

// Since is the rule's first day: 2015-04-02.
func (r *Rule) Since() string { return r.From.Format(time.DateOnly) }

// Holds reports whether the rule is in force at an instant. Refusals by
// provenance hold whatever the date: see Book.Eligible.
func (r *Rule) Holds(at time.Time) bool {
	return !at.Before(r.From) && (r.Until.IsZero() || at.Before(r.Until))
}

// dayLength is what a rule's day is; rules count from the instant of receipt.
const dayLength = 24 * time.Hour

// meets reports whether a lot meets a condition at an instant, and, where
// waiting helps, when it will.
func (r *Rule) meets(l *wallet.Lot, at time.Time) (ok bool, when time.Time) {
	need := r.share(l)
	switch {
	case !r.Holds(at):
		return false, time.Time{}
	case need > 0 && (spent(l) <= 0 || less128(spent(l), wholeBP, need, l.Granted.Minor)):
		return false, time.Time{}
	case r.Unused && l.Granted.Minor != l.Amount.Minor:
		return false, time.Time{}
	case r.WithinDays > 0 && !at.Before(l.Received.Add(time.Duration(r.WithinDays)*dayLength)):
		return false, time.Time{}
	case r.FaceOver > 0 && l.Granted.Minor <= r.FaceOver:
		return false, time.Time{}
	case r.Years > 0 && !at.Before(l.Received.AddDate(r.Years, 0, 0)):
		return false, time.Time{}
	case r.AfterDays > 0 && at.Before(l.Received.Add(time.Duration(r.AfterDays)*dayLength)):
		return false, l.Received.Add(time.Duration(r.AfterDays) * dayLength)
	case r.Expired && !l.Expired(at):
		return false, l.Expires
	}
	return true, time.Time{}
}

// share is how much of a lot has to be spent, in basis points of its face value.
func (r *Rule) share(l *wallet.Lot) int64 {
	if r.SmallUpTo > 0 && l.Granted.Minor <= r.SmallUpTo {
		return r.SmallUsed
	}
	return r.UsedBP
}

// spent is what of a lot was used at merchants. What was paid out, sent on or
// lapsed is gone without having been used, and what is still there was not.
func spent(l *wallet.Lot) int64 { return min(l.Spent.Minor, l.Granted.Minor-l.Amount.Minor) }

// toSpend is what has to be spent yet of a lot until its rest may come back.
func (r *Rule) toSpend(l *wallet.Lot) int64 {
	return max(0, mulDivUp(l.Granted.Minor, r.share(l), wholeBP)-spent(l))
}
