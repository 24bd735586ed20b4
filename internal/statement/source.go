package statement

import (
	"context"
	"errors"
	"io"
	"sync"

	"jandon/internal/fault"
)

// source is a file that can be read from any place, any number of times.
type source struct {
	ctx   context.Context //nolint:containedctx // a source lives for one reading, and every read of it ends with that
	file  io.ReaderAt
	size  int64
	whole []byte // all of it, where it is in memory; else nil
	block int    // how much is read at once
	sense *sense // what a look at all of it says; nil until one is taken

	progress func(done, total int64) // nil: nobody asks, or everything is told
	telling  sync.Mutex
	total    int64 // bytes that will be read, every reading counted, as far as is known …
	done     int64 // … and those that were
}

// blockSize is how much of a file is read at once.
const blockSize = 256 << 10

// reading is the bytes of a source from a place on.
type reading struct {
	*source
	at    int64
	end   int64
	quiet bool // tells no progress
}

// from reads the source from a place to its end.
func (s *source) from(at int64) *reading { return &reading{source: s, at: at, end: s.size} }

func (r *reading) Read(b []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	if r.at >= r.end {
		return 0, io.EOF
	}
	n, err := r.file.ReadAt(b[:min(int64(len(b)), r.end-r.at)], r.at)
	r.at += int64(n)
	if !r.quiet {
		r.read(n)
	}
	if n > 0 && errors.Is(err, io.EOF) {
		err = nil
	}
	return n, err
}

// read tells how much further the reading is. That all is read nobody knows
// before the last line is understood.
func (s *source) read(n int) {
	if s.progress != nil {
		s.telling.Lock()
		defer s.telling.Unlock()
		s.done = max(s.done, min(s.done+int64(n), s.total-1))
		s.progress(s.done, s.total)
	}
}

// expect says how many readings follow, this one counted.
func (s *source) expect(readings int64) {
	s.telling.Lock()
	defer s.telling.Unlock()
	s.total = s.done + readings*s.size
}

// further says that so many readings follow that were not expected.
func (s *source) further(readings int64) {
	s.telling.Lock()
	defer s.telling.Unlock()
	s.total += readings * s.size
}

// finished says that there is nothing left to read. Whoever reads on has a
// progress of their own.
func (s *source) finished() {
	if s.progress != nil {
		s.progress(s.total, s.total)
		s.progress = nil
	}
}

// head is the beginning of the source.
func (s *source) head(n int) ([]byte, error) {
	if s.whole != nil {
		return s.whole[:min(len(s.whole), n)], nil
	}
	b := make([]byte, min(int64(n), s.size))
	r := s.from(0)
	r.quiet = true
	_, err := io.ReadFull(r, b)
	return b, err
}

// text is a stretch of a text that moves on through it.
type text struct {
	data []byte
	base int64 // where data begins
	done bool  // nothing comes after data
	in   io.Reader
	err  error // why nothing comes, if the end was not reached
	room int   // how large data is at first
}

// more reads on, and lets go of what stands before keep. When it returns,
// there is more than before or done is set.
func (t *text) more(keep int) {
	if t.done {
		return
	}
	t.base += int64(keep)
	t.data = t.data[:copy(t.data, t.data[keep:])]
	if 2*len(t.data) >= cap(t.data) {
		t.data = append(make([]byte, 0, max(2*cap(t.data), t.room)), t.data...)
	}
	for {
		n, err := t.in.Read(t.data[len(t.data):cap(t.data)])
		t.data = t.data[:len(t.data)+n]
		switch {
		case errors.Is(err, io.EOF):
			t.done = true
		case err != nil:
			t.done, t.err = true, err
		case n == 0:
			continue
		}
		return
	}
}

// skip goes on by n bytes.
func (t *text) skip(n int64) {
	for n > int64(len(t.data)) && !t.done {
		n -= int64(len(t.data))
		t.more(len(t.data))
	}
	n = min(n, int64(len(t.data)))
	t.data, t.base = t.data[n:], t.base+n
}

// script is the text of a source, to be opened at any place of it.
type script func(from int64) *text

// written is a text that is there.
func written(all []byte) script {
	return func(from int64) *text {
		from = min(from, int64(len(all)))
		return &text{data: all[from:], base: from, done: true}
	}
}

// streamed is a text that is read as it is needed.
func streamed(open func() io.Reader, room int) script {
	return func(from int64) *text {
		t := &text{in: open(), room: room}
		t.skip(from)
		return t
	}
}

// unreadable says why a file could not be read to its end.
func unreadable(o Options, err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	var known *fault.Error
	if errors.As(err, &known) {
		return err
	}
	return fault.Wrap(err, fault.BadFile, "file", o.Name, "detail", err.Error())
}
