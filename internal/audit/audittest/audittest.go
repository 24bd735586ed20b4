// Package audittest makes up histories whose recurring charges are known, and
// scores what an audit finds in them.
//
// A World is made from a seed alone. Its calendars, prices and printed names
// are written from how billing works, independently of the engine: it knows
// nothing of cadence tables, thresholds or word lists. Make makes worlds of
// many cadences; Live makes households as card companies print them. Scores count a series
// as found if the ids agree by Jaccard at 0.8 or more, one to one; second
// charges and refunds count neither way.
package audittest

import (
	"jandon/internal/audit"
	"jandon/internal/history"
)

// History is an input with what is true of it.
type History struct {
	ID    string
	Input audit.Input
	Truth Truth
}

// Truth says what an audit should find. The names in JSON are those of labelled files.
type Truth struct {
	HistoryID string   `json:"history_id"`
	Series    []Series `json:"series"`
	Doubles   []Pair   `json:"double_charges"`
	Spared    []Pair   `json:"spared_pairs"` // may be told or not
}

// Series is a recurring charge that is there.
type Series struct {
	Tier       string     `json:"tier"` // core counts; early, trial and optional may be found or not
	Cadence    string     `json:"cadence"`
	Status     string     `json:"status"`
	Amount     int64      `json:"amount"`
	Kind       string     `json:"amount_kind"`
	IDs        []string   `json:"transaction_ids"`
	Neutral    []string   `json:"neutral_ids"`
	Changes    []Change   `json:"price_changes"`
	Next       string     `json:"next_date"` // empty: none is to come
	Segments   [][]string `json:"segments"`  // parts that may be found apart
	Boundaries []string   `json:"boundary_dates"`
	Features   []string   `json:"features"`
}

// Change is a step of a price.
type Change struct {
	Date string `json:"date"`
	From int64  `json:"from"`
	To   int64  `json:"to"`
}

// Pair is a charge that was made twice.
type Pair struct {
	IDs  []string `json:"transaction_ids"`
	Kind string   `json:"kind"`
}

func day(s string) history.Day {
	d, _ := history.ParseDay(s)
	return d
}
