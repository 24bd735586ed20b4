package acting_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"jandon/internal/act"
	"jandon/internal/i18n"
	"jandon/internal/money"
	"jandon/internal/wallet"
	"jandon/ui/kit"
	"jandon/ui/kit/acting"
	"jandon/ui/kit/kittest"
)

func TestEveryWordOfAnActIsSaid(t *testing.T) {
	t.Parallel()
	for _, lang := range i18n.Langs() {
		w := acting.Words{Env: kittest.Env(lang)}
		for _, a := range []act.Action{act.Cashout, act.AddDestination, act.AddDevice, act.ChangePIN, act.LowerLevel, act.Resume, act.SetRecovery, act.AddAuthenticator, act.SetAuto} {
			if got := w.Action(a); got == string(a) || got == "" {
				t.Errorf("%s: no words for %s", lang, a)
			}
		}
		for _, s := range []act.State{act.Waiting, act.Review, act.Going, act.Done, act.Partly, act.Returned, act.Canceled, act.Lapsed} {
			if got, _ := w.State(s); got == string(s) {
				t.Errorf("%s: no words for %s", lang, s)
			}
			if s != act.Waiting && s != act.Review && s != act.Done && !w.Text.Has("confirm.after."+string(s)) {
				t.Errorf("%s: nothing is said after %s", lang, s)
			}
		}
		for _, code := range []string{"account_closed", "declined"} { // what the reference platform's partner says
			if !w.Text.Has("leg." + code) {
				t.Errorf("%s: no words for a leg that is %s", lang, code)
			}
		}
		for _, n := range []act.Need{act.NeedNone, act.NeedCode, act.NeedPIN, act.NeedReview} {
			if !w.Text.Has("acts.need." + string(n)) {
				t.Errorf("%s: no words for the need %s", lang, n)
			}
		}
	}
	w := acting.Words{Env: kittest.Env("en")}
	if got, _ := w.State("asleep"); w.Action("fly.away") != "fly.away" || got != "asleep" {
		t.Error("words of a newer platform are hidden")
	}
}

// Reasons name amounts and instants as the person reads them; an unknown one
// shows its code rather than nothing.
func TestReasonsAreToldWithWhatTheyName(t *testing.T) {
	t.Parallel()
	w := acting.Words{Env: kittest.Env("en")}
	a := act.Act{Amount: money.Won(1), Reasons: []act.Reason{
		{Code: "of_the_moon", Points: 3, Args: map[string]string{"usual_minor": "x"}},
		{Code: "amount", Points: 20, Args: map[string]string{"usual_minor": "13000"}},
		{Code: "wrong_codes", Points: 20, Args: map[string]string{"count": "3"}},
		{Code: "wrong_codes", Points: 20}, // a platform that forgot how many
	}}
	want := []string{
		"The platform's own reason: of_the_moon", "Larger than usual for you: about ₩13,000 is usual.",
		"Wrong codes in the last hours: 3.", "Wrong codes in the last hours: ?.",
	}
	if got := w.Reasons(&a); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	w.Hidden = true
	if got := w.Reasons(&a)[1]; strings.Contains(got, "13") {
		t.Errorf("with amounts hidden it says %q", got)
	}
}

func TestLegsNameWhatBecameOfEachWon(t *testing.T) {
	t.Parallel()
	now := kittest.Now()
	a := act.Act{State: act.Partly, Made: now.Add(-time.Minute), Amount: money.Won(5_000), Legs: []act.Leg{
		{Rail: "bank_transfer", Payee: act.Payee{Name: "Kim Minji", ID: "110-***-4567"}, Amount: money.Won(2_500), Fee: money.Won(500), FeeName: "transfer", Net: money.Won(2_000), State: act.LegDone, Ended: now.Add(-30 * time.Second),
			From: []wallet.Draw{{Lot: "l1", Amount: money.Won(1_500)}, {Lot: "l2", Amount: money.Won(300)}, {Lot: "l1", Amount: money.Won(700)}}},
		{Rail: "donation", Amount: money.Won(1_000), Fee: money.Won(77), FeeName: "transfer", Net: money.Won(923), State: act.LegReturned, Ended: now, Failure: "moon"},
		{Rail: "mobile_topup", Amount: money.Won(1_000), Net: money.Won(1_000), State: act.LegAsking},
		{Rail: "transit_credit", Amount: money.Won(500), Net: money.Won(500), State: act.LegGoing, Due: now.Add(90 * time.Minute)},
	}}
	w := acting.Words{Env: kittest.Env("en")}
	draw := func(width int) string {
		c := kit.Columns{}
		col := kit.Scroll{X: 1, W: width}
		col.Add(w.Legs(&a, width, func(id string) string { return "lot " + id }))
		c.Set([]kit.Scroll{col}, 60)
		return c.Draw(&kit.Sheet{}, kit.NewTheme(true, false), width+3, 60)
	}
	for _, width := range []int{80, 36} {
		got := draw(width)
		for _, want := range []string{
			"₩2,000", "Kim Minji", "110-***-4567", "arrived 19:59", "₩500 transfer fee", "₩2,200 from lot l1 · 2 parts", "₩300 from lot l2",
			"donation credit", "came back 20:00", "It came back: moon", "₩1,000 is back where it was taken from.",
			"mobile top-up", "answer was lost", "transit credit", "by 21:30, in 2 h",
		} {
			if !strings.Contains(strings.Join(strings.Fields(ansi.Strip(got)), " "), want) {
				t.Errorf("in %d cells there is no %q in\n%s", width, want, got)
			}
		}
		if strings.Contains(got, "₩77") {
			t.Errorf("in %d cells what came back was charged for:\n%s", width, got)
		}
	}
}

// What lapsed was held, not sent: it did not come back from anywhere, and there
// is no failure to name.
func TestALegThatNeverWentDidNotComeBack(t *testing.T) {
	t.Parallel()
	a := act.Act{State: act.Lapsed, Amount: money.Won(1_000), Legs: []act.Leg{
		{Rail: "donation", Amount: money.Won(1_000), Net: money.Won(1_000), State: act.LegReturned, Ended: kittest.Now()},
	}}
	c := kit.Columns{}
	col := kit.Scroll{X: 1, W: 80}
	col.Add(acting.Words{Env: kittest.Env("en")}.Legs(&a, 80, nil))
	c.Set([]kit.Scroll{col}, 20)
	got := ansi.Strip(c.Draw(&kit.Sheet{}, kit.NewTheme(true, false), 83, 20))
	if !strings.Contains(got, "not sent") || !strings.Contains(got, "₩1,000 is back where it was taken from.") || strings.Contains(got, "ame back") {
		t.Errorf("it reads\n%s", got)
	}
}

func TestHowLongItIs(t *testing.T) {
	t.Parallel()
	w := acting.Words{Env: kittest.Env("en")}
	for d, want := range map[time.Duration]string{
		-time.Hour: "any moment", 0: "any moment", time.Millisecond: "in 1 s", 59 * time.Second: "in 59 s", time.Minute: "in 1 min", 61 * time.Second: "in 2 min",
		90 * time.Minute: "in 2 h", 47 * time.Hour: "in 47 h", 49 * time.Hour: "in 3 days",
	} {
		if got := w.In(d); got != want {
			t.Errorf("%v is said %q, want %q", d, got, want)
		}
	}
}

func TestMovesKnowsWhatIsDueNext(t *testing.T) {
	t.Parallel()
	now := kittest.Now()
	a := act.Act{State: act.Going, Legs: []act.Leg{{Due: now.Add(time.Hour)}, {Due: now.Add(-time.Second)}, {Due: now.Add(time.Second), Ended: now}}}
	if next, moves := acting.Moves(&a, now); !moves || next != 0 {
		t.Errorf("an overdue leg is due in %v, %v", next, moves)
	}
	a.Legs = a.Legs[:1]
	if next, _ := acting.Moves(&a, now); next != time.Hour {
		t.Errorf("the next is due in %v", next)
	}
	for _, s := range []act.State{act.Done, act.Lapsed, act.Waiting} {
		a.State = s
		if _, moves := acting.Moves(&a, now); moves {
			t.Errorf("%s moves", s)
		}
	}
}
