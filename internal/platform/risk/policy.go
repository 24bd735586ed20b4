package risk

import (
	"bytes"
	_ "embed"
	"sync"
	"time"

	"github.com/pelletier/go-toml/v2"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
)

//go:embed data/policy.toml
var shipped []byte

// windows are the stretches in which acts are counted.
const windows = 3

// Policy is the data that acts are weighed by. It does not change once made
// and may be shared between goroutines.
type Policy struct {
	Version  string         `toml:"version"`
	Source   string         `toml:"source"`
	From     toml.LocalDate `toml:"from"`
	Currency money.Currency `toml:"currency"`
	ZoneName string         `toml:"zone"`
	Zone     *time.Location `toml:"-"`

	Bands struct {
		Code   int `toml:"code"`
		PIN    int `toml:"pin"`
		Review int `toml:"review"`
	} `toml:"bands"`
	Actions map[act.Action]Range `toml:"actions"`
	Small   Small                `toml:"small"`
	Amount  amounts              `toml:"amount"`
	Day     slope                `toml:"day"`
	Pace    []pace               `toml:"pace"`
	Novelty novelty              `toml:"novelty"`
	Hour    hours                `toml:"hour"`
	Wrong   wrong                `toml:"wrong"`
	Rules   rules                `toml:"rules"`
	Tiers   []Step               `toml:"tiers"`
	Auto    autos                `toml:"auto"`
}

// Range is what a kind of act needs at least and at most.
type Range struct {
	Floor act.Need `toml:"floor"`
	Most  act.Need `toml:"most"`
}

// Small says which acts need no code: up to Act each, Day together and Times a day.
type Small struct {
	Act   int64 `toml:"act"`
	Day   int64 `toml:"day"`
	Times int   `toml:"times"`
}

// slope gives points for what is beyond the usual.
type slope struct {
	Free float64 `toml:"free"` // what is usual
	Per  float64 `toml:"per"`  // points for each one more
	Most float64 `toml:"most"`
}

// points are those for x, which grow with it; never below 0.
func (s *slope) points(x, scale float64) int {
	return int(min(max(0, (x-s.Free)*s.Per*scale), s.Most))
}

type amounts struct {
	slope
	Clip         float64 `toml:"clip"`
	Rate         float64 `toml:"rate"`
	SpreadLeast  float64 `toml:"spread_least"`
	CentreBefore float64 `toml:"centre_before"`
	SpreadBefore float64 `toml:"spread_before"`
	History      float64 `toml:"history"`
	Little       float64 `toml:"little"`
}

type pace struct {
	slope
	Minutes float64 `toml:"minutes"`
	Usual   float64 `toml:"usual"`
}

type youth struct {
	Points float64 `toml:"points"`
	Hours  float64 `toml:"hours"`
}

type novelty struct {
	Device       int   `toml:"device"`
	Network      int   `toml:"network"`
	Payee        int   `toml:"payee"`
	Rail         int   `toml:"rail"`
	YoungDevice  youth `toml:"young_device"`
	YoungPayee   youth `toml:"young_payee"`
	YoungAccount youth `toml:"young_account"`
}

type hours struct {
	slope
	Fade float64 `toml:"fade"`
}

type wrong struct {
	slope
	Minutes float64 `toml:"minutes"`
}

type rules struct {
	YoungDeviceHours   int64 `toml:"young_device_hours"`
	YoungDeviceMost    int64 `toml:"young_device_most"`
	DestinationMinutes int64 `toml:"destination_minutes"`
	WaitMinutes        int64 `toml:"wait_minutes"`
	ReleasedHours      int64 `toml:"released_hours"`
	ReviewMinutes      int64 `toml:"review_minutes"`
	ReviewRefuses      int   `toml:"review_refuses"`
	PauseHours         int64 `toml:"pause_hours"`
	LearnHours         int64 `toml:"learn_hours"`
	MarkDays           int64 `toml:"mark_days"`
}

// Shipped is the policy that is built in, read once.
var Shipped = sync.OnceValues(func() (*Policy, error) { return Parse(shipped) })

// Parse reads a policy and refuses one that contradicts itself; the error is
// fault.BadFile with what.
func Parse(content []byte) (*Policy, error) {
	w := new(Policy)
	if err := toml.NewDecoder(bytes.NewReader(content)).DisallowUnknownFields().Decode(w); err != nil {
		return nil, bad(err, err.Error())
	}
	var err error
	if w.Zone, err = time.LoadLocation(w.ZoneName); err != nil || w.ZoneName == "" {
		return nil, bad(err, "zone "+w.ZoneName+" is not known")
	}
	if wrong := w.wrong(); wrong != "" {
		return nil, bad(nil, wrong)
	}
	return w, nil
}

func bad(cause error, detail string) error {
	return fault.Wrap(cause, fault.BadFile, "file", "policy.toml", "detail", detail)
}

// YoungDeviceTime is how long a device is new and moves little.
func (w *Policy) YoungDeviceTime() time.Duration {
	return time.Duration(w.Rules.YoungDeviceHours) * time.Hour
}

// YoungDeviceMost is what a device moves in all while it is new.
func (w *Policy) YoungDeviceMost() int64 { return w.Rules.YoungDeviceMost }

// WaitTime is how long an act waits for its confirmation.
func (w *Policy) WaitTime() time.Duration { return time.Duration(w.Rules.WaitMinutes) * time.Minute }

// ReleasedTime is how long an act waits that a review has released.
func (w *Policy) ReleasedTime() time.Duration {
	return time.Duration(w.Rules.ReleasedHours) * time.Hour
}

// Midnight is when the day of an instant began in the policy's zone: limits are those of a day.
func (w *Policy) Midnight(at time.Time) time.Time {
	y, m, d := at.In(w.Zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, w.Zone)
}

// DestinationWait is how long a new destination waits until it can be used.
func (w *Policy) DestinationWait() time.Duration {
	return time.Duration(w.Rules.DestinationMinutes) * time.Minute
}

// ReviewTime is how long an act is looked at.
func (w *Policy) ReviewTime() time.Duration {
	return time.Duration(w.Rules.ReviewMinutes) * time.Minute
}

// Released says how a review ends: released to a code with the PIN, or refused.
func (w *Policy) Released(points int) bool { return points < w.Rules.ReviewRefuses }

// PauseTime is how long a pause lasts at the most.
func (w *Policy) PauseTime() time.Duration { return time.Duration(w.Rules.PauseHours) * time.Hour }

// WrongFor is how long a wrong code counts.
func (w *Policy) WrongFor() time.Duration {
	return time.Duration(w.Wrong.Minutes * float64(time.Minute))
}

// LearnAfter is how long an act waits for a dispute before it is learned from.
func (w *Policy) LearnAfter() time.Duration { return time.Duration(w.Rules.LearnHours) * time.Hour }

// MarkTime is how long a dispute, pause or hold lowers what a person may do.
func (w *Policy) MarkTime() time.Duration {
	return time.Duration(w.Rules.MarkDays) * 24 * time.Hour
}
