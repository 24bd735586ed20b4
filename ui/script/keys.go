package script

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
)

var named = map[string]rune{
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome, "end": tea.KeyEnd,
	"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab,
	"backspace": tea.KeyBackspace, "delete": tea.KeyDelete,
	"f1": tea.KeyF1, "f2": tea.KeyF2, "f3": tea.KeyF3, "f4": tea.KeyF4, "f5": tea.KeyF5, "f6": tea.KeyF6, "f7": tea.KeyF7, "f8": tea.KeyF8,
	"f9": tea.KeyF9, "f10": tea.KeyF10, "f11": tea.KeyF11, "f12": tea.KeyF12,
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
			return k, unknown{"modifier", mod, fault.Nearest(mod, []string{"ctrl", "alt", "shift"})}
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
		return k, unknown{"key", name, fault.Nearest(rest, slices.Sorted(maps.Keys(named)))}
	}
	return k, nil
}
