package main

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"jandon/client"
	"jandon/config"
	"jandon/internal/fault"
	"jandon/internal/safe"
	"jandon/ui/enrol"
)

// draft is what a person gave of a registration before the platform was asked
// for one; nothing of it is secret. From then on it is in the keyring (pending),
// and the draft is gone.
type draft struct {
	Version     int       `json:"version"`
	Made        time.Time `json:"made"`
	Step        string    `json:"step"` // a key of draftSteps
	Address     string    `json:"address"`
	Fingerprint string    `json:"fingerprint,omitempty"` // of the platform, as the person compared it
	Handle      string    `json:"handle,omitempty"`
	Device      string    `json:"device,omitempty"`
}

// draftVersion is that of the file. Another one is left alone until something
// new is kept: it may be a later program's.
const draftVersion = 1

// longestDraft bounds the file in bytes.
const longestDraft = 4 << 10

var draftSteps = map[string]enrol.Step{"platform": enrol.StepPlatform, "trust": enrol.StepTrust, "person": enrol.StepPerson}

// whole reports whether it can be gone on with.
func (d draft) whole() bool {
	_, known := draftSteps[d.Step]
	_, _, err := client.CheckURL(d.Address)
	for _, text := range []string{d.Address, d.Fingerprint, d.Handle, d.Device} {
		known = known && !safe.Changed(text)
	}
	return known && err == nil
}

// draftFile is where it is: it belongs to no account yet, and may be lost.
func (a *app) draftFile() string { return filepath.Join(a.cfg.Paths.State, "registration.json") }

// drafted is what was kept; ok is false if there is nothing. What can't be read
// is said once and goes: it must not stand in anybody's way.
func (a *app) drafted() (d draft, ok bool) {
	d, err := readDraft(a.draftFile())
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return draft{}, false
	case err == nil && d.Version != draftVersion:
		return draft{}, false
	case err == nil && d.whole():
		return d, true
	}
	a.log().Warn("draft of a registration", "causes", causes(err))
	a.note(a.text().T("cli.enroll.draft_damaged"))
	a.forgetDraft()
	return draft{}, false
}

func readDraft(name string) (d draft, err error) {
	f, err := os.Open(name)
	if err != nil {
		return draft{}, err
	}
	defer func() { _ = f.Close() }() // was only read
	data, err := io.ReadAll(io.LimitReader(f, longestDraft))
	if err == nil {
		err = json.Unmarshal(data, &d)
	}
	return d, err
}

// keepDraft keeps what was given. An address that is none is not kept: there may
// be a password in it.
func (a *app) keepDraft(d draft) error {
	if d.Version = draftVersion; !d.whole() {
		return nil
	}
	data, err := json.Marshal(d)
	if err != nil {
		return err
	}
	if err := config.Replace(a.draftFile(), append(data, '\n')); err != nil {
		return fault.Wrap(err, fault.BadFile, "file", a.draftFile(), "detail", reason(err))
	}
	return nil
}

// forgetDraft drops it. One that can't be removed is offered again, no more.
func (a *app) forgetDraft() {
	if err := os.Remove(a.draftFile()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		a.log().Warn("draft of a registration", "causes", causes(err))
	}
}

// left is the draft as the page tells of it.
func (d draft) left() enrol.Left {
	return enrol.Left{
		Platform: enrol.Platform{Host: safe.Text(hostOf(d.Address)), Fingerprint: d.Fingerprint},
		URL:      d.Address, Handle: d.Handle, Device: d.Device, Made: d.Made, Step: draftSteps[d.Step],
	}
}

// draftOf is what the page wants kept, begun at an instant.
func draftOf(l enrol.Left, made time.Time) draft {
	d := draft{Made: made.UTC(), Address: l.URL, Fingerprint: l.Platform.Fingerprint, Handle: l.Handle, Device: l.Device}
	for name, step := range draftSteps {
		if step == l.Step {
			d.Step = name
		}
	}
	return d
}
