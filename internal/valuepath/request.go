package valuepath

import (
	"strconv"
	"time"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// Request asks what an amount can become.
type Request struct {
	Lots   []wallet.Lot
	Amount money.Amount // at most what the lots hold; zero: nothing to plan
	At     time.Time
	Zone   *time.Location // for opening hours and the days of limits

	Tier     Tier
	Verified bool             // the account is verified
	Linked   map[string]bool  // rails with a linked destination, by Rail.ID
	Used     map[string]int64 // what went over a rail today, by Rail.ID, minor units
	Pinned   map[string]int64 // what pending acts hold of a lot, by Lot.ID, minor units
	Without  map[string]bool  // rails that the person does not want, by Rail.ID
}

// Goal is what a plan is best at.
type Goal uint8

// The goals.
const (
	MostValue   Goal = iota // the most that stays the person's, then the least rest, then the soonest
	Fastest                 // the soonest of those that keep value, then the most of it
	NothingLeft             // the least rest, then the most value, then the soonest
	goals
)

var goalWords = [goals]string{"value", "fast", "clean"}

// String is the word for g in commands and JSON.
func (g Goal) String() string {
	if g < goals {
		return goalWords[g]
	}
	return goalWords[0]
}

// ParseGoal reads the word of a goal.
func ParseGoal(s string) (Goal, bool) {
	for i, w := range goalWords {
		if w == s {
			return Goal(i), true
		}
	}
	return 0, false
}

// Draw says how much of a lot a leg takes.
type Draw = wallet.Draw

// Leg is one rail of a plan with the lots it draws on, first to expire first.
type Leg struct {
	Rail    string // Rail.ID
	Nature  Nature
	From    []Draw
	Amount  money.Amount // what the lots give
	Fee     money.Amount // what the rail takes of it
	FeeName string       // rail.fee.<name> says which; "" without a fee
	Net     money.Amount // what comes out: Amount − Fee
	Time    time.Duration
}

// Plan is a value path: Amount = Value + Given + Fees + Rest.
type Plan struct {
	Amount money.Amount
	Value  money.Amount // what comes out and is still the person's
	Given  money.Amount // what is given away
	Fees   money.Amount
	Rest   money.Amount // what stays in the wallet
	Time   time.Duration
	Legs   []Leg
	Stays  []Stay
	Proved bool // no plan over the same rails is better in value, time and rest at once
}

// Out is what comes out of the rails, kept or given away.
func (p *Plan) Out() money.Amount {
	return money.Of(p.Value.Minor+p.Given.Minor, p.Amount.Currency)
}

// Stay is a part of the rest, with the reason.
type Stay struct {
	Lot    string
	Amount money.Amount
	Verdict
}

// Refusal is a lot that can go nowhere now, with the reason and the way on.
type Refusal struct {
	Lot    string
	Kind   wallet.Kind
	Amount money.Amount
	Verdict
}

// RailState says of one rail what it could carry of the amount now, and why it can't carry more.
type RailState struct {
	Rail     string
	Eligible money.Amount // what of the lots may go over it
	Most     money.Amount // what it could carry of them now, by limit and unit
	Verdict               // why nothing can go
}

// Outcome is the answer to a Request.
type Outcome struct {
	Amount  money.Amount
	Front   []Plan // no plan beats another in value, time and rest at once; most value first
	Best    [goals]int
	Refused []Refusal
	Rails   []RailState // in the catalogue's order
	Spend   *Option
	Wait    *Option
	Proved  bool // every plan of the front is proved, and none is missing
	Version string
}

// Plan is the best plan for a goal; nil where nothing can be converted.
func (o *Outcome) Plan(g Goal) *Plan {
	if g >= goals || o.Best[g] < 0 {
		return nil
	}
	return &o.Front[o.Best[g]]
}

// check refuses what can't be planned: fault.BadAmount, fault.Insufficient.
func (r *Request) check(b *Book) error {
	switch {
	case r.Amount.Minor < 0 || r.Amount.Minor > MaxAmount || r.Amount.Minor > 0 && r.Amount.Currency != b.Currency:
		return fault.New(fault.BadAmount, "value", r.Amount.Plain())
	case r.Zone == nil:
		return fault.New(fault.Internal)
	}
	have := int64(0)
	seen := make(map[string]bool, len(r.Lots))
	for i := range r.Lots {
		l := &r.Lots[i]
		if seen[l.ID] { // a lot counted twice would be value from nothing
			return fault.New(fault.Internal, "detail", "lot "+l.ID+" stands twice")
		}
		seen[l.ID] = true
		if free := r.free(l); free > 0 {
			have = min(have+min(free, MaxAmount), MaxAmount)
		}
	}
	if r.Amount.Minor > have {
		return fault.New(fault.Insufficient, "have", strconv.FormatInt(have, 10), "want", r.Amount.Plain())
	}
	return nil
}

// free is what of a lot no pending act holds.
func (r *Request) free(l *wallet.Lot) int64 {
	if l.Amount.Currency != r.Amount.Currency {
		return 0
	}
	return max(0, l.Amount.Minor-max(0, r.Pinned[l.ID]))
}
