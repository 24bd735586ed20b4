// Package kittest drives a page without a shell: messages in, commands drained
// at once and in order, frames out. Nothing sleeps; what a page asks the shell
// for is kept for the test to look at.
package kittest

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"jandon/internal/history"
	"jandon/internal/i18n"
	"jandon/internal/money"
	"jandon/internal/scenario"
	"jandon/internal/wallet"
	"jandon/ui/kit"
)

// Drive is a page that is being visited.
type Drive struct {
	Page   kit.Page
	Visits []kit.Visit // that the page asked for
	Waits  []kit.Wait
	Held   bool // commands are kept, not run: answers are slow
	kept   []tea.Cmd
	ctx    context.Context
	w, h   int
}

// Start visits a page in a body of a size.
func Start(page kit.Page, w, h int) *Drive { return StartHeld(page, w, h, false) }

// StartHeld is Start with or without answers.
func StartHeld(page kit.Page, w, h int, held bool) *Drive {
	d := &Drive{Page: page, Held: held, ctx: context.Background(), w: w, h: h}
	page.Resize(w, h)
	d.run(page.Init(d.ctx))
	return d
}

// Resize gives the page another size.
func (d *Drive) Resize(w, h int) { d.w, d.h = w, h; d.Page.Resize(w, h) }

// Send gives the page a message and runs what comes of it.
func (d *Drive) Send(msg tea.Msg) { d.run(d.Page.Update(d.ctx, msg)) }

// Do sends intents.
func (d *Drive) Do(list ...kit.Intent) {
	for _, i := range list {
		d.Send(kit.Do{Intent: i})
	}
}

// Type sends key presses to a page that is typing; \n is Enter and \x1b is Esc.
func (d *Drive) Type(text string) {
	for _, r := range text {
		switch r {
		case '\n':
			d.Send(tea.KeyPressMsg{Code: tea.KeyEnter})
		case '\x1b':
			d.Send(tea.KeyPressMsg{Code: tea.KeyEscape})
		default:
			d.Send(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
	}
}

// Release runs what was kept, the newest first if backwards: answers may
// come in any order.
func (d *Drive) Release(backwards bool) {
	kept := d.kept
	d.kept, d.Held = nil, false
	for i := range kept {
		if backwards {
			d.run(kept[len(kept)-1-i])
		} else {
			d.run(kept[i])
		}
	}
}

// Late sends what the page wanted to be told after a while.
func (d *Drive) Late() {
	waits := d.Waits
	d.Waits = nil
	for _, w := range waits {
		d.Send(w.Then)
	}
}

func (d *Drive) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	if d.Held {
		d.kept = append(d.kept, cmd)
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			d.run(c)
		}
	case kit.Visit:
		d.Visits = append(d.Visits, msg)
	case kit.Wait:
		d.Waits = append(d.Waits, msg)
	case kit.Settled:
		d.run(kit.Request(msg.Msg))
	default:
		d.Send(msg)
	}
}

// Split runs the batches among what is kept, so that waits are known while
// answers are not there yet.
func (d *Drive) Split() {
	kept := d.kept
	d.kept = nil
	for _, c := range kept {
		d.split(c())
	}
}

func (d *Drive) split(msg tea.Msg) {
	switch msg := msg.(type) {
	case tea.BatchMsg:
		for _, c := range msg {
			if c != nil {
				d.split(c())
			}
		}
	case kit.Wait:
		d.Waits = append(d.Waits, msg)
	case nil:
	default:
		d.kept = append(d.kept, func() tea.Msg { return msg })
	}
}

// Frame is the page without its styles, and without the blanks at line ends.
func (d *Drive) Frame() string {
	lines := strings.Split(ansi.Strip(d.Page.View()), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n")
}

// Check reports a frame that leaves its window or holds what no terminal may see.
func (d *Drive) Check() error {
	lines := strings.Split(d.Page.View(), "\n")
	if len(lines) > max(d.h, 1) {
		return fmt.Errorf("%d lines in a window of %d", len(lines), d.h)
	}
	for y, line := range lines {
		if w := ansi.StringWidth(line); w > d.w {
			return fmt.Errorf("line %d is %d cells wide in a window of %d: %q", y, w, d.w, ansi.Strip(line))
		}
		for _, r := range ansi.Strip(line) {
			if r < ' ' || r >= 0x7f && r < 0xa0 {
				return fmt.Errorf("line %d holds %q", y, r)
			}
		}
	}
	return nil
}

// BytesPerPress is what a press of one of two keys and its frame allocate, on
// the average of many.
func (d *Drive) BytesPerPress(one, other kit.Intent) uint64 {
	const presses = 200
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for i := range presses {
		d.Page.Update(d.ctx, kit.Do{Intent: []kit.Intent{one, other}[i%2]})
		d.Page.View()
	}
	runtime.ReadMemStats(&after)
	return (after.TotalAlloc - before.TotalAlloc) / presses
}

// Now is the instant that tests stand at: a Sunday evening in Seoul.
func Now() time.Time { return time.Date(2026, 11, 22, 20, 0, 0, 0, Seoul()) }

// Seoul is the zone that tests live in.
func Seoul() *time.Location { return time.FixedZone("KST", 9*60*60) }

// Env is an environment in a language, dark and in colour.
func Env(lang string) *kit.Env {
	return &kit.Env{
		Text: i18n.Must(lang), Theme: kit.NewTheme(true, true), Zone: Seoul(), Style: money.Style{Lang: lang}, Now: Now(), Source: "test",
	}
}

var (
	shelf   = map[string]*history.Book{}
	shelved sync.Mutex
)

// Book is a scenario's data up to Now; a book never changes, so tests share it.
func Book(t testing.TB, name string) *history.Book {
	t.Helper()
	shelved.Lock()
	defer shelved.Unlock()
	if b := shelf[name]; b != nil {
		return b
	}
	file, err := scenario.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := file.Generate(Now())
	if err != nil {
		t.Fatal(err)
	}
	book, err := plan.Book()
	if err != nil {
		t.Fatal(err)
	}
	shelf[name] = book
	return book
}

// Many is a history of n charges, one an hour back from Now.
func Many(n int) []wallet.Transaction {
	list := make([]wallet.Transaction, n)
	for i := range list {
		list[i] = wallet.Transaction{
			ID: fmt.Sprintf("t%07d", i), At: Now().Add(-time.Duration(i) * time.Hour), Type: wallet.Payment, Status: wallet.Posted,
			Amount: money.Won(int64(-500 - 100*(i%50))), Issuer: "pay", Kind: wallet.Prepaid,
			Merchant: fmt.Sprintf("Shop %d", i%97), Category: "food", Channel: "app",
		}
	}
	return list
}
