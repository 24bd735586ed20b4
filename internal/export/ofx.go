package export

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// ofxFile is a bank statement by OFX 2.2. A statement has one currency: lines
// in others wait in memory and follow as statements of their own, since nobody
// knows the rate that OFX would ask for. What the standard has no field for
// stands in tags of our own (JANDON.TYPE …), as section 2.7 of the
// specification allows; our reader gives every line back as it was.
type ofxFile struct {
	out    *bufio.Writer
	head   Head
	sums   map[money.Currency]*big.Int
	others map[money.Currency]*bytes.Buffer
}

const ofxHead = `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<?OFX OFXHEADER="200" VERSION="220" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>
<OFX>
<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS><DTSERVER>%s</DTSERVER><LANGUAGE>ENG</LANGUAGE></SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1>
`

func (f *ofxFile) begin(h Head) {
	if h.Currency == "" { // an empty history
		h.Currency = money.KRW
	}
	h.Last = max(h.First, h.Last)
	f.head, f.sums, f.others = h, map[money.Currency]*big.Int{}, map[money.Currency]*bytes.Buffer{}
	fmt.Fprintf(f.out, ofxHead, f.day(h.Last))
	f.open(f.out, h.Currency, "wallet")
}

func (f *ofxFile) open(w anyWriter, c money.Currency, account string) {
	fmt.Fprintf(w, "<STMTTRNRS><TRNUID>0</TRNUID><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS>\n<STMTRS><CURDEF>%s</CURDEF>"+
		"<BANKACCTFROM><BANKID>jandon</BANKID><ACCTID>%s</ACCTID><ACCTTYPE>CHECKING</ACCTTYPE></BANKACCTFROM>\n<BANKTRANLIST><DTSTART>%s</DTSTART><DTEND>%s</DTEND>\n",
		c, account, f.day(f.head.First), f.day(f.head.Last))
}

// shut ends a statement. The balance is the sum of its lines, which is all
// that a list of lines knows.
func (f *ofxFile) shut(c money.Currency) {
	sum := "0"
	if f.sums[c] != nil {
		sum = decimal(f.sums[c], c.Digits())
	}
	fmt.Fprintf(f.out, "</BANKTRANLIST><LEDGERBAL><BALAMT>%s</BALAMT><DTASOF>%s</DTASOF></LEDGERBAL></STMTRS></STMTTRNRS>\n", sum, f.day(f.head.Last))
}

// anyWriter is the file or the lines that wait.
type anyWriter interface{ Write([]byte) (int, error) }

// Lengths of OFX's fields in characters.
const (
	ofxName     = 32
	ofxLongName = 100
	ofxMemo     = 255
	ofxRef      = 32
)

func (f *ofxFile) line(r *history.Row) {
	var w anyWriter = f.out
	if r.Amount.Currency != f.head.Currency {
		if f.others[r.Amount.Currency] == nil {
			f.others[r.Amount.Currency] = &bytes.Buffer{}
		}
		w = f.others[r.Amount.Currency]
	}
	if f.sums[r.Amount.Currency] == nil {
		f.sums[r.Amount.Currency] = new(big.Int)
	}
	f.sums[r.Amount.Currency].Add(f.sums[r.Amount.Currency], big.NewInt(r.Amount.Minor))
	fmt.Fprintf(w, "<STMTTRN><TRNTYPE>%s</TRNTYPE><DTPOSTED>%s</DTPOSTED><TRNAMT>%s</TRNAMT>", ofxWord(r.Type, r.Amount.Minor), f.instant(r.At), r.Amount.Plain())
	tag(w, "FITID", r.ID)
	if number := r.Number(); utf8.RuneCountInString(number) <= ofxRef {
		tag(w, "REFNUM", number)
	}
	tag(w, "NAME", cut(title(r), ofxName))
	if name := r.Merchant; utf8.RuneCountInString(name) > ofxName {
		tag(w, "EXTDNAME", cut(name, ofxLongName))
	}
	tag(w, "MEMO", cut(r.Reason, ofxMemo))
	if r.Original.Currency != "" && r.Original.Minor > 0 && r.Amount.Minor != 0 {
		fmt.Fprintf(w, "<ORIGCURRENCY><CURRATE>%s</CURRATE><CURSYM>%s</CURSYM></ORIGCURRENCY>", rate(r.Amount, r.Original), r.Original.Currency) //nolint:misspell // a tag of OFX
	}
	if r.Original.Currency != "" {
		tag(w, "JANDON.PRICE", r.Original.Plain()+" "+string(r.Original.Currency))
	}
	tag(w, "JANDON.TYPE", r.Type.String())
	tag(w, "JANDON.STATUS", r.Status.String())
	tag(w, "JANDON.KIND", r.Kind.String())
	tag(w, "JANDON.NAME", r.Merchant)
	for _, x := range [...][2]string{
		{"ISSUER", f.head.Name(r.Issuer)}, {"CATEGORY", r.Category}, {"CHANNEL", r.Channel}, {"CONTACT", r.Contact}, {"BILL", r.Settlement}, {"REFUNDOF", r.RefundOf},
		{"ORDER", r.Order}, {"APPROVAL", r.Approval},
	} {
		tag(w, "JANDON."+x[0], x[1])
	}
	if utf8.RuneCountInString(r.Reason) > ofxMemo {
		tag(w, "JANDON.MEMO", r.Reason)
	}
	fmt.Fprint(w, "</STMTTRN>\n")
}

func (f *ofxFile) paid(*wallet.Settlement) {} // a line names its bill; a bill is no line

func (f *ofxFile) end() {
	f.shut(f.head.Currency)
	codes := make([]money.Currency, 0, len(f.others))
	for c := range f.others {
		codes = append(codes, c)
	}
	slices.Sort(codes)
	for _, c := range codes {
		f.open(f.out, c, "wallet-"+strings.ToLower(string(c)))
		_, _ = f.out.Write(f.others[c].Bytes())
		f.shut(c)
	}
	_, _ = f.out.WriteString("</BANKMSGSRSV1>\n</OFX>\n")
}

func (f *ofxFile) day(d history.Day) string { return strings.ReplaceAll(d.String(), "-", "") }

// instant is local time with its offset from UTC in hours (3.2.8.2).
func (f *ofxFile) instant(t time.Time) string {
	t = t.In(f.head.Zone)
	name, offset := t.Zone()
	hours := strconv.FormatFloat(float64(offset)/3600, 'f', -1, 64)
	if offset >= 0 {
		hours = "+" + hours
	}
	if strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" || name == "" {
		name = "GMT" + hours
	}
	return t.Format("20060102150405.000") + "[" + hours + ":" + name + "]"
}

// ofxWord is the standard's word (11.4.4.3) that is nearest to a type.
func ofxWord(t wallet.Type, minor int64) string {
	switch t {
	case wallet.FeeCharge:
		return "FEE"
	case wallet.Earn:
		return "INT"
	case wallet.TransferIn, wallet.TransferOut, wallet.Conversion:
		return "XFER"
	case wallet.Topup:
		return "DEP"
	}
	if minor < 0 {
		return "DEBIT"
	}
	return "CREDIT"
}

// rate is how much of the statement's currency one of the other was (5.2), with
// twelve decimals; what it is of stands beside it.
func rate(paid, price money.Amount) string {
	of := new(big.Rat).SetFrac(big.NewInt(paid.Minor), tenTo(paid.Currency.Digits()))
	of.Quo(of.Abs(of), new(big.Rat).SetFrac(big.NewInt(price.Minor), tenTo(price.Currency.Digits())))
	return of.FloatString(12)
}

func tenTo(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

// tag writes a leaf, if there is something in it.
func tag(w anyWriter, name, text string) {
	if text == "" {
		return
	}
	fmt.Fprintf(w, "<%s>", name)
	_ = xml.EscapeText(w, []byte(text)) // errors stay with the buffer
	fmt.Fprintf(w, "</%s>", name)
}

func cut(s string, most int) string {
	if runes := []rune(s); len(runes) > most {
		return strings.TrimSpace(string(runes[:most]))
	}
	return s
}

// decimal writes a number of minor units of any size.
func decimal(n *big.Int, digits int) string {
	s := new(big.Int).Abs(n).String()
	if digits > 0 {
		if len(s) <= digits {
			s = strings.Repeat("0", digits+1-len(s)) + s
		}
		s = s[:len(s)-digits] + "." + s[len(s)-digits:]
	}
	if n.Sign() < 0 {
		s = "-" + s
	}
	return s
}
