package history_test

import (
	"context"
	"fmt"
	"testing"

	past "jandon/internal/history"
	"jandon/ui/history"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
)

// counting counts the rows that were read.
type counting struct {
	*past.Book
	rows int
}

func (c *counting) Rows(ctx context.Context, q past.Query, w past.Window) (past.Page, error) {
	page, err := c.Book.Rows(ctx, q, w)
	c.rows += len(page.Rows)
	return page, err
}

// What a walk through the list reads does not depend on how long it is.
func TestRowsReadDoNotGrowWithTheHistory(t *testing.T) {
	t.Parallel()
	read := map[int]int{}
	for _, n := range []int{5_000, 50_000} {
		src := &counting{Book: past.NewBook(kittest.Many(n), past.BookOptions{Zone: kittest.Seoul()})}
		d := kittest.Start(history.New(kittest.Env("en"), src, nil, "find=>=1"), 80, 21)
		for range 100 {
			d.Do(kit.Down)
		}
		for range 10 {
			d.Do(kit.PageDown)
		}
		d.Do(kit.Bottom, kit.Up, kit.Top)
		read[n] = src.rows
	}
	if read[5_000] != read[50_000] || read[5_000] > 1_500 {
		t.Errorf("rows read: %v", read)
	}
}

// Not parallel: it reads what the whole process allocated.
func TestFrameIsCheap(t *testing.T) {
	for _, arg := range []string{"", "find=coffee", "tx=" + anyLine(t)} {
		if got := weeks(t, "en", arg, 120, 37).BytesPerPress(kit.Down, kit.Up); got > 32<<10 {
			t.Errorf("%q: a key press allocates %d bytes; a whole frame may take 64 KiB, and half is the shell's", arg, got)
		}
	}
}

func BenchmarkKeyPress(b *testing.B) {
	for _, n := range []int{1_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			book := past.NewBook(kittest.Many(n), past.BookOptions{Zone: kittest.Seoul()})
			press(b, kittest.Start(history.New(kittest.Env("en"), book, nil, "find=>=1"), 120, 37))
		})
	}
}

func press(b *testing.B, d *kittest.Drive) {
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		d.Page.Update(context.Background(), kit.Do{Intent: []kit.Intent{kit.Down, kit.Up}[i%2]})
		d.Page.View()
	}
}
