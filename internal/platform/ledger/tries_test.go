package ledger_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jandon/internal/fault"
	"jandon/internal/platform/ledger"
)

// counting is the rule about wrong codes as one would say it.
type counting struct {
	row     int
	wrong   []time.Time
	paused  time.Time
	blocked bool
}

// may is what a try at an instant is answered with before it is looked at.
func (c *counting) may(at time.Time) fault.Code {
	switch {
	case c.blocked:
		return fault.DeviceBlocked
	case at.Before(c.paused):
		return fault.DevicePaused
	}
	return ""
}

func (c *counting) judge(good bool, at time.Time) {
	if good {
		c.row, c.paused = 0, time.Time{}
		return
	}
	c.row++
	c.wrong = append(slices.DeleteFunc(c.wrong, func(t time.Time) bool { return !at.Before(t.Add(24 * time.Hour)) }), at)
	if c.row == 5 {
		c.paused = at.Add(15 * time.Minute)
	}
	c.blocked = c.row >= 10 || len(c.wrong) >= 10
}

// Whatever comes in which order, tries are counted as the rule says: nobody
// gets more of them, and nobody is kept out who should not be.
func TestTriesAreCountedAsTheRuleSays(t *testing.T) {
	t.Parallel()
	l, _ := books(t, ledger.Memory)
	n := 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		handle := "person" + string(rune('a'+n%26)) + time.Duration(n).String()
		u, err := l.AddUser(t.Context(), handle, "KRW")
		must(t, err)
		d := letIn(t, l, handle, "laptop", day(0))
		at, model := day(0), &counting{}
		for range rapid.IntRange(1, 40).Draw(r, "tries") {
			at = at.Add(time.Duration(rapid.SampledFrom([]int{0, 1, 1, 5, 15, 16, 120, 700}).Draw(r, "minutes")) * time.Minute)
			good := rapid.IntRange(0, 3).Draw(r, "luck") == 0
			want := model.may(at)
			try, err := l.Try(t.Context(), u, d.ID, at)
			if got := code(err); got != want {
				r.Fatalf("%v: %q, want %q of %+v", at, got, want, model)
			}
			if err != nil {
				continue
			}
			if good {
				must(t, l.Forgive(t.Context(), try))
			} else {
				must(t, l.Wrong(t.Context(), try))
			}
			model.judge(good, at)
		}
	})
}

// The tenth wrong one of a day is the last that is looked at, also where many
// come before it has been judged.
func TestTheTenthOfADayIsTheLastThatIsCompared(t *testing.T) {
	t.Parallel()
	l, u := books(t, ledger.Memory)
	d := letIn(t, l, "mina", "laptop", day(0))
	at := day(0)
	for range 9 {
		at = at.Add(time.Hour)
		wrong, err := l.Try(t.Context(), u, d.ID, at)
		must(t, err)
		must(t, l.Wrong(t.Context(), wrong))
		right, err := l.Try(t.Context(), u, d.ID, at)
		must(t, err)
		must(t, l.Forgive(t.Context(), right))
	}
	compared := 0
	for range 5 {
		_, err := l.Try(t.Context(), u, d.ID, at)
		switch code(err) {
		case "":
			compared++
		case fault.DeviceBlocked, fault.DeviceRevoked:
		default:
			t.Fatal(err)
		}
	}
	if compared != 1 {
		t.Errorf("%d were compared after nine", compared)
	}
}

// So is the tenth in a row, however many days the nine before it took.
func TestTheTenthInARowIsTheLastThatIsCompared(t *testing.T) {
	t.Parallel()
	l, u := books(t, ledger.Memory)
	d := letIn(t, l, "mina", "laptop", day(0))
	at := day(0)
	for range 9 {
		at = at.Add(25 * time.Hour)
		wrong, err := l.Try(t.Context(), u, d.ID, at)
		must(t, err)
		must(t, l.Wrong(t.Context(), wrong))
	}
	at = at.Add(25 * time.Hour)
	compared := 0
	for range 5 {
		if _, err := l.Try(t.Context(), u, d.ID, at); err == nil {
			compared++
		}
	}
	if compared != 1 {
		t.Errorf("%d were compared after nine", compared)
	}
}
