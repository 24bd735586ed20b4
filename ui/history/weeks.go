package history

import (
	"context"
	"net/url"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
	past "jandon/internal/history"
	"jandon/internal/money"
	"jandon/ui/kit"
)

// focus is which part of the page the arrow keys move in.
type focus uint8

const (
	onList focus = iota
	onDays
	onGroups
	parts // how many there are
)

// input is which text field is open.
type input uint8

const (
	noInput input = iota
	findInput
	weekInput
)

// weeksPage is the page that shows one week at a time, or what a search finds in
// the whole history.
type weeksPage struct {
	env    *kit.Env
	source Source
	visit  context.Context // of Init: a resize may have to read, and has no other

	knowing, weekly, summing kit.Latest

	known    Known
	names    map[string]string // of issuers
	week     past.Week
	asked    bool  // the visit came with a week or day
	data     *Week // nil until the first answer
	weekErr  *fault.Error
	day      *past.Day // only this day of the week
	narrow   []narrowing
	by       past.Dimension
	whole    bool   // the whole history, not a week
	visiting bool   // a search of its own, from anywhere: giving up leads back there
	find     string // the search, as typed
	began    string // the search that the visit came with: going back leads out of it
	beganDay *past.Day
	findErr  *fault.Error
	sums     *past.Totals // of what the list shows
	sumsErr  *fault.Error
	list     *kit.List
	listed   bool // the list was started
	pending  tea.Cmd
	focus    focus
	dayAt    int // 0 Monday
	groupAt  int
	groupTop int
	field    kit.Field
	input    input
	inputErr *fault.Error

	w, h   int
	head   []func(*kit.Sheet) // what stands above the list, a line each
	band   int                // the line of the head where days and groups begin
	caret  [2]int             // where the field is drawn
	labels map[past.Day]string
	words  map[string]string // of categories
	texts  []string          // the amounts of the rows being drawn
	sheet  kit.Sheet
	frame  string
	fresh  bool
}

// narrowing is one group that the week is narrowed to.
type narrowing struct {
	by   past.Dimension
	name string
}

func newWeeks(env *kit.Env, source Source, want url.Values) *weeksPage {
	p := &weeksPage{
		env: env, source: source, by: past.ByCategory, visit: context.Background(),
		knowing: kit.Latest{Name: "history.known"}, weekly: kit.Latest{Name: "history.week"}, summing: kit.Latest{Name: "history.sums"},
		names: map[string]string{}, labels: map[past.Day]string{}, words: map[string]string{},
		list: kit.NewList("history.rows", nil),
		week: past.WeekOf(env.Today()), find: want.Get("find"),
	}
	p.whole, p.began = p.find != "", p.find
	if w, err := past.ParseWeek(want.Get("week")); err == nil {
		p.week, p.asked = w, true
	}
	if d, err := past.ParseDay(want.Get("day")); err == nil {
		p.week, p.asked, p.day, p.beganDay, p.dayAt = past.WeekOf(d), true, &d, &d, d.Weekday()
	}
	return p
}

// Init reads for a visit.
func (p *weeksPage) Init(ctx context.Context) tea.Cmd {
	p.visit = ctx
	p.arrange()
	return tea.Batch(p.readKnown(ctx), p.readAll(ctx), p.flush())
}

// Update takes a message.
func (p *weeksPage) Update(ctx context.Context, msg tea.Msg) tea.Cmd {
	p.fresh = false
	if do, ok := msg.(kit.Do); ok && (p.focus == onList || p.whole) && steps[do.Intent] != 0 {
		cmd, _ := p.list.Do(ctx, do.Intent) // what stands above the list stays as it is
		return cmd
	}
	cmd := p.take(ctx, msg)
	p.arrange()
	return tea.Batch(cmd, p.flush())
}

func (p *weeksPage) take(ctx context.Context, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case kit.Do:
		return p.do(ctx, msg.Intent)
	case tea.KeyPressMsg, tea.PasteMsg:
		return p.typed(ctx, msg)
	case kit.Click:
		return p.click(ctx, msg.X, msg.Y)
	case kit.Answer[Known]:
		return p.takeKnown(ctx, msg)
	case kit.Answer[Week]:
		if kit.Take(&p.weekly, msg) {
			return p.takeWeek(ctx, msg)
		}
	case kit.Answer[past.Totals]:
		if kit.Take(&p.summing, msg) {
			if p.sumsErr = msg.Err; msg.Err == nil {
				p.sums = &msg.Value
				p.list.SetTotal(msg.Value.Lines)
			}
		}
	case kit.Changed:
		return p.reread(ctx)
	case kit.Redraw:
		clear(p.labels)
		clear(p.words)
	case kit.Slow:
		p.knowing.Late(msg)
		p.weekly.Late(msg)
		p.summing.Late(msg)
		return p.list.Update(ctx, msg)
	default:
		return p.list.Update(ctx, msg)
	}
	return nil
}

func (p *weeksPage) takeWeek(ctx context.Context, a kit.Answer[Week]) tea.Cmd {
	if p.weekErr = a.Err; a.Err != nil {
		return nil
	}
	first := p.data == nil
	p.data = &a.Value
	if opens := kit.OpensOn(p.env.Today(), a.Value.Span); first && !p.asked && !p.whole && opens != p.week {
		return p.toWeek(ctx, opens)
	}
	return nil
}

func (p *weeksPage) takeKnown(ctx context.Context, a kit.Answer[Known]) tea.Cmd {
	if !kit.Take(&p.knowing, a) || a.Err != nil { // without names, ids are shown
		return nil
	}
	before := p.known.Currency
	p.known = a.Value
	for _, i := range a.Value.Issuers {
		p.names[i.ID] = i.Name
	}
	if p.find != "" && p.currency() != before { // amounts in the search are in this currency
		return p.readList(ctx)
	}
	return nil
}

// Resize sets the size of the body.
func (p *weeksPage) Resize(w, h int) {
	if w, h = max(w, 0), max(h, 0); w != p.w || h != p.h {
		p.w, p.h, p.fresh = w, h, false
		p.arrange()
	}
}

// flush hands out what a change of size asked to read.
func (p *weeksPage) flush() tea.Cmd {
	cmd := p.pending
	p.pending = nil
	return cmd
}

// View is the body.
func (p *weeksPage) View() string {
	if !p.fresh {
		p.frame, p.fresh = p.draw(), true
	}
	return p.frame
}

func (p *weeksPage) currency() money.Currency {
	if p.data != nil && p.data.Span.Currency != "" {
		return p.data.Span.Currency
	}
	return p.known.Currency
}

func (p *weeksPage) amount(minor int64) string { return p.env.Amount(money.Of(minor, p.currency())) }
