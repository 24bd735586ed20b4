package statement_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"jandon/internal/fault"
	"jandon/internal/statement"
)

// fuzzFiles reads whatever grows out of the files with an ending: a result in
// which every line is accounted for, or a fault that says why.
func fuzzFiles(f *testing.F, patterns ...string) {
	f.Helper()
	for _, p := range patterns {
		names, err := filepath.Glob(filepath.Join("../../testdata/statements", p))
		if err != nil || len(names) == 0 {
			f.Fatalf("no seeds %s: %v", p, err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
	f.Fuzz(readsOrSaysWhy)
}

func readsOrSaysWhy(t *testing.T, data []byte) {
	r, err := statement.Read(t.Context(), bytes.NewReader(data), int64(len(data)), options(t, "fuzz"))
	if err != nil {
		if !errors.Is(err, fault.New(fault.BadStatement)) {
			t.Fatal(err)
		}
		return
	}
	checkResult(t, r)
	sameByBlocks(t, data, options(t, "fuzz"), 1+len(data)%97)
}

func FuzzOFX(f *testing.F)     { fuzzFiles(f, "*.ofx", "*.qfx") }
func FuzzQIF(f *testing.F)     { fuzzFiles(f, "*.qif") }
func FuzzCAMT(f *testing.F)    { fuzzFiles(f, "*.xml") }
func FuzzMT940(f *testing.F)   { fuzzFiles(f, "*.sta", "*.940") }
func FuzzJournal(f *testing.F) { fuzzFiles(f, "*.journal", "*.beancount") }
func FuzzXLSX(f *testing.F)    { fuzzFiles(f, "*.xlsx") }

// FuzzSheet changes what stands inside of a workbook, behind the compression.
func FuzzSheet(f *testing.F) {
	f.Add(sheetOf(sheetHead, sheetRow(2, "46348", "1", "a", "-5")), "<sst><si><t>x</t></si></sst>", `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts><cellXfs><xf numFmtId="164"/><xf numFmtId="14"/></cellXfs></styleSheet>`)
	f.Fuzz(func(t *testing.T, sheet, shared, styles string) {
		readsOrSaysWhy(t, workbook(t, map[string]string{"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": shared, "xl/styles.xml": styles}))
	})
}
