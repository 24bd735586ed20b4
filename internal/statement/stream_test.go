package statement_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/statement"
	"jandon/internal/wallet"
)

// blocks are sizes in which a file is read: such that borders fall everywhere,
// and the usual one.
var blocks = []int{1, 2, 3, 7, 16, 61, 4096, 256 << 10}

// tester is a test or a check of rapid.
type tester interface {
	Helper()
	Context() context.Context
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// sameByBlocks reads a file in blocks, and holds what comes of it against the
// same file read at once: all lines and their ids, what is said of the file,
// the reason for a refusal, and the sums.
func sameByBlocks(t tester, data []byte, o statement.Options, blocks ...int) {
	t.Helper()
	want, wrong := statement.Read(t.Context(), bytes.NewReader(data), int64(len(data)), o)
	for _, block := range blocks {
		sameByBlock(t, data, o, want, wrong, block)
	}
}

func sameByBlock(t tester, data []byte, o statement.Options, want statement.Result, wrong error, block int) {
	t.Helper()
	in, size := bytes.NewReader(data), int64(len(data))
	f, err := statement.OpenIn(t.Context(), in, size, o, block)
	if (err == nil) != (wrong == nil) || err != nil && err.Error() != wrong.Error() {
		t.Fatalf("blocks of %d: %v, at once: %v", block, err, wrong)
	}
	parts := 1 + block%4
	sums, told, err := statement.SumIn(t.Context(), in, size, o, history.ByMerchant, block, parts)
	if (err == nil) != (wrong == nil) || err != nil && err.Error() != wrong.Error() {
		t.Fatalf("sums in blocks of %d: %v, at once: %v", block, err, wrong)
	}
	if err != nil {
		return
	}
	var got []wallet.Transaction
	for x, err := range f.Transactions(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, *x)
	}
	if len(got) != len(want.Transactions) || f.Count() != len(got) {
		t.Fatalf("blocks of %d: %d lines and %d, at once: %d", block, len(got), f.Count(), len(want.Transactions))
	}
	for i := range got {
		if got[i] != want.Transactions[i] {
			t.Fatalf("blocks of %d: line %d is\n%+v, at once\n%+v", block, i, got[i], want.Transactions[i])
		}
	}
	book := history.NewBook(want.Transactions, history.BookOptions{Zone: zoneOf(o)})
	want.Transactions = nil
	if !reflect.DeepEqual(f.Result, want) {
		t.Fatalf("blocks of %d:\n%+v, at once\n%+v", block, f.Result, want)
	}
	if !reflect.DeepEqual(told, want) {
		t.Fatalf("sums in blocks of %d and %d parts:\n%+v, at once\n%+v", block, parts, told, want)
	}
	sameAsBook(t, sums, book, history.ByMerchant)
}

// sameAsBook asks both what can be asked of sums.
func sameAsBook(t tester, sums *history.Summed, book *history.Book, by history.Dimension) {
	t.Helper()
	ctx := t.Context()
	span, _ := book.Span(ctx)
	if got, _ := sums.Span(ctx); !reflect.DeepEqual(got, span) {
		t.Fatalf("the span is %+v, of the lines %+v", got, span)
	}
	first, last := history.WeekOf(span.First), history.WeekOf(span.Last)
	if first.Until(last) > 1000 { // a slip in a year
		last = first.Add(1000)
	}
	for _, by := range []history.Dimension{by, history.ByNothing} {
		got, _ := sums.Weeks(ctx, first.Add(-1), last.Add(1), by)
		if want, _ := book.Weeks(ctx, first.Add(-1), last.Add(1), by); !reflect.DeepEqual(got, want) {
			t.Fatalf("weeks are %+v, of the lines %+v", got, want)
		}
	}
	middle := span.First + min(9, (span.Last-span.First)/2)
	got, _ := sums.Days(ctx, span.First-1, middle)
	if want, _ := book.Days(ctx, span.First-1, middle); !reflect.DeepEqual(got, want) {
		t.Fatalf("days are %+v, of the lines %+v", got, want)
	}
	groups, _ := sums.Groups(ctx, middle, span.Last, by)
	if want, _ := book.Groups(ctx, middle, span.Last, by); !reflect.DeepEqual(groups, want) {
		t.Fatalf("groups are %+v, of the lines %+v", groups, want)
	}
}

func TestEveryFileIsTheSameByBlocks(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("../../testdata/statements/*")
	if err != nil || len(names) < 30 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			few := blocks
			if len(data) > 10_000 {
				few = blocks[4:]
			}
			sameByBlocks(t, data, options(t, filepath.Base(name)), few...)
		})
	}
}

// field is a cell as somebody's program writes it: in quotes, with ends of
// lines and doubled quotes within, or with a quote that never closes.
func field(t *rapid.T, s string) string {
	switch rapid.IntRange(0, 9).Draw(t, "quoting") {
	case 0:
		return `"` + s + "\n" + s + `"`
	case 1:
		return `"` + s + ",\r\n\"\"" + s + `"  `
	case 2:
		return `"` + s
	case 3:
		return `="` + s + `"`
	}
	return s
}

func TestRandomTablesAreTheSameByBlocks(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		var b strings.Builder
		merchants := []string{"스타벅스", "뷁쀍상점", "cafe", "환불 센터", "充電", "GS25"}
		signs := rapid.SampledFrom([]string{"", "-", "±"}).Draw(rt, "signs")
		b.WriteString("메모\n이용일자,가맹점명,이용금액,통화,구분" + rapid.SampledFrom([]string{"\n", "\r\n", "\r"}).Draw(rt, "first end"))
		for range rapid.IntRange(0, 40).Draw(rt, "lines") {
			sign := signs
			if sign == "±" {
				sign = rapid.SampledFrom([]string{"", "-"}).Draw(rt, "sign")
			}
			fmt.Fprintf(&b, "2026-%02d-%02d,%s,%s%d,%s,%s%s", rapid.IntRange(1, 12).Draw(rt, "month"), rapid.IntRange(1, 30).Draw(rt, "day"),
				field(rt, rapid.SampledFrom(merchants).Draw(rt, "merchant")), sign, rapid.IntRange(0, 9000).Draw(rt, "amount"),
				rapid.SampledFrom([]string{"", "KRW", "USD", "??"}).Draw(rt, "currency"), rapid.SampledFrom([]string{"", "", "결제", "취소", "수수료"}).Draw(rt, "type"),
				rapid.SampledFrom([]string{"\n", "\r\n", "\r", "\n\n"}).Draw(rt, "end"))
		}
		text := b.String()
		if cut := rapid.IntRange(0, 20).Draw(rt, "cut"); cut < len(text) {
			text = text[:len(text)-cut]
		}
		data := []byte(text)
		if e := rapid.SampledFrom([]encoding.Encoding{nil, nil, korean.EUCKR}).Draw(rt, "encoding"); e != nil {
			if coded, err := e.NewEncoder().Bytes(data); err == nil {
				data = coded
			}
		}
		sameByBlocks(rt, data, options(t, "made.csv"), rapid.SampledFrom(blocks).Draw(rt, "block"), rapid.IntRange(1, 40).Draw(rt, "odd block"))
	})
}

func TestEncodingsAreTheSameByBlocks(t *testing.T) {
	t.Parallel()
	lines := func(head string, merchants ...string) string {
		b := head + "\n"
		for i := range 60 {
			b += fmt.Sprintf("2026-%02d-%02d,%s,%d\n", i%12+1, i%28+1, merchants[i%len(merchants)], 100*i+50)
		}
		return b
	}
	korea := lines("이용일자,가맹점명,이용금액", "스타벅스 강남역점", "뷁쀍상점", "GS25 \"역삼\"")
	for name, c := range map[string]struct {
		text string
		e    encoding.Encoding
	}{
		"cp949": {korea, korean.EUCKR}, "shift-jis": {lines("日付,内容,出金", "セブンイレブン新宿", "ﾃﾞﾝｷﾀﾞｲ", "東京電力"), japanese.ShiftJIS},
		"gb18030": {lines("交易日期,商户名称,金额", "星巴克咖啡北京国贸店", "滴滴出行科技有限公司"), simplifiedchinese.GB18030},
	} {
		data, err := c.e.NewEncoder().String(c.text)
		if err != nil {
			t.Fatal(err)
		}
		if r := mustRead(t, data); r.Detected.Encoding != name {
			t.Errorf("%s is taken for %s", name, r.Detected.Encoding)
		}
		sameByBlocks(t, []byte(data), options(t, "made.csv"), blocks...)
	}
	for _, data := range []string{
		utf16(korea, true), utf16(korea, false), "\xff\xfe" + utf16(korea, true), "\xfe\xff" + utf16(korea, false), utf16(korea, true)[1:], utf16(korea, true) + "x",
		"\ufeff" + korea, korea + strings.Repeat("\x00", 100), strings.ReplaceAll(korea, "1", "1\x00"), korea + "\xed\x95", strings.Replace(korea, "강", "\xed\x95", 1),
	} {
		sameByBlocks(t, []byte(data), options(t, "made.csv"), blocks...)
	}
}

// A field in quotes over the border of two parts; one that is longer than any
// quote reaches; lines longer than any real one, with all that can stand in them.
func TestLongRecordsAreTheSameByBlocks(t *testing.T) {
	t.Parallel()
	const head = "date,merchant,amount\n2026-11-20,a,-5\n"
	for name, long := range map[string]string{
		"ends within quotes":  "2026-11-21,\"" + strings.Repeat("2026-11-21,b,-6\n", statement.MaxQuoted/20) + "\",-7\n",
		"quotes too far":      "2026-11-21,\"" + strings.Repeat("2026-11-21,b,-6\n", statement.MaxQuoted/8) + "\",-7\n",
		"quote at the limit":  "2026-11-21,\"" + strings.Repeat("x", statement.MaxQuoted-1) + "\",-7\n",
		"quote before it":     "2026-11-21,\"" + strings.Repeat("x", statement.MaxQuoted-2) + "\",-7\n",
		"doubled at it":       "2026-11-21,\"" + strings.Repeat("x", statement.MaxQuoted-2) + "\"\",\"\n",
		"spaces behind it":    "2026-11-21,\"x\"" + strings.Repeat(" ", statement.MaxQuoted) + ",-7\n",
		"as long as may be":   "2026-11-21," + strings.Repeat("x", statement.MaxRecord-len("2026-11-21,,-7")) + ",-7\n",
		"longer by one":       "2026-11-21," + strings.Repeat("x", statement.MaxRecord-len("2026-11-21,,-7")+1) + ",-7\n",
		"much longer":         "2026-11-21," + strings.Repeat("x", 3*statement.MaxRecord) + ",-7\r\n",
		"of quotes":           "2026-11-21," + strings.Repeat("\"x\n\",", statement.MaxRecord/2) + "-7\n",
		"blank and long":      strings.Repeat(", ", statement.MaxRecord) + "\r\n",
		"at the end":          strings.Repeat("x,", statement.MaxRecord),
		"quote in a long one": strings.Repeat("x,", statement.MaxRecord) + "\"" + strings.Repeat("y", statement.MaxQuoted+5) + "\"\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sameByBlocks(t, []byte(head+long+"2026-11-22,c,-8\n2026-11-23,d,-9\n"), options(t, "made.csv"), 61, 4096, 256<<10)
		})
	}
}

// A later line decides what the first ones leave open, whatever is read first.
func TestLateDecisionsAreTheSameByBlocks(t *testing.T) {
	t.Parallel()
	euros := "date;payee;amount (EUR)\n" + strings.Repeat("2026-11-20;Laden;-1.200\n", 1500) + "2026-11-21;Laden;-0,99\n" + strings.Repeat("2026-11-22;Laden;-1.300\n", 1500)
	sameByBlocks(t, []byte(euros), options(t, "made.csv"), 7, 4096, 256<<10)
}

func TestEqualLinesFarApartHaveTheirIDs(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	var b strings.Builder
	b.WriteString("date,merchant,amount\n")
	for range 500 {
		fmt.Fprintf(&b, "2026-11-%02d,a,-%d\n", r.IntN(28)+1, r.IntN(3))
	}
	want := mustRead(t, b.String())
	f, err := statement.Open(t.Context(), strings.NewReader(b.String()), int64(b.Len()), options(t, "made.csv"))
	if err != nil {
		t.Fatal(err)
	}
	same := func(most int) (n int) {
		i := 0
		for x, err := range f.Remembering(t.Context(), most) {
			if err != nil {
				t.Fatal(err)
			}
			if x.ID == want.Transactions[i].ID {
				n++
			}
			i++
		}
		return n
	}
	if n := same(1000); n != 500 {
		t.Errorf("%d of 500 ids are the same", n)
	}
	if n := same(3); n == 500 {
		t.Error("three lines can't tell as much as all")
	}
}

// metered is a file that is read while somebody hears how far it is.
type metered struct {
	*bytes.Reader
	t           *testing.T
	what        string
	done, total int64
	calls       int
	full        int // calls that told of almost all
}

func (m *metered) ReadAt(b []byte, at int64) (int, error) {
	if m.calls > 0 && m.done == m.total {
		m.t.Errorf("%s: is read at %d of %d", m.what, m.done, m.total)
	}
	return m.Reader.ReadAt(b, at)
}

func (m *metered) progress(done, total int64) {
	if done < m.done || done > total {
		m.t.Errorf("%s: %d of %d after %d of %d", m.what, done, total, m.done, m.total)
	}
	m.done, m.total = done, total
	m.calls++
	if done >= total-1 {
		m.full++
	}
}

// What is told of a reading never falls, and is all of it only at the end:
// nothing is read after that which is not told elsewhere.
func TestProgressRisesToItsEnd(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("../../testdata/statements/*")
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string][]byte{
		"decided late":   []byte("date,merchant,amount\n" + strings.Repeat("01/02/2026,a,-5\n", 2000) + "25/02/2026,b,-6\n"),
		"cancelled late": []byte(bare + strings.Repeat("2026-11-02,카페,4500,정상\n", 2000) + "2026-11-02,카페,4500,취소\n"),
	}
	for _, name := range names {
		if texts[name], err = os.ReadFile(name); err != nil {
			t.Fatal(err)
		}
	}
	for name, data := range texts {
		o := options(t, name)
		for _, block := range []int{64, 256 << 10} {
			m := &metered{Reader: bytes.NewReader(data), t: t, what: name}
			o.Progress = m.progress
			f, err := statement.OpenIn(t.Context(), m, int64(len(data)), o, block)
			if err != nil {
				continue
			}
			if m.done != m.total || m.calls < 2 {
				t.Errorf("%s: ends at %d of %d after %d calls", name, m.done, m.total, m.calls)
			}
			if block == 64 && strings.HasSuffix(name, " late") && m.full > m.calls/100 {
				t.Errorf("%s: stands at its end for %d calls of %d", name, m.full, m.calls)
			}
			calls := m.calls
			m.total++ // what follows is no part of it
			for range f.Transactions(t.Context()) {
				continue
			}
			if m.calls != calls {
				t.Errorf("%s: told %d times behind the end", name, m.calls-calls)
			}
			m = &metered{Reader: bytes.NewReader(data), t: t, what: name + ", sums"}
			o.Progress = m.progress
			if _, _, err := statement.SumIn(t.Context(), m, int64(len(data)), o, history.ByNothing, block, 1); err != nil || m.done != m.total {
				t.Errorf("%s, sums: end at %d of %d: %v", name, m.done, m.total, err)
			}
		}
	}
}

// stopping cancels once so much was read.
type stopping struct {
	*bytes.Reader
	left int64
	stop func()
}

func (s *stopping) ReadAt(b []byte, at int64) (int, error) {
	n, err := s.Reader.ReadAt(b, at)
	if s.left -= int64(n); s.left < 0 {
		s.stop()
	}
	return n, err
}

func TestCanceledReadings(t *testing.T) {
	t.Parallel()
	data := made(20_000)
	for _, after := range []int64{0, 1000, int64(len(data)) / 2, int64(len(data)) * 3 / 2} {
		ctx, cancel := context.WithCancel(t.Context())
		in := &stopping{bytes.NewReader(data), after, cancel}
		if _, err := statement.OpenIn(ctx, in, int64(len(data)), options(t, "made.csv"), 4096); !errors.Is(err, context.Canceled) {
			t.Errorf("opening, after %d bytes: %v", after, err)
		}
		ctx, cancel = context.WithCancel(t.Context())
		in = &stopping{bytes.NewReader(data), min(after, int64(len(data))/2), cancel}
		if _, _, err := statement.SumIn(ctx, in, int64(len(data)), options(t, "made.csv"), history.ByCategory, 4096, 1); !errors.Is(err, context.Canceled) {
			t.Errorf("sums, after %d bytes: %v", after, err)
		}
	}
	card, err := os.ReadFile("../../testdata/statements/card.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	for after := int64(0); after < int64(len(card)); after += 100 {
		ctx, cancel := context.WithCancel(t.Context())
		in := &stopping{bytes.NewReader(card), after, cancel}
		if _, err := statement.OpenIn(ctx, in, int64(len(card)), options(t, "card.xlsx"), 16); !errors.Is(err, context.Canceled) {
			t.Errorf("a spreadsheet, after %d bytes: %v", after, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	f, err := statement.OpenIn(ctx, bytes.NewReader(data), int64(len(data)), options(t, "made.csv"), 4096)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, err = range f.Transactions(ctx) {
		if n++; n == 5000 {
			cancel()
		}
		if err != nil {
			break
		}
	}
	if !errors.Is(err, context.Canceled) || n > 7000 {
		t.Errorf("after %d lines: %v", n, err)
	}
}

func TestAFileThatChangesIsRefused(t *testing.T) {
	t.Parallel()
	const head, line = "date,merchant,amount\n", "2026-11-20,a,-5\n"
	data := []byte(head + strings.Repeat(line, 100))
	f, err := statement.Open(t.Context(), bytes.NewReader(data), int64(len(data)), options(t, "made.csv"))
	if err != nil {
		t.Fatal(err)
	}
	copy(data[len(head)+50*len(line):], "no date ")
	for _, err = range f.Transactions(t.Context()) {
	}
	if !errors.Is(err, fault.New(fault.BadFile)) {
		t.Errorf("%v", err)
	}
}

func TestLinesCanBeLeft(t *testing.T) {
	t.Parallel()
	data := made(1000)
	f, err := statement.Open(t.Context(), bytes.NewReader(data), int64(len(data)), options(t, "made.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		n := 0
		for _, err := range f.Transactions(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			if n++; n == 7 {
				break
			}
		}
	}
}
