package statement

import (
	"bytes"
	"cmp"
	"strings"
	"time"

	"jandon/internal/money"
	"jandon/internal/wallet"
)

// sniffJournal knows a journal by a dated line with an indented one below it,
// or by its directives.
func sniffJournal(head []byte) bool {
	lines := linesOf(head)
	dated, directives := false, 0
	for lines.next() {
		s := lines.line
		if indented(s) && dated && looksLikePosting(s) {
			return true
		}
		if len(bytes.TrimSpace(s)) == 0 {
			dated = false
			continue
		}
		if !indented(s) || !isNote(bytes.TrimSpace(s)) {
			_, rest, ok := journalDate(s)
			dated = ok && bytes.IndexByte(s, '\t') < 0 || dated && indented(s) // a table with tabs has dates too
			word, _, _ := bytes.Cut(rest, []byte(" "))
			switch {
			case ok && (string(word) == "open" || string(word) == "commodity"), !ok && isDirective(s):
				directives++
			}
		}
	}
	return directives > 1
}

func indented(s []byte) bool { return len(s) > 0 && (s[0] == ' ' || s[0] == '\t') }

func isNote(s []byte) bool { return len(s) > 0 && (s[0] == ';' || s[0] == '#') }

func isDirective(s []byte) bool {
	for _, w := range []string{"account ", "commodity ", "decimal-mark ", "option \"", "P 2", "include ", "plugin \"", "alias ", "payee "} {
		if bytes.HasPrefix(s, []byte(w)) {
			return true
		}
	}
	return false
}

// looksLikePosting wants an account and a number apart from it.
func looksLikePosting(s []byte) bool {
	p, ok := parsePosting(s)
	return ok && (p.amount != "" || strings.Contains(p.account, ":"))
}

// journalDate takes 2026-11-22, 2026/11/22 or 2026.11.22 off a line, with a
// secondary date behind a =.
func journalDate(s []byte) (date [3]int, rest []byte, ok bool) {
	i := 0
	var sep byte
	for n := range 3 {
		from := i
		for i < len(s) && s[i] >= '0' && s[i] <= '9' && i-from < 4 {
			date[n] = 10*date[n] + int(s[i]-'0')
			i++
		}
		if i == from || n == 0 && i-from != 4 || n > 0 && i-from > 2 {
			return date, nil, false
		}
		if n < 2 {
			if i >= len(s) || s[i] != '-' && s[i] != '/' && s[i] != '.' || n == 1 && s[i] != sep {
				return date, nil, false
			}
			sep = s[i]
			i++
		}
	}
	if i < len(s) && s[i] == '=' {
		for i < len(s) && s[i] != ' ' && s[i] != '\t' {
			i++
		}
	}
	if i < len(s) && s[i] != ' ' && s[i] != '\t' {
		return date, nil, false
	}
	return date, bytes.TrimSpace(s[i:]), true
}

// posting is one side of a transaction.
type posting struct {
	account  string
	amount   string // the number alone; "" if it is left to be found
	currency money.Currency
	price    bool   // an exchange rate or a cost follows …
	total    string // … and this is what all of it costs, as @@ says it …
	each     string // … or what one does, as @ says it
}

// journalEntry is a dated transaction with its postings and tags.
type journalEntry struct {
	number   int
	text     []byte
	date     [3]int
	status   wallet.Status
	code     string
	title    string
	note     string
	postings []posting
	tags     map[string]string
	bad      Reason
}

// journalReader reads the plain part of hledger's, ledger's and beancount's
// journals: dated transactions that move one amount to or from an account of
// one's own. All else is listed.
type journalReader struct {
	c     *collector
	comma bool // decimal-mark ,
	base  money.Currency
	e     *journalEntry
	block bool // in a block comment
}

// journal is a file in plain text accounting.
type journal struct {
	text     script
	encoding string
}

func openJournal(in *source, _ Options) (form, error) {
	text, encoding, err := in.decode()
	return &journal{text, encoding}, err
}

func (f *journal) read(c *collector) error {
	r := &journalReader{c: c, base: c.o.Currency}
	lines := lineScanner{text: f.text(0)}
	for !c.halted() && lines.next() {
		r.line(lines.line, lines.number)
	}
	if lines.err != nil {
		return lines.err
	}
	r.close()
	d := &c.res.Detected
	d.Encoding, d.Dates, d.Sign, d.Number = f.encoding, orderWords[ymd], ByType, money.Point
	if r.comma {
		d.Number = money.Comma
	}
	return nil
}

func (r *journalReader) line(s []byte, number int) {
	trimmed := bytes.TrimSpace(s)
	switch {
	case r.block:
		r.block = string(trimmed) != "end comment"
		return
	case len(trimmed) == 0:
		r.close()
		return
	case indented(s):
		if r.e != nil {
			r.e.below(trimmed)
		}
		return
	}
	r.close()
	if isNote(trimmed) || trimmed[0] == '*' || trimmed[0] == '%' || trimmed[0] == '|' {
		return
	}
	if string(trimmed) == "comment" {
		r.block = true
		return
	}
	date, rest, ok := journalDate(s)
	if !ok {
		r.directive(trimmed, number)
		return
	}
	word, _, _ := bytes.Cut(rest, []byte(" "))
	switch string(word) {
	case "open", "close", "commodity", "price", "balance", "pad", "note", "document", "event", "query", "custom":
		if r.directive(trimmed, number); string(word) == "open" || string(word) == "commodity" {
			return
		}
		return
	}
	r.e = &journalEntry{number: number, text: bytes.Clone(s[:min(len(s), 16*maxShown)]), date: date, status: wallet.Posted}
	r.e.head(string(rest))
}

// directive lists what is said to the program alone. Declarations of names
// move nothing and are told in one number with the other lines before the
// first transaction.
func (r *journalReader) directive(s []byte, number int) {
	if rest, ok := bytes.CutPrefix(s, []byte("decimal-mark ")); ok {
		r.comma = bytes.HasPrefix(bytes.TrimSpace(rest), []byte(","))
	}
	for _, w := range []string{"~ ", "= ", "~", "="} { // periodic and automated transactions
		if bytes.HasPrefix(s, []byte(w)) {
			r.e = &journalEntry{number: number, text: bytes.Clone(s[:min(len(s), 16*maxShown)]), bad: Directive}
			return
		}
	}
	r.c.drop(number, s, Directive)
	r.e = nil
}

// head reads the status, the code in brackets, the payee and the note of a
// first line; beancount's are in quotes.
func (e *journalEntry) head(s string) {
	if rest, ok := strings.CutPrefix(s, "txn "); ok {
		s = "* " + rest
	}
	if s != "" && (s[0] == '*' || s[0] == '!') {
		if s[0] == '!' {
			e.status = wallet.Pending
		}
		s = strings.TrimSpace(s[1:])
	}
	if strings.HasPrefix(s, `"`) {
		var texts []string
		for len(texts) < 2 && strings.HasPrefix(s, `"`) {
			text, rest, ok := unquote(s)
			if !ok {
				break
			}
			texts = append(texts, text)
			s = strings.TrimSpace(rest)
		}
		switch len(texts) {
		case 2:
			e.title, e.note = texts[0], texts[1]
		case 1:
			e.title = texts[0]
		}
		return
	}
	if strings.HasPrefix(s, "(") {
		if end := strings.IndexByte(s, ')'); end > 0 {
			e.code, s = s[1:end], strings.TrimSpace(s[end+1:])
		}
	}
	s, comment, _ := strings.Cut(s, ";")
	e.comment(comment)
	e.title, e.note, _ = strings.Cut(strings.TrimSpace(s), "|")
	e.title, e.note = strings.TrimSpace(e.title), strings.TrimSpace(e.note)
}

func unquote(s string) (text, rest string, ok bool) {
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			if i++; i < len(s) {
				b.WriteByte(s[i])
			}
		case '"':
			return b.String(), s[i+1:], true
		default:
			b.WriteByte(s[i])
		}
	}
	return "", s, false
}

// below reads a line under the first: a posting, a comment or a tag.
func (e *journalEntry) below(s []byte) {
	if isNote(s) {
		e.comment(string(s[1:]))
		return
	}
	if key, value, ok := bytes.Cut(s, []byte(":")); ok && len(key) > 0 && key[0] >= 'a' && key[0] <= 'z' && !bytes.ContainsAny(key, " \t") && (len(value) == 0 || value[0] == ' ') {
		text := strings.TrimSpace(string(value)) // beancount's metadata
		if q, _, ok := unquote(text); ok && strings.HasPrefix(text, `"`) {
			text = q
		}
		e.tag(string(key), text)
		return
	}
	if len(e.postings) >= 64 {
		e.bad = Complex
		return
	}
	p, ok := parsePosting(append([]byte("  "), s...))
	if !ok {
		e.bad = cmp.Or(e.bad, BadAmount)
		return
	}
	e.postings = append(e.postings, p)
}

// comment finds hledger's tags (name:value, name:value).
func (e *journalEntry) comment(s string) {
	for part := range strings.SplitSeq(s, ",") {
		key, value, ok := strings.Cut(strings.TrimSpace(part), ":")
		if ok && key != "" && !strings.ContainsAny(key, " \t") {
			e.tag(key, strings.TrimSpace(value))
		} else if e.note == "" && !ok {
			e.note = strings.TrimSpace(s)
			return
		}
	}
}

func (e *journalEntry) tag(key, value string) {
	if e.tags == nil {
		e.tags = map[string]string{}
	}
	if len(e.tags) < 64 {
		e.tags[key] = value
	}
}

// close reads the transaction that is open.
func (r *journalReader) close() {
	e := r.e
	if r.e = nil; e == nil {
		return
	}
	if e.bad != "" {
		r.c.drop(e.number, e.text, e.bad)
		return
	}
	x, why := e.transaction(r)
	if why != "" {
		r.c.drop(e.number, e.text, why)
		return
	}
	r.c.take(&x, e.number, e.text)
}

func (e *journalEntry) transaction(r *journalReader) (x line, why Reason) {
	y, m, d := e.date[0], e.date[1], e.date[2]
	if m < 1 || m > 12 || d < 1 || d > daysIn(y, m) {
		return x, BadDate
	}
	x.at = civilTime(y, m, d, 0, 0, 0, r.c.o.Zone)
	if t, err := time.Parse(time.RFC3339, e.tags["at"]); err == nil {
		x.at = t.UTC()
	}
	own, other, why := e.sides(r)
	if why != "" {
		return x, why
	}
	x.minor, x.currency, x.original = own.minor, own.currency, own.original
	x.merchant, x.reason, x.status = e.title, e.note, e.status
	x.id = cmp.Or(e.tags["id"], e.code)
	x.order, x.approval = e.tags["order"], e.tags["approval"]
	x.kind, _ = wallet.ParseKind(e.tags["kind"])
	class, name, _ := strings.Cut(other, ":")
	if t, err := wallet.ParseType(e.tags["type"]); err == nil {
		x.typ = t
	} else {
		x.typ = journalType(strings.ToLower(class), x.minor)
	}
	if c := strings.ToLower(class); c == "expenses" || c == "income" {
		x.category = name
	}
	if x.typ == wallet.TransferIn || x.typ == wallet.TransferOut {
		x.merchant = cmp.Or(x.merchant, other)
	}
	return x, ""
}

func journalType(class string, minor int64) wallet.Type {
	switch {
	case (class == "expenses" || class == "expense") && minor > 0:
		return wallet.Refund
	case class == "income" || class == "revenues" || class == "revenue":
		if minor < 0 {
			return wallet.Payment
		}
		return wallet.TypeUnknown // by its words
	case class == "assets" || class == "liabilities" || class == "equity" || class == "asset" || class == "liability":
		if minor < 0 {
			return wallet.TransferOut
		}
		return wallet.TransferIn
	}
	return wallet.TypeUnknown
}
