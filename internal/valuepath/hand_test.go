package valuepath

import (
	"maps"
	"strings"
	"testing"
	"time"

	"jandon/internal/money"
	"jandon/internal/wallet"
)

func TestByHand(t *testing.T) {
	t.Parallel()
	b := book(t)
	r := ask(b, 10_000, cash(9_000), lot("promo", wallet.Promotional, "promotion", 1000))
	for name, c := range map[string]struct {
		want map[string]int64
		bad  map[string]Code
		got  map[string]int64
		rest int64
	}{
		"as told":           {map[string]int64{"mobile_topup": 3000, "bank_transfer": 6000, "donation": 1000}, nil, map[string]int64{"mobile_topup": 3000, "bank_transfer": 6000, "donation": 1000}, 0},
		"nothing":           {nil, nil, map[string]int64{}, 10_000},
		"no whole unit":     {map[string]int64{"mobile_topup": 3500}, map[string]Code{"mobile_topup": WholeUnits}, map[string]int64{}, 10_000},
		"below the minimum": {map[string]int64{"bank_transfer": 999, "donation": 5}, map[string]Code{"bank_transfer": BelowMin}, map[string]int64{"donation": 5}, 9995},
		"less than nothing": {map[string]int64{"donation": -5}, map[string]Code{"donation": BelowMin}, map[string]int64{}, 10_000},
		"over the limit":    {map[string]int64{"mobile_topup": 51_000}, map[string]Code{"mobile_topup": OverLimit}, map[string]int64{}, 10_000},
		"the same won twice": {
			map[string]int64{"bank_transfer": 6000, "mobile_topup": 4000},
			map[string]Code{"mobile_topup": TooMuch},
			map[string]int64{"bank_transfer": 6000}, 4000,
		},
		"promotion to the bank": {map[string]int64{"bank_transfer": 9001}, map[string]Code{"bank_transfer": TooMuch}, map[string]int64{}, 10_000},
		"not for this value":    {map[string]int64{"voucher_refund": 5}, map[string]Code{"voucher_refund": NotEligible}, map[string]int64{}, 10_000},
	} {
		p, bad, err := b.ByHand(r, c.want)
		if err != nil {
			t.Fatal(err)
		}
		sums(t, b, &r, &Outcome{Front: []Plan{*p}})
		got := map[string]Code{}
		for _, s := range bad {
			got[s.Rail] = s.Code
			for _, lang := range []string{"en", "ko"} {
				if says(lang).Say(s.Say) == "" || says(lang).Say(s.Remedy) == "" {
					t.Errorf("%s: %s says nothing", name, s.Rail)
				}
			}
		}
		if !maps.Equal(got, c.bad) || !maps.Equal(p.Amounts(), c.got) || p.Rest.Minor != c.rest || p.Proved {
			t.Errorf("%s: %v, refused %v, rest %v", name, p.Amounts(), got, p.Rest)
		}
	}
	if _, _, err := b.ByHand(ask(b, 2, cash(1)), nil); err == nil {
		t.Error("more than there is")
	}
}

// The sentence speaks of what is too little for one more unit, however much was asked for.
func TestByHandNamesWhatIsLessThanAUnit(t *testing.T) {
	t.Parallel()
	b := book(t)
	_, bad, err := b.ByHand(ask(b, 9_000, cash(9_000)), map[string]int64{"mobile_topup": 3_099})
	if err != nil || len(bad) != 1 {
		t.Fatal(bad, err)
	}
	if got := says("en").Say(bad[0].Say); !strings.Contains(got, "₩99 is less than one") {
		t.Errorf("%q", got)
	}
}

// What is over the day's limit goes tomorrow; what is over an act's, never.
func TestByHandOverALimitSaysWhen(t *testing.T) {
	t.Parallel()
	b := book(t)
	r := ask(b, 200_000, cash(200_000))
	r.Used = map[string]int64{"mobile_topup": 60_000}
	for want, c := range map[int64]struct {
		when   time.Time
		remedy string
	}{
		41_000: {time.Date(2026, 11, 24, 0, 0, 0, 0, seoul), "rail.way.over_limit"},
		51_000: {time.Time{}, "rail.way.tier"},
	} {
		_, bad, err := b.ByHand(r, map[string]int64{"mobile_topup": want})
		if err != nil || len(bad) != 1 || bad[0].Code != OverLimit || !bad[0].When.Equal(c.when) || bad[0].Remedy.ID != c.remedy {
			t.Errorf("%d: %v %+v", want, err, bad)
		}
	}
}

// What the planner finds can be given back to it by hand.
func TestEveryPlanCanBeMadeByHand(t *testing.T) {
	t.Parallel()
	b := book(t)
	for seed := range uint64(200) {
		r := drawRequest(b, seed)
		for _, p := range plan(t, b, r).Front {
			hand, bad, err := b.ByHand(r, p.Amounts())
			if err != nil || len(bad) > 0 || hand.Value != p.Value || hand.Fees != p.Fees || hand.Rest != p.Rest || hand.Time != p.Time {
				t.Fatalf("seed %d: %v %v\n%+v\n%+v", seed, err, bad, hand, p)
			}
		}
	}
}

func TestFeesAreExact(t *testing.T) {
	t.Parallel()
	b := book(t)
	rail, _ := b.Rail("bank_instant")
	for x, want := range map[int64]int64{0: 0, -5: 0, 5000: 800, 80_000: 800, 80_100: 801, 299_900: 2999, 300_000: 3000, 5_000_000: 3000, MaxAmount: 3000} {
		if got := rail.Fee.Of(x); got != want {
			t.Errorf("fee of %v: %d, not %d", money.Won(x), got, want)
		}
	}
}
