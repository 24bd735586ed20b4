package replay

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	strokes "jandon/ui/script"
)

var update = flag.Bool("update", false, "rewrite the frames of recorded scenarios")

// TestRecordedScenarios plays testdata/scenarios/recorded/*.txtar, which
// `jandon session to-scenario` makes of recordings, and compares frames: those
// in the file as text, all others by their hashes.
func TestRecordedScenarios(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../testdata/scenarios/recorded/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no recorded scenarios: %v", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			again, differ := again(t, data)
			switch {
			case *update:
				if err := os.WriteFile(name, again, 0o644); err != nil {
					t.Fatal(err)
				}
			case len(differ) > 0:
				t.Errorf("%s\nif that is meant: go test ./ui/replay -run TestRecordedScenarios -update", strings.Join(differ, "\n"))
			}
		})
	}
}

// again makes a scenario anew of its recording, and says where it differs.
func again(t *testing.T, data []byte) (made []byte, differ []string) {
	t.Helper()
	rec, err := ParseScenario(data)
	if err != nil {
		t.Fatal(err)
	}
	if rec.Partial != nil {
		t.Fatal(rec.Partial)
	}
	first, known, err := Verify(rec)
	if err != nil || !known {
		t.Fatal(known, err)
	}
	if made, err = Scenario(rec); err != nil {
		t.Fatal(err)
	}
	want := txtar.Parse(data)
	have := map[string]string{}
	for _, f := range txtar.Parse(made).Files {
		have[f.Name] = string(f.Data)
	}
	for _, f := range want.Files {
		got, ok := have[f.Name]
		delete(have, f.Name)
		switch {
		case !ok:
			differ = append(differ, f.Name+": is not taken any more")
		case f.Name != recordingFile && got != string(f.Data):
			differ = append(differ, f.Name+": got\n"+got+"\nwant\n"+string(f.Data))
		}
	}
	for name := range have {
		differ = append(differ, name+": is not in the file")
	}
	if first != nil && len(differ) == 0 {
		differ = append(differ, "frame "+first.Info.Page+": the words are the same, the looks are not:\n"+first.Beside(0))
	}
	return made, differ
}

func TestAScenarioOfARecordingHoldsIt(t *testing.T) {
	t.Parallel()
	rec := someSession(t)
	data, err := Scenario(rec)
	if err != nil {
		t.Fatal(err)
	}
	made, differ := again(t, data)
	if len(differ) > 0 || !bytes.Equal(made, data) {
		t.Errorf("it is another one the second time: %s", differ)
	}
	archive := txtar.Parse(data)
	if _, err := strokes.Parse(archive.Files[0].Data); err != nil {
		t.Errorf("its keys are no script: %v\n%s", err, archive.Files[0].Data)
	}
	for name, edit := range map[string]func(string) string{
		"a letter": func(s string) string { return strings.Replace(s, "내역", "기록", 1) },
		"a look":   func(s string) string { return strings.Replace(s, " chosen\n", " reverse\n", 1) },
		"a key":    func(s string) string { return strings.Replace(s, "press 2", "press 3", 1) },
		"a frame":  func(s string) string { return s + "-- frame 80x24 ko 999 --\n" },
	} {
		changed := edit(string(data))
		if changed == string(data) {
			t.Fatalf("%s is not in the scenario", name)
		}
		if _, differ := again(t, []byte(changed)); len(differ) == 0 {
			t.Errorf("%s is another and nobody sees it", name)
		}
	}
}
