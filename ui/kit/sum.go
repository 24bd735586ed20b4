package kit

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/text/unicode/norm"

	"jandon/internal/money"
)

// Sum is a Field for an amount in minor units. It is written with its marks
// while it is typed; what stands in it when it is entered is chosen as a whole,
// so that the first digit takes its place. Letters that belong to no amount are
// not taken.
type Sum struct {
	Field
	whole bool
}

// Put has the field hold an amount, chosen as a whole.
func (f *Sum) Put(minor int64) {
	f.Set(written(minor))
	f.Enter()
}

// Enter chooses all that stands in it.
func (f *Sum) Enter() { f.whole, f.at = true, len(f.text); f.follow() }

// Whole reports whether the next digit takes the place of everything.
func (f *Sum) Whole() bool { return f.whole && f.text != "" }

// Edit takes a key press or a paste; it reports whether the text changed.
func (f *Sum) Edit(env *Env, msg tea.Msg) bool {
	whole, old := f.whole, f.text
	f.whole = false
	edit[Summed](env, &f.Field, func() bool {
		put := ""
		switch msg := msg.(type) {
		case tea.PasteMsg:
			put = msg.Content
		case tea.KeyPressMsg:
			if put = msg.Text; put != "" && Digits(put) == "" {
				return false
			}
			if put == "" && forward[msg.String()] && strings.HasPrefix(f.text[f.at:], ",") {
				f.at++
			}
		}
		if put != "" && whole {
			f.Set("")
		}
		return f.Update(msg)
	})
	f.group()
	return f.text != old
}

// Minor is the amount; nothing typed is nothing, and what is no number is not ok.
func (f *Sum) Minor() (minor int64, ok bool) {
	text := Digits(f.text)
	if text == "" {
		return 0, f.text == ""
	}
	minor, err := strconv.ParseInt(text, 10, 64)
	return minor, err == nil
}

// forward are the keys that would go no further than over a mark.
var forward = map[string]bool{"right": true, "ctrl+f": true, "delete": true, "ctrl+d": true}

// group writes the marks anew; the caret stays right behind the digit that it is behind.
func (f *Sum) group() {
	minor, ok := f.Minor()
	if !ok || f.text == "" {
		return
	}
	behind := len(Digits(f.text[f.at:]))
	f.text = written(minor)
	for f.at = len(f.text); f.at > 0 && (behind > 0 || f.text[f.at-1] == ','); f.at-- {
		if f.text[f.at-1] != ',' {
			behind--
		}
	}
	f.follow()
}

func written(minor int64) string {
	return money.Style{Unit: money.Bare}.Format(money.Won(minor))
}

// Digits are those of an amount as it is typed or copied: wide ones of an input
// method (NFKC), marks and units are as good as bare digits. "" if that is no amount.
func Digits(text string) string {
	text = norm.NFKC.String(strings.TrimSpace(text))
	for _, mark := range [...]string{"₩", "원", "won", "KRW", ",", " "} {
		text = strings.ReplaceAll(text, mark, "")
	}
	if strings.Trim(text, "0123456789") != "" {
		return ""
	}
	return text
}
