package confirm

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/ui/kit"
)

// openFor is how long the code that was sent is shown.
const openFor = 30 * time.Second

// Covered says that the code was shown for long enough.
type Covered struct{ Run int }

// tells reports whether there is a code that this visit sent, and that was taken.
func (p *page) tells() bool { return p.stage == followed && p.told && p.act.Receipt != "" }

// uncover shows the code that was sent, for a while.
func (p *page) uncover() tea.Cmd {
	if !p.tells() {
		return nil
	}
	p.opened++
	p.open = !p.open
	if !p.open {
		return nil
	}
	p.scroll.Top = 0 // where it is
	return kit.Request(kit.Wait{For: openFor, Then: Covered{p.opened}})
}

// cover hides it.
func (p *page) cover() { p.open = false }

// proof is the code that was sent, while the person wants to see it. Nothing
// but this frame ever holds it; while frames are written down, it is not there.
func (p *page) proof(w int) kit.Lines {
	if !p.tells() || !p.open {
		return nil
	}
	t, text := p.env.Theme, p.env.Text
	list := kit.Lines{kit.Heading(t, text.T("confirm.code.title"), "")}
	if p.env.Recorded || p.code.Len() == 0 {
		list = append(list, kit.Item{Draw: func(s *kit.Sheet) { s.Put(t.Faint, "•••• ••••") }})
		return append(list, kit.Paragraph(t.Quiet, text.T("confirm.code.recorded"), w)...)
	}
	list = append(list, kit.Item{Draw: func(s *kit.Sheet) { s.Put(t.Strong, grouped(p.code)) }})
	return append(list, kit.Paragraph(t.Quiet, text.T("confirm.code.worth"), w)...)
}

// grouped writes a code in two halves, as people read them.
func grouped(code kit.Sent) string {
	var b strings.Builder
	code.Expose(func(digits []byte) {
		half := (len(digits) + 1) / 2
		for i, d := range digits {
			if i == half {
				b.WriteByte(' ')
			}
			b.WriteByte(d)
		}
	})
	return b.String()
}
