package replay

import (
	"context"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
	"jandon/ui"
	"jandon/ui/acts"
	"jandon/ui/cashout"
	"jandon/ui/confirm"
	"jandon/ui/kit"
)

// teller carries out cash-outs by the real planner.
type teller struct {
	bank
	book *valuepath.Book
	held wallet.Wallet
	acts []act.Act
	last act.Quote
}

func (b *teller) Wallet(context.Context) (wallet.Wallet, error) { return b.held, nil }

func (b *teller) Means(context.Context) (act.Limits, error) {
	return act.Limits{Means: act.Means{
		At: b.now(), Tier: valuepath.TierSettled, Verified: true, Version: b.book.Version, Zone: "Asia/Seoul",
		Linked: map[string]bool{"bank_transfer": true, "bank_instant": true}, Used: map[string]int64{"bank_transfer": 7_000},
	}}, nil
}

// Kept are none: everything is told.
func (b *teller) Kept(context.Context) (act.Limits, error) { return act.Limits{}, nil }

// Quote is what the planner says, without the sentences of the preview.
func (b *teller) Quote(_ context.Context, a act.Ask) (act.Quote, error) {
	limits, _ := b.Means(context.Background())
	req := limits.Request(a, b.now(), korea)
	req.Lots = b.held.Lots
	q := act.Quote{ID: "q-1", At: b.now(), Expires: b.now().Add(time.Minute), Amount: a.Amount, Proved: true, Version: b.book.Version}
	add := func(plan valuepath.Plan, goals ...valuepath.Goal) {
		o := act.Offer{Goals: goals, Plan: plan}
		o.Plan.Stays = nil
		for _, l := range plan.Legs {
			o.Payees = append(o.Payees, act.Payee{Name: "김한결", ID: "110-***-**" + l.Rail[:2], Destination: "d1"})
		}
		q.Offers = append(q.Offers, o)
	}
	if a.Amounts != nil {
		plan, bad, err := b.book.ByHand(req, a.Amounts)
		if err != nil || len(bad) > 0 {
			return q, fault.New(fault.NothingConvertible)
		}
		add(*plan)
	} else {
		out, err := b.book.Plan(req)
		if err != nil {
			return q, err
		}
		for _, g := range []valuepath.Goal{valuepath.MostValue, valuepath.Fastest, valuepath.NothingLeft} {
			if plan := out.Plan(g); plan != nil {
				add(*plan, g)
			}
		}
	}
	b.last = q
	return q, nil
}

func (b *teller) Start(_ context.Context, q act.Quote, offer int) (act.Act, error) {
	o := &q.Offers[offer]
	a := act.Act{
		ID: "act-1", Action: act.Cashout, State: act.Waiting, Need: act.NeedCode, Challenge: "c-1", Quote: q.ID, Made: b.now(), Until: b.now().Add(time.Hour),
		Amount: money.Won(o.Plan.Amount.Minor - o.Plan.Rest.Minor), Fee: o.Plan.Fees,
		Reasons: []act.Reason{{Code: "daily_total", Args: map[string]string{"limit_minor": "30000"}}},
	}
	for i, l := range o.Plan.Legs {
		a.Legs = append(a.Legs, act.Leg{
			ID: "leg-" + l.Rail, Rail: l.Rail, Nature: l.Nature, Payee: o.Payees[i], From: l.From, Amount: l.Amount, Fee: l.Fee, FeeName: l.FeeName,
			Net: l.Net, State: act.LegWaiting,
		})
	}
	b.acts = []act.Act{a}
	return a, nil
}

func (b *teller) Act(context.Context, string) (act.Act, error)    { return b.acts[0], nil }
func (b *teller) Acts(context.Context, string) (act.Page, error)  { return act.Page{Acts: b.acts}, nil }
func (b *teller) Recover(context.Context) ([]act.Act, error)      { return nil, nil }
func (b *teller) Unlock(context.Context, kit.PIN) error           { return nil }
func (b *teller) Cancel(context.Context, string) (act.Act, error) { return b.acts[0], nil }
func (b *teller) Question(context.Context, string) (act.Question, error) {
	a := &b.acts[0]
	q := act.Question{
		ID: "c-1", Act: a.ID, Action: a.Action, Need: a.Need, Amount: a.Amount, Fee: a.Fee, Quote: a.Quote, Account: "acc-1", Server: "127.0.0.1",
		At: b.now(), Expires: b.now().Add(2 * time.Minute),
	}
	for _, l := range a.Legs {
		q.Parts = append(q.Parts, act.Part{Amount: l.Net, Payee: l.Payee})
	}
	return q, nil
}

func (b *teller) Confirm(context.Context, string, kit.PIN, kit.Sent) (act.Act, error) {
	a := &b.acts[0]
	a.State, a.Receipt, a.Ended, a.Challenge = act.Done, "3F6F-CD6C", b.now(), ""
	for i := range a.Legs {
		a.Legs[i].State, a.Legs[i].Ended = act.LegDone, b.now()
	}
	return *a, nil
}

// tellered is a shell whose screens cash out for real.
func tellered(t testing.TB, l *live) (ui.Options, *teller) {
	t.Helper()
	o := everyday(t, l, "ko")
	book, err := valuepath.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	b := &teller{book: book, bank: bank{now: func() time.Time { return l.now }}}
	b.held = wallet.Wallet{AsOf: l.now.Add(-3 * time.Minute), Currency: money.KRW, Issuers: []wallet.Issuer{
		{ID: "golmok", Name: "골목페이"}, {ID: "hangang", Name: "한강모바일"}, {ID: "moonlight", Name: "달빛게임즈"},
	}}
	for i, lot := range []wallet.Lot{
		{Issuer: "golmok", Kind: wallet.Prepaid, Origin: "bank_transfer", Amount: money.Won(23_471)},
		{Issuer: "golmok", Kind: wallet.Earned, Origin: "reward", Amount: money.Won(4_873), Expires: l.now.AddDate(0, 0, 9)},
		{Issuer: "hangang", Kind: wallet.CarrierCredit, Origin: "phone_bill", Amount: money.Won(11_003)},
		{Issuer: "moonlight", Kind: wallet.Promotional, Origin: "promotion", Amount: money.Won(2_017), Expires: l.now.AddDate(0, 0, 20)},
	} {
		lot.ID, lot.Granted, lot.Received = "lot-"+string(rune('a'+i)), lot.Amount, l.now.AddDate(0, -1, 0)
		b.held.Lots = append(b.held.Lots, lot)
	}
	o.Unlock = b.Unlock
	o.Pages = append(o.Pages,
		ui.Maker{Name: "cashout", Label: "cashout.title", Tab: true, Make: func(env *kit.Env, _ string) kit.Page { return cashout.New(env, book, b) }},
		ui.Maker{Name: "acts", Label: "acts.title", Tab: true, Make: func(env *kit.Env, id string) kit.Page { return acts.New(env, b, id) }},
		ui.Maker{Name: "confirm", Label: "confirm.title", Make: func(env *kit.Env, id string) kit.Page { return confirm.New(env, b, id) }},
	)
	return o, b
}

func (b *teller) Destinations(context.Context) ([]act.Destination, error) {
	return []act.Destination{
		{ID: "d1", Rail: "bank_transfer", Name: "김한결", Number: "110-***-**4321"}, {ID: "d2", Rail: "bank_instant", Name: "김한결", Number: "220-***-**9876"},
	}, nil
}
