package audit_test

import (
	"testing"

	"jandon/internal/audit"
	"jandon/internal/history"
)

func twoLines() *book {
	b := bookAt("2026-01-20")
	b.monthly(2025, 1, 7, 12, 8900, "Fit Star")
	b.monthly(2025, 2, 13, 12, 4400, "Ondo Mail")
	return b
}

func TestWhatIsNoSubscriptionStaysAway(t *testing.T) {
	t.Parallel()
	b := twoLines()
	no := audit.Decision{Verdict: audit.NotSubscription, Transactions: []string{"t0001", "t0002", "t0003"}, Made: on("2025-04-01")}
	r := b.run(no)
	if len(r.Series) != 1 || len(r.Dismissed) != 1 || r.Dismissed[0].Merchant != "Fit Star" || r.Creep.Now != 4400 {
		t.Errorf("%d series, %d dismissed, %d a month", len(r.Series), len(r.Dismissed), r.Creep.Now)
	}
	again := audit.Decision{Verdict: audit.Keep, Transactions: []string{"t0002"}, Made: on("2025-05-01")}
	for _, both := range [][]audit.Decision{{no, again}, {again, no}} { // the later one holds, in any order
		if r = b.run(both...); len(r.Series) != 2 || !r.Series[0].Kept && !r.Series[1].Kept {
			t.Errorf("%d series after it was kept", len(r.Series))
		}
	}
}

func TestSnoozeLastsAWeekAtLeast(t *testing.T) {
	t.Parallel()
	b := twoLines()
	for until, want := range map[string]string{"2026-01-19": "2026-01-25", "2026-02-20": "2026-02-20"} {
		r := b.run(audit.Decision{Verdict: audit.Snooze, Transactions: []string{"t0001"}, Made: on("2026-01-18"), Until: on(until)})
		found := false
		for _, s := range r.Series {
			found = found || s.Snoozed == on(want) && s.Merchant == "Fit Star"
		}
		if !found {
			t.Errorf("until %s: %+v", until, r.Series)
		}
	}
	r := b.run(audit.Decision{Verdict: audit.Snooze, Transactions: []string{"t0001"}, Made: on("2025-11-01"), Until: on("2025-12-01")})
	if r.Series[0].Snoozed != 0 || r.Series[1].Snoozed != 0 {
		t.Error("a snooze that is over still holds")
	}
}

func TestBothAreMine(t *testing.T) {
	t.Parallel()
	b := bookAt("2026-01-20")
	b.add(on("2025-12-30"), 12, -777, "First Line")
	b.add(on("2026-01-10"), 12, -15370, "Zettel Kart")
	b.add(on("2026-01-10"), 12.03, -15370, "Zettel Kart")
	if r := b.run(); len(r.Doubles) != 1 {
		t.Fatalf("%d doubles", len(r.Doubles))
	}
	if r := b.run(audit.Decision{Verdict: audit.BothMine, Transactions: []string{"t0003", "t0002"}}); len(r.Doubles) != 0 {
		t.Error("told again")
	}
	if r := b.run(audit.Decision{Verdict: audit.BothMine, Transactions: []string{"t0003", "t0001"}}); len(r.Doubles) != 1 {
		t.Error("another pair was meant")
	}
}

func TestMergedSeriesAreOne(t *testing.T) {
	t.Parallel()
	r := twoLines().run(audit.Decision{Verdict: audit.Merge, Transactions: []string{"t0001", "t0013"}})
	if s := only(t, r); len(s.Members) != 24 {
		t.Errorf("%d members", len(s.Members))
	}
}

func TestConsent(t *testing.T) {
	t.Parallel()
	b := bookAt("2026-01-20")
	b.monthly(2025, 1, 7, 8, 8900, "Fit Star")
	b.monthly(2025, 9, 7, 5, 9900, "Fit Star")
	if r := b.run(); len(r.Silent) != 2 || r.Silent[0].Known || r.Silent[1].What != audit.PriceRise || r.Silent[1].Day != on("2025-09-07") {
		t.Fatalf("without records: %+v", r.Silent)
	}
	b.in.Mandates = []audit.Mandate{{First: "t0001"}}
	if r := b.run(); len(r.Silent) != 2 || !r.Silent[0].Known {
		t.Fatalf("a mandate without a consent: %+v", r.Silent)
	}
	b.in.Mandates[0].Consents = []audit.Consent{{Transaction: "t0001", Day: on("2025-01-07")}, {Transaction: "t0009", Day: on("2025-08-20")}}
	if r := b.run(); len(r.Silent) != 0 {
		t.Errorf("agreed to: %+v", r.Silent)
	}
	b.in.Mandates[0].Consents[1].Day = on("2025-08-01") // more than 30 days before
	if r := b.run(); len(r.Silent) != 1 || !r.Silent[0].Known || r.Silent[0].ID != "t0009" {
		t.Errorf("too early: %+v", r.Silent)
	}
}

// trial is a free start, a first price some days later, and what follows.
func trial(days history.Day) *book {
	b := bookAt("2026-01-20")
	b.add(on("2025-06-09")-days, 10, 0, "HANBIT TV 무료체험")
	b.monthly(2025, 6, 9, 8, 9_900, "HANBIT TV")
	return b
}

// A4: what was agreed to more than 30 days before it began to cost is no consent.
func TestConsentBeforeATrialCosts(t *testing.T) {
	t.Parallel()
	b := trial(30)
	r := b.run()
	if len(r.Silent) != 2 || r.Silent[0].What != audit.FirstCharge || r.Silent[1].What != audit.TrialEnd || r.Silent[1].ID != "t0002" || r.Silent[1].Day != on("2025-06-09") {
		t.Fatalf("without records: %+v", r.Silent)
	}
	for ago, silent := range map[history.Day]int{0: 0, 1: 0, 30: 0, 31: 1, -1: 1} {
		b.in.Mandates = []audit.Mandate{{First: "t0001", Consents: []audit.Consent{
			{Transaction: "t0001", Day: on("2025-05-10")}, {Transaction: "t0002", Day: on("2025-06-09") - ago},
		}}}
		if r = b.run(); len(r.Silent) != silent || silent > 0 && (r.Silent[0].What != audit.TrialEnd || !r.Silent[0].Known) {
			t.Errorf("agreed to %d days before: %+v", ago, r.Silent)
		}
	}
	// What was agreed to when the trial began is no consent to its price.
	b.in.Mandates = []audit.Mandate{{First: "t0001", Consents: []audit.Consent{{Transaction: "t0001", Day: on("2025-05-10")}}}}
	if r = b.run(); len(r.Silent) != 1 || r.Silent[0].What != audit.TrialEnd {
		t.Errorf("%+v", r.Silent)
	}
}

// The end of a promotion is a rise as any other; a lower price needs no consent.
func TestConsentBeforeEveryRise(t *testing.T) {
	t.Parallel()
	b := bookAt("2026-01-20")
	b.monthly(2025, 3, 7, 3, 100, "Fit Star") // a promotion
	b.monthly(2025, 6, 7, 4, 8_900, "Fit Star")
	b.monthly(2025, 10, 7, 3, 7_900, "Fit Star")
	b.monthly(2026, 1, 7, 1, 9_900, "Fit Star")
	b.in.Mandates = []audit.Mandate{{First: "t0001", Consents: []audit.Consent{{Transaction: "t0001", Day: on("2025-03-07")}}}}
	r := b.run()
	var got []string
	for _, s := range r.Silent {
		got = append(got, string(s.What)+" "+s.Day.String())
	}
	want(t, got, "price_rise 2025-06-07", "price_rise 2026-01-07")
}

// Before the rule was in force nothing had to be agreed to but the first charge.
func TestNoConsentBeforeTheRule(t *testing.T) {
	t.Parallel()
	b := bookAt("2025-02-20")
	b.monthly(2024, 5, 7, 5, 8_900, "Fit Star")
	b.monthly(2024, 10, 7, 5, 9_900, "Fit Star")
	if r := b.run(); len(r.Silent) != 1 || r.Silent[0].What != audit.FirstCharge {
		t.Errorf("%+v", r.Silent)
	}
}
