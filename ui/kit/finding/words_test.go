package finding_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"jandon/internal/audit"
	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/review"
	"jandon/ui/kit"
	"jandon/ui/kit/finding"
	"jandon/ui/kit/kittest"
)

// Every word that an audit or a review may say has a text: an unknown id panics here.
func TestEveryWordOfAnAuditIsKnown(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "ko"} {
		w := finding.Words{Env: kittest.Env(lang), Currency: money.KRW}
		s := &review.Series{Charges: []review.Charge{{ID: "a"}}}
		for c := audit.Unknown; c <= audit.Yearly; c++ {
			s.Cadence = c
			w.Price(s)
		}
		for _, x := range []audit.Status{audit.Active, audit.Cancelled, audit.Paused, audit.Trial} {
			s.Status = x
			for _, s.HasNext = range []bool{false, true} {
				if w.Next(s) == "" || w.Due(s) == "" || w.Sure(s) == "" {
					t.Errorf("%s: nothing is said of %s", lang, x)
				}
				for _, y := range []review.Why{review.Trial, review.Silent, review.Rise, review.Overlap, review.Forgotten, review.Doubtful, review.New} {
					for _, o := range []audit.Occasion{audit.FirstCharge, audit.TrialEnd, audit.PriceRise} {
						r := review.Reason{Why: y, Occasion: o, From: 900, To: 1_900, With: []string{"Other"}, Category: "media"}
						if w.Reason(r) == "" || w.Explain(s, r) == "" {
							t.Errorf("%s: nothing is said of %s", lang, y)
						}
					}
				}
			}
		}
		w.Reason(review.Reason{Why: review.Twice})
		s.Kind = audit.Usage
		w.Price(s)
		for _, c := range []review.Consent{review.ConsentUnknown, review.ConsentGiven, review.ConsentMissing} {
			w.Env.Text.T("subscriptions.consent." + string(c))
		}
		for _, v := range []audit.Verdict{audit.Keep, audit.NotSubscription, audit.Snooze} {
			d := review.Decision{}
			d.Verdict, d.Until = v, 1
			if w.Decided(d, 0) == "" {
				t.Errorf("%s: nothing is said of %s", lang, v)
			}
		}
	}
}

func TestPlansOfOneMerchantAreCounted(t *testing.T) {
	t.Parallel()
	w := finding.Words{Env: kittest.Env("en"), Currency: money.KRW}
	s := &review.Series{}
	s.Merchant = "Han Mobile"
	for _, c := range []struct {
		with []string
		want string
	}{
		{[]string{"Han Mobile"}, "Han Mobile: 2 plans. Together ₩310,200 a year."},
		{[]string{"Other"}, "Han Mobile: Other as well. Together ₩310,200 a year."},
	} {
		if got := w.Explain(s, review.Reason{Why: review.Overlap, With: c.with, Annual: 310_200}); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestPercent(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		from, to int64
		want     string
	}{
		{9_900, 10_900, "+10%"}, {10_900, 9_900, "-9%"}, {1_000, 1_001, ""}, {0, 900, ""}, {5, 5, ""},
	} {
		if got := finding.Percent(x.from, x.to); got != x.want {
			t.Errorf("from %d to %d is %q, want %q", x.from, x.to, got, x.want)
		}
	}
}

// A bar is as high as its price, from nothing: a tenth more is a tenth higher.
func TestStepsAreAsHighAsPrices(t *testing.T) {
	t.Parallel()
	s := &review.Series{}
	for i := range 10 {
		price := int64(1_000)
		if i >= 5 {
			price = 2_000
		}
		s.Charges = append(s.Charges, review.Charge{Day: history.Day(30 * i), Minor: price})
	}
	lines := finding.Steps(kittest.Env("en").Theme, s, 2, 40)
	var sheet kit.Sheet
	sheet.Start(40, 2)
	for _, line := range lines {
		sheet.Row(0, 40, nil, line.Draw)
		sheet.Newline()
	}
	top, low, _ := strings.Cut(ansi.Strip(sheet.String()), "\n")
	if high := strings.Count(top, "█"); high < 15 || high > 20 || strings.Count(low, "█") != 40 {
		t.Errorf("twice the price for half of the time is\n%s\n%s", top, low)
	}
	if one := finding.Steps(kittest.Env("en").Theme, &review.Series{Charges: s.Charges[:1]}, 2, 40); one != nil {
		t.Error("one charge has no steps")
	}
}
