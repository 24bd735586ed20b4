package statement_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/statement"
)

// kindOf says what became of a file: the why of a refusal, or how many lines
// came in and why others did not.
func kindOf(t testing.TB, data string) string {
	t.Helper()
	r, err := readText(t, data)
	if err != nil {
		var f *fault.Error
		if !errors.As(err, &f) || f.Code != fault.BadStatement || f.Args["detail"] == "" {
			t.Fatalf("%v", err)
		}
		return strings.TrimPrefix(f.Args["why"], "statement.why.")
	}
	checkResult(t, r)
	s := fmt.Sprintf("%d in", len(r.Transactions))
	for _, reason := range statement.Reasons() {
		if n := r.Reasons[reason]; n > 0 {
			s += fmt.Sprintf(", %d %s", n, reason)
		}
	}
	return s
}

func TestNothingIsLostInSilence(t *testing.T) {
	t.Parallel()
	const head = "date,merchant,amount\n"
	mt := ":20:A\n:25:1\n:60F:C261101EUR1,00\n"
	for name, c := range map[string]struct{ text, want string }{
		"day-30-of-february":          {head + "2026-11-20,a,-5\n30/02/2026,b,-5\n", "1 in, 1 bad_date"},
		"amount-with-trailing-minus":  {"date;payee;amount\n20.11.2026;a;1.234,56-\n", "1 in"},
		"amount-in-brackets":          {head + "2026-11-20,a,(300)\n", "1 in"},
		"amount-with-won":             {head + "2026-11-20,a,\"₩1,300\"\n", "1 in"},
		"amount-with-space":           {head + "2026-11-20,a,1 234\n", "1 in"},
		"mixed-line-ends":             {"date,merchant,amount\r\n2026-11-20,a,-5\r2026-11-21,b,-5\n2026-11-22,c,-5", "3 in"},
		"quote-never-closed":          {head + "2026-11-20,\"a,-5\n2026-11-21,b,-6\n", "2 in, 1 stray_quote"},
		"quote-never-closed-at-end":   {head + "2026-11-20,a,-5\n2026-11-21,b,\"-6\n", "1 in, 1 open_quote"},
		"nul-padding":                 {head + "2026-11-20,a,-5\n" + strings.Repeat("\x00", 4096), "1 in"},
		"damaged-utf-8":               {head + "2026-11-20,caf\xe9 \xed\x95\x9c\xea\xb8\x80\xed\x95\x9c\xea\xb8\x80\xed\x95\x9c\xea\xb8\x80,-5\n", "1 in"},
		"formulas":                    {head + "2026-11-20,=cmd|' /C calc'!A0,-5\n2026-11-21,@SUM(A1),-6\n2026-11-21,+1,-6\n2026-11-21,-1,-6\n", "4 in"},
		"web-page-named-csv":          {"\n <!DOCTYPE html><html><table><tr><td>2026-11-20", "html"},
		"pdf-named-csv":               {"%PDF-1.7\n%\xe2\xe3", "pdf"},
		"half-a-zip":                  {"PK\x03\x04\x14\x00\x06\x00", "damaged"},
		"old-excel":                   {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"},
		"xml-of-something-else":       {`<?xml version="1.0"?><rss/>`, "xml"},
		"ofx-cut-off":                 {"<OFX><BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261120<TRNAMT>-5<FITID>1</STMTTRN><STMTTRN><TRNTYPE>DEB", "cut_off"},
		"ofx-cut-between-lines":       {"<OFX><CURDEF>EUR<BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261120<TRNAMT>-5<FITID>1</STMTTRN>", "cut_off"},
		"ofx-header-alone":            {"OFXHEADER:100\nDATA:OFXSGML\n", "cut_off"},
		"ofx-with-entities":           {`<?xml version="1.0"?><!DOCTYPE OFX [<!ENTITY a "b">]><OFX></OFX>`, "entities"},
		"ofx-without-currency":        {"<OFX><STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261120<TRNAMT>-5<FITID>1</STMTTRN></OFX>", "no_lines"},
		"ofx-amount-that-nobody-pays": {"<OFX><CURDEF>KRW<STMTTRN><DTPOSTED>20261120<TRNAMT>-5<FITID>1</STMTTRN><STMTTRN><DTPOSTED>20261120<TRNAMT>-99999999999999999999<FITID>2</STMTTRN></OFX>", "1 in, 1 out_of_range"},
		"ofx-without-amount":          {"<OFX><CURDEF>KRW<STMTTRN><DTPOSTED>20261120<TRNAMT>-5<FITID>1</STMTTRN><STMTTRN><DTPOSTED>20261120<TRNAMT><FITID>2</STMTTRN></OFX>", "1 in, 1 no_amount"},
		"ofx-transactions-unclosed":   {"<OFX><CURDEF>KRW<BANKTRANLIST><STMTTRN><DTPOSTED>20261120<TRNAMT>-5<FITID>1<STMTTRN><DTPOSTED>20261121<TRNAMT>-6<FITID>2</BANKTRANLIST></OFX>", "2 in"},
		"ofx-of-investments":          {"<OFX><INVSTMTRS><CURDEF>USD<INVTRANLIST><BUYSTOCK><INVBUY>x</BUYSTOCK><INVBANKTRAN><STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20261120<TRNAMT>5<FITID>1</STMTTRN></INVBANKTRAN></INVTRANLIST></INVSTMTRS></OFX>", "1 in, 1 other_part"},
		"ofx-pending":                 {"<OFX><CURDEF>KRW<BANKTRANLISTP><STMTTRNP><TRNTYPE>DEBIT<DTTRAN>20261120<TRNAMT>-5</STMTTRNP></BANKTRANLISTP></OFX>", "1 in"},
		"qif-of-categories":           {"!Type:Cat\nNFood\n^\n", "no_lines"},
		"qif-without-last-caret":      {"!Type:Bank\nD20/11/2026\nT-5.00\n", "1 in"},
		"qif-without-amount":          {"!Type:Bank\nD20/11/2026\nT-5.00\n^\nD21/11/2026\nPx\n^\n", "1 in, 1 no_amount"},
		"camt-unclosed":               {"<Document><BkToCstmrStmt><Stmt><Ntry><Amt Ccy=\"EUR\">5", "cut_off"},
		"camt-with-entity":            {"<Document><BkToCstmrStmt><Stmt><Ntry><Amt Ccy=\"EUR\">&x;</Amt></Ntry></Stmt></BkToCstmrStmt></Document>", "entities"},
		"camt-wrongly-nested":         {"<Document><BkToCstmrStmt><Stmt><Ntry></Stmt></Ntry></BkToCstmrStmt></Document>", "damaged"},
		"camt-deep":                   {"<Document><BkToCstmrStmt>" + strings.Repeat("<a>", 1000) + strings.Repeat("</a>", 1000) + "</BkToCstmrStmt></Document>", "deep"},
		"camt-deep-entry":             {"<Document><BkToCstmrStmt><Ntry>" + strings.Repeat("<a>", 1000) + strings.Repeat("</a>", 1000) + "</Ntry></BkToCstmrStmt></Document>", "deep"},
		"camt-without-direction":      {"<Document><BkToCstmrStmt><Stmt><Ntry><Amt Ccy=\"EUR\">5</Amt><BookgDt><Dt>2026-11-20</Dt></BookgDt></Ntry></Stmt></BkToCstmrStmt></Document>", "no_lines"},
		"mt940-without-end":           {mt + ":61:2611201120D5,00NMSCX\n:86:a\n:61:2611", "1 in, 1 bad_date, 1 no_end"},
		"mt940-cut-between-lines":     {mt + ":61:2611201120D5,00NMSCX\n:86:a\n:61:2611201120D5,00NMSCX\n:86:b", "2 in, 1 no_end"},
		"mt940-without-direction":     {mt + ":61:2611205,00NMSCX\n:61:261120D5,00NMSCX\n", "1 in, 1 bad_amount, 1 no_end"},
		"mt940-without-currency":      {":20:A\n:25:1\n:61:261120D5,00NMSCX\n", "no_lines"},
		"mt940-30-february":           {mt + ":61:260230D5,00NMSCX\n:61:261120D5,00NMSCX\n", "1 in, 1 bad_date, 1 no_end"},
		"journal-30-february":         {"2026-02-30 a\n    expenses:x  5 KRW\n    assets:y\n\n2026-02-20 a\n    expenses:x  5 KRW\n    assets:y\n", "1 in, 1 bad_date"},
		"journal-cut-off":             {"2026-02-20 a\n    expenses:x  5 KRW\n    assets:y\n\n2026-02-21 b\n    expenses:x  5 KRW", "1 in, 1 complex"},
		"journal-of-more-accounts":    {"2026-02-20 a\n    assets:x  5 KRW\n    assets:y  6 KRW\n    assets:z\n\n2026-02-20 a\n    expenses:x  5 KRW\n    assets:y\n", "1 in, 1 complex"},
		"journal-of-shares":           {"2026-02-20 a\n    assets:x  5 SHARES\n    assets:y  -5 KRW\n\n2026-02-20 a\n    expenses:x  5 KRW\n    assets:y\n", "1 in, 1 bad_amount"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := kindOf(t, c.text); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// Ten megabytes without a line end, in every format that has texts.
func TestLongTextsOfOtherFormats(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 10<<20)
	for name, text := range map[string]string{
		"ofx":     "<OFX><CURDEF>KRW<STMTTRN><DTPOSTED>20261120<TRNAMT>-5<NAME>" + long + "</STMTTRN><STMTTRN><DTPOSTED>20261120<TRNAMT>-6</STMTTRN></OFX>",
		"qif":     "!Type:Bank\nD20/11/2026\nT-5.00\nP" + long + "\n^\nD21/11/2026\nT-6.00\n^\n",
		"mt940":   ":20:A\n:25:1\n:60F:C261101EUR1,00\n:61:261120D5,00NMSCX\n:86:" + long + "\n:61:261120D6,00NMSCX\n:62F:D261130EUR10,00\n",
		"camt":    "<Document><BkToCstmrStmt><Stmt><Ntry><Amt Ccy=\"EUR\">5</Amt><CdtDbtInd>DBIT</CdtDbtInd><BookgDt><Dt>2026-11-20</Dt></BookgDt><AddtlNtryInf>" + long + "</AddtlNtryInf></Ntry><Ntry><Amt Ccy=\"EUR\">6</Amt><CdtDbtInd>DBIT</CdtDbtInd><BookgDt><Dt>2026-11-20</Dt></BookgDt></Ntry></Stmt></BkToCstmrStmt></Document>",
		"journal": "2026-02-20 a\n    expenses:x  5 KRW\n    assets:y\n; " + long + "\n2026-02-21 b\n    expenses:x  6 KRW\n    assets:y\n",
	} {
		if got := kindOf(t, text); got != "2 in" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// A file that is cut anywhere never gives a sum of its own that agrees by
// accident, and never panics.
func TestCutAnywhere(t *testing.T) {
	t.Parallel()
	for name := range others {
		data, err := os.ReadFile(filepath.Join("../../testdata/statements", name))
		if err != nil {
			t.Fatal(err)
		}
		for n := 0; n < len(data); n += 7 {
			kindOf(t, string(data[:n]))
		}
	}
}

// A bank's own sums show what a reader did not understand.
func TestBalancesThatDoNotAgree(t *testing.T) {
	t.Parallel()
	r := mustRead(t, ":20:A\n:25:1\n:60F:C261101EUR10,00\n:61:261120D5,00NMSCX\n:62F:C261130EUR4,00\n")
	if len(r.Stated) != 2 || !r.Stated[0].Agrees() || r.Stated[1].Agrees() || r.Stated[1].Said != 400 || r.Stated[1].Found != 500 || r.Stated[1].Currency != money.Currency("EUR") {
		t.Errorf("%+v", r.Stated)
	}
	pages := mustRead(t, ":20:A\n:25:1\n:60F:C261101EUR10,00\n:61:261120D5,00NMSCX\n:62M:C261120EUR5,00\n-\n:20:A\n:25:1\n:60M:C261120EUR5,00\n:61:261121D1,00NMSCX\n:62F:C261130EUR4,00\n-\n")
	if len(pages.Stated) != 2 || !pages.Stated[1].Agrees() || !pages.Stated[1].Checked {
		t.Errorf("two pages: %+v", pages.Stated)
	}
}

// The same for what the amounts of such lines are.
func TestAmountsAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]money.Amount{
		"date;payee;amount\n20.11.2026;a;1.234,56-\n":                                  money.Of(-123456, "EUR"),
		"date,merchant,amount\n2026-11-20,a,(300)\n":                                   money.Won(-300),
		"date,merchant,amount\n2026-11-20,a,\"₩1,300\"\n":                              money.Won(-1300),
		"date,merchant,amount\n2026-11-20,a,1 234\n":                                   money.Won(-1234),
		"date,merchant,amount\n2026-11-20,a,\"-1,300원\"\n":                             money.Won(-1300),
		"!Type:Bank\nD20.11.2026\nT-1.234,56\n^\n":                                     money.Of(-123456, "EUR"),
		"<OFX><CURDEF>EUR<STMTTRN><DTPOSTED>20261120<TRNAMT>-1.234,56</STMTTRN></OFX>": money.Of(-123456, "EUR"),
		":20:A\n:25:1\n:60F:C261101EUR1,00\n:61:261120D1234,5NMSCX\n":                  money.Of(-123450, "EUR"),
		"decimal-mark ,\n2026-11-20 a\n    expenses:x  1.234,56 EUR\n    assets:y\n":   money.Of(-123456, "EUR"),
		"2026-11-20 a\n    expenses:x  $1,234.56\n    assets:y\n":                      money.Of(-123456, "USD"),
	} {
		r := mustRead(t, text)
		if len(r.Transactions) != 1 || r.Transactions[0].Amount != want {
			t.Errorf("%q: %+v, %v, want %v", text, r.Transactions, r.Skipped, want)
		}
	}
}
