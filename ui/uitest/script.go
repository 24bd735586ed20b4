package uitest

import (
	"bufio"
	"bytes"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
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

// ParseScript reads a script; errors name the line.
func ParseScript(data []byte) (*Script, error) {
	s := &Script{}
	lines := bufio.NewScanner(bytes.NewReader(data))
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		verb, arg, _ := strings.Cut(line, " ")
		if err := s.add(verb, strings.TrimSpace(arg)); err != nil {
			return nil, fmt.Errorf("uitest: line %d: %w", n, err)
		}
	}
	if s.At.IsZero() {
		return nil, fmt.Errorf("uitest: no line says at which time: at 2026-11-22T09:00:00+09:00")
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
		return fmt.Errorf("no verb %q", verb)
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

// Play does what the script says and gives every frame to take.
func (s *Script) Play(on *Stage, take func(name string)) {
	for _, st := range s.steps {
		switch st.verb {
		case "press":
			on.Press(strings.Fields(st.arg)...)
		case "type":
			on.Type(st.arg)
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
			on.Clock.Advance(d)
		case "frame":
			take(st.arg)
		}
	}
}
