package kit_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"jandon/internal/history"
	"jandon/internal/wallet"
	"jandon/ui/kit"
)

// shelf is a long history that counts what is read of it.
type shelf struct {
	rows  []history.Row // newest first
	reads int
	given int
	err   error
}

func newShelf(n int) *shelf {
	s := &shelf{}
	for i := range n {
		at := int64(n-i) * 1000 / 3 // several lines share an instant
		s.rows = append(s.rows, history.Row{Transaction: wallet.Transaction{ID: fmt.Sprint("t", i)}, Cursor: history.Cursor{At: at, N: int64(n - i)}})
	}
	return s
}

func after(a, b history.Cursor) bool { return a.At < b.At || a.At == b.At && a.N < b.N }

func (s *shelf) read(_ context.Context, w history.Window) (history.Page, error) {
	s.reads++
	if s.err != nil {
		return history.Page{}, s.err
	}
	var page history.Page
	if w.Older {
		for _, r := range s.rows {
			if w.From == (history.Cursor{}) || after(r.Cursor, w.From) {
				if len(page.Rows) == w.Limit {
					page.More = true
					break
				}
				page.Rows = append(page.Rows, r)
			}
		}
	} else {
		for i := len(s.rows) - 1; i >= 0; i-- {
			if after(w.From, s.rows[i].Cursor) {
				if len(page.Rows) == w.Limit {
					page.More = true
					break
				}
				page.Rows = append([]history.Row{s.rows[i]}, page.Rows...)
			}
		}
	}
	s.given += len(page.Rows)
	return page, nil
}

// settle carries out a list's commands until it rests.
func settle(l *kit.List, cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		for _, c := range msg {
			settle(l, c)
		}
	case kit.Wait:
	default:
		settle(l, l.Update(context.Background(), msg))
	}
}

func lister(s *shelf, h int) *kit.List {
	l := kit.NewList("rows", s.read)
	settle(l, l.Resize(context.Background(), h))
	settle(l, l.Start(context.Background(), s.read, len(s.rows)))
	return l
}

// TestListShowsWhatAPlainListWould moves about at random and compares every
// screen with a list that holds everything.
func TestListShowsWhatAPlainListWould(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n, h := rapid.IntRange(0, 2000).Draw(t, "n"), rapid.IntRange(1, 40).Draw(t, "h")
		s := newShelf(n)
		l := lister(s, h)
		sel := 0
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			i := rapid.SampledFrom([]kit.Intent{kit.Up, kit.Down, kit.PageUp, kit.PageDown, kit.PageDown, kit.Top, kit.Bottom, kit.Retry}).Draw(t, "intent")
			switch i {
			case kit.Up:
				sel--
			case kit.Down:
				sel++
			case kit.PageUp:
				sel -= h
			case kit.PageDown:
				sel += h
			case kit.Top:
				sel = 0
			case kit.Bottom:
				sel = n - 1
			case kit.Retry:
				settle(l, l.Reload(context.Background()))
			}
			sel = max(min(sel, n-1), 0)
			cmd, _ := l.Do(context.Background(), i)
			settle(l, cmd)
			check(t, s, l, sel, h)
		}
	})
}

func check(t *rapid.T, s *shelf, l *kit.List, sel, h int) {
	rows, at := l.Visible()
	if len(s.rows) == 0 {
		if len(rows) != 0 || !l.Empty() {
			t.Fatalf("an empty list shows %d rows", len(rows))
		}
		return
	}
	got, ok := l.Selected()
	if !ok || got.ID != s.rows[sel].ID || rows[at].ID != got.ID {
		t.Fatalf("selected is %v, want %s", got, s.rows[sel].ID)
	}
	first := sel - at
	if len(rows) != min(h, len(s.rows)) {
		t.Fatalf("%d rows are visible of %d, in a window of %d", len(rows), len(s.rows), h)
	}
	for i, r := range rows {
		if r.ID != s.rows[first+i].ID {
			t.Fatalf("line %d shows %s, want %s", i, r.ID, s.rows[first+i].ID)
		}
	}
	if n, total := l.Place(); n != sel+1 || total != len(s.rows) {
		t.Fatalf("the place is %d of %d, want %d of %d", n, total, sel+1, len(s.rows))
	}
	if a, b := l.Thumb(); a < 0 || b > h || a > b || len(s.rows) > h && a == b {
		t.Fatalf("the thumb is %d to %d of %d", a, b, h)
	}
}

func TestListKeepsItsSelectionWhenNewRowsCome(t *testing.T) {
	t.Parallel()
	s := newShelf(500)
	l := lister(s, 20)
	for range 30 {
		cmd, _ := l.Do(context.Background(), kit.Down)
		settle(l, cmd)
	}
	before, _ := l.Selected()
	id := before.ID
	_, line := l.Visible()
	fresh := history.Row{Transaction: wallet.Transaction{ID: "new"}, Cursor: history.Cursor{At: 1 << 40, N: 1 << 40}}
	s.rows = append([]history.Row{fresh}, s.rows...)
	l.SetTotal(501)
	settle(l, l.Reload(context.Background()))
	after, _ := l.Selected()
	if _, now := l.Visible(); after.ID != id || now != line {
		t.Errorf("%s on line %d was selected, now it is %s on line %d", id, line, after.ID, now)
	}
	cmd, _ := l.Do(context.Background(), kit.Top)
	settle(l, cmd)
	if top, _ := l.Selected(); top.ID != "new" {
		t.Errorf("the newest row is %s", top.ID)
	}
}

func TestListReadsLittleOfALongHistory(t *testing.T) {
	t.Parallel()
	cost := func(n int) int {
		s := newShelf(n)
		l := lister(s, 40)
		for range 200 {
			cmd, _ := l.Do(context.Background(), kit.Down)
			settle(l, cmd)
		}
		cmd, _ := l.Do(context.Background(), kit.Bottom)
		settle(l, cmd)
		return s.given
	}
	if short, long := cost(2_000), cost(100_000); long > short {
		t.Errorf("the same keys read %d rows of 2,000 and %d of 100,000", short, long)
	}
}

func TestListSaysWhyItCouldNotBeReadAndTriesAgain(t *testing.T) {
	t.Parallel()
	s := newShelf(10)
	s.err = errors.New("gone")
	l := lister(s, 5)
	if l.Err() == nil || l.Empty() {
		t.Fatal("a list that could not be read passes for an empty one")
	}
	s.err = nil
	settle(l, l.Retry(context.Background()))
	if rows, _ := l.Visible(); l.Err() != nil || len(rows) != 5 {
		t.Errorf("after the retry %d rows are visible, %v", len(rows), l.Err())
	}
}
