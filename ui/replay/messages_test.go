package replay

import (
	"strings"
	"testing"

	"jandon/internal/i18n"
	"jandon/internal/session"
)

func TestEverythingThatIsWrittenHasAClass(t *testing.T) {
	t.Parallel()
	r := session.NewRegistry()
	messages(r)
	classes(r)
	if err := r.Check(); err != nil {
		t.Fatal(err)
	}
}

func TestEveryWorkIsSaid(t *testing.T) {
	t.Parallel()
	reg, err := registry()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, kind := range reg.Kinds() {
		what, found := strings.CutPrefix(kind, workKind)
		if !found {
			continue
		}
		n++
		for _, lang := range i18n.Langs() {
			if !i18n.Must(lang).Has("replay.worked." + what) {
				t.Errorf("%s has no words for %s", lang, kind)
			}
		}
	}
	if n < 7 {
		t.Errorf("only %d kinds of work", n)
	}
}
