package statement

import (
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// hinge says on what it hangs what a line did.
type hinge uint8

const (
	sure   hinge = iota // on the line alone
	vague               // its word says that value went out, and it has no minus: do minuses say so in this file?
	unsaid              // only its sign says it: which sign is spending in this file?
	hinges
)

// outcome is what a line did.
type outcome struct {
	typ   wallet.Type
	minor int64
}

// hinge is on what it hangs what a line did.
func (s *said) hinge() hinge {
	switch t := s.verdict.typ; {
	case s.bought:
		return sure
	case t == wallet.TypeUnknown:
		return unsaid
	case !s.signed && s.outgoing() && s.minor > 0:
		return vague
	}
	return sure
}

// outgoing reports a type that takes value away, whatever the sign says.
func (s *said) outgoing() bool {
	t := s.verdict.typ
	return t != wallet.TypeUnknown && t != wallet.Conversion && t != wallet.Refund && !t.Receives()
}

// outcomes are what a line did if the file has no minuses for spending, and if
// it has; of a line that is sure, both are the same.
func (s *said) outcomes(h hinge) (first, second outcome) {
	t, m := s.verdict.typ, s.minor
	if s.bought {
		m = min(m, -m)
		return outcome{t, m}, outcome{t, m}
	}
	switch h {
	case unsaid:
		first, second = outcome{wallet.Payment, -m}, outcome{wallet.Payment, m}
		if m < 0 {
			first.typ = wallet.Refund
		} else if m > 0 {
			second.typ = comes(s.merchant, s.reason)
		}
		return first, second
	case vague: // came in, if a minus means out in this file
		return outcome{t, -m}, outcome{comes(s.merchant, s.reason), m}
	}
	if !s.signed && (t.Receives() || t == wallet.Refund) {
		m = max(m, -m)
	}
	return outcome{t, m}, outcome{t, m}
}

// comes is incoming for texts of the file, each judged once.
func comes(texts ...*entry) wallet.Type {
	for _, e := range texts {
		if !e.searched {
			e.come, e.searched = incoming(e.text), true
		}
		if e.come != wallet.TransferIn {
			return e.come
		}
	}
	return wallet.TransferIn
}

// signs counts what the lines of a file say together.
type signs struct {
	lines             int
	neutral, negative int  // lines whose sign alone says what they are
	typed             int  // lines of which something else says it
	vague, outs       int  // lines that go out without a minus, and with one
	charges           bool // the amounts are called charges
	spent             map[money.Currency]*spending
	last              *spending // of the currency before
	currency          money.Currency
}

// spending is what the lines of one currency spent, by hinge and outcome.
type spending struct {
	lines int
	spent [hinges][2]int64
}

// of is the spending in a currency.
func (n *signs) of(c money.Currency) *spending {
	if n.last == nil || n.currency != c {
		if n.spent == nil {
			n.spent = map[money.Currency]*spending{}
		}
		if n.spent[c] == nil {
			n.spent[c] = &spending{}
		}
		n.last, n.currency = n.spent[c], c
	}
	return n.last
}

// count counts a line.
func (n *signs) count(s *said, h hinge) {
	n.lines++
	n.of(s.currency).lines++
	if h == unsaid {
		n.neutral++
		if s.minor < 0 {
			n.negative++
		}
		return
	}
	n.typed++
	switch {
	case h == vague:
		n.vague++
	case !s.signed && s.outgoing():
		n.outs++
	}
}

// add adds up what a line that was counted may have spent.
func (n *signs) add(s *said, h hinge, first, second outcome) {
	c := n.of(s.currency)
	for i, o := range [...]outcome{first, second} {
		if o.typ.Spends() {
			c.spent[h][i] -= o.minor
		}
	}
}

// merge counts the lines of another part of the file.
func (n *signs) merge(o *signs) {
	n.lines += o.lines
	n.neutral, n.negative, n.typed = n.neutral+o.neutral, n.negative+o.negative, n.typed+o.typed
	n.vague, n.outs, n.charges = n.vague+o.vague, n.outs+o.outs, n.charges || o.charges
	for cur, x := range o.spent {
		c := n.of(cur)
		c.lines += x.lines
		for h := range x.spent {
			for i := range x.spent[h] {
				c.spent[h][i] += x.spent[h][i]
			}
		}
	}
}

// judgement is what all lines of a file together say about each.
type judgement struct {
	sign     Sign
	currency money.Currency
	second   [hinges]bool // which of the two outcomes is true
}

// judge decides for the whole file.
func (n *signs) judge(sign Sign, rules *Rules) judgement {
	j := judgement{sign: sign}
	spendsPlus := n.negative == 0 || n.charges && 2*n.negative <= n.neutral || 5*n.negative < n.neutral
	if rules != nil && rules.Sign != "" {
		j.sign, spendsPlus = rules.Sign, rules.Sign == PositiveSpent
	}
	switch {
	case j.sign != "":
	case n.typed > n.neutral:
		j.sign = ByType
	case spendsPlus:
		j.sign = PositiveSpent
	default:
		j.sign = NegativeSpent
	}
	j.second[unsaid] = !spendsPlus
	j.second[vague] = n.outs > 0 && n.outs >= n.vague
	most := 0
	for cur, x := range n.spent {
		if x.lines > most || x.lines == most && cur < j.currency {
			j.currency, most = cur, x.lines
		}
	}
	return j
}

// total is what was spent in the currency of most lines.
func (n *signs) total(j judgement) (spent int64) {
	if c := n.spent[j.currency]; c != nil {
		for h, x := range c.spent {
			i := 0
			if j.second[h] {
				i = 1
			}
			spent += x[i]
		}
	}
	return spent
}

// of is which of two outcomes is true.
func (j *judgement) of(h hinge, first, second outcome) outcome {
	if j.second[h] {
		return second
	}
	return first
}

// others counts the lines in other currencies than c; nil if there are none.
func (n *signs) others(c money.Currency) (others map[money.Currency]int) {
	for cur, x := range n.spent {
		if cur != c {
			if others == nil {
				others = map[money.Currency]int{}
			}
			others[cur] = x.lines
		}
	}
	return others
}
