package cashout_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
	"jandon/ui/cashout"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
)

// platform answers the page as the reference one would: it quotes by the same
// planner, fixes what it quoted, and begins an act once.
type platform struct {
	book *valuepath.Book
	wallet.Wallet
	act.Limits
	fee     int64 // what it takes more than the preview says
	holdErr error
	knowErr error
	askErr  error
	movErr  error
	findErr error
	asks    []act.Ask
	begun   []act.Act
	linked  []act.Destination
	lost    []act.Act // begun, but nobody was told
	lock    time.Duration
	kept    act.Limits
}

func book(t testing.TB) *valuepath.Book {
	t.Helper()
	b, err := valuepath.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// lot is value that came in a month ago.
func lot(id, issuer string, kind wallet.Kind, origin string, won int64, days int) wallet.Lot {
	l := wallet.Lot{
		ID: id, Issuer: issuer, Kind: kind, Origin: origin, Source: "t-" + id,
		Granted: money.Won(won), Amount: money.Won(won), Received: kittest.Now().AddDate(0, -1, 0),
	}
	if days > 0 {
		l.Expires = kittest.Now().AddDate(0, 0, days)
	}
	return l
}

// some is a wallet with value of every kind.
func some(t testing.TB) *platform {
	b := book(t)
	p := &platform{book: b, lock: 90 * time.Second, Wallet: wallet.Wallet{
		AsOf: kittest.Now().Add(-3 * time.Minute), Currency: money.KRW,
		Issuers: []wallet.Issuer{
			{ID: "golmok", Name: "골목페이"}, {ID: "hangang", Name: "한강모바일"}, {ID: "moonlight", Name: "달빛게임즈"},
			{ID: "acorn", Name: "Acorn Hill Coffee"}, {ID: "naru", Name: "나루교통"},
		},
		Lots: []wallet.Lot{
			lot("l1", "golmok", wallet.Prepaid, "bank_transfer", 23_400, 0), lot("l2", "golmok", wallet.Earned, "reward", 4_870, 8),
			lot("l3", "golmok", wallet.Earned, "reward", 1_130, 40), lot("l4", "acorn", wallet.Prepaid, "bank_transfer", 12_500, 300),
			lot("l5", "naru", wallet.Promotional, "promotion", 2_000, 20), lot("l6", "hangang", wallet.CarrierCredit, "phone_bill", 11_000, 0),
			lot("l7", "moonlight", wallet.CardFunded, "card", 6_600, 90), lot("l8", "moonlight", wallet.KindUnknown, "unknown", 700, 0),
		},
	}}
	p.Limits = act.Limits{Means: act.Means{
		At: kittest.Now().Add(-time.Minute), Tier: valuepath.TierSettled, Verified: true, Version: b.Version, Zone: "Asia/Seoul",
		Linked: map[string]bool{"bank_transfer": true, "bank_instant": true},
	}}
	return p
}

func (p *platform) at() time.Time { return kittest.Now() }

type source struct{ *platform }

func (s source) Wallet(context.Context) (wallet.Wallet, error) { return s.platform.Wallet, s.holdErr }
func (s source) Means(context.Context) (act.Limits, error)     { return s.platform.Limits, s.knowErr }
func (s source) Kept(context.Context) (act.Limits, error)      { return s.kept, nil }
func (s source) Destinations(context.Context) ([]act.Destination, error) {
	return s.linked, nil
}
func (s source) Recover(context.Context) ([]act.Act, error) { return s.lost, s.findErr }

func (s source) Quote(_ context.Context, a act.Ask) (act.Quote, error) {
	s.asks = append(s.asks, a)
	if s.askErr != nil {
		return act.Quote{}, s.askErr
	}
	req := s.Limits.Request(a, s.at(), kittest.Seoul())
	req.Lots = s.platform.Wallet.Lots
	q := act.Quote{ID: "q-" + string(rune('0'+len(s.asks))), At: s.at().Add(26 * time.Hour), Amount: a.Amount, Proved: true, Version: s.book.Version}
	q.Expires = q.At.Add(s.lock)
	add := func(plan valuepath.Plan, goals ...valuepath.Goal) {
		plan.Stays = slices.Clone(plan.Stays)
		for i := range plan.Stays {
			plan.Stays[i].Say, plan.Stays[i].Remedy = valuepath.Text{}, valuepath.Text{}
		}
		o := act.Offer{Goals: goals, Plan: plan}
		for i := range plan.Legs {
			to := act.Payee{Name: "Simulated " + plan.Legs[i].Rail, ID: plan.Legs[i].Rail}
			if s.Limits.Linked[plan.Legs[i].Rail] {
				to = act.Payee{Name: "김한결", ID: "110-***-**4321", Destination: "d1"}
			}
			if d, ok := act.Payees(s.linked, a.To, s.at())[plan.Legs[i].Rail]; ok {
				to = d.Payee()
			}
			o.Payees = append(o.Payees, to)
		}
		if l := &o.Plan; s.fee > 0 && len(l.Legs) > 0 {
			l.Legs = slices.Clone(l.Legs)
			leg := &l.Legs[0]
			leg.Fee.Minor, leg.Net.Minor = leg.Fee.Minor+s.fee, leg.Net.Minor-s.fee
			if leg.FeeName == "" {
				leg.FeeName = "conversion"
			}
			l.Fees = money.Won(l.Fees.Minor + s.fee)
			if leg.Nature == valuepath.Gift {
				l.Given.Minor -= s.fee
			} else {
				l.Value.Minor -= s.fee
			}
		}
		q.Offers = append(q.Offers, o)
	}
	if a.Amounts != nil {
		plan, bad, err := s.book.ByHand(req, a.Amounts)
		if err != nil || len(bad) > 0 {
			return act.Quote{}, fault.New(fault.NothingConvertible)
		}
		add(*plan)
		return q, nil
	}
	out, err := s.book.Plan(req)
	if err != nil {
		return act.Quote{}, err
	}
	for _, g := range []valuepath.Goal{valuepath.MostValue, valuepath.Fastest, valuepath.NothingLeft} {
		if plan := out.Plan(g); plan != nil {
			add(*plan, g)
		}
	}
	return q, nil
}

func (s source) Start(_ context.Context, q act.Quote, offer int) (act.Act, error) {
	if s.movErr != nil {
		return act.Act{}, s.movErr
	}
	plan := &q.Offers[offer].Plan
	a := act.Act{
		ID: "act-" + q.ID, Action: act.Cashout, State: act.Waiting, Need: act.NeedCode, Quote: q.ID, Made: kittest.Now(),
		Amount: money.Won(plan.Amount.Minor - plan.Rest.Minor), Fee: plan.Fees,
	}
	s.begun = append(s.begun, a)
	return a, nil
}

func page(p *platform, env *kit.Env) *cashout.Page { return cashout.New(env, p.book, source{p}) }

func open(p *platform, env *kit.Env, w, h int) *kittest.Drive {
	return kittest.Start(page(p, env), w, h)
}
