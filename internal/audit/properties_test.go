package audit_test

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jandon/internal/audit"
	"jandon/internal/audit/audittest"
	"jandon/internal/history"
	"jandon/internal/wallet"
)

// worlds is how many made-up histories a property is tried on.
const worlds = 12

// finding is a series by the ids of its charges, free of the order of the input.
type finding struct {
	audit.Series
	ids []string
}

func findings(in *audit.Input, list []audit.Series) []finding {
	out := make([]finding, len(list))
	for i, s := range list {
		out[i].Series = s
		for _, m := range s.Members {
			out[i].ids = append(out[i].ids, in.Items[m].ID)
		}
		out[i].Members = nil
	}
	return out
}

func TestAnyOrderGivesTheSameReport(t *testing.T) {
	t.Parallel()
	closed := holidays(t)
	for seed := uint64(1000); seed < 1000+worlds; seed++ {
		h := audittest.Make(seed, closed)
		mixed := h.Input
		mixed.Items = slices.Clone(mixed.Items)
		r := rand.New(rand.NewPCG(seed, 1))
		r.Shuffle(len(mixed.Items), func(i, j int) { mixed.Items[i], mixed.Items[j] = mixed.Items[j], mixed.Items[i] })
		one, two := run(h.Input), run(mixed)
		if !reflect.DeepEqual(findings(&h.Input, one.Series), findings(&mixed, two.Series)) ||
			!reflect.DeepEqual(findings(&h.Input, one.Maybe), findings(&mixed, two.Maybe)) ||
			!reflect.DeepEqual(one.Creep, two.Creep) || len(one.Doubles) != len(two.Doubles) {
			t.Fatal("another order gave another report")
		}
		for i, d := range one.Doubles {
			if x := two.Doubles[i]; h.Input.Items[d.First].ID != mixed.Items[x.First].ID || h.Input.Items[d.Second].ID != mixed.Items[x.Second].ID {
				t.Fatal("another order gave other double charges")
			}
		}
	}
}

// TestOthersDoNotMatter takes away one merchant: what was found at the others
// within the same span of days stays.
func TestOthersDoNotMatter(t *testing.T) {
	t.Parallel()
	b := bookAt("2026-01-20")
	b.add(on("2024-12-01"), 12, -777, "First Line")
	b.add(on("2026-01-19"), 12, -778, "Last Line")
	b.monthly(2025, 1, 7, 12, 8900, "Fit Star")
	alone := b.run()
	b.monthly(2025, 1, 13, 12, 4400, "Ondo Mail")
	both := b.run()
	if len(alone.Series) != 1 || len(both.Series) != 2 {
		t.Fatalf("%d and %d series", len(alone.Series), len(both.Series))
	}
	i := slices.IndexFunc(both.Series, func(s audit.Series) bool { return s.Merchant == "Fit Star" })
	if !reflect.DeepEqual(alone.Series[0], both.Series[i]) {
		t.Errorf("%+v\nbecame\n%+v", alone.Series[0], both.Series[i])
	}
}

func TestUnitOfMoneyDoesNotMatter(t *testing.T) {
	t.Parallel()
	closed := holidays(t)
	for seed := uint64(1000); seed < 1000+worlds; seed++ {
		h := audittest.Make(seed, closed)
		times := []int64{10, 100, 1000}[seed%3]
		dearer := h.Input
		dearer.Items = slices.Clone(dearer.Items)
		for i := range dearer.Items {
			dearer.Items[i].Minor *= times
			dearer.Items[i].OrigMinor *= times
		}
		one, two := run(h.Input), run(dearer)
		if len(one.Series) != len(two.Series) || len(one.Doubles) != len(two.Doubles) {
			t.Fatalf("%d series and %d doubles became %d and %d", len(one.Series), len(one.Doubles), len(two.Series), len(two.Doubles))
		}
		for i, s := range one.Series {
			if x := two.Series[i]; !slices.Equal(s.Members, x.Members) || s.Next != x.Next || len(s.Changes) != len(x.Changes) {
				t.Fatalf("%s became another series", s.Merchant)
			}
		}
	}
}

func TestMembersBelongToOneSeries(t *testing.T) {
	t.Parallel()
	closed := holidays(t)
	for seed := uint64(1000); seed < 1000+worlds; seed++ {
		h := audittest.Make(seed, closed)
		r := run(h.Input)
		seen := map[int]bool{}
		for _, s := range slices.Concat(r.Series, r.Maybe) {
			for k, m := range s.Members {
				it := &h.Input.Items[m]
				if seen[m] || it.Type != wallet.Payment || it.Day > h.Input.AsOf {
					t.Fatalf("%s: %s is in no other series, paid and past", s.Merchant, it.ID)
				}
				if seen[m] = true; k > 0 && it.Day < h.Input.Items[s.Members[k-1]].Day {
					t.Fatalf("%s is out of order", s.Merchant)
				}
			}
			if s.HasNext && s.Status == audit.Active && s.Next <= h.Input.Items[s.Members[len(s.Members)-1]].Day {
				t.Fatalf("%s comes next in the past", s.Merchant)
			}
		}
	}
}

func FuzzMerchant(f *testing.F) {
	for _, s := range []string{"", " ", "KCP*", "A", "注文 1", "할부 3/6", "\xff\xfe", "COM.COM.COM", "ａｂｃ＊１２３", "é́́", strings.Repeat("가A1 ", 500)} {
		f.Add(s, s+" 123456")
	}
	f.Fuzz(func(t *testing.T, one, two string) {
		b := bookAt("2026-01-20")
		for k := range 5 {
			b.monthly(2025, 6, 7+k, 3, 100, one)
			b.monthly(2025, 6, 3+k, 3, 900, two)
		}
		r := b.run()
		for _, s := range r.Series {
			if len(s.Members) < 2 {
				t.Fatalf("a series of %d", len(s.Members))
			}
		}
	})
}

func TestHostileLines(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := audit.Input{AsOf: 20000, Country: rapid.SampledFrom([]string{"KR", "", "../kr", "XX"}).Draw(t, "country")}
		for range rapid.IntRange(0, 60).Draw(t, "lines") {
			in.Items = append(in.Items, audit.Item{
				ID: rapid.StringN(0, 2, 4).Draw(t, "id"), Day: history.Day(19000 + rapid.IntRange(-800, 1100).Draw(t, "day")),
				Second: int32(rapid.SampledFrom([]int{-1, 0, 86399, 40000}).Draw(t, "second")),
				Minor:  rapid.SampledFrom([]int64{0, -1, -100, -1 << 62, 1 << 62, -5900}).Draw(t, "minor"), OrigMinor: rapid.SampledFrom([]int64{0, 0, 999}).Draw(t, "orig"),
				Merchant: rapid.SampledFrom([]string{"", "A", "APPLE.COM/BILL", "KCP*", "123", "무료체험", "카드등록"}).Draw(t, "merchant"),
				Type:     wallet.Type(rapid.IntRange(0, 9).Draw(t, "type")),
			})
		}
		run(in)
	})
}
