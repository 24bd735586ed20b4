package export

import (
	"context"
	"iter"
	"math"
	"slices"

	"jandon/internal/history"
)

// Reader gives lists of transactions; see history for its terms.
type Reader interface {
	Rows(ctx context.Context, q history.Query, w history.Window) (history.Page, error)
}

// batch is how many lines are read at a time: enough that reading is no
// longer felt, few enough to keep memory small whatever the history's length.
const batch = 1000

// Oldest gives the lines that q asks for, oldest first.
func Oldest(ctx context.Context, r Reader, q history.Query) iter.Seq2[history.Row, error] {
	return func(yield func(history.Row, error) bool) {
		from := history.Cursor{At: math.MinInt64}
		for {
			page, err := r.Rows(ctx, q, history.Window{From: from, Limit: batch})
			if err != nil {
				yield(history.Row{}, err)
				return
			}
			for _, row := range slices.Backward(page.Rows) {
				if !yield(row, nil) {
					return
				}
			}
			if !page.More || len(page.Rows) == 0 {
				return
			}
			from = page.Rows[0].Cursor
		}
	}
}
