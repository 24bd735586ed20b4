package money_test

import (
	"errors"
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"jandon/internal/money"
)

func TestFormat(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		style money.Style
		a     money.Amount
		want  string
	}{
		{money.Style{}, money.Won(1300), "₩1,300"},
		{money.Style{}, money.Won(-1300), "-₩1,300"},
		{money.Style{Plus: true}, money.Won(1300), "+₩1,300"},
		{money.Style{Plus: true}, money.Won(0), "₩0"},
		{money.Style{Lang: "ko", Unit: money.Word}, money.Won(1300), "1,300원"},
		{money.Style{Lang: "en", Unit: money.Word}, money.Won(-1234567), "-1,234,567 won"},
		{money.Style{Unit: money.Code}, money.Won(999), "KRW 999"},
		{money.Style{Unit: money.Bare}, money.Won(1000), "1,000"},
		{money.Style{}, money.Of(99, money.USD), "$0.99"},
		{money.Style{}, money.Of(-5, money.USD), "-$0.05"},
		{money.Style{Unit: money.Word}, money.Of(123456, money.USD), "$1,234.56"},
		{money.Style{}, money.Of(1234567, "KWD"), "KWD 1,234.567"},
		{money.Style{}, money.Won(math.MinInt64), "-₩9,223,372,036,854,775,808"},
		{money.Style{}, money.Of(math.MaxInt64, money.USD), "$92,233,720,368,547,758.07"},
		{money.Style{}, money.Of(12, ""), "0.12"},
	} {
		if got := c.style.Format(c.a); got != c.want {
			t.Errorf("Format(%v) = %q, want %q", c.a, got, c.want)
		}
	}
	if got := money.Won(-1300).String(); got != "KRW -1300" {
		t.Error(got)
	}
}

func TestAdd(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x, y := rapid.Int64().Draw(t, "x"), rapid.Int64().Draw(t, "y")
		got, err := money.Won(x).Add(money.Won(y))
		again, err2 := money.Won(y).Add(money.Won(x))
		if got != again || !errors.Is(err, err2) {
			t.Fatalf("%v, %v against %v, %v", got, err, again, err2)
		}
		want := new(big.Int).Add(big.NewInt(x), big.NewInt(y))
		if !want.IsInt64() {
			if !errors.Is(err, money.ErrOverflow) {
				t.Fatalf("%v, %v for %v", got, err, want)
			}
		} else if err != nil || got.Minor != want.Int64() {
			t.Fatalf("%v, %v for %v", got, err, want)
		}
	})
	if _, err := money.Won(1).Add(money.Of(1, money.USD)); !errors.Is(err, money.ErrCurrency) {
		t.Errorf("won and dollars: %v", err)
	}
	if got, err := (money.Amount{}).Add(money.Won(5)); err != nil || got != money.Won(5) {
		t.Errorf("nothing and five: %v, %v", got, err)
	}
	if _, err := money.Won(math.MinInt64).Neg(); !errors.Is(err, money.ErrOverflow) {
		t.Errorf("the least has no negative: %v", err)
	}
}

func TestSplit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.Int64().Draw(t, "whole")
		weights := rapid.SliceOfN(rapid.OneOf(rapid.Int64Range(0, 9), rapid.Int64Range(0, math.MaxInt64/8)), 1, 8).Draw(t, "weights")
		total := new(big.Int)
		for _, w := range weights {
			total.Add(total, big.NewInt(w))
		}
		parts, err := money.Won(whole).Split(weights...)
		if total.Sign() == 0 {
			if !errors.Is(err, money.ErrSplit) {
				t.Fatalf("all weights zero: %v", err)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		sum := new(big.Int)
		for i, p := range parts {
			sum.Add(sum, big.NewInt(p.Minor))
			// |part·total − whole·weight| ≤ total: within one unit of its share.
			diff := new(big.Int).Mul(big.NewInt(p.Minor), total)
			diff.Sub(diff, new(big.Int).Mul(big.NewInt(whole), big.NewInt(weights[i])))
			if diff.CmpAbs(total) > 0 {
				t.Fatalf("part %d of %d by %v is %d", i, whole, weights, p.Minor)
			}
			if weights[i] == 0 && p.Minor != 0 {
				t.Fatalf("a part without weight got %d", p.Minor)
			}
		}
		if sum.Cmp(big.NewInt(whole)) != 0 {
			t.Fatalf("parts sum to %v, not %d", sum, whole)
		}
	})
	if _, err := money.Won(1).Split(1, -1); !errors.Is(err, money.ErrSplit) {
		t.Errorf("a negative weight: %v", err)
	}
	if _, err := money.Won(1).Split(math.MaxInt64, math.MaxInt64, math.MaxInt64); !errors.Is(err, money.ErrOverflow) {
		t.Errorf("weights beyond range: %v", err)
	}
	if got, _ := money.Won(1300).Split(1, 1, 1); got[0].Minor != 434 || got[1].Minor != 433 || got[2].Minor != 433 {
		t.Errorf("the odd unit goes to the first: %v", got)
	}
}

func TestCurrency(t *testing.T) {
	t.Parallel()
	for c, want := range map[money.Currency]int{"KRW": 0, "USD": 2, "JPY": 0, "KWD": 3, "CLF": 4, "EUR": 2} {
		if c.Digits() != want || !c.Valid() {
			t.Errorf("%s has %d decimals, want %d", c, c.Digits(), want)
		}
	}
	for _, c := range []money.Currency{"", "krw", "KR", "KRWX", "K1W", "원"} {
		if c.Valid() {
			t.Errorf("%q passes for a currency", c)
		}
	}
}
