package scenario

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"jandon/internal/fault"
	"jandon/testdata"
)

func TestBasesInACircle(t *testing.T) {
	t.Parallel()
	scene := func(base string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("-- scene.toml --\nsay = { en = \"a\", ko = \"b\" }\nbase = \"" + base + "\"\n")}
	}
	files := fstest.MapFS{"scenarios/a.txtar": scene("b"), "scenarios/b.txtar": scene("c"), "scenarios/c.txtar": scene("a"), "scenarios/self.txtar": scene("self")}
	for name, circle := range map[string]string{"a": "a → b → c → a", "self": "self → self"} {
		_, err := load(files, name, nil)
		var f *fault.Error
		if !errors.As(err, &f) || f.Code != fault.BadScenario || !strings.Contains(f.Args["detail"], circle) {
			t.Errorf("load(%s) = %v", name, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, name := range Names() {
		b, err := testdata.Scenarios.ReadFile("scenarios/" + name + suffix)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		file, err := Parse("fuzz.txtar", content)
		if err != nil {
			var known *fault.Error
			if !errors.As(err, &known) || known.Code != fault.BadScenario {
				t.Fatalf("an error without a sentence: %v", err)
			}
			return
		}
		// What is accepted can be lived, at least for its first weeks.
		w := file.world
		p, err := file.Generate((day(w.Start) + 45).Start(w.Zone.Location))
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Steps) < 2000 {
			if _, err := p.Play(); err != nil {
				t.Fatal(err)
			}
		}
	})
}
