package confirm_test

import (
	"context"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
)

// rightPIN is what the tests' platform takes.
const rightPIN = "284751"

// sentCode is what its device sends.
const sentCode = "60718293"

// bank is a platform with one act.
type bank struct {
	now      func() time.Time // its own clock
	act      act.Act
	q        act.Question
	actErr   error // of reading the act
	askErr   error // of asking the question
	confErr  error // of confirming, after it was carried out if done
	done     bool  // confirming is carried out although its answer is lost
	reads    int
	asked    int
	answers  []string // PINs that came with confirmations; "-" for none
	canceled int
	sent     kit.Sent
	before   func() // what happens before the code is made
	during   func() // what happens while a confirmation is under way
	live     context.Context
}

func (b *bank) Act(context.Context, string) (act.Act, error) {
	b.reads++
	return b.act, b.actErr
}

func (b *bank) Question(context.Context, string) (act.Question, error) {
	b.asked++
	q := b.q
	q.At, q.Expires = b.now(), b.now().Add(2*time.Minute)
	return q, b.askErr
}

func (b *bank) Confirm(ctx context.Context, _ string, pin kit.PIN, sent kit.Sent) (act.Act, error) {
	b.live, b.sent = ctx, sent
	if b.before != nil {
		b.before()
	}
	sent.Fill([]byte(sentCode))
	got := "-"
	if !pin.None() {
		pin.Expose(func(d []byte) { got = string(d) })
	}
	b.answers = append(b.answers, got)
	if b.during != nil {
		b.during()
	}
	if b.confErr != nil {
		if b.done {
			b.carry()
		}
		return act.Act{}, b.confErr
	}
	if got != "-" && got != rightPIN {
		return act.Act{}, fault.New(fault.WrongCode)
	}
	b.carry()
	return b.act, nil
}

// carry is what a good confirmation does.
func (b *bank) carry() {
	b.act.State, b.act.Receipt, b.act.Until = act.Going, "3F6F-CD6C", time.Time{}
	for i := range b.act.Legs {
		b.act.Legs[i].State, b.act.Legs[i].Due = act.LegGoing, b.now().Add(time.Duration(i+1)*30*time.Second)
	}
}

func (b *bank) Cancel(context.Context, string) (act.Act, error) {
	b.canceled++
	b.act.State, b.act.Until = act.Canceled, time.Time{}
	return b.act, nil
}

// won makes a cash-out over two rails that waits for its confirmation.
func won(need act.Need) *bank {
	at := kittest.Now()
	who := []act.Payee{{Name: "Kim Minji", ID: "110-***-4567", Destination: "dst-1"}, {Name: "Simulated donation credit", ID: "donation"}}
	b := &bank{now: func() time.Time { return at }}
	b.act = act.Act{
		ID: "act-1", Action: act.Cashout, State: act.Waiting, Need: need, Challenge: "ch-1", Device: "d-9", Made: at, Until: at.Add(10 * time.Minute),
		Quote: "q-7", Amount: money.Won(13_000), Fee: money.Won(500),
		Legs: []act.Leg{
			{ID: "leg-1", Rail: "bank_transfer", Nature: valuepath.Cash, Payee: who[0], From: []wallet.Draw{{Lot: "lot-1", Amount: money.Won(10_500)}},
				Amount: money.Won(10_500), Fee: money.Won(500), FeeName: "transfer", Net: money.Won(10_000), State: act.LegWaiting},
			{ID: "leg-2", Rail: "donation", Nature: valuepath.Gift, Payee: who[1], From: []wallet.Draw{{Lot: "lot-2", Amount: money.Won(2_500)}},
				Amount: money.Won(2_500), Net: money.Won(2_500), Fee: money.Won(0), State: act.LegWaiting},
		},
		Reasons: []act.Reason{{Code: "payee_new", Points: 30, Args: map[string]string{"payee": "Kim Minji"}}, {Code: "amount", Points: 20, Args: map[string]string{"usual_minor": "3000"}}},
	}
	b.q = act.Question{
		ID: "ch-1", Act: "act-1", Action: act.Cashout, Need: need, Amount: money.Won(13_000), Fee: money.Won(500), Quote: "q-7",
		Parts:   []act.Part{{Amount: money.Won(10_000), Payee: who[0]}, {Amount: money.Won(2_500), Payee: who[1]}},
		Account: "a-k3j4", Server: "https://wallet.example",
	}
	return b
}

// link makes an act that moves trust only.
func link() *bank {
	b := won(act.NeedPIN)
	who := act.Payee{Name: "Kim Minji", ID: "110-***-4567"}
	b.act.Reasons = []act.Reason{{Code: "action"}}
	b.act.Action, b.act.Subject, b.act.Legs, b.act.Amount, b.act.Fee, b.act.Quote = act.AddDestination, who, nil, money.Amount{}, money.Amount{}, "bank_transfer"
	b.q.Action, b.q.Parts, b.q.Amount, b.q.Fee, b.q.Quote = act.AddDestination, []act.Part{{Payee: who}}, money.Amount{}, money.Amount{}, "bank_transfer"
	return b
}
