package house_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

// canaryIn finds what tests plant as a PIN or another secret, to look for it
// wherever it must not be.
var canaryIn = regexp.MustCompile(`(?:[a-z]+PIN|canary[A-Z]\w*) *= *"([^"]{6,})"|"(canary-[\w-]{4,})`)

// shownPIN is the demo's, which its first screen shows.
const shownPIN = "284751"

// What tests leave in the tree (pictures of screens, recordings, corpora, tables)
// holds no canary: a PIN, a key, a code or a token that is in none of these was
// drawn, recorded and written nowhere. Programs and scripts, which plant them, do.
func TestNoCanaryInATestArtefact(t *testing.T) {
	t.Parallel()
	canaries, left := map[string]bool{}, map[string][]byte{}
	for _, name := range tracked(t) {
		data, err := os.ReadFile(filepath.Join(root, name))
		if os.IsNotExist(err) {
			continue // removed, not yet committed
		}
		if err != nil {
			t.Fatal(err)
		}
		if name == "keystore/pin/data/common.txt" { // all the world's
			continue
		}
		if ext := filepath.Ext(name); !slices.Contains([]string{".go", ".txtar", ".sh"}, ext) {
			left[name] = data
			continue
		}
		for _, m := range canaryIn.FindAllSubmatch(data, -1) {
			if text := string(m[1]) + string(m[2]); text != shownPIN {
				canaries[text] = true
			}
		}
	}
	if len(canaries) < 5 || len(left) < 50 {
		t.Fatalf("%d canaries and %d artefacts: they are looked for in the wrong places", len(canaries), len(left))
	}
	for name, data := range left {
		for canary := range canaries {
			if bytes.Contains(data, []byte(canary)) {
				t.Errorf("%s holds %q", name, canary)
			}
		}
	}
}
