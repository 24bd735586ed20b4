package risk_test

import (
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/platform/risk"
)

var start = time.Date(2026, 3, 2, 3, 0, 0, 0, time.UTC) // noon in Seoul, a Monday

func policy(t testing.TB) *risk.Policy {
	t.Helper()
	p, err := risk.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const (
	phone, home, bank, topup = risk.Key(11), risk.Key(21), risk.Key(31), risk.Key(41)
)

// usual is what a settled person does: a middling sum to their own bank from home, at noon.
func usual(at time.Time, amount int64) risk.Attempt {
	return risk.Attempt{
		Action: act.Cashout, At: at, Amount: amount, Device: phone, Network: home,
		Bound: start.AddDate(0, -6, 0), Joined: start.AddDate(-1, 0, 0),
		Payees: []risk.Payee{{Key: bank, Added: start.AddDate(0, -6, 0)}},
	}
}

// settled is the profile of somebody who has done that for some weeks, and the next noon.
func settled(t testing.TB) (*risk.Profile, time.Time) {
	t.Helper()
	w, p := policy(t), new(risk.Profile)
	w.Enrolled(p, phone, home, start.AddDate(0, -6, 0))
	at := start
	for i := range 30 {
		a := usual(at, 12_000+int64(i%5)*2_000)
		w.Learn(p, w.Note(p, a))
		at = at.AddDate(0, 0, 2)
	}
	return p, at
}

func sum(d risk.Decision) (n int) {
	for _, r := range d.Reasons() {
		n += r.Points
	}
	return n
}

func has(d risk.Decision, c risk.Code) bool {
	for _, r := range d.Reasons() {
		if r.Code == c {
			return true
		}
	}
	return false
}
