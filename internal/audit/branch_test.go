package audit_test

import (
	"testing"

	"jandon/internal/audit"
	"jandon/internal/history"
)

func TestBranchesAreGatheredToTheirMerchant(t *testing.T) {
	t.Parallel()
	spent := func(name string, minor int64) history.Group {
		return history.Group{Name: name, Totals: history.Totals{Spent: minor, Count: 1, Lines: 1}}
	}
	for _, x := range []struct {
		groups []history.Group
		want   map[string]int64
	}{
		{ // a branch is written behind the name
			[]history.Group{spent("Acorn Hill Coffee", 900), spent("ACORN HILL COFFEE SEONGSU", 100), spent("KCP*ACORN HILL COFFEE Hapjeong", 50)},
			map[string]int64{"Acorn Hill Coffee": 1050},
		},
		{ // the merchant itself need not be there
			[]history.Group{spent("카페모모 역삼점", 900), spent("카페모모 성수점", 100), spent("현대 백화점", 70), spent("현대 정육점", 60)},
			map[string]int64{"카페모모": 1000, "현대 백화점": 70, "현대 정육점": 60},
		},
		{ // a shop by its kind: 서점 and 상점 are no branches
			[]history.Group{spent("현대 서점", 900), spent("현대 상점", 100)},
			map[string]int64{"현대 서점": 900, "현대 상점": 100},
		},
		{ // one word begins too many names
			[]history.Group{spent("Bean", 900), spent("Bean There", 100)},
			map[string]int64{"Bean": 900, "Bean There": 100},
		},
		{ // words would find another one as well
			[]history.Group{spent("Blue Sky", 900), spent("Blue Sky Tower", 100), spent("Big Blue Skyline", 10)},
			map[string]int64{"Blue Sky": 900, "Blue Sky Tower": 100, "Big Blue Skyline": 10},
		},
	} {
		got := audit.Gather(x.groups)
		if len(got) != len(x.want) {
			t.Errorf("%+v, want %v", got, x.want)
		}
		for _, g := range got {
			if x.want[g.Name] != g.Spent {
				t.Errorf("%s came to %d, want %v", g.Name, g.Spent, x.want)
			}
		}
	}
}
