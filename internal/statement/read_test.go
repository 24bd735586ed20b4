package statement_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/korean"
	"pgregory.net/rapid"

	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/i18n"
	"jandon/internal/money"
	"jandon/internal/safe"
	"jandon/internal/statement"
	"jandon/internal/wallet"
)

func readText(t testing.TB, text string) (statement.Result, error) {
	t.Helper()
	return statement.Read(t.Context(), strings.NewReader(text), int64(len(text)), options(t, "made.csv"))
}

func mustRead(t testing.TB, text string) statement.Result {
	t.Helper()
	r, err := readText(t, text)
	if err != nil {
		t.Fatal(err)
	}
	checkResult(t, r)
	return r
}

func TestEveryReasonHasWords(t *testing.T) {
	t.Parallel()
	for _, lang := range i18n.Langs() {
		p := i18n.Must(lang)
		for _, r := range statement.Reasons() {
			if !p.Has("statement.skip." + string(r)) {
				t.Errorf("%s: no words for %s", lang, r)
			}
			if n := utf8.RuneCountInString(p.T("statement.skip." + string(r))); n > safe.MaxLen-50 { // a note says the file and the line before it
				t.Errorf("%s: %d characters for %s", lang, n, r)
			}
		}
		for _, why := range statement.Whys() {
			if !p.Has("statement.why." + why) {
				t.Errorf("%s: no words for %s", lang, why)
			}
		}
	}
	_, err := readFile(t, "web-page.csv")
	if say, _ := i18n.Must("ko").Fault(err); !strings.Contains(say, "웹 페이지") || !strings.Contains(say, "web-page.csv") {
		t.Errorf("the fault says %q", say)
	}
}

func TestDayAndMonthAreDecidedByTheWholeFile(t *testing.T) {
	t.Parallel()
	r, err := readFile(t, "ambiguous-until-the-end.csv")
	if err != nil {
		t.Fatal(err)
	}
	checkResult(t, r)
	if r.Detected.Dates != "dmy" || len(r.Skipped) != 0 || len(r.Transactions) != 1201 {
		t.Fatalf("%s, %d skipped, %d lines", r.Detected.Dates, len(r.Skipped), len(r.Transactions))
	}
	zone := options(t, "").Zone
	if got := history.DayOf(r.Transactions[1].At, zone).String(); got != "2026-02-02" {
		t.Errorf("02/02 is %s", got)
	}
	if got := history.DayOf(r.Transactions[2].At, zone).String(); got != "2026-03-03" {
		t.Errorf("03/03 is %s", got)
	}
	if got := history.DayOf(r.Transactions[3].At, zone).String(); got != "2026-01-04" {
		t.Errorf("04/01 is %s", got)
	}
}

func TestDecimalCommaIsDecidedByTheWholeFile(t *testing.T) {
	t.Parallel()
	r := mustRead(t, "date;payee;amount (EUR)\n"+strings.Repeat("2026-11-20;Laden;-1.200\n", 1500)+"2026-11-21;Laden;-0,99\n")
	if r.Transactions[0].Amount != money.Of(-120_000, "EUR") || r.Transactions[1500].Amount.Minor != -99 || len(r.Skipped) != 0 {
		t.Errorf("%v, %v, %v", r.Transactions[0].Amount, r.Transactions[1500].Amount, r.Skipped)
	}
}

func TestHostileNames(t *testing.T) {
	t.Parallel()
	r, err := readFile(t, "hostile-names.csv")
	if err != nil {
		t.Fatal(err)
	}
	checkResult(t, r)
	if len(r.Transactions) != 4 || r.Transactions[0].Merchant != "\ufffd[2J\ufffd]0;owned\ufffdShop" || utf8.RuneCountInString(r.Transactions[3].Merchant) != safe.MaxLen {
		t.Errorf("%+v", r.Transactions)
	}
}

func TestDates(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2026-11-22": "2026-11-22 00:00:00", "2026.11.22": "2026-11-22 00:00:00", "2026/11/22 9:05": "2026-11-22 09:05:00",
		"20261122": "2026-11-22 00:00:00", "20261122153001": "2026-11-22 15:30:01", "26.11.22": "2026-11-22 00:00:00", "261122": "2026-11-22 00:00:00",
		"2026년 11월 22일": "2026-11-22 00:00:00", "2026년 1월 2일 오후 3시 4분": "2026-01-02 15:04:00", "2026. 11. 22. 오전 12:10": "2026-11-22 00:10:00",
		"2026-11-22T09:00:00Z": "2026-11-22 18:00:00", "2026-11-22T09:00:00.123-05:00": "2026-11-22 23:00:00", "2026-11-22 09:00:00 +0900": "2026-11-22 09:00:00",
		"22 Nov 2026": "2026-11-22 00:00:00", "Nov 22, 2026": "2026-11-22 00:00:00", "22-November-2026 11:59 PM": "2026-11-22 23:59:00",
		"22/11/2026": "2026-11-22 00:00:00", "11/22/2026": "2026-11-22 00:00:00", "22.11.2026 08:00": "2026-11-22 08:00:00", "2024-02-29": "2024-02-29 00:00:00",
		"11/22": "2026-11-22 00:00:00", "11.22 13:05": "2026-11-22 13:05:00", "(2026-11-22)": "", "2026-02-29": "", "2026-13-01": "", "0000-00-00": "", "hello": "", "": "", "1763769600": "", "22/22/2026": "",
	} {
		r, err := readText(t, "date\tmerchant\tamount\n"+text+"\tx\t-1\n2026-11-20\ty\t-2\n")
		if text == "11/22" || text == "11.22 13:05" || text == "22/11/2026" || text == "11/22/2026" || text == "22.11.2026 08:00" || strings.Contains(text, "Nov") {
			r, err = readText(t, "date\tmerchant\tamount\n"+text+"\tx\t-1\n")
		}
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		got := ""
		if len(r.Transactions) > 0 && r.Transactions[0].Merchant == "x" {
			got = r.Transactions[0].At.In(options(t, "").Zone).Format("2006-01-02 15:04:05")
		}
		if got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
		if got == "" && (len(r.Skipped) != 1 || r.Skipped[0].Reason != statement.BadDate || r.Skipped[0].Number != 2) {
			t.Errorf("%q: %+v", text, r.Skipped)
		}
	}
}

func TestDaysWithoutMidnight(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("America/Sao_Paulo")
	if err != nil {
		t.Fatal(err)
	}
	text := "date,time,merchant,amount\n2018-11-04,,a,-1\n2018-11-04,09:30,b,-1\n2018-02-17,23:30,c,-1\n"
	r, err := statement.Read(t.Context(), strings.NewReader(text), -1, statement.Options{Zone: zone})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"2018-11-04T01:00:00-02:00", "2018-11-04T09:30:00-02:00", "2018-02-17T23:30:00"} {
		if got := r.Transactions[i].At.In(zone).Format(time.RFC3339); !strings.HasPrefix(got, want) {
			t.Errorf("line %d is at %s, want %s", i, got, want)
		}
	}
}

func TestSigns(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		sign statement.Sign
		want string
	}{
		"all positive":          {"date,merchant,amount\n2026-11-22,a,5\n2026-11-22,b,7\n", statement.PositiveSpent, "payment -5 payment -7"},
		"negative is spent":     {"date,merchant,amount\n2026-11-22,a,-5\n2026-11-22,급여,7\n", statement.NegativeSpent, "payment -5 transfer_in 7"},
		"refund on a card":      {"이용일,가맹점명,이용금액\n2026-11-22,a,5\n2026-11-22,b,-7\n", statement.PositiveSpent, "payment -5 refund 7"},
		"seldom negative":       {"date,merchant,amount\n" + strings.Repeat("2026-11-22,a,5\n", 9) + "2026-11-22,b,-7\n", statement.PositiveSpent, strings.Repeat("payment -5 ", 9) + "refund 7"},
		"types, all positive":   {"date,type,merchant,amount\n2026-11-22,payment,a,5\n2026-11-22,topup,b,7\n2026-11-22,fee,b,1\n", statement.ByType, "payment -5 topup 7 fee -1"},
		"transfers with signs":  {"날짜,구분,내용,금액\n2026-11-22,이체,a,-5\n2026-11-22,이체,b,7\n", statement.ByType, "transfer_out -5 transfer_in 7"},
		"two columns":           {"date,description,debit,credit\n2026-11-22,a,5,\n2026-11-22,환불,,7\n2026-11-22,b,0,9\n", statement.TwoColumns, "payment -5 refund 7 transfer_in 9"},
		"cancelled yes or no":   {"이용일,가맹점명,이용금액,취소여부\n2026-11-22,a,5,N\n2026-11-22,b,7,Y\n", statement.PositiveSpent, "payment -5"},
		"brackets":              {"date,merchant,amount\n2026-11-22,a,(5)\n2026-11-22,b,(7)\n2026-11-22,cashback,3\n", statement.NegativeSpent, "payment -5 payment -7 earn 3"},
		"coffee is no fee":      {"date,merchant,amount\n2026-11-22,Coffee,-5\n2026-11-22,이자카야,7\n", statement.NegativeSpent, "payment -5 transfer_in 7"},
		"nothing was paid":      {"date,merchant,amount\n2026-11-22,카드 등록,0\n2026-11-22,b,7\n", statement.PositiveSpent, "payment 0 payment -7"},
		"paying the card":       {"Transaction Date,Description,Type,Amount\n11/22/2026,SHOP,Sale,-5.00\n11/21/2026,THANK YOU,Payment,7.00\n11/20/2026,SHOP,Return,1.00\n", statement.ByType, "payment -5.00 transfer_in 7.00 refund 1.00"},
		"seen by a bank app":    {"거래일시,구분,거래금액,거래 후 잔액,거래구분,내용,메모\n2026.11.22 10:00:00,출금,\"-4,500\",0,체크카드결제,스타벅스,\n2026.11.21 10:00:00,입금,\"7,000\",0,일반이체,이영희,\n", statement.ByType, "payment -4500 transfer_in 7000"},
		"an indicator":          {"date,description,dr/cr,amount\n2026-11-22,a,DR,5\n2026-11-22,b,CR,7\n", statement.ByType, "payment -5 transfer_in 7"},
		"full width and spaces": {"날짜,가맹점,금액\n2026-11-22,a,－１，３００원\n2026-11-22,b, -2500 \n", statement.NegativeSpent, "payment -1300 payment -2500"},
	} {
		r := mustRead(t, c.text)
		var got []string
		for _, x := range r.Transactions {
			got = append(got, x.Type.String()+" "+x.Amount.Plain())
		}
		if s := strings.Join(got, " "); s != c.want || (r.Detected.Sign != c.sign && name != "cancelled yes or no") {
			t.Errorf("%s: %s by %s, want %s by %s", name, s, r.Detected.Sign, c.want, c.sign)
		}
	}
}

func TestSpreadsheetHabits(t *testing.T) {
	t.Parallel()
	r := mustRead(t, "sep=,\ntimestamp,merchant,memo,amount,승인번호\n11/22/2026 09:30, \"GS25\" ,,=\"1300\",=\"0012\"\n11/21/2026 23:00,,only a memo,\"1,200\",'-5\n")
	if len(r.Transactions) != 2 || r.Reasons[statement.Preamble] != 1 {
		t.Fatalf("%+v", r)
	}
	a, b := r.Transactions[0], r.Transactions[1]
	if a.Merchant != "GS25" || a.Amount.Minor != -1300 || a.Approval != "0012" || a.At.Format(time.RFC3339) != "2026-11-22T00:30:00Z" {
		t.Errorf("%+v", a)
	}
	if b.Merchant != "only a memo" || b.Reason != "" || b.Approval != "-5" {
		t.Errorf("%+v", b)
	}
}

func TestWithoutNowThereAreNoYears(t *testing.T) {
	t.Parallel()
	_, err := statement.Read(t.Context(), strings.NewReader("date,merchant,amount\n11/22,a,5\n"), -1, statement.Options{})
	if !errors.Is(err, fault.New(fault.BadStatement)) {
		t.Error(err)
	}
}

func TestIDsStayWhenTheExportGrows(t *testing.T) {
	t.Parallel()
	lines := "2026-11-20,a,-5\n2026-11-20,a,-5\n2026-11-21,b,-7\n"
	short := mustRead(t, "date,merchant,amount\n"+lines)
	long := mustRead(t, "date,merchant,amount\n2026-11-01,z,-9\n"+lines+"2026-11-22,c,-1\n")
	mixed := mustRead(t, "date,merchant,amount\n2026-11-21,b,-7\n2026-11-20,a,-5\n2026-11-22,c,-1\n2026-11-20,a,-5\n")
	for i, x := range short.Transactions {
		if long.Transactions[i+1].ID != x.ID {
			t.Errorf("line %d was %s and is %s", i, x.ID, long.Transactions[i+1].ID)
		}
	}
	if short.Transactions[0].ID != mixed.Transactions[1].ID || short.Transactions[1].ID != mixed.Transactions[3].ID {
		t.Error("ids hang on the order of the file")
	}
	if got := short.Transactions[2].ID; got != "s0a4mhgm7r45hc" { // decisions are kept by it
		t.Errorf("the id is %s", got)
	}
}

func TestEncodingsSayTheSame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		var b strings.Builder
		b.WriteString("이용일자,가맹점명,이용금액\n")
		for i := range rapid.IntRange(1, 20).Draw(rt, "lines") {
			fmt.Fprintf(&b, "2026-11-%02d,%s,%d\n", i%28+1, rapid.SampledFrom([]string{"스타벅스", "뷁쀍상점", "카페 \"A\"", "GS25"}).Draw(rt, "merchant"), rapid.IntRange(0, 1e6).Draw(rt, "amount"))
		}
		want := mustRead(t, b.String())
		cp949, err := korean.EUCKR.NewEncoder().String(b.String())
		if err != nil {
			rt.Fatal(err)
		}
		for encoding, text := range map[string]string{
			"cp949": cp949, "utf-8-bom": "\ufeff" + b.String(), "utf-16le": utf16(b.String(), true), "utf-16be": utf16(b.String(), false),
		} {
			got := mustRead(t, text)
			if got.Detected.Encoding != encoding || len(got.Transactions) != len(want.Transactions) {
				rt.Fatalf("%s taken for %s, %d lines", encoding, got.Detected.Encoding, len(got.Transactions))
			}
			for i := range got.Transactions {
				if got.Transactions[i] != want.Transactions[i] {
					rt.Fatalf("%s: %+v, want %+v", encoding, got.Transactions[i], want.Transactions[i])
				}
			}
		}
	})
}

// utf16 encodes without a byte order mark; all of it is in the basic plane.
func utf16(s string, little bool) string {
	var b []byte
	for _, r := range s {
		if little {
			b = append(b, byte(r), byte(r>>8))
		} else {
			b = append(b, byte(r>>8), byte(r))
		}
	}
	return string(b)
}

func TestALineOfTenMegabytes(t *testing.T) {
	t.Parallel()
	for name, long := range map[string]string{
		"plain": strings.Repeat("x", 10<<20), "quoted": `"` + strings.Repeat("x,", 5<<20) + `"`, "never closed": `"` + strings.Repeat("x", 10<<20),
	} {
		r := mustRead(t, "date,merchant,amount\n2026-11-20,a,-5\n2026-11-21,"+long+",-6\n2026-11-22,b,-7\n")
		if len(r.Transactions) != 2 || r.Reasons[statement.TooLong] != 1 || len(r.Skipped[0].Text) > 1000 {
			t.Errorf("%s: %d transactions, %v", name, len(r.Transactions), r.Reasons)
		}
	}
}

func TestEverySkippedLineIsCounted(t *testing.T) {
	t.Parallel()
	r := mustRead(t, "date,merchant,amount\n2026-11-20,a,-5\n"+strings.Repeat("nonsense,b,-6\n", 3000))
	if len(r.Skipped) != statement.MaxSkipped || r.Reasons[statement.BadDate] != 3000 || r.Lines != 3001 {
		t.Errorf("%d listed, %v of %d", len(r.Skipped), r.Reasons, r.Lines)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("the disk is gone") }

func TestFailures(t *testing.T) {
	t.Parallel()
	if _, err := statement.Read(t.Context(), failing{}, -1, options(t, "f.csv")); !errors.Is(err, fault.New(fault.BadFile)) {
		t.Errorf("a broken disk: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := statement.Read(ctx, strings.NewReader("date,amount\n2026-11-22,5\n"), -1, options(t, "f.csv")); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
	for text, why := range map[string]string{
		"": "empty", " \n\n\t": "empty", "\x00\x00\x00": "empty", "\ufeff": "empty", "\xff\xfe": "empty", "<table><tr>": "html", "<?xml version='1.0'?>": "xml",
		`{"a":1}`: "json", "%PDF-1.7": "pdf", "\x1f\x8b\x08": "gzip", "\x01\x02\x03\x04,\x05\x06\n": "binary", "a,b\n1,2\n": "no_columns",
		"date,amount\n": "", "date,amount\nx,y\n": "no_lines",
	} {
		_, err := readText(t, text)
		var f *fault.Error
		switch {
		case why == "" && err != nil, why != "" && (!errors.As(err, &f) || f.Args["why"] != "statement.why."+why):
			t.Errorf("%q: %v, want %s", text, err, why)
		}
	}
}

func TestWeeksOfABookAgreeWithTheFile(t *testing.T) {
	t.Parallel()
	data := made(3000)
	r, err := statement.Read(t.Context(), bytes.NewReader(data), int64(len(data)), statement.Options{Zone: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	checkResult(t, r)
	book := history.NewBook(r.Transactions, history.BookOptions{Zone: time.UTC})
	want := minimal(data)
	weeks, err := book.Weeks(t.Context(), history.WeekOf(history.DateOf(2024, 1, 1)), history.WeekOf(history.DateOf(2027, 1, 1)), history.ByNothing)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, w := range weeks {
		sum := want[int64(w.Week.Sunday()+3)/7]
		if w.Spent != sum {
			t.Errorf("%v: %d, want %d", w.Week, w.Spent, sum)
		}
		if sum != 0 {
			found++
		}
	}
	if found != len(want) {
		t.Errorf("%d weeks of %d", found, len(want))
	}
}

func TestOwnExportKeepsEverything(t *testing.T) {
	t.Parallel()
	r, err := readFile(t, "own-export.csv")
	if err != nil {
		t.Fatal(err)
	}
	want := wallet.Transaction{
		ID: "tx1", At: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC), Type: wallet.Payment, Status: wallet.Refunded, Amount: money.Of(-99, money.USD),
		Issuer: "Nova", Kind: wallet.CarrierCredit, Merchant: "=SUM(A1)", Category: "media", Channel: "app", Reason: "one", Contact: "1577-0000",
		Order: "A1", Settlement: "bill1",
	}
	if got := r.Transactions[0]; got != want {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func FuzzRead(f *testing.F) {
	entries, err := os.ReadDir("../../testdata/statements")
	if err != nil {
		f.Fatal(err)
	}
	for _, e := range entries {
		if data, err := os.ReadFile(filepath.Join("../../testdata/statements", e.Name())); err == nil && len(data) < 4096 {
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := statement.Read(t.Context(), bytes.NewReader(data), int64(len(data)), options(t, "fuzz.csv"))
		if err != nil {
			if !errors.Is(err, fault.New(fault.BadStatement)) {
				t.Fatal(err)
			}
			return
		}
		checkResult(t, r)
	})
}

// A card numbers every charge, a shop every order; each is what it is, and what
// pairs lines is the number of the charge if there is one.
func TestNumbersOfChargesAndOfOrders(t *testing.T) {
	t.Parallel()
	for head, want := range map[string][2]string{ // order, approval
		"승인번호": {"", "7"}, "거래번호": {"", "7"}, "카드승인번호": {"", "7"}, "Approval Number": {"", "7"}, "Reference Number": {"", "7"},
		"주문번호": {"7", ""}, "Order ID": {"7", ""}, "order": {"7", ""}, "상품주문번호": {"7", ""}, "주문번호,승인번호": {"7", "8"}, "승인번호,주문번호": {"8", "7"},
	} {
		r := mustRead(t, "이용일자,가맹점명,이용금액,"+head+"\n2026-11-02,카페,4500,7,8\n")
		x := r.Transactions[0]
		if x.Order != want[0] || x.Approval != want[1] {
			t.Errorf("%s: order %q, approval %q", head, x.Order, x.Approval)
		}
		if number := map[bool]string{true: x.Approval, false: x.Order}[x.Approval != ""]; x.Number() != number {
			t.Errorf("%s: its number is %q", head, x.Number())
		}
	}
	r := mustRead(t, "이용일자,가맹점명,이용금액,상태,주문번호,승인번호\n2026-11-02,카페,4500,정상,A,1\n2026-11-03,카페,4500,정상,A,2\n2026-11-05,카페,4500,취소,A,1\n2026-11-06,카페,900,정상,A,3\n2026-11-07,카페,900,취소,A,3\n")
	if len(r.Cancelled) != 0 || len(r.Transactions) != 5 || r.Transactions[2].Type != wallet.Refund {
		t.Errorf("%+v", r)
	}
}

// Our exports had the number of an order as REFNUM once; of a bank it is that of the charge.
func TestNumbersOfOFX(t *testing.T) {
	t.Parallel()
	const line = "<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD<BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261102<TRNAMT>-5.00<FITID>A1<REFNUM>77<NAME>Cafe%s</STMTTRN></BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
	for more, want := range map[string][2]string{ // order, approval
		"": {"", "77"}, "<JANDON.TYPE>payment": {"77", ""}, "<JANDON.TYPE>payment<JANDON.APPROVAL>77": {"", "77"}, "<JANDON.TYPE>payment<JANDON.ORDER>77": {"77", ""},
	} {
		x := mustRead(t, fmt.Sprintf(line, more)).Transactions[0]
		if x.Order != want[0] || x.Approval != want[1] {
			t.Errorf("%q: order %q, approval %q", more, x.Order, x.Approval)
		}
	}
}

// A journal says the numbers of an order and of a charge in its tags.
func TestNumbersOfAJournal(t *testing.T) {
	t.Parallel()
	r := mustRead(t, "2026-11-02 Cafe  ; order: A-1\n    ; approval: 30012345\n    expenses:food  4.50 USD\n    assets:bank  -4.50 USD\n\n"+
		"2026-11-03 Cafe\n    expenses:food  4.50 USD\n    assets:bank  -4.50 USD\n")
	if x := r.Transactions[0]; len(r.Transactions) != 2 || x.Order != "A-1" || x.Approval != "30012345" {
		t.Errorf("%+v", r.Transactions)
	}
}
