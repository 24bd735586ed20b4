package review_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/notes"
	"jandon/internal/review"
	"jandon/internal/wallet"
)

var seoul = time.FixedZone("KST", 9*3600)

// today is a Sunday.
var today = time.Date(2026, 11, 22, 20, 0, 0, 0, seoul)

// monthly are n charges on a day of the month up to the last one, the prices
// of the last ones given, oldest first; before them the first of these prices.
func monthly(name string, last time.Time, n int, prices ...int64) (list []wallet.Transaction) {
	for i := range n {
		at := last.AddDate(0, i-n+1, 0)
		price := prices[max(i-n+len(prices), 0)]
		list = append(list, wallet.Transaction{
			ID: fmt.Sprintf("%s-%02d", name, i), At: at, Type: wallet.Payment, Amount: money.Won(-price), Merchant: name, Category: "media",
		})
	}
	return list
}

// twice are two equal charges a minute apart.
func twice(name string, at time.Time) []wallet.Transaction {
	x := wallet.Transaction{ID: name + "-a", At: at, Type: wallet.Payment, Amount: money.Won(-21_900), Merchant: name, Category: "food"}
	y := x
	y.ID, y.At = name+"-b", at.Add(time.Minute)
	return []wallet.Transaction{x, y}
}

// world is a history with its auditor.
type world struct {
	*review.Auditor
	notes.Memory
	lines []wallet.Transaction
	now   time.Time
	reads int
	mark  int64
}

func made(lines ...[]wallet.Transaction) *world {
	w := &world{now: today}
	for _, l := range lines {
		w.lines = append(w.lines, l...)
	}
	w.Auditor = &review.Auditor{
		Lines: w, Book: &w.Memory, Zone: seoul, Now: func() time.Time { return w.now },
		Mark: func(context.Context) (int64, error) { return w.mark, nil },
	}
	return w
}

func (w *world) book() *history.Book {
	return history.NewBook(w.lines, history.BookOptions{Zone: seoul})
}

func (w *world) Span(ctx context.Context) (history.Span, error) {
	return w.book().Span(ctx)
}

func (w *world) Rows(ctx context.Context, q history.Query, x history.Window) (history.Page, error) {
	w.reads++
	return w.book().Rows(ctx, q, x)
}

func (w *world) find(t *testing.T) review.Findings {
	t.Helper()
	f, err := w.Findings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func (w *world) progress(t *testing.T) review.Progress {
	t.Helper()
	p, err := w.Progress(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (w *world) queue(t *testing.T) []review.Card {
	t.Helper()
	f, p := w.find(t), w.progress(t)
	return p.Queue(&f)
}

// say decides about a series by its name, on the day of the clock.
func (w *world) say(t *testing.T, d review.Decision, c *review.Card) {
	t.Helper()
	d.Made = history.DayOf(w.now, seoul)
	if d.Until == 0 {
		d.Until = d.Made + review.SnoozeLeast
	}
	if err := review.Say(t.Context(), &w.Memory, w.now, &d, c); err != nil {
		t.Fatal(err)
	}
}

func named(t *testing.T, f *review.Findings, name string) *review.Series {
	t.Helper()
	for i := range f.Series {
		if f.Series[i].Merchant == name {
			return &f.Series[i]
		}
	}
	return nil
}

func why(s *review.Series) (list []review.Why) {
	for _, r := range s.Reasons {
		list = append(list, r.Why)
	}
	return list
}

// day is a day of 2026 at the hour of billing.
func day(month time.Month, d int) time.Time { return time.Date(2026, month, d, 4, 10, 0, 0, seoul) }
