package money_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jandon/internal/money"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in   string
		cur  money.Currency
		want int64
	}{
		{"1300", "KRW", 1300}, {"-1300", "KRW", -1300}, {"+1,300", "KRW", 1300}, {"1,234,567", "KRW", 1234567},
		{"₩1,300", "KRW", 1300}, {"-₩1,300", "KRW", -1300}, {"₩-1,300", "KRW", -1300}, {"￦1,300", "KRW", 1300}, {`\1,300`, "KRW", 1300},
		{"1,300원", "KRW", 1300}, {"1,300 won", "KRW", 1300}, {"KRW 1,300", "KRW", 1300}, {"1300 krw", "KRW", 1300}, {" 1,300 ", "KRW", 1300},
		{"(300)", "KRW", -300}, {"(₩300)", "KRW", -300}, {"300-", "KRW", -300}, {"▲300", "KRW", -300}, {"−300", "KRW", -300},
		{"１，３００", "KRW", 1300}, {"－１３００원", "KRW", -1300}, {"1 234", "KRW", 1234}, {"1\u00a0234\u202f567", "KRW", 1234567},
		{"1300.00", "KRW", 1300}, {"1300.0", "KRW", 1300}, {"1,300.00", "KRW", 1300}, {"1.300", "KRW", 1300}, {"1.000", "KRW", 1000}, {"1.234.567", "KRW", 1234567},
		{"0", "KRW", 0}, {"-0", "KRW", 0}, {"007", "KRW", 7},
		{"-$0.99", "USD", -99}, {"$0.99", "USD", 99}, {"0.9", "USD", 90}, {".5", "USD", 50}, {"5.", "USD", 500}, {"US$1,234.56", "USD", 123456}, {"12.3400", "USD", 1234},
		{"1.234,56-", "USD", -123456}, {"1.234,56", "EUR", 123456}, {"€ 0,99", "EUR", 99}, {"1'234.50", "CHF", 123450}, {"1 234,56", "EUR", 123456},
		{"1,000", "USD", 100000}, {"1.000", "EUR", 100000}, {"1.234", "KWD", 1234}, {"12,34,567", "INR", 0},
		{"9223372036854775807", "KRW", math.MaxInt64}, {"-9223372036854775808", "KRW", math.MinInt64},
	} {
		got, err := money.Parse(c.in, c.cur)
		if c.in == "12,34,567" {
			if err == nil {
				t.Errorf("Parse(%q) = %v: groups are of three", c.in, got)
			}
			continue
		}
		if err != nil || got != money.Of(c.want, c.cur) {
			t.Errorf("Parse(%q, %s) = %v, %v, want %d", c.in, c.cur, got, err, c.want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for _, in := range []string{
		"", " ", "-", "₩", "원", "abc", "12a", "1,30", "1,3000", ",300", "1,,300", "1..3", "--5", "(-5)", "(5", "5)", "1-2", "1e5", "0x10", "NaN", "Inf",
		"$5", "5 USD", "1.5", "1300.5", "1 2", "2026-11-22", "٣٠٠", "1,300,", "1,234.567.890,1", "9223372036854775808", "99999999999999999999999999",
	} {
		if got, err := money.Parse(in, money.KRW); err == nil {
			t.Errorf("Parse(%q) = %v", in, got)
		}
	}
	for in, want := range map[string]error{"9223372036854775808": money.ErrOverflow, "1x": money.ErrSyntax} {
		if _, err := money.ParseNumber(in, money.KRW, money.Point); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", in, err, want)
		}
	}
	if _, err := money.ParseNumber("1.005", money.USD, money.Point); !errors.Is(err, money.ErrDecimals) {
		t.Errorf("a tenth of a cent: %v", err)
	}
	if _, err := money.ParseNumber("92233720368547758.08", money.USD, money.Point); !errors.Is(err, money.ErrOverflow) {
		t.Errorf("one cent too many: %v", err)
	}
}

func TestGuessNumber(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		cur     money.Currency
		samples string
		want    money.Number
	}{
		{"KRW", "1300 2500", money.Point},
		{"USD", "1,300 0.99 12", money.Point},
		{"EUR", "1.300 0,99 12", money.Comma},
		{"EUR", "1.300 12", money.Comma},
		{"USD", "0,99 0.99", money.Number{}},
		{"USD", "total 0,99", money.Comma}, // words say nothing
	} {
		if got := money.GuessNumber(c.cur, strings.Fields(c.samples)...); got != c.want {
			t.Errorf("GuessNumber(%s, %s) = %q, want %q", c.cur, c.samples, got, c.want)
		}
	}
}

func anyCurrency(t *rapid.T) money.Currency {
	return rapid.SampledFrom([]money.Currency{"KRW", "USD", "EUR", "JPY", "KWD", "CLF", "CAD", "CNY", "CHF", "XAF", ""}).Draw(t, "currency")
}

func TestParseReadsWhatStylesWrite(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := money.Of(rapid.Int64().Draw(t, "minor"), anyCurrency(t))
		s := money.Style{
			Lang: rapid.SampledFrom([]string{"", "en", "ko"}).Draw(t, "lang"), Plus: rapid.Bool().Draw(t, "plus"),
			Unit: rapid.SampledFrom([]money.Unit{money.Symbol, money.Word, money.Code, money.Bare}).Draw(t, "unit"),
		}
		for _, text := range []string{s.Format(a), a.Plain()} {
			if got, err := money.ParseNumber(text, a.Currency, money.Point); err != nil || got != a {
				t.Fatalf("%q reads as %v, %v, want %v", text, got, err, a)
			}
			if got, err := money.Parse(text, a.Currency); err != nil || got != a {
				t.Fatalf("%q reads as %v, %v, want %v", text, got, err, a)
			}
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"₩1,300", "(1.234,56)", "1 234-", "▲300원", "$.5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, c := range []money.Currency{money.KRW, money.USD} {
			a, err := money.Parse(s, c)
			if err != nil {
				continue
			}
			if back, err := money.Parse(a.Plain(), c); err != nil || back != a {
				t.Fatalf("%q is %v, which reads as %v, %v", s, a, back, err)
			}
		}
	})
}
