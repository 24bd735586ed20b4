package valuepath

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"jandon/internal/money"
)

func TestBrokerArithmetic(t *testing.T) {
	t.Parallel()
	k := book(t).Broker
	c := k.Range(money.Won(100_000), 12)
	if c[0].Fee.Minor != 15_000 || c[0].Gets.Minor != 85_000 || c[0].PerYear.Minor != 180_000 || c[0].RateBP != 21470 {
		t.Errorf("15 %%: %+v", c[0])
	}
	if c[1].Fee.Minor != 30_000 || c[1].Gets.Minor != 70_000 || c[1].PerYear.Minor != 360_000 || c[1].RateBP != 52142 {
		t.Errorf("30 %%: %+v", c[1])
	}
	if got := k.Cost(money.Won(100_000), 1500, 1000); got.Times != 365 || got.PerYear.Minor != 365*15_000 {
		t.Errorf("more than once a day: %+v", got)
	}
	if got := k.Cost(money.Won(1_001), 1500, 1).Fee.Minor; got != 151 {
		t.Errorf("brokers round up: %d", got)
	}
	for lang, want := range map[string]string{
		"en": "A broker's 15% of ₩100,000 is ₩15,000: you get ₩85,000, and the bill of ₩100,000 still comes. 12 times a year that is ₩180,000.",
		"ko": "중개업자가 ₩100,000에서 15% 떼면 ₩15,000 사라져요. 받는 돈은 ₩85,000뿐인데 청구서는 ₩100,000 그대로 와요. 1년에 12번이면 ₩180,000예요.",
	} {
		if got := says(lang).Say(c[0].Say()); got != want {
			t.Errorf("%s: %s", lang, got)
		}
	}
	if got := says("en").Say(c[1].SayRate()); got != "As a loan of 30 days it costs 521.42% a year." {
		t.Error(got)
	}
}

func TestBrokerArithmeticAddsUp(t *testing.T) {
	t.Parallel()
	k := book(t).Broker
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.Int64().Draw(t, "amount")
		c := k.Cost(money.Won(amount), rapid.Int64().Draw(t, "bp"), rapid.Int64().Draw(t, "times"))
		if c.Fee.Minor+c.Gets.Minor != c.Amount.Minor || c.Fee.Minor < 0 || c.Gets.Minor < 0 || c.PerYear.Minor < 0 || c.RateBP < 0 {
			t.Fatalf("%+v", c)
		}
	})
	if c := k.Cost(money.Won(math.MaxInt64), 1500, 12); c.Amount.Minor != MaxAmount {
		t.Errorf("%+v", c)
	}
}
