//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"filippo.io/age"

	"jandon/internal/session"
)

// bareControl is the first character of a text that a terminal would act on, or "".
func bareControl(text string) string {
	for i, r := range text {
		if r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 || r == 0x202e || r == 0x200b {
			return text[max(0, i-40):min(len(text), i+40)]
		}
	}
	return ""
}

// looks runs every command on a file, and wants no panic, no control character
// of the file's, and an end in time.
func looks(t *testing.T, file string, more ...string) (list []tried) {
	t.Helper()
	for _, args := range [][]string{
		{"session", "show", file}, {"session", "show", file, "--json"}, {"replay", file, "--frames"}, {"replay", file, "--verify"},
		{"replay", file, "--cast", "-"}, {"replay", file, "--svg", "-"}, {"session", "to-scenario", file},
	} {
		began := time.Now()
		got := try(t, "", append(args, more...)...)
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("%v took %v", args, took)
		}
		for _, text := range []string{got.out, got.told} {
			if bad := bareControl(text); bad != "" {
				t.Errorf("%v: %q", args, bad)
			}
		}
		if got.status == 1 && !strings.Contains(got.told, "replay_differs") {
			t.Errorf("%v: no clear error: %s", args, got.told)
		}
		if strings.Contains(got.told, "[internal") {
			t.Errorf("%v: %s", args, got.told)
		}
		list = append(list, got)
	}
	return list
}

func TestFilesThatAreNoRecordings(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	huge := filepath.Join(dir, "huge")
	whole, err := os.ReadFile(written(t, student(t)))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(huge, whole[:len(whole)-100], 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(huge, 1<<30); err != nil { // sparse
		t.Fatal(err)
	}
	newer := bytes.Replace(whole, []byte("jandon session 1\n"), []byte("jandon session 2\n"), 1)
	nul := "/dev/zero"
	for name, want := range map[string]struct {
		file   string
		status int
		code   string
	}{
		"nothing there": {filepath.Join(dir, "none"), 5, "no_file"},
		"a directory":   {dir, 4, "bad_file"},
		"empty":         {filed(t, nil), 4, "bad_recording"},
		"text":          {filed(t, []byte("jandon session is nice\n\x1b]0;pwned\x07")), 4, "bad_recording"},
		"newer":         {filed(t, newer), 4, "newer_recording"},
		"much newer":    {filed(t, []byte("jandon session 999\n")), 4, "newer_recording"},
		"1 GB":          {huge, 4, "bad_recording"},
		"no end at all": {nul, 4, "bad_recording"},
		"hostile name":  {filepath.Join(dir, "\x1b]0;pwned\x07\u202e"), 5, "no_file"},
	} {
		for i, got := range looks(t, want.file) {
			if got.status != want.status || !strings.Contains(got.told, "["+want.code) || got.out != "" {
				t.Errorf("%s, %d: %+v", name, i, got)
			}
		}
	}
}

func TestARecordingComesThroughAPipe(t *testing.T) {
	t.Parallel()
	whole, err := os.ReadFile(written(t, student(t)))
	if err != nil {
		t.Fatal(err)
	}
	if got := try(t, string(whole), "replay", "-", "--verify"); got.status != 0 {
		t.Errorf("%+v", got)
	}
	if got := try(t, string(whole[:len(whole)/2]), "session", "show", "-"); got.status != 0 || !strings.Contains(got.told, "damaged") || !strings.Contains(got.out, "Complete     no") {
		t.Errorf("%+v", got)
	}
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- os.WriteFile(pipe, whole, 0o600) }()
	if got := try(t, "", "session", "show", pipe); got.status != 0 || got.told != "" {
		t.Errorf("%+v", got)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestSealedRecordings(t *testing.T) {
	t.Parallel()
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	other, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	file := written(t, student(t), key.Recipient().String())
	right, wrong, none := filed(t, []byte("# mine\n"+key.String()+"\n")), filed(t, []byte(other.String()+"\n")), filed(t, []byte("\x1b]0;pwned\x07"))
	for _, want := range []struct {
		identity string
		status   int
		code     string
	}{{"", 4, "sealed_recording"}, {wrong, 4, "wrong_identity"}, {none, 4, "bad_identity"}, {file + "x", 5, "no_file"}, {filed(t, make([]byte, 1<<17)), 4, "bad_identity"}} {
		more := []string{"--identity", want.identity}
		if want.identity == "" {
			more = nil
		}
		for _, got := range looks(t, file, more...) {
			if got.status != want.status || !strings.Contains(got.told, "["+want.code) || got.out != "" {
				t.Errorf("%+v: %+v", want, got)
			}
			if strings.Contains(got.told, key.String()[20:]) || strings.Contains(got.told, other.String()[20:]) {
				t.Errorf("the key is told: %s", got.told)
			}
		}
	}
	for _, got := range looks(t, file, "--identity", right) {
		if got.status != 0 || got.told != "" && !strings.Contains(got.told, "All ") {
			t.Errorf("%+v", got)
		}
	}
	sealed, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for n := 0; n < len(sealed); n += len(sealed) / 7 {
		looks(t, filed(t, sealed[:n]), "--identity", right)
	}
}

func TestDamagedRecordingsAreShownAsFarAsTheyAreGood(t *testing.T) {
	t.Parallel()
	whole, err := os.ReadFile(written(t, student(t)))
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n <= 6; n++ {
		at := len(whole) * n / 7
		altered := slices.Clone(whole)
		altered[at] ^= 0x20
		for name, data := range map[string][]byte{"cut off": whole[:at], "altered": altered} {
			list := looks(t, filed(t, data))
			for i, got := range list {
				if i == 3 { // --verify
					if got.status != 4 || !strings.Contains(got.told, "unverifiable") {
						t.Errorf("%s at %d: %+v", name, at, got)
					}
					continue
				}
				if got.status != 0 || !strings.Contains(got.told, "is damaged") {
					t.Errorf("%s at %d, %d: %d %s", name, at, i, got.status, got.told)
				}
			}
			if !strings.Contains(list[1].out, `"missing": "`) || strings.Contains(list[1].out, `"missing": ""`) {
				t.Errorf("%s at %d: it does not say what is missing", name, at)
			}
		}
	}
}

// poison is what a hostile file would like a terminal to do.
const poison = "\x1b]52;c;cHduZWQ=\x07\x1b]0;pwned\x07\x1b[6n\x1b[2J\x9b31m\u202e\u009b2J\r\b"

// poisoned has every text of a JSON value hold poison, and every letter as number be an escape.
func poisoned(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, one := range v {
			if list, ok := one.([]any); ok && k == "Text" {
				for i := range list {
					list[i] = 0x1b
				}
				list = append(list, 0x9b, ']', '5', '2', ';', 7, 0x202e, 0x10ffff, -1)
				out[k] = list
				continue
			}
			out[k] = poisoned(one)
		}
		return out
	case []any:
		for i := range v {
			v[i] = poisoned(v[i])
		}
		return v
	case string:
		if _, err := time.Parse(time.RFC3339, v); err == nil {
			return v
		}
		return v + poison
	}
	return v
}

// hostile are recordings whose sums are right and whose content is not.
func hostile(t *testing.T) map[string]*session.Recording {
	t.Helper()
	out := map[string]*session.Recording{}
	reworked := func(body []byte, how func(any) any) []byte {
		var v any
		d := json.NewDecoder(bytes.NewReader(body))
		d.UseNumber()
		if err := d.Decode(&v); err != nil {
			t.Fatal(err)
		}
		b, err := json.Marshal(how(v))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	texts := student(t)
	texts.Build = poison
	texts.Screen = reworked(texts.Screen, func(v any) any {
		screen := v.(map[string]any)
		screen["Source"], screen["Version"], screen["DemoPIN"] = poison, poison, poison
		return screen
	})
	texts.Tail.Manifest = session.Manifest{Kept: map[string]int{poison: 1, strings.Repeat("가", 9999): -5}, LeftOut: map[string]int{"secret keys": 1 << 40}}
	for i := range texts.Steps {
		texts.Steps[i].Body = reworked(texts.Steps[i].Body, poisoned)
	}
	texts.Steps = append(texts.Steps, session.Step{At: texts.Steps[len(texts.Steps)-1].At, Kind: "notice", Body: []byte(
		`{"Level":3,"Text":"x","Err":{"Code":"\u001b]0;pwned\u0007","Correlation":"\u001b]52;c;x\u0007","Args":{"\u001b[2J":"\u009b"}}}`)})
	out["escape sequences in every text"] = texts

	screens := student(t)
	screens.Screen = reworked(screens.Screen, poisoned)
	out["escape sequences in the header"] = screens

	order := student(t)
	slices.Reverse(order.Steps)
	for i := range order.Steps {
		order.Steps[i].At = time.Duration(i) * time.Millisecond
	}
	out["impossible order"] = order

	kinds := student(t)
	for i := range kinds.Steps {
		kinds.Steps[i].Kind = kinds.Steps[(i*7)%len(kinds.Steps)].Kind
		kinds.Steps[i].For = i % 3 * 1000
	}
	out["messages under other names"] = kinds

	numbers := student(t)
	for i := range numbers.Steps {
		numbers.Steps[i].Body = reworked(numbers.Steps[i].Body, func(v any) any { return extreme(v, i) })
	}
	out["extreme numbers"] = numbers

	long := student(t)
	long.Steps = append(long.Steps, session.Step{At: 366 * 24 * time.Hour, Kind: strings.Repeat("k", 64), Body: bytes.Repeat([]byte("["), 1<<20)})
	out["deep nesting"] = long

	for name, screen := range map[string]string{"no screen": `null`, "no pages": `{"Lang":"en","Zone":{"Shifts":[{}]}}`, "not JSON": `{`, "strange language": `{"Lang":"\u001b[2J"}`} {
		none := student(t)
		none.Screen = []byte(screen)
		out[name] = none
	}
	return out
}

// extreme has every number be one that nobody expects.
func extreme(v any, n int) any {
	switch v := v.(type) {
	case map[string]any:
		for k := range v {
			v[k] = extreme(v[k], n+len(k))
		}
	case []any:
		for i := range v {
			v[i] = extreme(v[i], n+i)
		}
	case json.Number:
		return []json.Number{"-1", "9223372036854775807", "-9223372036854775808", "255", "100000", "0", v}[n%7]
	}
	return v
}

func TestHostileRecordingsDoNothingToATerminal(t *testing.T) {
	t.Parallel()
	for name, rec := range hostile(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for i, got := range looks(t, written(t, rec)) {
				if got.status != 0 && got.status != 1 && got.status != 4 {
					t.Errorf("%d: %+v", i, got)
				}
			}
		})
	}
}

// TestHostileRecordingsOnTheScreen watches them with the real program in a
// terminal and looks at the bytes that reach it.
func TestHostileRecordingsOnTheScreen(t *testing.T) {
	t.Parallel()
	for name, rec := range hostile(t) {
		switch name {
		case "escape sequences in every text", "impossible order", "extreme numbers":
		default:
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := startTTY(t, 90, 30, nil, "replay", written(t, rec))
			s.until("read-only")
			for range len(rec.Steps) / 10 {
				s.press("\x1b[6~\x1b[C") // ten steps, one step
			}
			s.press("G")
			s.press("e")
			s.press("q")
			s.gone(0)
			s.restored()
			s.mu.Lock()
			defer s.mu.Unlock()
			raw := s.raw.String()
			for _, bad := range []string{"\x1b]52", "pwned\x07", "\x1b]0;pwned", "\x1b[6n", "\u009b", "\u202e", "\x9b3"} {
				if strings.Contains(raw, bad) {
					at := strings.Index(raw, bad)
					t.Errorf("%q reached the terminal: %q", bad, raw[max(0, at-60):min(len(raw), at+60)])
				}
			}
		})
	}
}

// TestReplayNeedsNothingOfThisComputer runs the real program where there is no
// home, no bus and no place to write to.
func TestReplayNeedsNothingOfThisComputer(t *testing.T) {
	t.Parallel()
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	file := written(t, student(t))
	closed := filepath.Join(t.TempDir(), "closed")
	if err := os.Mkdir(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(closed, "config.toml"), []byte("not = [toml"), 0o000); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(closed, 0o000); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(closed, 0o700) }) //nolint:gosec // to be removed
	for _, home := range []string{closed, filepath.Join(os.DevNull, "none")} {
		for _, args := range [][]string{{"replay", file, "--verify"}, {"session", "show", file, "--json"}, {"replay", file, "--frames"}, {"session", "to-scenario", file}} {
			cmd := exec.Command(path, args...)
			cmd.Dir = "/"
			cmd.Env = []string{
				"JANDON_HOME=" + home, "HOME=" + home, "XDG_CONFIG_HOME=" + home, "XDG_DATA_HOME=" + home, "XDG_CACHE_HOME=" + home, "XDG_STATE_HOME=" + home,
				"TMPDIR=" + home, "DBUS_SESSION_BUS_ADDRESS=unix:path=" + home + "/bus", "LANG=C.UTF-8", "HTTP_PROXY=http://127.0.0.1:1",
			}
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v in %s: %v\n%s", args, home, err, out)
			}
		}
	}
	if err := os.Chmod(closed, 0o700); err != nil { //nolint:gosec // a directory is listed by its x
		t.Fatal(err)
	}
	if list, err := os.ReadDir(closed); err != nil || len(list) != 1 {
		t.Errorf("something was written: %v %v", list, err)
	}
}
