package history

import (
	"cmp"
	"context"
	"strconv"

	tea "charm.land/bubbletea/v2"

	past "jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
	"jandon/ui/kit"
)

// billMost is how many charges of a bill are listed: a hundred a day for a
// month. A longer bill says how many it leaves out.
const billMost = 3000

// billPage is a settlement with its charges (V7).
type billPage struct {
	leaf
	source  Source
	id      string
	reading kit.Latest
	data    *Bill
}

func newBill(env *kit.Env, source Source, id string) *billPage {
	p := &billPage{source: source, id: id, reading: kit.Latest{Name: "history.bill"}}
	p.leaf.env, p.wait = env, &p.reading
	return p
}

// Init reads for a visit.
func (p *billPage) Init(ctx context.Context) tea.Cmd { return p.read(ctx) }

func (p *billPage) read(ctx context.Context) tea.Cmd {
	source, id := p.source, p.id
	return kit.Ask(ctx, &p.reading, func(ctx context.Context) (Bill, error) { return readBill(ctx, source, id) })
}

func readBill(ctx context.Context, from Source, id string) (b Bill, err error) {
	if b.Settlement, err = from.Settlement(ctx, id); err != nil {
		return b, err
	}
	if b.Issuer, err = issuerOf(ctx, from, b.Settlement.Issuer); err != nil {
		return b, err
	}
	q := past.Query{Settlement: id}
	if b.Totals, err = from.Totals(ctx, q); err != nil {
		return b, err
	}
	page, err := from.Rows(ctx, q, past.Window{Older: true, Limit: billMost})
	b.Charges = page.Rows
	return b, err
}

// Update takes a message.
func (p *billPage) Update(ctx context.Context, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case kit.Do:
		if msg.Intent == kit.Retry {
			return p.read(ctx)
		}
		return p.do(msg.Intent)
	case kit.Click:
		return p.click(msg.Y)
	case kit.Answer[Bill]:
		if kit.Take(&p.reading, msg) {
			if p.err = msg.Err; msg.Err == nil {
				p.data, p.body = &msg.Value, p.sections
			}
		}
	case kit.Slow:
		p.reading.Late(msg)
	case kit.Changed:
		return p.read(ctx)
	}
	p.arrange()
	return nil
}

// Keys lists what can be done now.
func (p *billPage) Keys() []kit.Binding { return p.keys() }

func (p *billPage) sections(w int) []kit.Lines {
	t, env, b := p.leaf.env.Theme, p.leaf.env, &p.data.Settlement
	title, total := env.Text.F("history.bill_of", "Issuer", p.data.Issuer.Name), env.Amount(b.Total)
	head := kit.Lines{{Draw: func(s *kit.Sheet) {
		end := s.X() + s.Room()
		s.PutIn(t.Strong, title, s.Room()-kit.Width(total)-2)
		s.Right(t.Strong, total, end)
	}}}
	head = append(head, p.matches(w)...)
	if p.err != nil {
		head = append(head, trouble(env, p.err, w)...)
	}
	paid := env.Text.T("history.not_paid")
	if !b.Paid.IsZero() {
		paid = env.Text.DayYear(past.DayOf(b.Paid, env.Zone))
	}
	due := ""
	if !b.Due.IsZero() {
		due = env.Text.DayYear(past.DayOf(b.Due, env.Zone))
	}
	facts := kit.Facts(t, w,
		env.Text.T("history.period"), env.Text.RangeYear(past.DayOf(b.From, env.Zone), past.DayOf(b.To.Add(-1), env.Zone)),
		env.Text.T("history.due"), due,
		env.Text.T("history.paid"), paid,
		env.Text.T("history.contact"), p.data.Issuer.Contact,
		env.Text.T("history.id"), b.ID,
	)
	return []kit.Lines{head, facts, p.seen(w), p.charges()}
}

// matches says whether the charges come to what the bill asks for. All that is
// on the bill counts, a top-up of a game as much as a purchase.
func (p *billPage) matches(w int) kit.Lines {
	t, env, b := p.leaf.env.Theme, p.leaf.env, p.data
	if len(b.Charges) < b.Totals.Lines { // too long to be listed, and so to be added up
		return nil
	}
	sum, currency := int64(0), b.Settlement.Total.Currency
	for i := range b.Charges {
		if b.Charges[i].Amount.Currency == currency {
			sum -= b.Charges[i].Amount.Minor
		}
	}
	count := env.Text.N("week.charges", len(b.Charges))
	if sum == b.Settlement.Total.Minor {
		return kit.Paragraph(t.Gain, env.Text.F("history.bill_matches", "Charges", count), w)
	}
	return kit.Paragraph(t.Warn, env.Text.F("history.bill_differs", "Charges", count, "Sum", env.Amount(money.Of(sum, currency))), w)
}

// seen says who saw which data of the bill, and why.
func (p *billPage) seen(w int) kit.Lines {
	t, env, list := p.leaf.env.Theme, p.leaf.env, p.data.Settlement.Disclosure
	lines := kit.Lines{kit.Heading(t, env.Text.T("history.seen_by"), "")}
	if len(list) == 0 {
		return append(lines, kit.Paragraph(t.Quiet, env.Text.T("history.seen_unknown"), w)...)
	}
	var pairs []string
	for _, d := range list {
		what := d.What
		if d.Why != "" {
			what += " (" + d.Why + ")"
		}
		pairs = append(pairs, d.Who, what)
	}
	return append(lines, kit.Facts(t, w, pairs...)...)
}

// charges lists what the bill is made of.
func (p *billPage) charges() kit.Lines {
	t, env := p.leaf.env.Theme, p.leaf.env
	rows := p.data.Charges
	lines := kit.Lines{kit.Heading(t, env.Text.T("history.charges"), strconv.Itoa(p.data.Totals.Lines))}
	width := 0
	for i := range rows {
		width = max(width, kit.Width(env.Signed(rows[i].Amount)))
	}
	for i := range rows {
		lines = append(lines, chargeItem(env, &rows[i].Transaction, rows[i].Day, width))
	}
	if rest := p.data.Totals.Lines - len(rows); rest > 0 {
		lines = append(lines, kit.Paragraph(t.Quiet, env.Text.N("history.left_out", rest), leafWidth)...)
	}
	return lines
}

// chargeItem is a line of a list on a leaf; its texts are made when it is drawn.
func chargeItem(env *kit.Env, x *wallet.Transaction, day past.Day, width int) kit.Item {
	return kit.Item{
		Key:  "tx/" + x.ID,
		Open: func() tea.Cmd { return visit("tx", x.ID) },
		Draw: func(s *kit.Sheet) {
			t, end := env.Theme, s.X()+s.Room()
			date := day.String()
			s.PutIn(t.Quiet, date, len(date)+2)
			if s.Room() >= 46 {
				s.PutIn(t.Quiet, env.Clock(x.At), 7)
			}
			mark := ""
			if x.Status == wallet.Pending || x.Status == wallet.Refunded || x.Type != wallet.Payment {
				mark = markOf(env, x)
			}
			names := end - width - 2 - s.X()
			if mark != "" {
				names -= kit.Width(mark) + 2
			}
			s.PutIn(t.Text, cmp.Or(x.Merchant, x.Reason, x.Issuer), names)
			if mark != "" {
				s.Put(t.Quiet, "  "+mark)
			}
			ink := t.Text
			if x.Amount.Minor > 0 {
				ink = t.Gain
			}
			s.Right(ink, env.Signed(x.Amount), end)
		},
	}
}
