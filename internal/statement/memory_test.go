package statement_test

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"jandon/internal/history"
	"jandon/internal/statement"
)

// endless is a file that is made as it is read: a beginning, so many records of
// one length, and an end.
type endless struct {
	head, tail string
	record     func(i int) string
	width      int64
	n          int64
}

func newEndless(head string, n int, record func(i int) string, tail string) *endless {
	return &endless{head, tail, record, int64(len(record(0))), int64(n)}
}

func (e *endless) size() int64 { return int64(len(e.head)) + e.n*e.width + int64(len(e.tail)) }

func (e *endless) ReadAt(b []byte, at int64) (n int, err error) {
	for n < len(b) {
		var piece string
		switch in := at - int64(len(e.head)); {
		case at >= e.size():
			return n, io.EOF
		case in < 0:
			piece = e.head[at:]
		case in < e.n*e.width:
			piece = e.record(int(in / e.width))[in%e.width:]
		default:
			piece = e.tail[in-e.n*e.width:]
		}
		k := copy(b[n:], piece)
		n, at = n+k, at+int64(k)
	}
	return n, nil
}

var forms = map[string]func(n int) *endless{
	"csv": func(n int) *endless {
		return newEndless("date,merchant,amount\n", n, func(i int) string {
			return fmt.Sprintf("2026-%02d-%02d,가게 %03d,-%06d\n", i%12+1, i%28+1, i%700, i%5000+1)
		}, "")
	},
	"csv in order": func(n int) *endless {
		return newEndless("date,time,merchant,amount\n", n, func(i int) string {
			sec := i * 20
			return fmt.Sprintf("2026-%02d-%02d,%02d:%02d:%02d,Shop %09d,-%06d\n", sec/86400/28%12+1, sec/86400%28+1, sec/3600%24, sec/60%60, sec%60, i, i%5000+1)
		}, "")
	},
	"ofx": func(n int) *endless {
		return newEndless("<OFX><CURDEF>KRW<BANKTRANLIST>\n", n, func(i int) string {
			return fmt.Sprintf("<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>2026%02d%02d<TRNAMT>-%06d<FITID>F%09d<NAME>SHOP %03d</STMTTRN>\n", i%12+1, i%28+1, i%5000+1, i, i%700)
		}, "</BANKTRANLIST></OFX>")
	},
	"qif": func(n int) *endless {
		return newEndless("!Type:Bank\n", n, func(i int) string {
			return fmt.Sprintf("D2026-%02d-%02d\nT-%06d\nPShop %03d\n^\n", i%12+1, i%28+1, i%5000+1, i%700)
		}, "")
	},
	"camt": func(n int) *endless {
		return newEndless("<Document><BkToCstmrStmt><Stmt>\n", n, func(i int) string {
			return fmt.Sprintf("<Ntry><Amt Ccy=\"KRW\">%06d</Amt><CdtDbtInd>DBIT</CdtDbtInd><BookgDt><Dt>2026-%02d-%02d</Dt></BookgDt><AddtlNtryInf>Shop %03d</AddtlNtryInf></Ntry>\n", i%5000+1, i%12+1, i%28+1, i%700)
		}, "</Stmt></BkToCstmrStmt></Document>")
	},
	"mt940": func(n int) *endless {
		return newEndless(":20:A\n:25:1\n:60F:C260101EUR0,00\n", n, func(i int) string {
			return fmt.Sprintf(":61:26%02d%02dD%06d,00NMSCREF%09d\n:86:Shop %03d\n", i%12+1, i%28+1, i%5000+1, i, i%700)
		}, "")
	},
	"journal": func(n int) *endless {
		return newEndless("", n, func(i int) string {
			return fmt.Sprintf("2026-%02d-%02d * Shop %03d\n    expenses:food  %06d KRW\n    assets:bank\n\n", i%12+1, i%28+1, i%700, i%5000+1)
		}, "")
	},
	"lines that say nothing": func(n int) *endless {
		return newEndless("date,merchant,amount\n2026-11-22,a,-5\n", n, func(i int) string { return fmt.Sprintf("no date %09d,b,-6\n", i) }, "")
	},
	"one line": func(n int) *endless {
		return newEndless("date,merchant,amount\n2026-11-22,a,-5\n2026-11-23,", 10*n, func(int) string { return "xxxxxxxxxxx" }, ",-6\n2026-11-24,b,-7\n")
	},
}

// live is what the heap holds once its garbage is gone.
func live() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

const room = 2 << 20

// TestMemoryDoesNotGrowWithTheFile holds what is alive near the end of a
// reading against the same for a file of a tenth of the length.
func TestMemoryDoesNotGrowWithTheFile(t *testing.T) { // alone: the heap is everybody's
	o := options(t, "made")
	held := func(name string, n int) (most int64) {
		file := forms[name](n)
		before := live()
		watch := &watched{endless: file, at: file.size() * 9 / 10, note: func() { most = max(most, live()-before) }}
		f, err := statement.Open(t.Context(), watch, file.size(), o)
		if err != nil {
			t.Fatal(err)
		}
		i := 0
		for _, err := range f.Transactions(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			if i++; i == f.Count()*9/10 {
				most = max(most, live()-before)
			}
		}
		if i != f.Count() || i < 1 {
			t.Fatalf("%s: %d lines of %d", name, i, f.Count())
		}
		watch.noted = false
		if _, _, err := statement.Sum(t.Context(), watch, file.size(), o, history.ByCategory); err != nil {
			t.Fatal(err)
		}
		return most
	}
	for name := range forms {
		small, large := held(name, 2_000), held(name, 20_000)
		t.Logf("%s: %d bytes for 2,000 lines, %d for 20,000", name, small, large)
		// What is remembered of lines and merchants fills up, to a bound; 20,000
		// lines that were kept would take six megabytes.
		if large > small+small/2+room {
			t.Errorf("%s: %d bytes for 2,000 lines, %d for 20,000", name, small, large)
		}
	}
}

// watched notes the heap when a reading comes to a place.
type watched struct {
	*endless
	at    int64
	noted bool
	note  func()
}

func (w *watched) ReadAt(b []byte, at int64) (int, error) {
	if !w.noted && at <= w.at && w.at < at+int64(len(b)) {
		w.noted = true
		w.note()
	}
	return w.endless.ReadAt(b, at)
}

// The files that are made as they are read are statements like others.
func TestMadeFilesAreStatements(t *testing.T) {
	t.Parallel()
	for name, form := range forms {
		file := form(30)
		all := make([]byte, file.size())
		if n, err := file.ReadAt(all, 0); n != len(all) || err != nil && !errors.Is(err, io.EOF) {
			t.Fatal(name, n, err)
		}
		r, err := statement.Read(t.Context(), strings.NewReader(string(all)), file.size(), options(t, "made"))
		if err != nil {
			t.Fatal(name, err)
		}
		checkResult(t, r)
		sameByBlocks(t, all, options(t, "made"), 5, 4096)
	}
}
