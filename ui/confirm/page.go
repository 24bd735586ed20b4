package confirm

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/ui/kit"
)

// stage is what the page is about now.
type stage uint8

const (
	reading  stage = iota // the act, or its question
	asked                 // the question is on the screen
	again                 // it is over, or was hidden by the lock: it can be asked anew
	writing               // a confirmation or cancelling is under way
	unknown               // its answer was lost, and is asked for
	unheard               // its answer was lost, and nothing was confirmed
	refused               // the platform or this device says no
	reviewed              // the act is paused until it was looked at
	followed              // it was confirmed, or has ended
)

// page is one act on its way from its question to its end.
type page struct {
	env    *kit.Env
	source Source
	id     string

	stage stage
	act   *act.Act
	q     *act.Question
	ends  time.Time    // when the question ends, by the shell's clock
	from  time.Time    // what that clock showed when the question came; zero once ends is exact
	err   *fault.Error // why it is refused, or what the last try came to
	why   string       // id of why it has to be asked again

	reading  kit.Latest
	asking   kit.Latest
	checking kit.Latest
	tries    int  // how often a lost answer was asked for
	run      int  // of the last write
	late     bool // the last question came too late

	guard  kit.Guard
	field  kit.PINField
	touch  kit.Touching
	seen   bool // all of the question was on the screen, to its end
	hidden bool // amounts were, when last looked at
	pulse  int  // of the ticks that count
	beats  int  // ticks since the act was read

	dropping bool // whether to give the act up is asked
	drops    kit.Guard

	code   kit.Sent // that this visit sent
	told   bool     // there is one, or was
	open   bool     // and it is shown
	opened int      // how often

	w, h   int
	scroll kit.Scroll
	head   kit.Lines // stays above what scrolls
	foot   kit.Lines // stays below it
	digits int       // the line of the foot where the PIN is typed
	caret  [2]int
	sheet  kit.Sheet
	frame  string
	fresh  bool
}

// Init reads the act.
func (p *page) Init(ctx context.Context) tea.Cmd {
	context.AfterFunc(ctx, p.code.Wipe) // the code that was sent is for this visit
	return p.read(ctx)
}

func (p *page) read(ctx context.Context) tea.Cmd {
	source, id := p.source, p.id
	return kit.Ask(ctx, &p.reading, func(ctx context.Context) (act.Act, error) { return source.Act(ctx, id) })
}

// Update takes a message.
func (p *page) Update(ctx context.Context, msg tea.Msg) tea.Cmd {
	cmd := p.update(ctx, msg)
	if !p.droppable() {
		p.dropping = false
	}
	p.arrange()
	return tea.Batch(cmd, p.reach(ctx))
}

func (p *page) update(ctx context.Context, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case kit.Do:
		return p.do(ctx, msg.Intent)
	case tea.KeyPressMsg:
		return p.typed(ctx, msg)
	case kit.Armed:
		p.tie()
		p.guard.Take(msg)
		p.drops.Take(msg)
	case kit.Touched:
		return p.touched(ctx, msg)
	case Covered:
		if msg.Run == p.opened {
			p.cover()
		}
	case kit.Answer[act.Act]:
		return p.answered(ctx, msg)
	case kit.Answer[act.Question]:
		return p.question(ctx, msg)
	case kit.Slow:
		p.reading.Late(msg)
		p.asking.Late(msg)
	case Tick:
		p.tie()
		return p.tick(ctx, msg)
	case kit.Locked:
		p.locked()
	case kit.Unlocked:
		return p.unlocked(ctx)
	case kit.Changed:
		if p.stage == followed || p.stage == reviewed {
			return p.read(ctx)
		}
	case kit.Redraw:
		return p.shown()
	}
	return nil
}

// answered takes an act, whoever asked for it.
func (p *page) answered(ctx context.Context, a kit.Answer[act.Act]) tea.Cmd {
	switch {
	case a.From == confirmed || a.From == canceled:
		return p.written(ctx, a)
	case kit.Take(&p.checking, a):
		return p.checked(ctx, a)
	case !kit.Take(&p.reading, a):
		return nil
	case a.Err != nil && p.act != nil && p.stage != reading:
		return p.beat() // what is known stays; the next tick reads again
	case a.Err != nil:
		p.stage, p.err = refused, a.Err
		return nil
	}
	return p.take(ctx, a.Value)
}

// take shows an act as it is now.
func (p *page) take(ctx context.Context, a act.Act) tea.Cmd {
	was := p.act
	p.act, p.err = &a, nil
	switch {
	case a.State == act.Waiting && (p.stage == reading || p.stage == reviewed || p.stage == writing):
		return p.ask(ctx)
	case a.State == act.Waiting:
		return nil
	case a.State == act.Review:
		p.stage = reviewed
	default:
		p.stage = followed
	}
	p.forget()
	if was != nil && was.State != a.State { // value moved, or is free again
		return tea.Batch(p.beat(), kit.Request(kit.Refresh{}), kit.Request(kit.Changed{}))
	}
	return p.beat()
}

// forget drops the question and what was typed for it.
func (p *page) forget() {
	p.q = nil
	p.guard.Drop()
	p.field.Wipe()
	p.touch.Reset()
}

// Resize sets the size of the body.
func (p *page) Resize(w, h int) {
	other := w != p.w || h != p.h
	p.w, p.h = max(w, 0), max(h, 0)
	if other && p.stage == asked && p.seen { // the sums stay in sight in the middle of an answer
		if p.scroll.Top = 0; p.sumsLast() {
			p.scroll.Top = 1 << 20
		}
	}
	p.arrange()
}

// View is the body.
func (p *page) View() string {
	if !p.fresh {
		p.frame, p.fresh = p.draw(), true
	}
	return p.frame
}

// Asking reports whether a question about value is on the screen.
func (p *page) Asking() bool { return p.stage == asked || p.dropping }

// Typing reports whether keys come raw: while a PIN is typed, and before the
// question can be answered, so that keys typed ahead are known and do nothing.
func (p *page) Typing() bool {
	return p.sending() || p.stage == asked && (p.dropping || p.env.Hidden || !p.guard.Armed() || p.wantsPIN())
}

// Hiding reports whether a PIN is typed, or was typed ahead, or goes on being
// typed while the one that was entered is on its way.
func (p *page) Hiding() bool {
	return p.sending() || p.stage == asked && p.wantsPIN() && p.seen && !p.env.Hidden && !p.dropping
}

// sending reports whether a PIN that was typed is on its way.
func (p *page) sending() bool { return p.stage == writing && p.q != nil && p.wantsPIN() }

// Caret is where the next digit goes; nowhere while none is taken.
func (p *page) Caret() (x, y int) {
	if p.sending() || !p.Hiding() || !p.guard.Armed() || p.touch.Asking() {
		return -1, -1
	}
	return p.caret[0], p.caret[1]
}
