package risk

import (
	"math"
	"slices"
	"strconv"
	"time"

	"jandon/internal/act"
)

// Code names a reason; its sentence is risk.<word>.
type Code uint8

// The reasons.
const (
	Unknown Code = iota
	BigAmount
	BigDay
	FastMinutes // the windows' reasons stand in their order
	FastHour
	FastDay
	NewDevice
	YoungDevice
	NewNetwork
	NewPayee
	YoungPayee
	NewRail
	OddHour
	WrongCodes
	YoungAccount
	NotSmall  // larger than what needs no code
	SmallUsed // the day's small acts are used up
	OfItsKind // acts of this kind always need it
	OfLevel   // the level that the person chose
	codes
)

var words = [codes]string{
	"unknown", "amount", "day", "pace_minutes", "pace_hour", "pace_day", "device_new", "device_young", "network_new",
	"payee_new", "payee_young", "rail_new", "hour", "wrong_codes", "account_young", "not_small", "small_used", "action", "level",
}

// String is the word for c on the wire and in the catalogue.
func (c Code) String() string {
	if c < codes {
		return words[c]
	}
	return words[Unknown]
}

// Reason is a part of a score.
type Reason struct {
	Code   Code
	Points int
	Amount int64 // minor units that its sentence names: what is usual, or the limit; 0: none
	Count  int   // what its sentence counts; 0: nothing
	Payee  int   // of Attempt.Payees, for reasons about payees
}

// Decision is what an act needs, and why.
type Decision struct {
	Need    act.Need
	Points  int
	reasons [codes]Reason
	n       int
}

// Reasons are the parts of the score, the heaviest first; their points sum to Points.
func (d *Decision) Reasons() []Reason { return d.reasons[:d.n] }

func (d *Decision) add(r Reason) {
	if r.Points <= 0 || d.n == len(d.reasons) {
		return
	}
	d.reasons[d.n] = r
	d.n++
	d.Points += r.Points
}

// Decide scores an attempt against a profile and says what it needs: what its
// points ask for, but no less than its kind, the person's level and the small
// acts' budget do. What these ask for beyond the score is a reason with points
// of its own. The profile is not changed.
func (w *Policy) Decide(p *Profile, a *Attempt, s Standing) Decision {
	var d Decision
	at := millis(a.At)
	if a.Amount > 0 {
		w.value(&d, p, a, at)
		w.payees(&d, p, a)
		w.hours(&d, p, a)
	}
	w.place(&d, p, a)
	d.add(Reason{Code: WrongCodes, Points: w.Wrong.points(float64(a.Wrong), 1), Count: a.Wrong})
	d.add(Reason{Code: YoungAccount, Points: w.Novelty.YoungAccount.points(a.Joined, a.At)})
	w.floor(&d, a, s)
	d.Need = w.band(d.Points)
	if most := w.Actions[a.Action].Most; rank(d.Need) > rank(most) {
		d.Need = most
	}
	slices.SortStableFunc(d.reasons[:d.n], func(a, b Reason) int { return b.Points - a.Points })
	return d
}

// value scores size and pace of what leaves.
func (w *Policy) value(d *Decision, p *Profile, a *Attempt, at int64) {
	centre, spread := w.ways(p)
	own := w.own(p)
	d.add(Reason{
		Code: BigAmount, Points: w.Amount.points((math.Log(float64(a.Amount))-centre)/spread, 1+w.Amount.Little*(1-own)), Amount: rounded(math.Exp(centre)),
	})
	// More than one act in a day is compared with the day; a single one is its own amount.
	if before := p.spent.now(at, fade(day)); before >= 1 {
		daily := own*max(p.daily, p.centre) + (1-own)*(w.Amount.CentreBefore+w.Amount.SpreadBefore)
		doublings := (math.Log(before+float64(a.Amount)) - daily) / math.Ln2
		d.add(Reason{Code: BigDay, Points: w.Day.points(doublings, 1), Amount: rounded(math.Exp(daily))})
	}
	for i := range p.pace {
		x := &w.Pace[i]
		count := p.pace[i].now(at, fade(x.Minutes)) + 1
		usual := max(1, own*p.usual[i]+(1-own)*x.Usual)
		d.add(Reason{Code: FastMinutes + Code(i), Points: x.points(math.Log2(count/usual), 1), Count: int(math.Round(count))}) //nolint:gosec // i < windows
	}
}

func (w *Policy) payees(d *Decision, p *Profile, a *Attempt) {
	n := &w.Novelty
	newPayee, newRail, young, youngest := -1, -1, -1, 0
	for i := range a.Payees {
		x := &a.Payees[i]
		if !p.payees.knows(x.Key) {
			if x.Rail {
				newRail = i
			} else {
				newPayee = i
			}
		}
		if points := n.YoungPayee.points(x.Added, a.At); !x.Rail && points > youngest {
			young, youngest = i, points
		}
	}
	if newPayee >= 0 {
		d.add(Reason{Code: NewPayee, Points: n.Payee, Payee: newPayee})
	}
	if young >= 0 {
		d.add(Reason{Code: YoungPayee, Points: youngest, Payee: young})
	}
	if newRail >= 0 {
		d.add(Reason{Code: NewRail, Points: n.Rail, Payee: newRail})
	}
}

// hours scores an hour that the person hardly knows.
func (w *Policy) hours(d *Decision, p *Profile, a *Attempt) {
	var all float32
	for _, n := range p.hours {
		all += n
	}
	// One act in every hour is assumed before there is any.
	rare := float64(all+24) / 24 / float64(p.hours[w.hour(a.At)]+1)
	d.add(Reason{Code: OddHour, Points: w.Hour.points(math.Log2(rare), 1)})
}

func (w *Policy) place(d *Decision, p *Profile, a *Attempt) {
	n := &w.Novelty
	if !p.devices.knows(a.Device) {
		d.add(Reason{Code: NewDevice, Points: n.Device})
	}
	d.add(Reason{Code: YoungDevice, Points: n.YoungDevice.points(a.Bound, a.At)})
	if !p.networks.knows(a.Network) && !p.networks.empty() {
		d.add(Reason{Code: NewNetwork, Points: n.Network})
	}
}

// floor adds what the kind of act, the level and the budget of small acts ask beyond the score.
func (w *Policy) floor(d *Decision, a *Attempt, s Standing) {
	w.raise(d, Reason{Code: OfItsKind}, w.Actions[a.Action].Floor)
	w.raise(d, Reason{Code: OfLevel}, levelNeed(s.Level))
	switch {
	case a.Amount <= 0:
	case a.Amount > w.Small.Act:
		w.raise(d, Reason{Code: NotSmall, Amount: w.Small.Act}, act.NeedCode)
	case a.Amount > w.SmallLeft(s):
		w.raise(d, Reason{Code: SmallUsed, Amount: w.Small.Day}, act.NeedCode)
	}
}

func (w *Policy) raise(d *Decision, r Reason, least act.Need) {
	r.Points = w.threshold(least) - d.Points
	d.add(r)
}

// SmallLeft is what of today's small acts is left.
func (w *Policy) SmallLeft(s Standing) int64 {
	if s.SmallCount >= w.Small.Times || levelNeed(s.Level) != act.NeedNone {
		return 0
	}
	return max(0, w.Small.Day-s.SmallUsed)
}

// levelNeed is what every act needs at a level.
func levelNeed(l act.Level) act.Need {
	switch l {
	case act.LevelStrict:
		return act.NeedPIN
	case act.LevelCareful:
		return act.NeedCode
	}
	return act.NeedNone
}

func (w *Policy) threshold(n act.Need) int {
	switch n {
	case act.NeedCode:
		return w.Bands.Code
	case act.NeedPIN:
		return w.Bands.PIN
	case act.NeedReview:
		return w.Bands.Review
	}
	return 0
}

func (w *Policy) band(points int) act.Need {
	for i := len(needs) - 1; i > 0; i-- {
		if points >= w.threshold(needs[i]) {
			return needs[i]
		}
	}
	return act.NeedNone
}

// points fade from all to none over the youth of something; what is of unknown age is old.
func (y *youth) points(since, at time.Time) int {
	if since.IsZero() {
		return 0
	}
	left := 1 - at.Sub(since).Hours()/y.Hours
	return int(math.Ceil(y.Points * min(1, max(0, left))))
}

// rounded is an amount to one figure in a hundred: "about ₩13,000 is usual".
func rounded(x float64) int64 {
	if x < 1 {
		return 1
	}
	unit := math.Pow(10, max(0, math.Floor(math.Log10(x))-1))
	return int64(math.Round(x/unit) * unit)
}

// Args are what the sentence of a reason names: amounts end in _minor.
func (r Reason) Args() map[string]string {
	args := map[string]string{}
	if r.Amount > 0 {
		name := "usual_minor"
		if r.Code == NotSmall || r.Code == SmallUsed {
			name = "limit_minor"
		}
		args[name] = strconv.FormatInt(r.Amount, 10)
	}
	if r.Count > 0 {
		args["count"] = strconv.Itoa(r.Count)
	}
	if len(args) == 0 {
		return nil
	}
	return args
}
