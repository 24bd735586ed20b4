package kit

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/i18n"
)

// Stroke is a key press as bindings name it, whatever the keyboard layout.
type Stroke string

// Fold names a key press. Where a layout other than Latin typed the letter, the
// key itself counts: by the code of the key on a US keyboard if the terminal
// tells it, else by the Korean two-set table (KS X 5002).
func Fold(msg tea.KeyPressMsg) Stroke {
	r, n := utf8.DecodeRuneInString(msg.Text)
	if n == 0 || n != len(msg.Text) || r < utf8.RuneSelf {
		return Stroke(msg.String())
	}
	if b := msg.BaseCode; b > ' ' && b < utf8.RuneSelf {
		if msg.Mod.Contains(tea.ModShift) {
			b = unicode.ToUpper(b)
		}
		return Stroke(string(b))
	}
	if i := strings.IndexRune(jamo, r); i >= 0 {
		n := i / len("ㅂ") // every jamo takes as many bytes
		return Stroke(plain[n : n+1])
	}
	return Stroke(msg.String())
}

const (
	jamo  = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ"
	plain = "qwertyuiopasdfghjklzxcvbnmQWERTOP"
)

// Match finds the binding that a stroke means, whether or not it can act now.
func Match(list []Binding, s Stroke) (Binding, bool) {
	for i := range list {
		if slices.Contains(list[i].Keys, string(s)) {
			return list[i], true
		}
	}
	return Binding{}, false
}

// Name is how the footer writes the binding's key.
func (b Binding) Name(p *i18n.Printer) string {
	if b.Show != "" {
		return b.Show
	}
	if len(b.Keys) == 0 {
		return ""
	}
	return KeyName(p, b.Keys[0])
}

// KeyName is how a key is written for a person: pgdown is PgDn, ctrl+r is Ctrl+R.
func KeyName(p *i18n.Printer, k string) string {
	if name, ok := keyNames[k]; ok {
		return name
	}
	if k == "space" {
		return p.T("key.space")
	}
	if mod, rest, ok := strings.Cut(k, "+"); ok && rest != "" {
		return keyNames[mod] + "+" + strings.ToUpper(rest)
	}
	if len(k) > 1 && k[0] == 'f' {
		return strings.ToUpper(k)
	}
	return k
}

var keyNames = map[string]string{
	"up": "↑", "down": "↓", "left": "←", "right": "→", "pgup": "PgUp", "pgdown": "PgDn", "home": "Home", "end": "End",
	"enter": "Enter", "esc": "Esc", "tab": "Tab", "shift+tab": "Shift+Tab", "backspace": "Backspace", "delete": "Del",
	"ctrl": "Ctrl", "alt": "Alt", "shift": "Shift",
}
