package disputes

import (
	"context"
	"net/url"
	"strings"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/wallet"
	"jandon/ui/kit"
)

// Keys lists what can be done now.
func (p *casePage) Keys() []kit.Binding {
	if p.question != nothing {
		return p.answerKeys()
	}
	if p.typing { // letters are letters now
		return []kit.Binding{{Intent: doNoted, Keys: []string{"enter", "esc", "tab"}, Label: "disputes.key.noted"}}
	}
	var list []kit.Binding
	busy := ""
	if p.change.Busy() {
		busy = "disputes.key.busy"
	}
	switch p.mode() {
	case form:
		list = append(list,
			kit.Binding{Intent: doAsk, Keys: []string{"enter"}, Label: "disputes.key.dispute", Off: busy},
			kit.Binding{Intent: doNote, Keys: []string{"m"}, Label: "disputes.key.note", Off: busy})
	case letter:
		list = append(list, kit.Binding{Intent: doNote, Keys: []string{"m"}, Label: "disputes.key.note"})
	case disputed:
		off := busy
		if p.data.Dispute.Over() {
			off = "disputes.key.is_over"
		} else if p.court == nil {
			off = "disputes.key.no_platform"
		}
		list = append(list,
			p.Cols.Enter("disputes.key.see", "disputes.key.nothing_chosen"),
			kit.Binding{Intent: doWithdraw, Keys: []string{"x"}, Label: "disputes.key.withdraw", Off: off, Quiet: p.data.Dispute.Over()})
	}
	if p.data != nil {
		list = append(list, kit.Binding{Intent: doLine, Keys: []string{"t"}, Label: "disputes.key.line", Quiet: true})
	}
	return append(append(list, kit.Binding{Intent: kit.Retry, Keys: []string{"r"}, Label: "disputes.key.read", Quiet: p.err == nil}), p.Cols.Moves(false)...)
}

func (p *casePage) answerKeys() []kit.Binding {
	yes, no := "disputes.key.yes", "disputes.key.no"
	if p.question == withdrawing {
		yes, no = "disputes.key.withdraw_yes", "disputes.key.withdraw_no"
	}
	return p.guard.Answers(kit.Binding{Intent: doYes, Label: yes}, kit.Binding{Intent: doNo, Label: no})
}

func (p *casePage) do(ctx context.Context, what kit.Intent) tea.Cmd {
	switch what {
	case doAsk:
		if p.mode() == form && !p.change.Busy() {
			return p.ask(asking)
		}
	case doWithdraw:
		if p.mode() == disputed && !p.data.Dispute.Over() && p.court != nil && !p.change.Busy() {
			return p.ask(withdrawing)
		}
	case doYes:
		return p.yes(ctx)
	case doNo:
		p.question = nothing
		p.guard.Drop()
	case doNote:
		p.typing = p.mode() == form || p.mode() == letter
	case doNoted:
		p.typing = false
	case doLine:
		if p.data != nil { // read already
			return p.toLine(p.data.Line.ID)()
		}
	case kit.Retry:
		return p.again(ctx)
	default:
		cmd, _ := p.Cols.Do(what)
		p.follow()
		return cmd
	}
	return nil
}

// reasonKey tells the lines of the reasons from others.
const reasonKey = "reason/"

// follow takes the reason that is chosen.
func (p *casePage) follow() {
	if r, ok := strings.CutPrefix(p.Cols.Key, reasonKey); ok {
		p.reason = wallet.DisputeReason(r)
	}
}

// toLine leads to a line of the history.
func (p *casePage) toLine(id string) func() tea.Cmd {
	return func() tea.Cmd {
		return kit.Request(kit.Visit{Page: "history", Arg: url.Values{"tx": {id}}.Encode()})
	}
}

// Caret is where the note is being typed.
func (p *casePage) Caret() (x, y int) {
	for c := range p.Cols.List {
		col := &p.Cols.List[c]
		if n := col.Find(noteKey); n >= 0 {
			return col.X + noteIndent + p.note.Caret(), max(n-col.Top, 0)
		}
	}
	return 0, 0
}
