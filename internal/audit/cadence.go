package audit

// Cadence is how often a series comes.
type Cadence uint8

// The cadences, shortest first.
const (
	Unknown Cadence = iota
	Weekly
	Biweekly
	SemiMonthly
	FourWeekly
	Days30
	Monthly
	Bimonthly
	Quarterly
	HalfYearly
	Yearly
)

// beat describes a cadence: so many days, or so many months.
type beat struct {
	word   string
	days   int     // exact step, or 0
	months int     // calendar step, or 0
	mean   float64 // days
	perYr  float64
	skips  int // longest run of missed dates inside one series
	grace  int // days a charge may be late before its date counts as missed
	prior  float64
	least  int // charges needed
}

var beats = [...]beat{
	Unknown:     {word: "unknown"},
	Weekly:      {word: "weekly", days: 7, mean: 7, perYr: 365.25 / 7, skips: 5, grace: 3, prior: -0.7, least: 3},
	Biweekly:    {word: "biweekly", days: 14, mean: 14, perYr: 365.25 / 14, skips: 4, grace: 5, prior: -1.2, least: 3},
	SemiMonthly: {word: "semi_monthly", mean: 365.25 / 24, perYr: 24, skips: 3, grace: 5, prior: -4, least: 5},
	FourWeekly:  {word: "four_weekly", days: 28, mean: 28, perYr: 365.25 / 28, skips: 4, grace: 7, prior: -1.6, least: 3},
	Days30:      {word: "days30", days: 30, mean: 30, perYr: 365.25 / 30, skips: 4, grace: 7, prior: -1.6, least: 3},
	Monthly:     {word: "monthly", months: 1, mean: 365.25 / 12, perYr: 12, skips: 5, grace: 7, prior: 0, least: 3},
	Bimonthly:   {word: "bimonthly", months: 2, mean: 365.25 / 6, perYr: 6, skips: 2, grace: 7, prior: -3, least: 3},
	Quarterly:   {word: "quarterly", months: 3, mean: 365.25 / 4, perYr: 4, skips: 2, grace: 7, prior: -1.6, least: 3},
	HalfYearly:  {word: "half_yearly", months: 6, mean: 365.25 / 2, perYr: 2, skips: 1, grace: 7, prior: 0, least: 3},
	Yearly:      {word: "yearly", months: 12, mean: 365.25, perYr: 1, skips: 1, grace: 14, prior: 0, least: 2},
}

// String is the word for c in JSON.
func (c Cadence) String() string { return beats[c].word }

// annual is what a year costs at a price.
func (b *beat) annual(minor int64) int64 {
	if b.days != 0 {
		return (minor*36525 + int64(b.days)*50) / (int64(b.days) * 100)
	}
	return minor * int64(b.perYr)
}

// PerYear is the mean number of charges a year.
func (c Cadence) PerYear() float64 { return beats[c].perYr }
