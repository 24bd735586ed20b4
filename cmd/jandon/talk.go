package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/term"

	"jandon/internal/fault"
	"jandon/internal/safe"
	"jandon/keystore"
	"jandon/ui/kit"
)

// talk is a conversation with the person at the terminal, line by line. What
// was typed before a question stood there answers nothing: it is dropped.
type talk struct {
	*app
	in *bufio.Reader
}

// talk begins one.
func (a *app) talk() *talk { return &talk{app: a, in: bufio.NewReader(a.in)} }

// tty is the terminal that is read from, where somebody may be asked.
func (a *app) tty() (term.File, bool) {
	f, ok := a.in.(term.File)
	return f, ok && term.IsTerminal(f.Fd()) && !a.global.noInput
}

// drop forgets what was typed ahead. A terminal that can't is asked nothing.
func (t *talk) drop(f term.File) error {
	if err := dropInput(f.Fd()); err != nil {
		return fault.Wrap(err, fault.Unasked)
	}
	_, err := t.in.Discard(t.in.Buffered())
	return err
}

// say writes lines for the person; spaces before a line stay, since they say
// what belongs to what. What is longer than the terminal is wide is broken
// between words, below the words of a point, and nothing of it is cut: consent
// is given to all of it.
func (t *talk) say(lines ...string) {
	for _, line := range lines {
		bare := strings.TrimLeft(line, " ")
		indent := line[:len(line)-len(bare)]
		width, _, ok := terminal(t.err)
		if !ok || width <= 0 || width > longestSaid { // a terminal may not know its size
			width = longestSaid
		}
		hang := ""
		if strings.HasPrefix(bare, "· ") {
			hang = "  "
		}
		for i, part := range kit.Wrap(bare, max(width-len(indent)-len(hang), leastSaid)) {
			before := indent
			if i > 0 {
				before += hang
			}
			fmt.Fprintln(t.err, before+safe.Text(part)) // which takes spaces off the ends
		}
	}
}

// What say breaks lines at: no longer than the filter lets through, and no
// shorter than a word.
const (
	longestSaid = 160
	leastSaid   = 16
)

// line asks for a line that may be seen. The end of the input is fault.Canceled.
func (t *talk) line(ctx context.Context, question string) (string, error) {
	in, ok := t.tty()
	if !ok {
		return "", fault.New(fault.Unasked)
	}
	if err := t.drop(in); err != nil {
		return "", err
	}
	fmt.Fprint(t.err, safe.Text(question)+" ")
	text, err := patiently(ctx, func() (string, error) { return t.in.ReadString('\n') })
	if err != nil && (text == "" || !errors.Is(err, io.EOF)) {
		fmt.Fprintln(t.err)
		return "", stopped(err)
	}
	return strings.TrimSpace(text), nil
}

// yes asks a question whose answer is No unless somebody says y.
func (t *talk) yes(ctx context.Context, question string) (bool, error) {
	answer, err := t.line(ctx, question)
	if err != nil {
		return false, err
	}
	return strings.EqualFold(answer, "y") || answer == "ㅛ", nil
}

// hidden asks for something that nobody should see, without echo.
func (t *talk) hidden(ctx context.Context, question string, what sought) (keystore.Secret, error) {
	b, err := t.unseen(ctx, question, what)
	if err != nil {
		return keystore.Secret{}, err
	}
	return t.tidy(b, what)
}

// unseen is hidden as it was typed, which may be nothing; the caller clears it.
func (t *talk) unseen(ctx context.Context, question string, what sought) ([]byte, error) {
	in, ok := t.tty()
	if !ok {
		return nil, t.missing(what, nil)
	}
	restore, err := withoutEcho(in.Fd())
	if err != nil {
		return nil, t.missing(what, err)
	}
	if err := t.drop(in); err != nil {
		return nil, errors.Join(err, restore())
	}
	fmt.Fprint(t.err, safe.Text(question)+" ")
	b, err := patiently(ctx, func() ([]byte, error) { return readUnseen(in) })
	if restored := restore(); err == nil {
		err = restored
	}
	fmt.Fprintln(t.err)
	if err != nil {
		clear(b)
		return nil, stopped(err)
	}
	return b, nil
}

// stopped makes the end of the input what it is: the person left.
func stopped(err error) error {
	if errors.Is(err, io.EOF) {
		return fault.Wrap(err, fault.Canceled)
	}
	return err
}
