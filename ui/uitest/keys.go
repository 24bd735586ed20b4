package uitest

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

var named = map[string]rune{
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome, "end": tea.KeyEnd,
	"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab,
	"backspace": tea.KeyBackspace, "delete": tea.KeyDelete,
	"f1": tea.KeyF1, "f2": tea.KeyF2, "f3": tea.KeyF3, "f4": tea.KeyF4, "f5": tea.KeyF5, "f6": tea.KeyF6, "f7": tea.KeyF7, "f8": tea.KeyF8, "f9": tea.KeyF9,
}

// Key is the message for a key's name as bindings write it: "a", "H", "ctrl+r", "shift+tab", "space".
func Key(name string) (tea.KeyPressMsg, error) {
	var k tea.KeyPressMsg
	rest := name
	for {
		mod, after, ok := strings.Cut(rest, "+")
		if !ok || after == "" {
			break
		}
		switch mod {
		case "ctrl":
			k.Mod |= tea.ModCtrl
		case "alt":
			k.Mod |= tea.ModAlt
		case "shift":
			k.Mod |= tea.ModShift
		default:
			return k, fmt.Errorf("uitest: no modifier %q in %q", mod, name)
		}
		rest = after
	}
	r, n := utf8.DecodeRuneInString(rest)
	switch code, ok := named[rest]; {
	case ok:
		k.Code = code
	case rest == "space":
		k.Code, k.Text = ' ', " "
	case n > 0 && n == len(rest):
		k.Code = unicode.ToLower(r)
		if k.Mod&(tea.ModCtrl|tea.ModAlt) == 0 {
			k.Text = rest
			if unicode.IsUpper(r) {
				k.Mod |= tea.ModShift
			}
		}
	default:
		return k, fmt.Errorf("uitest: no key %q", name)
	}
	return k, nil
}

// Press presses keys by their names; it panics on a name that no key has.
func (s *Stage) Press(names ...string) {
	for _, name := range names {
		k, err := Key(name)
		if err != nil {
			panic(err)
		}
		s.Send(k)
	}
}

// Type types a text, letter by letter.
func (s *Stage) Type(text string) {
	for _, r := range text {
		if r == ' ' {
			s.Press("space")
			continue
		}
		s.Press(string(r))
	}
}
