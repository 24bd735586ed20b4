package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/x/term"

	"jandon/internal/fault"
	"jandon/keystore"
)

// patiently waits for a person or for the end of ctx, whichever comes first.
// A read of a terminal can't be taken back; the process ends soon after.
func patiently[T any](ctx context.Context, read func() (T, error)) (T, error) {
	type answer struct {
		value T
		err   error
	}
	answers := make(chan answer, 1)
	go func() {
		value, err := read()
		answers <- answer{value, err}
	}()
	select {
	case got := <-answers:
		return got.value, got.err
	case <-ctx.Done():
		var none T
		return none, fault.Wrap(ctx.Err(), fault.Canceled)
	}
}

// ask asks for a line. The end of the input is io.EOF.
func (a *app) ask(ctx context.Context, in *bufio.Reader, id string) (string, error) {
	fmt.Fprint(a.err, a.text().T(id))
	return patiently(ctx, func() (string, error) {
		line, err := in.ReadString('\n')
		if err != nil && (line == "" || !errors.Is(err, io.EOF)) {
			return "", err
		}
		return strings.TrimSpace(line), nil
	})
}

// longestToken bounds what is read of a token.
const longestToken = 512

// token reads the reading token: from a file descriptor, or typed unseen.
func (a *app) token(ctx context.Context, fd int) (keystore.Secret, error) {
	if fd >= 0 {
		f := os.NewFile(uintptr(fd), "token")
		if f == nil {
			return keystore.Secret{}, fault.New(fault.NoFile, "file", fmt.Sprintf("fd %d", fd))
		}
		defer func() { _ = f.Close() }()
		b, err := io.ReadAll(io.LimitReader(f, longestToken+1))
		if err != nil {
			return keystore.Secret{}, fault.Wrap(err, fault.BadFile, "file", fmt.Sprintf("fd %d", fd), "detail", err.Error())
		}
		return a.tidy(b)
	}
	in, ok := a.in.(term.File)
	if !ok || !term.IsTerminal(in.Fd()) || a.global.noInput {
		return keystore.Secret{}, fault.New(fault.NoSecret, "what", a.text().T("cli.connect.secret"))
	}
	restore, err := withoutEcho(in.Fd())
	if err != nil {
		return keystore.Secret{}, fault.Wrap(err, fault.NoTerminal)
	}
	fmt.Fprint(a.err, a.text().T("cli.connect.token"))
	b, err := patiently(ctx, func() ([]byte, error) { return term.ReadPassword(in.Fd()) })
	if restored := restore(); err == nil {
		err = restored
	}
	fmt.Fprintln(a.err)
	if errors.Is(err, io.EOF) {
		err = fault.Wrap(err, fault.Canceled)
	}
	if err != nil {
		return keystore.Secret{}, err
	}
	return a.tidy(b)
}

// tidy takes the bytes of a token over, without the space around them.
func (a *app) tidy(b []byte) (keystore.Secret, error) {
	defer clear(b)
	trimmed := []byte(strings.TrimSpace(string(b)))
	if len(trimmed) == 0 {
		return keystore.Secret{}, fault.New(fault.NoSecret, "what", a.text().T("cli.connect.secret"))
	}
	if len(b) > longestToken {
		return keystore.Secret{}, fault.New(fault.TooLarge, "limit", "512 B")
	}
	return keystore.NewSecret(trimmed), nil
}
