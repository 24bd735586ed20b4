package statement

import (
	"bytes"
	"context"
	"errors"
	"io"
	"runtime"
	"sync"
	"unicode/utf8"

	"jandon/internal/history"
)

// leastPart is how much of a file is worth a processor of its own.
const leastPart = 1 << 20

// Sum reads a statement of size bytes into sums by a dimension, once if it
// can, and tells what Open does. What it takes of memory hangs on how many
// days and groups there are.
func Sum(ctx context.Context, file io.ReaderAt, size int64, o Options, by history.Dimension) (*history.Summed, Result, error) {
	parts := int(min(int64(runtime.GOMAXPROCS(0)), 1+size/leastPart))
	return sumIn(ctx, &source{file: file, size: size, block: blockSize, progress: o.Progress, total: size}, o, by, parts)
}

func sumIn(ctx context.Context, in *source, o Options, by history.Dimension, parts int) (*history.Summed, Result, error) {
	f, err := openAs(ctx, in, o, func(in *source, o Options) (form, error) {
		if t, err := openPlain(in, o); t != nil || err != nil {
			return t, err
		}
		return openCSV(in, o)
	})
	if err != nil {
		return nil, Result{}, err
	}
	var to *summer
	var c *collector
	if t, ok := f.form.(*table); ok && t.plain {
		c, to, err = f.sumTable(t, by, parts)
	}
	if err == nil && to != nil && c.doubts.some() { // to be settled in order
		to = nil
	}
	if to == nil && (err == nil || errors.Is(err, errNotPlain)) {
		in.expect(1)
		c, to, err = f.sum(ctx, by)
	}
	if err != nil {
		return nil, Result{}, refused(f.o, err)
	}
	all := to.summed(c)
	in.finished()
	return all, c.res, nil
}

// sum is for what has to be read from its beginning to its end.
func (f *File) sum(ctx context.Context, by history.Dimension) (c *collector, to *summer, err error) {
	if t, ok := f.form.(*table); ok && t.plain { // as it seemed
		if f.form, err = openCSV(f.in, f.o); err != nil {
			return nil, nil, err
		}
	}
	sums := func() sink { to = newSummer(f.o, by); return to }
	c, err = f.whole(ctx, sums)
	return c, to, err
}

// errNotPlain says that a file is not what its beginning promised: UTF-8 without NUL bytes.
var errNotPlain = errors.New("statement: not plain text")

// vetted passes on text that is plain.
type vetted struct {
	in  io.Reader
	cut []byte // the beginning of a character
}

func (v *vetted) Read(b []byte) (int, error) {
	n, err := v.in.Read(b)
	piece := b[:n]
	if bytes.IndexByte(piece, 0) >= 0 {
		return 0, errNotPlain
	}
	for len(v.cut) > 0 && len(piece) > 0 && !utf8.FullRune(v.cut) {
		v.cut, piece = append(v.cut, piece[0]), piece[1:]
	}
	if len(v.cut) > 0 && utf8.FullRune(v.cut) {
		if !utf8.Valid(v.cut) {
			return 0, errNotPlain
		}
		v.cut = v.cut[:0]
	}
	whole := piece[:wholeRunes(piece)]
	v.cut = append(v.cut, piece[len(whole):]...)
	if !utf8.Valid(whole) || errors.Is(err, io.EOF) && len(v.cut) > 0 {
		return 0, errNotPlain
	}
	return n, err
}

// share is a stretch of a table that is summed on its own. Its lines are those
// that begin in it.
type share struct {
	from, to int64 // in the text
	end      int64 // where the last line ended
	lines    int   // ends of lines passed
	c        *collector
	sums     *summer
	err      error
}

// sumTable sums the parts of a plain table at once. A part begins behind an end
// of line; if that turns out to stand within quotes, because the line before
// goes on beyond it, the part is read again from where that line ends.
func (f *File) sumTable(t *table, by history.Dimension, parts int) (*collector, *summer, error) {
	borders, err := f.borders(t, parts)
	if err != nil {
		return nil, nil, err
	}
	for {
		f.in.expect(1)
		shares := make([]share, len(borders)-1)
		var all sync.WaitGroup
		for i := range shares {
			shares[i].from, shares[i].to = borders[i], borders[i+1]
			all.Go(func() { f.sumShare(t, &shares[i], by) })
		}
		all.Wait()
		c, to, err := f.join(t, shares, by)
		if !errors.Is(err, errSurvey) {
			return c, to, err
		}
		f.in.expect(2)
		if err := t.survey(f.o); err != nil {
			return nil, nil, err
		}
	}
}

// borders are where the parts of a table begin, and its end.
func (f *File) borders(t *table, parts int) ([]int64, error) {
	size := f.in.size - int64(t.skip)
	list := []int64{t.layout.body}
	block := make([]byte, 4096)
	for i := 1; i < parts; i++ {
		at := t.layout.body + (size-t.layout.body)*int64(i)/int64(parts)
		for ; at < size; at += int64(len(block)) {
			n, err := f.in.file.ReadAt(block, at+int64(t.skip))
			if err != nil && !errors.Is(err, io.EOF) {
				return nil, err
			}
			if k := bytes.IndexByte(block[:n], '\n'); k >= 0 {
				at += int64(k) + 1
				break
			}
		}
		if at > list[len(list)-1] && at < size {
			list = append(list, at)
		}
	}
	return append(list, max(size, t.layout.body)), nil
}

func (f *File) sumShare(t *table, s *share, by history.Dimension) {
	s.sums = newSummer(f.o, by)
	s.c = newCollector(f.in.ctx, f.o, f.format, s.sums)
	r := newReader(t, s.c)
	r.s = newScanner(&text{in: &vetted{in: f.in.from(int64(t.skip) + s.from)}, base: s.from, room: f.in.block}, t.layout.delim)
	r.s.lone = r.lone
	s.err = r.rows(s.to)
	s.end, s.lines = r.s.place(), r.s.number-1
	for s.err == nil && s.end >= f.in.size-int64(t.skip) && !r.s.done { // the very end has to be plain, too
		r.s.more(len(r.s.data))
		s.err = r.s.err
	}
}

// join puts the parts together, in order.
func (f *File) join(t *table, shares []share, by history.Dimension) (*collector, *summer, error) {
	to := newSummer(f.o, by)
	c := newCollector(f.in.ctx, f.o, f.format, to)
	t.detected(&c.res.Detected)
	r := newReader(t, c)
	if err := r.preamble(); err != nil {
		return nil, nil, err
	}
	number, at := t.layout.number-1, t.layout.body
	for i := range shares {
		s := &shares[i]
		if s.from != at {
			s.from = at
			f.sumShare(t, s, by)
		}
		if s.err != nil {
			return nil, nil, s.err
		}
		for _, l := range s.c.res.Skipped {
			l.Number += number
			c.list(l)
		}
		for why, n := range s.c.res.Reasons {
			c.res.Reasons[why] += n
		}
		c.res.Lines += s.c.res.Lines
		c.doubts.seen = c.doubts.seen || s.c.doubts.seen
		c.signs.merge(&s.c.signs)
		to.merge(s.sums)
		number, at = number+s.lines, s.end
	}
	switch {
	case f.in.ctx.Err() != nil:
		return nil, nil, f.in.ctx.Err()
	case c.signs.lines == 0 && c.res.Lines > 0:
		return nil, nil, notStatement("no_lines")
	}
	return c, to, nil
}
