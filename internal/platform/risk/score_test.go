package risk_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jandon/internal/act"
	"jandon/internal/platform/risk"
)

func TestWhatIsUnusualSaysWhy(t *testing.T) {
	t.Parallel()
	w := policy(t)
	for _, c := range []struct {
		name   string
		change func(*risk.Attempt)
		want   risk.Code // 0: no reason beside the size that needs a code
		need   act.Need
	}{
		{"as always", func(*risk.Attempt) {}, risk.Unknown, act.NeedCode},
		{"small", func(a *risk.Attempt) { a.Amount = 9_000 }, risk.Unknown, act.NeedNone},
		{"three times as much", func(a *risk.Attempt) { a.Amount = 45_000 }, risk.BigAmount, act.NeedCode},
		{"ten times as much", func(a *risk.Attempt) { a.Amount = 150_000 }, risk.BigAmount, act.NeedPIN},
		{"another device", func(a *risk.Attempt) { a.Device = 12 }, risk.NewDevice, act.NeedCode},
		{"a device of an hour", func(a *risk.Attempt) { a.Bound = a.At.Add(-time.Hour) }, risk.YoungDevice, act.NeedCode},
		{"another network", func(a *risk.Attempt) { a.Network = 22 }, risk.NewNetwork, act.NeedCode},
		{"another payee", func(a *risk.Attempt) { a.Payees[0].Key = 32 }, risk.NewPayee, act.NeedCode},
		{"a payee of an hour", func(a *risk.Attempt) { a.Payees[0].Added = a.At.Add(-time.Hour) }, risk.YoungPayee, act.NeedCode},
		{"another rail", func(a *risk.Attempt) { a.Payees[0] = risk.Payee{Key: 42, Rail: true} }, risk.NewRail, act.NeedCode},
		{"four in the morning", func(a *risk.Attempt) { a.At = a.At.Add(-8 * time.Hour) }, risk.OddHour, act.NeedCode},
		{"a young account", func(a *risk.Attempt) { a.Joined = a.At.Add(-time.Hour) }, risk.YoungAccount, act.NeedCode},
		{"all of it at once", func(a *risk.Attempt) {
			*a = risk.Attempt{
				Action: act.Cashout, At: a.At.Add(-8 * time.Hour), Amount: 900_000, Device: 12, Network: 22, Bound: a.At.Add(-9 * time.Hour),
				Joined: a.Joined, Payees: []risk.Payee{{Key: 32, Added: a.At.Add(-9 * time.Hour)}},
			}
		}, risk.NewDevice, act.NeedReview},
	} {
		p, at := settled(t)
		a := usual(at, 15_000)
		c.change(&a)
		d := w.Decide(p, &a, risk.Standing{Level: act.LevelStandard})
		if d.Need != c.need || c.want != risk.Unknown && !has(d, c.want) {
			t.Errorf("%s: %s for %+v", c.name, d.Need, d.Reasons())
		}
		if c.want == risk.Unknown && slices.ContainsFunc(d.Reasons(), func(r risk.Reason) bool { return r.Code != risk.NotSmall }) {
			t.Errorf("%s: %+v", c.name, d.Reasons())
		}
	}
}

func TestWrongCodesAndPaceAddUp(t *testing.T) {
	t.Parallel()
	w := policy(t)
	p, at := settled(t)
	a := usual(at, 5_000)
	a.Wrong = 3
	d := w.Decide(p, &a, risk.Standing{})
	if !has(d, risk.WrongCodes) || d.Reasons()[0].Count != 3 || d.Need == act.NeedNone {
		t.Errorf("three wrong codes: %s for %+v", d.Need, d.Reasons())
	}
	p, at = settled(t)
	for i := range 6 {
		w.Note(p, usual(at.Add(time.Duration(i)*time.Minute), 5_000))
	}
	a = usual(at.Add(7*time.Minute), 5_000)
	d = w.Decide(p, &a, risk.Standing{})
	if !has(d, risk.FastMinutes) || !has(d, risk.FastHour) || d.Need == act.NeedNone {
		t.Errorf("seven acts in seven minutes: %s for %+v", d.Need, d.Reasons())
	}
}

func TestFloorsHoldWhateverTheScore(t *testing.T) {
	t.Parallel()
	w := policy(t)
	p, at := settled(t)
	for _, c := range []struct {
		name   string
		action act.Action
		amount int64
		s      risk.Standing
		need   act.Need
		why    risk.Code
	}{
		{"small", act.Cashout, 10_000, risk.Standing{Level: act.LevelStandard}, act.NeedNone, risk.Unknown},
		{"just not small", act.Cashout, 10_001, risk.Standing{Level: act.LevelStandard}, act.NeedCode, risk.NotSmall},
		{"the last of the day's", act.Cashout, 10_000, risk.Standing{SmallUsed: 20_000}, act.NeedNone, risk.Unknown},
		{"more than the day's", act.Cashout, 10_000, risk.Standing{SmallUsed: 20_001}, act.NeedCode, risk.SmallUsed},
		{"too many of the day's", act.Cashout, 100, risk.Standing{SmallUsed: 500, SmallCount: 5}, act.NeedCode, risk.SmallUsed},
		{"careful", act.Cashout, 100, risk.Standing{Level: act.LevelCareful}, act.NeedCode, risk.OfLevel},
		{"strict", act.Cashout, 100, risk.Standing{Level: act.LevelStrict}, act.NeedPIN, risk.OfLevel},
		{"a destination", act.AddDestination, 0, risk.Standing{Level: act.LevelStandard}, act.NeedPIN, risk.OfItsKind},
		{"a device", act.AddDevice, 0, risk.Standing{Level: act.LevelStandard}, act.NeedPIN, risk.OfItsKind},
		{"a lower level", act.LowerLevel, 0, risk.Standing{Level: act.LevelStrict}, act.NeedPIN, risk.OfItsKind},
		{"going on", act.Resume, 0, risk.Standing{Level: act.LevelStandard}, act.NeedPIN, risk.OfItsKind},
	} {
		a := usual(at, c.amount)
		a.Action = c.action
		d := w.Decide(p, &a, c.s)
		if d.Need != c.need || c.why != risk.Unknown && !has(d, c.why) {
			t.Errorf("%s: %s for %+v", c.name, d.Need, d.Reasons())
		}
	}
	a := usual(at, 0)
	a.Action, a.Device, a.Network, a.Bound = act.Resume, 99, 98, at
	a.Wrong = 9
	if d := w.Decide(p, &a, risk.Standing{}); d.Need != act.NeedPIN || d.Points < w.Bands.Review {
		t.Errorf("an act of trust is not reviewed: %s for %d", d.Need, d.Points)
	}
}

// attempts draws anything that may be asked.
func attempts(t *rapid.T) risk.Attempt {
	at := start.Add(time.Duration(rapid.Int64Range(0, int64(90*24*time.Hour)).Draw(t, "at")))
	ago := func(name string) time.Time {
		if rapid.Bool().Draw(t, name+" known") {
			return at.Add(-time.Duration(rapid.Int64Range(-int64(time.Hour), int64(30*24*time.Hour)).Draw(t, name)))
		}
		return time.Time{}
	}
	a := risk.Attempt{
		Action: rapid.SampledFrom([]act.Action{act.Cashout, act.Cashout, act.Cashout, act.AddDestination, act.Resume}).Draw(t, "action"),
		At:     at, Device: risk.Key(rapid.Uint64Range(0, 20).Draw(t, "device")), Network: risk.Key(rapid.Uint64Range(0, 20).Draw(t, "network")),
		Bound: ago("bound"), Joined: ago("joined"), Wrong: rapid.IntRange(0, 5).Draw(t, "wrong"),
	}
	if a.Action == act.Cashout {
		a.Amount = rapid.Int64Range(1, 200_000_000).Draw(t, "amount")
		for i := range rapid.IntRange(1, 4).Draw(t, "payees") {
			a.Payees = append(a.Payees, risk.Payee{Key: risk.Key(rapid.Uint64Range(1, 40).Draw(t, "payee")), Rail: i%2 == 1, Added: ago("added")})
		}
	}
	return a
}

func profiles(t *rapid.T, w *risk.Policy) *risk.Profile {
	p := new(risk.Profile)
	for range rapid.IntRange(0, 25).Draw(t, "history") {
		a := attempts(t)
		trace := w.Note(p, a)
		if rapid.Bool().Draw(t, "went through") {
			w.Learn(p, trace)
		}
	}
	return p
}

func standings(t *rapid.T) risk.Standing {
	return risk.Standing{
		Level:     rapid.SampledFrom([]act.Level{"", act.LevelStandard, act.LevelCareful, act.LevelStrict}).Draw(t, "level"),
		SmallUsed: rapid.Int64Range(0, 40_000).Draw(t, "small"), SmallCount: rapid.IntRange(0, 6).Draw(t, "times"),
	}
}

func rank(n act.Need) int {
	return slices.Index([]act.Need{act.NeedNone, act.NeedCode, act.NeedPIN, act.NeedReview}, n)
}

func TestMoreMoneyNeverScoresLess(t *testing.T) {
	t.Parallel()
	w := policy(t)
	rapid.Check(t, func(t *rapid.T) {
		p, a, s := profiles(t, w), attempts(t), standings(t)
		if a.Amount == 0 {
			return
		}
		more := a
		more.Amount += rapid.Int64Range(1, 100_000_000).Draw(t, "more")
		less, d := w.Decide(p, &a, s), w.Decide(p, &more, s)
		if d.Points < less.Points || rank(d.Need) < rank(less.Need) {
			t.Fatalf("%d: %d points, %s; %d: %d points, %s", a.Amount, less.Points, less.Need, more.Amount, d.Points, d.Need)
		}
	})
}

func TestEveryPointHasItsReason(t *testing.T) {
	t.Parallel()
	w := policy(t)
	rapid.Check(t, func(t *rapid.T) {
		p, a, s := profiles(t, w), attempts(t), standings(t)
		d := w.Decide(p, &a, s)
		seen := map[risk.Code]bool{}
		last := 1 << 30
		for _, r := range d.Reasons() {
			if r.Points <= 0 || seen[r.Code] || r.Points > last || r.Code.String() == "unknown" {
				t.Fatalf("%+v", d.Reasons())
			}
			seen[r.Code], last = true, r.Points
			if r.Payee < 0 || r.Payee > 0 && r.Payee >= len(a.Payees) {
				t.Fatalf("a reason about payee %d of %d", r.Payee, len(a.Payees))
			}
		}
		if sum(d) != d.Points {
			t.Fatalf("%d points, but %d by reasons", d.Points, sum(d))
		}
		if rank(d.Need) > 0 && d.Points < w.Bands.Code {
			t.Fatalf("%s for %d points", d.Need, d.Points)
		}
	})
}

func TestDecidingChangesNothing(t *testing.T) {
	t.Parallel()
	w := policy(t)
	rapid.Check(t, func(t *rapid.T) {
		p, a, s := profiles(t, w), attempts(t), standings(t)
		before := *p
		first := w.Decide(p, &a, s)
		if again := w.Decide(p, &a, s); *p != before || again.Points != first.Points {
			t.Fatal("a decision left traces")
		}
	})
}

// Whoever else does whatever: a person's score is a matter of their profile alone.
func TestAStrangerCannotRaiseAScore(t *testing.T) {
	t.Parallel()
	w := policy(t)
	rapid.Check(t, func(t *rapid.T) {
		p, a, s := profiles(t, w), attempts(t), standings(t)
		want := w.Decide(p, &a, s)
		stranger := new(risk.Profile)
		for range rapid.IntRange(1, 40).Draw(t, "attempts") {
			x := a // even with the same device, network and payees
			x.Amount = rapid.Int64Range(1, 200_000_000).Draw(t, "theirs")
			w.Decide(stranger, &x, s)
			x.Wrong++
			w.Learn(stranger, w.Note(stranger, x))
		}
		if got := w.Decide(p, &a, s); got.Points != want.Points || got.Need != want.Need {
			t.Fatalf("%d points, then %d", want.Points, got.Points)
		}
	})
}

func TestEveryReasonHasAWord(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for c := risk.BigAmount; c <= risk.OfLevel; c++ {
		if w := c.String(); w == "unknown" || w == "" || seen[w] {
			t.Errorf("reason %d is %q", c, w)
		} else {
			seen[w] = true
		}
	}
	if risk.Code(200).String() != "unknown" {
		t.Error("a reason that is none has a word")
	}
}

func TestReasonsNameWhatTheirSentencesNeed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		r    risk.Reason
		key  string
		want string
	}{
		{risk.Reason{Code: risk.BigAmount, Amount: 13_000}, "usual_minor", "13000"},
		{risk.Reason{Code: risk.NotSmall, Amount: 10_000}, "limit_minor", "10000"},
		{risk.Reason{Code: risk.WrongCodes, Count: 3}, "count", "3"},
	} {
		if got := c.r.Args(); got[c.key] != c.want || len(got) != 1 {
			t.Errorf("%s: %v", c.r.Code, got)
		}
	}
	if got := (risk.Reason{Code: risk.NewDevice}).Args(); got != nil {
		t.Errorf("a new device names %v", got)
	}
}
