package main

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"jandon/config"
	"jandon/internal/act"
	"jandon/internal/money"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
)

func previewed(t *testing.T, home, scenario string, more ...string) previewJSON {
	t.Helper()
	var p previewJSON
	args := append([]string{"preview", "--demo", scenario, "--json"}, more...)
	if err := json.Unmarshal(answer(t, home, args...), &p); err != nil {
		t.Fatal(err)
	}
	return p
}

// TestPreviewAddsUp adds every plan up again: amount = out + named fees + rest,
// legs to their lots, and no lot gives more than it holds.
func TestPreviewAddsUp(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	for _, scenario := range []string{"everyday", "creator", "student"} {
		var b balanceJSON
		if err := json.Unmarshal(answer(t, home, "balance", "--demo", scenario, "--json"), &b); err != nil {
			t.Fatal(err)
		}
		holds := map[string]int64{}
		for _, held := range b.Balances {
			for _, l := range held.Lots {
				holds[l.ID] = l.AmountMinor
			}
		}
		for _, amount := range []int64{1, 999, 1300, 7777, 14000} {
			if amount > b.TotalMinor {
				continue
			}
			p := previewed(t, home, scenario, "--amount", strconv.FormatInt(amount, 10))
			if p.AmountMinor != amount || p.Version != 1 || p.Catalogue == "" || !p.Proved {
				t.Errorf("%s %d: %+v", scenario, amount, p)
			}
			for _, plan := range p.Plans {
				var net, fees int64
				taken := map[string]int64{}
				for _, l := range plan.Legs {
					net, fees = net+l.NetMinor, fees+l.FeeMinor
					var drawn int64
					for _, d := range l.Draws {
						drawn += d.AmountMinor
						taken[d.Lot] += d.AmountMinor
						if !slices.Contains(l.From, d.Lot) {
							t.Errorf("%s draws on %s, which is not in from", l.Rail, d.Lot)
						}
					}
					if drawn != l.AmountMinor || l.AmountMinor != l.NetMinor+l.FeeMinor {
						t.Errorf("%s %d: the leg %+v does not add up", scenario, amount, l)
					}
				}
				var stays int64
				for _, s := range plan.Stays {
					stays += s.AmountMinor
					if s.Reason == "" || s.Remedy == "" || s.Code == "" {
						t.Errorf("%s %d: %+v stays without a reason", scenario, amount, s)
					}
				}
				if net != plan.NetMinor || fees != plan.FeesMinor || stays != plan.RestMinor ||
					plan.NetMinor+plan.FeesMinor+plan.RestMinor != amount || plan.ValueMinor+plan.GivenMinor != plan.NetMinor {
					t.Errorf("%s %d: %+v does not add up", scenario, amount, plan)
				}
				for lot, n := range taken {
					if n > holds[lot] {
						t.Errorf("%s %d: %s gives %d and holds %d", scenario, amount, lot, n, holds[lot])
					}
				}
			}
		}
	}
}

// TestPreviewSaysWhatThePlatformWouldRefuse: the limit over all rails together
// is in no plan, so that it has to be said beside them.
func TestPreviewSaysWhatThePlatformWouldRefuse(t *testing.T) {
	t.Parallel()
	book, err := valuepath.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	lots := []wallet.Lot{{ID: "l", Issuer: "i", Kind: wallet.Earned, Origin: "reward", Amount: money.Won(90_000), Granted: money.Won(90_000), Received: at.AddDate(0, -1, 0)}}
	limits := act.Limits{Means: act.Means{Tier: valuepath.TierSettled, Verified: true}, Total: act.RailLimit{Act: money.Won(50_000), Day: money.Won(50_000)}}
	for _, x := range []struct {
		amount, used int64
		over         bool
	}{{50_000, 0, false}, {60_000, 0, true}, {3_000, 48_000, true}, {2_000, 48_000, false}} {
		limits.Total.UsedToday = money.Won(x.used)
		req := limits.Request(act.Ask{Amount: money.Won(x.amount)}, at, time.UTC)
		req.Lots = lots
		out, err := book.Plan(req)
		if err != nil {
			t.Fatal(err)
		}
		f := &foreseen{Outcome: out, at: at, zone: time.UTC, tier: limits.Tier}
		most, _ := limits.Leeway()
		f.most = &most
		var said strings.Builder
		a := &app{cfg: &config.Config{Zone: time.UTC, Lang: "en"}, out: &said}
		answer := f.json(a, goals)
		if *answer.MostMinor != 50_000-x.used || len(answer.Plans) == 0 || slices.ContainsFunc(answer.Plans, func(p planJSON) bool { return p.OverLimit != x.over }) {
			t.Errorf("%+v: %+v", x, answer)
		}
		if err := a.printPreview(&source{name: "x"}, f, goals); err != nil || strings.Contains(said.String(), "All ways together may take") != x.over {
			t.Errorf("%+v, %v:\n%s", x, err, said.String())
		}
	}
}

// TestPreviewPaysNoTaintedValueOut: what came by phone bill or card is refused
// with its rule, and in no plan.
func TestPreviewPaysNoTaintedValueOut(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	tainted := []string{wallet.CarrierCredit.String(), wallet.CardFunded.String(), wallet.KindUnknown.String()}
	p := previewed(t, home, "everyday", "--amount", "14000")
	refused := map[string]bool{}
	for _, r := range p.Refused {
		refused[r.Lot] = true
		if r.Code == "" || r.Rule == "" || r.Reason == "" || r.Remedy == "" || r.Since == "" {
			t.Errorf("%+v lacks a reason", r)
		}
	}
	var b balanceJSON
	if err := json.Unmarshal(answer(t, home, "balance", "--demo", "everyday", "--json"), &b); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, held := range b.Balances {
		if !slices.Contains(tainted, held.Kind) {
			continue
		}
		for _, l := range held.Lots {
			seen++
			for _, plan := range p.Plans {
				for _, leg := range plan.Legs {
					if slices.Contains(leg.From, l.ID) && leg.Rail != "source_refund" {
						t.Errorf("%s value leaves by %s", held.Kind, leg.Rail)
					}
				}
			}
			if !refused[l.ID] && len(p.Plans) > 0 && !strings.Contains(fmtJSON(t, p.Plans), "source_refund") {
				t.Errorf("the lot %s of %s is not refused", l.ID, held.Kind)
			}
		}
	}
	if seen == 0 {
		t.Error("the scenario holds no such value")
	}
}

func fmtJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
