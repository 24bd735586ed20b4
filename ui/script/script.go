// Package script reads what a person does at the screen from the "keys" file
// of a scenario, for tests that compare frames and for a demo that types them
// before one's eyes.
package script

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
)

// Script is what a person does at the screen, and where frames are taken.
//
// It is read from the "keys" file of a scenario, a line for each step:
//
//	at 2026-11-22T09:00:00+09:00   when the wallet is opened; required, first
//	sizes 40x16 80x24              windows to play it in; 80x24 if left out
//	langs en ko                    languages to play it in; en if left out
//	press 2 down enter             keys by the names that bindings use
//	type coffee                    letters, one by one
//	paste some text
//	click 10 4                     column and line, from 0
//	resize 60x20
//	wait 5s                        moves the clock
//	frame NAME                     takes a frame
//
// Lines that are empty or begin with # say nothing. The frame called NAME, as
// it must look in English at 80×24, is the file "frame 80x24 en NAME": the
// screen, and below it the runs of cells whose look carries meaning.
type Script struct {
	At    time.Time
	Sizes [][2]int
	Langs []string
	steps []step
}

type step struct{ verb, arg string }

var verbs = []string{"at", "sizes", "langs", "resize", "press", "wait", "click", "type", "paste", "frame"}

// Error is a line of a script that makes no sense.
type Error struct {
	Line   int    // from 1
	Word   string // its verb
	Detail string // in English, like the verbs
	near   unknown
}

// Error is for logs and developers.
func (e *Error) Error() string { return fmt.Sprintf("script: line %d: %s", e.Line, e.Detail) }

// Near is the verb or key that was meant, or "".
func (e *Error) Near() string { return e.near.near }

// unknown is a word that a list does not have.
type unknown struct{ what, word, near string }

func (u unknown) Error() string {
	said := fmt.Sprintf("no %s %q", u.what, u.word)
	if u.near != "" {
		said += fmt.Sprintf("; did you mean %q?", u.near)
	}
	return said
}

// Stage is where a script is played.
type Stage interface {
	Send(msg tea.Msg)     // a key, a click, a paste or a new size
	Wait(d time.Duration) // moves the clock
}

// Parse reads a script; errors name the line.
func Parse(data []byte) (*Script, error) {
	s := &Script{}
	lines := bufio.NewScanner(bytes.NewReader(data))
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		verb, arg, _ := strings.Cut(line, " ")
		if err := s.add(verb, strings.TrimSpace(arg)); err != nil {
			wrong := &Error{Line: n, Word: verb, Detail: err.Error()}
			errors.As(err, &wrong.near)
			return nil, wrong
		}
	}
	if s.At.IsZero() {
		return nil, &Error{Line: 1, Word: "at", Detail: "no line says at which time: at 2026-11-22T09:00:00+09:00"}
	}
	if s.Sizes == nil {
		s.Sizes = [][2]int{{80, 24}}
	}
	if s.Langs == nil {
		s.Langs = []string{"en"}
	}
	return s, nil
}

func (s *Script) add(verb, arg string) (err error) {
	switch verb {
	case "at":
		s.At, err = time.Parse(time.RFC3339, arg)
	case "sizes":
		for _, one := range strings.Fields(arg) {
			size, bad := parseSize(one)
			if bad != nil {
				return bad
			}
			s.Sizes = append(s.Sizes, size)
		}
	case "langs":
		s.Langs = strings.Fields(arg)
	case "resize":
		_, err = parseSize(arg)
	case "press":
		for _, name := range strings.Fields(arg) {
			if _, err := Key(name); err != nil {
				return err
			}
		}
	case "wait":
		_, err = time.ParseDuration(arg)
	case "click":
		_, err = parsePoint(arg)
	case "type", "paste", "frame":
	default:
		return unknown{"verb", verb, fault.Nearest(verb, verbs)}
	}
	s.steps = append(s.steps, step{verb, arg})
	return err
}

func parseSize(s string) (size [2]int, err error) {
	_, err = fmt.Sscanf(s, "%dx%d", &size[0], &size[1])
	return size, err
}

func parsePoint(s string) (p [2]int, err error) {
	_, err = fmt.Sscanf(s, "%d %d", &p[0], &p[1])
	return p, err
}

// Play does what the script says and tells of every frame to take.
func (s *Script) Play(on Stage, take func(name string)) {
	for _, st := range s.steps {
		switch st.verb {
		case "press":
			for _, name := range strings.Fields(st.arg) {
				send(on, name)
			}
		case "type":
			for _, r := range st.arg {
				if r == ' ' {
					send(on, "space")
					continue
				}
				send(on, string(r))
			}
		case "paste":
			on.Send(tea.PasteMsg{Content: st.arg})
		case "click":
			p, _ := parsePoint(st.arg)
			on.Send(tea.MouseClickMsg{X: p[0], Y: p[1], Button: tea.MouseLeft})
		case "resize":
			size, _ := parseSize(st.arg)
			on.Send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		case "wait":
			d, _ := time.ParseDuration(st.arg)
			on.Wait(d)
		case "frame":
			take(st.arg)
		}
	}
}

// send presses a key by its name, which Parse has seen.
func send(on Stage, name string) {
	if k, err := Key(name); err == nil {
		on.Send(k)
	}
}
