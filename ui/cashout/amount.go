package cashout

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/money"
	"jandon/internal/valuepath"
	"jandon/ui/kit"
)

// step is what a key adds to an amount or takes off it, in minor units.
const step = 1000

// figure is an amount that is being typed, in minor units: digits come in at
// its end, as on a calculator. It is never less than nothing nor more than can
// be planned.
type figure int64

// add moves the figure, as far as it can go.
func (f figure) add(n int64) figure {
	return figure(min(max(int64(f)+n, 0), valuepath.MaxAmount))
}

// push puts digits at the end; ok is false, and nothing is taken, where that is
// no number or more than can be planned.
func (f figure) push(text string) (to figure, ok bool) {
	text = kit.Digits(text)
	for _, r := range text {
		to := 10*f + figure(r-'0')
		if to > valuepath.MaxAmount {
			return f, false
		}
		f = to
	}
	return f, text != ""
}

// edit takes a key press; changed is false where the key edits nothing, full
// where the digit does not fit any more. A figure that is
// there already goes anew with the first digit.
func (f figure) edit(msg tea.KeyPressMsg, anew bool) (to figure, changed, full bool) {
	switch msg.String() {
	case "backspace", "ctrl+h":
		return f / 10, true, false
	case "ctrl+u", "ctrl+w", "delete":
		return 0, true, false
	}
	text := msg.Text
	if c := msg.Code; text == "" && c >= tea.KeyKp0 && c <= tea.KeyKp9 {
		text = string('0' + c - tea.KeyKp0)
	}
	if kit.Digits(text) == "" {
		return f, false, false
	}
	from := f
	if anew {
		from = 0
	}
	to, ok := from.push(text)
	if !ok {
		to = f
	}
	return to, ok, !ok
}

// parts are an amount as it is written, with what stands before and after the digits.
func (p *Page) parts(minor int64) (before, digits, after string) {
	a := money.Of(minor, p.book.Currency)
	if p.env.Hidden {
		return "", p.env.Amount(a), ""
	}
	bare := p.env.Style
	bare.Unit = money.Bare
	digits = bare.Format(a)
	before, after, _ = strings.Cut(p.env.Style.Format(a), digits)
	return before, digits, after
}
