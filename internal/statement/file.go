package statement

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"iter"
	"time"

	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// File is a statement that was read once to its end, of which no line was
// kept. What it takes of memory does not hang on the file's length. It is for
// one goroutine at a time.
type File struct {
	Result // without transactions

	in      *source
	o       Options
	format  string
	form    form
	several bool // it tells of several accounts
	settled *settled
	judged  judgement
	count   int // of transactions
	falling bool
	others  map[money.Currency]int
}

// Open reads a statement of size bytes to find out all that there is to say of
// it but its lines. A file that would be refused on the way to its end is
// refused now.
func Open(ctx context.Context, file io.ReaderAt, size int64, o Options) (*File, error) {
	return openWith(ctx, file, size, o, blockSize)
}

func openWith(ctx context.Context, file io.ReaderAt, size int64, o Options, block int) (*File, error) {
	f, err := open(ctx, &source{file: file, size: size, block: block, progress: o.Progress, total: 2 * size}, o)
	if err != nil {
		return nil, err
	}
	c, err := f.run(ctx, func() sink { return counter{} })
	if err != nil {
		return nil, err
	}
	f.several = c.accounts > 1
	if c.doubts.some() {
		if err = f.settle(ctx, c); err == nil {
			c, err = f.run(ctx, func() sink { return counter{} })
		}
		if err != nil {
			return nil, err
		}
	}
	f.judged, f.count = c.judge(), c.signs.lines
	f.Result = c.res
	f.falling, f.others = c.steady.down && !c.steady.up, c.signs.others(f.judged.currency)
	f.Spent = c.signs.total(f.judged)
	f.in.finished()
	return f, nil
}

// Count is how many transactions the file holds.
func (f *File) Count() int { return f.count }

// Falling reports that the newest line comes first.
func (f *File) Falling() bool { return f.falling }

// Span is what is known of a history of these lines before they are read: the
// currency that it is in, and how many lines are in others.
func (f *File) Span() history.Span {
	return history.Span{Currency: f.judged.currency, Others: f.others}
}

// remembered is how many lines are remembered to tell equal ones apart, twice
// over. In a file in order of time equal lines stand beside each other.
const remembered = 1 << 15

// Transactions gives the lines in the order of the file, each good until the
// next. They are those that Read gives; but of equal lines that stand more than
// remembered lines apart, in a file that is in no order of time, ids may be the
// same. The file must not have changed since it was opened: fault.BadFile.
func (f *File) Transactions(ctx context.Context) iter.Seq2[*wallet.Transaction, error] {
	return f.lines(ctx, remembered)
}

func (f *File) lines(ctx context.Context, most int) iter.Seq2[*wallet.Transaction, error] {
	return func(yield func(*wallet.Transaction, error) bool) {
		to := &teller{judgement: f.judged, names: ids{most: most}, yield: yield}
		to.names.reset(most)
		begun := 0
		c, err := f.run(ctx, func() sink {
			if begun++; begun > 1 {
				return counter{} // what was given can't be taken back
			}
			return to
		})
		switch {
		case to.ended:
			return
		case err == nil && (begun > 1 || c.signs.lines != f.count):
			err = fault.New(fault.BadFile, "file", f.o.Name, "detail", "changed while it was read")
		}
		if err != nil {
			yield(nil, err)
		}
	}
}

// open finds the format of a file.
func open(ctx context.Context, in *source, o Options) (*File, error) {
	return openAs(ctx, in, o, openCSV)
}

// openAs is open with another way to look at tables.
func openAs(ctx context.Context, in *source, o Options, csv func(*source, Options) (form, error)) (*File, error) {
	if o.Rules != nil {
		o.Zone, o.Currency = cmp.Or(o.Rules.Zone, o.Zone), cmp.Or(o.Rules.Currency, o.Currency)
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	in.ctx = ctx
	head, err := in.opening()
	if err != nil {
		return nil, unreadable(o, err)
	}
	for _, x := range formats {
		if !x.Sniff(head) {
			continue
		}
		look := x.open
		if x.Name == "csv" {
			look = csv
		}
		form, err := look(in, o)
		switch {
		case ctx.Err() != nil: // whatever a format made of that
			return nil, ctx.Err()
		case err != nil:
			return nil, refused(o, err)
		}
		return &File{in: in, o: o, format: x.Name, form: form}, nil
	}
	return nil, refuse(o, "binary")
}

// opening is the beginning of a file as UTF-8 text, as far as it is text.
func (s *source) opening() ([]byte, error) {
	head, err := s.head(4096)
	if err != nil || sniffXLSX(head) {
		return head, err
	}
	return senseOf(head).coding().all(bytes.Clone(head)), nil
}

// whole reads the file as often as it takes to know of each line what only all
// of them tell.
func (f *File) whole(ctx context.Context, to func() sink) (*collector, error) {
	c, err := f.run(ctx, to)
	if err != nil || c.accounts <= 1 && !c.doubts.some() {
		return c, err
	}
	f.several = c.accounts > 1 // only now it is known that the lines are to name theirs
	if !c.doubts.some() {
		f.in.further(1)
	} else if err := f.settle(ctx, c); err != nil {
		return nil, err
	}
	return f.run(ctx, to)
}

// run reads the file once.
func (f *File) run(ctx context.Context, to func() sink) (*collector, error) {
	f.in.ctx = ctx
	for {
		c := newCollector(ctx, f.o, f.format, to())
		c.several, c.settled, c.in = f.several, f.settled, f.in
		if !f.several && f.settled == nil { // else it was counted before
			f.in.expect(1)
		}
		err := f.form.read(c)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case errors.Is(err, errAgain):
			continue
		case err != nil:
			return nil, refused(f.o, err)
		case c.heard == 0 && c.res.Lines > 0:
			return nil, refuse(f.o, "no_lines")
		}
		return c, nil
	}
}

// refused says why a file gives no statement.
func refused(o Options, err error) error {
	var why notStatement
	if errors.As(err, &why) {
		return refuse(o, string(why))
	}
	return unreadable(o, err)
}
