package statement_test

import (
	"fmt"
	"strings"
	"testing"

	"jandon/internal/money"
	"jandon/internal/statement"
)

// toldOther writes a result of a format that is no table.
func toldOther(t testing.TB, o statement.Options, r statement.Result) string {
	t.Helper()
	d := r.Detected
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s %s\n", d.Format, d.Encoding, d.Dates, d.Currency)
	for _, x := range r.Transactions {
		fmt.Fprintf(&b, "%s %s %s", x.At.In(o.Zone).Format("2006-01-02 15:04:05"), x.Type, x.Amount)
		if x.Status.String() != "posted" {
			b.WriteString(" " + x.Status.String())
		}
		if x.Original != (money.Amount{}) {
			b.WriteString(" of " + x.Original.String())
		}
		id := x.ID
		if strings.HasPrefix(id, "s") && len(id) == 14 {
			id = ""
		}
		for _, s := range []string{x.Issuer, x.Merchant, x.Reason, x.Category, x.Approval, id} {
			b.WriteString(" | " + s)
		}
		b.WriteByte('\n')
	}
	for _, s := range r.Skipped {
		text := []rune(s.Text)
		fmt.Fprintf(&b, "skipped %d %s: %s\n", s.Number, s.Reason, string(text[:min(len(text), 40)]))
	}
	for _, s := range r.Stated {
		fmt.Fprintf(&b, "states %s %s %s %d", s.What, s.Account, s.Currency, s.Said)
		if s.Checked {
			fmt.Fprintf(&b, ", found %d: %v", s.Found, s.Agrees())
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "%d lines, spent %d\n", r.Lines, r.Spent)
	return b.String()
}

func TestFilesThatAreNoTables(t *testing.T) {
	t.Parallel()
	for name, want := range others {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := readFile(t, name)
			if err != nil {
				t.Fatal(err)
			}
			if got := toldOther(t, options(t, name), r); got != strings.TrimPrefix(want, "\n") {
				t.Errorf("got\n%s\nwant%s", got, want)
			}
			checkResult(t, r)
			again, err := readFile(t, name)
			if err != nil || len(again.Transactions) != len(r.Transactions) {
				t.Fatal(err)
			}
			for i := range r.Transactions {
				if again.Transactions[i] != r.Transactions[i] {
					t.Fatalf("a second reading gives %+v", again.Transactions[i])
				}
			}
		})
	}
}
