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

// A card gives every charge an approval number of its own; only the number of
// an order tells two purchases apart.
func TestAuditSeesDoublesOfACardThatNumbersItsCharges(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		column, one, two string
		doubles          int
	}{
		"approval numbers":        {"승인번호", "30012345", "30012391", 1},
		"transaction numbers":     {"거래번호", "T-1", "T-2", 1},
		"one approval, two lines": {"승인번호", "30012345", "30012345", 1},
		"one order":               {"주문번호", "2026031400017", "2026031400017", 1},
		"two orders":              {"주문번호", "2026031400017", "2026031400018", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOwner(t)
			var found struct {
				Doubles []struct {
					IDs []string `json:"transaction_ids"`
				} `json:"double_charges"`
			}
			o.json(&found, "audit", "--from", o.file("card.csv", "이용일자,이용시간,가맹점명,이용금액,이용구분,"+c.column+"\n"+
				"2026-03-02,12:10:05,한우리분식,8000,일시불,30011111\n2026-03-05,19:44:31,새봄서점,15400,일시불,30011789\n2026-03-09,08:31:00,모퉁이카페,4500,일시불,30012001\n"+
				"2026-03-14,20:15:10,가온마켓,21900,일시불,"+c.one+"\n2026-03-14,20:17:12,가온마켓,21900,일시불,"+c.two+"\n2026-03-20,18:02:44,한우리분식,9500,일시불,30013310\n"))
			if len(found.Doubles) != c.doubles {
				t.Errorf("%+v", found.Doubles)
			}
		})
	}
}
