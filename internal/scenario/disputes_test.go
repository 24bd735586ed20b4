package scenario_test

import (
	"strings"
	"testing"
	"time"

	"jandon/internal/fault"
	"jandon/internal/scenario"
	"jandon/internal/wallet"
)

const scene = `-- scene.toml --
say  = { en = "a", ko = "b" }
base = "everyday"

[[disputes]]
merchant = "새봄약국"
on = 2026-10-20
reason = "double"
note = "n"
withdrawn = 2026-10-21
`

// A dispute is of a charge that was there and was not given back, once, and
// only those by the plan's instant are there.
func TestDisputesOfAScene(t *testing.T) {
	t.Parallel()
	twice := scene + "\n[[disputes]]\nmerchant = \"새봄약국\"\non = 2026-10-19\nreason = \"amount\"\n\n[[disputes]]\nmerchant = \"Nobody\"\non = 2026-10-19\nreason = \"amount\"\n"
	f, err := scenario.Parse("x.txtar", []byte(twice))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		at   string
		want int
	}{{"2026-10-18T00:00:00Z", 0}, {"2026-10-19T12:00:00Z", 1}, {"2026-11-22T00:00:00Z", 2}} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		p, err := f.Generate(at)
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Disputes) != c.want {
			t.Fatalf("%s: %+v", c.at, p.Disputes)
		}
		seen := map[string]bool{}
		for i, d := range p.Disputes {
			if seen[d.Transaction] || i > 0 && d.At.Before(p.Disputes[i-1].At) || d.At.After(at) {
				t.Errorf("%+v", d)
			}
			seen[d.Transaction] = true
			found := false
			for _, s := range p.Steps {
				if s.Transaction.RefundOf == d.Transaction {
					t.Errorf("%s was given back", d.Transaction)
				}
				found = found || s.Transaction.ID == d.Transaction && s.Transaction.Merchant == "새봄약국" && s.Transaction.Type == wallet.Payment && !s.Transaction.At.After(d.At)
			}
			if !found {
				t.Errorf("%s is no charge", d.Transaction)
			}
		}
	}
}

func TestDisputesThatCannotBeAreRefusedWithTheirLine(t *testing.T) {
	t.Parallel()
	for name, c := range map[string][2]string{
		"no merchant":      {`merchant = "새봄약국"`, `merchant = ""`},
		"no day":           {"on = 2026-10-20\n", ""},
		"no reason":        {`"double"`, `"whim"`},
		"withdrawn before": {"withdrawn = 2026-10-21", "withdrawn = 2026-10-20"},
		"another key":      {`note = "n"`, `notes = "n"`},
	} {
		_, err := scenario.Parse("x.txtar", []byte(strings.Replace(scene, c[0], c[1], 1)))
		if e := fault.From(err); e == nil || e.Code != fault.BadScenario || e.Args["line"] == "1" {
			t.Errorf("%s: %v", name, err)
		}
	}
}
