package statement

import (
	"testing"

	"pgregory.net/rapid"

	"jandon/internal/money"
)

func TestExact(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text     string
		currency money.Currency
		want     int64
		why      Reason
	}{
		{"-4.75", "USD", -475, ""}, {"+4,75", "EUR", 475, ""}, {".5", "USD", 50, ""}, {"-,50", "EUR", -50, ""}, {"12", "USD", 1200, ""}, {"12.", "USD", 1200, ""},
		{"4500.00", "KRW", 4500, ""}, {"4500.0000", "KRW", 4500, ""}, {"-4,500", "KRW", -4500, ""}, {"1,000", "KRW", 1000, ""}, {"1,000", "USD", 100000, ""},
		{"1.000", "KRW", 0, BadAmount}, {"1.234", "EUR", 0, BadAmount}, {"1234.500", "EUR", 123450, ""}, {"0.500", "EUR", 50, ""}, {"1.234", "BHD", 1234, ""},
		{"1,234.56", "USD", 123456, ""}, {"1.234,56", "EUR", 123456, ""}, {"1 234,56", "EUR", 123456, ""}, {"1,234,567", "USD", 123456700, ""},
		{"1.5", "KRW", 0, BadAmount}, {"4.755", "USD", 0, BadAmount}, {"", "USD", 0, NoAmount}, {"abc", "USD", 0, BadAmount}, {"-", "USD", 0, BadAmount},
		{"--5", "USD", 0, BadAmount}, {"99999999999999999999", "KRW", 0, OutOfRange}, {"9999999999999999", "KRW", 9999999999999999, OutOfRange},
	} {
		if got, why := exact(c.text, c.currency); got != c.want || why != c.why {
			t.Errorf("%q %s: %d %s, want %d %s", c.text, c.currency, got, why, c.want, c.why)
		}
	}
}

func TestExactReadsWhatIsWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom([]money.Currency{"KRW", "USD", "BHD", "CLF"}).Draw(t, "currency")
		n := rapid.Int64Range(-maxMinor, maxMinor).Draw(t, "minor")
		if got, why := exact(money.Of(n, c).Plain(), c); got != n || why != "" {
			t.Fatalf("%s is read as %d %s", money.Of(n, c), got, why)
		}
	})
}
