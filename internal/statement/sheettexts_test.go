package statement_test

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/hex"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"jandon/internal/statement"
)

// texts is a workbook whose rows each have a text of their own, as long as asked.
func texts(t testing.TB, rows, long int) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	part := func(name string, write func(w io.Writer)) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		b := bufio.NewWriter(w)
		write(b)
		if err := b.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	part("xl/workbook.xml", func(w io.Writer) {
		_, _ = io.WriteString(w, `<workbook xmlns:r="r"><sheets><sheet name="A" r:id="rId1"/></sheets></workbook>`)
	})
	part("xl/_rels/workbook.xml.rels", func(w io.Writer) {
		_, _ = io.WriteString(w, `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`)
	})
	part("xl/sharedStrings.xml", func(w io.Writer) {
		_, _ = io.WriteString(w, "<sst><si><t>date</t></si><si><t>merchant</t></si><si><t>amount</t></si>")
		noise := make([]byte, 1<<19) // beyond the window of deflate, so that it does not shrink like a bomb
		_, _ = rand.NewChaCha8([32]byte{}).Read(noise)
		letters := hex.EncodeToString(noise)
		for i := range rows {
			from := i * long % (len(letters) - long)
			_, _ = fmt.Fprintf(w, "<si><t>shop %06d %s</t></si>", i, letters[from:from+long])
		}
		_, _ = io.WriteString(w, "</sst>")
	})
	part("xl/worksheets/sheet1.xml", func(w io.Writer) {
		_, _ = io.WriteString(w, `<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>`)
		for i := range rows {
			_, _ = fmt.Fprintf(w, `<row r="%d"><c t="str"><v>2026-%02d-%02d</v></c><c t="s"><v>%d</v></c><c><v>-%d</v></c></row>`, i+2, i%12+1, i%28+1, i+3, i%5000+1)
		}
		_, _ = io.WriteString(w, "</sheetData></worksheet>")
	})
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestSharedTextsAreHeldOnce: what the cells of a workbook share is all of it
// that is held while its rows go by.
func TestSharedTextsAreHeldOnce(t *testing.T) { // alone: the heap is everybody's
	const rows, long = 30_000, 160
	data := texts(t, rows, long)
	before := live()
	f, err := statement.Open(t.Context(), bytes.NewReader(data), int64(len(data)), options(t, "made"))
	if err != nil {
		t.Fatal(err)
	}
	n, most := 0, int64(0)
	for x, err := range f.Transactions(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n == rows*9/10 {
			most = live() - before
			if !strings.HasPrefix(x.Merchant, "shop 026999 ") || len(x.Merchant) < long {
				t.Errorf("line %d is of %q", n, x.Merchant)
			}
		}
	}
	// Merchants are remembered up to a bound of their own, a little more than
	// their text; what is held as it is packed would come on top.
	if n != rows || most > 3*rows*(long+32)+2*room {
		t.Errorf("%d lines, %d bytes are held", n, most)
	}
}

// More text than any statement has is refused before it is held.
func TestTooManySharedTexts(t *testing.T) {
	t.Parallel()
	if why := refusal(t, texts(t, 4500, 15_000)); why != "texts" {
		t.Errorf("refused because of %q", why)
	}
}
