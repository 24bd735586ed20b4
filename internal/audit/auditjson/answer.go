// Package auditjson writes an audit as JSON, and reads histories in bulk.
//
// The JSON is version 1; fields may be added without raising it. Amounts are
// minor units and positive, days ISO 8601, shares percent. Evidence is written
// as sentences in the language of the teller.
package auditjson

import (
	"math"

	"jandon/internal/audit"
	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/safe"
)

// version is that of the answer.
const version = 1

// Answer is the whole object.
type Answer struct {
	Version   int         `json:"version"`
	HistoryID string      `json:"history_id,omitempty"`
	AsOf      string      `json:"as_of"`
	Currency  string      `json:"currency"`
	Series    []Series    `json:"series"`
	Doubles   []Double    `json:"double_charges"`
	Creep     Creep       `json:"creep"`
	Overlaps  []Overlap   `json:"overlaps"`
	Silent    []Silent    `json:"silent"`
	Forgotten []Forgotten `json:"forgotten"`
	Maybe     []Series    `json:"maybe"`
	Dismissed []Series    `json:"dismissed"`
}

// Series is a recurring charge.
type Series struct {
	Merchant     string   `json:"merchant"`
	Category     string   `json:"category"`
	Cadence      string   `json:"cadence"`
	Transactions []string `json:"transaction_ids"`
	Since        string   `json:"since"`
	Status       string   `json:"status"`
	Amount       int64    `json:"amount"`
	AmountKind   string   `json:"amount_kind"`
	Changes      []Change `json:"price_changes"`
	Next         *string  `json:"next_date"`
	NextSure     int      `json:"next_confidence"`
	Score        float64  `json:"score"`
	Sure         bool     `json:"sure"`
	AnnualCost   int64    `json:"annual_cost"`
	PaidLastYear int64    `json:"paid_last_year"`
	Kept         bool     `json:"kept"`
	Snoozed      *string  `json:"snoozed_until"`
	Evidence     []string `json:"evidence"`
}

// Change is a step of a price.
type Change struct {
	ID      string `json:"id"`
	Date    string `json:"date"`
	From    int64  `json:"from"`
	To      int64  `json:"to"`
	Percent int    `json:"percent"`
}

// Double is a charge that seems to have been made twice.
type Double struct {
	Transactions []string `json:"transaction_ids"`
	Amount       int64    `json:"amount"`
	Merchant     string   `json:"merchant"`
	Refunded     bool     `json:"refunded"`
	Evidence     string   `json:"evidence"`
}

// Creep is the cost of the whole over time.
type Creep struct {
	Now     int64   `json:"month_now"`
	YearAgo int64   `json:"month_year_ago"`
	Risen   int64   `json:"risen"`
	New     int64   `json:"new"`
	Months  []Month `json:"months"`
}

// Month is one month of it.
type Month struct {
	Month   string `json:"month"`
	Running int    `json:"running"`
	Cost    int64  `json:"cost"`
	Charged int64  `json:"charged"`
}

// Overlap is several series that may do one thing twice; Series are their first transactions.
type Overlap struct {
	Merchant string   `json:"merchant,omitempty"`
	Category string   `json:"category,omitempty"`
	Series   []string `json:"series"`
	Annual   int64    `json:"annual_cost"`
}

// Silent is a charge without consent on record.
type Silent struct {
	Series      string `json:"series"` // its first transaction
	Transaction string `json:"transaction_id"`
	Date        string `json:"date"`
	What        string `json:"what"`
	Consent     string `json:"consent_on_record"` // no, or unknown where there are no records
}

// Forgotten is a series that may have slipped a person's mind, and the whole months since it began.
type Forgotten struct {
	Series string `json:"series"`
	Months int    `json:"months"`
}

// Of makes the answer of a report.
func Of(in *audit.Input, r *audit.Report, t audit.Teller, style money.Style) Answer {
	amount := func(minor int64) string { return style.Format(money.Of(minor, in.Currency)) }
	a := Answer{Version: version, AsOf: r.AsOf.String(), Currency: string(in.Currency), Doubles: []Double{}, Overlaps: []Overlap{}, Silent: []Silent{}, Forgotten: []Forgotten{}}
	a.Series = seriesOf(r.Series, in, t, amount)
	a.Maybe = seriesOf(r.Maybe, in, t, amount)
	a.Dismissed = seriesOf(r.Dismissed, in, t, amount)
	for i := range r.Doubles {
		d := &r.Doubles[i]
		first := &in.Items[d.First]
		one := Double{Transactions: []string{first.ID, in.Items[d.Second].ID}, Amount: -first.Minor, Merchant: safe.Text(first.Merchant), Refunded: d.Refunded}
		for k, e := range d.Why(in) {
			if k > 0 {
				one.Evidence += "; "
			}
			one.Evidence += e.Say(t, amount)
		}
		a.Doubles = append(a.Doubles, one)
	}
	a.Creep = creepOf(&r.Creep)
	for _, o := range r.Overlaps {
		one := Overlap{Merchant: safe.Text(o.Merchant), Category: o.Category, Annual: o.Annual}
		for _, i := range o.Series {
			one.Series = append(one.Series, r.Series[i].Key(in))
		}
		a.Overlaps = append(a.Overlaps, one)
	}
	for _, s := range r.Silent {
		consent := "unknown"
		if s.Known {
			consent = "no"
		}
		a.Silent = append(a.Silent, Silent{r.Series[s.Series].Key(in), s.ID, s.Day.String(), string(s.What), consent})
	}
	for _, f := range r.Forgotten {
		a.Forgotten = append(a.Forgotten, Forgotten{r.Series[f.Series].Key(in), f.Months})
	}
	return a
}

func seriesOf(list []audit.Series, in *audit.Input, t audit.Teller, amount func(int64) string) []Series {
	out := make([]Series, len(list))
	for i := range list {
		s := &list[i]
		o := Series{
			Merchant: safe.Text(s.Merchant), Category: s.Category, Cadence: s.Cadence.String(), Since: s.Since.String(), Status: string(s.Status),
			Amount: s.Amount, AmountKind: string(s.Kind), Changes: []Change{}, NextSure: s.NextSure, Score: math.Round(s.Score*100) / 100,
			Sure: s.Sure(), AnnualCost: s.Annual, PaidLastYear: s.Paid, Kept: s.Kept, Evidence: []string{},
		}
		for _, m := range s.Members {
			o.Transactions = append(o.Transactions, in.Items[m].ID)
		}
		for _, c := range s.Changes {
			o.Changes = append(o.Changes, Change{c.ID, c.Day.String(), c.From, c.To, c.Percent()})
		}
		if s.HasNext {
			o.Next = date(s.Next)
		}
		if s.Snoozed != 0 {
			o.Snoozed = date(s.Snoozed)
		}
		for k := range s.Evidence {
			o.Evidence = append(o.Evidence, s.Evidence[k].Say(t, amount))
		}
		out[i] = o
	}
	return out
}

func creepOf(c *audit.Creep) Creep {
	out := Creep{Now: c.Now, YearAgo: c.YearAgo, Risen: c.Risen, New: c.New, Months: []Month{}}
	for _, m := range c.Months {
		out.Months = append(out.Months, Month{m.Month.String()[:7], m.Running, m.Cost, m.Charged})
	}
	return out
}

func date(d history.Day) *string {
	s := d.String()
	return &s
}
