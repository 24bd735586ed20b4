package main

import (
	"bufio"
	"context"
	"errors"
	"io"

	"github.com/spf13/cobra"

	"jandon/config"
	"jandon/internal/fault"
	"jandon/internal/session"
)

// recorded is a recording that a person named.
type recorded struct {
	*session.Recording
	name   string
	sealed bool
}

// watching is a verb that reads a file and nothing else of this computer:
// settings out of reach are as if there were none.
func (a *app) watching(use, id string, run verb) *cobra.Command {
	c := a.command(use, id, 1, 1, run)
	settled := c.Run
	c.Run = func(cmd *cobra.Command, args []string) {
		a.unset = true
		settled(cmd, args)
	}
	return c
}

// configured reads the settings; a command that can do without takes the defaults
// where the file is out of reach or wrong, unless it was named.
func (a *app) configured(from config.Sources) (*config.Config, error) {
	cfg, err := config.Load(from)
	if err != nil && a.unset && from.File == "" {
		from.Read = func(string) ([]byte, error) { return nil, nil }
		return config.Load(from)
	}
	return cfg, err
}

// longestIdentity is above the length of any list of keys.
const longestIdentity = 1 << 16

// openRecording reads a recording, with the keys of an identity file if one is
// named. What is good of a damaged one is told to be that.
func (a *app) openRecording(ctx context.Context, name, identity string) (*recorded, error) {
	var keys []byte
	if identity != "" {
		var err error
		if keys, err = a.slurp(ctx, identity, longestIdentity); err != nil {
			return nil, err
		}
		defer clear(keys)
	}
	in, size, err := a.openFile(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = in.Close() }()
	if size > longestRecording {
		return nil, fault.New(fault.BadRecording, "file", name, "detail", a.text().T("cli.session.why.too_long"))
	}
	buffered := bufio.NewReaderSize(whileWanted{ctx, in}, 1<<16)
	sealed := session.Sealed(buffered)
	rec, err := session.Open(buffered, keys)
	if ctx.Err() != nil {
		return nil, fault.Wrap(ctx.Err(), fault.Canceled)
	}
	if err != nil {
		return nil, a.unopened(name, identity, err)
	}
	r := &recorded{Recording: rec, name: name, sealed: sealed}
	if rec.Partial != nil {
		a.note(a.text().F("cli.session.partial", "File", name, "Why", a.text().T("cli.session.why."+whyOf(rec.Partial))))
	}
	return r, nil
}

// longestRecording is the longest file that is opened. Sealing adds a
// sixteenth of a thousandth and a few lines.
const longestRecording = session.MaxFile + session.MaxFile>>10

// slurp reads a small file.
func (a *app) slurp(ctx context.Context, name string, most int) ([]byte, error) {
	in, _, err := a.openFile(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = in.Close() }()
	data, err := io.ReadAll(io.LimitReader(whileWanted{ctx, in}, int64(most)+1))
	switch {
	case err != nil:
		return nil, unread(ctx, name, err)
	case len(data) > most:
		return nil, fault.New(fault.BadIdentity, "file", name)
	}
	return data, nil
}

// unopened says why a file can't be opened as a recording.
func (a *app) unopened(name, identity string, err error) error {
	switch {
	case errors.Is(err, session.ErrNewer):
		return fault.Wrap(err, fault.NewerRecording, "file", name)
	case errors.Is(err, session.ErrSealed):
		return fault.Wrap(err, fault.SealedRecording, "file", name)
	case errors.Is(err, session.ErrWrongKey):
		return fault.Wrap(err, fault.WrongIdentity, "file", name)
	case errors.Is(err, session.ErrBadKey):
		return fault.Wrap(err, fault.BadIdentity, "file", identity)
	}
	why := "none"
	if errors.Is(err, session.ErrCutOff) || errors.Is(err, session.ErrAltered) {
		why = whyOf(err)
	}
	return fault.Wrap(err, fault.BadRecording, "file", name, "detail", a.text().T("cli.session.why."+why))
}

// whyOf is the word for why the end of a recording is missing; "" if it is there.
func whyOf(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, session.ErrAltered):
		return "altered"
	case errors.Is(err, session.ErrTooLong):
		return "too_long"
	case errors.Is(err, session.ErrStrange):
		return "strange"
	}
	return "cut_off"
}
