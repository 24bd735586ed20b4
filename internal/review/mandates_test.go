package review_test

import (
	"context"
	"testing"
	"time"

	"jandon/internal/money"
	"jandon/internal/review"
	"jandon/internal/wallet"
)

// Consent is told of series that a mandate is of, and of no others.
func TestConsentByMandate(t *testing.T) {
	t.Parallel()
	last := time.Date(2026, 11, 5, 9, 0, 0, 0, seoul)
	w := made(monthly("Wave", last, 14, 7_900, 8_900, 8_900), monthly("Navi", last.AddDate(0, 0, 3), 14, 4_900))
	first := w.lines[0]
	held := []wallet.Mandate{{
		ID: "m-1", First: first.ID,
		Consents: []wallet.Consent{{At: first.At.Add(-time.Minute), Charge: first.ID, Price: money.Won(7_900)}},
	}}
	w.Mandates = func(context.Context) ([]wallet.Mandate, error) { return held, nil }
	for _, agreed := range []bool{false, true} {
		if agreed { // to the rise as well
			rise := w.lines[12]
			held[0].Consents = append(held[0].Consents, wallet.Consent{At: rise.At.AddDate(0, 0, -14), Charge: rise.ID, Price: money.Won(8_900)})
		}
		f := w.find(t)
		for _, s := range f.Series {
			want := review.ConsentUnknown
			switch {
			case s.Merchant == "Wave" && agreed:
				want = review.ConsentGiven
			case s.Merchant == "Wave":
				want = review.ConsentMissing
			}
			if s.Consent != want || (s.Mandate != nil) != (s.Merchant == "Wave") {
				t.Errorf("%s (rise agreed to: %v): consent %q, mandate %v", s.Merchant, agreed, s.Consent, s.Mandate)
			}
		}
	}
}
