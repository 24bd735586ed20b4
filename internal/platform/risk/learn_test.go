package risk_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"jandon/internal/act"
	"jandon/internal/platform/risk"
)

// What was only tried teaches nothing: not its size, payee, place or hour.
func TestAttemptsTeachNothing(t *testing.T) {
	t.Parallel()
	w := policy(t)
	rapid.Check(t, func(t *rapid.T) {
		p, tried := profiles(t, w), new(risk.Profile)
		*tried = *p
		last := start
		for range rapid.IntRange(1, 20).Draw(t, "tries") {
			a := attempts(t)
			w.Note(tried, a)
			if a.At.After(last) {
				last = a.At
			}
		}
		a := attempts(t)
		a.At = last.AddDate(0, 6, 0) // when all counting has faded
		before, after := w.Decide(p, &a, risk.Standing{}), w.Decide(tried, &a, risk.Standing{})
		if after.Points != before.Points {
			t.Fatalf("%d points, after tries %d: %+v", before.Points, after.Points, after.Reasons())
		}
	})
}

func TestTriesAreCountedWhateverBecomesOfThem(t *testing.T) {
	t.Parallel()
	w := policy(t)
	p, at := settled(t)
	a := usual(at, 9_000)
	before := w.Decide(p, &a, risk.Standing{})
	for range 8 {
		w.Note(p, a)
	}
	if d := w.Decide(p, &a, risk.Standing{}); d.Points <= before.Points || !has(d, risk.FastMinutes) {
		t.Errorf("eight tries left %+v", d.Reasons())
	}
}

func TestHabitsBecomeUsual(t *testing.T) {
	t.Parallel()
	w, p := policy(t), new(risk.Profile)
	w.Enrolled(p, phone, home, start)
	a := usual(start.AddDate(0, 0, 3), 60_000)
	first := w.Decide(p, &a, risk.Standing{})
	if !has(first, risk.NewPayee) || !has(first, risk.BigAmount) || has(first, risk.NewDevice) || has(first, risk.NewNetwork) {
		t.Errorf("the first act: %+v", first.Reasons())
	}
	for i := range 60 {
		a.At = start.AddDate(0, 0, 3+2*i)
		w.Learn(p, w.Note(p, a))
	}
	a.At = a.At.AddDate(0, 0, 2)
	if d := w.Decide(p, &a, risk.Standing{}); has(d, risk.NewPayee) || has(d, risk.BigAmount) {
		t.Errorf("the sixtieth: %+v", d.Reasons())
	}
}

// A single act, however large, moves what is usual only so far.
func TestOneHugeActDoesNotBecomeUsual(t *testing.T) {
	t.Parallel()
	w := policy(t)
	p, at := settled(t)
	huge := usual(at, 9_000_000)
	w.Learn(p, w.Note(p, huge))
	a := usual(at.AddDate(0, 0, 3), 900_000)
	if d := w.Decide(p, &a, risk.Standing{}); !has(d, risk.BigAmount) || d.Points < w.Bands.PIN {
		t.Errorf("after one huge act: %+v", d.Reasons())
	}
}

func TestOnlyTheFirstDeviceTeachesItsNetwork(t *testing.T) {
	t.Parallel()
	w, p := policy(t), new(risk.Profile)
	w.Enrolled(p, phone, home, start)
	w.Enrolled(p, 12, 22, start.Add(time.Hour))
	a := usual(start.AddDate(0, 0, 9), 5_000)
	a.Device, a.Network = 12, 22
	if d := w.Decide(p, &a, risk.Standing{}); has(d, risk.NewDevice) || !has(d, risk.NewNetwork) {
		t.Errorf("%+v", d.Reasons())
	}
}

func TestAMemoryForgetsTheOldest(t *testing.T) {
	t.Parallel()
	w, p := policy(t), new(risk.Profile)
	for i := range 40 {
		w.Met(p, risk.Key(100+i), start.AddDate(0, 0, i))
	}
	for _, c := range []struct {
		key risk.Key
		new bool
	}{{100, true}, {123, true}, {124, false}, {139, false}} {
		a := usual(start.AddDate(0, 3, 0), 5_000)
		a.Payees[0].Key = c.key
		if d := w.Decide(p, &a, risk.Standing{}); has(d, risk.NewPayee) != c.new {
			t.Errorf("payee %d: %+v", c.key, d.Reasons())
		}
	}
}

func TestAssumedHistoryCounts(t *testing.T) {
	t.Parallel()
	w, p := policy(t), new(risk.Profile)
	w.Enrolled(p, phone, home, start)
	w.Assume(p, 40, 15_000)
	w.Met(p, bank, start)
	a := usual(start.AddDate(0, 0, 2), 18_000)
	if d := w.Decide(p, &a, risk.Standing{Level: act.LevelStandard}); d.Need != act.NeedCode || has(d, risk.BigAmount) || has(d, risk.NewPayee) {
		t.Errorf("%s for %+v", d.Need, d.Reasons())
	}
	if p.Learned() != 40 {
		t.Errorf("learned %d", p.Learned())
	}
	before := *p
	if w.Assume(p, 0, 15_000); *p != before {
		t.Error("no history was assumed, and changed something")
	}
}

func TestProfilesSurviveTheirBytes(t *testing.T) {
	t.Parallel()
	w := policy(t)
	rapid.Check(t, func(t *rapid.T) {
		p, a := profiles(t, w), attempts(t)
		b, err := p.AppendBinary(nil)
		if err != nil || len(b) > 1400 {
			t.Fatalf("%d bytes, %v", len(b), err)
		}
		var back risk.Profile
		if err := back.UnmarshalBinary(b); err != nil || back != *p {
			t.Fatalf("other profile: %v", err)
		}
		if w.Decide(p, &a, risk.Standing{}).Points != w.Decide(&back, &a, risk.Standing{}).Points {
			t.Fatal("other points")
		}
	})
	for _, b := range [][]byte{nil, {1}, {9, 1, 2}, make([]byte, 1200)} {
		if new(risk.Profile).UnmarshalBinary(b) == nil {
			t.Errorf("%d bytes are no profile", len(b))
		}
	}
}
