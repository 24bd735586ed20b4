package main

import (
	"context"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/fang/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"

	"jandon/config"
	"jandon/internal/fault"
	"jandon/internal/i18n"
	"jandon/internal/money"
	"jandon/keystore"
)

// app is one run of the program: where it reads and writes, what was set, and
// how it ended.
type app struct {
	in       io.Reader
	out, err io.Writer
	environ  []string
	now      func() time.Time
	keys     keystore.Store // in place of the person's keyring; nil: that

	global globals
	cfg    *config.Config // set before a command runs
	words  *i18n.Printer
	failed error
	id     string       // of this run, for what fails outside the screens
	verb   string       // the command that runs
	logs   *slog.Logger // the wallet's; nil: none

	tape   taping                                     // of the screens
	unset  bool                                       // the command does without settings
	vault  vault                                      // the sealed file, if keys are kept in one
	handed map[int]*os.File                           // descriptors that secrets are read from
	pause  func(context.Context, time.Duration) error // in place of waiting; nil: wait
	drawn  atomic.Pointer[tea.Program]                // what stands on the terminal: nothing is printed over it; nil: nothing

	unasked atomic.Pointer[func()] // gives up on the keyring's window; nil: none is open
}

// run is the whole program; it returns the exit status.
func (a *app) run(ctx context.Context, args []string) (status int) {
	defer func() {
		if v := recover(); v != nil {
			status = a.broke(fault.Caught(v), args)
		}
	}()
	if slices.Contains(args, "--no-color") {
		a.environ = append(a.environ, "NO_COLOR=1")
		_ = os.Setenv("NO_COLOR", "1") // the help pages look there themselves
	}
	ctx, a.id = fault.Begin(ctx)
	root := a.tree()
	root.SetArgs(args)
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	if speaks(args) {
		a.translate(root, args)
		root.SetOut(a.headedOut())
	}
	err := fang.Execute(ctx, root, fang.WithoutVersion(), fang.WithoutManpage(),
		fang.WithErrorHandler(func(io.Writer, fang.Styles, error) {})) // fail says it
	if a.failed == nil {
		a.failed = usage(err)
	}
	return a.fail(args)
}

// load reads the settings once the flags are known.
func (a *app) load() error {
	cfg, err := a.configured(config.Sources{File: a.global.file, Environ: a.environ, Flags: a.global.settings()})
	if err != nil {
		return err
	}
	a.cfg, a.logs = cfg, logIn(cfg.Paths.State)
	return nil
}

// text is the catalogue in the person's language, read when first needed: a
// command with --json says nothing.
func (a *app) text() *i18n.Printer {
	if a.words == nil {
		lang := "en"
		if a.cfg != nil {
			lang = a.cfg.Lang
		}
		a.words = i18n.Must(lang)
	}
	return a.words
}

// style is how amounts are written.
func (a *app) style() money.Style {
	units := map[string]money.Unit{"symbol": money.Symbol, "word": money.Word, "code": money.Code}
	return money.Style{Lang: a.cfg.Lang, Unit: units[a.cfg.Money]}
}

// env is the value of an environment variable.
func (a *app) env(name string) string {
	for _, pair := range slices.Backward(a.environ) {
		if value, ok := strings.CutPrefix(pair, name+"="); ok {
			return value
		}
	}
	return ""
}

// profile is what colours a stream can show: none off a terminal.
func (a *app) profile(w io.Writer) colorprofile.Profile {
	if a.cfg != nil && a.cfg.Color == "never" || a.env("NO_COLOR") != "" {
		return min(colorprofile.ASCII, colorprofile.Detect(w, a.environ))
	}
	return colorprofile.Detect(w, a.environ)
}

// terminal tells whether a stream is one, and its size.
func terminal(stream any) (width, height int, ok bool) {
	f, isFile := stream.(term.File)
	if !isFile || !term.IsTerminal(f.Fd()) {
		return 0, 0, false
	}
	width, height, err := term.GetSize(f.Fd())
	return width, height, err == nil
}
