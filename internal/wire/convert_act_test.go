package wire_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jandon/internal/act"
	"jandon/internal/money"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
	"jandon/internal/wire"
)

func some[T any](t *rapid.T, label string, draw func() T) []T {
	list := make([]T, rapid.IntRange(0, 3).Draw(t, label))
	for i := range list {
		list[i] = draw()
	}
	return list
}

func payees(t *rapid.T) act.Payee {
	return act.Payee{Name: word.Draw(t, "payee"), ID: word.Draw(t, "payee id"), Destination: word.Draw(t, "destination")}
}

func pulls(t *rapid.T, c money.Currency) []wallet.Draw {
	return some(t, "draws", func() wallet.Draw { return wallet.Draw{Lot: word.Draw(t, "lot"), Amount: amounts(t, "drawn", c)} })
}

func actions(t *rapid.T, c money.Currency) act.Act {
	return act.Act{
		ID:     word.Draw(t, "id"),
		Action: rapid.SampledFrom([]act.Action{act.Cashout, act.AddDestination, act.AddDevice, act.ChangePIN, act.LowerLevel, act.Resume, act.SetRecovery, act.AddAuthenticator, act.SetAuto}).Draw(t, "action"),
		State:  rapid.SampledFrom([]act.State{act.Waiting, act.Review, act.Going, act.Done, act.Partly, act.Returned, act.Canceled, act.Lapsed}).Draw(t, "state"),
		Need:   rapid.SampledFrom([]act.Need{act.NeedNone, act.NeedCode, act.NeedPIN, act.NeedReview}).Draw(t, "need"),
		Reasons: some(t, "reasons", func() act.Reason {
			return act.Reason{Code: "new_destination", Points: rapid.IntRange(-9, 99).Draw(t, "points"), Args: map[string]string{"rail": word.Draw(t, "arg")}}
		}),
		Challenge: word.Draw(t, "challenge"), Device: word.Draw(t, "device"), Made: instants(t, "made", false), Until: instants(t, "until", true),
		Ended: instants(t, "ended", true), Quote: word.Draw(t, "quote"), Amount: amounts(t, "amount", c), Fee: amounts(t, "fee", c),
		Legs: some(t, "legs", func() act.Leg {
			return act.Leg{
				ID: word.Draw(t, "leg"), Rail: word.Draw(t, "rail"), Nature: valuepath.Nature(rapid.IntRange(0, 5).Draw(t, "nature")), Payee: payees(t),
				From: pulls(t, c), Amount: amounts(t, "gives", c), Fee: amounts(t, "takes", c), FeeName: "fixed", Net: amounts(t, "gets", c),
				State: rapid.SampledFrom([]act.LegState{act.LegWaiting, act.LegGoing, act.LegAsking, act.LegDone, act.LegReturned}).Draw(t, "leg state"),
				Due:   instants(t, "due", true), Ended: instants(t, "arrived", true), Failure: "account_closed",
			}
		}),
		Subject: payees(t), Receipt: "3F6F-CD6C", Automatic: rapid.Bool().Draw(t, "automatic"),
	}
}

func offers(t *rapid.T, amount money.Amount) act.Offer {
	c := amount.Currency
	o := act.Offer{Plan: valuepath.Plan{
		Amount: amount, Value: amounts(t, "value", c), Given: amounts(t, "given", c), Fees: amounts(t, "fees", c), Rest: amounts(t, "rest", c),
		Time: time.Duration(rapid.IntRange(0, 1e6).Draw(t, "time")) * time.Second, Proved: rapid.Bool().Draw(t, "proved"),
		Stays: some(t, "stays", func() valuepath.Stay {
			return valuepath.Stay{Lot: word.Draw(t, "lot"), Amount: amounts(t, "stays", c), Verdict: valuepath.Verdict{Code: valuepath.BelowMin, Rule: word.Draw(t, "rule")}}
		}),
	}, Payees: []act.Payee{}}
	o.Plan.Legs = some(t, "plan legs", func() valuepath.Leg {
		o.Payees = append(o.Payees, payees(t))
		return valuepath.Leg{
			Rail: word.Draw(t, "rail"), Nature: valuepath.Cash, From: pulls(t, c), Amount: amounts(t, "gives", c), Fee: amounts(t, "takes", c),
			FeeName: "fixed", Net: amounts(t, "gets", c), Time: time.Hour,
		}
	})
	if rapid.Bool().Draw(t, "best") {
		o.Goals = []valuepath.Goal{valuepath.NothingLeft, valuepath.Fastest}
	}
	return o
}

// What moves value goes over the wire and comes back the same.
func TestActsRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom([]money.Currency{money.KRW, money.USD, ""}).Draw(t, "currency")
		a := actions(t, c)
		same(t, a, over[wire.Act](t, wire.FromAct(a)).Act())
		amount := amounts(t, "of quote", c)
		q := act.Quote{
			ID: word.Draw(t, "quote"), At: a.Made, Expires: instants(t, "expires", false), Amount: amount,
			Offers: some(t, "offers", func() act.Offer { return offers(t, amount) }), Proved: true, Version: word.Draw(t, "version"),
		}
		same(t, q, over[wire.Quote](t, wire.FromQuote(q)).Act())
		ask := act.Ask{Amount: amount, Amounts: map[string]int64{"topup": 1000, "donation": 300}, Without: []string{"gift"}, To: map[string]string{"bank": "to-1", "jar": "to-2"}}
		same(t, ask, over[wire.QuoteRequest](t, wire.FromAsk(ask)).Act())
	})
}

func limits(t *rapid.T, c money.Currency) act.Limits {
	limit := func(rail string) act.RailLimit {
		return act.RailLimit{Rail: rail, Act: amounts(t, "act", c), Day: amounts(t, "day", c), UsedToday: amounts(t, "used", c), Why: "new_device", Until: instants(t, "until", true)}
	}
	l := act.Limits{
		Means: act.Means{
			At: instants(t, "as of", false), Tier: valuepath.Tier(rapid.IntRange(0, 3).Draw(t, "tier")), Verified: true, Linked: map[string]bool{"bank": true},
			Pinned: map[string]int64{"l1": 100, "l2": 1}, Version: "2026-11", Zone: "Asia/Seoul",
		},
		Level: act.LevelCareful, Floor: act.LevelStandard, Small: amounts(t, "small", c), SmallLeft: amounts(t, "left", c), Total: limit(""),
		Rails: []act.RailLimit{limit("bank"), limit("topup")}, Paused: instants(t, "paused", true), PausedWhy: "asked",
	}
	l.Used = map[string]int64{"bank": l.Rails[0].UsedToday.Minor, "topup": l.Rails[1].UsedToday.Minor}
	if rapid.Bool().Draw(t, "next") {
		l.Next = &act.NextTier{Tier: valuepath.TierTrusted, Days: 60, HaveDays: 7, Acts: 50, HaveActs: 10, Verified: true, Missing: []string{"days", "acts"}}
	}
	return l
}

// So do devices, destinations, sessions and limits.
func TestTrustRoundTrips(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom([]money.Currency{money.KRW, money.USD}).Draw(t, "currency")
		l := limits(t, c)
		same(t, l, over[wire.Limits](t, wire.FromLimits(l)).Act())
		d := act.Device{
			ID: word.Draw(t, "id"), Name: word.Draw(t, "name"), Current: true, Created: l.At, LastUsed: instants(t, "last", true),
			State: rapid.SampledFrom([]act.DeviceState{act.DevicePending, act.DeviceActive, act.DevicePaused, act.DeviceBlocked, act.DeviceRevoked}).Draw(t, "state"),
			Until: instants(t, "until", true), Limited: instants(t, "limited", true), Store: "keyring",
		}
		same(t, d, over[wire.Device](t, wire.FromDevice(d)).Act())
		to := act.Destination{
			ID: word.Draw(t, "to"), Rail: "bank", Name: word.Draw(t, "whose"), Number: "***-1234", Added: l.At, Usable: l.At, Used: instants(t, "used", true),
		}
		same(t, to, over[wire.Destination](t, wire.FromDestination(to)).Act())
		s := act.Session{Scope: act.ScopeAct, Account: word.Draw(t, "account"), Device: d.ID, Idle: 5 * time.Minute, Expires: instants(t, "ends", false)}
		same(t, s, over[wire.Session](t, wire.FromSession(s, l.At)).Act())
	})
}

// Words that this build does not know become the stated unknown value; none is
// passed on to where it could be taken for something.
func TestUnknownWordsDoNotPass(t *testing.T) {
	t.Parallel()
	var a wire.Act
	body := `{"id":"1","action":"mint","state":"paid","need":"fingerprint","reasons":[{"code":"../x","points":1}],"made":"2026-11-22T00:00:00Z",
		"legs":[{"id":"l","rail":"r","nature":"gold","payee":{"name":"n"},"from":[],"state":"lost","failure":"Say This","fee_name":"a b"}]}`
	if err := json.Unmarshal([]byte(body), &a); err != nil {
		t.Fatal(err)
	}
	got := a.Act()
	if got.Action != "" || got.State != "" || got.Need != "" || got.State.Final() || got.Reasons[0].Code != "" {
		t.Errorf("%+v", got)
	}
	if l := got.Legs[0]; l.Nature != valuepath.NatureUnknown || l.State != "" || l.Failure != "" || l.FeeName != "" {
		t.Errorf("%+v", l)
	}
	plan := wire.Plan{Goals: []wire.PlanGoals{"cheat", "fast"}, EtaS: 1 << 62, Stays: []wire.Stay{{Code: wire.Line(strings.Repeat("a", 61))}}}
	offer := plan.Act(money.Of(1, money.KRW))
	if len(offer.Goals) != 1 || offer.Goals[0] != valuepath.Fastest || offer.Plan.Time <= 0 || offer.Plan.Stays[0].Code != valuepath.OK {
		t.Errorf("%+v", offer)
	}
	if d := (wire.Device{State: "root", Store: "/etc"}).Act(); d.State != "" || d.Store != "" {
		t.Errorf("%+v", d)
	}
	if s := (wire.Session{Scope: "admin", IdleS: -5}).Act(); s.Scope != "" || s.Idle != 0 {
		t.Errorf("%+v", s)
	}
	if l := (wire.Limits{Tier: "king", Level: "none", Floor: "none"}).Act(); l.Tier != valuepath.TierNew || l.Level != "" || l.Floor != "" {
		t.Errorf("%+v", l)
	}
}
