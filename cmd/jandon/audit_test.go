package main

import (
	"context"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"time"

	"jandon/internal/audit"
	"jandon/internal/review"
)

// What a person said on the screens holds for the command, too.
func TestAuditHeedsWhatWasDecided(t *testing.T) {
	t.Parallel()
	home, ctx := t.TempDir(), context.Background()
	type found struct {
		Series    []struct{ Merchant string }
		Dismissed []struct{ Merchant string }
	}
	ask := func() (f found) {
		if err := json.Unmarshal(answer(t, home, "audit", "--demo", "everyday", "--json"), &f); err != nil {
			t.Fatal(err)
		}
		return f
	}
	before := ask()
	if len(before.Series) == 0 || len(before.Dismissed) != 0 {
		t.Fatalf("%d series and %d dismissed at first", len(before.Series), len(before.Dismissed))
	}

	a := &app{
		in: strings.NewReader(""), out: io.Discard, err: io.Discard, environ: []string{"JANDON_HOME=" + home, "LANG=C.UTF-8"},
		now: func() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) },
	}
	a.tree() // makes the flags that settings are read from
	if err := a.load(); err != nil {
		t.Fatal(err)
	}
	s, err := a.open(ctx, origin{demo: "everyday"})
	if err != nil {
		t.Fatal(err)
	}
	findings, err := a.findings(s).Findings(ctx)
	if err != nil {
		t.Fatal(err)
	}
	decision := findings.Series[0].Decide(audit.NotSubscription)
	if err := review.Say(ctx, s.said, time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), &decision, nil); err != nil {
		t.Fatal(err)
	}
	s.shut()

	after := ask()
	if len(after.Dismissed) != 1 || after.Dismissed[0].Merchant != findings.Series[0].Merchant || len(after.Series) != len(before.Series)-1 {
		t.Errorf("after one was said to be none: %d series, dismissed %+v", len(after.Series), after.Dismissed)
	}
}

// An audit is of one currency; what it leaves out is named.
func TestAuditNamesOtherCurrencies(t *testing.T) {
	t.Parallel()
	o := newOwner(t)
	path := o.file("card.csv", "date,merchant,amount,currency\n2026-01-05,가,-9900,KRW\n2026-02-05,가,-9900,KRW\n2026-03-05,가,-9900,KRW\n2026-03-06,b,-4.99,EUR\n")
	var found struct {
		From     string `json:"history_id"`
		Currency string
		Others   []otherJSON `json:"other_currencies"`
	}
	o.json(&found, "audit", "--from", path)
	if found.From != "card" || found.Currency != "KRW" || len(found.Others) != 1 || found.Others[0] != (otherJSON{"EUR", 1}) {
		t.Errorf("%+v", found)
	}
	if out, _ := o.run(0, "audit", "--from", path); !strings.Contains(out, "Not in the sums: 1 transaction in EUR") {
		t.Error(out)
	}
}
