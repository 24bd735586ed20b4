package history

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
	past "jandon/internal/history"
	"jandon/ui/kit"
)

// begin opens a text field.
func (p *weeksPage) begin(i input, text string) {
	p.input, p.inputErr = i, nil
	p.field.Set(text)
}

// Typing reports whether keys go to a text field.
func (p *weeksPage) Typing() bool { return p.input != noInput }

// Caret is where the terminal's cursor belongs.
func (p *weeksPage) Caret() (x, y int) { return p.caret[0] + p.field.Caret(), p.caret[1] }

// typed edits the field. A search is carried out with every change; an older
// one that is still under way is cancelled, and its answer dropped.
func (p *weeksPage) typed(ctx context.Context, msg tea.Msg) tea.Cmd {
	if p.input == noInput {
		return nil
	}
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "enter":
			return p.accept(ctx)
		case "esc":
			return p.abandon(ctx)
		case "ctrl+s", "ctrl+o":
			if b, ok := kit.Match(p.fieldKeys(), kit.Stroke(key.String())); ok {
				return p.do(ctx, b.Intent)
			}
		case "up", "down", "pgup", "pgdown":
			if b, ok := kit.Match(p.fieldKeys(), kit.Stroke(key.String())); ok {
				cmd, _ := p.list.Do(ctx, b.Intent)
				return cmd
			}
		}
	}
	if !p.edit(msg) {
		return nil
	}
	p.inputErr = nil
	if p.input == findInput {
		return p.search(ctx, p.field.Value())
	}
	return nil
}

// edit gives the field a key; it holds a search, or else a week.
func (p *weeksPage) edit(msg tea.Msg) bool {
	if p.input == findInput {
		return kit.Edit[kit.Searched](p.env, &p.field, msg)
	}
	return kit.Edit[kit.Dated](p.env, &p.field, msg)
}

// search looks through the whole history; nothing to look for is the week again.
func (p *weeksPage) search(ctx context.Context, text string) tea.Cmd {
	p.find, p.whole, p.focus = text, text != "", onList
	return p.readAll(ctx)
}

func (p *weeksPage) accept(ctx context.Context) tea.Cmd {
	if p.input == findInput && p.visiting && p.find == "" {
		return p.abandon(ctx) // nothing to look at
	}
	if p.input == findInput {
		p.input = noInput
		return nil
	}
	w, err := weekFrom(p.field.Value(), p.week)
	if err != nil {
		p.inputErr = err
		return nil
	}
	p.input = noInput
	return p.toWeek(ctx, w)
}

func (p *weeksPage) abandon(ctx context.Context) tea.Cmd {
	was := p.input
	p.input, p.inputErr = noInput, nil
	if was == findInput && p.visiting {
		return kit.Request(kit.Leave{})
	}
	if was == findInput && p.find != p.began {
		return p.search(ctx, p.began)
	}
	return nil
}

// weekFrom reads a week as 2026-W40, W40 or 40 in the year of the week shown,
// or the week of a day as 2026-10-01.
func weekFrom(text string, shown past.Week) (past.Week, *fault.Error) {
	if d, err := past.ParseDay(text); err == nil {
		return past.WeekOf(d), nil
	}
	if w, err := past.ParseWeek(text); err == nil {
		return w, nil
	}
	if n, err := strconv.Atoi(strings.TrimLeft(text, "wW")); err == nil {
		year, _ := shown.ISO()
		if w, err := past.ParseWeek(fmt.Sprintf("%04d-W%02d", year, n)); err == nil {
			return w, nil
		}
	}
	return past.Week{}, fault.New(fault.BadWeek, "value", text)
}
