package valuepath

import (
	"slices"
	"time"

	"jandon/internal/money"
	"jandon/internal/wallet"
)

// Code says in one word why value can't go; it is on the wire and in JSON.
type Code string

// The codes. Their sentences are rule.<id>.say where a rule is named, and
// rail.why.<code> for what a rail asks of an amount.
const (
	OK            Code = ""
	NotEligible   Code = "not_eligible"   // a rule refuses it
	Expired       Code = "expired"        // the lot lapsed
	TooEarly      Code = "too_early"      // it will be possible at Verdict.When
	BelowMin      Code = "below_min"      // less than the rail takes
	OverLimit     Code = "over_limit"     // an act's or day's limit
	WholeUnits    Code = "unit"           // less than a whole unit is left
	FeeExceeds    Code = "fee_exceeds"    // the fee eats it up
	Closed        Code = "closed"         // the rail opens at Verdict.When
	NotVerified   Code = "not_verified"   // the account is not verified
	NoDestination Code = "no_destination" // nothing linked to send it to
	Held          Code = "held"           // pinned by a pending act
	NotChosen     Code = "not_chosen"     // it could go, but the goal is better served without
	Excluded      Code = "excluded"       // the person left the rail out
	TooMuch       Code = "too_much"       // chosen by hand: more than there is for the rail
)

// Verdict says whether a lot may go over a rail, and if not, why: the rule,
// the day from which it holds, and what would help.
type Verdict struct {
	Code   Code
	Rule   string    // Rule.ID
	Since  string    // the rule's first day, 2006-01-02
	When   time.Time // when it will be possible, if waiting helps
	Say    Text      // the reason
	Remedy Text      // the lawful way on
}

// Tainted reports whether value of this provenance may leave only to its
// source: paid by phone bill, card or card-bought voucher, or of unknown
// origin. The stricter of kind and origin decides; an origin that is not known
// by name is unknown.
func (b *Book) Tainted(l *wallet.Lot) bool {
	return slices.Contains(taintedKinds, l.Kind) || slices.Contains(taintedOrigins, b.origin(l))
}

func (b *Book) origin(l *wallet.Lot) string {
	if b.origins[l.Origin] {
		return l.Origin
	}
	return originUnknown
}

// Eligible says whether any of a lot may go over a rail at an instant.
// Refusals by provenance hold at every instant, also before the rule that
// explains them did.
func (b *Book) Eligible(lot wallet.Lot, rail *Rail, at time.Time) Verdict {
	code, rule, when := b.judge(&lot, rail, at)
	return b.verdict(&lot, rail, code, rule, when)
}

func (b *Book) verdict(lot *wallet.Lot, rail *Rail, code Code, rule *Rule, when time.Time) Verdict {
	if code == OK {
		return Verdict{}
	}
	v := Verdict{Code: code, Rule: rule.ID, Since: rule.Since(), When: when}
	args := []any{"rail", Text{ID: railName + rail.ID}, "amount", lot.Amount, "when", when, "source", rule.Source}
	args = append(args, rule.numbers(lot)...)
	v.Say, v.Remedy = Text{"rule." + rule.ID + ".say", args}, Text{"rule." + rule.ID + ".remedy", args}
	if rule.UsedBP > 0 && rule.toSpend(lot) >= lot.Amount.Minor { // so much went out otherwise that no rest can come back
		v.Remedy.ID = "rule." + rule.ID + ".no_rest"
	}
	return v
}

// numbers are the figures of the rule that its sentences may name.
func (r *Rule) numbers(l *wallet.Lot) []any {
	return []any{
		"percent", r.share(l) / 100, "days", r.WithinDays + r.AfterDays, "years", r.Years,
		"face", money.Of(r.FaceOver, l.Amount.Currency), "use", money.Of(r.toSpend(l), l.Amount.Currency),
	}
}

// judge is Eligible without words, for the planner.
func (b *Book) judge(l *wallet.Lot, rail *Rail, at time.Time) (Code, *Rule, time.Time) {
	origin := b.origin(l)
	if r := b.refusal(l.Kind, origin, rail.Nature, rail.Origins); r != nil && (rail.Nature != Source || r.Holds(at)) {
		return NotEligible, r, time.Time{}
	}
	terms := b.rules[ruleRail]
	if rail.kinds&(1<<l.Kind) == 0 || len(rail.Origins) > 0 && !slices.Contains(rail.Origins, origin) || l.Amount.Currency != rail.Currency {
		return NotEligible, terms, time.Time{}
	}
	late := false
	for i := range rail.needs {
		n := &rail.needs[i]
		if ok, when := n.meets(l, at); !ok {
			if !when.IsZero() {
				return TooEarly, n, when
			}
			return NotEligible, n, time.Time{}
		}
		late = late || n.Expired
	}
	if l.Expired(at) && !late {
		return Expired, b.rules[ruleExpired], time.Time{}
	}
	return OK, nil, time.Time{}
}
