package review_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/notes"
	"jandon/internal/safe"
	"jandon/internal/wallet"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
	"jandon/ui/review"
)

var sizes = [][2]int{{0, 0}, {1, 1}, {40, 14}, {40, 16}, {80, 20}, {110, 25}, {120, 36}, {250, 66}}

// monthly are n charges a month apart up to the last, at prices of which the last are given.
func monthly(name string, month time.Month, day, n int, prices ...int64) (list []wallet.Transaction) {
	last := time.Date(2026, month, day, 4, 10, 0, 0, kittest.Seoul())
	for i := range n {
		list = append(list, wallet.Transaction{
			ID: fmt.Sprintf("%s-%02d", name, i), At: last.AddDate(0, i-n+1, 0), Type: wallet.Payment,
			Amount: money.Won(-prices[max(i-n+len(prices), 0)]), Merchant: safe.Text(name),
		})
	}
	return list
}

// three is a history with three things to look at: twice, dearer, new.
func three() *kittest.Audited {
	dinner := wallet.Transaction{ID: "a", At: kittest.Now().AddDate(0, 0, -5), Type: wallet.Payment, Amount: money.Won(-21_900), Merchant: "Dinner"}
	again := dinner
	again.ID, again.At = "b", dinner.At.Add(time.Minute)
	return of(monthly("Dear Video", 11, 12, 24, 9_900, 12_900), monthly("Young Cloud", 11, 15, 6, 2_400), []wallet.Transaction{dinner, again})
}

func of(lines ...[]wallet.Transaction) *kittest.Audited {
	var all []wallet.Transaction
	for _, l := range lines {
		all = append(all, l...)
	}
	book := history.NewBook(all, history.BookOptions{Zone: kittest.Seoul()})
	return kittest.Audit(book, kittest.Seoul(), kittest.Now)
}

func open(s review.Source, lang string, w, h int) *kittest.Drive {
	return kittest.Start(review.New(kittest.Env(lang), s), w, h)
}

func has(t *testing.T, d *kittest.Drive, list ...string) {
	t.Helper()
	for _, want := range list {
		if !strings.Contains(d.Frame(), want) {
			t.Errorf("there is no %q in\n%s", want, d.Frame())
		}
	}
}

// V5: one thing at a time, the gravest first, to an end that is kept.
func TestOneThingAtATime(t *testing.T) {
	t.Parallel()
	s := three()
	d := open(s, "en", 80, 24)
	has(t, d, "1 of 3", "This is the first review.", "Dinner: ₩21,900, twice", "Are both charges yours?", "Why we think so")
	d.Do("mine")
	has(t, d, "2 of 3", "Dear Video", "+30%", "Do you want to keep it?")
	d.Do("keep")
	has(t, d, "3 of 3", "Young Cloud", "It began on 15 Jun 2026.")
	d.Do("seen")
	has(t, d, "All looked at.", "You looked at 3 things today.", "₩15,300 a month", "See you next week.")
	f, _ := s.Findings(t.Context())
	if len(f.Doubles) != 0 || f.Said["series:Dear Video-00"].Verdict != "keep" || len(f.Said) != 2 {
		t.Errorf("what was said is %+v", f.Said)
	}
}

// What comes in while a question is shown does not take its place.
func TestTheQuestionStaysWhenMoreComesIn(t *testing.T) {
	t.Parallel()
	before, after := of(monthly("Dear Video", 11, 12, 24, 9_900, 12_900)), three()
	s := &growing{Audited: before}
	d := kittest.Start(review.New(kittest.Env("en"), s), 80, 24)
	has(t, d, "1 of 1", "Dear Video")
	s.Audited = after
	d.Send(kit.Changed{})
	has(t, d, "1 of 3", "Dear Video")
	d.Do("keep")
	has(t, d, "2 of 3", "Dinner")
	d.Do("undo")
	has(t, d, "1 of 3", "Dinner")
}

// growing becomes another history.
type growing struct{ *kittest.Audited }

func TestLeftAndResumed(t *testing.T) {
	t.Parallel()
	s := three()
	open(s, "en", 80, 24).Do("snooze")
	has(t, open(s, "en", 80, 24), "2 of 3", "Dear Video")
}

func TestAnswersAreTakenBack(t *testing.T) {
	t.Parallel()
	d := open(three(), "en", 80, 24)
	d.Do("undo")
	has(t, d, "1 of 3")
	d.Do("mine", "not")
	has(t, d, "Young Cloud")
	d.Do("undo")
	has(t, d, "2 of 3", "Dear Video")
	d.Do("undo")
	has(t, d, "1 of 3", "Dinner")
	d.Do("seen", "seen", "seen", "undo")
	has(t, d, "Young Cloud")
}

// An answer that does not fit what is asked does nothing.
func TestWrongAnswersDoNothing(t *testing.T) {
	t.Parallel()
	d := open(three(), "en", 80, 24)
	d.Do("keep", "not")
	has(t, d, "1 of 3", "Dinner")
	d.Do("mine", "mine")
	has(t, d, "2 of 3")
}

func TestDetailsAreAKeyAway(t *testing.T) {
	t.Parallel()
	d := open(three(), "en", 80, 24)
	d.Do("details", "mine", "details")
	if len(d.Visits) != 2 || d.Visits[0].Arg != "double=double%3Aa%2Bb" || d.Visits[1].Arg != "series=Dear+Video-00" || d.Visits[1].Page != "audit" {
		t.Errorf("it led to %v", d.Visits)
	}
}

// The next week only what is new is asked, and when the last review was is said.
func TestTheNextReview(t *testing.T) {
	t.Parallel()
	s := three()
	d := open(s, "en", 80, 24)
	d.Do("seen", "seen", "seen")
	env := kittest.Env("en")
	env.Now = env.Now.AddDate(0, 0, 7)
	d = kittest.Start(review.New(env, s), 80, 24)
	has(t, d, "All looked at.", "Nothing is new, doubtful or dearer since 22 Nov.", "Last reviewed 22 Nov, 7 days ago.")
}

func TestNothingToLookAt(t *testing.T) {
	t.Parallel()
	has(t, open(of(), "en", 80, 24), "Nothing needs a look.")
	has(t, open(of(monthly("Old Music", 11, 3, 30, 5_000)), "ko", 80, 24), "살펴볼 것이 없어요")
}

// broken keeps nothing.
type broken struct {
	*kittest.Audited
	full bool
}

func (b *broken) PutNotes(ctx context.Context, list ...notes.Note) error {
	if b.full {
		return fault.New(fault.NoSpace, "file", "store.db")
	}
	return b.Audited.PutNotes(ctx, list...)
}

// An answer that could not be kept is asked again.
func TestAnAnswerThatIsNotKept(t *testing.T) {
	t.Parallel()
	s := &broken{Audited: three(), full: true}
	d := kittest.Start(review.New(kittest.Env("en"), s), 80, 24)
	d.Do("mine")
	has(t, d, "1 of 3", "Dinner")
	s.full = false
	d.Do("mine")
	has(t, d, "2 of 3")
}

func TestFailedAndSlow(t *testing.T) {
	t.Parallel()
	s := three()
	s.Err = fault.New(fault.StoreDamaged, "file", "store.db")
	d := open(s, "en", 80, 24)
	has(t, d, "store.db", "try again")
	s.Err = nil
	d.Do(kit.Retry)
	has(t, d, "Dinner")
	s.Err = fault.New(fault.StoreDamaged, "file", "store.db")
	d.Send(kit.Changed{})
	has(t, d, "Dinner", "Not up to date")

	d = kittest.StartHeld(review.New(kittest.Env("en"), three()), 80, 24, true)
	d.Do("mine", "keep", "seen", "undo")
	d.Split()
	d.Late()
	has(t, d, "Reading")
	d.Release(true)
	has(t, d, "1 of 3")
}

func TestHiddenAmounts(t *testing.T) {
	t.Parallel()
	env := kittest.Env("en")
	env.Hidden = true
	d := kittest.Start(review.New(env, three()), 120, 40)
	for range 4 {
		if strings.Contains(d.Frame(), "₩") {
			t.Errorf("an amount shows in\n%s", d.Frame())
		}
		d.Do("seen")
	}
}

// Whatever a person does, every frame fits its window.
func TestAnyKeysInAnyWindow(t *testing.T) {
	t.Parallel()
	everyday := kittest.Book(t, "everyday")
	intents := []kit.Intent{
		kit.Up, kit.Down, kit.PageUp, kit.PageDown, kit.Top, kit.Bottom, kit.Retry, "keep", "not", "mine", "snooze", "details", "seen", "undo", "subscriptions",
	}
	rapid.Check(t, func(r *rapid.T) {
		s := kittest.Audit(everyday, kittest.Seoul(), kittest.Now)
		if rapid.Bool().Draw(r, "hostile") {
			s = of(monthly("\x1b[31mRED\x07 e\u0301\u202etxt", 11, 12, 24, 9_900, 900_000_000_000_000), monthly("긴이름긴이름긴이름긴이름긴이름긴이름긴이름긴이름긴이름", 11, 3, 6, 1))
		}
		d := open(s, rapid.SampledFrom([]string{"en", "ko"}).Draw(r, "lang"), 80, 20)
		for range rapid.IntRange(1, 25).Draw(r, "keys") {
			if rapid.IntRange(0, 4).Draw(r, "what") == 0 {
				size := rapid.SampledFrom(sizes).Draw(r, "size")
				d.Resize(size[0], size[1])
			} else {
				d.Do(rapid.SampledFrom(intents).Draw(r, "intent"))
			}
			if err := d.Check(); err != nil {
				r.Fatal(err)
			}
		}
	})
}
