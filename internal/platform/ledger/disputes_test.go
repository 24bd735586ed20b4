package ledger_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jandon/internal/dispute"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/platform/ledger"
	"jandon/internal/wallet"
)

// court is a person with charges to dispute, and a clock that moves everything.
type court struct {
	*ledger.Ledger
	t   testing.TB
	u   ledger.User
	now time.Time
	n   int
}

func newCourt(t testing.TB, path string) *court {
	t.Helper()
	l := open(t, path)
	u, err := l.AddUser(t.Context(), "mina", "KRW")
	must(t, err)
	c := &court{Ledger: l, t: t, u: u, now: day(10)}
	must(t, l.Grant(t.Context(), u, line("g1", day(1), wallet.Topup, 5000), lot("early", 5000, day(1), day(40))))
	must(t, l.Grant(t.Context(), u, line("g2", day(2), wallet.Topup, 9000), lot("late", 9000, day(2), time.Time{})))
	must(t, l.Spend(t.Context(), u, line("over both", day(5), wallet.Payment, -7000)))
	must(t, l.Charge(t.Context(), u, onBill(line("on the bill", day(6), wallet.Payment, -1200))))
	t.Cleanup(func() {
		if _, err := l.Check(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
	return c
}

func (c *court) merchants() ledger.Merchants {
	return ledger.SimulatedMerchants{Now: func() time.Time { return c.now }}
}

func (c *court) key() ledger.Key {
	c.n++
	return ledger.Key{ID: fmt.Sprintf("key-of-sixteen-%d", c.n), Request: sha256.Sum256([]byte{byte(c.n)})}
}

func (c *court) dispute(of string, why wallet.DisputeReason) wallet.Dispute {
	c.t.Helper()
	d, err := c.Dispute(c.t.Context(), c.u, c.key(), wallet.DisputeAsk{Transaction: of, Reason: why, Note: "please"}, c.now)
	must(c.t, err)
	return d
}

func (c *court) work() time.Time {
	c.t.Helper()
	next, err := c.Complain(c.t.Context(), c.merchants(), c.now)
	must(c.t, err)
	return next
}

func (c *court) see(id string) (d wallet.Dispute) {
	c.t.Helper()
	view(c.t, c.Ledger, c.u, func(v *ledger.View) (err error) { d, err = v.Dispute(id); return err })
	return d
}

func (c *court) lots() map[string]int64 {
	left := map[string]int64{}
	view(c.t, c.Ledger, c.u, func(v *ledger.View) error {
		lots, err := v.Lots()
		for _, l := range lots {
			left[l.ID] = l.Amount.Minor
		}
		return err
	})
	return left
}

func said(d wallet.Dispute) (list []string) {
	for _, s := range d.Steps {
		list = append(list, fmt.Sprintf("%s %s %s", s.At.Format("01-02 15"), s.Who, s.What))
	}
	return list
}

// Every reason leads where the simulator's rule says, by the clock alone, and
// whether somebody looks every hour or once at the end does not matter.
func TestClockMovesADisputeToItsEnd(t *testing.T) {
	t.Parallel()
	want := map[wallet.DisputeReason]wallet.DisputeState{
		wallet.Double: wallet.DisputeRefunded, wallet.NotDelivered: wallet.DisputeRefunded, wallet.AfterCancel: wallet.DisputeRefunded,
		wallet.NotMine: wallet.DisputeRefunded, wallet.NoConsent: wallet.DisputeRefunded, wallet.WrongAmount: wallet.DisputeRefused,
	}
	for _, reason := range wallet.DisputeReasons() {
		var ways [2]wallet.Dispute
		for i, step := range []time.Duration{time.Hour, 30 * 24 * time.Hour} {
			c := newCourt(t, ledger.Memory)
			d := c.dispute("over both", reason)
			if d.State != wallet.DisputeOpen || d.Next != wallet.TheMerchant || d.Deadline.Before(c.now) || d.Amount != money.Won(7000) {
				t.Fatalf("%s opens as %+v", reason, d)
			}
			for end := c.now.Add(30 * 24 * time.Hour); c.now.Before(end); {
				c.work()
				c.now = c.now.Add(step)
			}
			if next := c.work(); !next.IsZero() {
				t.Errorf("%s: something is due at %s after its end", reason, next)
			}
			ways[i] = c.see(d.ID)
			got := ways[i]
			if got.State != want[reason] || got.Next != wallet.Nobody || !got.Deadline.IsZero() || got.Ended.IsZero() {
				t.Errorf("%s ends as %+v", reason, got)
			}
			if refunded := got.State == wallet.DisputeRefunded; refunded != (got.Refund != "") || refunded != (c.lots()["late"] == 9000) {
				t.Errorf("%s: refund %q, lots %v", reason, got.Refund, c.lots())
			}
		}
		if a, b := said(ways[0]), said(ways[1]); !reflect.DeepEqual(a, b) {
			t.Errorf("%s by the hour %q\n at once %q", reason, a, b)
		}
	}
}

// A merchant whose last day is over has not answered, and what they say then
// is not waited for.
func TestMerchantOverTheDeadlineIsNotHeard(t *testing.T) {
	t.Parallel()
	c := newCourt(t, ledger.Memory)
	d := c.dispute("over both", wallet.Double)
	late := answers(func() (ledger.Reply, error) {
		return ledger.Reply{Says: dispute.Objects, At: d.Deadline.Add(time.Second)}, nil
	})
	c.now = d.Deadline.Add(2 * time.Second)
	_, err := c.Complain(t.Context(), late, c.now)
	must(t, err)
	got := c.see(d.ID)
	if got.State != wallet.DisputeExamined || got.Next != wallet.ThePlatform || !got.Deadline.After(c.now) || got.Steps[1].What != wallet.StepSilent || !got.Steps[1].At.Equal(d.Deadline) {
		t.Errorf("%+v", got)
	}
	c.now = c.now.Add(20 * 24 * time.Hour)
	_, err = c.Complain(t.Context(), late, c.now)
	must(t, err)
	if got = c.see(d.ID); got.State != wallet.DisputeRefunded || got.Ended.After(c.now) {
		t.Errorf("%+v", got)
	}
}

type answers func() (ledger.Reply, error)

func (a answers) Answer(context.Context, ledger.Complaint) (ledger.Reply, error) { return a() }

// A merchant who can't be reached is asked again, ever more seldom, and not
// beyond their last day.
func TestUnreachableMerchantIsAskedAgain(t *testing.T) {
	t.Parallel()
	c := newCourt(t, ledger.Memory)
	d := c.dispute("over both", wallet.Double)
	asked := 0
	gone := answers(func() (ledger.Reply, error) { asked++; return ledger.Reply{}, errors.New("no line") })
	for c.now.Before(d.Deadline.Add(time.Hour)) {
		next, err := c.Complain(t.Context(), gone, c.now)
		must(t, err)
		if !next.After(c.now) {
			t.Fatalf("at %s next is %s", c.now, next)
		}
		c.now = next
	}
	if got := c.see(d.ID); asked < 20 || asked > 200 || got.State != wallet.DisputeExamined {
		t.Errorf("asked %d times, then %s", asked, got.State)
	}
}

// Sixty-four wants to dispute the same charge make one dispute, and all others
// hear that there is one.
func TestDisputedTwiceAtOnce(t *testing.T) {
	t.Parallel()
	places(t, func(t *testing.T, path string) {
		c := newCourt(t, path)
		var group sync.WaitGroup
		var made, refused atomic.Int32
		for i := range 64 {
			group.Go(func() {
				k := ledger.Key{ID: fmt.Sprintf("key-of-sixteen-%d", i%32), Request: sha256.Sum256([]byte{byte(i % 32)})}
				_, err := c.Dispute(t.Context(), c.u, k, wallet.DisputeAsk{Transaction: "over both", Reason: wallet.NotMine}, c.now)
				switch code(err) {
				case "":
					made.Add(1)
				case fault.AlreadyDisputed:
					refused.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		group.Wait()
		view(t, c.Ledger, c.u, func(v *ledger.View) error {
			list, err := v.Disputes()
			if len(list) != 1 || made.Load() != 2 || refused.Load() != 62 { // the winning key was sent twice
				t.Errorf("%d disputes, %d made, %d refused", len(list), made.Load(), refused.Load())
			}
			return err
		})
	})
}

func TestKeyOfADisputeHasOneEffect(t *testing.T) {
	t.Parallel()
	c := newCourt(t, ledger.Memory)
	ctx, k := t.Context(), c.key()
	ask := wallet.DisputeAsk{Transaction: "over both", Reason: wallet.Double}
	first, err := c.Dispute(ctx, c.u, k, ask, c.now)
	must(t, err)
	c.now = c.now.Add(40 * 24 * time.Hour)
	c.work()
	again, err := c.Dispute(ctx, c.u, k, ask, c.now)
	if err != nil || again.ID != first.ID || again.State != wallet.DisputeRefunded {
		t.Errorf("%v, %+v", err, again)
	}
	k.Request[0]++
	if _, err = c.Dispute(ctx, c.u, k, ask, c.now); code(err) != fault.KeyReused {
		t.Errorf("another body: %v", err)
	}
}

func TestWhatCannotBeDisputed(t *testing.T) {
	t.Parallel()
	c := newCourt(t, ledger.Memory)
	ctx := t.Context()
	must(t, c.Spend(ctx, c.u, line("given back", day(7), wallet.Payment, -100)))
	must(t, c.GiveBack(ctx, c.u, refund("back", "given back", day(8), 100)))
	stranger, err := c.AddUser(ctx, "jun", "KRW")
	must(t, err)
	for name, x := range map[string]struct {
		who  ledger.User
		of   string
		at   time.Time
		want fault.Code
	}{
		"a stranger's": {stranger, "over both", c.now, fault.NotFound},
		"none":         {c.u, "made up", c.now, fault.NotFound},
		"a top-up":     {c.u, "g1", c.now, fault.NotDisputable},
		"a refund":     {c.u, "back", c.now, fault.NotDisputable},
		"refunded":     {c.u, "given back", c.now, fault.NotDisputable},
		"too old":      {c.u, "over both", day(100), fault.NotDisputable},
	} {
		_, err := c.Dispute(ctx, x.who, c.key(), wallet.DisputeAsk{Transaction: x.of, Reason: wallet.NotMine}, x.at)
		if code(err) != x.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := c.Dispute(ctx, c.u, c.key(), wallet.DisputeAsk{Transaction: "over both", Reason: "whim"}, c.now); code(err) != fault.BadRequest {
		t.Errorf("no reason: %v", err)
	}
	d := c.dispute("over both", wallet.NotMine)
	if _, err := c.WithdrawDispute(ctx, stranger, c.merchants(), d.ID, c.now); code(err) != fault.NotFound {
		t.Errorf("a stranger withdraws: %v", err)
	}
}

// A refund goes back to the very lots and to the bill, and makes nothing new:
// what came from a phone bill is never money afterwards.
func TestDisputeLaundersNothing(t *testing.T) {
	t.Parallel()
	c := newCourt(t, ledger.Memory)
	before := map[string]wallet.Lot{}
	view(t, c.Ledger, c.u, func(v *ledger.View) error {
		lots, err := v.Lots()
		for _, l := range lots {
			before[l.ID] = l
		}
		return err
	})
	a, b := c.dispute("over both", wallet.Double), c.dispute("on the bill", wallet.Double)
	c.now = c.now.Add(3 * 24 * time.Hour)
	c.work()
	refunds := map[string]wallet.Kind{c.see(a.ID).Refund: wallet.Prepaid, c.see(b.ID).Refund: wallet.CarrierCredit}
	view(t, c.Ledger, c.u, func(v *ledger.View) error {
		lots, err := v.Lots()
		if len(lots) != 2 {
			t.Errorf("%d lots", len(lots))
		}
		for _, l := range lots {
			if was, ok := before[l.ID]; ok && (was.Kind != l.Kind || was.Origin != l.Origin || was.Source != l.Source || !was.Expires.Equal(l.Expires)) || l.Amount != l.Granted {
				t.Errorf("lot %s came back as %+v", l.ID, l)
			}
		}
		for id, kind := range refunds {
			back, err := v.Transaction(id)
			if err != nil || back.Kind != kind || back.Type != wallet.Refund {
				t.Errorf("%v: refund %+v", err, back)
			}
		}
		return err
	})
	must(t, c.Bill(t.Context(), c.u, day(30), bill("b", day(0), day(29))))
	view(t, c.Ledger, c.u, func(v *ledger.View) error {
		s, lines, err := v.Settlement("b")
		if !s.Total.IsZero() || len(lines) != 2 {
			t.Errorf("the bill is %v of %d lines", s.Total, len(lines))
		}
		return err
	})
}

// What lapsed while it was disputed comes back and lapses again: a dispute is
// no way to make points last.
func TestDisputeDoesNotOutliveALot(t *testing.T) {
	t.Parallel()
	c := newCourt(t, ledger.Memory)
	c.now = day(38)
	c.dispute("over both", wallet.NotMine)
	c.now = day(60)
	c.work()
	if got := c.lots(); got["early"] != 0 || got["late"] != 9000 {
		t.Errorf("left: %v", got)
	}
}

// Each step is a change that a wallet hears of, with an alert, and the mark
// that lowers a tier.
func TestDisputesAreTold(t *testing.T) {
	t.Parallel()
	c := newCourt(t, ledger.Memory)
	var from int64
	view(t, c.Ledger, c.u, func(v *ledger.View) error { from = v.Seq; return nil })
	d := c.dispute("over both", wallet.WrongAmount)
	c.now = c.now.Add(20 * 24 * time.Hour)
	c.work()
	now := c.see(d.ID)
	view(t, c.Ledger, c.u, func(v *ledger.View) error {
		changes, _, err := v.Changes(from, 100)
		var told []wallet.Dispute
		var kinds []wallet.AlertKind
		for _, x := range changes {
			if x.Dispute != nil {
				told = append(told, *x.Dispute)
			}
			if x.Alert != nil {
				kinds = append(kinds, x.Alert.Kind)
			}
		}
		if len(told) != 1 || !reflect.DeepEqual(told[0], now) || told[0].Seq <= d.Seq {
			t.Errorf("told %+v", told)
		}
		if want := []wallet.AlertKind{wallet.AlertDisputeOpened, wallet.AlertDisputeExamined, wallet.AlertDisputeRefused}; !slices.Equal(kinds, want) {
			t.Errorf("alerts %v", kinds)
		}
		lines, err2 := v.Log(0, 10, 10)
		var log []string
		for _, x := range lines {
			log = append(log, x.What)
		}
		if !slices.Equal(log, []string{"dispute.opened", "dispute.ended"}) {
			t.Errorf("log %v", log)
		}
		return errors.Join(err, err2)
	})
}

// A check of the books finds disputes that are not what happened.
func TestCheckFindsWrongDisputes(t *testing.T) {
	t.Parallel()
	for name, sql := range map[string]string{
		"refunded by another":   "UPDATE disputes SET state = 'refunded', ended = 1, next = NULL, refund = 'back'",
		"ended without a step":  "UPDATE disputes SET state = 'refused', ended = 1, next = NULL",
		"examined without step": "UPDATE disputes SET state = 'examined'",
		"of what is no charge":  "UPDATE disputes SET transfer = 'g1'",
		"open but refunded":     "UPDATE disputes SET transfer = 'given back'",
		"a step is missing":     "DROP TRIGGER dispute_steps_stay; UPDATE dispute_steps SET n = n + 1",
	} {
		l := open(t, ledger.Memory)
		ctx := t.Context()
		u, err := l.AddUser(ctx, "mina", "KRW")
		must(t, err)
		must(t, l.Grant(ctx, u, line("g1", day(1), wallet.Topup, 5000), lot("a", 5000, day(1), time.Time{})))
		must(t, l.Spend(ctx, u, line("s", day(5), wallet.Payment, -700)))
		must(t, l.Spend(ctx, u, line("given back", day(5), wallet.Payment, -100)))
		must(t, l.GiveBack(ctx, u, refund("back", "given back", day(6), 100)))
		_, err = l.Dispute(ctx, u, ledger.Key{}, wallet.DisputeAsk{Transaction: "s", Reason: wallet.NotMine}, day(7))
		must(t, err)
		balanced(t, l)
		must(t, ledger.Exec(ctx, l, sql))
		r, err := l.Check(ctx)
		if code(err) != fault.Unbalanced || !slices.ContainsFunc(r.Problems, func(p ledger.Problem) bool { return p.Rule == "dispute" }) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
