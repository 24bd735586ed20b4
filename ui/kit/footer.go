package kit

import (
	"slices"

	"jandon/internal/i18n"
)

// Footer is the line of keys that can be pressed: on the left those of the page,
// the most important first, on the right those that work everywhere. Where there
// is no room the right ones give way, the last first, and then the page's, from
// the end. None goes in silence: a sign stands for those left out, before the
// key that lists all. That key stays, and so does Esc, the way out.
type Footer struct {
	Page, Own []Binding
	List      Intent // of the one in Own that lists all keys
}

// Between keys, between the page's and the others, and behind the sign, which
// some fonts draw wider than its cell.
const (
	footGap = 3
	more    = "…"
	airy    = 2
)

// Draw is the line in w cells.
func (f Footer) Draw(t *Theme, p *i18n.Printer, w int) string {
	page, own := slices.Clone(f.Page), slices.Clone(f.Own)
	width := func(list []Binding, labels bool) int {
		n := 0
		for _, b := range list {
			n += footGap + Width(b.Name(p))
			if labels {
				n += 1 + Width(p.T(b.Label))
			}
		}
		return max(n-footGap, 0)
	}
	hidden, labels := false, true
	fits := func() bool {
		n := width(own, labels)
		if hidden {
			n += Width(more) + airy*min(n, 1)
		}
		if n > 0 && len(page) > 0 {
			n += footGap
		}
		return width(page, true)+n <= w
	}
	last := func(list []Binding, stays func(Binding) bool) int {
		for i, b := range slices.Backward(list) {
			if !stays(b) {
				return i
			}
		}
		return -1
	}
	lists := func(b Binding) bool { return b.Intent == f.List }
	leaves := func(b Binding) bool { return slices.Contains(b.Keys, "esc") }
	for !fits() {
		if i := last(own, lists); i >= 0 {
			own = slices.Delete(own, i, i+1)
			continue
		}
		hidden = true
		switch i := last(page, leaves); {
		case i >= 0:
			page = slices.Delete(page, i, i+1)
		case labels && len(own) > 0:
			labels = false
		case len(page) > 0:
			page = page[:len(page)-1]
		default: // there is hardly any line
			return NewLine(w).Put(t.Quiet, more).String()
		}
	}
	l := NewLine(w)
	put := func(list []Binding, labels bool) {
		for i, b := range list {
			if i > 0 {
				l.Skip(footGap)
			}
			l.Put(t.Key, b.Name(p))
			if labels {
				l.Skip(1).Put(t.Quiet, p.T(b.Label))
			}
		}
	}
	put(page, true)
	n := width(own, labels)
	if hidden {
		l.To(w-n-Width(more)-airy*min(n, 1)).Put(t.Quiet, more)
	}
	if n > 0 {
		l.To(w - n)
		put(own, labels)
	}
	return l.String()
}
