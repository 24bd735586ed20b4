package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"

	"jandon/internal/fault"
)

// given is a file that a person named, to be read from any place.
type given struct {
	io.ReaderAt
	size  int64
	close func()
}

// openGiven opens a file, or standard input for "-". What can be read but once,
// as a pipe, is first put into a temporary file that nobody else may read, and
// that goes when it is closed.
func (a *app) openGiven(ctx context.Context, name string) (*given, error) {
	in, size, err := a.openFile(name)
	if err != nil {
		return nil, err
	}
	if file, ok := in.(*os.File); ok && size >= 0 {
		return &given{file, size, func() { _ = file.Close() }}, nil // was only read
	}
	defer func() { _ = in.Close() }() // was only read
	spool, err := os.CreateTemp("", "jandon-")
	if err != nil {
		return nil, fault.Wrap(err, fault.BadFile, "file", name, "detail", reason(err))
	}
	g := &given{ReaderAt: spool, close: func() {
		_ = spool.Close()           // nobody wants what was in it …
		_ = os.Remove(spool.Name()) // … and the system clears its directory, should this fail
	}}
	if g.size, err = io.Copy(spool, whileWanted{ctx, in}); err != nil {
		g.close()
		return nil, unread(ctx, name, err)
	}
	return g, nil
}

// digest is the SHA-256 of the file, in hexadecimal.
func (g *given) digest(ctx context.Context, name string) (string, error) {
	sum := sha256.New()
	if _, err := io.Copy(sum, whileWanted{ctx, io.NewSectionReader(g, 0, g.size)}); err != nil {
		return "", unread(ctx, name, err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// unread says why a file could not be read.
func unread(ctx context.Context, name string, err error) error {
	var known *fault.Error
	switch {
	case ctx.Err() != nil:
		return fault.Wrap(ctx.Err(), fault.Canceled)
	case errors.As(err, &known):
		return err
	}
	return fault.Wrap(err, fault.BadFile, "file", name, "detail", reason(err))
}

// whileWanted stops when nobody waits any more.
type whileWanted struct {
	ctx context.Context //nolint:containedctx // a reader lives for one copy
	in  io.Reader
}

func (w whileWanted) Read(b []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.in.Read(b)
}
