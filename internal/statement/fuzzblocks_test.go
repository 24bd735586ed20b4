package statement_test

import (
	"os"
	"path/filepath"
	"testing"
)

// FuzzBlocks reads whatever grows out of all files in blocks of some size and
// at once: what comes of it must be the same.
func FuzzBlocks(f *testing.F) {
	names, err := filepath.Glob("../../testdata/statements/*")
	if err != nil || len(names) == 0 {
		f.Fatal(names, err)
	}
	for i, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		if len(data) < 10_000 {
			f.Add(data, uint16(i))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, block uint16) {
		sameByBlocks(t, data, options(t, "fuzz"), 1+int(block))
	})
}
