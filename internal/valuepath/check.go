package valuepath

import (
	"fmt"
	"regexp"
	"slices"
	"sync"

	"github.com/pelletier/go-toml/v2"

	"jandon/internal/fault"
	"jandon/internal/wallet"
)

// Bounds of a catalogue. The planner looks at every union of rails' takings,
// and scales amounts twice over in 64 bits; a wallet of small money has less.
const (
	maxRails   = 16
	maxSeconds = 366 * 24 * 3600

	// MaxAmount is the largest amount that is planned at once, in minor units.
	MaxAmount = 200_000_000
)

// mostlyUsed is the share, in basis points, that a voucher's use has to exceed
// before its rest comes back; splitting relies on it.
const mostlyUsed = 5000

var idShape = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z][a-z0-9_]{1,39}$`) })

// Ids of the rules that every catalogue has: what is said when a rail takes
// other value, and when a lot has lapsed.
const (
	ruleRail    = "rail_terms"
	ruleExpired = "expired_lot"
)

func wrong(file, id, format string, args ...any) error {
	detail := fmt.Sprintf(format, args...)
	if id != "" {
		detail = id + ": " + detail
	}
	return fault.New(fault.BadFile, "file", file, "detail", detail)
}

func (b *Book) check(rulesVersion string, from toml.LocalDate) error {
	if rulesVersion == "" {
		return wrong("rules.toml", "", "it has no version")
	}
	if b.Version == "" || from == (toml.LocalDate{}) || !b.Currency.Valid() {
		return wrong("rails.toml", "", "it needs version, from and currency")
	}
	for i := range b.Rules {
		if err := b.checkRule(&b.Rules[i]); err != nil {
			return err
		}
		b.rules[b.Rules[i].ID] = &b.Rules[i]
	}
	for _, id := range []string{ruleRail, ruleExpired} {
		if b.rules[id] == nil {
			return wrong("rules.toml", "", "there is no rule %s", id)
		}
	}
	if err := b.checkProvenance(); err != nil {
		return err
	}
	if k := b.Broker; k.LowBP <= 0 || k.HighBP < k.LowBP || k.HighBP >= wholeBP || k.Days <= 0 || k.Source == "" {
		return wrong("rules.toml", "broker", "it needs 0 < low_bp ≤ high_bp < 10000, days and a source")
	}
	if len(b.Rails) == 0 || len(b.Rails) > maxRails {
		return wrong("rails.toml", "", "there are %d rails; 1 to %d can be planned exactly", len(b.Rails), maxRails)
	}
	seen := map[string]bool{}
	for i := range b.Rails {
		r := &b.Rails[i]
		if seen[r.ID] {
			return wrong("rails.toml", r.ID, "it stands twice")
		}
		seen[r.ID] = true
		if err := b.checkRail(r); err != nil {
			return err
		}
	}
	return nil
}

func (b *Book) checkRule(r *Rule) error {
	at := func(format string, args ...any) error { return wrong("rules.toml", r.ID, format, args...) }
	switch {
	case !idShape().MatchString(r.ID):
		return at("%q is no id", r.ID)
	case b.rules[r.ID] != nil:
		return at("it stands twice")
	case r.Basis != "law" && r.Basis != "terms":
		return at("basis is law or terms, not %q", r.Basis)
	case r.Source == "":
		return at("it names no source")
	case r.From.Year() < 1900:
		return at("it has no date from which it holds")
	case !r.Until.IsZero() && !r.Until.After(r.From):
		return at("it ends before it holds")
	case len(r.Refuses) > 0 && len(r.Kinds)+len(r.Origins) == 0:
		return at("it refuses, but no kind or origin")
	case r.Condition && len(r.Refuses) > 0:
		return at("it is a condition or a refusal, not both")
	case r.UsedBP < 0 || r.UsedBP > wholeBP || r.SmallUsed < 0 || r.SmallUsed > wholeBP || r.SmallUpTo < 0 || r.FaceOver < 0:
		return at("a share is 0 to 10000, a face value not negative")
	case r.UsedBP > 0 && r.UsedBP <= mostlyUsed || r.SmallUpTo > 0 && r.SmallUsed <= mostlyUsed:
		return at("a rest is less than half: used_bp is over %d", mostlyUsed)
	case r.WithinDays < 0 || r.AfterDays < 0 || r.Years < 0 || r.Years > 100 || r.WithinDays > 36600 || r.AfterDays > 36600:
		return at("its time is out of range")
	}
	return nil
}

// taintedKinds never leave but to their source; see Tainted.
var taintedKinds = []wallet.Kind{wallet.CarrierCredit, wallet.CardFunded, wallet.KindUnknown}

// taintedOrigins are the ways in that make value of any kind tainted.
var taintedOrigins = []string{"phone_bill", "card", originUnknown}

const originUnknown = "unknown"

// checkProvenance sees that a rule refuses whatever Tainted refuses, so that
// every refusal has a source and a sentence.
func (b *Book) checkProvenance() error {
	for _, n := range []Nature{Cash, CashLike, Credit, Gift} {
		for _, k := range taintedKinds {
			if b.refusal(k, "", n, nil) == nil {
				return wrong("rules.toml", "", "no rule refuses %s as %s", k, n)
			}
		}
		for _, o := range taintedOrigins {
			if b.refusal(wallet.Prepaid, o, n, nil) == nil {
				return wrong("rules.toml", "", "no rule refuses what came by %s as %s", o, n)
			}
		}
	}
	if b.origins[originUnknown] {
		return wrong("rules.toml", "origins", "unknown can't be a known origin")
	}
	return nil
}

// refusal is the first rule that refuses value of a kind and origin as a nature.
// A rail made for an origin by name is the way out that such value has, so there
// its origin alone is no reason. No rail but to the source names a tainted one.
func (b *Book) refusal(kind wallet.Kind, origin string, n Nature, made []string) *Rule {
	for i := range b.Rules {
		r := &b.Rules[i]
		if !slices.Contains(r.Refuses, n) {
			continue
		}
		if slices.Contains(r.Kinds, kind) || slices.Contains(r.Origins, origin) && !slices.Contains(made, origin) {
			return r
		}
	}
	return nil
}

func (b *Book) checkRail(r *Rail) error {
	at := func(format string, args ...any) error { return wrong("rails.toml", r.ID, format, args...) }
	f := r.Fee
	switch {
	case !idShape().MatchString(r.ID):
		return at("%q is no id", r.ID)
	case r.Nature == NatureUnknown:
		return at("it has no nature")
	case len(r.Kinds) == 0:
		return at("it takes no kind of value")
	case r.Unit <= 0 || r.Unit > MaxAmount:
		return at("unit %d is not 1 to %d", r.Unit, MaxAmount)
	case r.Min < r.Unit || r.Min > MaxAmount || r.Min%r.Unit != 0:
		return at("min %d is not a multiple of unit %d", r.Min, r.Unit)
	case r.Time < 0 || r.Time.Seconds() > maxSeconds:
		return at("seconds is out of range")
	case f.Fixed < 0 || f.Floor < 0 || f.Cap < 0 || f.Fixed > MaxAmount || f.Floor > MaxAmount || f.Cap > MaxAmount:
		return at("fee: fixed, floor and cap are 0 to %d", MaxAmount)
	case f.BP < 0 || f.BP >= wholeBP:
		return at("fee: bp %d is not 0 to 9999", f.BP)
	case f.Cap > 0 && f.Cap < f.Floor:
		return at("fee: cap %d is below floor %d", f.Cap, f.Floor)
	case r.Unit*f.BP%wholeBP != 0:
		return at("fee: %d bp of unit %d is not whole", f.BP, r.Unit)
	case f != (Fee{Name: f.Name}) && !idShape().MatchString(f.Name):
		return at("fee: it has no name")
	}
	for t, l := range r.Limits {
		if l.Act < 0 || l.Day < l.Act {
			return at("limits: %s: a day's limit is not below an act's, and neither below 0", Tier(t))
		}
	}
	for _, k := range r.Kinds {
		if r.Nature != Source && slices.Contains(taintedKinds, k) || k == wallet.KindUnknown {
			return at("%s never becomes %s", k, r.Nature)
		}
		r.kinds |= 1 << k
	}
	for _, o := range r.Origins {
		if !b.origins[o] {
			return at("origins: %q is not known", o)
		}
		if r.Nature != Source && slices.Contains(taintedOrigins, o) {
			return at("what came by %s never becomes %s", o, r.Nature)
		}
	}
	for _, id := range r.Needs {
		rule := b.rules[id]
		if rule == nil || !rule.Condition {
			return at("needs: there is no condition %q", id)
		}
		r.needs = append(r.needs, *rule)
		if rule.Expired && (rule.Years == 0 || len(r.Origins) == 0) {
			return at("needs: %s is about lots that lapsed: it says within how many years, and the rail which origins", id)
		}
	}
	return nil
}
