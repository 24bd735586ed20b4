//go:build unix

package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jandon/client"
	"jandon/config"
	"jandon/internal/fault"
	"jandon/ui/enrol"
)

// drafting is a program that keeps drafts in a home of its own.
func drafting(t *testing.T) (a *app, told *bytes.Buffer) {
	t.Helper()
	told = new(bytes.Buffer)
	now := time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)
	a = &app{out: told, err: told, now: func() time.Time { return now }}
	a.cfg = &config.Config{Lang: "en", Paths: config.Paths{State: filepath.Join(t.TempDir(), "state")}}
	return a, told
}

// What was kept comes back as it was, for nobody else's eyes; begun anew, it is gone.
func TestADraftComesBack(t *testing.T) {
	t.Parallel()
	a, told := drafting(t)
	j := &joining{app: a}
	given := enrol.Left{URL: "https://wallet.example", Handle: "하늘", Device: "desk", Step: enrol.StepPerson}
	given.Platform.Fingerprint = "3F6F CD6C"
	if err := j.Keep(t.Context(), given); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(a.draftFile())
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
	later := &joining{app: a}
	later.draft, later.drafted = a.drafted()
	left, err := later.Left(t.Context())
	given.Made, given.Platform.Host = a.now(), "wallet.example"
	if err != nil || left != given {
		t.Errorf("there is left %+v, want %+v", left, given)
	}
	if err := later.Abandon(t.Context()); err != nil {
		t.Error(err)
	}
	if left, err := later.Left(t.Context()); err != nil || left.URL != "" {
		t.Errorf("%+v %v", left, err)
	}
	if _, ok := a.drafted(); ok || told.Len() != 0 {
		t.Errorf("it is still there, or something was said: %s", told)
	}
}

// An address with a password in it is not written down.
func TestADraftHoldsNoPassword(t *testing.T) {
	t.Parallel()
	a, _ := drafting(t)
	j := &joining{app: a}
	for _, url := range []string{"https://me:secret@wallet.example", "secret", "https://wallet.example?key=secret"} {
		if err := j.Keep(t.Context(), enrol.Left{URL: url}); err != nil {
			t.Error(err)
		}
		if data, err := os.ReadFile(a.draftFile()); err == nil {
			t.Errorf("%s is kept as %s", url, data)
		}
	}
}

// What can't be read never stands in the way: it is said once, and goes. Another
// version's is left alone.
func TestADamagedDraftIsLeftOut(t *testing.T) {
	t.Parallel()
	good := `{"version":1,"made":"2026-11-22T03:00:00Z","step":"person","address":"https://wallet.example"}`
	for name, c := range map[string]struct {
		data string
		said bool
	}{
		"empty":         {"", true},
		"cut":           {good[:40], true},
		"no JSON":       {"\x00\x01", true},
		"endless":       {strings.Repeat(" ", longestDraft) + good, true},
		"no step":       {strings.Replace(good, "person", "code", 1), true},
		"no address":    {strings.Replace(good, "https:", "file:", 1), true},
		"escapes":       {strings.Replace(good, `"step"`, `"handle":"\u001b[2J","step"`, 1), true},
		"later version": {strings.Replace(good, ":1,", ":2,", 1), false},
	} {
		a, told := drafting(t)
		if err := config.Replace(a.draftFile(), []byte(c.data)); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if d, ok := a.drafted(); ok {
				t.Errorf("%s: it is taken for %+v", name, d)
			}
		}
		if got := strings.Count(told.String(), "can't be read"); got != map[bool]int{true: 1}[c.said] {
			t.Errorf("%s: said %q", name, told)
		}
		if _, err := os.Stat(a.draftFile()); os.IsNotExist(err) != c.said {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A note that a newer one has overtaken is not written, nor one that comes when the
// registration is begun and its draft gone.
func TestALateDraftIsNotKept(t *testing.T) {
	t.Parallel()
	a, _ := drafting(t)
	given := enrol.Left{URL: "https://wallet.example"}
	overtaken, stop := context.WithCancel(t.Context())
	stop()
	if err := (&joining{app: a}).Keep(overtaken, given); err != nil {
		t.Error(err)
	}
	if err := (&joining{app: a, begun: new(client.Enrolment)}).Keep(t.Context(), given); err != nil {
		t.Error(err)
	}
	if d, ok := a.drafted(); ok {
		t.Errorf("kept: %+v", d)
	}
}

// A home that can't be written is told, and stops nobody; a script leaves nothing.
func TestADraftThatCannotBeKept(t *testing.T) {
	t.Parallel()
	a, _ := drafting(t)
	if err := os.WriteFile(a.cfg.Paths.State, nil, 0o600); err != nil { // where the directory should be
		t.Fatal(err)
	}
	j := &joining{app: a}
	if err := j.Keep(t.Context(), enrol.Left{URL: "https://wallet.example"}); fault.From(err).Code != fault.BadFile {
		t.Errorf("it was kept nowhere: %v", err)
	}
	if _, ok := a.drafted(); ok {
		t.Error("it is there")
	}
	a.forgetDraft()

	h := openHall(t)
	w := h.wallet()
	w.want(7, "enroll", h.url, "--handle", h.person, "--name", "desk", "--code-fd", handed(t, "7K9PX2MQ")[0], "--pin-fd", "0")
	if _, err := os.Stat(filepath.Join(w.home, "state", "registration.json")); err == nil {
		t.Error("a script leaves a draft")
	}
}

// By command a person is asked whether to go on with what they gave, and then for
// the rest alone; once the platform was asked, nothing of it is left.
func TestAPersonGoesOnByCommand(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	w := h.wallet()
	name := filepath.Join(w.home, "state", "registration.json")
	s := w.sit("enroll", h.url)
	s.hears("Your handle")
	s.types(h.person + "\r")
	s.hears("Name of this device")
	s.types("\x04")
	s.hears("go on with it")
	s.ends(1)

	w.want(2, "enroll") // nobody is asked, and no flag says which
	s = w.sit("enroll", h.url)
	s.hears("left before the platform was asked")
	s.hears("Go on with it?")
	s.types("y\r")
	s.hears("Name of this device")
	s.types("desk\r")
	s.hears("Activation code")
	if _, err := os.Stat(name); err == nil {
		t.Error("it is still there")
	}
	letter := <-h.letters
	letter.Code.Expose(func(code []byte) { s.types(string(code) + "\r") })
	s.hears("New PIN")
	s.types("739105826417\r")
	s.hears("once more")
	s.types("739105826417\r")
	s.ends(0)

	later := []byte(`{"version":2}`) // another program's, which nobody here can ask about
	w.must(config.Replace(name, later))
	s = w.sit("enroll")
	s.ends(2)
	if data, err := os.ReadFile(name); err != nil || !bytes.Equal(data, later) {
		t.Errorf("a later program's draft is %s (%v)", data, err)
	}

	s = w.sit("enroll", "http://127.0.0.1:9")
	s.hears("go on with it")
	s.ends(6)
	s = w.sit("enroll")
	s.hears("Go on with it?")
	s.types("n\r")
	s.ends(2)
	if _, err := os.Stat(name); err == nil {
		t.Error("begun anew, it is still there")
	}
}
