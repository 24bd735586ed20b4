package export

import (
	"bufio"
	"cmp"
	"fmt"
	"strings"

	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// journal is hledger's format, which ledger reads too.
type journal struct {
	out      *bufio.Writer
	head     Head
	accounts accounts
	known    map[money.Currency]bool // declared commodities
}

func (f *journal) begin(h Head) {
	f.head = h
	fmt.Fprintf(f.out, "; written by jandon; days are those of %s\ndecimal-mark .\n", h.Zone)
}

func (f *journal) line(r *history.Row) {
	own, other := sides(&r.Transaction, f.head)
	from, to := f.declare(own), f.declare(other)
	f.commodity(r.Amount.Currency)
	if r.Original.Currency != "" {
		f.commodity(r.Original.Currency)
	}
	fmt.Fprintf(f.out, "\n%s %s (%s) %s\n", r.Day, mark(r.Status), code(r.ID), remark(title(r)))
	fmt.Fprintf(f.out, "    ; type:%s, kind:%s\n", r.Type, r.Kind)
	if r.Reason != "" {
		fmt.Fprintf(f.out, "    ; %s\n", strings.ReplaceAll(remark(r.Reason), ":", " "))
	}
	f.postings(from, to, r.Amount, r.Original)
}

func (f *journal) paid(s *wallet.Settlement) {
	own, other := billSides(s, f.head)
	from, to := f.declare(own), f.declare(other)
	f.commodity(s.Total.Currency)
	fmt.Fprintf(f.out, "\n%s * (%s) %s\n    ; type:settlement\n", history.DayOf(s.Paid, f.head.Zone), code(s.ID), remark(f.head.Name(s.Issuer)))
	f.postings(from, to, s.Total, money.Amount{})
}

func (f *journal) postings(from, to string, a, original money.Amount) {
	price := atPrice(a, original)
	fmt.Fprintf(f.out, "    %s  %s %s%s\n", from, a.Plain(), a.Currency, price)
	fmt.Fprintf(f.out, "    %s  %s %s%s\n", to, opposite(a.Plain()), a.Currency, price)
}

// atPrice says behind an amount what all of it was in the merchant's own
// currency; nothing has no price. On both sides, so that they cancel out.
func atPrice(a, original money.Amount) string {
	if original.Currency == "" || a.Minor == 0 {
		return ""
	}
	return " @@ " + original.Plain() + " " + string(original.Currency)
}

// declare names an account and declares it before its first use, so that the
// journal passes hledger's strict checks.
func (f *journal) declare(p place) string {
	name, fresh := f.accounts.of(strings.ToLower(p.class), p.parts...)
	if fresh {
		fmt.Fprintf(f.out, "\naccount %s\n", name)
	}
	return name
}

// commodity declares a currency with its decimals, of which won has none.
func (f *journal) commodity(c money.Currency) {
	if !f.known[c] {
		f.known[c] = true
		fmt.Fprintf(f.out, "\ncommodity 1000.%s %s\n", strings.Repeat("0", c.Digits()), c)
	}
}

func (f *journal) end() {}

func title(r *history.Row) string { return cmp.Or(r.Merchant, r.Reason, r.Type.String()) }

func mark(s wallet.Status) string {
	if s == wallet.Pending {
		return "!"
	}
	return "*"
}

// opposite turns the sign of a decimal text, for which no size is too large.
func opposite(s string) string {
	if rest, negative := strings.CutPrefix(s, "-"); negative {
		return rest
	}
	if strings.Trim(s, "0.") == "" {
		return s
	}
	return "-" + s
}

// code is an id as it stands in brackets before a description.
func code(id string) string { return strings.NewReplacer("(", "", ")", "").Replace(remark(id)) }

// remark keeps a text from ending its line or starting a comment or a note.
func remark(s string) string {
	return strings.NewReplacer(";", ",", "|", "/", "\n", " ", "\r", " ").Replace(s)
}
