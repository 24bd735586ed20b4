package store

import "strings"

// bulkRows is how many rows one statement writes: what a statement costs
// beside its rows is shared by them.
const bulkRows = 16

// bulk writes rows of whole numbers, several to a statement.
type bulk struct {
	c          *conn
	head, tail string // the statement around its rows
	width      int    // numbers to a row
	args       []int64
	full       string // the statement with bulkRows rows, once it was needed
}

func (b *bulk) add(row ...int64) error {
	b.args = append(b.args, row...)
	if len(b.args) == bulkRows*b.width {
		return b.flush()
	}
	return nil
}

func (b *bulk) flush() error {
	if len(b.args) == 0 {
		return nil
	}
	if len(b.args) < bulkRows*b.width {
		err := b.c.do(manyRows(b.head, "("+places(b.width)+")", len(b.args)/b.width, b.tail), b.args...)
		b.args = b.args[:0]
		return err
	}
	if b.full == "" {
		b.full = manyRows(b.head, "("+places(b.width)+")", bulkRows, b.tail)
	}
	err := b.c.do(b.full, b.args...)
	b.args = b.args[:0]
	return err
}

// manyRows is the text of a statement that inserts several rows like one.
func manyRows(head, row string, rows int, tail string) string {
	return head + " VALUES" + strings.Repeat(row+",", rows-1) + row + tail
}

// places are so many values of a row that are yet to be bound.
func places(n int) string { return strings.Repeat("?,", n-1) + "?" }
