package history

import (
	"cmp"
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
	past "jandon/internal/history"
	"jandon/internal/wallet"
	"jandon/ui/kit"
)

// linePage is one line with everything that is known of it, and the trail of its value.
type linePage struct {
	leaf
	source   Source
	trails   Trails
	id       string
	reading  kit.Latest
	trailing kit.Latest
	data     *Line
	trail    []wallet.TrailStep
	trailErr *fault.Error
	trailed  bool // the trail was read
}

func newLine(env *kit.Env, source Source, trails Trails, id string) *linePage {
	p := &linePage{
		source: source, trails: trails, id: id,
		reading: kit.Latest{Name: "history.line"}, trailing: kit.Latest{Name: "history.trail"},
	}
	p.leaf.env, p.wait = env, &p.reading
	return p
}

// Init reads for a visit.
func (p *linePage) Init(ctx context.Context) tea.Cmd { return p.read(ctx) }

func (p *linePage) read(ctx context.Context) tea.Cmd {
	source, trails, id := p.source, p.trails, p.id
	cmd := kit.Ask(ctx, &p.reading, func(ctx context.Context) (Line, error) { return readLine(ctx, source, id) })
	if trails == nil {
		return cmd
	}
	return tea.Batch(cmd, kit.Ask(ctx, &p.trailing, func(ctx context.Context) ([]wallet.TrailStep, error) { return trails.Trail(ctx, id) }))
}

func readLine(ctx context.Context, from Source, id string) (l Line, err error) {
	if l.Transaction, err = from.Transaction(ctx, id); err != nil {
		return l, err
	}
	if l.Issuer, err = issuerOf(ctx, from, l.Transaction.Issuer); err != nil {
		return l, err
	}
	disputes, err := disputesOf(ctx, from)
	l.Dispute = disputeOf(disputes, id)
	return l, err
}

// Update takes a message.
func (p *linePage) Update(ctx context.Context, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case kit.Do:
		switch {
		case msg.Intent == kit.Retry:
			return p.read(ctx)
		case msg.Intent == openBill && p.data != nil && p.data.Transaction.Settlement != "":
			return visit("bill", p.data.Transaction.Settlement)
		case msg.Intent == openDispute && p.disputable():
			return toDispute(p.id)
		}
		return p.do(msg.Intent)
	case kit.Click:
		return p.click(msg.Y)
	case kit.Answer[Line]:
		if kit.Take(&p.reading, msg) {
			if p.err = msg.Err; msg.Err == nil {
				p.data, p.body = &msg.Value, p.sections
			}
		}
	case kit.Answer[[]wallet.TrailStep]:
		if kit.Take(&p.trailing, msg) {
			if p.trailErr = msg.Err; msg.Err == nil {
				p.trail, p.trailed = msg.Value, true
			}
		}
	case kit.Slow:
		p.reading.Late(msg)
		p.trailing.Late(msg)
	case kit.Changed:
		return p.read(ctx)
	}
	p.arrange()
	return nil
}

// Keys lists what can be done now.
func (p *linePage) Keys() []kit.Binding {
	off := ""
	if p.data == nil || p.data.Transaction.Settlement == "" {
		off = "history.key.no_bill"
	}
	return append([]kit.Binding{{Intent: openBill, Keys: []string{"s"}, Label: "history.key.bill", Off: off, Quiet: off != ""}, p.disputeKey()}, p.keys()...)
}

// sections is the page: what it was, its facts, where it leads, and its trail.
func (p *linePage) sections(w int) []kit.Lines {
	t, env, x := p.leaf.env.Theme, p.leaf.env, &p.data.Transaction
	title, amount := cmp.Or(x.Merchant, x.Reason, p.data.Issuer.Name, env.Text.T(typeIDs[x.Type])), env.Signed(x.Amount)
	ink := t.Strong
	if x.Amount.Minor > 0 {
		ink = t.Gain
	}
	moment := env.Moment(x.At)
	head := kit.Lines{
		{Draw: func(s *kit.Sheet) {
			end := s.X() + s.Room()
			s.PutIn(t.Strong, title, s.Room()-kit.Width(amount)-2)
			s.Right(ink, amount, end)
		}},
		{Draw: func(s *kit.Sheet) { s.Put(t.Quiet, moment) }},
	}
	head = append(head, kit.Mixed(env, w, title, p.data.Issuer.Name)...)
	if p.err != nil {
		head = append(head, trouble(env, p.err, w)...)
	}
	return []kit.Lines{head, p.disputed(w), p.facts(w), p.links(), p.steps(w)}
}

// facts names every field; one that the merchant or the platform left empty says so (V10).
func (p *linePage) facts(w int) kit.Lines {
	env, x := p.leaf.env, &p.data.Transaction
	missing := env.Text.T("history.not_told")
	issuer, contact := p.data.Issuer.Name, cmp.Or(x.Contact, p.data.Issuer.Contact)
	channel := x.Channel
	if env.Text.Has("channel." + x.Channel) {
		channel = env.Text.T("channel." + x.Channel)
	}
	return kit.Facts(env.Theme, w,
		env.Text.T("history.merchant"), cmp.Or(x.Merchant, missing),
		env.Text.T("history.category"), cmp.Or(categoryWord(env, x.Category), missing),
		env.Text.T("history.reason"), cmp.Or(x.Reason, missing),
		env.Text.T("history.type"), env.Text.T(typeIDs[x.Type]),
		env.Text.T("history.status"), env.Text.T("status."+x.Status.String()),
		env.Text.T("history.issuer"), cmp.Or(issuer, missing),
		env.Text.T("history.kind"), env.Kind(x.Kind),
		env.Text.T("history.channel"), cmp.Or(channel, missing),
		env.Text.T("history.contact"), cmp.Or(contact, missing),
		env.Text.T("history.order"), cmp.Or(x.Order, missing),
		env.Text.T("history.approval"), x.Approval,
		env.Text.T("history.id"), x.ID,
	)
}

// links lead to the bill that the line is on and to the payment that it gives back.
func (p *linePage) links() kit.Lines {
	t, env, x := p.leaf.env.Theme, p.leaf.env, &p.data.Transaction
	var list kit.Lines
	add := func(key, id, to, value string) {
		if value == "" {
			return
		}
		say := env.Text.T(id)
		list = append(list, kit.Item{Key: key,
			Open: func() tea.Cmd { return visit(to, value) },
			Draw: func(s *kit.Sheet) {
				s.Put(t.Accent, say)
				s.Put(t.Quiet, "  "+value)
			}})
	}
	add("bill", "history.see_bill", "bill", x.Settlement)
	add("payment", "history.see_payment", "tx", x.RefundOf)
	return list
}

// steps is the trail of the line's value, drawn from its origin to where it went.
func (p *linePage) steps(w int) kit.Lines {
	t, env := p.leaf.env.Theme, p.leaf.env
	list := kit.Lines{kit.Heading(t, env.Text.T("history.trail"), "")}
	switch {
	case p.trails == nil:
		return append(list, kit.Paragraph(t.Quiet, env.Text.T("history.no_trails"), w)...)
	case p.trailErr != nil:
		return append(list, trouble(env, p.trailErr, w)...)
	case !p.trailed && p.trailing.Slow():
		return append(list, kit.Paragraph(t.Quiet, env.Text.T("kit.loading"), w)...)
	case !p.trailed:
		return list
	case len(p.trail) == 0:
		return append(list, kit.Paragraph(t.Quiet, env.Text.T("history.trail_empty"), w)...)
	}
	var wide stepWidths
	for i := range p.trail {
		step := &p.trail[i]
		wide.amount = max(wide.amount, kit.Width(env.Signed(step.Amount)))
		wide.date = max(wide.date, kit.Width(env.Text.DayYear(past.DayOf(step.At, env.Zone))))
		wide.what = max(wide.what, kit.Width(env.Text.T(typeIDs[step.Type])))
		wide.who = max(wide.who, kit.Width(p.whose(step)))
		wide.kind = max(wide.kind, kit.Width(env.Kind(step.Kind)))
	}
	if kit.Width(rail(0, 2))+wide.date+wide.what+wide.who+wide.kind+wide.amount+4*2 > w { // no room for columns
		wide.what, wide.who = 0, 0
	}
	for n, lot := range byLot(p.trail) {
		if n > 0 {
			list = append(list, kit.Gap())
		}
		for i, step := range lot {
			list = append(list, p.step(fmt.Sprint("step/", n, "/", i), rail(i, len(lot)), step, wide))
		}
	}
	return list
}

// byLot parts a trail into the ways of its lots, in the order in which they
// begin: what came in is followed by what it was used for.
func byLot(trail []wallet.TrailStep) (ways [][]wallet.TrailStep) {
	at := map[string]int{}
	for _, step := range trail {
		i, ok := at[step.Lot]
		if !ok {
			i = len(ways)
			at[step.Lot] = i
			ways = append(ways, nil)
		}
		ways[i] = append(ways[i], step)
	}
	return ways
}

// rail is the line that ties the steps of a way together.
func rail(i, n int) string {
	switch {
	case n == 1:
		return "─ "
	case i == 0:
		return "┌ "
	case i == n-1:
		return "└ "
	default:
		return "├ "
	}
}

// stepWidths are the widths of what the steps of a trail say. Without those of
// what and who each step stands for itself.
type stepWidths struct{ date, what, who, kind, amount int }

// whose is the merchant of a step, or that it is this line itself.
func (p *linePage) whose(step *wallet.TrailStep) string {
	if step.Transaction == p.id {
		return p.leaf.env.Text.T("history.this_one")
	}
	return step.Merchant
}

func (p *linePage) step(key, rail string, step wallet.TrailStep, wide stepWidths) kit.Item {
	t, env := p.leaf.env.Theme, p.leaf.env
	here := step.Transaction == p.id
	text, date := t.Text, env.Text.DayYear(past.DayOf(step.At, env.Zone))
	what, amount := env.Text.T(typeIDs[step.Type]), env.Signed(step.Amount)
	who := p.whose(&step)
	if here {
		text = t.Strong
	}
	ink := text
	if step.Amount.Minor > 0 {
		ink = t.Gain
	}
	kind := env.Kind(step.Kind)
	it := kit.Item{Draw: func(s *kit.Sheet) {
		end := s.X() + s.Room()
		s.Put(t.Quiet, rail)
		s.PutIn(t.Quiet, date, wide.date+2)
		edge := end - wide.amount - 2
		s.PutIn(text, what, min(max(kit.Width(what), wide.what), edge-s.X()))
		put := func(part string, width int) {
			if width = max(width, kit.Width(part)); width > 0 && s.X()+2+width <= edge {
				s.To(s.X() + 2)
				s.PutIn(t.Quiet, part, width)
			}
		}
		put(who, wide.who)
		put(kind, 0)
		s.Right(ink, amount, end)
	}}
	if !here && step.Transaction != "" {
		it.Key = key
		it.Open = func() tea.Cmd { return visit("tx", step.Transaction) }
	}
	return it
}

// trouble says what went wrong and what can be done.
func trouble(env *kit.Env, err error, w int) kit.Lines {
	say, hint := env.Traced(err)
	return append(kit.Paragraph(env.Theme.Warn, say, w), kit.Paragraph(env.Theme.Quiet, hint, w)...)
}
