package export

import (
	"bufio"
	"cmp"
	"fmt"
	"strings"

	"jandon/internal/history"
	"jandon/internal/wallet"
)

// journal is hledger's format, which ledger reads too.
type journal struct {
	out      *bufio.Writer
	head     Head
	accounts accounts
}

func (f *journal) begin(h Head) {
	f.head = h
	fmt.Fprintf(f.out, "; written by jandon; days are those of %s\ndecimal-mark .\n", h.Zone)
}

func (f *journal) line(r *history.Row) {
	own, other := sides(&r.Transaction, f.head)
	fmt.Fprintf(f.out, "\n%s %s (%s) %s\n", r.Day, mark(r.Status), strings.NewReplacer("(", "", ")", "").Replace(remark(r.ID)), remark(title(r)))
	fmt.Fprintf(f.out, "    ; type:%s, kind:%s\n", r.Type, r.Kind)
	if r.Reason != "" {
		fmt.Fprintf(f.out, "    ; %s\n", strings.ReplaceAll(remark(r.Reason), ":", " "))
	}
	ownName, _ := f.accounts.of(own.class, own.parts...)
	otherName, _ := f.accounts.of(other.class, other.parts...)
	fmt.Fprintf(f.out, "    %s  %s %s\n", strings.ToLower(ownName[:1])+ownName[1:], r.Amount.Plain(), r.Amount.Currency)
	fmt.Fprintf(f.out, "    %s  %s %s\n", strings.ToLower(otherName[:1])+otherName[1:], opposite(r.Amount.Plain()), r.Amount.Currency)
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

// remark keeps a text from ending its line or starting a comment or a note.
func remark(s string) string {
	return strings.NewReplacer(";", ",", "|", "/", "\n", " ", "\r", " ").Replace(s)
}
