package statement_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
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

// minimal is the least that can sum such a file by week: no quotes, no
// detection, no checks, fixed columns, one currency, UTC.
func minimal(data []byte) map[int64]int64 {
	weeks := map[int64]int64{}
	data = data[bytes.IndexByte(data, '\n')+1:]
	for len(data) > 0 {
		end := bytes.IndexByte(data, '\n')
		line := data[:end]
		data = data[end+1:]
		var fields [5][]byte
		for i := range 4 {
			c := bytes.IndexByte(line, ',')
			fields[i], line = line[:c], line[c+1:]
		}
		fields[4] = line
		d := fields[0]
		num := func(b []byte) (n int) {
			for _, c := range b {
				n = n*10 + int(c-'0')
			}
			return n
		}
		day := time.Date(num(d[:4]), time.Month(num(d[5:7])), num(d[8:10]), 0, 0, 0, 0, time.UTC).Unix() / 86400
		weeks[(day+3)/7] += int64(num(fields[3][1:]))
	}
	return weeks
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
		b.Run(fmt.Sprintf("%d/weeks", n), func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				res, err := statement.Read(b.Context(), bytes.NewReader(data), int64(len(data)), statement.Options{})
				if err != nil {
					b.Fatal(err)
				}
				book := history.NewBook(res.Transactions, history.BookOptions{Zone: time.UTC})
				if _, err := book.Weeks(b.Context(), history.Week{Monday: 19_000}, history.Week{Monday: 21_000}, history.ByNothing); err != nil {
					b.Fatal(err)
				}
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
