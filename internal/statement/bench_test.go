package statement_test

import (
	"bufio"
	"bytes"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"jandon/internal/history"
	"jandon/internal/statement"
)

// made is a statement of n lines over two years, newest first.
func made(n int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	b.WriteString("date,time,merchant,amount,category\n")
	at := time.Date(2026, 11, 22, 21, 0, 0, 0, time.UTC)
	step := 2 * 365 * 24 * time.Hour / time.Duration(n)
	for range n {
		at = at.Add(-step)
		fmt.Fprintf(&b, "%s,%s,%s %d호점,%d,%s\n", at.Format(time.DateOnly), at.Format(time.TimeOnly), []string{"스타벅스", "GS25", "Netflix"}[r.IntN(3)],
			r.IntN(2000), -(r.IntN(50_000) + 100), []string{"cafe", "store", "media"}[r.IntN(3)])
	}
	return b.Bytes()
}

// minimal is the small program that one writes for such a file: split, parse,
// add up by week. No quotes, no detection, no checks, fixed columns, UTC.
func minimal(data []byte) map[int64]int64 {
	weeks := map[int64]int64{}
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Scan()
	for lines.Scan() {
		fields := strings.Split(lines.Text(), ",")
		day, err1 := time.Parse(time.DateOnly, fields[0])
		amount, err2 := strconv.ParseInt(fields[3], 10, 64)
		if err1 != nil || err2 != nil {
			return nil
		}
		weeks[(day.Unix()/86400+3)/7] -= amount
	}
	return weeks
}

// BenchmarkAgainstMinimal says how many times the least parser a whole reading
// takes from bytes to weeks, with both run in turns.
func BenchmarkAgainstMinimal(b *testing.B) {
	data := made(1_000_000)
	var ours, least time.Duration
	for b.Loop() {
		start := time.Now()
		minimal(data)
		least += time.Since(start)
		start = time.Now()
		res, err := statement.Read(b.Context(), bytes.NewReader(data), int64(len(data)), statement.Options{})
		if err != nil {
			b.Fatal(err)
		}
		book := history.NewBook(res.Transactions, history.BookOptions{Zone: time.UTC})
		if _, err := book.Weeks(b.Context(), history.Week{Monday: 19_000}, history.Week{Monday: 21_000}, history.ByNothing); err != nil {
			b.Fatal(err)
		}
		ours += time.Since(start)
	}
	b.ReportMetric(float64(ours)/float64(least), "×minimal")
}

func BenchmarkRead(b *testing.B) {
	for _, n := range []int{1_000, 1_000_000} {
		data := made(n)
		b.Run(fmt.Sprintf("%d/minimal", n), func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				minimal(data)
			}
		})
		b.Run(fmt.Sprintf("%d/read", n), func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := statement.Read(b.Context(), bytes.NewReader(data), int64(len(data)), statement.Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkFormats reads 100,000 lines in each format, and tells how many bytes
// of memory a line keeps when its file is gone.
func BenchmarkFormats(b *testing.B) {
	const n = 100_000
	day := func(i int) time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i*300/n) }
	for name, write := range map[string]func(w *bytes.Buffer, i int){
		"csv": func(w *bytes.Buffer, i int) {
			fmt.Fprintf(w, "%s,Merchant %d,-%d\n", day(i).Format("2006-01-02"), i%700, i%5000+1)
		},
		"ofx": func(w *bytes.Buffer, i int) {
			fmt.Fprintf(w, "<STMTTRN>\n<TRNTYPE>DEBIT\n<DTPOSTED>%s\n<TRNAMT>-%d\n<FITID>F%d\n<NAME>MERCHANT %d\n</STMTTRN>\n", day(i).Format("20060102"), i%5000+1, i, i%700)
		},
		"qif": func(w *bytes.Buffer, i int) {
			fmt.Fprintf(w, "D%s\nT-%d\nPMerchant %d\n^\n", day(i).Format("2006-01-02"), i%5000+1, i%700)
		},
		"camt": func(w *bytes.Buffer, i int) {
			fmt.Fprintf(w, "<Ntry><Amt Ccy=\"KRW\">%d</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>%s</Dt></BookgDt><AddtlNtryInf>Merchant %d</AddtlNtryInf></Ntry>\n", i%5000+1, day(i).Format("2006-01-02"), i%700)
		},
		"mt940": func(w *bytes.Buffer, i int) {
			fmt.Fprintf(w, ":61:%sD%d,00NMSCREF%d\n:86:Merchant %d\n", day(i).Format("060102"), i%5000+1, i, i%700)
		},
		"journal": func(w *bytes.Buffer, i int) {
			fmt.Fprintf(w, "%s * Merchant %d\n    expenses:food  %d KRW\n    assets:bank\n\n", day(i).Format("2006-01-02"), i%700, i%5000+1)
		},
		"xlsx": func(w *bytes.Buffer, i int) {
			w.WriteString(sheetRow(i+2, strconv.Itoa(46023+i*300/n), "1", "Merchant "+strconv.Itoa(i%700), strconv.Itoa(-(i%5000 + 1))))
		},
	} {
		var body bytes.Buffer
		around := map[string][2]string{
			"csv": {"date,merchant,amount\n", ""}, "ofx": {"<OFX><CURDEF>KRW<BANKTRANLIST>\n", "</BANKTRANLIST></OFX>"}, "qif": {"!Type:Bank\n", ""}, "camt": {"<Document><BkToCstmrStmt><Stmt>\n", "</Stmt></BkToCstmrStmt></Document>"},
			"mt940": {":20:A\n:25:1\n:60F:C260101EUR0,00\n", ""}, "journal": {}, "xlsx": {"<worksheet><sheetData>" + sheetHead, "</sheetData></worksheet>"},
		}[name]
		body.WriteString(around[0])
		for i := range n {
			write(&body, i)
		}
		body.WriteString(around[1])
		data := body.Bytes()
		if name == "xlsx" {
			data = workbook(b, map[string]string{"xl/worksheets/sheet1.xml": body.String()})
		}
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(body.Len()))
			b.ReportAllocs()
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			kept, err := statement.Read(b.Context(), bytes.NewReader(data), int64(len(data)), statement.Options{})
			if err != nil {
				b.Fatal(err)
			}
			runtime.GC()
			runtime.ReadMemStats(&after)
			defer b.ReportMetric(float64(int64(after.HeapAlloc)-int64(before.HeapAlloc))/n, "kept-B/line")
			for b.Loop() {
				r, err := statement.Read(b.Context(), bytes.NewReader(data), int64(len(data)), statement.Options{})
				if err != nil || len(r.Transactions) != n {
					b.Fatal(len(r.Transactions), err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/line")
			runtime.KeepAlive(kept)
		})
	}
}
