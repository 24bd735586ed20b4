package audit_test

import (
	"testing"

	"pgregory.net/rapid"

	"jandon/internal/audit"
	"jandon/internal/history"
)

func TestMerchantIsOneGroupUnderAllItsNames(t *testing.T) {
	t.Parallel()
	spent := func(name string, minor int64) history.Group {
		return history.Group{Name: name, Totals: history.Totals{Spent: minor, Count: 1, Lines: 1}}
	}
	got := audit.Gather([]history.Group{
		spent("Bean There 강남", 900), spent("WAVE MUSIC SEOUL", 500), spent("Bean", 450), spent("KCP*Wave Music", 300),
		spent("Bean SEOUL", 200), spent("AMZN Mktp US*2K4AB1Z9Q", 150), spent("AMZN Mktp US*7HB20XK11", 150), spent("", 10),
	})
	want := []struct {
		name  string
		spent int64
		like  bool
	}{
		{"Bean There 강남", 900, false}, {"WAVE MUSIC", 800, true}, {"Bean", 450, false}, // words for Bean would find Bean There
		{"AMZN Mktp", 300, true}, {"Bean SEOUL", 200, false}, {"", 10, false},
	}
	if len(got) != len(want) {
		t.Fatalf("%+v", got)
	}
	for i, w := range want {
		if g := got[i]; g.Name != w.name || g.Spent != w.spent || g.Like != w.like {
			t.Errorf("%+v, want %+v", g, w)
		}
	}
}

// Whatever is gathered, nothing is lost, and a gathered name finds what it sums up.
func TestGatheredGroupsComeToTheirLines(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		seen := map[string]bool{}
		var groups []history.Group
		for range rapid.IntRange(0, 12).Draw(t, "groups") {
			name := rapid.SampledFrom([]string{"", "KCP*", "NICE_", "PAYPAL *"}).Draw(t, "gate") +
				rapid.SampledFrom([]string{"", "Wave", "Wave Music", "ＷＡＶＥ", "웨이브", "25", "Q#"}).Draw(t, "name") +
				rapid.SampledFrom([]string{"", " SEOUL", " 주문1234", "*2K4AB1", " 강남"}).Draw(t, "tail")
			if !seen[name] {
				seen[name] = true
				groups = append(groups, history.Group{Name: name, Totals: history.Totals{Spent: int64(rapid.IntRange(0, 99).Draw(t, "spent")), Lines: 1}})
			}
		}
		var before, after history.Totals
		for _, g := range groups {
			before.Merge(g.Totals)
		}
		for _, g := range audit.Gather(groups) {
			after.Merge(g.Totals)
			if !g.Like {
				continue
			}
			var found history.Totals
			words := history.NewMatcher(g.Name)
			for _, x := range groups {
				if words.Match(x.Name) {
					found.Merge(x.Totals)
				}
			}
			if found != g.Totals {
				t.Fatalf("%q finds %+v of %+v", g.Name, found, g.Totals)
			}
		}
		if before != after {
			t.Fatalf("%+v became %+v", before, after)
		}
	})
}
