// Package dispute has the rules of disputes: what may be disputed, who has to
// answer by when, and how a simulator without real merchants answers.
//
// The rules are dated data with their sources (data/rules.toml). All of it is
// pure; instants come in from outside.
package dispute

import (
	"bytes"
	_ "embed"
	"slices"
	"sync"
	"time"

	"github.com/pelletier/go-toml/v2"

	"jandon/internal/fault"
	"jandon/internal/wallet"
)

//go:embed data/rules.toml
var shipped []byte

// Rules are the data that disputes go by. They do not change once made and may
// be shared between goroutines.
type Rules struct {
	Version  string         `toml:"version"`
	From     toml.LocalDate `toml:"from"`
	ZoneName string         `toml:"zone"`
	Zone     *time.Location `toml:"-"`

	May struct {
		Days int `toml:"days"`
		Basis
	} `toml:"may"`
	Merchant struct {
		Workdays int `toml:"workdays"`
		Basis
	} `toml:"merchant"`
	Platform struct {
		Days  int `toml:"days"`
		Hours int `toml:"hours"`
		Basis
	} `toml:"platform"`
	Answers []Answer `toml:"answers"`
}

// Basis is what a rule rests on.
type Basis struct {
	Source string `toml:"source"`
	Link   string `toml:"link"`
}

// Says is what a merchant answers.
type Says string

// What merchants answer.
const (
	Silent  Says = "silent"
	Agrees  Says = "agrees"
	Objects Says = "objects"
)

// Answer is how a simulated merchant takes a reason, and what the platform
// finds where the merchant does not give in.
type Answer struct {
	Reason wallet.DisputeReason `toml:"reason"`
	Says   Says                 `toml:"says"`
	After  int                  `toml:"after"` // hours
	Found  string               `toml:"found"` // person, merchant; "" where it never comes to that
}

// Shipped are the rules that are built in, read once.
var Shipped = sync.OnceValues(func() (*Rules, error) { return Parse(shipped) })

// Parse reads rules and refuses those that contradict themselves; the error is
// fault.BadFile with what.
func Parse(content []byte) (*Rules, error) {
	r := new(Rules)
	if err := toml.NewDecoder(bytes.NewReader(content)).DisallowUnknownFields().Decode(r); err != nil {
		return nil, bad(err, err.Error())
	}
	var err error
	if r.Zone, err = time.LoadLocation(r.ZoneName); err != nil || r.ZoneName == "" {
		return nil, bad(err, "zone "+r.ZoneName+" is not known")
	}
	if wrong := r.wrong(); wrong != "" {
		return nil, bad(nil, wrong)
	}
	return r, nil
}

func bad(cause error, detail string) error {
	return fault.Wrap(cause, fault.BadFile, "file", "rules.toml", "detail", detail)
}

func (r *Rules) wrong() string {
	switch {
	case r.Version == "" || r.From.Year == 0:
		return "the rules have no date"
	case r.May.Days < 1 || r.Merchant.Workdays < 1 || r.Platform.Hours < 1:
		return "a time is less than nothing"
	// Within its days the merchant's working days and a weekend must have passed, and the platform have looked.
	case time.Duration(r.Platform.Days-r.Merchant.Workdays-4)*24*time.Hour < time.Duration(r.Platform.Hours)*time.Hour:
		return "the platform has no time left to look"
	case r.May.Source == "" || r.Merchant.Source == "" || r.Platform.Source == "":
		return "a rule has no source"
	}
	for _, reason := range wallet.DisputeReasons() {
		i := slices.IndexFunc(r.Answers, func(a Answer) bool { return a.Reason == reason })
		if i < 0 {
			return "nobody answers " + string(reason)
		}
		a := r.Answers[i]
		switch known := a.Says == Agrees || a.Says == Objects || a.Says == Silent; {
		case !known:
			return "a merchant says " + string(a.Says)
		case a.Says != Agrees && a.Found != "person" && a.Found != "merchant":
			return "nobody finds about " + string(reason)
		case a.Says != Silent && (a.After < 1 || a.After > 24*r.Merchant.Workdays):
			return "a merchant answers " + string(reason) + " out of time"
		}
	}
	return ""
}

// Answer is how a reason is taken.
func (r *Rules) Answer(reason wallet.DisputeReason) Answer {
	for _, a := range r.Answers {
		if a.Reason == reason {
			return a
		}
	}
	return Answer{Reason: reason, Says: Silent, Found: "merchant"}
}
