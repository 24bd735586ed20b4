package review_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jandon/internal/audit"
	"jandon/internal/history"
	"jandon/internal/notes"
	"jandon/internal/review"
	"jandon/internal/wallet"
)

func TestWhatIsWorthALook(t *testing.T) {
	t.Parallel()
	w := made(
		monthly("Old Music", day(11, 10), 30, 5_000),
		monthly("Dear Video", day(11, 12), 24, 9_900, 9_900, 12_900),
		monthly("Young Cloud", day(11, 15), 6, 2_400),
		monthly("Gone Games", day(3, 5), 12, 3_300),
		twice("Dinner", today.AddDate(0, 0, -6)),
	)
	f := w.find(t)
	for name, want := range map[string][]review.Why{"Old Music": {review.Forgotten}, "Dear Video": {review.Rise}, "Young Cloud": {review.New}, "Gone Games": nil} {
		s := named(t, &f, name)
		if s == nil {
			t.Errorf("%s was not found", name)
			continue
		}
		// All three that run are media; the youngest is asked about.
		got := slices.DeleteFunc(why(s), func(y review.Why) bool { return y == review.Overlap })
		if !slices.Equal(got, want) {
			t.Errorf("%s is worth a look for %v, want %v", name, got, want)
		}
	}
	if !slices.Contains(why(named(t, &f, "Young Cloud")), review.Overlap) {
		t.Error("three of a kind are not told")
	}
	if len(f.Doubles) != 1 || f.Doubles[0].First.ID != "Dinner-a" {
		t.Errorf("double charges: %+v", f.Doubles)
	}
	if want := int64(12 * (5_000 + 12_900 + 2_400)); f.Year != want || f.Running != 3 {
		t.Errorf("%d run and cost %d a year, want 3 and %d", f.Running, f.Year, want)
	}
	if order := []string{f.Series[0].Merchant, f.Series[1].Merchant, f.Series[3].Merchant}; !slices.Equal(order, []string{"Dear Video", "Old Music", "Gone Games"}) {
		t.Errorf("the order is %v", order)
	}
	if from, to, ok := named(t, &f, "Dear Video").Rise(f.Today); !ok || from != 9_900 || to != 12_900 {
		t.Errorf("rose from %d to %d, %v", from, to, ok)
	}
}

// Keeping something answers what was known: a later rise is told again, and
// the decision holds though the series has grown.
func TestKeptUntilItRises(t *testing.T) {
	t.Parallel()
	w := made(monthly("Dear Video", day(11, 12), 24, 9_900, 12_900))
	f := w.find(t)
	w.say(t, named(t, &f, "Dear Video").Decide(audit.Keep), nil)
	f = w.find(t)
	if s := named(t, &f, "Dear Video"); len(s.Reasons) != 0 || !s.Kept || s.Decision.Verdict != audit.Keep {
		t.Fatalf("kept, it is %+v", s)
	}
	for i, price := range []int64{12_900, 12_900, 14_900} {
		x := w.lines[len(w.lines)-1]
		x.ID, x.At = x.ID+"+", day(11, 12).AddDate(0, i+1, 0)
		x.Amount.Minor = -price
		w.lines = append(w.lines, x)
	}
	w.now, w.mark = day(11, 20).AddDate(0, 3, 0), 1
	f = w.find(t)
	if s := named(t, &f, "Dear Video"); !slices.Equal(why(s), []review.Why{review.Rise}) || s.Reasons[0].To != 14_900 {
		t.Errorf("after another rise it is worth a look for %+v", s.Reasons)
	}
}

func TestNoSubscriptionStaysNone(t *testing.T) {
	t.Parallel()
	w := made(monthly("Gym", day(11, 12), 12, 30_000), monthly("Music", day(12, 3), 24, 5_000))
	f := w.find(t)
	w.say(t, named(t, &f, "Gym").Decide(audit.NotSubscription), nil)
	w.lines = append(w.lines, monthly("Gym", day(11, 12).AddDate(0, 1, 0), 1, 30_000)...)
	w.lines[len(w.lines)-1].ID, w.mark, w.now = "Gym-next", 1, today.AddDate(0, 1, 0)
	f = w.find(t)
	if named(t, &f, "Gym") != nil || len(f.Not) != 1 || f.Year != 60_000 {
		t.Errorf("what is none: %+v; a year costs %d", f.Not, f.Year)
	}
}

func TestSnoozedComesBack(t *testing.T) {
	t.Parallel()
	w := made(monthly("Dear Video", day(11, 12), 24, 9_900, 12_900), twice("Dinner", today.AddDate(0, 0, -6)))
	f := w.find(t)
	w.say(t, named(t, &f, "Dear Video").Decide(audit.Snooze), nil)
	w.say(t, f.Doubles[0].Decide(audit.Snooze), nil)
	if f = w.find(t); len(w.queue(t)) != 0 || !named(t, &f, "Dear Video").Sleeps() {
		t.Errorf("snoozed, there is still %+v", w.queue(t))
	}
	w.now = today.AddDate(0, 0, 6)
	if n := len(w.queue(t)); n != 0 {
		t.Errorf("%d things are back a day early", n)
	}
	w.now = today.AddDate(0, 0, 7)
	if n := len(w.queue(t)); n != 2 {
		t.Errorf("%d of 2 things are back", n)
	}
}

func TestSnoozingAgainLastsLonger(t *testing.T) {
	t.Parallel()
	d, before := history.DayOf(today, seoul), review.Decision{}
	before.Verdict = audit.Snooze
	for _, want := range []history.Day{7, 14, 30, 7} {
		before.Until = review.Snoozed(d, before)
		if before.Until != d+want {
			t.Errorf("snoozed for %d days, want %d", before.Until-d, want)
		}
	}
}

func TestBothAreMineForGood(t *testing.T) {
	t.Parallel()
	w := made(twice("Dinner", today.AddDate(0, 0, -6)))
	f := w.find(t)
	w.say(t, f.Doubles[0].Decide(audit.BothMine), nil)
	w.now = today.AddDate(2, 0, 0)
	if f = w.find(t); len(f.Doubles) != 0 {
		t.Errorf("it is asked again: %+v", f.Doubles)
	}
}

func TestMergedAreOne(t *testing.T) {
	t.Parallel()
	w := made(monthly("Nabi TV", day(4, 12), 12, 9_900), monthly("Butterfly", day(11, 12), 7, 10_900))
	f := w.find(t)
	w.say(t, named(t, &f, "Butterfly").MergeWith(named(t, &f, "Nabi TV")), nil)
	f = w.find(t)
	if len(f.Series) != 1 || len(f.Series[0].Charges) != 19 || f.Year != 12*10_900 {
		t.Errorf("merged: %d series, a year costs %d", len(f.Series), f.Year)
	}
}

// A review that is left goes on where it was, and its end is kept. The clock
// stands still: what was said stays in order all the same.
func TestReviewIsResumedAndEnds(t *testing.T) {
	t.Parallel()
	w := made(
		monthly("Dear Video", day(11, 12), 24, 9_900, 12_900), monthly("Young Cloud", day(11, 15), 6, 2_400),
		twice("Dinner", today.AddDate(0, 0, -6)),
	)
	var order []review.Why
	w.now = today.Add(300 * time.Microsecond) // finer than notes are kept
	for n := 3; n > 0; n-- {
		queue, p := w.queue(t), w.progress(t)
		if len(queue) != n || p.Behind() != 3-n {
			t.Fatalf("%d things are left and %d behind, want %d of 3", len(queue), p.Behind(), n)
		}
		order = append(order, queue[0].Reasons[0].Why)
		if err := review.Say(t.Context(), &w.Memory, w.now, nil, &queue[0]); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(order[:2], []review.Why{review.Twice, review.Rise}) {
		t.Errorf("the order is %v", order)
	}
	if err := review.End(t.Context(), &w.Memory, w.now); err != nil {
		t.Fatal(err)
	}
	p := w.progress(t)
	if day, ok := p.LastDay(seoul); !ok || day != history.DayOf(today, seoul) || p.Count != 3 || !p.Begun.IsZero() {
		t.Errorf("after its end: %+v", p)
	}
}

func TestUndoTakesBackTheLastThingOnly(t *testing.T) {
	t.Parallel()
	w := made(monthly("Dear Video", day(11, 12), 24, 9_900, 12_900), monthly("Young Cloud", day(11, 15), 6, 2_400))
	before := w.queue(t)
	for range 2 {
		c := w.queue(t)[0]
		w.say(t, c.Series.Decide(audit.Keep), &c)
	}
	keys, err := review.Undo(t.Context(), &w.Memory, today.Add(-time.Hour))
	if err != nil || len(keys) < 2 {
		t.Fatalf("took back %v, %v", keys, err)
	}
	if after := w.queue(t); len(after) != 1 || after[0].Key != before[1].Key {
		t.Errorf("after that the queue is %+v", after)
	}
	if keys, err = review.Undo(t.Context(), &w.Memory, today.Add(time.Hour)); err != nil || keys != nil {
		t.Errorf("what was said long ago was taken back: %v, %v", keys, err)
	}
}

// A decision is the same after it was written down.
func TestDecisionsAreRead(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var d review.Decision
		d.Key = "series:x"
		d.Verdict = rapid.SampledFrom([]audit.Verdict{audit.Keep, audit.NotSubscription, audit.BothMine, audit.Snooze, audit.Merge}).Draw(t, "verdict")
		d.Transactions = rapid.SliceOfN(rapid.String(), 1, 5).Draw(t, "ids")
		d.Made = history.Day(rapid.IntRange(0, 40_000).Draw(t, "made"))
		if d.Verdict == audit.Snooze {
			d.Until = d.Made + history.Day(rapid.IntRange(0, 60).Draw(t, "days"))
		}
		book := &notes.Memory{}
		if err := review.Say(t.Context(), book, today, &d, nil); err != nil {
			t.Fatal(err)
		}
		said, _ := book.Notes(t.Context(), review.Decisions)
		got := review.Verdicts(said)
		if len(got) != 1 || got[0].Verdict != d.Verdict || got[0].Made != d.Made || got[0].Until != d.Until || len(got[0].Transactions) != len(d.Transactions) {
			t.Errorf("%+v was read as %+v", d, got)
		}
	})
}

func TestNotesOfAnotherVersionAreLeftOut(t *testing.T) {
	t.Parallel()
	w := made(monthly("Music", day(11, 3), 24, 5_000))
	for i, value := range []string{"keep", "{}", `{"verdict":"keep"}`, `{"verdict":"keep","transactions":["a"],"made":"soon"}`, `{"verdict":"snooze","transactions":["a"],"made":"2026-11-22"}`, "\x00", "[1"} {
		n := notes.Note{Kind: review.Decisions, Key: string(rune('a' + i)), Value: value, At: today}
		if err := w.PutNotes(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
	if f := w.find(t); len(f.Said) != 0 || len(f.Series) != 1 {
		t.Errorf("read %+v", f.Said)
	}
}

func TestLinesAreReadOnceUntilTheyChange(t *testing.T) {
	t.Parallel()
	w := made(monthly("Music", day(11, 3), 24, 5_000))
	for range 3 {
		w.find(t)
	}
	if w.reads != 1 {
		t.Errorf("read %d times", w.reads)
	}
	w.lines, w.mark = append(w.lines, monthly("Cloud", day(11, 5), 12, 2_400)...), 1
	if f := w.find(t); w.reads != 2 || len(f.Series) != 2 {
		t.Errorf("read %d times, found %d series", w.reads, len(f.Series))
	}
}

func TestFailuresAreToldAndNothingIsKept(t *testing.T) {
	t.Parallel()
	w := made(monthly("Music", day(11, 3), 24, 5_000))
	broken := errors.New("disk")
	w.Mark = func(context.Context) (int64, error) { return 0, broken }
	if _, err := w.Findings(t.Context()); !errors.Is(err, broken) {
		t.Errorf("a broken history answers %v", err)
	}
}

// Times of day that are all midnight are no times of day.
func TestStatementsWithoutTimes(t *testing.T) {
	t.Parallel()
	lines := monthly("Music", time.Date(2026, 11, 3, 0, 0, 0, 0, seoul), 24, 5_000)
	f := made(lines).find(t)
	if len(f.Series) != 1 || f.Series[0].Charges[0].Second >= 0 {
		t.Errorf("found %+v", f.Series)
	}
}

func TestAnsweredAlertsAreNotTold(t *testing.T) {
	t.Parallel()
	w := made(twice("Dinner", today.AddDate(0, 0, -6)))
	alerts := []wallet.Alert{
		{ID: "1", Kind: wallet.AlertDoubleCharge, Transactions: []string{"Dinner-b", "Dinner-a"}},
		{ID: "2", Kind: wallet.AlertDoubleCharge, Transactions: []string{"Dinner-b", "Lunch"}},
		{ID: "3", Kind: wallet.AlertDoubleCharge}, {ID: "4", Kind: wallet.AlertCharge, Transactions: []string{"Dinner-a"}},
	}
	f := w.find(t)
	if got := review.Unanswered(alerts, nil); len(got) != 4 {
		t.Errorf("nothing was said, and %d of 4 are left", len(got))
	}
	w.say(t, f.Doubles[0].Decide(audit.BothMine), nil)
	said, _ := w.Notes(t.Context(), review.Decisions)
	if got := review.Unanswered(alerts, said); len(got) != 3 || got[0].ID != "2" || len(alerts) != 4 || alerts[0].ID != "1" {
		t.Errorf("left are %+v", got)
	}
}
