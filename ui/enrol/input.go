package enrol

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"jandon/ui/kit"
)

// Typing reports whether a field has the keys.
func (p *Page) Typing() bool { return p.step != StepTrust && p.step != StepDone && p.step != StepLeft }

// Hiding reports whether what is typed is secret.
func (p *Page) Hiding() bool { return p.step == StepPIN || p.step == StepProof }

// Asking reports whether a question waits for its answer.
func (p *Page) Asking() bool { return p.step == StepTrust }

// Caret is where the terminal's cursor belongs.
func (p *Page) Caret() (x, y int) {
	if len(p.Cols.List) == 0 {
		return 0, 0
	}
	at := 0
	if f := p.field(); f != nil {
		at = f.Caret()
	} else if d := p.digits(); d != nil {
		at = d.Caret()
	}
	return p.Cols.List[0].X + p.column + at, p.line - p.Cols.List[0].Top
}

// field is the text that is being typed; nil while it is digits.
func (p *Page) field() *kit.Field {
	switch {
	case p.step == StepPlatform:
		return &p.url
	case p.step == StepPerson && p.at == 0:
		return &p.handle
	case p.step == StepPerson:
		return &p.device
	case p.step == StepCode:
		return &p.code
	}
	return nil
}

// digits is the PIN that is being typed.
func (p *Page) digits() *kit.PINField {
	if p.Hiding() {
		return &p.pins[p.at]
	}
	return nil
}

// fields is how many a step has.
func (p *Page) fields() int {
	if p.step == StepPerson || p.step == StepPIN {
		return 2
	}
	return 1
}

func (p *Page) typed(ctx context.Context, msg tea.Msg) tea.Cmd {
	key, pressed := msg.(tea.KeyPressMsg)
	if !p.Typing() {
		return nil
	}
	switch k := key.String(); {
	case pressed && k == "esc":
		p.give()
		return p.back()
	case p.change.Busy() || p.asking.Busy():
	case pressed && k == "enter" && p.step == StepPIN && p.pins[p.at].Len() < kit.PINLeast:
		p.pins[p.at].Wipe()
		p.wrong, p.err = "enrol.wrong_short", nil
	case pressed && k == "enter" && p.at+1 < p.fields():
		p.give()
		p.at++
	case pressed && k == "enter":
		p.give()
		return p.next(ctx)
	case pressed && (k == "tab" || k == "down"):
		p.give()
		p.at = min(p.at+1, p.fields()-1)
	case pressed && (k == "shift+tab" || k == "up"):
		p.give()
		p.at = max(p.at-1, 0)
	case p.step == StepCode: // not a letter of it is kept
		p.code.Update(msg)
		p.wrong = ""
	case p.field() != nil:
		kit.Edit[kit.Named](p.env, p.field(), msg)
		p.wrong = ""
	case pressed && p.digits().Press(key):
		p.wrong = ""
	}
	return nil
}
