package statement_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"jandon/internal/fault"
	"jandon/internal/statement"
)

// workbook packs parts as a spreadsheet program does; those that are not given
// are the least that it needs.
func workbook(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	all := map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets><sheet name="A" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/styles.xml":              `<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/></cellXfs></styleSheet>`,
	}
	for name, text := range parts {
		all[name] = text
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range all {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func sheetOf(rows ...string) string {
	return "<worksheet><sheetData>" + strings.Join(rows, "") + "</sheetData></worksheet>"
}

const sheetHead = `<row r="1"><c t="inlineStr"><is><t>date</t></is></c><c t="inlineStr"><is><t>merchant</t></is></c><c t="inlineStr"><is><t>amount</t></is></c></row>`

func sheetRow(n int, date, style, merchant, amount string) string {
	return fmt.Sprintf(`<row r="%d"><c r="A%d" s="%s"><v>%s</v></c><c r="B%d" t="str"><v>%s</v></c><c r="C%d"><v>%s</v></c></row>`, n, n, style, date, n, merchant, n, amount)
}

func TestSpreadsheet(t *testing.T) {
	t.Parallel()
	r, err := readFile(t, "card.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	checkResult(t, r)
	want := `xlsx utf-8 ymd KRW
2026-11-22 09:30:50 payment KRW -4500 | card.xlsx | 스타벅스 강남역점 |  |  | 00012345 | 
2026-11-22 09:33:00 refund KRW 4500 | card.xlsx | 스타벅스 강남역점 |  |  | 00012345 | 
2026-11-21 00:00:00 payment KRW -1300 | card.xlsx | GS25 역삼점 |  |  | 00000099 | 
2026-11-20 00:00:00 payment KRW -21900 | card.xlsx | (주)우아한형제들 |  |  |  | 
2026-11-19 18:00:00 payment USD -8.40 | card.xlsx | TOKYO METRO |  |  |  | 
skipped 1 preamble: 카드 이용내역
skipped 2 preamble: 조회기간 2026.10.01 ~ 2026.11.22
skipped 10 summary: 합계 23200
skipped 3 other_part: 안내
7 lines, spent 23200
`
	if got := toldOther(t, options(t, "card.xlsx"), r); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestSpreadsheetCalendars(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		parts map[string]string
		want  string
	}{
		"from 1900": {map[string]string{"xl/worksheets/sheet1.xml": sheetOf(sheetHead, sheetRow(2, "46348", "1", "a", "-5"), sheetRow(3, "1", "1", "b", "-6"), sheetRow(4, "61", "1", "c", "-7"))},
			"2026-11-22 00:00 1900-01-01 00:00 1900-03-01 00:00"},
		"from 1904": {map[string]string{
			"xl/workbook.xml":          `<workbook><workbookPr date1904="1"/><sheets><sheet name="A" r:id="rId1"/></sheets></workbook>`,
			"xl/worksheets/sheet1.xml": sheetOf(sheetHead, sheetRow(2, "44886", "1", "a", "-5"), sheetRow(3, "0.5", "2", "b", "-5"))}, "2026-11-22 00:00"},
		"the last second of a day": {map[string]string{"xl/worksheets/sheet1.xml": sheetOf(sheetHead, sheetRow(2, "46348.999996", "2", "a", "-5"), sheetRow(3, "46348.99999", "2", "b", "-5"))},
			"2026-11-23 00:00 2026-11-22 23:59"},
		"ISO dates": {map[string]string{"xl/worksheets/sheet1.xml": sheetOf(sheetHead, strings.Replace(sheetRow(2, "2026-11-22T09:30:00", "1", "a", "-5"), `s="1"`, `s="1" t="d"`, 1))},
			"2026-11-22 09:30"},
	} {
		data := workbook(t, c.parts)
		r, err := statement.Read(t.Context(), bytes.NewReader(data), int64(len(data)), statement.Options{Name: "x"})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var got []string
		for _, x := range r.Transactions {
			got = append(got, x.At.Format("2006-01-02 15:04"))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %s, want %s", name, s, c.want)
		}
	}
}

func refusal(t testing.TB, data []byte) string {
	t.Helper()
	_, err := statement.Read(t.Context(), bytes.NewReader(data), int64(len(data)), options(t, "x.xlsx"))
	var f *fault.Error
	if !errors.As(err, &f) || f.Code != fault.BadStatement {
		t.Fatalf("%v", err)
	}
	return strings.TrimPrefix(f.Args["why"], "statement.why.")
}

// A bomb is refused by what its directory says, and by what it unpacks to
// where the directory lies.
func TestBombsAreRefused(t *testing.T) {
	t.Parallel()
	rows := sheetOf(sheetHead, strings.Repeat(" ", 64<<20))
	data := workbook(t, map[string]string{"xl/worksheets/sheet1.xml": rows})
	if len(data) > 1<<20 {
		t.Fatalf("it packs to %d bytes only", len(data))
	}
	if why := refusal(t, data); why != "bomb" {
		t.Errorf("honest: %s", why)
	}
	// The sizes in the directory, of which each part has one: 64 MiB become 1 KiB.
	lie := bytes.ReplaceAll(data, []byte{byte(len(rows)), byte(len(rows) >> 8), byte(len(rows) >> 16), byte(len(rows) >> 24)}, []byte{0, 4, 0, 0})
	if bytes.Equal(lie, data) {
		t.Fatal("no size was found")
	}
	if why := refusal(t, lie); why != "bomb" && why != "damaged" {
		t.Errorf("lying: %s", why)
	}
	many := map[string]string{}
	for i := range 5000 {
		many[fmt.Sprintf("xl/media/%d", i)] = ""
	}
	if why := refusal(t, workbook(t, many)); why != "bomb" {
		t.Errorf("many parts: %s", why)
	}
}

func TestSpreadsheetsThatAreNone(t *testing.T) {
	t.Parallel()
	whole := workbook(t, map[string]string{"xl/worksheets/sheet1.xml": sheetOf(sheetHead, sheetRow(2, "46348", "1", "a", "-5"))})
	for name, c := range map[string]struct {
		data []byte
		why  string
	}{
		"cut off":            {whole[:len(whole)/2], "damaged"},
		"entities":           {workbook(t, map[string]string{"xl/worksheets/sheet1.xml": `<!DOCTYPE x [<!ENTITY a "b">]>` + sheetOf(sheetHead)}), "entities"},
		"entity in a cell":   {workbook(t, map[string]string{"xl/worksheets/sheet1.xml": sheetOf(sheetHead, sheetRow(2, "&a;", "1", "a", "-5"))}), "entities"},
		"unclosed":           {workbook(t, map[string]string{"xl/worksheets/sheet1.xml": "<worksheet><sheetData>" + sheetHead}), "damaged"},
		"a deep nest":        {workbook(t, map[string]string{"xl/worksheets/sheet1.xml": strings.Repeat("<a>", 1000) + strings.Repeat("</a>", 1000)}), "deep"},
		"rows that are none": {workbook(t, map[string]string{"xl/worksheets/sheet1.xml": sheetOf(sheetHead, sheetRow(99999999, "46348", "1", "a", "-5"))}), "damaged"},
		"no table":           {workbook(t, map[string]string{"xl/worksheets/sheet1.xml": sheetOf()}), "no_columns"},
	} {
		if why := refusal(t, c.data); why != c.why {
			t.Errorf("%s: %s, want %s", name, why, c.why)
		}
	}
	var plain bytes.Buffer
	z := zip.NewWriter(&plain)
	if w, err := z.Create("statement.csv"); err != nil {
		t.Fatal(err)
	} else if _, err := w.Write([]byte("date,amount\n2026-11-22,5\n")); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if why := refusal(t, plain.Bytes()); why != "zip" {
		t.Errorf("an archive: %s", why)
	}
}

// A number in a cell has its decimals behind a point, however many.
func TestCellsAreNumbers(t *testing.T) {
	t.Parallel()
	data := workbook(t, map[string]string{"xl/worksheets/sheet1.xml": sheetOf(strings.Replace(sheetHead, "amount", "amount (USD)", 1),
		sheetRow(2, "46348", "1", "a", "-1.234"), sheetRow(3, "46348", "1", "b", "-21.989999999999998"), sheetRow(4, "46348", "1", "c", "-1.3E3"), sheetRow(5, "46348", "1", "d", "-1300.5"))})
	r, err := statement.Read(t.Context(), bytes.NewReader(data), int64(len(data)), options(t, "x"))
	if err != nil {
		t.Fatal(err)
	}
	checkResult(t, r)
	want := []int64{-2199, -130000, -130050}
	if len(r.Transactions) != len(want) || r.Reasons[statement.BadAmount] != 1 {
		t.Fatalf("%+v, %v", r.Transactions, r.Reasons)
	}
	for i, x := range r.Transactions {
		if x.Amount.Minor != want[i] {
			t.Errorf("%s: %d, want %d", x.Merchant, x.Amount.Minor, want[i])
		}
	}
}
