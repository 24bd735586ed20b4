package audit

import (
	"cmp"
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/history"
	"jandon/internal/review"
	"jandon/ui/kit"
)

// The pages' own intents.
const (
	nextOrder  kit.Intent = "next_order"
	nextFilter kit.Intent = "next_filter"
	doUndo     kit.Intent = "undo"
	doKeep     kit.Intent = "keep"
	doNot      kit.Intent = "not"
	doSnooze   kit.Intent = "snooze"
	doMerge    kit.Intent = "merge"
	doEnd      kit.Intent = "end"
	doEndYes   kit.Intent = "end_yes"
	doEndNo    kit.Intent = "end_no"
	doMine     kit.Intent = "mine"
	goReview   kit.Intent = "review"
	doDispute  kit.Intent = "dispute"
)

// filter is which series are listed.
type filter uint8

const (
	everything filter = iota
	running
	maybe
	ended
	refused
	filters // how many there are
)

var filterIDs = [filters]string{
	"subscriptions.all", "subscriptions.running", "subscriptions.maybe", "subscriptions.ended", "subscriptions.not",
}

// order is how the list is ordered.
type order uint8

const (
	byCost order = iota
	byNext
	byRise
	byName
	orders // how many there are
)

var orderIDs = [orders]string{"subscriptions.by_cost", "subscriptions.by_next", "subscriptions.by_rise", "subscriptions.by_name"}

// Keys lists what can be done now.
func (p *listPage) Keys() []kit.Binding {
	list := ""
	if p.data == nil || p.nothing() {
		list = "subscriptions.key.nothing_listed"
	}
	keys := []kit.Binding{
		p.Cols.Enter("subscriptions.key.open", "subscriptions.key.nothing_chosen"),
		{Intent: nextFilter, Keys: []string{"f"}, Label: "subscriptions.key.filter", Off: list},
		{Intent: nextOrder, Keys: []string{"o"}, Label: "subscriptions.key.order", Off: list},
		{Intent: goReview, Keys: []string{"w"}, Label: "subscriptions.key.review", Off: list},
		{Intent: kit.Next, Keys: []string{"]"}, Show: "[ ]", Label: "subscriptions.key.section", Quiet: true},
		{Intent: kit.Previous, Keys: []string{"["}, Label: "subscriptions.key.section_back", Quiet: true},
		{Intent: doUndo, Keys: []string{"u"}, Label: "subscriptions.key.undo", Quiet: p.data == nil || !undoes(p.data, p.env), Off: offUndo(p.data, p.env)},
		{Intent: kit.Retry, Keys: []string{"r"}, Label: "subscriptions.key.read", Quiet: p.err == nil},
	}
	if p.filter != everything {
		keys = append(keys, kit.Binding{Intent: kit.Back, Keys: []string{"esc"}, Label: "subscriptions.key.all"})
	}
	return append(keys, kit.Moves(true)...)
}

// undoes reports whether there is a decision that can be taken back.
func undoes(f *review.Findings, env *kit.Env) bool {
	for _, d := range f.Said {
		if !d.At.Before(env.Now.Add(-undoable)) {
			return true
		}
	}
	return false
}

func offUndo(f *review.Findings, env *kit.Env) string {
	if f == nil || !undoes(f, env) {
		return "subscriptions.key.nothing_said"
	}
	return ""
}

func (p *listPage) do(ctx context.Context, what kit.Intent) tea.Cmd {
	switch what {
	case nextFilter:
		p.only((p.filter + 1) % filters)
	case kit.Back:
		p.only(everything)
	case nextOrder:
		p.order = (p.order + 1) % orders
		p.arrange()
	case goReview:
		return kit.Request(kit.Visit{Page: "review"})
	case doUndo:
		return p.undo(ctx)
	case kit.Retry:
		return p.read(ctx)
	default:
		cmd, _ := p.Cols.Do(what)
		return cmd
	}
	return nil
}

// only lists what a filter lets through.
func (p *listPage) only(f filter) {
	p.filter = f
	p.Cols.Reset()
	p.arrange()
}

// sort orders a group of series; ties keep the order by cost.
func (p *listPage) sort(list []review.Series) []review.Series {
	today := p.data.Today
	less := map[order]func(a, b review.Series) int{
		byNext: func(a, b review.Series) int {
			return cmp.Or(-compareBool(a.HasNext, b.HasNext), cmp.Compare(a.Next, b.Next))
		},
		byRise: func(a, b review.Series) int { return cmp.Compare(risen(&b, today), risen(&a, today)) },
		byName: func(a, b review.Series) int { return cmp.Compare(a.Merchant, b.Merchant) },
	}[p.order]
	if less != nil {
		list = slices.Clone(list)
		slices.SortStableFunc(list, less)
	}
	return list
}

func risen(s *review.Series, today history.Day) float64 {
	if from, to, ok := s.Rise(today); ok {
		return float64(to-from) / float64(from)
	}
	return 0
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
