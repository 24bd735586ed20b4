package statement

import (
	"bytes"
	"slices"
	"strings"
	"unicode"

	"jandon/internal/history"
	"jandon/internal/money"
)

// layout is how a delimited file was understood.
type layout struct {
	delim    byte
	cols     columns
	header   []string
	line     int   // of the header; 0: none
	body     int64 // where the first line after it begins
	number   int   // of that line
	dates    census
	order    order
	format   money.Number
	amounts  []string // samples
	currency money.Currency
}

const (
	// maxPreamble is how many lines may stand before the header: statements
	// of banks have a dozen with names, periods and sums.
	maxPreamble = 60
	// sampled is how many lines are looked at before the first is read.
	sampled = 1000
)

var delimiters = []byte{',', ';', '\t', '|'}

// layoutOf finds the delimiter and the columns.
func layoutOf(text script, o Options) (*layout, error) {
	if o.Rules != nil {
		l := o.Rules.layout(text, 0)
		if l == nil {
			return nil, notStatement("columns_missing")
		}
		err := l.survey(text, o, sampled)
		l.ruled(o.Rules)
		return l, err
	}
	var best *layout
	bestScore := 0
	for _, d := range delimiters {
		l, score := tryDelimiter(text, d)
		if l != nil && score > bestScore {
			best, bestScore = l, score
		}
	}
	if best == nil {
		return nil, notStatement("no_columns")
	}
	return best, best.survey(text, o, sampled)
}

// tryDelimiter looks for a header, and if there is none for columns that hold
// dates and amounts. A header that is understood outweighs any guess.
func tryDelimiter(text script, delim byte) (*layout, int) {
	s := newScanner(text(0), delim)
	var sample [][][]byte
	var best *layout
	known := 0
	for n := 0; n < maxPreamble && s.next(); n++ {
		if len(s.fields) < 2 || len(s.fields) > maxColumns || s.huge() {
			continue
		}
		if c, k := columnsOf(s.fields); c.usable() && k > known {
			known = k
			best = &layout{delim: delim, cols: c, line: s.line, body: s.place(), number: s.number}
			for _, f := range s.fields {
				best.header = append(best.header, cell(f))
			}
		}
		if !s.blank() && len(sample) < 20 {
			sample = append(sample, cloneFields(s.fields))
		}
	}
	if best != nil {
		return best, 1000*known + len(best.header)
	}
	if c := infer(sample); c.usable() {
		return &layout{delim: delim, cols: c, number: 1}, 100 + len(sample[0])
	}
	return nil, 0
}

func cloneFields(fields [][]byte) [][]byte {
	list := make([][]byte, len(fields))
	for i, f := range fields {
		list[i] = bytes.Clone(f)
	}
	return list
}

// survey looks at the dates, numbers and currencies of up to limit lines; 0:
// of all.
func (l *layout) survey(text script, o Options, limit int) error {
	l.dates, l.amounts = census{}, nil
	tomorrow := int64(1) << 62
	if !o.Now.IsZero() {
		tomorrow = o.Now.Unix() + 24*3600
	}
	codes := map[money.Currency]int{}
	seen := map[string]bool{}
	s := l.scanner(text)
	for n := 0; (n < limit || limit == 0) && s.next(); {
		if len(s.fields) < l.cols.width() || s.huge() || l.odd(s) {
			continue
		}
		n++
		if l.cols.has(colDate) {
			l.dates.add(bytes.TrimSpace(s.fields[l.cols[colDate]]), tomorrow)
		}
		for _, m := range []meaning{colAmount, colDebit, colCredit} {
			if !l.cols.has(m) || l.cols[m] >= len(s.fields) {
				continue
			}
			// One sample of each shape says all there is to say.
			if a := bytes.TrimSpace(s.fields[l.cols[m]]); len(a) > 0 && len(a) < 40 && len(seen) < 512 {
				if shape := string(bytes.Map(digitShape, a)); !seen[shape] {
					seen[shape] = true
					l.amounts = append(l.amounts, string(a))
				}
			}
		}
		if l.cols.has(colCurrency) && l.cols[colCurrency] < len(s.fields) {
			if c := money.Currency(strings.ToUpper(string(bytes.TrimSpace(s.fields[l.cols[colCurrency]])))); c.Valid() {
				codes[c]++
			}
		}
	}
	l.currency = l.chooseCurrency(o, codes)
	l.order = l.dates.choose(l.currency == money.USD || o.Zone != nil && strings.HasPrefix(o.Zone.String(), "America/"))
	l.format = money.GuessNumber(l.currency, l.amounts...)
	if l.format == (money.Number{}) {
		l.format = l.commonest()
	}
	return s.err
}

// odd reports a record that has too few fields, but as many as the header if
// its quotes are text.
func (l *layout) odd(s *scanner) bool {
	return l.line > 0 && len(s.fields) < len(l.header) && s.apart() == len(l.header)
}

func digitShape(r rune) rune {
	if r >= '1' && r <= '9' {
		return '1' // zeros differ: 1300.00 won are none with decimals
	}
	return r
}

// commonest is the way of writing that most samples follow, where none fits all.
func (l *layout) commonest() money.Number {
	best, most := money.Point, -1
	for _, f := range []money.Number{money.Point, money.Comma, {Decimal: '.', Group: ' '}, {Decimal: ',', Group: ' '}} {
		n := 0
		for _, a := range l.amounts {
			if _, err := money.ParseNumber(a, l.currency, f); err == nil {
				n++
			}
		}
		if n > most {
			best, most = f, n
		}
	}
	return best
}

// chooseCurrency takes what was asked for, the column's, the mark beside
// amounts or in the header, or what the language and the decimals suggest.
func (l *layout) chooseCurrency(o Options, codes map[money.Currency]int) money.Currency {
	best := money.Currency("")
	for c, n := range codes {
		if n > codes[best] || n == codes[best] && c < best {
			best = c
		}
	}
	if best != "" {
		return best
	}
	if o.Currency != "" {
		return o.Currency
	}
	marks := strings.Join(l.amounts, " ")
	for _, m := range []meaning{colAmount, colDebit, colCredit} {
		if l.cols.has(m) && l.cols[m] < len(l.header) {
			marks += " " + l.header[l.cols[m]]
		}
	}
	names := strings.Join(l.header, "")
	chinese := strings.Contains(names, "金额") || strings.Contains(names, "交易")
	if chinese && strings.ContainsAny(marks, "¥￥元") { // yen have the same mark
		return "CNY"
	}
	for _, c := range []struct {
		marks string
		c     money.Currency
	}{{"₩|￦|원|KRW", money.KRW}, {"€|EUR", "EUR"}, {"£|GBP", "GBP"}, {"JPY|円|엔|¥", "JPY"}, {"$|USD", money.USD}} {
		for m := range strings.SplitSeq(c.marks, "|") {
			if strings.Contains(marks, m) {
				return c.c
			}
		}
	}
	if strings.ContainsFunc(strings.Join(l.header, ""), func(r rune) bool { return unicode.Is(unicode.Hangul, r) }) {
		return money.KRW
	}
	switch {
	case strings.ContainsFunc(names, func(r rune) bool { return unicode.In(r, unicode.Hiragana, unicode.Katakana) }), strings.Contains(names, "金額"), strings.Contains(names, "出金"):
		return "JPY"
	case chinese:
		return "CNY"
	}
	decimal := func(mark string) bool {
		return slices.ContainsFunc(l.amounts, func(a string) bool {
			a = strings.TrimRight(a, " -)")
			rest := a[strings.LastIndex(a, mark)+1:]
			return len(rest) < len(a) && len(rest) <= 2 && allDigits(rest)
		})
	}
	switch {
	case decimal(","):
		return "EUR"
	case decimal("."):
		return money.USD
	}
	return money.KRW
}

// scanner stands before the first line of the body.
func (l *layout) scanner(text script) *scanner {
	s := newScanner(text(l.body), l.delim)
	s.number = l.number
	return s
}

// isHeader reports the header once more, as exports that were put together have it.
func (l *layout) isHeader(fields [][]byte) bool {
	if len(l.header) == 0 || len(fields) != len(l.header) {
		return false
	}
	for i, f := range fields {
		if history.Fold(cell(f)) != history.Fold(l.header[i]) {
			return false
		}
	}
	return true
}
