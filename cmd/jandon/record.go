package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/session"
	"jandon/ui"
	"jandon/ui/replay"
)

// taping is the recording of the screens: by --record from the first frame on,
// or by a key on them.
type taping struct {
	*replay.Recorder          // nil: the screens are not open
	app              *app     // nil: as Recorder
	file             string   // of --record
	to               []string // age keys that can open it; none: everybody can
	keep             bool     // amounts
	next             string   // name of the next recording, once a person has seen it
	made             []string // that were begun
	told             int      // of them, that were named at the end
}

func (t *taping) flags(c *cobra.Command) {
	c.Flags().StringVar(&t.file, "record", "", "cli.flag.record")
	c.Flags().StringArrayVar(&t.to, "to", nil, "cli.flag.seal-to")
	c.Flags().BoolVar(&t.keep, "keep-amounts", false, "cli.flag.keep-amounts")
	must(c.MarkFlagFilename("record"))
}

// consent says what a recording keeps before one is begun, and refuses what
// could not be written. Where somebody can be asked, only y begins it; the flag
// alone is consent where nobody can.
func (a *app) consent(ctx context.Context) error {
	t := &a.tape
	for _, key := range t.to {
		if err := recipient(key); err != nil {
			return err
		}
	}
	if t.file == "" {
		return nil
	}
	if a.cfg.Plain { // lines have no frames
		return fault.New(fault.Together, "name", "--record", "value", "--plain")
	}
	if _, err := os.Lstat(t.file); err == nil {
		return fault.New(fault.FileThere, "file", t.file)
	}
	text, asking := a.text(), a.talk()
	amounts := text.T("recording.amounts")
	if t.keep {
		amounts = text.T("recording.amounts_kept")
	}
	asking.say(
		text.F("cli.record.title", "File", t.file),
		"  · "+text.T("recording.keeps"), "  · "+text.T("recording.replaces"), "  · "+amounts, "  · "+text.T("recording.leaves"),
	)
	if len(t.to) > 0 {
		asking.say("  · " + text.N("cli.record.sealed", len(t.to)))
	}
	asking.say(text.T("cli.record.ends"))
	if _, ok := a.tty(); !ok {
		return nil
	}
	yes, err := asking.yes(ctx, text.T("cli.record.ask"))
	if err == nil && !yes {
		err = fault.New(fault.Canceled)
	}
	return err
}

// recipient checks an age key that a recording is sealed for. A secret key
// given by mistake is not said again.
func recipient(key string) error {
	if _, err := session.Seal(io.Discard, key); err != nil {
		if !strings.HasPrefix(strings.ToLower(key), "age1") {
			key = "…"
		}
		return fault.Wrap(err, fault.BadFlag, "name", "--to", "value", key, "want", "age1…")
	}
	return nil
}

// recordable lets screens be recorded.
func (a *app) recordable(o *ui.Options, with replay.Setting) error {
	t := &a.tape
	t.app = a
	r, err := replay.Record(replay.RecordOptions{Setting: with, Name: t.name, Create: t.create, KeepAmounts: t.keep, To: t.to})
	if err != nil {
		return err
	}
	t.Recorder = r
	o.Recorder, o.Record = t, t.file != ""
	return nil
}

// name is where the next recording goes: the named file first, then files of
// the current directory that are called after the time.
func (t *taping) name() string {
	if t.next == "" {
		t.next = t.file
		if t.file == "" || len(t.made) > 0 {
			t.next = t.app.now().In(t.app.cfg.Zone).Format("jandon-20060102-150405.session")
		}
		if whole, err := filepath.Abs(t.next); err == nil { // so that it is found again
			t.next = whole
		}
	}
	return t.next
}

// create makes the file of a recording, which nobody else may read.
func (t *taping) create(name string) (io.WriteCloser, error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	t.next = ""
	if err != nil {
		return nil, unwritten(name, err)
	}
	t.made = append(t.made, name)
	return reel{f}, nil
}

// unwritten says why a file could not be made or written.
func unwritten(name string, err error) error {
	switch {
	case errors.Is(err, fs.ErrExist):
		return fault.Wrap(err, fault.FileThere, "file", name)
	case errors.Is(err, syscall.ENOSPC):
		return fault.Wrap(err, fault.NoSpace, "file", name)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fault.Wrap(err, fault.StoreDenied, "file", name)
	}
	return fault.Wrap(err, fault.BadFile, "file", name, "detail", reason(err))
}

// reel is the file of a recording.
type reel struct{ *os.File }

// Write names what went wrong.
func (r reel) Write(b []byte) (int, error) {
	n, err := r.File.Write(b)
	if err != nil {
		err = unwritten(r.Name(), err)
	}
	return n, err
}

// Take says of a recording that is full how much it holds.
func (t *taping) Take(m ui.Tapped) error {
	err := t.Recorder.Take(m)
	if errors.Is(err, session.ErrFull) {
		return fault.Wrap(err, fault.TooLarge, "limit", "512 MiB")
	}
	return err
}

// wound ends what is recorded still when the screens are left, and names the files.
func (t *taping) wound() error {
	if t.Recorder == nil {
		return nil
	}
	err := t.End()
	for ; t.told < len(t.made); t.told++ {
		name := t.made[t.told]
		t.app.note(t.app.text().F("recording.saved", "File", name))
	}
	return err
}

// setting is what the pages of a source are made with.
func (a *app) setting(s *source) replay.Setting {
	out := replay.Setting{Concentration: a.cfg.Concentration, Reviewed: true, Waits: s.waits(), Trails: s.trail != nil, Cancels: a.findings(s).canceler() != nil}
	if a.cfg.PhoneBill > 0 {
		out.PhoneBill = money.Won(a.cfg.PhoneBill)
	}
	return out
}
