package valuepath

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/pelletier/go-toml/v2"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

//go:embed data/rules.toml data/rails.toml
var shipped embed.FS

// Book is a catalogue of rails with the rules that hold over it. It does not
// change once made and may be shared between goroutines.
type Book struct {
	Rails    []Rail
	Rules    []Rule
	Version  string // the newest date of rails and rules, and a digest of both: see DateOf
	Broker   Broker
	Currency money.Currency

	nodes   int // that a search may take; 0: maxNodes
	rules   map[string]*Rule
	origins map[string]bool // the known ones
}

// Broker is what unlicensed brokers are known to take, for BrokerCost alone.
type Broker struct {
	LowBP, HighBP int64
	Days          int // until the bill that has to be paid all the same
	Source        string
	From          time.Time
}

// Shipped is the catalogue that is built in, read once.
var Shipped = sync.OnceValues(func() (*Book, error) {
	rules, err := shipped.ReadFile("data/rules.toml")
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal)
	}
	rails, err := shipped.ReadFile("data/rails.toml")
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal)
	}
	b, err := Parse(rules, rails)
	if err != nil {
		return nil, err
	}
	b.nodes = shippedNodes
	return b, nil
})

type rulesText struct {
	Version string   `toml:"version"`
	Origins []string `toml:"origins"`
	Rules   []struct {
		ID          string          `toml:"id"`
		Basis       string          `toml:"basis"`
		Source      string          `toml:"source"`
		Link        string          `toml:"link"`
		From        toml.LocalDate  `toml:"from"`
		Until       *toml.LocalDate `toml:"until"`
		Refuses     []Nature        `toml:"refuses"`
		Kinds       []wallet.Kind   `toml:"kinds"`
		Origins     []string        `toml:"origins"`
		Condition   bool            `toml:"condition"`
		UsedBP      int64           `toml:"used_bp"`
		SmallUpTo   int64           `toml:"small_up_to"`
		SmallUsedBP int64           `toml:"small_used_bp"`
		Unused      bool            `toml:"unused"`
		WithinDays  int             `toml:"within_days"`
		AfterDays   int             `toml:"after_days"`
		Expired     bool            `toml:"expired"`
		WithinYears int             `toml:"within_years"`
		FaceOver    int64           `toml:"face_over"`
	} `toml:"rules"`
	Broker struct {
		LowBP  int64          `toml:"low_bp"`
		HighBP int64          `toml:"high_bp"`
		Days   int            `toml:"days"`
		Source string         `toml:"source"`
		From   toml.LocalDate `toml:"from"`
	} `toml:"broker"`
}

type railsText struct {
	Version  string         `toml:"version"`
	Source   string         `toml:"source"`
	From     toml.LocalDate `toml:"from"`
	Currency money.Currency `toml:"currency"`
	Rails    []struct {
		ID          string           `toml:"id"`
		Nature      Nature           `toml:"nature"`
		Kinds       []wallet.Kind    `toml:"kinds"`
		Origins     []string         `toml:"origins"`
		Needs       []string         `toml:"needs"`
		Fee         Fee              `toml:"fee"`
		Min         int64            `toml:"min"`
		Unit        int64            `toml:"unit"`
		Seconds     int64            `toml:"seconds"`
		Verified    bool             `toml:"verified"`
		Destination bool             `toml:"destination"`
		Open        []hoursText      `toml:"open"`
		Limits      map[string]Limit `toml:"limits"`
	} `toml:"rails"`
}

// Parse reads rules and rails and refuses a catalogue that is wrong or would
// let value out that must not leave. The error is fault.BadFile with what and where.
func Parse(rules, rails []byte) (*Book, error) {
	var rt rulesText
	if err := decode("rules.toml", rules, &rt); err != nil {
		return nil, err
	}
	var pt railsText
	if err := decode("rails.toml", rails, &pt); err != nil {
		return nil, err
	}
	b := &Book{
		Version: pt.Version, Currency: pt.Currency, rules: map[string]*Rule{}, origins: map[string]bool{},
		Broker: Broker{rt.Broker.LowBP, rt.Broker.HighBP, rt.Broker.Days, rt.Broker.Source, rt.Broker.From.AsTime(time.UTC)},
	}
	for _, o := range rt.Origins {
		b.origins[o] = true
	}
	for _, r := range rt.Rules {
		rule := Rule{
			ID: r.ID, Basis: r.Basis, Source: r.Source, Link: r.Link, From: r.From.AsTime(time.UTC),
			Refuses: r.Refuses, Kinds: r.Kinds, Origins: r.Origins, Condition: r.Condition,
			UsedBP: r.UsedBP, SmallUpTo: r.SmallUpTo, SmallUsed: r.SmallUsedBP, Unused: r.Unused,
			WithinDays: r.WithinDays, AfterDays: r.AfterDays, Expired: r.Expired, Years: r.WithinYears, FaceOver: r.FaceOver,
		}
		if r.Until != nil {
			rule.Until = r.Until.AsTime(time.UTC)
		}
		b.Rules = append(b.Rules, rule)
	}
	for _, r := range pt.Rails {
		rail := Rail{
			ID: r.ID, Nature: r.Nature, Kinds: r.Kinds, Origins: r.Origins, Needs: r.Needs, Fee: r.Fee, Min: r.Min, Unit: r.Unit,
			Time: time.Duration(r.Seconds) * time.Second, Verified: r.Verified, Destination: r.Destination, Currency: pt.Currency,
		}
		for _, o := range r.Open {
			h, err := o.parse()
			if err != nil {
				return nil, wrong("rails.toml", r.ID, "%v", err)
			}
			rail.Open = append(rail.Open, h)
		}
		for name, limit := range r.Limits {
			t, ok := parseTier(name)
			if !ok {
				return nil, wrong("rails.toml", r.ID, "limits: %q is no tier: %v", name, tierWords)
			}
			rail.Limits[t] = limit
		}
		b.Rails = append(b.Rails, rail)
	}
	err := b.check(rt.Version, pt.From)
	if err != nil {
		return b, err
	}
	b.Version, err = version(max(b.Version, rt.Version), rt, pt)
	return b, err
}

// version names a catalogue by its date and by all that it says, so that two of
// one day that differ in a number are two. Comments don't count.
func version(date string, files ...any) (string, error) {
	sum := sha256.New()
	if err := json.NewEncoder(sum).Encode(files); err != nil {
		return "", fault.Wrap(err, fault.Internal)
	}
	return date + "." + hex.EncodeToString(sum.Sum(nil)[:4]), nil
}

// DateOf is the date in the version of a catalogue, for people.
func DateOf(version string) string {
	date, _, _ := strings.Cut(version, ".")
	return date
}

func parseTier(s string) (Tier, bool) {
	for i, w := range tierWords {
		if w == s {
			return Tier(i), true
		}
	}
	return 0, false
}

// Rule finds a rule by its id.
func (b *Book) Rule(id string) (*Rule, bool) { r, ok := b.rules[id]; return r, ok }

// Rail finds a rail by its id.
func (b *Book) Rail(id string) (*Rail, bool) {
	for i := range b.Rails {
		if b.Rails[i].ID == id {
			return &b.Rails[i], true
		}
	}
	return nil, false
}

// decode names the line of a key that is misspelt or of the wrong type.
func decode(file string, data []byte, to any) error {
	err := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields().Decode(to)
	if err == nil {
		return nil
	}
	var strict *toml.StrictMissingError
	if errors.As(err, &strict) && len(strict.Errors) > 0 {
		line, _ := strict.Errors[0].Position()
		return wrong(file, "", "line %d: no such key: %v", line, strict.Errors[0].Key())
	}
	var bad *toml.DecodeError
	if errors.As(err, &bad) {
		line, _ := bad.Position()
		return wrong(file, "", "line %d: %v", line, bad)
	}
	return wrong(file, "", "%v", err)
}
