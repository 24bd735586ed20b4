package valuepath

import (
	"encoding/json"
	"fmt"
	"time"

	"jandon/internal/money"
	"jandon/internal/wallet"
)

// Nature says what comes out at the end of a rail.
type Nature uint8

// The natures, from what is nearest to money to what is not.
const (
	NatureUnknown Nature = iota
	Cash                 // money on an account or in hand
	CashLike             // what can be had as money again: savings, transfers between people
	Credit               // prepaid value for one purpose: phone, transit, books
	Gift                 // given away: counts as used, not as the person's value
	Source               // back to where it was paid from
)

var natureWords = [...]string{"unknown", "cash", "cash_like", "credit", "gift", "source"}

// String is the word for n in files and JSON.
func (n Nature) String() string {
	if int(n) < len(natureWords) {
		return natureWords[n]
	}
	return natureWords[0]
}

// MarshalText gives the word of a nature.
func (n Nature) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// UnmarshalJSON reads the word of a nature. In JSON, which a newer platform may
// have written, a word that is not known here is NatureUnknown.
func (n *Nature) UnmarshalJSON(b []byte) error {
	var text string
	if err := json.Unmarshal(b, &text); err != nil {
		return err
	}
	if n.UnmarshalText([]byte(text)) != nil {
		*n = NatureUnknown
	}
	return nil
}

// UnmarshalText reads the word of a nature.
func (n *Nature) UnmarshalText(b []byte) error {
	for i, w := range natureWords[1:] {
		if w == string(b) {
			*n = Nature(i + 1)
			return nil
		}
	}
	return fmt.Errorf("%q is no nature: cash, cash_like, credit, gift, source", b)
}

// Tier is how well the platform knows a person; limits go by it.
type Tier uint8

// The tiers. The zero Tier has the limits of TierNew.
const (
	TierNew Tier = iota
	TierSettled
	TierTrusted
	TierVerified
	tiers
)

var tierWords = [tiers]string{"new", "settled", "trusted", "verified"}

// String is the word for t in files and JSON.
func (t Tier) String() string {
	if t < tiers {
		return tierWords[t]
	}
	return tierWords[TierNew]
}

// Fee is what a rail takes out of an amount: min(Cap, max(Floor, Fixed + amount·BP/10⁴)).
type Fee struct {
	Name  string `toml:"name"` // names the fee to the person: rail.fee.<name>
	Fixed int64  `toml:"fixed"`
	BP    int64  `toml:"bp"` // basis points
	Floor int64  `toml:"floor"`
	Cap   int64  `toml:"cap"` // 0: none
}

// wholeBP is the whole in basis points.
const wholeBP = 10000

// Of is the fee for an amount x ≥ 0; nothing costs nothing.
func (f Fee) Of(x int64) int64 {
	if x <= 0 {
		return 0
	}
	fee := max(f.Floor, f.Fixed+mulDiv(x, f.BP, wholeBP))
	if f.Cap > 0 {
		fee = min(fee, f.Cap)
	}
	return fee
}

// Limit is the most for one act and for one day, in minor units.
type Limit struct {
	Act int64 `toml:"act"`
	Day int64 `toml:"day"`
}

// Rail is a way out or across.
type Rail struct {
	ID          string
	Nature      Nature
	Kinds       []wallet.Kind // the kinds it takes
	Origins     []string      // the origins it takes; none: all
	Needs       []string      // ids of the rules that a lot has to meet
	Fee         Fee
	Min, Unit   int64 // amounts are whole units, from Min up
	Time        time.Duration
	Verified    bool // only for verified accounts
	Destination bool // only with a linked destination
	Open        []Hours
	Limits      [tiers]Limit
	Currency    money.Currency

	kinds uint8  // Kinds as bits
	needs []Rule // Needs, looked up
}

// Limit is what the tier may move over the rail.
func (r *Rail) Limit(t Tier) Limit {
	if t >= tiers {
		t = TierNew
	}
	return r.Limits[t]
}

// own reports whether what comes out is still the person's.
func (r *Rail) own() bool { return r.Nature != Gift }
