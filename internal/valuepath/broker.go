package valuepath

import (
	"strconv"

	"jandon/internal/money"
)

// BrokerCost is what it costs to have a broker turn an amount into money: the
// arithmetic, not an offer.
type BrokerCost struct {
	Amount  money.Amount
	BP      int64        // the broker's share
	Fee     money.Amount // rounded up, as brokers do
	Gets    money.Amount // Amount − Fee; the bill is still for all of Amount
	Times   int64        // how often a year
	PerYear money.Amount // Fee × Times
	Days    int          // until the bill
	RateBP  int64        // simple interest a year, in basis points of what one gets; 0 where one gets nothing
}

// daysAYear is the year of simple interest.
const daysAYear = 365

// Cost is the arithmetic of a share of bp on an amount, done times a year (at
// most once a day), with the bill due after the days that the data says. More
// than MaxAmount is counted as MaxAmount.
func (k Broker) Cost(amount money.Amount, bp, times int64) BrokerCost {
	a := min(max(amount.Minor, 0), MaxAmount)
	c := BrokerCost{Amount: money.Of(a, amount.Currency), BP: min(max(bp, 0), wholeBP), Times: min(max(times, 0), daysAYear), Days: k.Days}
	fee := mulDivUp(a, c.BP, wholeBP)
	c.Fee, c.Gets = money.Of(fee, amount.Currency), money.Of(a-fee, amount.Currency)
	c.PerYear = money.Of(fee*c.Times, amount.Currency)
	if a > fee && k.Days > 0 {
		c.RateBP = product(fee*wholeBP, daysAYear).over((a - fee) * int64(k.Days))
	}
	return c
}

// Range is the arithmetic at both ends of what brokers are known to take.
func (k Broker) Range(amount money.Amount, times int64) [2]BrokerCost {
	return [2]BrokerCost{k.Cost(amount, k.LowBP, times), k.Cost(amount, k.HighBP, times)}
}

// Say is the arithmetic as a sentence.
func (c BrokerCost) Say() Text {
	return Text{"rail.broker", []any{
		"percent", percent(c.BP), "amount", c.Amount, "fee", c.Fee, "gets", c.Gets, "times", c.Times, "year", c.PerYear,
	}}
}

// SayRate is the same seen as a loan until the bill, in percent a year.
func (c BrokerCost) SayRate() Text {
	return Text{"rail.broker_rate", []any{"days", c.Days, "rate", percent(c.RateBP)}}
}

// percent writes basis points: 15, 12.5, 365.
func percent(bp int64) string {
	return strconv.FormatFloat(float64(bp)/100, 'f', -1, 64)
}
