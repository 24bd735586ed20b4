package scenario

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"jandon/internal/fault"
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
