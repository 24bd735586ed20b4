package act

import (
	"time"

	"jandon/internal/money"
	"jandon/internal/valuepath"
)

// Ask is what a quote is asked for.
type Ask struct {
	Amount  money.Amount
	Amounts map[string]int64  // chosen by hand: minor units by Rail.ID; nil: the best plans for Amount
	Without []string          // rails that the person does not want, by Rail.ID
	To      map[string]string // which destination a rail pays, Destination.ID by Rail.ID; else the one used last
}

// Quote is a set of plans with lots and fees fixed until it expires. It is used
// once, for one of its plans, and never repriced.
type Quote struct {
	ID      string
	At      time.Time // by the platform's clock
	Expires time.Time
	Amount  money.Amount
	Offers  []Offer
	Proved  bool   // the plans are proved best
	Version string // of the catalogue
}

// Offer is one plan of a quote; its number is its place in Quote.Offers.
type Offer struct {
	Goals  []valuepath.Goal // that it is best at; none for a plan by hand
	Plan   valuepath.Plan   // Stays have a code and a rule, no sentence
	Payees []Payee          // of each leg, in the plan's order
}

// For is the number of the offer that is best at a goal; −1 if there is none.
func (q Quote) For(g valuepath.Goal) int {
	for n, o := range q.Offers {
		for _, best := range o.Goals {
			if best == g {
				return n
			}
		}
	}
	return -1
}

// Means is what the planner needs to know of a person beside the lots: the
// answer of GET /v1/limits.
type Means struct {
	At       time.Time // by the platform's clock
	Tier     valuepath.Tier
	Verified bool
	Linked   map[string]bool  // rails with a destination that can be used now, by Rail.ID
	Used     map[string]int64 // what went over a rail today, by Rail.ID, minor units
	Pinned   map[string]int64 // what pending acts hold of a lot, by Lot.ID, minor units
	Version  string           // of the platform's catalogue; plans of another one don't fit
	Zone     string           // IANA name: opening hours and the days of limits go by it
}

// Request is what the planner is asked about these means.
func (m Means) Request(a Ask, at time.Time, zone *time.Location) valuepath.Request {
	without := make(map[string]bool, len(a.Without))
	for _, rail := range a.Without {
		without[rail] = true
	}
	return valuepath.Request{
		Amount: a.Amount, At: at, Zone: zone, Tier: m.Tier, Verified: m.Verified,
		Linked: m.Linked, Used: m.Used, Pinned: m.Pinned, Without: without,
	}
}
