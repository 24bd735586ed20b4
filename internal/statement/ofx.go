package statement

import (
	"bytes"
	"cmp"
	"math/big"
	"strings"
	"time"

	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

func sniffOFX(head []byte) bool {
	upper := bytes.ToUpper(head)
	return bytes.Contains(upper, []byte("OFXHEADER")) || bytes.Contains(upper, []byte("<OFX>"))
}

// ofxReader goes through the tags of an OFX file, whatever they stand in: the
// lines of banks, cards and the bank part of investment accounts look the same.
type ofxReader struct {
	c        *collector
	accounts []account
	card     bool

	x     map[string]string // the leaves of the transaction that is open, by name; aggregate.name inside one
	line  int
	inner string // the aggregate that is open
	lines int    // read so far
}

// ofx is a file in OFX 1.x (SGML) or 2.x (XML), of which QFX is a kind.
type ofx struct {
	text     script
	encoding string
}

func openOFX(in *source, _ Options) (form, error) {
	text, encoding, err := in.decodeOFX()
	if err != nil {
		return nil, err
	}
	head := text(0)
	for len(head.data) < maxDoctype && !head.done {
		head.more(0)
	}
	switch {
	case bytes.IndexByte(head.data, '<') < 0:
		return nil, notStatement("cut_off")
	case doctype(head.data):
		return nil, notStatement("entities")
	}
	return &ofx{text, encoding}, head.err
}

func (f *ofx) read(c *collector) error {
	c.res.Detected.Encoding, c.res.Detected.Dates, c.res.Detected.Sign = f.encoding, orderWords[ymd], NegativeSpent
	r := &ofxReader{c: c}
	tags := &tagScanner{text: f.text(0), line: 1}
	ended := false
	for !c.halted() && tags.next() {
		if tags.name == "OFX" && tags.close {
			ended = true
			break
		}
		r.tag(tags)
	}
	switch {
	case tags.err != nil:
		return tags.err
	case c.stopped:
		return nil
	case !ended: // also where all lines are whole: nobody knows how many are missing
		return notStatement("cut_off")
	case len(r.accounts) == 0 && r.lines == 0 && c.res.Lines == 0:
		return notStatement("no_columns")
	}
	for i := range r.accounts {
		list := r.accounts[i].stated()
		if len(r.accounts) == 1 && len(list) > 0 {
			list[0].Account = ""
		}
		c.res.Stated = append(c.res.Stated, list...)
	}
	return nil
}

// now is the account whose statement is being read.
func (r *ofxReader) now() *account {
	if len(r.accounts) == 0 {
		r.accounts = append(r.accounts, account{currency: r.c.o.Currency})
	}
	return &r.accounts[len(r.accounts)-1]
}

func (r *ofxReader) tag(t *tagScanner) {
	switch t.name {
	case "STMTRS", "CCSTMTRS", "INVSTMTRS":
		if !t.close {
			r.accounts = append(r.accounts, account{currency: r.c.o.Currency})
			r.c.accounts = len(r.accounts)
			r.card = t.name == "CCSTMTRS"
		}
		r.inner = ""
	case "STMTTRN", "STMTTRNP":
		r.finish(t)
		if !t.close {
			t.mark()
			r.x, r.line = map[string]string{"PENDING": t.name[7:]}, t.number
		}
	case "BANKTRANLIST", "BANKTRANLISTP", "INVTRANLIST":
		r.finish(t)
	case "BANKACCTFROM", "CCACCTFROM", "INVACCTFROM", "BANKACCTTO", "CCACCTTO", "LEDGERBAL", "AVAILBAL", "CURRENCY", "ORIGCURRENCY", "PAYEE":
		r.inner = t.name
		if t.close {
			r.inner = ""
		}
	case "BUYSTOCK", "SELLSTOCK", "BUYMF", "SELLMF", "INCOME", "REINVEST", "BUYDEBT", "SELLDEBT", "BUYOPT", "SELLOPT", "BUYOTHER", "SELLOTHER", "INVEXPENSE",
		"TRANSFER", "MARGININTEREST", "JRNLFUND", "JRNLSEC", "RETOFCAP", "SPLIT", "CLOSUREOPT":
		if !t.close && r.x == nil {
			r.c.drop(t.number, []byte(t.name), OtherPart)
		}
	default:
		if t.close || t.content == "" {
			return
		}
		r.leaf(t.name, t.content)
	}
}

func (r *ofxReader) leaf(name, text string) {
	switch {
	case r.x != nil && r.inner != "":
		r.x[r.inner+"."+name] = text
	case r.x != nil:
		if r.x[name] == "" {
			r.x[name] = text
		}
	case name == "CURDEF":
		if c := money.Currency(strings.ToUpper(text)); c.Valid() {
			r.now().currency = c
		}
	case name == "ACCTID" && r.inner != "":
		r.now().name = text
	case name == "BALAMT" && r.inner == "LEDGERBAL":
		a := r.now()
		if minor, why := exact(text, a.currency); why == "" {
			a.closing = &minor
		}
	}
}

// finish reads the transaction that is open.
func (r *ofxReader) finish(t *tagScanner) {
	if r.x == nil {
		return
	}
	x := r.x
	r.x, r.inner = nil, ""
	a := r.now()
	y := line{account: a.name}
	if why := r.read(x, a.currency, &y); why != "" {
		r.c.drop(r.line, t.shown, why)
		return
	}
	a.moved(y.minor)
	r.lines++
	r.c.take(&y, r.line, t.shown)
}

func (r *ofxReader) read(x map[string]string, currency money.Currency, y *line) Reason {
	if x["CORRECTACTION"] != "" {
		return Correction
	}
	if y.currency = currency; x["CURRENCY.CURSYM"] != "" {
		y.currency = money.Currency(strings.ToUpper(x["CURRENCY.CURSYM"]))
	}
	if !y.currency.Valid() {
		return BadMoney
	}
	var ok bool
	for _, name := range []string{"DTUSER", "DTPOSTED", "DTTRAN"} { // when the person paid is better than when the bank noticed
		if y.at, ok = ofxTime(x[name], r.c.o.Zone); ok {
			break
		}
	}
	if !ok {
		return BadDate
	}
	var why Reason
	if y.minor, why = exact(x["TRNAMT"], y.currency); why != "" {
		return why
	}
	if orig := money.Currency(strings.ToUpper(x["ORIGCURRENCY.CURSYM"])); orig.Valid() {
		y.original = converted(y.minor, y.currency, orig, x["ORIGCURRENCY.CURRATE"])            //nolint:misspell // a tag of OFX
		y.lost = orig != y.currency && y.original.Minor == 0 && x["ORIGCURRENCY.CURRATE"] != "" //nolint:misspell // as above
	}
	y.merchant = cmp.Or(x["EXTDNAME"], x["PAYEE.NAME"], x["NAME"])
	if !strings.HasPrefix(y.merchant, x["NAME"]) { // a long name only where it is the same, longer
		y.merchant = x["NAME"]
	}
	y.reason, y.approval = x["MEMO"], cmp.Or(x["REFNUM"], x["CHECKNUM"])
	if y.id = x["FITID"]; strings.Trim(y.id, "0 ") == "" {
		y.id = ""
	}
	if x["PENDING"] != "" || x["TRNTYPE"] == "HOLD" {
		y.status = wallet.Pending
	}
	r.settle(x, y)
	return ""
}

// settle says what the line did: by our own tags, else by the standard's word.
func (r *ofxReader) settle(x map[string]string, y *line) {
	if t, err := wallet.ParseType(x["JANDON.TYPE"]); err == nil {
		y.typ = t
		if s, err := wallet.ParseStatus(x["JANDON.STATUS"]); err == nil {
			y.status = s
		}
		y.kind, _ = wallet.ParseKind(x["JANDON.KIND"])
		if price := stated(x["JANDON.PRICE"]); price.Currency != "" { // the rate is rounded
			y.original = price
		}
		y.category, y.issuer, y.channel = x["JANDON.CATEGORY"], x["JANDON.ISSUER"], x["JANDON.CHANNEL"]
		y.merchant, y.contact, y.settlement, y.refunds = x["JANDON.NAME"], x["JANDON.CONTACT"], x["JANDON.BILL"], x["JANDON.REFUNDOF"]
		y.reason, y.whole = cmp.Or(x["JANDON.MEMO"], y.reason), true
		if y.order, y.approval = x["JANDON.ORDER"], x["JANDON.APPROVAL"]; y.order+y.approval == "" {
			y.order = x["REFNUM"] // as our exports had it once
		}
		return
	}
	y.typ, y.unsure = ofxType(strings.ToUpper(x["TRNTYPE"]), y.minor, r.card)
}

// ofxType is what a word of OFX (11.4.4.3) means with a sign. Debits of some
// banks have no minus; then the word alone says it.
func ofxType(word string, minor int64, card bool) (t wallet.Type, unsure bool) {
	out := minor < 0
	switch word {
	case "FEE", "SRVCHG":
		if !out && minor != 0 {
			return wallet.FeeCharge, true
		}
		return wallet.FeeCharge, false
	case "INT", "DIV":
		if out {
			return wallet.FeeCharge, false
		}
		return wallet.Earn, false
	case "XFER", "ATM", "CASH":
		if out {
			return wallet.TransferOut, false
		}
		return wallet.TransferIn, false
	case "DEP", "DIRECTDEP":
		if out {
			return wallet.Payment, false
		}
		return wallet.TransferIn, false
	case "CREDIT":
		if card && minor > 0 {
			return wallet.Refund, false
		}
	case "PAYMENT":
		if card && minor > 0 { // paying the card
			return wallet.TransferIn, false
		}
		return wallet.Payment, minor > 0
	case "DEBIT", "POS", "CHECK", "DIRECTDEBIT", "REPEATPMT":
		return wallet.Payment, minor > 0
	}
	return wallet.TypeUnknown, false
}

// converted is the price before an exchange rate (OFX 5.2: units of the
// statement's currency for one of the other).
func converted(minor int64, from, to money.Currency, rate string) money.Amount {
	if len(rate) > 30 || strings.ContainsAny(rate, "eEpP/") { // 1e999999 is a number of a million digits
		return money.Amount{}
	}
	by, ok := new(big.Rat).SetString(strings.ReplaceAll(strings.TrimSpace(rate), ",", "."))
	if !ok || by.Sign() <= 0 {
		return money.Amount{}
	}
	v := new(big.Rat).SetFrac(big.NewInt(max(minor, -minor)), tenTo(from.Digits()))
	v.Quo(v, by).Mul(v, new(big.Rat).SetInt(tenTo(to.Digits())))
	twice := new(big.Int).Mul(v.Num(), big.NewInt(2))
	n := twice.Add(twice, v.Denom()).Quo(twice, new(big.Int).Mul(v.Denom(), big.NewInt(2)))
	if !n.IsInt64() || n.Int64() > maxMinor {
		return money.Amount{}
	}
	return money.Of(n.Int64(), to)
}

func tenTo(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

// ofxTime reads 20261122, 20261122093015.123 and the same with [+9:KST]. A day
// without a clock, midnight and noon stand for the day as it is written,
// whatever the offset: banks write them so, and what was bought on the 22nd
// stays on the 22nd. Without an offset the day and clock are the person's.
func ofxTime(s string, zone *time.Location) (time.Time, bool) {
	s = strings.TrimSpace(s)
	bracket := ""
	if i := strings.IndexByte(s, '['); i >= 0 {
		s, bracket = strings.TrimSpace(s[:i]), strings.TrimSuffix(s[i+1:], "]")
	}
	digits, fraction, _ := strings.Cut(s, ".")
	var f [6]int
	if n := len(digits); n != 8 && n != 12 && n != 14 {
		return time.Time{}, false
	}
	for i, at := range [6][2]int{{0, 4}, {4, 6}, {6, 8}, {8, 10}, {10, 12}, {12, 14}} {
		if at[1] > len(digits) {
			break
		}
		for _, b := range []byte(digits[at[0]:at[1]]) {
			if b < '0' || b > '9' {
				return time.Time{}, false
			}
			f[i] = 10*f[i] + int(b-'0')
		}
	}
	if f[1] < 1 || f[1] > 12 || f[2] < 1 || f[2] > daysIn(f[0], f[1]) || f[3] > 23 || f[4] > 59 || f[5] > 60 {
		return time.Time{}, false
	}
	ms := 0
	for i := range 3 {
		ms *= 10
		if i < len(fraction) && fraction[i] >= '0' && fraction[i] <= '9' {
			ms += int(fraction[i] - '0')
		}
	}
	if offset, ok := ofxOffset(bracket); ok && (f[4] != 0 || f[5] != 0 || ms != 0 || f[3] != 0 && f[3] != 12) {
		return time.Date(f[0], time.Month(f[1]), f[2], f[3], f[4], f[5], ms*1e6, time.FixedZone("", offset)).UTC(), true
	}
	return civilTime(f[0], f[1], f[2], f[3], f[4], f[5], zone).Add(time.Duration(ms) * time.Millisecond), true
}

// civilTime is an instant by a person's calendar and clock; a day that begins
// later than midnight begins then.
func civilTime(y, m, d, hour, min, sec int, zone *time.Location) time.Time {
	if hour|min|sec == 0 {
		return history.DateOf(y, time.Month(m), d).Start(zone).UTC()
	}
	return time.Date(y, time.Month(m), d, hour, min, sec, 0, zone).UTC()
}

// ofxOffset reads +9:KST, -3.5 or 5.30 as seconds; a fraction is one of an
// hour, but .30 and .45 are minutes.
func ofxOffset(s string) (int, bool) {
	s, _, _ = strings.Cut(s, ":")
	v, ok := new(big.Rat).SetString(strings.TrimPrefix(strings.TrimSpace(s), "+"))
	if !ok || len(s) > 6 {
		return 0, false
	}
	if whole, part, found := strings.Cut(s, "."); found && (part == "30" || part == "45") {
		v.SetString(strings.TrimPrefix(whole, "+"))
		minutes := map[string]int64{"30": 30, "45": 45}[part]
		if strings.HasPrefix(whole, "-") {
			minutes = -minutes
		}
		v.Add(v, big.NewRat(minutes, 60))
	}
	f, _ := v.Float64()
	if f < -15 || f > 15 {
		return 0, false
	}
	return int(f * 3600), true
}
