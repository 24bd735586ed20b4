package dispute_test

import (
	"strings"
	"testing"
	"time"

	"jandon/internal/dispute"
	"jandon/internal/fault"
	"jandon/internal/i18n"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

func shipped(t *testing.T) *dispute.Rules {
	t.Helper()
	r, err := dispute.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func at(t *testing.T, s string) time.Time {
	t.Helper()
	x, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// Deadlines are the ends of days in the platform's zone, and a merchant's days
// are working days.
func TestDeadlines(t *testing.T) {
	t.Parallel()
	r := shipped(t)
	for opened, want := range map[string][3]string{ // answer by, decide by, disputable until
		"2026-11-02T09:00:00+09:00": {"2026-11-05", "2026-11-16", "2027-01-31"}, // a Monday
		"2026-11-05T23:59:00+09:00": {"2026-11-10", "2026-11-19", "2027-02-03"}, // a Thursday: the weekend does not count
		"2026-11-07T00:00:00+09:00": {"2026-11-11", "2026-11-21", "2027-02-05"}, // a Saturday, in UTC still Friday
	} {
		o := at(t, opened)
		for i, got := range []time.Time{r.AnswerBy(o), r.DecideBy(o), r.Until(o)} {
			if s := got.In(r.Zone).Format(time.DateTime); s != want[i]+" 23:59:59" {
				t.Errorf("opened %s: %d is %s, want %s", opened, i, s, want[i])
			}
		}
	}
}

// Whatever the merchant does, the platform has decided before its own time is over.
func TestNoDecisionIsOverdue(t *testing.T) {
	t.Parallel()
	r := shipped(t)
	start := at(t, "2026-01-01T00:00:00Z")
	for h := range 24 * 14 {
		o := start.Add(time.Duration(h) * time.Hour)
		if r.Decides(r.AnswerBy(o)).After(r.DecideBy(o)) {
			t.Errorf("opened %s, silent until %s, decided %s, after %s", o, r.AnswerBy(o), r.Decides(r.AnswerBy(o)), r.DecideBy(o))
		}
	}
}

func TestWhatCanBeDisputed(t *testing.T) {
	t.Parallel()
	r := shipped(t)
	charged := at(t, "2026-08-01T12:00:00+09:00")
	x := wallet.Transaction{Type: wallet.Payment, Status: wallet.Posted, Amount: money.Won(-100), At: charged}
	for name, c := range map[string]struct {
		change func(*wallet.Transaction)
		at     time.Time
		why    string
	}{
		"posted":      {func(*wallet.Transaction) {}, charged.Add(time.Hour), ""},
		"pending":     {func(x *wallet.Transaction) { x.Status = wallet.Pending }, charged, ""},
		"last second": {func(*wallet.Transaction) {}, r.Until(charged), ""},
		"too old":     {func(*wallet.Transaction) {}, r.Until(charged).Add(time.Second), dispute.TooOld},
		"refunded":    {func(x *wallet.Transaction) { x.Status = wallet.Refunded }, charged, dispute.Refunded},
		"a refund":    {func(x *wallet.Transaction) { x.Type, x.Amount = wallet.Refund, money.Won(100) }, charged, dispute.NoPayment},
		"a top-up":    {func(x *wallet.Transaction) { x.Type, x.Amount = wallet.Topup, money.Won(100) }, charged, dispute.NoPayment},
		"a transfer":  {func(x *wallet.Transaction) { x.Type = wallet.TransferOut }, charged, dispute.NoPayment},
		"for nothing": {func(x *wallet.Transaction) { x.Amount = money.Won(0) }, charged, dispute.NoPayment},
	} {
		x := x
		c.change(&x)
		if why := r.Refuses(x, c.at); why != c.why {
			t.Errorf("%s: %q, want %q", name, why, c.why)
		}
	}
}

// Every outcome can be had by choosing a reason.
func TestEveryOutcomeCanBeProvoked(t *testing.T) {
	t.Parallel()
	r := shipped(t)
	seen := map[string]bool{}
	for _, reason := range wallet.DisputeReasons() {
		a := r.Answer(reason)
		seen[string(a.Says)+" "+a.Found] = true
	}
	for _, want := range []string{"agrees ", "silent person", "objects person", "objects merchant"} {
		if !seen[want] {
			t.Errorf("nothing leads to %q", want)
		}
	}
	if a := r.Answer("made_up"); a.Says != dispute.Silent {
		t.Errorf("an unknown reason is answered %q", a.Says)
	}
}

func TestContradictingRulesAreRefused(t *testing.T) {
	t.Parallel()
	good := `version = "1"
from = 2026-11-01
zone = "Asia/Seoul"
may = {days = 90, source = "a"}
merchant = {workdays = 3, source = "b"}
platform = {days = 14, hours = 48, source = "c"}
`
	for _, reason := range wallet.DisputeReasons() {
		good += "[[answers]]\nreason = \"" + string(reason) + "\"\nsays = \"agrees\"\nafter = 24\n"
	}
	if _, err := dispute.Parse([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string][2]string{
		"no zone":                 {`"Asia/Seoul"`, `"Nowhere/Land"`},
		"no version":              {`version = "1"`, `version = ""`},
		"no days":                 {"days = 90", "days = 0"},
		"no source":               {`source = "b"`, `source = ""`},
		"no time to look":         {"hours = 48", "hours = 200"},
		"nobody answers":          {`reason = "double"`, `reason = "not_mine"`},
		"says what nobody says":   {`says = "agrees"`, `says = "maybe"`},
		"objects and nobody":      {`says = "agrees"`, `says = "objects"`},
		"answers out of time":     {"after = 24", "after = 100"},
		"something else in there": {"zone", "place"},
	} {
		if _, err := dispute.Parse([]byte(strings.Replace(good, change[0], change[1], 1))); fault.From(err) == nil || fault.From(err).Code != fault.BadFile {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestEveryRefusalIsSaid(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "ko"} {
		p := i18n.Must(lang)
		for _, id := range []string{dispute.NoPayment, dispute.Refunded, dispute.TooOld} {
			if !p.Has(id) {
				t.Errorf("%s does not know %s", lang, id)
			}
		}
	}
}
