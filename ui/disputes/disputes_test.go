package disputes_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"jandon/internal/fault"
	"jandon/internal/i18n"
	"jandon/internal/money"
	"jandon/internal/wallet"
	"jandon/ui/disputes"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
)

var now = time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)

// fake is a source and a court.
type fake struct {
	lines map[string]wallet.Transaction
	list  []wallet.Dispute
	asked []wallet.DisputeAsk
	gone  []string
	fail  error
}

func (f *fake) Disputes(context.Context) ([]wallet.Dispute, error) { return f.list, f.fail }

func (f *fake) Transaction(_ context.Context, id string) (wallet.Transaction, error) {
	x, ok := f.lines[id]
	if !ok {
		return x, fault.New(fault.NotFound, "what", "transaction")
	}
	return x, nil
}

func (f *fake) Wallet(context.Context) (wallet.Wallet, error) {
	return wallet.Wallet{Issuers: []wallet.Issuer{{ID: "golmok", Name: "골목페이", Contact: "1588-0000"}}}, nil
}

func (f *fake) Dispute(_ context.Context, ask wallet.DisputeAsk) (wallet.Dispute, error) {
	f.asked = append(f.asked, ask)
	if f.fail != nil {
		return wallet.Dispute{}, f.fail
	}
	d := opened(ask.Transaction)
	d.Reason, d.Note = ask.Reason, ask.Note
	f.list = append(f.list, d)
	return d, nil
}

func (f *fake) Withdraw(_ context.Context, id string) (wallet.Dispute, error) {
	f.gone = append(f.gone, id)
	d := f.list[0]
	d.State, d.Next, d.Deadline, d.Ended = wallet.DisputeWithdrawn, wallet.Nobody, time.Time{}, now
	d.Steps = append(slices.Clone(d.Steps), wallet.DisputeStep{At: now, Who: wallet.You, What: wallet.StepWithdrawn})
	f.list[0] = d
	return d, nil
}

func charge(id string) wallet.Transaction {
	return wallet.Transaction{
		ID: id, Seq: 7, At: now.Add(-48 * time.Hour), Type: wallet.Payment, Status: wallet.Posted, Amount: money.Won(-9_900), Issuer: "golmok",
		Kind: wallet.Prepaid, Merchant: "나비TV", Category: "media", Contact: "help@nabi.example", Order: "N-1",
	}
}

func opened(tx string) wallet.Dispute {
	return wallet.Dispute{
		ID: "dispute-" + tx, Seq: 9, Transaction: tx, Issuer: "golmok", Merchant: "나비TV", Amount: money.Won(9_900), Charged: now.Add(-48 * time.Hour),
		Reason: wallet.Double, State: wallet.DisputeOpen, Opened: now, Next: wallet.TheMerchant, Deadline: now.Add(3 * 24 * time.Hour),
		Steps: []wallet.DisputeStep{{At: now, Who: wallet.You, What: wallet.StepOpened}},
	}
}

func source() *fake {
	file, refunded, old := charge("file"), charge("refunded"), charge("old")
	file.Seq, refunded.Status, old.At = 0, wallet.Refunded, now.AddDate(-1, 0, 0)
	earned := charge("earned")
	earned.Type, earned.Amount = wallet.Earn, money.Won(100)
	lines := map[string]wallet.Transaction{}
	for _, x := range []wallet.Transaction{charge("tx"), file, refunded, old, earned} {
		lines[x.ID] = x
	}
	return &fake{lines: lines}
}

func open(f *fake, court disputes.Court, arg, lang string, w, h int) *kittest.Drive {
	return kittest.Start(disputes.New(kittest.Env(lang), f, court, arg), w, h)
}

func has(t *testing.T, d *kittest.Drive, want ...string) {
	t.Helper()
	frame := d.Frame()
	for _, s := range want {
		if !strings.Contains(frame, s) {
			t.Errorf("%q is missing in\n%s", s, frame)
		}
	}
}

// A charge is disputed with its reason and note after a yes that was meant,
// and then offers no second one.
func TestDisputeFromACharge(t *testing.T) {
	t.Parallel()
	f := source()
	d := open(f, f, "tx=tx", "en", 80, 30)
	has(t, d, "나비TV", "₩9,900", "It was charged twice", "Nov 2026 to answer", "one tier lower")
	d.Do(kit.Down)
	d.Do("note")
	d.Type("두 번 결제\n")
	has(t, d, "두 번 결제")
	d.Do("dispute", "yes")
	if len(f.asked) != 0 {
		t.Fatal("a yes typed ahead disputed it")
	}
	has(t, d, "Dispute this charge of ₩9,900 at 나비TV?", "came back already is left out")
	d.Late()
	d.Do("yes")
	if want := (wallet.DisputeAsk{Transaction: "tx", Reason: wallet.Double, Note: "두 번 결제"}); !slices.Equal(f.asked, []wallet.DisputeAsk{want}) {
		t.Fatalf("asked %+v", f.asked)
	}
	has(t, d, "Disputed", "The merchant has until", "You disputed it", "두 번 결제")
	for _, b := range d.Page.Keys() {
		if b.Intent == "dispute" {
			t.Error("it is offered again")
		}
	}
	d.Do("dispute")
	d.Late()
	d.Do("yes")
	if len(f.asked) != 1 {
		t.Error("disputed twice")
	}
}

func TestQuestionsStartOnNo(t *testing.T) {
	t.Parallel()
	f := source()
	f.list = []wallet.Dispute{opened("tx")}
	d := open(f, f, "id=dispute-tx", "en", 80, 30)
	d.Do("withdraw", "no")
	d.Late()
	d.Do("yes")
	if len(f.gone) != 0 {
		t.Fatal("withdrawn after a no")
	}
	d.Do("withdraw")
	has(t, d, "Withdraw the dispute", "not opened again")
	d.Late()
	d.Send(kit.Locked{})
	d.Do("yes")
	if len(f.gone) != 0 {
		t.Fatal("a lock left the question there")
	}
	d.Do("withdraw")
	d.Late()
	d.Do("yes")
	if !slices.Equal(f.gone, []string{"dispute-tx"}) {
		t.Fatalf("withdrew %v", f.gone)
	}
	has(t, d, "Withdrawn", "You withdrew it")
	for _, b := range d.Page.Keys() {
		if b.Intent == "withdraw" && b.Off == "" {
			t.Error("it can be withdrawn again")
		}
	}
}

// What needs the PIN goes on once it is there.
func TestDisputeGoesOnAfterThePIN(t *testing.T) {
	t.Parallel()
	f := source()
	f.fail = nil
	locked := &lockedCourt{fake: f, locked: true}
	d := open(f, locked, "tx=tx", "en", 80, 30)
	d.Do("dispute")
	d.Late()
	d.Do("yes")
	d.Send(kit.StayedLocked{})
	locked.locked = false
	if d.Send(kit.Unlocked{}); len(f.asked) > 0 {
		t.Error("asked though the PIN was not given")
	}
	locked.locked = true
	d.Do("dispute")
	d.Late()
	d.Do("yes")
	locked.locked = false
	d.Send(kit.Unlocked{})
	if len(f.asked) != 1 {
		t.Errorf("asked %d times", len(f.asked))
	}
	has(t, d, "The merchant has until")
}

type lockedCourt struct {
	*fake
	locked bool
}

func (c *lockedCourt) Dispute(ctx context.Context, ask wallet.DisputeAsk) (wallet.Dispute, error) {
	if c.locked {
		return wallet.Dispute{}, fault.New(fault.StepUpRequired)
	}
	return c.fake.Dispute(ctx, ask)
}

// Where no platform can be asked there is a letter, and never a dead end.
// What leads to the charge before it was read, as a key typed ahead may, leads nowhere.
func TestALineBeforeItWasRead(t *testing.T) {
	t.Parallel()
	f := source()
	f.fail = fault.New(fault.Unreachable)
	d := open(f, f, "id=dispute-tx", "en", 80, 30)
	d.Do("line")
	if len(f.asked) != 0 {
		t.Error("something was asked")
	}
}

func TestLetterWhereNobodyCanBeAsked(t *testing.T) {
	t.Parallel()
	f := source()
	for arg, want := range map[string][]string{
		"tx=file": {"came from a file", "help@nabi.example", "나비TV", "₩9,900", "20 Nov 2026", "Order: N-1", "jandon dispute file --reason not_mine"},
		"tx=old":  {"too long ago", "I dispute the following charge"},
	} {
		d := open(f, f, arg, "en", 80, 50)
		has(t, d, want...)
		d.Do("dispute")
		d.Late()
		d.Do("yes")
		if len(f.asked) != 0 {
			t.Errorf("%s was disputed", arg)
		}
	}
	d := open(f, nil, "tx=tx", "en", 80, 50)
	has(t, d, "No platform can be asked from here", "I did not make this purchase.")
	d.Do(kit.Down)
	has(t, d, "I was charged twice for one purchase.")
	has(t, open(f, f, "tx=refunded", "en", 80, 30), "refunded already")
	has(t, open(f, f, "tx=earned", "en", 80, 30), "It is no payment")
	has(t, open(f, f, "tx=nowhere", "en", 80, 30), "There is no transaction.")
}

func TestAmountsStayHiddenInALetter(t *testing.T) {
	t.Parallel()
	env := kittest.Env("en")
	env.Hidden = true
	d := kittest.Start(disputes.New(env, source(), nil, "tx=file"), 80, 50)
	if strings.Contains(d.Frame(), "9,900") {
		t.Error(d.Frame())
	}
}

func TestListPutsOpenOnesFirst(t *testing.T) {
	t.Parallel()
	f := source()
	d := open(f, f, "", "en", 80, 24)
	has(t, d, "Nothing is disputed", "open it in History.")
	over := opened("old")
	over.Merchant, over.State, over.Next, over.Deadline, over.Ended, over.Refund = "Done Shop", wallet.DisputeRefunded, wallet.Nobody, time.Time{}, now, "r"
	f.list = []wallet.Dispute{over, opened("tx")}
	d.Send(kit.Changed{})
	frame := d.Frame()
	if a, b := strings.Index(frame, "나비TV"), strings.Index(frame, "Done Shop"); a < 0 || b < a {
		t.Error(frame)
	}
	d.Do(kit.Open)
	if len(d.Visits) != 1 || d.Visits[0] != (kit.Visit{Page: "disputes", Arg: "id=dispute-tx"}) {
		t.Errorf("%+v", d.Visits)
	}
}

func TestEveryWordOfADisputeIsSaid(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "ko"} {
		p := i18n.Must(lang)
		var ids []string
		for _, s := range wallet.DisputeStates() {
			ids = append(ids, "disputes.state."+string(s))
		}
		for _, r := range wallet.DisputeReasons() {
			ids = append(ids, "disputes.reason."+string(r), "disputes.letter.why."+string(r))
		}
		for _, w := range wallet.DisputeWords() {
			ids = append(ids, "disputes.step."+string(w))
		}
		for _, id := range ids {
			if !p.Has(id) {
				t.Errorf("%s does not say %s", lang, id)
			}
		}
	}
}

// Every frame fits its window, whatever is pressed.
func TestFramesFit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := source()
		d := opened("tx")
		d.State = rapid.SampledFrom(append(wallet.DisputeStates(), "newer")).Draw(t, "state")
		d.Note = strings.Repeat("긴 말 ", rapid.IntRange(0, 40).Draw(t, "note"))
		d.Steps = append(d.Steps, wallet.DisputeStep{At: now, Who: "other", What: "newer"})
		if rapid.Bool().Draw(t, "disputed") {
			f.list = []wallet.Dispute{d}
		}
		x := f.lines["tx"]
		x.Merchant = strings.Repeat("가맹점", rapid.IntRange(0, 30).Draw(t, "name"))
		f.lines["tx"] = x
		var court disputes.Court
		if rapid.Bool().Draw(t, "court") {
			court = f
		}
		if rapid.Bool().Draw(t, "fails") {
			f.fail = errors.New("away")
		}
		arg := rapid.SampledFrom([]string{"", "tx=tx", "tx=file", "tx=old", "id=dispute-tx", "tx=refunded"}).Draw(t, "arg")
		page := open(f, court, arg, rapid.SampledFrom([]string{"en", "ko"}).Draw(t, "lang"), 80, 24)
		for range rapid.IntRange(0, 12).Draw(t, "steps") {
			page.Resize(rapid.IntRange(0, 130).Draw(t, "w"), rapid.IntRange(0, 50).Draw(t, "h"))
			page.Do(rapid.SampledFrom([]kit.Intent{kit.Up, kit.Down, kit.Open, kit.PageDown, kit.Bottom, "dispute", "withdraw", "yes", "no", "note", kit.Retry}).Draw(t, "do"))
			if rapid.Bool().Draw(t, "late") {
				page.Late()
			}
			page.Type(rapid.SampledFrom([]string{"", "a", "한글", "\n", "\x1b"}).Draw(t, "type"))
			page.Send(tea.PasteMsg{Content: "붙여넣기"})
			if err := page.Check(); err != nil {
				t.Fatal(err)
			}
			if typist, ok := page.Page.(kit.Typist); ok && typist.Typing() {
				_, _ = typist.Caret()
			}
		}
	})
}

// A case of which a part came back otherwise shows both: the charge, and what is
// disputed of it. A withdrawal asks about the latter.
func TestACaseOfARestShowsBoth(t *testing.T) {
	t.Parallel()
	f := source()
	x := opened("tx")
	x.Amount = money.Won(4_000)
	f.list = []wallet.Dispute{x}
	d := open(f, f, "tx=tx", "en", 80, 40)
	has(t, d, "₩9,900", "₩4,000 of it is disputed; the rest came back already.")
	d.Do("withdraw")
	has(t, d, "Withdraw the dispute of ₩4,000 at")
	f.list[0].Amount = money.Won(9_900)
	if d = open(f, f, "tx=tx", "en", 80, 40); strings.Contains(d.Frame(), "of it is disputed") {
		t.Errorf("a whole one:\n%s", d.Frame())
	}
}

// While a note is written letters are letters: no key is named that is one.
func TestNoteNamesOnlyKeysThatWorkInIt(t *testing.T) {
	t.Parallel()
	d := open(source(), source(), "tx=tx", "en", 80, 30)
	d.Do("note")
	if !d.Page.(kit.Typist).Typing() {
		t.Fatalf("no note is written\n%s", d.Frame())
	}
	for _, b := range d.Page.Keys() {
		for _, k := range b.Keys {
			if len(k) == 1 {
				t.Errorf("%q is offered", k)
			}
		}
	}
	if b, ok := kit.Match(d.Page.Keys(), "enter"); !ok {
		t.Error("nothing says what Enter does")
	} else if d.Do(b.Intent); d.Page.(kit.Typist).Typing() {
		t.Error("it does not leave the note")
	}
}

// How far disputes are differs in length; whose they are stands in one column.
func TestNamesOfDisputesStandInAColumn(t *testing.T) {
	t.Parallel()
	f := source()
	over := opened("old")
	over.State, over.Next, over.Ended = wallet.DisputeWithdrawn, wallet.Nobody, now
	f.list = []wallet.Dispute{opened("tx"), over}
	for _, lang := range []string{"en", "ko"} {
		at := map[int]bool{}
		for line := range strings.Lines(open(f, f, "", lang, 80, 24).Frame()) {
			if before, _, ok := strings.Cut(line, "나비TV"); ok {
				at[kit.Width(before)] = true
			}
		}
		if len(at) != 1 {
			t.Errorf("%s: they begin at %v", lang, at)
		}
	}
}
