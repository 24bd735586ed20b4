package review

import (
	"encoding/json"
	"slices"
	"time"

	"jandon/internal/audit"
	"jandon/internal/history"
	"jandon/internal/notes"
)

// Decisions is the kind of notes that hold decisions.
const Decisions = "decision"

// Decision is a verdict and the note that it is kept in.
type Decision struct {
	audit.Decision
	Key string // of the note
	At  time.Time
}

// SnoozeLeast is the least number of days that a finding may be put off: less
// would only ask again in the same week.
const SnoozeLeast = 7

// namedMost is how many charges a decision names at most, the last ones: two
// years of months tell a series from all others.
const namedMost = 24

// Decide is a decision about a series.
func (s *Series) Decide(v audit.Verdict) Decision {
	d := Decision{Key: "series:" + s.Key}
	d.Verdict = v
	for _, c := range s.Charges[max(len(s.Charges)-namedMost, 0):] {
		d.Transactions = append(d.Transactions, c.ID)
	}
	return d
}

// MergeWith is the decision that another series is this one.
func (s *Series) MergeWith(other *Series) Decision {
	d := Decision{Key: "merge:" + s.Key + "+" + other.Key}
	d.Verdict = audit.Merge
	d.Transactions = []string{s.Key, other.Key}
	return d
}

// Decide is a decision about a pair of charges.
func (x *Double) Decide(v audit.Verdict) Decision {
	d := Decision{Key: x.Key}
	d.Verdict = v
	d.Transactions = []string{x.First.ID, x.Second.ID}
	return d
}

// doubleKey names a pair of charges, in either order.
func doubleKey(a, b string) string { return "double:" + min(a, b) + "+" + max(a, b) }

// kept is how a decision is written down.
type kept struct {
	Verdict      audit.Verdict `json:"verdict"`
	Transactions []string      `json:"transactions"`
	Made         string        `json:"made"`
	Until        string        `json:"until,omitempty"`
}

// note is the decision as it is kept.
func (d Decision) note() (notes.Note, error) {
	k := kept{Verdict: d.Verdict, Transactions: d.Transactions, Made: d.Made.String()}
	if d.Verdict == audit.Snooze {
		k.Until = d.Until.String()
	}
	value, err := json.Marshal(k)
	return notes.Note{Kind: Decisions, Key: d.Key, Value: string(value), At: d.At}, err
}

// read is the decision of a note; ok is false for what another version wrote
// and this one can't read.
func read(n notes.Note) (d Decision, ok bool) {
	var k kept
	if json.Unmarshal([]byte(n.Value), &k) != nil || len(k.Transactions) == 0 {
		return d, false
	}
	d = Decision{Key: n.Key, At: n.At}
	d.Verdict, d.Transactions = k.Verdict, k.Transactions
	made, err := history.ParseDay(k.Made)
	if err != nil {
		return d, false
	}
	d.Made = made
	if k.Verdict == audit.Snooze {
		if d.Until, err = history.ParseDay(k.Until); err != nil {
			return d, false
		}
	}
	return d, true
}

// Verdicts are the decisions that an audit must respect.
func Verdicts(said []notes.Note) []audit.Decision {
	list := make([]audit.Decision, 0, len(said))
	for _, n := range said {
		if d, ok := read(n); ok {
			list = append(list, d.Decision)
		}
	}
	return list
}

func byKey(said []notes.Note) map[string]Decision {
	m := make(map[string]Decision, len(said))
	for _, n := range said {
		if d, ok := read(n); ok {
			m[n.Key] = d
		}
	}
	return m
}

// about is the last decision about a series, by the rule of the audit.
func (f *Findings) about(s *Series) (last Decision) {
	for _, d := range f.Said {
		if d.Verdict == audit.Merge || d.Verdict == audit.BothMine || !d.At.After(last.At) {
			continue
		}
		n := 0
		for _, id := range d.Transactions {
			if slices.ContainsFunc(s.Charges, func(c Charge) bool { return c.ID == id }) {
				n++
			}
		}
		if d.Concerns(n, len(s.Charges)) {
			last = d
		}
	}
	return last
}

// Snoozed is the day until which a finding is put off after a decision: for a
// week; for two if it was put off for one today, then for a month.
func Snoozed(today history.Day, before Decision) history.Day {
	spans := [...]history.Day{SnoozeLeast, 14, 30}
	for i, n := range spans[:len(spans)-1] {
		if before.Verdict == audit.Snooze && before.Until == today+n {
			return today + spans[i+1]
		}
	}
	return today + SnoozeLeast
}
