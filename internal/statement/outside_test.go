//go:build outside

package statement_test

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// libofx finds the same amounts in the same files; but where a bank sets
// thousands apart, which the standard forbids, it takes 2,150.33 for 2.15.
func TestLibofxAgrees(t *testing.T) {
	t.Parallel()
	field := regexp.MustCompile(`(?m)^    (Total money amount|Financial institution's ID for this transaction): (.*)$`)
	for _, name := range []string{"us-bank.ofx", "card.qfx"} {
		out, err := exec.Command("ofxdump", filepath.Join("../../testdata/statements", name)).Output()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		theirs := map[string]string{}
		for _, part := range strings.Split(string(out), "ofx_proc_transaction():")[1:] {
			f := map[string]string{}
			for _, m := range field.FindAllStringSubmatch(part, -1) {
				f[m[1]] = m[2]
			}
			theirs[f["Financial institution's ID for this transaction"]] = strings.TrimSuffix(f["Total money amount"], ".00")
		}
		r, err := readFile(t, name)
		if err != nil {
			t.Fatal(err)
		}
		var misread []string
		for _, x := range r.Transactions {
			if got := strings.TrimSuffix(x.Amount.Plain(), ".00"); theirs[x.ID] != got && x.Merchant != "ACME PAYROLL" {
				misread = append(misread, x.ID+": "+got+", libofx says "+theirs[x.ID])
			}
		}
		slices.Sort(misread)
		if len(misread) > 0 || len(theirs) < len(r.Transactions) {
			t.Errorf("%s: %s", name, strings.Join(misread, "; "))
		}
	}
}
