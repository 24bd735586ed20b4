package act_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jandon/internal/act"
)

var noon = time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)

func TestPayees(t *testing.T) {
	t.Parallel()
	day := func(n int) time.Time { return noon.AddDate(0, 0, n) }
	old := act.Destination{ID: "old", Rail: "bank", Added: day(-90), Usable: day(-90), Used: day(-2)}
	last := act.Destination{ID: "last", Rail: "bank", Added: day(-60), Usable: day(-60), Used: day(-1)}
	fresh := act.Destination{ID: "fresh", Rail: "bank", Added: day(-1), Usable: day(-1)}
	waits := act.Destination{ID: "waits", Rail: "bank", Added: noon, Usable: noon.Add(time.Second)}
	jar := act.Destination{ID: "jar", Rail: "jar", Added: day(-9), Usable: noon}
	all := []act.Destination{old, last, fresh, waits, jar}
	for _, c := range []struct {
		name string
		list []act.Destination
		to   map[string]string
		want string
	}{
		{"the one used last", all, nil, "last"},
		{"the chosen one", all, map[string]string{"bank": "old"}, "old"},
		{"one that was never used", all, map[string]string{"bank": "fresh"}, "fresh"},
		{"not one that waits", all, map[string]string{"bank": "waits"}, "last"},
		{"not one that is gone", all, map[string]string{"bank": "gone"}, "last"},
		{"not one of another rail", all, map[string]string{"bank": "jar"}, "last"},
		{"none was used: the one linked last", []act.Destination{{ID: "a", Rail: "bank", Added: day(-2)}, fresh}, nil, "fresh"},
		{"nothing but one that waits", []act.Destination{waits, jar}, nil, ""},
	} {
		if got := act.Payees(c.list, c.to, noon)["bank"].ID; got != c.want {
			t.Errorf("%s: %q", c.name, got)
		}
	}
	if got := act.Payees(all, nil, noon)["jar"].ID; got != "jar" {
		t.Errorf("usable from this instant on: %q", got)
	}
}

// Whom a quote pays does not depend on the order in which destinations are told.
func TestPayeesOfAnyOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var list []act.Destination
		hours := rapid.IntRange(-3, 1)
		for i := range rapid.IntRange(1, 6).Draw(t, "destinations") {
			at := func(what string) time.Time { return noon.Add(time.Duration(hours.Draw(t, what)) * time.Hour) }
			list = append(list, act.Destination{
				ID: string(rune('a' + i)), Rail: rapid.SampledFrom([]string{"bank", "jar"}).Draw(t, "rail"), Added: at("added"), Usable: at("usable"), Used: at("used"),
			})
		}
		to := map[string]string{"bank": rapid.SampledFrom([]string{"", "a", "c", "z"}).Draw(t, "chosen")}
		got := act.Payees(list, to, noon)
		mixed := rapid.Permutation(list).Draw(t, "order")
		for rail, d := range act.Payees(mixed, to, noon) {
			if got[rail] != d {
				t.Fatalf("%s pays %s or %s", rail, got[rail].ID, d.ID)
			}
			if !d.Pays(noon) || d.Rail != rail {
				t.Fatalf("%+v is paid over %s", d, rail)
			}
		}
		for _, d := range list {
			if d.Pays(noon) && d.ID == to[d.Rail] && got[d.Rail].ID != d.ID {
				t.Fatalf("%s was chosen and %s is paid", d.ID, got[d.Rail].ID)
			}
		}
		if len(got) != len(slices.Compact(slices.Sorted(func(yield func(string) bool) {
			for _, d := range list {
				if d.Pays(noon) && !yield(d.Rail) {
					return
				}
			}
		}))) {
			t.Fatal("a rail with a destination pays nobody")
		}
	})
}
