package i18n

import (
	"cmp"
	"io/fs"
	"reflect"
	"slices"
	"testing"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/pelletier/go-toml/v2"
)

// The quick reading of every area is what a TOML parser makes of it.
func TestQuickReadingIsTOML(t *testing.T) {
	t.Parallel()
	files, err := fs.Glob(catalogues, "*/*.toml")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	byID := func(a, b *goi18n.Message) int { return cmp.Compare(a.ID, b.ID) }
	for _, name := range files {
		data, err := catalogues.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := quick(string(data))
		want, err := goi18n.ParseMessageBytes(data, toml.Unmarshal)
		if !ok || err != nil {
			t.Errorf("%s: read quickly: %v; %v", name, ok, err)
			continue
		}
		slices.SortFunc(got, byID)
		slices.SortFunc(want, byID)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s is read otherwise", name)
		}
	}
}

// What is written in another way is left to the parser.
func TestQuickReadingKnowsItsLimits(t *testing.T) {
	t.Parallel()
	for _, data := range []string{
		"other = \"before a table\"", "[a.b\nother = \"x\"", "[[a.b]]\nother = \"x\"", "[a.b]\nother = x", "[a.b]\nother = \"\"\"x\"\"\"",
		"[a.b]\nfew = \"x\"", "[a.b]\nother = \"x\" # why", "[a.b]\nother = \"\\e\"", "[a.b]\nother=\"x\"", "[\"a.b\"]\nother = \"x\"",
	} {
		if got, ok := quick(data); ok {
			t.Errorf("%q is read as %+v", data, got)
		}
	}
}
