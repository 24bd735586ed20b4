//go:build outside

package export_test

import (
	"math/big"
	"regexp"
	"strings"
	"testing"

	"jandon/internal/export"
	"jandon/internal/history"
	"jandon/internal/money"
)

// libofx reads what we export: as many lines, each currency's to the same sum.
func TestLibofxReadsIt(t *testing.T) {
	t.Parallel()
	b := book()
	name := file(t, export.OFX, b)
	output(t, "xmllint", "--noout", name)
	dump := output(t, "ofxdump", name)
	want := map[string]*big.Rat{}
	lines := 0
	for row, err := range export.Oldest(t.Context(), b, history.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		lines++
		account := "wallet"
		if row.Amount.Currency != money.KRW {
			account += "-" + strings.ToLower(string(row.Amount.Currency))
		}
		if want[account] == nil {
			want[account] = new(big.Rat)
		}
		amount, _ := new(big.Rat).SetString(row.Amount.Plain())
		want[account].Add(want[account], amount)
	}
	amounts := regexp.MustCompile(`(?s)Account ID : jandon  (\S+)\n.*?Total money amount: (\S+)`)
	for _, part := range strings.Split(dump, "ofx_proc_transaction():")[1:] {
		m := amounts.FindStringSubmatch(part)
		if m == nil {
			t.Fatalf("no amount in %q", part)
		}
		amount, ok := new(big.Rat).SetString(m[2])
		if !ok || want[m[1]] == nil {
			t.Fatalf("%q", m)
		}
		want[m[1]].Sub(want[m[1]], amount)
		lines--
	}
	if lines != 0 {
		t.Errorf("libofx misses %d lines", lines)
	}
	for account, rest := range want {
		if rest.Sign() != 0 {
			t.Errorf("%s: libofx's sum differs by %s", account, rest.FloatString(2))
		}
	}
}
