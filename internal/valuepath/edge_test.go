package valuepath

import (
	"errors"
	"testing"
	"time"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// state is what the outcome says of a rail.
func state(t *testing.T, out *Outcome, rail string) RailState {
	t.Helper()
	for _, s := range out.Rails {
		if s.Rail == rail {
			return s
		}
	}
	t.Fatalf("no rail %s", rail)
	return RailState{}
}

// gross is what goes over the rails of a plan.
func gross(p *Plan) map[string]int64 {
	m := map[string]int64{}
	if p != nil {
		for _, l := range p.Legs {
			m[l.Rail] = l.Amount.Minor
		}
	}
	return m
}

func cash(won int64) wallet.Lot { return lot("a", wallet.Prepaid, "bank_transfer", won) }

// changed is the shipped catalogue with some rails' terms changed.
func changed(t *testing.T, change func(b *Book)) *Book {
	t.Helper()
	b, err := Parse([]byte(read(t, "rules.toml")), []byte(read(t, "rails.toml")))
	if err != nil {
		t.Fatal(err)
	}
	change(b)
	return b
}

func TestEdgeFeeExceedsValue(t *testing.T) {
	t.Parallel()
	b := changed(t, func(b *Book) { r, _ := b.Rail("bank_transfer"); r.Fee.Fixed = 1500 })
	out := plan(t, b, only(b, ask(b, 1500, cash(1500)), "bank_transfer"))
	if s := state(t, out, "bank_transfer"); len(out.Front) != 0 || s.Code != FeeExceeds || !out.Proved {
		t.Errorf("%d plans, %s", len(out.Front), s.Code)
	}
	if out = plan(t, b, only(b, ask(b, 1501, cash(1501)), "bank_transfer")); out.Plan(MostValue).Value.Minor != 1 {
		t.Errorf("one won over the fee: %+v", out.Front)
	}
}

func TestEdgeBelowEveryMinimum(t *testing.T) {
	t.Parallel()
	b := book(t)
	out := plan(t, b, without(ask(b, 999, cash(999)), "donation"))
	if len(out.Front) != 0 || out.Plan(MostValue) != nil {
		t.Fatalf("%+v", out.Front)
	}
	for _, id := range []string{"bank_transfer", "mobile_topup", "savings_jar"} {
		if s := state(t, out, id); s.Code != BelowMin || s.Eligible.Minor != 999 {
			t.Errorf("%s: %+v", id, s)
		}
	}
}

func TestEdgeRestBelowEveryUnit(t *testing.T) {
	t.Parallel()
	b := book(t)
	out := plan(t, b, only(b, ask(b, 1300, cash(1300)), "mobile_topup"))
	p := out.Plan(MostValue)
	if p.Value.Minor != 1000 || p.Rest.Minor != 300 || len(p.Stays) != 1 || p.Stays[0].Code != WholeUnits {
		t.Errorf("%+v", p)
	}
}

func TestEdgeUnitAboveTheRemainingLimit(t *testing.T) {
	t.Parallel()
	b := book(t)
	r := only(b, ask(b, 5000, cash(5000)), "mobile_topup")
	r.Used = map[string]int64{"mobile_topup": 99_001} // of 100,000: 999 left, the unit is 1,000
	out := plan(t, b, r)
	s := state(t, out, "mobile_topup")
	if len(out.Front) != 0 || s.Code != OverLimit || !s.When.Equal(time.Date(2026, 11, 24, 0, 0, 0, 0, seoul)) {
		t.Errorf("%+v", s)
	}
	if out.Wait == nil || out.Wait.Value.Minor != 5000 || !out.Wait.When.Equal(s.When) {
		t.Errorf("tomorrow all of it could go: %+v", out.Wait)
	}
}

func TestEdgeEqualRailsInStableOrder(t *testing.T) {
	t.Parallel()
	b := changed(t, func(b *Book) {
		twin := b.Rails[4]
		if twin.ID != "mobile_topup" {
			t.Fatal("the catalogue changed")
		}
		twin.ID = "mobile_twin"
		b.Rails = append(b.Rails, twin)
	})
	for range 20 {
		out := plan(t, b, ask(b, 3000, cash(3000)))
		if got := gross(out.Plan(MostValue)); got["mobile_topup"] != 3000 || len(got) != 1 {
			t.Fatalf("%v", got)
		}
	}
}

func TestEdgeMaximumIsNoWholeUnit(t *testing.T) {
	t.Parallel()
	b := changed(t, func(b *Book) { r, _ := b.Rail("mobile_topup"); r.Limits[TierSettled] = Limit{2500, 2500} })
	out := plan(t, b, only(b, ask(b, 9000, cash(9000)), "mobile_topup"))
	p := out.Plan(NothingLeft)
	if p.Value.Minor != 2000 || p.Stays[0].Code != OverLimit {
		t.Errorf("%+v", p)
	}
	if s := p.Stays[0]; !s.When.IsZero() || s.Remedy.ID != "rail.way.tier" {
		t.Errorf("tomorrow the limit of an act is the same: %+v", s)
	}
}

func TestEdgeTierLimitBelowTheMinimum(t *testing.T) {
	t.Parallel()
	b := changed(t, func(b *Book) { r, _ := b.Rail("savings_jar"); r.Limits[TierNew] = Limit{4000, 4000} })
	r := only(b, ask(b, 9000, cash(9000)), "savings_jar")
	r.Tier = TierNew
	s := state(t, plan(t, b, r), "savings_jar")
	if s.Code != OverLimit || !s.When.IsZero() || s.Remedy.ID != "rail.way.tier" {
		t.Errorf("waiting does not help against a tier: %+v", s)
	}
}

func TestEdgeRailClosedAtThisHour(t *testing.T) {
	t.Parallel()
	b := book(t)
	r := only(b, ask(b, 10_000, cash(10_000)), "branch_payout")
	r.At = time.Date(2026, 11, 27, 16, 0, 0, 0, seoul) // Friday, the minute it closes
	out := plan(t, b, r)
	opens := time.Date(2026, 11, 30, 9, 0, 0, 0, seoul)
	if s := state(t, out, "branch_payout"); s.Code != Closed || !s.When.Equal(opens) {
		t.Errorf("%+v", s)
	}
	if w := out.Wait; w == nil || !w.When.Equal(opens) || w.Value.Minor != 9700 || w.Gain.Minor != 9700 || len(w.Plan.Legs) != 1 {
		t.Errorf("%+v", w)
	}
	if len(out.Refused) != 1 || out.Refused[0].Code != Closed {
		t.Errorf("%+v", out.Refused)
	}
	r.At = opens
	if out = plan(t, b, r); len(out.Front) != 1 {
		t.Errorf("open, and %+v", out.Rails)
	}
}

func TestEdgeLotsPinnedByHolds(t *testing.T) {
	t.Parallel()
	b := book(t)
	soon := lot("soon", wallet.Prepaid, "bank_transfer", 2000, expires(noon.Add(time.Hour)))
	late := lot("late", wallet.Prepaid, "bank_transfer", 2000)
	r := ask(b, 2000, late, soon)
	r.Pinned = map[string]int64{"soon": 1500, "late": 0}
	p := plan(t, b, r).Plan(MostValue)
	if d := p.Legs[0].From; len(d) != 2 || d[0] != (Draw{Lot: "soon", Amount: money.Won(500)}) || d[1] != (Draw{Lot: "late", Amount: money.Won(1500)}) {
		t.Errorf("%+v", d)
	}
	r.Pinned["soon"] = 2000
	out := plan(t, b, r)
	if len(out.Refused) != 1 || out.Refused[0].Lot != "soon" || out.Refused[0].Code != Held {
		t.Errorf("%+v", out.Refused)
	}
	r.Amount = money.Won(2001)
	if _, err := b.Plan(r); !errors.Is(err, fault.New(fault.Insufficient)) && fault.From(err).Code != fault.Insufficient {
		t.Errorf("held value was planned with: %v", err)
	}
}

func TestEdgeExpiredLotIsNotSelectable(t *testing.T) {
	t.Parallel()
	b := book(t)
	out := plan(t, b, ask(b, 1000, lot("old", wallet.Prepaid, "bank_transfer", 1000, expires(noon))))
	if len(out.Front) != 0 || out.Refused[0].Code != Expired || out.Refused[0].Rule != "expired_lot" || out.Spend != nil {
		t.Errorf("%+v %+v", out.Refused, out.Spend)
	}
}

func TestEdgeZeroAndLessAndTooMuch(t *testing.T) {
	t.Parallel()
	b := book(t)
	if out := plan(t, b, ask(b, 0, cash(1000))); len(out.Front) != 0 || !out.Proved || len(out.Rails) != 12 {
		t.Errorf("%+v", out)
	}
	for won, want := range map[int64]fault.Code{-1: fault.BadAmount, MaxAmount + 1: fault.BadAmount, 1001: fault.Insufficient, -1 << 63: fault.BadAmount} {
		if _, err := b.Plan(ask(b, won, cash(1000))); err == nil || fault.From(err).Code != want {
			t.Errorf("%d: %v, not %s", won, err, want)
		}
	}
	dollars := ask(b, 10, cash(1000))
	dollars.Amount.Currency = money.USD
	if _, err := b.Plan(dollars); err == nil || fault.From(err).Code != fault.BadAmount {
		t.Errorf("dollars out of won: %v", err)
	}
	if _, err := b.Plan(ask(b, 2000, cash(1000), cash(1000))); err == nil {
		t.Error("one lot counted twice")
	}
	huge := cash(1 << 62)
	huge2 := huge
	huge2.ID = "b"
	if out := plan(t, b, ask(b, MaxAmount, huge, huge2)); out.Plan(MostValue) == nil {
		t.Error("the largest amount can't be planned")
	}
}

func TestEdgeNothingConvertibleSaysWhyPerRailAndLot(t *testing.T) {
	t.Parallel()
	b := book(t)
	out := plan(t, b, ask(b, 1100, lot("a", wallet.CarrierCredit, "phone_bill", 1100)))
	if len(out.Front) != 0 || len(out.Refused) != 1 {
		t.Fatalf("%+v", out)
	}
	f := out.Refused[0]
	if f.Code != NotEligible || f.Rule != "carrier_no_cash" || f.Since != "2008-03-22" || f.Amount.Minor != 1100 || f.Kind != wallet.CarrierCredit {
		t.Errorf("%+v", f)
	}
	for _, s := range out.Rails {
		if s.Code != NotEligible || s.Say.ID == "" {
			t.Errorf("%+v", s)
		}
	}
	if out.Spend == nil || out.Spend.Value.Minor != 1100 || out.Wait != nil {
		t.Errorf("it can be spent, and waiting does not help: %+v %+v", out.Spend, out.Wait)
	}
	for _, lang := range []string{"en", "ko"} {
		if s := says(lang); s.Say(f.Say) == "" || s.Say(f.Remedy) == "" {
			t.Errorf("%s: no words", lang)
		}
	}
}

func TestEdgeMissingVerificationAndDestination(t *testing.T) {
	t.Parallel()
	b := book(t)
	r := only(b, ask(b, 10_000, cash(10_000)), "bank_transfer", "branch_payout")
	r.Linked = nil
	out := plan(t, b, r)
	if s := state(t, out, "bank_transfer"); s.Code != NoDestination {
		t.Errorf("%+v", s)
	}
	if len(out.Front) != 1 {
		t.Errorf("the counter needs no destination: %+v", out.Rails)
	}
	r.Verified = false
	out = plan(t, b, r)
	if s := state(t, out, "bank_transfer"); s.Code != NotVerified || len(out.Front) != 0 || out.Refused[0].Code != NotVerified {
		t.Errorf("%+v", s)
	}
}

func TestEarliestExpiryFirstAmongEquals(t *testing.T) {
	t.Parallel()
	b := book(t)
	r := ask(b, 1000,
		lot("never", wallet.Prepaid, "bank_transfer", 1000),
		lot("june", wallet.Earned, "tip", 600, expires(noon.AddDate(0, 7, 0))),
		lot("week", wallet.Prepaid, "bank_transfer", 700, expires(noon.AddDate(0, 0, 7))))
	p := plan(t, b, r).Plan(MostValue)
	if d := p.Legs[0].From; len(d) != 2 || d[0].Lot != "week" || d[0].Amount.Minor != 700 || d[1].Lot != "june" || d[1].Amount.Minor != 300 {
		t.Errorf("%+v", d)
	}
}

// A lot that lapses soon but goes only by donation must not be displaced by
// one that could go elsewhere: the flow rearranges earlier choices.
func TestAugmentingPathsRearrange(t *testing.T) {
	t.Parallel()
	b := book(t)
	r := only(b, ask(b, 1300,
		lot("both", wallet.Prepaid, "bank_transfer", 1000, expires(noon.AddDate(0, 0, 1))),
		lot("promo", wallet.Promotional, "promotion", 300, expires(noon.AddDate(0, 0, 2)))), "mobile_topup", "donation")
	p := plan(t, b, r).Plan(MostValue)
	if got := gross(p); got["mobile_topup"] != 1000 || got["donation"] != 300 || p.Rest.Minor != 0 {
		t.Errorf("%v", got)
	}
}

func TestGoalsDiffer(t *testing.T) {
	t.Parallel()
	b := book(t)
	out := plan(t, b, ask(b, 99_950, cash(99_950)))
	value, fast, clean := out.Plan(MostValue), out.Plan(Fastest), out.Plan(NothingLeft)
	if value.Value.Minor < fast.Value.Minor || fast.Time > value.Time || clean.Rest.Minor != 0 || fast.Value.Minor == 0 {
		t.Errorf("value %+v\nfast %+v\nclean %+v", value, fast, clean)
	}
	if len(out.Front) < 3 || !out.Proved {
		t.Errorf("%d trade-offs, proved %v", len(out.Front), out.Proved)
	}
}

func TestSameRequestSameAnswer(t *testing.T) {
	t.Parallel()
	b := book(t)
	for seed := range uint64(60) {
		r := drawRequest(b, seed)
		one, two := plan(t, b, r), plan(t, b, r)
		for i := range one.Front {
			a, z := says("en").Say(one.Front[i].Sentence()), says("en").Say(two.Front[i].Sentence())
			if a != z {
				t.Fatalf("seed %d: %s, then %s", seed, a, z)
			}
		}
	}
}
