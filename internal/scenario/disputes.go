package scenario

import (
	"slices"
	"time"

	"github.com/pelletier/go-toml/v2"

	"jandon/internal/safe"
	"jandon/internal/wallet"
)

// disputed is a charge that the person wants back, as a scene has it.
type disputed struct {
	Merchant  safe.Line      `toml:"merchant"`
	On        toml.LocalDate `toml:"on"`
	Reason    string         `toml:"reason"`
	Note      safe.Line      `toml:"note"`
	Withdrawn toml.LocalDate `toml:"withdrawn"`
}

// Dispute is a charge that was disputed by the plan's instant. What came of it
// is the ledger's to say.
type Dispute struct {
	wallet.DisputeAsk
	At        time.Time
	Withdrawn time.Time // zero: not by the plan's instant
}

// disputes are those of a scene by the plan's instant: each of the newest
// charge of its merchant that was there by then, was not given back, and is
// not disputed already; where there is none, nothing is.
func (f *File) disputes(p *Plan) {
	back, taken := map[string]bool{}, map[string]bool{}
	for _, s := range p.Steps {
		if s.Act == GiveBack {
			back[s.Transaction.RefundOf] = true
		}
	}
	for _, d := range f.disputed {
		at := day(d.On).Start(p.Zone).Add(office)
		if at.After(p.At) {
			continue
		}
		for _, s := range slices.Backward(p.Steps) {
			x := s.Transaction
			if (s.Act != Spend && s.Act != Charge) || x.Type != wallet.Payment || x.Merchant != string(d.Merchant) || x.At.After(at) || back[x.ID] || taken[x.ID] {
				continue
			}
			taken[x.ID] = true
			one := Dispute{DisputeAsk: wallet.DisputeAsk{Transaction: x.ID, Reason: wallet.DisputeReason(d.Reason), Note: string(d.Note)}, At: at.UTC()}
			if over := day(d.Withdrawn).Start(p.Zone).Add(office); d.Withdrawn.Year != 0 && !over.After(p.At) {
				one.Withdrawn = over.UTC()
			}
			p.Disputes = append(p.Disputes, one)
			break
		}
	}
	slices.SortStableFunc(p.Disputes, func(a, b Dispute) int { return a.At.Compare(b.At) })
}

// checkDisputes refuses those of a scene that can't be.
func checkDisputes(list []disputed, src part) error {
	c := &checker{src: src}
	const table = "disputes"
	for i, d := range list {
		c.require(d.Merchant != "", table, i, "merchant", "a dispute needs a merchant")
		c.require(d.On.Year >= firstYear, table, i, "on", "a dispute needs a day on, from %d", firstYear)
		c.require(wallet.DisputeReason(d.Reason).Known(), table, i, "reason", "%s is no reason: not_mine, double, amount, not_delivered, canceled, no_consent", quote(d.Reason))
		c.require(d.Withdrawn.Year == 0 || day(d.Withdrawn) > day(d.On), table, i, "withdrawn", "withdrawn is not after on")
	}
	return c.err
}
