package act

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"time"

	"jandon/internal/money"
)

// Every is how often an automatic cash-out goes.
type Every string

// How often: Mondays, or firsts of a month.
const (
	EveryWeek  Every = "week"
	EveryMonth Every = "month"
)

// Known reports whether e is one that this build has a word for.
func (e Every) Known() bool { return e == EveryWeek || e == EveryMonth }

// After is the first instant later than t at which it goes: Monday, or the
// first of a month, at an hour of a zone.
func (e Every) After(t time.Time, hour int, zone *time.Location) time.Time {
	y, m, d := t.In(zone).Date()
	at := func(m time.Month, d int) time.Time { return time.Date(y, m, d, hour, 0, 0, 0, zone) }
	if e == EveryMonth {
		if first := at(m, 1); first.After(t) {
			return first
		}
		return at(m+1, 1)
	}
	d -= (int(t.In(zone).Weekday()) + 6) % 7 // of this week's Monday
	if monday := at(m, d); monday.After(t) {
		return monday
	}
	return at(m, d+7)
}

// AutoDays is how long an automatic cash-out is allowed by one confirmation. It
// is a part of what is confirmed, and so of the digest.
const AutoDays = 365

// Terms are what may leave by itself, as the person confirmed it.
type Terms struct {
	Ceiling     money.Amount // the most that leaves at a time, fees included
	Keep        money.Amount // what stays of what could go
	Rail        string       // valuepath.Rail.ID
	Destination string       // Destination.ID; "" where the rail itself is the payee
	Every       Every
}

// Whole reports whether terms say all that they have to.
func (t Terms) Whole() bool {
	return t.Ceiling.Minor > 0 && t.Keep.Minor >= 0 && t.Ceiling.Currency == t.Keep.Currency && t.Ceiling.Currency.Valid() && t.Rail != "" && t.Every.Known()
}

// Digest stands for all of the terms in the bytes that confirm them: where a
// cash-out names its quote. Both sides make it of the terms as they know them,
// so whatever was changed on the way makes another one. It is the SHA-256 of
// JSON with keys in lexical order.
func (t Terms) Digest() string {
	b, err := json.Marshal(struct {
		Ceiling     int64          `json:"ceiling"`
		Currency    money.Currency `json:"currency"`
		Days        int            `json:"days"`
		Destination string         `json:"destination"`
		Every       Every          `json:"every"`
		Keep        int64          `json:"keep"`
		Rail        string         `json:"rail"`
		V           int            `json:"v"`
	}{t.Ceiling.Minor, t.Ceiling.Currency, AutoDays, t.Destination, t.Every, t.Keep.Minor, t.Rail, 1})
	if err != nil { // numbers and texts always have a form
		return ""
	}
	sum := sha256.Sum256(b)
	return "auto-" + base64.RawURLEncoding.EncodeToString(sum[:])
}

// AutoState is whether something goes by itself.
type AutoState string

// The states. A stopped one has ended by itself; Auto.Why says why.
const (
	AutoOff     AutoState = "off"
	AutoOn      AutoState = "on"
	AutoStopped AutoState = "stopped"
)

// Auto is the automatic cash-out of a person, or what is missing for one.
type Auto struct {
	State   AutoState
	Able    bool     // one could be set up now
	Missing []string // auto.need.<word>: what it takes that is not there
	Choices []Choice // what could be set up

	Terms  *Terms // nil: there never was one
	Payee  Payee
	Device string    // that allowed it
	Since  time.Time // when it was confirmed
	Until  time.Time // when it has to be confirmed anew
	Next   time.Time // when it goes next; zero: it doesn't
	Last   string    // Act.ID of what went last; "": nothing did
	Why    string    // auto.why.<word>: why it stopped, or why nothing went last time
}

// Choice is a payee to whom value went so steadily that it may go by itself.
type Choice struct {
	Rail  string
	Payee Payee
	Most  money.Amount // the highest ceiling
}
