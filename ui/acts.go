package ui

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"jandon/internal/i18n"
	"jandon/ui/kit"
)

// act carries out one of the shell's own intents.
func (s *Shell) act(i kit.Intent) tea.Cmd {
	if name, ok := strings.CutPrefix(string(i), pagePrefix); ok {
		return s.visit(kit.Visit{Page: name})
	}
	if n, ok := strings.CutPrefix(string(i), tabPrefix); ok {
		return s.root(s.tabs()[n[0]-'1'])
	}
	if cmd, ok := s.search(i); ok {
		return cmd
	}
	switch i {
	case doQuit:
		s.closeAll()
		s.quit = true
		return tea.Quit
	case doSuspend:
		return tea.Suspend
	case doHelp:
		s.panel = newHelp(s)
	case doPalette:
		s.panel = newPalette(s)
	case doFailures:
		s.panel = newFailures(s)
	case doLock:
		return s.lock()
	case doDismiss:
		s.toasts.dismiss()
	case doCancel:
		s.sync.cancel()
	case doLeave:
		return s.leave()
	case doNextTab:
		return s.nextTab(1)
	case doPrevTab:
		return s.nextTab(-1)
	case doRefresh:
		return s.syncNow(true)
	case doHide:
		s.env.Hidden = !s.env.Hidden
		return s.everyone(kit.Redraw{})
	case doTheme:
		return s.background(!s.dark)
	case doRecord:
		return s.toggle()
	case doLanguage:
		return s.speak()
	}
	cmd, _ := s.test(i)
	return cmd
}

// speak goes to the next language.
func (s *Shell) speak() tea.Cmd {
	langs := i18n.Langs()
	next := langs[(slices.Index(langs, s.env.Text.Lang())+1)%len(langs)]
	text, err := i18n.New(next)
	if err != nil {
		return s.notice(kit.Notice{Level: kit.Failure, Err: err})
	}
	s.env.Text, s.env.Style.Lang = text, next
	return s.everyone(kit.Redraw{})
}

// background takes the terminal's word, or a person's, for what lies behind the text.
func (s *Shell) background(dark bool) tea.Cmd {
	s.dark = dark
	return s.retheme()
}

func (s *Shell) colours(p colorprofile.Profile) tea.Cmd {
	s.profile = p
	return s.retheme()
}

// colourful reports whether the terminal draws colours.
func (s *Shell) colourful() bool { return !s.o.Mono && s.profile > colorprofile.ASCII }

func (s *Shell) retheme() tea.Cmd {
	s.env.Theme = kit.NewTheme(s.dark, s.colourful())
	switch {
	case !s.colourful():
	case s.profile == colorprofile.ANSI256:
		s.env.Theme = kit.NewIndexedTheme(s.dark)
	case s.profile < colorprofile.ANSI256:
		s.env.Theme.Coarse()
	}
	if len(s.stack) == 0 {
		return nil
	}
	return s.everyone(kit.Redraw{})
}

// tick makes a message of a clock's tick.
func tick(m tea.Msg) func(time.Time) tea.Msg { return func(time.Time) tea.Msg { return m } }
