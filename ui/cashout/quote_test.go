package cashout_test

import (
	"context"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/ui/cashout"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
)

// quoted is a page with a quote of an amount, and its question ready.
func quoted(t *testing.T, p *platform, env *kit.Env, amount string) *kittest.Drive {
	t.Helper()
	d := open(p, env, 80, 40)
	d.Type(amount + "\n")
	d.Do("quote")
	rest(d)
	has(t, d, "Quote fixed for", "Cash this out?")
	return d
}

// rest gives the page what it waits for, but for the countdown.
func rest(d *kittest.Drive) {
	waits := d.Waits
	d.Waits = nil
	for _, w := range waits {
		if _, ticks := w.Then.(cashout.Second); ticks {
			d.Waits = append(d.Waits, w)
			continue
		}
		d.Send(w.Then)
	}
}

// pass lets seconds of the countdown go by.
func pass(d *kittest.Drive, env *kit.Env, seconds int) {
	for range seconds {
		env.Now = env.Now.Add(time.Second)
		waits := d.Waits
		d.Waits = nil
		for _, w := range waits {
			d.Send(w.Then)
		}
	}
}

func TestAQuoteIsShownExactlyAndCountedDown(t *testing.T) {
	t.Parallel()
	p, env := some(t), kittest.Env("en")
	d := quoted(t, p, env, "43900")
	if len(p.asks) != 1 || p.asks[0].Amount != money.Won(43_900) || p.asks[0].Amounts != nil || p.asks[0].Without != nil {
		t.Fatalf("it was asked for %+v", p.asks)
	}
	has(t, d, "fixed for 1:30 more", "₩43,900 → ₩38,000 mobile top-up", "to Simulated mobile_topup", "from your balance ₩43,900", "conversion fee, out of", "골목페이 · Prepaid")
	hasNot(t, d, "not what the preview showed", "That is how")
	pass(d, env, 30)
	has(t, d, "fixed for 1:00 more")
	pass(d, env, 59)
	has(t, d, "fixed for 0:01 more")
	pass(d, env, 1)
	has(t, d, "Quote expired", "This quote's time is over")
	d.Do("yes")
	if len(p.begun) > 0 {
		t.Fatal("an expired quote was used")
	}
	if len(d.Waits) > 0 {
		t.Errorf("it still counts: %v", d.Waits)
	}
}

// The platform's clock is a day and more ahead here (see made_test.go), and the
// shell's time stands still between minutes: neither may cost or give time.
// A fee of nothing is no cost, and is not inked as one.
func TestAFeeOfNothingIsQuiet(t *testing.T) {
	t.Parallel()
	env := kittest.Env("en")
	d := quoted(t, some(t), env, "10000")
	has(t, d, "fees ₩0")
	inked := func(ink kit.Ink) bool {
		var s kit.Sheet
		s.Start(10, 1)
		s.Put(ink, "₩0")
		return strings.Contains(d.Page.View(), s.String())
	}
	if inked(env.Theme.Cost) || !inked(env.Theme.Quiet) {
		t.Errorf("a fee of nothing stands out:\n%q", d.Page.View())
	}
}

func TestTheCountdownDoesNotCareForClocks(t *testing.T) {
	t.Parallel()
	p, env := some(t), kittest.Env("en")
	d := open(p, env, 80, 40)
	d.Type("5000\n")
	d.Do("quote")
	has(t, d, "fixed for 1:30 more")
	env.Now = env.Now.Add(59 * time.Second) // the shell's time was old when the quote came
	rest(d)
	env.Now = env.Now.Add(time.Second)
	pass(d, env, 0)
	waits := d.Waits
	d.Waits = nil
	for _, w := range waits {
		d.Send(w.Then)
	}
	has(t, d, "fixed for 1:29 more")
}

func TestAnExpiredQuoteIsAskedForAnewAndDifferencesAreNamed(t *testing.T) {
	t.Parallel()
	p, env := some(t), kittest.Env("en")
	d := quoted(t, p, env, "13300")
	pass(d, env, 90)
	p.fee = 250
	d.Do("anew")
	has(t, d, "fixed for 1:30 more", "The new quote is not the same as the one before:", "Fees: ₩316, was ₩66", "You keep: ₩12,984, was ₩13,234")
	rest(d)
	d.Do("yes")
	if len(p.begun) != 1 || p.begun[0].Fee != money.Won(316) {
		t.Errorf("begun is %+v", p.begun)
	}
}

func TestAQuoteThatDiffersFromThePreviewSaysSo(t *testing.T) {
	t.Parallel()
	p := some(t)
	p.fee = 100
	d := quoted(t, p, kittest.Env("en"), "13300")
	has(t, d, "The quote is not what the preview showed:", "Fees: ₩166, was ₩66")
}

func TestTypedAheadKeysCannotCashOut(t *testing.T) {
	t.Parallel()
	p := some(t)
	d := open(p, kittest.Env("en"), 80, 40)
	d.Type("13300\n")
	d.Do("quote", "yes", "yes")
	if len(p.begun) > 0 {
		t.Fatal("keys typed ahead began a cash-out")
	}
	old := d.Waits
	rest(d)
	for _, w := range old[:1] { // the moment before the last key is over; a new one began
		d.Send(w.Then)
	}
	d.Do("yes")
	if len(p.begun) != 1 {
		t.Errorf("a calm yes began %d", len(p.begun))
	}
}

func TestOnlyYesIsYes(t *testing.T) {
	t.Parallel()
	p := some(t)
	d := quoted(t, p, kittest.Env("en"), "13300")
	for _, i := range []kit.Intent{kit.Open, kit.Down, kit.PageDown, "quote", "accept", "anew", "check", kit.Left} {
		d.Do(i)
	}
	d.Send(kit.Click{X: 10, Y: 10})
	if len(p.begun) > 0 {
		t.Fatal("something else than yes began a cash-out")
	}
	d.Do("no")
	has(t, d, "Amount ₩13,300", "▸ Most value")
}

func TestACashOutBeginsAndLeadsToItsConfirmation(t *testing.T) {
	t.Parallel()
	p := some(t)
	d := quoted(t, p, kittest.Env("en"), "13300")
	d.Do("yes")
	if len(p.begun) != 1 || p.begun[0].Amount != money.Won(13_300) || len(d.Visits) != 1 || d.Visits[0] != (kit.Visit{Page: "confirm", Arg: "act-q-1"}) {
		t.Fatalf("begun %+v, visits %v", p.begun, d.Visits)
	}
	has(t, d, "Begun here: ₩13,300, 20:00", "What can go")
	if typed(d) != 0 {
		t.Error("the draft is there twice")
	}
	d.Type("o")
	if len(d.Visits) != 2 || d.Visits[1] != d.Visits[0] {
		t.Errorf("o leads to %v", d.Visits)
	}
}

// left is a source whose person leaves before the write has begun.
type left struct {
	source
	leave context.CancelFunc
	began *bool
}

func (s left) Start(ctx context.Context, q act.Quote, n int) (act.Act, error) {
	s.leave()
	if err := ctx.Err(); err != nil {
		return act.Act{}, err
	}
	*s.began = true
	return s.source.Start(ctx, q, n)
}

func TestLeavingDoesNotCancelWhatBegan(t *testing.T) {
	t.Parallel()
	p := some(t)
	ctx, leave := context.WithCancel(t.Context())
	began := false
	page := cashout.New(kittest.Env("en"), p.book, left{source{p}, leave, &began})
	page.Resize(80, 40)
	var run func(tea.Cmd)
	var armed []tea.Msg
	run = func(cmd tea.Cmd) {
		if cmd == nil {
			return
		}
		switch msg := cmd().(type) {
		case tea.BatchMsg:
			for _, c := range msg {
				run(c)
			}
		case kit.Wait:
			armed = append(armed, msg.Then)
		case kit.Visit, kit.Changed, nil:
		default:
			run(page.Update(ctx, msg))
		}
	}
	run(page.Init(ctx))
	page.Update(ctx, tea.PasteMsg{Content: "13300"})
	run(page.Update(ctx, kit.Do{Intent: "accept"}))
	run(page.Update(ctx, kit.Do{Intent: "quote"}))
	for _, msg := range armed {
		if m, ok := msg.(kit.Armed); ok {
			page.Update(ctx, m)
		}
	}
	run(page.Update(ctx, kit.Do{Intent: "yes"}))
	if !began || ctx.Err() == nil {
		t.Error("leaving cancelled the write")
	}
}

func TestALostAnswerIsUnknownUntilItIsKnown(t *testing.T) {
	t.Parallel()
	p := some(t)
	p.movErr, p.findErr = fault.New(fault.UnknownOutcome, "url", "x"), fault.New(fault.Unreachable, "url", "pay.example")
	d := quoted(t, p, kittest.Env("en"), "13300")
	d.Do("yes")
	has(t, d, "not known whether this began. Checking …", "Asked once without an answer")
	hasNot(t, d, "failed", "Cash this out?")
	d.Do("yes", "no", kit.Back)
	has(t, d, "Checking …")
	rest(d)
	has(t, d, "Asked 2 times without an answer", "pay.example")
	d.Do("acts")
	if len(d.Visits) != 1 || d.Visits[0].Page != "acts" {
		t.Errorf("o leads to %v", d.Visits)
	}
	p.lost = []act.Act{{ID: "other", Quote: "q-9"}, {ID: "found", Quote: "q-1", Amount: money.Won(13_300), Made: kittest.Now()}}
	d.Send(kit.Unlocked{}) // looked after at once
	if last := d.Visits[len(d.Visits)-1]; last != (kit.Visit{Page: "confirm", Arg: "found"}) {
		t.Errorf("what was found leads to %v", d.Visits)
	}
	has(t, d, "Begun here: ₩13,300")
}

// The first try was begun after all, and its answer could not be kept: the
// quote is used, and the act that used it is looked for.
func TestAUsedQuoteLeadsToItsAct(t *testing.T) {
	t.Parallel()
	p := some(t)
	p.movErr = fault.New(fault.QuoteUsed)
	p.lost = []act.Act{{ID: "found", Quote: "q-1", Amount: money.Won(13_300), Made: kittest.Now()}}
	d := quoted(t, p, kittest.Env("en"), "13300")
	d.Do("yes")
	if len(d.Visits) != 1 || d.Visits[0] != (kit.Visit{Page: "confirm", Arg: "found"}) {
		t.Errorf("it leads to %v", d.Visits)
	}
}

func TestALostQuestionNeverBegan(t *testing.T) {
	t.Parallel()
	p := some(t)
	p.movErr = fault.New(fault.UnknownOutcome, "url", "x")
	d := quoted(t, p, kittest.Env("en"), "13300")
	d.Do("yes")
	has(t, d, "Amount ₩13,300", "▸ Most value")
	if len(d.Visits) > 0 || typed(d) != 13_300 {
		t.Errorf("visits %v, draft %d", d.Visits, typed(d))
	}
}

// A yes that the PIN was missing for needs no second yes.
func TestAYesGoesOnAfterThePIN(t *testing.T) {
	t.Parallel()
	p := some(t)
	p.movErr = fault.New(fault.StepUpRequired)
	d := quoted(t, p, kittest.Env("en"), "13300")
	d.Do("yes")
	has(t, d, "Cash this out?")
	hasNot(t, d, "needs your PIN") // the shell's panel says so, once
	p.movErr = nil
	d.Send(kit.Unlocked{})
	d.Send(kit.Unlocked{})
	if len(p.begun) != 1 {
		t.Errorf("begun %d times", len(p.begun))
	}
}

// A PIN that was not given takes the yes back: no later one gives it again.
func TestAYesEndsWithAPINThatWasNotGiven(t *testing.T) {
	t.Parallel()
	for _, told := range []tea.Msg{kit.StayedLocked{}, kit.Locked{}} {
		p := some(t)
		p.movErr = fault.New(fault.StepUpRequired)
		d := quoted(t, p, kittest.Env("en"), "13300")
		d.Do("yes")
		p.movErr = nil
		d.Send(told)
		d.Send(kit.Unlocked{})
		if len(p.begun) > 0 {
			t.Fatalf("%T: it was begun after all", told)
		}
		d.Do("yes")
		if len(p.begun) > 0 {
			t.Fatalf("%T: the first key after unlocking began it", told)
		}
		rest(d)
		d.Do("yes")
		if len(p.begun) != 1 {
			t.Errorf("%T: it can't be begun any more", told)
		}
	}
}

func TestARefusalToBeginKeepsTheQuote(t *testing.T) {
	t.Parallel()
	p := some(t)
	p.movErr = fault.New(fault.QuoteExpired)
	d := quoted(t, p, kittest.Env("en"), "13300")
	d.Do("yes")
	has(t, d, "Quote expired", "A new one says what differs")
}

// Two wallets over one balance: the second's quote has time left, and is not
// said to have none.
func TestAQuoteWhoseBalanceWentElsewhereIsNotSaidToHaveExpired(t *testing.T) {
	t.Parallel()
	p := some(t)
	p.movErr = fault.New(fault.QuoteOutdated)
	d := quoted(t, p, kittest.Env("en"), "13300")
	d.Do("yes")
	has(t, d, "no longer holds", "a balance that another act has taken", "Nothing was moved")
	hasNot(t, d, "expired", "time is over")
	p.movErr = nil
	d.Do("anew")
	has(t, d, "Cash this out?")
}

func TestOfflineThePreviewWorksAndTheQuoteIsRefused(t *testing.T) {
	t.Parallel()
	p := some(t)
	d := open(p, kittest.Env("en"), 80, 40)
	p.holdErr, p.knowErr = fault.New(fault.Unreachable, "url", "pay.example"), fault.New(fault.Unreachable, "url", "pay.example")
	p.askErr = p.knowErr
	d.Send(kit.Changed{})
	d.Type("13300\n")
	has(t, d, "▸ Most value", "₩13,234", "Not up to date", "balances of 19:57 and limits of 19:59")
	d.Do("quote")
	has(t, d, "No quote", "pay.example", "Amount ₩13,300", "▸ Most value")
	p.askErr = nil
	d.Do("quote")
	has(t, d, "Cash this out?")
}

func TestWithoutLimitsTheDraftStays(t *testing.T) {
	t.Parallel()
	p := some(t)
	told := p.Limits.At
	p.knowErr, p.Limits.At = fault.New(fault.Unreachable, "url", "pay.example"), time.Time{}
	d := open(p, kittest.Env("en"), 80, 30)
	d.Type("13300")
	has(t, d, "Amount ₩13,300", "What you may do is not known yet", "pay.example")
	p.knowErr, p.Limits.At = nil, told
	d.Type("r")
	has(t, d, "Amount ₩13,300", "▸ Most value")
}

func TestAnotherCatalogueHasNoPreview(t *testing.T) {
	t.Parallel()
	p := some(t)
	p.Limits.Version = "2030-01-01"
	d := open(p, kittest.Env("en"), 80, 30)
	d.Type("13300")
	has(t, d, "This can't be worked out now", "2030-01-01")
	hasNot(t, d, "Most value")
}

func TestPausedAccountsGetNoQuote(t *testing.T) {
	t.Parallel()
	p := some(t)
	p.Limits.Paused = kittest.Now().Add(time.Hour)
	d := open(p, kittest.Env("en"), 80, 40)
	d.Type("13300\n")
	has(t, d, "Everything stands still until 21:00")
	d.Do("quote")
	if len(p.asks) > 0 {
		t.Error("a quote was asked for")
	}
}

// An answer to an older question must not come in place of what is typed now.
func TestAQuoteForAnotherAmountIsDropped(t *testing.T) {
	t.Parallel()
	p := some(t)
	d := kittest.StartHeld(page(p, kittest.Env("en")), 80, 40, false)
	d.Type("13300\n")
	d.Held = true
	d.Do("quote")
	d.Split()
	d.Late()
	has(t, d, "Asking the platform for a quote")
	d.Do("amount")
	d.Type("133000")
	press(d, backspace)
	d.Release(false)
	hasNot(t, d, "Cash this out?")
	has(t, d, "Amount ₩13,300")
}

func TestAQuoteThatDoesNotAddUpIsNotShown(t *testing.T) {
	t.Parallel()
	p := some(t)
	s := source{p}
	ask := act.Ask{Amount: money.Won(13_300)}
	fresh := func() *act.Quote {
		q, err := s.Quote(t.Context(), ask)
		if err != nil {
			t.Fatal(err)
		}
		return &q
	}
	if q := fresh(); !cashout.Sound(q, 0, ask) {
		t.Fatal("a good quote is refused")
	}
	for name, spoil := range map[string]func(q *act.Quote){
		"another amount":       func(q *act.Quote) { q.Amount.Minor++ },
		"a plan of another":    func(q *act.Quote) { q.Offers[0].Plan.Amount.Minor++ },
		"another currency":     func(q *act.Quote) { q.Amount.Currency = money.USD },
		"a fee more":           func(q *act.Quote) { q.Offers[0].Plan.Fees.Minor++ },
		"a fee without a name": func(q *act.Quote) { q.Offers[0].Plan.Legs[0].Fee.Minor++ },
		"a leg less":           func(q *act.Quote) { q.Offers[0].Plan.Legs = q.Offers[0].Plan.Legs[1:] },
		"no payee":             func(q *act.Quote) { q.Offers[0].Payees = nil },
		"a leg of nothing":     func(q *act.Quote) { l := &q.Offers[0].Plan.Legs[0]; l.Fee, l.Net.Minor = l.Amount, 0 },
	} {
		q := fresh()
		spoil(q)
		if cashout.Sound(q, 0, ask) {
			t.Errorf("a quote with %s is shown", name)
		}
	}
}

func TestFailedSlowAndEmpty(t *testing.T) {
	t.Parallel()
	p := some(t)
	p.holdErr = fault.New(fault.StoreDamaged, "file", "store.db")
	d := open(p, kittest.Env("en"), 80, 20)
	has(t, d, "store.db", "try again")
	if d.Page.(kit.Typist).Typing() {
		t.Error("keys go to an amount that is not there: r could not be pressed")
	}
	p.holdErr = nil
	d.Do(kit.Retry)
	has(t, d, "Amount ₩")
	p.Wallet.Lots = nil
	d.Send(kit.Changed{})
	has(t, d, "There is nothing to cash out.")
	d = kittest.StartHeld(page(some(t), kittest.Env("en")), 80, 20, true)
	if strings.TrimSpace(d.Frame()) != "" {
		t.Errorf("too early: %s", d.Frame())
	}
	d.Split()
	d.Late()
	has(t, d, "Reading")
	d.Release(true)
	has(t, d, "Amount ₩")
}
