package main

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/ui"
	"jandon/ui/audit"
	"jandon/ui/disputes"
	"jandon/ui/history"
	"jandon/ui/home"
	"jandon/ui/kit"
	"jandon/ui/pace"
	"jandon/ui/review"
	"jandon/ui/searches"
)

// needTerminal is the error where screens can't be drawn; it is decided before
// anything is made or asked of a terminal that could not answer.
func (a *app) needTerminal() error {
	_, _, in := terminal(a.in)
	_, _, out := terminal(a.out)
	if !in || !out || a.env("TERM") == "dumb" || a.env("TERM") == "" {
		return fault.New(fault.NoTerminal)
	}
	return nil
}

// farewell is how long the screen may take to leave after a signal.
const farewell = 2 * time.Second

// screens runs the shell on a source until the person leaves it.
func (a *app) screens(ctx context.Context, s *source) error {
	shell, err := a.shell(s)
	if err != nil {
		return err
	}
	handTester(s.moved, &shell)
	if err := a.recordable(&shell, a.setting(s)); err != nil {
		return err
	}
	if s.typed == nil {
		return a.program(ctx, shell)
	}
	a.typing(&shell)
	return a.perform(ctx, shell, newTypist(s.typed))
}

// program draws a shell until the person leaves it.
func (a *app) program(ctx context.Context, shell ui.Options) error { return a.perform(ctx, shell, nil) }

// perform is program where a typist begins, if there is one.
func (a *app) perform(ctx context.Context, shell ui.Options, first *typist) error {
	model, err := ui.New(shell)
	if err != nil {
		return err
	}
	err = a.draw(ctx, model, first)
	recorded := a.tape.wound()
	if err == nil {
		err = recorded
	}
	return err
}

// draw runs a model on the terminal until the person leaves it.
func (a *app) draw(ctx context.Context, model tea.Model, first *typist) error {
	options := []tea.ProgramOption{
		tea.WithInput(a.in), tea.WithOutput(a.out), tea.WithEnvironment(a.environ), tea.WithoutSignalHandler(),
	}
	if a.cfg.Color == "never" {
		options = append(options, tea.WithColorProfile(colorprofile.ASCII))
	}
	var program *tea.Program
	var idle rest
	options = append(options, tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
		idle.stir(program)
		if first != nil {
			return first.filter(msg)
		}
		return msg
	}))
	var fell fall
	program = tea.NewProgram(discreet{model, &fell}, options...)
	done := make(chan struct{})
	defer close(done)
	a.drawn.Store(program)
	defer a.drawn.Store(nil)
	if first != nil {
		playing, stop := context.WithCancel(ctx)
		defer stop()
		go first.play(playing, program)
	}
	go func() { // a signal leaves as the quit key does, so that the terminal is put back
		select {
		case <-ctx.Done():
			program.Quit()
		case <-done:
			return
		}
		select {
		case <-time.After(farewell): // a screen that hangs, or a terminal that is gone
			program.Kill()
		case <-done:
		}
	}()
	_, err := program.Run()
	if told := fell.tell(model); told != "" {
		a.note(a.text().F("cli.fell", "Where", told))
	}
	if errors.Is(err, tea.ErrProgramKilled) && ctx.Err() != nil {
		return nil
	}
	if err != nil {
		return fault.Wrap(err, fault.Internal)
	}
	return nil
}

// linear leads through the same pages in lines, as a conversation.
func (a *app) linear(ctx context.Context, s *source) error {
	shell, err := a.shell(s)
	if err != nil {
		return err
	}
	return ui.Plain(ctx, shell, a.in, a.out)
}

// shell wires pages to a source.
func (a *app) shell(s *source) (ui.Options, error) {
	limits := home.Options{Concentration: a.cfg.Concentration}
	if a.cfg.PhoneBill > 0 {
		limits.PhoneBill = money.Won(a.cfg.PhoneBill)
	}
	found := a.findings(s)
	limits.Reviewed = found.reviewed
	if s.waits() {
		limits.Waiting = mover{bank: s.bank}.Waiting
	}
	options := ui.Options{
		Lang: a.cfg.Lang, Zone: a.cfg.Zone, Money: a.style().Unit, Theme: a.cfg.Theme, Mono: a.cfg.Color == "never",
		Mouse: a.cfg.Mouse, Idle: a.cfg.Idle, Source: s.name, Fresh: ui.Freshness{At: s.asOf()},
		Clock: ui.Clock{Now: s.clock}, IDs: fault.NewID, Failed: a.logFailure, Named: s.shelf().Searches,
		StopKeyring: a.stopKeyring,
		Pages: []ui.Maker{
			{Name: "home", Label: "home.title", Tab: true, Make: func(env *kit.Env, _ string) kit.Page {
				return home.New(env, found, limits)
			}},
			{Name: "history", Label: "history.title", Tab: true, Make: func(env *kit.Env, arg string) kit.Page {
				if s.trail == nil {
					return history.New(env, s, nil, arg)
				}
				return history.New(env, s, s.trail, arg)
			}},
			{Name: "search", Label: "history.search", Keys: []string{"/", "ctrl+f"}, Make: func(env *kit.Env, _ string) kit.Page {
				return history.NewSearch(env, s)
			}},
			{Name: "searches", Label: "searches.title", Keys: []string{"S", "ctrl+o"}, Make: func(env *kit.Env, arg string) kit.Page {
				return searches.New(env, s.shelf(), arg)
			}},
			{Name: "audit", Label: "subscriptions.title", Tab: true, Make: func(env *kit.Env, arg string) kit.Page {
				return audit.New(env, found, found.canceler(), arg)
			}},
			{Name: "disputes", Label: "disputes.title", Keys: []string{"D", "0"}, Make: func(env *kit.Env, arg string) kit.Page {
				return disputes.New(env, s, found.court(), arg)
			}},
			{Name: "review", Label: "review.title", Tab: true, Make: func(env *kit.Env, _ string) kit.Page {
				return review.New(env, found)
			}},
			{Name: "pace", Label: "pace.title", Tab: true, Make: func(env *kit.Env, _ string) kit.Page {
				return pace.New(env, s, pace.Options{PhoneBill: limits.PhoneBill})
			}},
		},
	}
	if s.stranger() {
		options.Notices = append(options.Notices, kit.Notice{Level: kit.Failure, Err: fault.New(fault.NotEnrolled)})
	}
	if s.skipped > 0 { // the list itself waits on standard error, below the screens
		options.Notices = append(options.Notices, kit.Notice{Level: kit.Warning, Text: a.text().N("cli.skipped_lines", s.skipped)})
	}
	if s.scenario != "" { // a name that needs no translation when the language changes
		options.Source, options.MadeUp = s.scenario, true
	}
	options.Version, _ = build()
	options.Start.Page = s.page
	if s.refresh != nil {
		options.Sync = refresher{s}
	}
	err := a.moving(s, &options)
	return options, err
}

// refresher lets a source be what the shell asks.
type refresher struct{ s *source }

// Sync fetches what is new.
func (r refresher) Sync(ctx context.Context, progress func(done, total int)) (ui.Freshness, bool, error) {
	changed, err := r.s.refresh(ctx, progress)
	if err != nil {
		return ui.Freshness{At: r.s.asOf(), Offline: true}, changed, err
	}
	return ui.Freshness{At: r.s.asOf()}, changed, nil
}
