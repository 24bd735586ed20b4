package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jandon/internal/i18n"
	"jandon/internal/session"
	"jandon/ui/replay"
)

// tried is what a run of the program came to.
type tried struct {
	status    int
	out, told string
}

// try runs a command inside this process, off a terminal and without anything
// of this computer's.
func try(t *testing.T, in string, args ...string) tried {
	t.Helper()
	return tryAt(t, os.DevNull+"/none", in, args...)
}

// tryAt is try with a home.
func tryAt(t *testing.T, home, in string, args ...string) tried {
	t.Helper()
	var out, told bytes.Buffer
	a := &app{
		in: strings.NewReader(in), out: &out, err: &told, environ: []string{"JANDON_HOME=" + home, "LANG=C.UTF-8"},
		now: func() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) },
	}
	status := a.run(context.Background(), args)
	return tried{status, out.String(), told.String()}
}

// student is a recording of the student's screens in Korean.
func student(t testing.TB) *session.Recording {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "scenarios", "recorded", "student.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	rec, err := replay.ParseScenario(data)
	if err != nil {
		t.Fatal(err)
	}
	return rec
}

// written writes a recording, sealed if there are keys; without its end if that is partial.
func written(t testing.TB, rec *session.Recording, to ...string) string {
	t.Helper()
	var file bytes.Buffer
	w, err := session.NewWriter(&file, rec.Header)
	for i := range rec.Steps {
		if err == nil {
			err = w.Step(rec.Steps[i])
		}
	}
	if err == nil && rec.Partial == nil {
		err = w.End(rec.Tail)
	}
	if err != nil {
		t.Fatal(err)
	}
	if len(to) == 0 {
		return filed(t, file.Bytes())
	}
	var sealed bytes.Buffer
	s, err := session.Seal(&sealed, to...)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = s.Write(file.Bytes()); err == nil {
		err = s.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return filed(t, sealed.Bytes())
}

func filed(t testing.TB, data []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "seen.session")
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestSessionShowIsDocumented(t *testing.T) {
	t.Parallel()
	rec := student(t)
	rec.Tail.Manifest = session.Manifest{Kept: map[string]int{"keep": 1}, Replaced: map[string]int{"name": 2}, LeftOut: map[string]int{"secret keys": 3}}
	got := try(t, "", "session", "show", written(t, rec), "--json")
	if got.status != 0 || got.told != "" {
		t.Fatalf("%d %s", got.status, got.told)
	}
	var answer map[string]any
	if err := json.Unmarshal([]byte(got.out), &answer); err != nil {
		t.Fatal(err)
	}
	if answer["version"] != 1.0 || answer["steps"] != float64(len(rec.Steps)) || answer["gaps"] != 0.0 || answer["missing"] != "" {
		t.Errorf("%s", got.out)
	}
	_, text, _ := strings.Cut(answers, "## jandon session show")
	text, _, _ = strings.Cut(text, "\n## ")
	b, err := json.Marshal(erroredJSON{})
	if err != nil {
		t.Fatal(err)
	}
	var one map[string]any
	if err := json.Unmarshal(b, &one); err != nil {
		t.Fatal(err)
	}
	each([]any{answer, one}, func(name string) {
		if !strings.Contains(text, `"`+name+`"`) {
			t.Errorf("%q is written nowhere", name)
		}
	})
}

func TestSessionShowSaysWhatTheFileHolds(t *testing.T) {
	t.Parallel()
	rec := student(t)
	got := try(t, "", "session", "show", written(t, rec))
	for _, want := range []string{"Recorded     22 Nov 2026", "steps", "Complete     yes", "Amounts are disguised, not secret", "Replaced by others", "names of people"} {
		if !strings.Contains(got.out, want) {
			t.Errorf("no %q in\n%s", want, got.out)
		}
	}
	if got := try(t, "", "session", "show", written(t, rec), "--lang", "ko"); !strings.Contains(got.out, "금액은 가려졌을 뿐") {
		t.Error(got.out)
	}
}

// TestEveryWordOfARecordingIsSaid goes through what a manifest may count and
// what may be wrong with a file.
func TestEveryWordOfARecordingIsSaid(t *testing.T) {
	t.Parallel()
	var words []string
	for c := session.Keep; c.String() != session.Unlisted.String(); c++ {
		words = append(words, "what."+c.String())
	}
	words = append(words, "what.typed", "what.messages", "what.secret_keys", "what.secret_pastes", "why.none")
	for _, err := range []error{session.ErrCutOff, session.ErrAltered, session.ErrTooLong, session.ErrStrange} {
		words = append(words, "why."+whyOf(err))
	}
	for _, lang := range i18n.Langs() {
		for _, word := range words {
			if !i18n.Must(lang).Has("cli.session." + word) {
				t.Errorf("%s has no words for %s", lang, word)
			}
		}
	}
}

func TestASessionBecomesAScenario(t *testing.T) {
	t.Parallel()
	rec := student(t)
	name := filepath.Join(t.TempDir(), "out.txtar")
	if got := try(t, "", "session", "to-scenario", written(t, rec), "-o", name); got.status != 0 || got.told != "" {
		t.Fatalf("%d %s", got.status, got.told)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	again, err := replay.ParseScenario(data)
	if err != nil || len(again.Steps) != len(rec.Steps) {
		t.Fatal(err)
	}
	rec.Tail.Frames[len(rec.Tail.Frames)-1] ^= 1
	if got := try(t, "", "session", "to-scenario", written(t, rec)); got.status != 0 || !strings.Contains(got.told, "differently") || !strings.Contains(got.out, "-- recording --") {
		t.Errorf("%d %s", got.status, got.told)
	}
}
