package confirm

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/ui/kit"
	"jandon/ui/kit/acting"
)

// The names of the page's writes.
const (
	confirmed = "confirm write"
	canceled  = "confirm cancel"
)

// confirm answers the question. It goes on if the page is left.
func (p *page) confirm(ctx context.Context, pin kit.PIN) tea.Cmd {
	source, id, sent := p.source, p.id, p.code
	p.told = true
	return p.write(ctx, confirmed, func(ctx context.Context) (act.Act, error) {
		defer pin.Wipe()
		return source.Confirm(ctx, id, pin, sent)
	})
}

// cancel gives the act up and frees what it holds.
func (p *page) cancel(ctx context.Context) tea.Cmd {
	if p.act == nil || p.stage == writing || p.act.State != act.Waiting && p.act.State != act.Review {
		return nil
	}
	source, id := p.source, p.id
	return p.write(ctx, canceled, func(ctx context.Context) (act.Act, error) { return source.Cancel(ctx, id) })
}

// write carries something out that leaving must not stop; whoever is on the
// screen by then hears what it came to.
func (p *page) write(ctx context.Context, what string, do func(context.Context) (act.Act, error)) tea.Cmd {
	p.guard.Drop()
	p.field.Wipe()
	p.stage, p.err, p.run = writing, nil, p.run+1
	run, env := p.run, *p.env
	ctx = fault.Anew(context.WithoutCancel(ctx))
	return func() tea.Msg {
		a, err := do(ctx)
		f := fault.In(ctx, err)
		return kit.Settled{Msg: kit.Answer[act.Act]{From: what, Run: run, Value: a, Err: f}, Left: afterwards(&env, &a, f)}
	}
}

// afterwards is what is said of a write whose page was left.
func afterwards(env *kit.Env, a *act.Act, err *fault.Error) kit.Notice {
	switch {
	case lost(err):
		return kit.Notice{Level: kit.Warning, Text: env.Text.T("confirm.left_unknown")}
	case err != nil:
		return kit.Notice{Level: kit.Failure, Err: err}
	}
	words := acting.Words{Env: env}
	state, _ := words.State(a.State)
	return kit.Notice{Text: env.Text.F("confirm.left_done", "Act", words.Action(a.Action), "State", state)}
}

// lost reports whether an error leaves open what happened.
func lost(err *fault.Error) bool {
	if err == nil {
		return false
	}
	switch err.Code {
	case fault.UnknownOutcome, fault.Unreachable, fault.TimedOut, fault.BadAnswer, fault.ServerError, fault.Canceled:
		return true
	}
	return false
}

// written takes what a write came to.
func (p *page) written(ctx context.Context, a kit.Answer[act.Act]) tea.Cmd {
	if a.Run != p.run || p.stage != writing {
		return nil
	}
	a.Err = kit.Stopped(a.Err) // then nothing can be answered until the pause is over
	switch {
	case a.Err == nil:
		return p.take(ctx, a.Value)
	case lost(a.Err):
		p.stage, p.tries = unknown, 0
		return p.check(ctx)
	case a.From == confirmed && a.Err.Code == fault.WrongCode && p.q != nil && p.left() > 0:
		p.stage, p.err = asked, a.Err
		if p.short() {
			p.scroll.Top = 1 << 20 // where it was answered
		}
		return tea.Batch(p.guard.Show(), p.beat())
	case a.Err.Code == fault.ChallengeExpired && p.left() > 0: // its time is not what ended it
		p.over("confirm.void")
		return nil
	case a.Err.Code == fault.ChallengeExpired:
		p.over("confirm.expired")
		return nil
	case a.Err.Code == fault.TooLate:
		p.stage = reading
		return p.read(ctx)
	}
	p.forget()
	p.stage, p.err = refused, a.Err
	return nil
}

// check asks what became of the act after an answer was lost.
func (p *page) check(ctx context.Context) tea.Cmd {
	source, id := p.source, p.id
	p.tries++
	return kit.Ask(ctx, &p.checking, func(ctx context.Context) (act.Act, error) { return source.Act(ctx, id) })
}

// The waits between asking what became of an act: soon at first, and never
// more often than a platform in trouble can bear.
const (
	firstCheck = 2 * time.Second
	lastCheck  = 30 * time.Second
)

// checked takes what is known of an act by now.
func (p *page) checked(ctx context.Context, a kit.Answer[act.Act]) tea.Cmd {
	switch {
	case p.stage != unknown:
		return nil
	case a.Err != nil:
		return p.after(min(firstCheck<<min(p.tries-1, 8), lastCheck))
	case a.Value.State == act.Waiting: // a new question kills what may still be on its way
		p.act = &a.Value
		p.forget()
		p.stage = unheard
		return nil
	}
	return p.take(ctx, a.Value)
}

// Tick is the clock's word while something counts down or moves.
type Tick struct{ Run int }

// after has the page told when a while is over; an older tick counts no more.
func (p *page) after(d time.Duration) tea.Cmd {
	p.pulse++
	return kit.Request(kit.Wait{For: d, Then: Tick{p.pulse}})
}

// readEvery is after how many ticks what moves is read anew, due or not.
const readEvery = 5

// overdue is how often what should have arrived is asked for.
const overdue = 5 * time.Second

// soon is when a part of an act is due so soon that seconds are counted.
const soon = 10 * time.Minute

// beat waits for the next tick, if there is anything to wait for.
func (p *page) beat() tea.Cmd {
	switch p.stage {
	case asked:
		return p.after(time.Second)
	case followed, reviewed:
		next, moves := acting.Moves(p.act, p.env.Now)
		switch {
		case !moves && p.stage == followed:
			p.pulse++
			return nil
		case moves && next == 0:
			return p.after(overdue)
		case moves && next < soon:
			return p.after(time.Second)
		}
		return p.after(30 * time.Second)
	default:
		return nil
	}
}

// tick counts a question down, and reads anew what moves.
func (p *page) tick(ctx context.Context, m Tick) tea.Cmd {
	if m.Run != p.pulse {
		return nil
	}
	switch p.stage {
	case unknown:
		return p.check(ctx)
	case asked:
		if p.left() <= 0 {
			p.over("confirm.expired")
			return nil
		}
		return p.beat()
	case followed, reviewed:
		p.beats++
		next, _ := acting.Moves(p.act, p.env.Now)
		if p.beats < readEvery && next > 0 && next < soon || p.reading.Busy() {
			return p.beat()
		}
		p.beats = 0
		return p.read(ctx)
	default:
		return nil
	}
}
