package statement

import (
	"strings"

	"jandon/internal/history"
	"jandon/internal/money"
)

// layout is how the rules say that a table is to be understood; nil if it has
// no line with the columns they name. What the rules leave open is found out.
func (r *Rules) layout(text script, delim byte) *layout {
	if delim == 0 {
		delim = r.Delimiter
	}
	var best *layout
	score := 0
	for _, d := range delimiters {
		if delim != 0 {
			d = delim
		}
		if l, n := r.table(text, d); l != nil && n > score {
			best, score = l, n
		}
		if delim != 0 {
			break
		}
	}
	return best
}

// table looks for the header that the rules want; known is how many columns
// were found.
func (r *Rules) table(text script, delim byte) (best *layout, known int) {
	s := newScanner(text(0), delim)
	for n := 0; n < r.Skip; n++ {
		if !s.next() {
			return nil, 0
		}
	}
	if r.Header != nil && !*r.Header || r.Header == nil && r.numbered() {
		l := &layout{delim: delim, cols: noColumns(), body: s.place(), number: s.number}
		k := r.place(&l.cols, nil)
		var sample [][][]byte
		for n := 0; n < 20 && s.next(); n++ {
			sample = append(sample, cloneFields(s.fields))
		}
		if len(r.Columns) == 0 {
			l.cols = infer(sample)
		}
		if width := l.cols.width(); !l.cols.usable() || len(sample) == 0 || len(sample[0]) < width {
			return nil, 0
		}
		return l, k + 1
	}
	for n := 0; n < maxPreamble && s.next(); n++ {
		if len(s.fields) > maxColumns || s.huge() {
			continue
		}
		c, k := columnsOf(s.fields)
		k += 10 * r.place(&c, s.fields)
		if c.usable() && k > known {
			known = k
			best = &layout{delim: delim, cols: c, line: s.line, body: s.place(), number: s.number}
			for _, f := range s.fields {
				best.header = append(best.header, cell(f))
			}
		}
		if r.Header != nil || r.Skip > 0 && n == 0 && best != nil { // it stands there
			break
		}
	}
	return best, known
}

// numbered reports rules that name columns by number alone.
func (r *Rules) numbered() bool {
	for _, c := range r.Columns {
		if c.Name != "" {
			return false
		}
	}
	return len(r.Columns) > 0
}

// place puts the columns of the rules in; a header names them where it is given.
func (r *Rules) place(c *columns, header [][]byte) (found int) {
	for m, word := range meaningWords {
		want, ok := r.Columns[word]
		if !ok || m == 0 {
			continue
		}
		at := want.Number - 1
		if want.Name != "" {
			at = -1
			for i, f := range header {
				if history.Fold(cell(f)) == history.Fold(strings.TrimSpace(want.Name)) {
					at = i
					break
				}
			}
		}
		if at < 0 || header != nil && at >= len(header) {
			continue
		}
		for other := range c { // a column has one meaning
			if c[other] == at {
				c[other] = -1
			}
		}
		c[m] = at
		found++
	}
	if _, ok := r.Columns["amount"]; ok && found > 0 {
		for _, m := range []meaning{colDebit, colCredit} {
			if _, asked := r.Columns[meaningWords[m]]; !asked {
				c[m] = -1
			}
		}
	}
	return found
}

// ruled puts the rules' ways of writing in place of those that were found.
func (l *layout) ruled(r *Rules) {
	if r == nil {
		return
	}
	for o, w := range orderWords {
		if w == r.Dates {
			l.order, l.dates = order(o), census{}
		}
	}
	if r.Number != (money.Number{}) {
		l.format = r.Number
	}
}

// typeOf judges the text of a type column, by the rules first.
func (c *collector) typeOf(text string) verdict {
	if c.o.Rules != nil {
		if t, ok := c.o.Rules.Types[plainName(text)]; ok {
			return verdict{typ: t}
		}
	}
	return typeOf(text)
}

// detected tells how a table was understood.
func (l *layout) detected(d *Detected) {
	d.Delimiter, d.Header, d.Columns = string(rune(l.delim)), l.line, l.cols.listed(l.header)
	d.Dates, d.Number, d.Currency = l.dates.word(l.order), l.format, l.currency
	if l.cols.has(colInstant) {
		d.Dates = orderWords[ymd]
	}
	if l.cols.has(colDebit) && l.cols.has(colCredit) {
		d.Sign = TwoColumns
	}
}
