package statement_test

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/korean"
	"pgregory.net/rapid"

	"jandon/internal/statement"
	"jandon/internal/wallet"
)

// toldOf is what came in of a file and what is said about its lines.
func toldOf(t testing.TB, text string) string {
	t.Helper()
	r := mustRead(t, text)
	checkResult(t, r)
	var b strings.Builder
	for _, x := range r.Transactions {
		fmt.Fprintf(&b, "%s=%d; ", x.Merchant, x.Amount.Minor)
	}
	for _, l := range r.Skipped {
		fmt.Fprintf(&b, "%d %s; ", l.Number, l.Reason)
	}
	return strings.TrimSuffix(b.String(), "; ")
}

// A quote that never closes is told with its line wherever it stands, and
// swallows no line behind it.
func TestQuotesThatNeverCloseAreTold(t *testing.T) {
	t.Parallel()
	const head, memo = "date,merchant,amount\n", "date,merchant,amount,memo\n"
	for name, c := range map[string]struct{ text, want string }{
		"in a name":                          {head + "2026-11-01,\"Cafe A,-4500\n2026-11-02,Mart,-3000\n", "\"Cafe A=-4500; Mart=-3000; 2 stray_quote"},
		"in an amount":                       {head + "2026-11-01,Cafe,-4500\n2026-11-02,Mart,\"-3000\n2026-11-03,Book,-1\n", "Cafe=-4500; Book=-1; 3 open_quote"},
		"in a date":                          {head + "2026-11-01,Cafe,-4500\n\"2026-11-02,Mart,-3000\n2026-11-03,Book,-1\n", "Cafe=-4500; Book=-1; 3 open_quote"},
		"in a memo":                          {memo + "2026-11-01,Cafe,-4500,x\n2026-11-02,Mart,-3000,\"never\n2026-11-03,Book,-1,z\n", "Cafe=-4500; Mart=-3000; Book=-1; 3 stray_quote"},
		"in the last line":                   {head + "2026-11-01,Cafe,-4500\n2026-11-02,\"Mart,-3000", "Cafe=-4500; \"Mart=-3000; 3 stray_quote"},
		"the last byte":                      {memo + "2026-11-01,Cafe,-4500,x\n2026-11-02,Mart,-3000,\"", "Cafe=-4500; Mart=-3000; 3 stray_quote"},
		"in the header":                      {"date,\"merchant,amount\n2026-11-01,Cafe,-4500\n", "Cafe=-4500; 1 stray_quote"},
		"before the header":                  {"\"my card\ndate,merchant,amount\n2026-11-01,\"Cafe\",-4500\n", "Cafe=-4500; 1 preamble"},
		"two in a row":                       {head + "2026-11-01,\"Cafe A,-4500\n2026-11-02,\"Mart,-3000\n", "\"Cafe A=-4500; \"Mart=-3000; 2 stray_quote; 3 stray_quote"},
		"every one":                          {head + "\"2026-11-01,\"Cafe,\"-4500\n2026-11-02,Mart,-3000\n", "Mart=-3000; 2 open_quote"},
		"before a quoted one":                {head + "2026-11-01,\"Cafe A,-4500\n2026-11-02,\"Mart\",-3000\n", "\"Cafe A=-4500; Mart=-3000; 2 stray_quote"},
		"before an empty one":                {memo + "2026-11-01,\"Cafe A,-4500,\n2026-11-02,Mart,-3000,\"\"\n", "\"Cafe A=-4500; Mart=-3000; 2 stray_quote"},
		"before inches at a field's end":     {head + "2026-11-01,\"Cafe A,-4500\n2026-11-02,pizza 5\",-3000\n", "\"Cafe A=-4500; pizza 5\"=-3000; 2 stray_quote"},
		"lines before inches":                {head + "2026-11-01,\"Cafe A,-4500\r\n2026-11-02,b,-1\r\n\r\n2026-11-03,pizza 5\",-3000\r\n", "\"Cafe A=-4500; b=-1; pizza 5\"=-3000; 2 stray_quote"},
		"in the last column, before inches":  {memo + "2026-11-01,Cafe,-4500,\"x\n2026-11-02,Mart,-3000,5\"\n", "Cafe=-4500; Mart=-3000; 2 stray_quote"},
		"behind a space":                     {head + "2026-11-01, \"Cafe A,-4500\n2026-11-02,Mart,-3000\n", "\"Cafe A=-4500; Mart=-3000; 2 stray_quote"},
		"behind an equals sign":              {head + "2026-11-01,=\"0012,-4500\n2026-11-02,Mart,-3000\n", "=\"0012=-4500; Mart=-3000; 2 stray_quote"},
		"closed within the field":            {head + "2026-11-01,\"Cafe\" A,-4500\n2026-11-02,Mart,-3000\n", "\"Cafe\" A=-4500; Mart=-3000; 2 stray_quote"},
		"delimiters that moved":              {head + "2026-11-01,\"Cafe 7, 24,-4500\n2026-11-02,Mart,-3000\n", "Mart=-3000; 2 open_quote"},
		"that meet inches in their own line": {"date,merchant,amount,memo,balance\n2026-11-01,\"Cafe A,-4500,pizza 5\",100000\n2026-11-02,\"Mart, 2\",-3000,x\n", "\"Cafe A=-4500; Mart, 2=-3000; 2 stray_quote"},
		"from the date to inches":            {memo + "\"2026-11-01,Cafe,-4500,5\"\n2026-11-02,Mart,-3000,x\n", "Mart=-3000; 2 open_quote"},
		"from a date over others":            {memo + "\"2026-11-01,Cafe,-4500,x\n2026-11-02,Mart,-3000,y\n2026-11-03,\"\"\"\nBook\",-1,z\n", "Mart=-3000; \" Book=-1; 2 open_quote"},
		"semicolons":                         {"date;merchant;amount\n2026-11-01;\"Cafe A;-4500\n2026-11-02;Mart;-3000\n", "\"Cafe A=-4500; Mart=-3000; 2 stray_quote"},
		"tabs":                               {"date\tmerchant\tamount\n2026-11-01\t\"Cafe A\t-4500\n2026-11-02\tMart\t-3000\n", "\"Cafe A=-4500; Mart=-3000; 2 stray_quote"},
		"pipes, no header":                   {"2026-11-01|\"Cafe A|-4500\n2026-11-02|Mart|-3000\n", "\"Cafe A=-4500; Mart=-3000; 1 stray_quote"},
		"old ends of lines":                  {"date,merchant,amount\r2026-11-01,\"Cafe A,-4500\r2026-11-02,Mart,-3000\r", "\"Cafe A=-4500; Mart=-3000; 2 stray_quote"},
		"records within quotes":              {memo + "2026-11-01,Cafe,-4500,\"sent me:\n2026-10-01,Mart,-1,a\nthanks\"\n2026-11-02,Mart,-3000,x\n", "Cafe=-4500; Mart=-3000; 2 in_quotes"},
		"lines within quotes":                {memo + "2026-11-01,Cafe,-4500,\"sent me:\n2026-10-01, a letter\nthanks\"\n2026-11-02,\"Mart\n\n2\",-3000,x\n", "Cafe=-4500; Mart 2=-3000"},
		"inches":                             {head + "2026-11-01,5\" pizza,-4500\n2026-11-02,pizza 5\",-3000\n2026-11-03,say \"hi\" now,-1\n", "5\" pizza=-4500; pizza 5\"=-3000; say \"hi\" now=-1"},
		"quotes behind a space":              {head + "2026-11-01, \"Cafe, A\" ,-4500\n2026-11-02,=\"00,12\",-3000\n", "Cafe, A=-4500; 00,12=-3000"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			korea := func(s string) string { return strings.ReplaceAll(s, "Cafe", "카페") }
			if got := toldOf(t, c.text); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			sameByBlocks(t, []byte(c.text), options(t, "made.csv"), blocks...)
			coded, err := korean.EUCKR.NewEncoder().String(korea(c.text))
			if err != nil {
				t.Fatal(err)
			}
			for code, text := range map[string]string{"cp949": coded, "utf-16le": utf16(korea(c.text), true), "utf-16be": "\xfe\xff" + utf16(korea(c.text), false), "utf-8-bom": "\ufeff" + korea(c.text)} {
				if got := toldOf(t, text); got != korea(c.want) {
					t.Errorf("%s: got  %s\nwant %s", code, got, korea(c.want))
				}
			}
		})
	}
}

// quotable is a text that a field may hold; inner is one that needs no quotes.
var (
	quotable = rapid.StringMatching(`"?[a-c][a-c ",\n]{0,8}[a-c]`)
	inner    = rapid.StringMatching(`[a-c][a-c "]{0,6}`)
)

// What is well formed is read as encoding/csv reads it, and not a word is said;
// each line with a quote that never closes is told, and all others are read as
// if it were not there.
func TestQuotesAgainstTheStandardReader(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		delim := rapid.SampledFrom([]string{",", ";", "\t", "|"}).Draw(rt, "delimiter")
		end := rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(rt, "end")
		text, line := strings.Join([]string{"date", "merchant", "amount", "memo"}, delim)+end, 2
		whole := text
		var broken []int
		for range rapid.IntRange(1, 12).Draw(rt, "rows") {
			fields := []string{fmt.Sprintf("2026-11-%02d", rapid.IntRange(1, 28).Draw(rt, "day")), "", fmt.Sprintf("-%d", rapid.IntRange(1, 999).Draw(rt, "amount")), ""}
			open := rapid.IntRange(0, 3).Draw(rt, "fate") == 0
			for _, i := range []int{1, 3} {
				if fields[i] = inner.Draw(rt, "text"); rapid.Bool().Draw(rt, "quoted") && !open {
					fields[i] = `"` + strings.ReplaceAll(quotable.Draw(rt, "text"), `"`, `""`) + `"`
				}
			}
			if open {
				i := rapid.IntRange(0, 3).Draw(rt, "column")
				fields[i] = `"` + strings.ReplaceAll(fields[i], `"`, "")
				broken = append(broken, line)
			}
			row := strings.Join(fields, delim) + end
			text += row
			if line += strings.Count(row, "\n"); !open {
				whole += row
			}
		}
		r, err := statement.Read(rt.Context(), strings.NewReader(text), -1, options(t, "made.csv"))
		var lines []int
		for _, l := range r.Skipped {
			if l.Reason == statement.OpenQuote || l.Reason == statement.StrayQuote {
				lines = append(lines, l.Number)
			} else {
				rt.Fatalf("%+v\n%s", l, text)
			}
		}
		standard := csv.NewReader(strings.NewReader(whole))
		standard.Comma, standard.LazyQuotes = rune(delim[0]), true
		rows, wrong := standard.ReadAll()
		if wrong != nil {
			rt.Fatal(wrong)
		}
		if err != nil {
			if len(rows) > 1 {
				rt.Fatal(err, text)
			}
			return
		}
		if !slices.Equal(lines, broken) {
			rt.Fatalf("told of lines %v, broken are %v:\n%s", lines, broken, text)
		}
		got := r.Transactions
		for _, row := range rows[1:] {
			at := slices.IndexFunc(got, func(x wallet.Transaction) bool {
				return x.Merchant == plain(row[1]) && x.Reason == plain(row[3]) && fmt.Sprint(x.Amount.Minor) == row[2] && strings.HasPrefix(x.At.In(zoneOf(options(t, ""))).Format("2006-01-02"), row[0])
			})
			if at < 0 {
				rt.Fatalf("no line for %q in %+v", row, got)
			}
			got = got[at+1:]
		}
	})
}

// plain is a field as it comes in.
func plain(s string) string { return strings.Join(strings.Fields(s), " ") }
