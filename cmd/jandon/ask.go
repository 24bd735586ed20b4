package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

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

// longestSecret bounds a line that holds a secret; a passphrase may be a verse.
const longestSecret = 1024

// sought is a secret that a command needs: the catalogue's name for it, and the
// flag of the descriptor that it may be read from.
type sought struct{ what, flag string }

var (
	thePIN        = sought{"cli.pin.what", "--pin-fd"}
	theCode       = sought{"cli.enroll.code_what", "--code-fd"}
	thePassphrase = sought{"cli.vault.passphrase", "--passphrase-fd"}
)

// missing is that secret where nobody gives it.
func (a *app) missing(s sought, why error) error {
	return fault.Wrap(why, fault.NoSecret, "what", a.text().T(s.what), "flag", s.flag)
}

// secretFD reads one line of a file descriptor: a secret that a script hands
// over. Several secrets may stand in one, a line each, in the order of asking.
func (a *app) secretFD(ctx context.Context, fd int, what sought) (keystore.Secret, error) {
	name := "fd " + strconv.Itoa(fd)
	if a.handed == nil {
		a.handed = make(map[int]*os.File)
	}
	f := a.handed[fd]
	if f == nil {
		if f = os.NewFile(uintptr(fd), name); f == nil {
			return keystore.Secret{}, fault.New(fault.NoFile, "file", name)
		}
		a.handed[fd] = f // else the collector would close it under the next line
	}
	line, err := patiently(ctx, func() ([]byte, error) {
		line, err := readLine(f)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, fault.Wrap(err, fault.BadFile, "file", name, "detail", err.Error())
		}
		return line, nil
	})
	if err != nil {
		return keystore.Secret{}, err
	}
	return a.tidy(line, what)
}

// readLine reads to the end of a line and not a byte further; io.EOF if there is
// nothing before the end of the input.
func readLine(f io.Reader) ([]byte, error) {
	line, one := make([]byte, 0, longestSecret+1), []byte{0}
	for len(line) <= longestSecret {
		n, err := f.Read(one)
		switch {
		case n == 1 && one[0] == '\n', errors.Is(err, io.EOF) && len(line) > 0:
			return line, nil
		case err != nil:
			clear(line)
			return nil, err
		}
		line = append(line, one[:n]...)
	}
	return line, nil
}

// tidy takes the bytes of a secret over, without the space around them.
func (a *app) tidy(b []byte, what sought) (keystore.Secret, error) {
	defer clear(b)
	trimmed := bytes.TrimSpace(b)
	if len(trimmed) == 0 {
		return keystore.Secret{}, a.missing(what, nil)
	}
	if len(b) > longestSecret {
		return keystore.Secret{}, fault.New(fault.TooLarge, "limit", "1 KiB")
	}
	return keystore.NewSecret(bytes.Clone(trimmed)), nil
}
