//go:build unix

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"
)

func TestARecordingIsMadeWithConsent(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "seen.session")
	demo := []string{"demo", "--at", at, "--scenario", "student", "--record", file}
	s := startTTY(t, 110, 34, nil, demo...)
	s.until("will be recorded in", "Replaced by other letters", "Amounts are disguised", "Left out: PIN", "[y/N]")
	s.press("\n")
	s.gone(1)
	if _, err := os.Stat(file); err == nil {
		t.Fatal("it was recorded without a yes")
	}
	s = startTTY(t, 110, 34, nil, demo...)
	s.until("[y/N]")
	s.press("y\n")
	s.until("REC", "Total held", "Demo: the PIN is 284751")
	s.press("6")
	s.until("can go")
	s.press("1300")
	s.until("₩1,300")
	s.press("\r")
	s.press("\x1b[B")
	s.until("▸ Fastest")
	s.press("q")
	s.gone(0)
	s.restored()
	s.until("The recording is in")
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatal(info, err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"284751", "달빛게임즈", "하늘고등학교", "모퉁이24"} {
		if bytes.Contains(data, []byte(secret)) {
			t.Errorf("%s is in the file", secret)
		}
	}
	if got := try(t, "", "replay", file, "--verify"); got.status != 0 {
		t.Errorf("%+v", got)
	}
	if got := try(t, "", "session", "show", file, "--json"); !strings.Contains(got.out, `"gaps": 0`) || !strings.Contains(got.out, `"what": "typed"`) {
		t.Errorf("%+v", got)
	}
	s = startTTY(t, 110, 34, nil, demo...)
	s.until("[file_there]")
	s.gone(8)
	if again, err := os.ReadFile(file); err != nil || !bytes.Equal(again, data) {
		t.Error("the file was overwritten")
	}
}

func TestARecordingCanBeSealed(t *testing.T) {
	t.Parallel()
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "sealed.session")
	s := startTTY(t, 110, 34, nil, "demo", "--at", at, "--scenario", "student", "--record", file, "--to", key.Recipient().String(), "--keep-amounts", "--no-input")
	s.until("REC", "Total held")
	s.press("q")
	s.gone(0)
	s.until("The recording is in")
	identity := filed(t, []byte(key.String()))
	got := try(t, "", "session", "show", file, "--identity", identity)
	if got.status != 0 || !strings.Contains(got.out, "Sealed       yes") || !strings.Contains(got.out, "Amounts are as they were") || !strings.Contains(got.out, "Complete     yes") {
		t.Errorf("%+v", got)
	}
	if got := try(t, "", "session", "show", file); got.status != 4 {
		t.Errorf("%+v", got)
	}
}

func TestF9RecordsIntoAFileOfTheTime(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := startTTYIn(t, dir, 110, 34, nil, "demo", "--at", at, "--scenario", "student")
	s.until("Total held", "q quit")
	s.press("\x1b[20~")
	s.until("Record what the screens show?", "jandon-", ".session") // a long name goes on in the next line
	s.press("y")
	s.until("REC", "Total held")
	s.press("\x1b[20~")
	s.until("The recording is in")
	s.press("q")
	s.gone(0)
	files, err := filepath.Glob(filepath.Join(dir, "jandon-*.session"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	if got := try(t, "", "replay", files[0], "--verify"); got.status != 0 {
		t.Errorf("%+v", got)
	}
}

func TestRecordingIsRefused(t *testing.T) {
	t.Parallel()
	secret, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	none := filepath.Join(t.TempDir(), "none.session")
	for _, want := range []struct {
		code string
		args []string
	}{
		{"not_together", []string{"--plain", "--record", none}},
		{"no_terminal", []string{"--record", none}},
		{"bad_flag", []string{"--plain", "--to", "age1nonsense"}},
		{"bad_flag", []string{"--plain", "--to", secret.String()}},
	} {
		got := tryAt(t, t.TempDir(), "", append([]string{"demo", "--scenario", "student"}, want.args...)...)
		if got.status != 2 || !strings.Contains(got.told, "["+want.code+"]") || strings.Contains(got.told, secret.String()[16:]) {
			t.Errorf("%v: %+v", want.args, got)
		}
	}
	if _, err := os.Stat(none); err == nil {
		t.Error("there is a file")
	}
}

// Who asked for lines already, and is at no terminal, is not advised to ask for lines.
func TestAWalkWithoutATerminalAdvisesWhatWorks(t *testing.T) {
	t.Parallel()
	got := tryAt(t, t.TempDir(), "", "review", "--plain", "--demo", "student")
	if got.status != 2 || !strings.Contains(got.told, "[nobody_asked]") || !strings.Contains(got.told, "jandon audit") {
		t.Errorf("%+v", got)
	}
}
