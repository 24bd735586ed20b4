package history

import (
	"context"
	"net/url"
	"strings"

	tea "charm.land/bubbletea/v2"

	past "jandon/internal/history"
	"jandon/ui/kit"
)

// The page's own intents.
const (
	weekBefore kit.Intent = "week_before"
	weekAfter  kit.Intent = "week_after"
	thisWeek   kit.Intent = "this_week"
	pickWeek   kit.Intent = "pick_week"
	nextBy     kit.Intent = "next_by"
	openBill   kit.Intent = "open_bill"
	accepts    kit.Intent = "accept_field"
	abandons   kit.Intent = "abandon_field"
	saveFind   kit.Intent = "save_search"
	savedOnes  kit.Intent = "saved_searches"
)

// Keys lists what can be done now.
func (p *weeksPage) Keys() []kit.Binding {
	if p.Typing() {
		return p.fieldKeys()
	}
	weeks, bill, open := "", "", ""
	if p.whole {
		weeks = "history.key.whole"
	}
	after, now := weeks, weeks
	if !p.whole && p.week == past.WeekOf(p.env.Today()) {
		after, now = "history.key.no_later", "history.key.here"
	}
	row, ok := p.list.Selected()
	if !ok || row.Settlement == "" {
		bill = "history.key.no_bill"
	}
	if p.focus == onList && !ok {
		open = "history.key.nothing_chosen"
	}
	list := []kit.Binding{
		{Intent: weekBefore, Keys: []string{"[", "left"}, Show: "[ ]", Label: "history.key.week_before", Off: weeks, Quiet: p.whole},
		{Intent: weekAfter, Keys: []string{"]", "right"}, Label: "history.key.week_after", Off: after, Quiet: true},
		{Intent: kit.Open, Keys: []string{"enter"}, Label: "history.key.open", Off: open},
		{Intent: kit.Find, Keys: []string{"/", "ctrl+f"}, Label: "history.key.find"},
		{Intent: nextBy, Keys: []string{"b"}, Label: "history.key.by", Off: weeks, Quiet: p.whole},
		{Intent: kit.Next, Keys: []string{"f"}, Label: "history.key.focus", Off: weeks, Quiet: p.whole},
		{Intent: kit.Previous, Keys: []string{"F"}, Label: "history.key.focus", Off: weeks, Quiet: true},
		{Intent: pickWeek, Keys: []string{"g"}, Label: "history.key.pick_week", Quiet: !p.whole},
		{Intent: thisWeek, Keys: []string{"t"}, Label: "history.key.this_week", Off: now, Quiet: true},
		{Intent: openBill, Keys: []string{"s"}, Label: "history.key.bill", Off: bill, Quiet: bill != ""},
	}
	if p.whole {
		list = append(list, p.saveKey())
	}
	if p.narrowed() {
		list = append(list, kit.Binding{Intent: kit.Back, Keys: []string{"esc"}, Label: "history.key.clear"})
	}
	retry := kit.Binding{Intent: kit.Retry, Keys: []string{"r"}, Label: "history.key.read", Quiet: !p.failed()}
	return append(append(list, retry), movement...)
}

// fieldKeys are those of the text field that is open: letters are letters there.
func (p *weeksPage) fieldKeys() []kit.Binding {
	if p.input == weekInput {
		return []kit.Binding{
			{Intent: accepts, Keys: []string{"enter"}, Label: "history.key.pick_week"},
			{Intent: abandons, Keys: []string{"esc"}, Label: "history.key.abandon"},
		}
	}
	_, found := p.list.Selected()
	return []kit.Binding{
		{Intent: accepts, Keys: []string{"enter"}, Label: "history.key.to_lines", Quiet: !found},
		{Intent: kit.Down, Keys: []string{"down"}, Show: "↑↓", Label: "history.key.choose_line", Quiet: !found},
		{Intent: kit.Up, Keys: []string{"up"}, Label: "history.key.up", Quiet: true},
		{Intent: kit.PageDown, Keys: []string{"pgdown"}, Label: "history.key.page_down", Quiet: true},
		{Intent: kit.PageUp, Keys: []string{"pgup"}, Label: "history.key.page_up", Quiet: true},
		p.saveKey(),
		{Intent: savedOnes, Keys: []string{"ctrl+o"}, Label: "history.key.saved", Quiet: p.find != ""},
		{Intent: abandons, Keys: []string{"esc"}, Label: "history.key.abandon"},
	}
}

// saveKey keeps the search under a name.
func (p *weeksPage) saveKey() kit.Binding {
	b := kit.Binding{Intent: saveFind, Keys: []string{"ctrl+s"}, Label: "history.key.save"}
	switch {
	case strings.TrimSpace(p.find) == "":
		b.Off, b.Quiet = "history.key.no_search", true
	case p.findErr != nil:
		b.Off = "history.key.bad_search"
	}
	return b
}

// save leads to where the search gets its name.
func (p *weeksPage) save() tea.Cmd {
	b := p.saveKey()
	if b.Off != "" {
		return kit.Request(kit.Notice{Level: kit.Warning, Text: p.env.Text.T(b.Off)})
	}
	return kit.Request(kit.Visit{Page: "searches", Arg: url.Values{"find": {p.find}}.Encode()})
}

// movement is what a list understands.
var movement = []kit.Binding{
	{Intent: kit.Down, Keys: []string{"down", "j"}, Label: "history.key.down", Quiet: true},
	{Intent: kit.Up, Keys: []string{"up", "k"}, Label: "history.key.up", Quiet: true},
	{Intent: kit.PageDown, Keys: []string{"pgdown", "space"}, Label: "history.key.page_down", Quiet: true},
	{Intent: kit.PageUp, Keys: []string{"pgup"}, Label: "history.key.page_up", Quiet: true},
	{Intent: kit.Top, Keys: []string{"home"}, Label: "history.key.top", Quiet: true},
	{Intent: kit.Bottom, Keys: []string{"end", "G"}, Label: "history.key.bottom", Quiet: true},
}

func (p *weeksPage) failed() bool {
	return p.weekErr != nil || p.sumsErr != nil || p.list.Err() != nil
}

// narrowed reports whether less is shown than the visit began with.
func (p *weeksPage) narrowed() bool {
	if p.whole {
		return p.find != p.began && !p.visiting
	}
	return p.began != "" || p.day != p.beganDay || len(p.narrow) > 0 || p.focus != onList
}

func (p *weeksPage) do(ctx context.Context, what kit.Intent) tea.Cmd {
	switch what {
	case weekBefore:
		return p.toWeek(ctx, p.week.Add(-1))
	case weekAfter:
		return p.toWeek(ctx, p.week.Add(1))
	case thisWeek:
		return p.toWeek(ctx, past.WeekOf(p.env.Today()))
	case pickWeek:
		p.begin(weekInput, "")
	case accepts:
		return p.accept(ctx)
	case abandons:
		return p.abandon(ctx)
	case saveFind:
		return p.save()
	case savedOnes:
		return kit.Request(kit.Visit{Page: "searches"})
	case kit.Find:
		p.begin(findInput, p.find)
	case nextBy:
		return p.cycle(ctx)
	case kit.Next:
		p.focus = (p.focus + 1) % parts
	case kit.Previous:
		p.focus = (p.focus + parts - 1) % parts
	case kit.Open:
		return p.open(ctx)
	case openBill:
		if row, ok := p.list.Selected(); ok && row.Settlement != "" {
			return visit("bill", row.Settlement)
		}
	case kit.Back:
		return p.widen(ctx)
	case kit.Retry:
		return tea.Batch(p.readKnown(ctx), p.readAll(ctx))
	default:
		p.move(what)
	}
	return nil
}

// steps is how far movements go among days and groups.
var steps = map[kit.Intent]int{
	kit.Up: -1, kit.Down: 1, kit.PageUp: -7, kit.PageDown: 7, kit.Top: -1 << 20, kit.Bottom: 1 << 20,
}

func (p *weeksPage) move(what kit.Intent) {
	if p.focus == onDays {
		p.dayAt = max(min(p.dayAt+steps[what], 6), 0)
	} else {
		p.groupAt = max(min(p.groupAt+steps[what], len(p.groups())-1), 0)
	}
}

// toWeek shows a week that has begun.
func (p *weeksPage) toWeek(ctx context.Context, w past.Week) tea.Cmd {
	if now := past.WeekOf(p.env.Today()); w.Monday > now.Monday {
		w = now
	}
	if p.week == w && !p.whole {
		return nil
	}
	p.week, p.day, p.beganDay, p.whole, p.find = w, nil, nil, false, ""
	p.groupAt = 0
	return p.readAll(ctx)
}

// cycle goes to the next way of grouping.
func (p *weeksPage) cycle(ctx context.Context) tea.Cmd {
	if p.by++; p.by > past.ByKind {
		p.by = past.ByCategory
	}
	p.groupAt = 0
	if p.tight() && p.focus != onGroups {
		p.focus = onGroups // or the change could not be seen
	}
	return p.readWeek(ctx)
}

// open goes deeper into what is chosen.
func (p *weeksPage) open(ctx context.Context) tea.Cmd {
	switch {
	case p.focus == onDays && !p.whole:
		d := p.week.Monday + past.Day(p.dayAt)
		if p.day != nil && *p.day == d {
			p.day = nil
		} else {
			p.day = &d
		}
		return p.readList(ctx)
	case p.focus == onGroups && !p.whole:
		if groups := p.groups(); p.groupAt < len(groups) {
			p.narrow = append(p.narrow, narrowing{p.data.By, groups[p.groupAt].Name})
			p.focus = onList
			return p.readList(ctx)
		}
	default:
		if row, ok := p.list.Selected(); ok {
			return visit("tx", row.ID)
		}
	}
	return nil
}

// widen takes the last narrowing back.
func (p *weeksPage) widen(ctx context.Context) tea.Cmd {
	switch {
	case p.whole && p.find != p.began || p.began != "":
		return p.search(ctx, p.began)
	case p.focus != onList:
		p.focus = onList
	case len(p.narrow) > 0:
		p.narrow = p.narrow[:len(p.narrow)-1]
		return p.readList(ctx)
	case p.day != p.beganDay:
		p.day = p.beganDay
		return p.readList(ctx)
	}
	return nil
}
