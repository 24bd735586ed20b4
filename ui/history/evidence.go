package history

import (
	"cmp"
	"context"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
	past "jandon/internal/history"
	"jandon/internal/wallet"
	"jandon/ui/kit"
)

// evidenceMost is how many lines an alert shows; what is behind a suspicion is a handful.
const evidenceMost = 200

// evidencePage is an alert with the lines that are its evidence (V8).
type evidencePage struct {
	leaf
	source  Source
	id      string
	reading kit.Latest
	data    *Evidence
}

func newEvidence(env *kit.Env, source Source, id string) *evidencePage {
	p := &evidencePage{source: source, id: id, reading: kit.Latest{Name: "history.evidence"}}
	p.leaf.env, p.wait = env, &p.reading
	return p
}

// Init reads for a visit.
func (p *evidencePage) Init(ctx context.Context) tea.Cmd { return p.read(ctx) }

func (p *evidencePage) read(ctx context.Context) tea.Cmd {
	source, id := p.source, p.id
	return kit.Ask(ctx, &p.reading, func(ctx context.Context) (Evidence, error) { return readEvidence(ctx, source, id) })
}

func readEvidence(ctx context.Context, from Source, id string) (e Evidence, err error) {
	alerts, err := from.Alerts(ctx)
	if err != nil {
		return e, err
	}
	for _, a := range alerts {
		if a.ID == id {
			e.Alert = a
		}
	}
	if e.Alert.ID == "" {
		return e, fault.New(fault.NotFound, "what", id)
	}
	if e.Issuer, err = issuerOf(ctx, from, e.Alert.Issuer); err != nil {
		return e, err
	}
	for _, tx := range e.Alert.Transactions[:min(len(e.Alert.Transactions), evidenceMost)] {
		x, err := from.Transaction(ctx, tx)
		if err != nil {
			return e, err
		}
		e.Lines = append(e.Lines, x)
	}
	return e, nil
}

// Update takes a message.
func (p *evidencePage) Update(ctx context.Context, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case kit.Do:
		switch {
		case msg.Intent == kit.Retry:
			return p.read(ctx)
		case msg.Intent == openBill && p.data != nil && p.data.Alert.Settlement != "":
			return visit("bill", p.data.Alert.Settlement)
		}
		return p.do(msg.Intent)
	case kit.Click:
		return p.click(msg.Y)
	case kit.Answer[Evidence]:
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
func (p *evidencePage) Keys() []kit.Binding {
	if p.data == nil || p.data.Alert.Settlement == "" {
		return p.keys()
	}
	return append([]kit.Binding{{Intent: openBill, Keys: []string{"s"}, Label: "history.key.bill"}}, p.keys()...)
}

func (p *evidencePage) sections(w int) []kit.Lines {
	t, env, a := p.leaf.env.Theme, p.leaf.env, &p.data.Alert
	title := env.Text.T(kit.AlertWord(a.Kind))
	amount := ""
	if !a.Amount.IsZero() {
		amount = env.Size(a.Amount)
	}
	who := cmp.Or(a.Merchant, p.data.Issuer.Name) + "  " + env.Moment(a.At)
	head := kit.Lines{
		{Draw: func(s *kit.Sheet) {
			end := s.X() + s.Room()
			s.PutIn(t.Strong, title, s.Room()-kit.Width(amount)-2)
			s.Right(t.Strong, amount, end)
		}},
		{Draw: func(s *kit.Sheet) { s.Put(t.Quiet, who) }},
	}
	if p.err != nil {
		head = append(head, trouble(env, p.err, w)...)
	}
	why := kit.Paragraph(t.Text, env.Text.T("history.why_"+kit.AlertWord(a.Kind)[len("alert."):]), w)
	lines := kit.Lines{kit.Heading(t, env.Text.T("history.evidence"), p.apart())}
	width := 0
	for i := range p.data.Lines {
		width = max(width, kit.Width(env.Signed(p.data.Lines[i].Amount)))
	}
	for i := range p.data.Lines {
		x := &p.data.Lines[i]
		lines = append(lines, chargeItem(env, x, past.DayOf(x.At, env.Zone), width))
	}
	if len(p.data.Lines) == 0 {
		lines = append(lines, kit.Paragraph(t.Quiet, env.Text.T("history.no_evidence"), w)...)
	}
	return []kit.Lines{head, why, lines}
}

// apart is how long lay between the lines of a double charge.
func (p *evidencePage) apart() string {
	if p.data.Alert.Kind != wallet.AlertDoubleCharge || len(p.data.Lines) != 2 {
		return ""
	}
	gap := p.data.Lines[0].At.Sub(p.data.Lines[1].At).Abs()
	return p.leaf.env.Text.N("history.minutes_apart", int(gap.Minutes()))
}
