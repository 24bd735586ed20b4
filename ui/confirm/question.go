package confirm

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/safe"
	"jandon/ui/kit"
)

// ask has a fresh challenge made.
func (p *page) ask(ctx context.Context) tea.Cmd {
	p.forget()
	p.stage, p.err, p.why = reading, nil, ""
	source, id := p.source, p.id
	return kit.Ask(ctx, &p.asking, func(ctx context.Context) (act.Question, error) {
		q, err := source.Question(ctx, id)
		if err == nil {
			err = unfit(&q)
		}
		return q, err
	})
}

// question shows what is to be confirmed, or why it can't be.
func (p *page) question(ctx context.Context, a kit.Answer[act.Question]) tea.Cmd {
	if !kit.Take(&p.asking, a) {
		return nil
	}
	switch {
	case a.Err != nil && a.Err.Code == fault.TooLate && !p.late: // it went on without this question
		p.late = true
		return p.read(ctx)
	case a.Err != nil:
		p.stage, p.err = refused, a.Err
		return nil
	}
	p.late = false
	q := a.Value
	made := q.At
	if made.IsZero() {
		made = p.env.Now
	}
	p.q, p.stage, p.seen, p.hidden = &q, asked, false, p.env.Hidden
	p.from, p.ends = p.env.Now, p.env.Now.Add(q.Expires.Sub(made))
	p.scroll.Top = 0
	return tea.Batch(p.guard.Show(), p.beat())
}

// unfit is why a question can't be shown as what is signed.
func unfit(q *act.Question) error {
	if q.Action == act.SetAuto && q.Auto == nil { // bytes whose terms nobody knows
		return fault.New(fault.ChallengeDiffers, "field", "quote")
	}
	if field := misleads(q); field != "" {
		return fault.New(fault.UnsafeText, "field", field)
	}
	return nil
}

// misleads is the first text that the filter of outside text would change:
// what is drawn would not be what is signed.
func misleads(q *act.Question) string {
	for _, part := range q.Parts {
		if safe.Changed(part.Payee.Name) || safe.Changed(part.Payee.ID) {
			return "payee"
		}
	}
	if safe.Changed(q.Account) || safe.Changed(q.Server) {
		return "account"
	}
	return ""
}

// wantsPIN reports whether the PIN has to be typed for this question; whatever
// asks for something unknown asks for the most.
func (p *page) wantsPIN() bool { return p.q.Need != act.NeedCode }

// tie makes the end exact at the first sign of the shell's clock, which was up
// to a minute old when the question came. Both signs come within a second.
func (p *page) tie() {
	if p.from.IsZero() {
		return
	}
	if by := p.env.Now.Sub(p.from) - time.Second; by > 0 || by < -time.Minute { // far back: the clock was set meanwhile
		p.ends = p.ends.Add(by)
	}
	p.from = time.Time{}
}

// left is how long the question can still be answered.
func (p *page) left() time.Duration { return max(p.ends.Sub(p.env.Now), 0) }

// ready reports whether an answer counts now.
func (p *page) ready() bool {
	return p.stage == asked && !p.dropping && !p.touch.Asking() && p.guard.Armed() && p.seen && !p.env.Hidden && p.left() > 0
}

// shown goes by what a change of the environment did: amounts that were hidden
// have to be looked at first, like a new question.
func (p *page) shown() tea.Cmd {
	was := p.hidden
	p.hidden = p.env.Hidden
	switch {
	case p.stage != asked || p.hidden == was:
		return nil
	case p.hidden:
		p.guard.Drop()
		p.field.Wipe()
		return nil
	}
	return p.guard.Show()
}

// locked drops what was being confirmed: it is asked anew after the lock. The
// code of what was confirmed goes for good, with all other secrets.
func (p *page) locked() {
	p.field.Wipe()
	p.touch.Reset()
	p.code.Wipe()
	p.told, p.open = false, false
	if p.stage == asked || p.stage == reading && p.asking.Busy() {
		p.asking.Drop()
		p.over("confirm.was_locked")
	}
}

// over ends the question; a key asks anew.
func (p *page) over(why string) {
	p.forget()
	p.stage, p.why = again, why
}

// unlocked goes on with what needed the PIN or was dropped by the lock.
func (p *page) unlocked(ctx context.Context) tea.Cmd {
	needed := p.stage == refused && p.err != nil && p.err.Code == fault.StepUpRequired
	if p.act == nil && needed {
		p.stage, p.err = reading, nil
		return p.read(ctx)
	}
	if needed || p.stage == again && p.why == "confirm.was_locked" {
		return p.ask(ctx)
	}
	return nil
}

// typed takes keys while they come raw.
func (p *page) typed(ctx context.Context, msg tea.KeyPressMsg) tea.Cmd {
	if !p.Typing() {
		return nil
	}
	k := kit.Fold(msg)
	if by, ok := steps[string(k)]; ok {
		p.scrollBy(by)
		return nil
	}
	switch {
	case p.sending() && k == "esc":
		return kit.Request(kit.Leave{})
	case p.sending():
		return nil // a digit too many must not be a key of the page, nor be recorded as one
	case p.dropping:
		return p.doubted(ctx, k)
	case k == "esc" && p.touch.Asking():
		p.touch.Skip()
		return p.guard.Show()
	case k == "esc":
		return p.no()
	case p.env.Hidden && k == "H":
		return kit.Request(kit.Show{})
	case p.touch.Asking():
		return nil
	case !p.guard.Armed() && !p.env.Hidden:
		return p.guard.Show()
	case k == "x":
		return p.doubt()
	case !p.seen || p.env.Hidden:
		return nil
	case k == "enter":
		if p.ready() && p.field.Len() >= kit.PINLeast {
			return p.confirm(ctx, p.field.Take())
		}
	case p.field.Press(msg):
		p.err = nil
	}
	return nil
}

// steps is how far keys scroll where they come raw.
var steps = map[string]int{"up": -1, "down": 1, "pgup": -8, "pgdown": 8, "home": -1 << 20, "end": 1 << 20}

func (p *page) scrollBy(n int) {
	p.scroll.Top += n
	p.arrange()
}

// no leaves without confirming. The act waits on, which is said.
func (p *page) no() tea.Cmd {
	p.forget()
	p.stage, p.why = again, "confirm.not_yet"
	if p.act == nil || p.act.Until.IsZero() {
		return kit.Request(kit.Leave{})
	}
	text := p.env.Text.F("confirm.waits", "Until", p.env.When(p.act.Until))
	return kit.Request(kit.Leave{Say: kit.Notice{Level: kit.Warning, Text: text}})
}
