package export

import (
	"bufio"
	"encoding/csv"
	"strconv"
	"strings"
	"time"

	"jandon/internal/history"
	"jandon/internal/wallet"
)

// csvFile is a table by RFC 4180 with a header. Date and time are apart, for
// spreadsheets; at has both with the offset, so that no hour is ambiguous.
type csvFile struct {
	out  *bufio.Writer
	csv  *csv.Writer
	head Head
}

// instant is RFC 3339 with the thousandths of a second that lines are kept with.
const instant = "2006-01-02T15:04:05.999Z07:00"

func (f *csvFile) begin(h Head) {
	f.head, f.csv = h, csv.NewWriter(f.out)
	_ = f.csv.Write([]string{ // errors stay in the bufio.Writer, which reports them at its Flush
		"date", "time", "merchant", "amount", "currency", "type", "status", "category", "issuer", "kind", "channel",
		"reason", "contact", "order", "id", "settlement", "refund_of", "at", "amount_minor",
		"original_amount", "original_currency", "approval",
	})
}

func (f *csvFile) line(r *history.Row) {
	price := ""
	if r.Original.Currency != "" {
		price = r.Original.Plain()
	}
	_ = f.csv.Write([]string{
		r.Day.String(), r.At.In(f.head.Zone).Format(time.TimeOnly), inert(r.Merchant), r.Amount.Plain(), string(r.Amount.Currency),
		r.Type.String(), r.Status.String(), inert(r.Category), inert(f.head.Name(r.Issuer)), r.Kind.String(), inert(r.Channel),
		inert(r.Reason), inert(r.Contact), inert(r.Order), inert(r.ID), inert(r.Settlement), inert(r.RefundOf),
		r.At.In(f.head.Zone).Format(instant), strconv.FormatInt(r.Amount.Minor, 10),
		price, string(r.Original.Currency), inert(r.Approval),
	})
}

func (f *csvFile) paid(*wallet.Settlement) {} // a line names its bill; a bill is no line

func (f *csvFile) end() { f.csv.Flush() }

// inert keeps a spreadsheet from running a merchant's text as a formula: an
// apostrophe before it makes it text (OWASP, CSV injection). A text that has an
// apostrophe itself gets another one, so that taking one away before any of
// these characters gives every text back. Numbers are ours and stay numbers.
func inert(s string) string {
	if s != "" && strings.IndexByte("=+-@\t\r'", s[0]) >= 0 {
		return "'" + s
	}
	return s
}
