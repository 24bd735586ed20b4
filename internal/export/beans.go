package export

import (
	"bufio"
	"fmt"
	"strings"

	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// beans is beancount's format (version 2 and 3).
type beans struct {
	out      *bufio.Writer
	head     Head
	accounts accounts
	known    map[money.Currency]bool // declared commodities
}

func (f *beans) begin(h Head) {
	f.head = h
	fmt.Fprintf(f.out, "; written by jandon; days are those of %s\n", h.Zone)
	fmt.Fprintf(f.out, "option \"operating_currency\" %s\n", quoted(string(h.Currency)))
}

func (f *beans) line(r *history.Row) {
	own, other := sides(&r.Transaction, f.head)
	from, to := f.open(own), f.open(other)
	f.commodity(r.Amount.Currency)
	if r.Original.Currency != "" {
		f.commodity(r.Original.Currency)
	}
	price := atPrice(r.Amount, r.Original)
	fmt.Fprintf(f.out, "\n%s %s %s %s\n", r.Day, mark(r.Status), quoted(title(r)), quoted(r.Reason))
	fmt.Fprintf(f.out, "  id: %s\n  type: %s\n", quoted(r.ID), quoted(r.Type.String()))
	fmt.Fprintf(f.out, "  %s  %s %s%s\n", from, r.Amount.Plain(), r.Amount.Currency, price)
	fmt.Fprintf(f.out, "  %s  %s %s%s\n", to, opposite(r.Amount.Plain()), r.Amount.Currency, price)
}

// open names an account and opens it before its first use; the order of a
// file's lines does not matter to beancount, their dates do.
func (f *beans) open(p place) string {
	name, fresh := f.accounts.of(p.class, p.parts...)
	if fresh {
		fmt.Fprintf(f.out, "\n%s open %s\n", f.head.First, name)
	}
	return name
}

func (f *beans) commodity(c money.Currency) {
	if !f.known[c] {
		f.known[c] = true
		fmt.Fprintf(f.out, "\n%s commodity %s\n", f.head.First, c)
	}
}

func (f *beans) paid(s *wallet.Settlement) {
	own, other := billSides(s, f.head)
	from, to := f.open(own), f.open(other)
	f.commodity(s.Total.Currency)
	fmt.Fprintf(f.out, "\n%s * %s %s\n  id: %s\n  type: \"settlement\"\n", history.DayOf(s.Paid, f.head.Zone), quoted(f.head.Name(s.Issuer)), quoted(s.ID), quoted(s.ID))
	fmt.Fprintf(f.out, "  %s  %s %s\n  %s  %s %s\n", from, s.Total.Plain(), s.Total.Currency, to, opposite(s.Total.Plain()), s.Total.Currency)
}

func (f *beans) end() {}

func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ", "\r", " ").Replace(s) + `"`
}
