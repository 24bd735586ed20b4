package replay

import (
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/text/unicode/norm"

	"jandon/ui"
	"jandon/ui/kit"
)

// slot is what is written of a letter that may belong to a secret, and of one
// that means nothing; digit is the same of a digit.
const (
	slot  = '·'
	digit = '0'
)

// keyOf is what is written of a key press, by what the moment makes of it.
func (r *Recorder) keyOf(msg tea.KeyPressMsg, t *ui.Tapped) key {
	k := key{Code: msg.Code, BaseCode: msg.BaseCode, Mod: int(msg.Mod), Text: []rune(msg.Text)}
	switch {
	case t.Moment == ui.Command:
	case t.Moment >= ui.Secret:
		r.red.Skip("secret keys")
		return secret(k, kit.Fold(msg), t.Moment == ui.Code)
	case msg.Text == "":
	case t.Moment == ui.Nothing:
		return key{Code: slot, Text: []rune{slot}}
	case t.Moment == ui.Vain:
		k.Text = []rune(r.vain(msg.Text))
		k.Code, k.BaseCode = k.Text[0], 0
	default:
		k.Text = []rune(r.typed(msg.Text, t.Page))
		k.Code, k.BaseCode = k.Text[0], 0
	}
	return k
}

// secret writes a key of a secret field: a digit is a digit, never which, and
// letters that do something there stay. Where letters belong to the secret, they
// are digits too.
func secret(k key, s kit.Stroke, letters bool) key {
	switch {
	case len(k.Text) == 0 && k.Code >= tea.KeyKp0 && k.Code <= tea.KeyKp9:
		k.Code, k.BaseCode = tea.KeyKp0, 0
		return k
	case len(k.Text) == 0:
		return k
	case !letters && acting[s]:
		r, _ := utf8.DecodeRuneInString(string(s))
		return key{Code: r, Text: []rune{r}}
	}
	if letters && len(s) == 1 && kit.ByRecovery.Takes(s[0]) { // of another layout, too
		return key{Code: digit, Text: []rune{digit}}
	}
	out := key{}
	for _, r := range norm.NFKC.String(string(k.Text)) {
		switch {
		case r >= '0' && r <= '9', letters && r < utf8.RuneSelf && kit.ByRecovery.Takes(byte(r)):
			r = digit
		case letters && (r == '-' || r == ' '): // stands between groups
		default:
			r = slot
		}
		out.Text = append(out.Text, r)
	}
	out.Code = out.Text[0]
	return out
}

// acting are the letters that do something where a PIN is asked for: another
// try, leaving, showing what is hidden, giving an act up, another way in.
var acting = map[kit.Stroke]bool{"r": true, "q": true, "H": true, "x": true, "y": true, "n": true, "a": true}

// typed replaces letters that were typed or pasted into a field.
func (r *Recorder) typed(s, page string) string {
	if r.o.KeepAmounts && page == "cashout" || r.asTyped {
		return s
	}
	return r.red.Typed(s)
}

// vain replaces letters that find nothing, one by one, by such as no name has:
// others at random might find what was not found.
func (r *Recorder) vain(s string) string {
	if r.asTyped {
		return s
	}
	return strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) || unicode.IsMark(c) {
			return c
		}
		return slot
	}, s)
}

// message makes the key press that was written.
func (k key) message() tea.Msg {
	return tea.KeyPressMsg{Code: k.Code, BaseCode: k.BaseCode, Mod: tea.KeyMod(k.Mod), Text: string(k.Text)}
}
