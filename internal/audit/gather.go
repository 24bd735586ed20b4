package audit

import (
	"slices"

	"jandon/internal/history"
)

// Gathered is what was spent at one merchant under all the names that it is
// printed by.
type Gathered struct {
	history.Group
	Like bool // Name is words that find its lines and no others (Query.MerchantLike); else it is as printed
}

// GatherBy makes one group of those of one merchant, and leaves the groups of
// other dimensions as they are.
func GatherBy(groups []history.Group, by history.Dimension) []Gathered {
	if by == history.ByMerchant {
		return Gather(groups)
	}
	list := make([]Gathered, len(groups))
	for i, g := range groups {
		list[i].Group = g
	}
	return list
}

// Find asks for the lines of a group of that name; like is what Gathered says of it.
func Find(by history.Dimension, name string, like bool) history.Query {
	if like {
		return history.Query{MerchantLike: name}
	}
	return history.Query{}.In(by, name)
}

// Gather makes one group of those of one merchant: WAVE MUSIC SEOUL and
// KCP*Wave Music are both Wave Music, and so are its branches. Groups stay as
// they are printed where no words would find all of their lines and theirs
// alone, so that the lines of a group always come to its sum. The order is that
// of history.CompareGroups.
func Gather(groups []history.Group) []Gathered {
	names := newMerchants()
	var keys []string // in the order of the groups
	alike := make(map[string][]int)
	for i := range groups {
		key := "" // without a name
		if groups[i].Name != "" {
			key = names.read(groups[i].Name).key
		}
		if alike[key] == nil {
			keys = append(keys, key)
		}
		alike[key] = append(alike[key], i)
	}
	var out []Gathered
	gather := func(name string, list []int) bool {
		if len(list) < 2 || name == "" || !findsAlone(name, groups, list) {
			return false
		}
		one := Gathered{Group: history.Group{Name: name}, Like: true}
		for _, i := range list {
			one.Merge(groups[i].Totals)
		}
		out = append(out, one)
		return true
	}
	called := make([]string, len(keys)) // what a key goes by
	for k, key := range keys {
		if key != "" {
			called[k] = names.read(groups[alike[key][0]].Name).name
		}
	}
	for _, house := range houses(called) {
		var all []int
		for _, k := range house.of {
			all = append(all, alike[keys[k]]...)
		}
		if len(house.of) > 1 && gather(house.name, all) {
			continue
		}
		for _, k := range house.of {
			list := alike[keys[k]]
			if gather(called[k], list) {
				continue
			}
			for _, i := range list {
				out = append(out, Gathered{Group: groups[i]})
			}
		}
	}
	slices.SortFunc(out, func(a, b Gathered) int { return history.CompareGroups(a.Group, b.Group) })
	return out
}

// findsAlone reports whether a search for a name finds these groups and no others.
func findsAlone(name string, groups []history.Group, list []int) bool {
	words := history.NewMatcher(name)
	n := 0
	for i := range groups {
		if words.Match(groups[i].Name) {
			n++
		}
	}
	return n == len(list) && !slices.ContainsFunc(list, func(i int) bool { return !words.Match(groups[i].Name) })
}
