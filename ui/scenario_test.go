package ui_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"jandon/internal/scenario"
	"jandon/ui/uitest"
)

// TestScenarios plays testdata/scenarios/*/*.txtar and compares every frame,
// in every window and language that the file names. -update writes them anew.
func TestScenarios(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../testdata/scenarios/*/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scenario files: %v", err)
	}
	for _, file := range files {
		if filepath.Base(filepath.Dir(file)) == "recorded" { // ui/replay plays them
			continue
		}
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			playFile(t, file)
		})
	}
}

func playFile(t *testing.T, file string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	scene, err := scenario.Parse(filepath.Base(file), data)
	if err != nil {
		t.Fatal(err)
	}
	keys, _ := scene.Part("keys")
	script, err := uitest.ParseScript(keys)
	if err != nil {
		t.Fatal(err)
	}
	w := worldOf(t, scene, script.At)
	archive := txtar.Parse(data)
	want, kept := map[string]string{}, archive.Files[:0:0]
	for _, f := range archive.Files {
		if strings.HasPrefix(f.Name, "frame ") {
			want[f.Name] = string(f.Data)
		} else {
			kept = append(kept, f)
		}
	}
	archive.Files = kept
	for _, lang := range script.Langs {
		for _, size := range script.Sizes {
			o, c := w.options(lang)
			stage := open(t, o, c, size[0], size[1])
			script.Play(stage, func(name string) {
				name = fmt.Sprintf("frame %dx%d %s %s", size[0], size[1], lang, name)
				got := stage.Frame()
				if err := stage.Check(); err != nil {
					t.Errorf("%s: %v", name, err)
				}
				if !*update && got != want[name] {
					t.Errorf("%s: got\n%s\nwant\n%s", name, got, want[name])
				}
				delete(want, name)
				archive.Files = append(archive.Files, txtar.File{Name: name, Data: []byte(got)})
			})
		}
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	for name := range want {
		t.Errorf("%s: no step takes it any more", name)
	}
}
