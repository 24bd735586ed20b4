package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/platform/ledger"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
)

// purse is a wallet as a child would keep it: lots in a list, and what each leg took aside.
type purse struct {
	lots  map[string]*wallet.Lot
	aside map[string]int64         // by lot
	legs  map[string][]wallet.Draw // open ones
	done  map[string]bool          // acts that have ended
}

func (p *purse) free(l *wallet.Lot) int64 { return l.Amount.Minor - p.aside[l.ID] }

func (p *purse) expire(now time.Time) {
	for _, l := range p.lots {
		if l.Expired(now) {
			l.Amount.Minor = p.aside[l.ID] // what is held lapses when it comes back
		}
	}
}

// end takes a leg's value out of what is held, and out of the lots if it left.
func (p *purse) end(leg string, left bool) {
	for _, d := range p.legs[leg] {
		p.aside[d.Lot] -= d.Amount.Minor
		if left {
			p.lots[d.Lot].Amount.Minor -= d.Amount.Minor
		}
	}
	delete(p.legs, leg)
}

// till drives the ledger and the purse alike, with a clock and a partner that
// does anything a partner may do.
type till struct {
	l      *ledger.Ledger
	u      ledger.User
	book   *valuepath.Book
	p      purse
	now    time.Time
	n      int
	quotes []act.Quote
	used   map[string]bool
	acts   []string
	fates  map[string]*fate
	rt     *rapid.T
	seen   map[act.State]int
}

// fate is what the partner knows of a leg.
type fate struct {
	ends   time.Time
	code   string
	amount int64
}

// Send takes an order, or loses it, or loses the answer.
func (x *till) Send(_ context.Context, o ledger.Order) (ledger.Answer, error) {
	if x.fates[o.ID] == nil {
		how := rapid.SampledFrom([]string{"pay", "pay", "pay", "refuse", "refuse late", "lose order", "lose answer"}).Draw(x.rt, "partner")
		if how == "lose order" {
			return ledger.Answer{}, errors.New("lost")
		}
		f := &fate{ends: x.now.Add(o.Time), amount: o.Amount.Minor}
		switch how {
		case "refuse":
			f.ends, f.code = x.now, "account_closed"
		case "refuse late":
			f.code = "declined"
		}
		x.fates[o.ID] = f
		if how == "lose answer" {
			return ledger.Answer{}, errors.New("lost")
		}
	}
	return x.Ask(context.Background(), o.ID)
}

// Ask says what became of an order, or doesn't.
func (x *till) Ask(_ context.Context, id string) (ledger.Answer, error) {
	f := x.fates[id]
	switch {
	case rapid.IntRange(0, 5).Draw(x.rt, "silent") == 0:
		return ledger.Answer{}, errors.New("silent")
	case f == nil:
		return ledger.Answer{}, nil
	case x.now.Before(f.ends):
		return ledger.Answer{Fate: ledger.Accepted, Ends: f.ends}, nil
	case f.code != "":
		return ledger.Answer{Fate: ledger.Refused, Code: f.code}, nil
	}
	return ledger.Answer{Fate: ledger.Paid}, nil
}

func (x *till) id(prefix string) string {
	x.n++
	return fmt.Sprintf("%s%04d", prefix, x.n)
}

func (x *till) check(err error) {
	x.rt.Helper()
	if err != nil {
		x.rt.Fatal(err)
	}
}

func (x *till) pass(t *rapid.T) {
	x.rt = t
	x.now = x.now.Add(rapid.SampledFrom([]time.Duration{0, time.Second, 30 * time.Second, time.Minute, 3 * time.Minute, 20 * time.Minute, 26 * time.Hour}).Draw(t, "passes"))
}

func (x *till) grant(t *rapid.T) {
	x.pass(t)
	l := lot(x.id("l"), rapid.Int64Range(1, 40).Draw(t, "thousand won")*500, x.now, time.Time{})
	if d := rapid.IntRange(0, 4).Draw(t, "lasts days"); d > 0 {
		l.Expires = x.now.Add(time.Duration(d)*7*time.Hour + 10*time.Minute)
	}
	l.Spent = money.Won(0)
	switch rapid.IntRange(0, 4).Draw(t, "provenance") {
	case 0:
		l.Kind, l.Origin = wallet.CarrierCredit, "phone_bill"
	case 1:
		l.Kind, l.Origin = wallet.Promotional, "gift"
	case 2:
		l.Origin = "voucher"
	}
	in := line(x.id("g"), x.now, wallet.Topup, l.Amount.Minor)
	in.Kind = l.Kind
	x.check(x.l.Grant(background, x.u, in, l))
	x.p.lots[l.ID] = &l
}

func (x *till) spend(t *rapid.T) {
	x.pass(t)
	x.sweep()
	won := rapid.Int64Range(1, 8000).Draw(t, "won")
	var free []wallet.Lot
	for _, l := range x.p.lots {
		if l.Kind == wallet.Prepaid {
			some := *l
			some.Amount.Minor = x.p.free(l)
			free = append(free, some)
		}
	}
	draws, short := wallet.DrawFrom(free, money.Won(won), x.now)
	err := x.l.Spend(background, x.u, line(x.id("s"), x.now, wallet.Payment, -won))
	if short.Minor > 0 {
		if code(err) != fault.Insufficient {
			t.Fatalf("spent %d with %d short: %v", won, short.Minor, err)
		}
		return
	}
	x.check(err)
	for _, d := range draws {
		x.p.lots[d.Lot].Amount.Minor -= d.Amount.Minor
		x.p.lots[d.Lot].Spent.Minor += d.Amount.Minor
	}
}

func (x *till) quote(t *rapid.T) {
	x.pass(t)
	x.sweep()
	var free int64
	for _, l := range x.p.lots {
		free += x.p.free(l)
	}
	if free == 0 {
		return
	}
	q, err := x.l.Quote(background, x.u, act.Ask{Amount: money.Won(rapid.Int64Range(1, free).Draw(t, "won"))}, x.now)
	if code(err) == fault.NothingConvertible {
		return
	}
	x.check(err)
	for _, o := range q.Offers {
		x.lawful(t, o)
	}
	x.quotes = append(x.quotes, q)
}

// lawful holds a plan against the rules: no lot goes where it may not, however it came.
func (x *till) lawful(t *rapid.T, o act.Offer) {
	took := map[string]int64{}
	for _, l := range o.Plan.Legs {
		rail, _ := x.book.Rail(l.Rail)
		for _, d := range l.From {
			took[d.Lot] += d.Amount.Minor
			from := *x.p.lots[d.Lot]
			if v := x.book.Eligible(from, rail, x.now); v.Code != valuepath.OK {
				t.Fatalf("%s goes over %s although %s", d.Lot, l.Rail, v.Code)
			}
			if x.book.Tainted(&from) && l.Nature != valuepath.Source {
				t.Fatalf("%s of the phone bill goes over %s", d.Lot, l.Rail)
			}
		}
	}
	for lot, n := range took {
		if n > x.p.free(x.p.lots[lot]) {
			t.Fatalf("%d of %s, of which %d is free", n, lot, x.p.free(x.p.lots[lot]))
		}
	}
}

// possible reports whether a plan could still be held.
func (x *till) possible(o act.Offer) bool {
	took := map[string]int64{}
	for _, l := range o.Plan.Legs {
		rail, _ := x.book.Rail(l.Rail)
		for _, d := range l.From {
			took[d.Lot] += d.Amount.Minor
			if took[d.Lot] > x.p.free(x.p.lots[d.Lot]) || x.book.Eligible(*x.p.lots[d.Lot], rail, x.now).Code != valuepath.OK {
				return false
			}
		}
	}
	return true
}

func (x *till) cashOut(t *rapid.T) {
	x.pass(t)
	x.sweep()
	if len(x.quotes) == 0 {
		return
	}
	q := x.quotes[max(0, len(x.quotes)-1-rapid.IntRange(0, 2).Draw(t, "quotes ago"))]
	n := rapid.IntRange(0, len(q.Offers)-1).Draw(t, "offer")
	o, k := q.Offers[n], ledger.Key{ID: x.id("key-of-16-letters-"), Request: [32]byte{byte(x.n)}}
	a, err := x.l.CashOut(background, x.u, "", k, q.ID, n, x.now)
	switch {
	case x.used[q.ID]:
		x.expect(t, err, fault.QuoteUsed)
	case x.now.After(q.Expires.Add(24*time.Hour)) && code(err) == fault.NotFound: // forgotten
	case !x.now.Before(q.Expires):
		x.expect(t, err, fault.QuoteExpired)
	case code(err) == fault.OverLimit: // of the day, which package risk's tests know
	case !x.possible(o):
		x.expect(t, err, fault.QuoteOutdated)
	case err != nil:
		t.Fatalf("cashing out: %v", err)
	default:
		x.begun(t, a, o)
		x.used[q.ID] = true
		again, err := x.l.CashOut(background, x.u, "", k, q.ID, n, x.now)
		if err != nil || again.ID != a.ID {
			t.Fatalf("the same again: %s, %v", again.ID, err)
		}
	}
}

func (x *till) expect(t *rapid.T, err error, want fault.Code) {
	t.Helper()
	if code(err) != want {
		t.Fatalf("%v instead of %s", err, want)
	}
}

// begun holds what was begun against the plan: lots, fees and amounts are those of the quote.
func (x *till) begun(t *rapid.T, a act.Act, o act.Offer) {
	if a.Fee != o.Plan.Fees || len(a.Legs) != len(o.Plan.Legs) || a.Net() != o.Plan.Out() {
		t.Fatalf("act %+v of plan %+v", a, o.Plan)
	}
	for i, l := range a.Legs {
		p := o.Plan.Legs[i]
		if l.Rail != p.Rail || l.Amount != p.Amount || l.Fee != p.Fee || l.Net != p.Net || !slices.Equal(l.From, p.From) || l.Payee != o.Payees[i] {
			t.Fatalf("leg %+v of %+v", l, p)
		}
		x.p.legs[l.ID] = l.From
		for _, d := range l.From {
			x.p.aside[d.Lot] += d.Amount.Minor
		}
	}
	x.acts = append(x.acts, a.ID)
}

func (x *till) one(t *rapid.T) (a act.Act, ok bool) {
	x.pass(t)
	x.sweep()
	if len(x.acts) == 0 {
		return a, false
	}
	id := rapid.SampledFrom(x.acts).Draw(t, "act")
	return x.act(id), true
}

func (x *till) act(id string) (a act.Act) {
	x.check(x.l.View(background, x.u, func(v *ledger.View) (err error) {
		a, err = v.Act(id)
		return err
	}))
	return a
}

func (x *till) confirm(t *rapid.T) {
	if a, ok := x.one(t); ok {
		_, err := ledger.Confirm(background, x.l, x.u, a.ID, x.now)
		if (a.State == act.Waiting) != (err == nil) {
			t.Fatalf("confirming what is %s: %v", a.State, err)
		}
	}
}

func (x *till) cancel(t *rapid.T) {
	if a, ok := x.one(t); ok {
		_, err := x.l.CancelAct(background, x.u, a.ID, x.now)
		if (a.State == act.Waiting || a.State == act.Review) != (err == nil) {
			t.Fatalf("canceling what is %s: %v", a.State, err)
		}
		x.follow()
	}
}

func (x *till) work(t *rapid.T) {
	x.pass(t)
	_, err := x.l.Work(background, x, x.now)
	x.check(err)
	x.follow()
}

func (x *till) sweep() {
	x.check(x.l.Sweep(background, x.u, x.now))
	x.follow()
}

// follow takes over what became of acts, and refuses what can't have: value
// arrives only if the partner paid, and comes back only if it will not.
func (x *till) follow() {
	for _, id := range x.acts {
		if x.p.done[id] {
			continue
		}
		a := x.act(id)
		for _, l := range a.Legs {
			f := x.fates[l.ID]
			paid := f != nil && f.code == "" && !x.now.Before(f.ends)
			switch {
			case x.p.legs[l.ID] == nil:
			case l.State == act.LegDone:
				if !paid || f.amount != l.Net.Minor {
					x.rt.Fatalf("leg %+v is done of %+v", l, f)
				}
				x.p.end(l.ID, true)
			case l.State == act.LegReturned:
				if f != nil && f.code == "" || f == nil && a.State != act.Canceled && a.State != act.Lapsed {
					x.rt.Fatalf("leg %+v of an act that is %s came back of %+v", l, a.State, f)
				}
				x.p.end(l.ID, false)
			}
		}
		if a.State.Final() {
			x.p.done[id] = true
			x.seen[a.State]++
		}
	}
	x.p.expire(x.now)
}

// agree holds the ledger against the purse after every act.
func (x *till) agree(t *rapid.T) {
	x.rt = t
	x.sweep()
	held, err := ledger.Held(background, x.l, x.u)
	x.check(err)
	for lot, n := range x.p.aside {
		if n == 0 {
			delete(x.p.aside, lot)
		}
	}
	if !maps.Equal(held, x.p.aside) {
		t.Fatalf("the ledger holds %v, the purse %v", held, x.p.aside)
	}
	have := map[string]wallet.Lot{}
	x.check(x.l.View(background, x.u, func(v *ledger.View) error {
		lots, err := v.Lots()
		for _, l := range lots {
			l.Source = ""
			have[l.ID] = l
		}
		return err
	}))
	for id, l := range x.p.lots {
		if got := have[id]; got != *l && (l.Amount.Minor != 0 || got.ID != "") {
			t.Fatalf("the ledger has %+v, the purse %+v", got, *l)
		}
		delete(have, id)
	}
	if len(have) != 0 {
		t.Fatalf("lots out of nothing: %v", have)
	}
	if sum, _, err := ledger.Sums(background, x.l, x.u); err != nil || sum != 0 {
		t.Fatalf("the books sum to %d (%v)", sum, err)
	}
}

// finish lets time pass until nothing is under way: every act ends.
func (x *till) finish(t *rapid.T) {
	for tries := 0; ; tries++ {
		next, err := x.l.Work(background, x, x.now)
		x.check(err)
		x.follow()
		if next.IsZero() {
			break
		}
		if x.now = next; tries > 300 {
			t.Fatal("it never ends")
		}
	}
	x.agree(t)
	for _, id := range x.acts {
		if a := x.act(id); !a.State.Final() {
			t.Fatalf("%+v has not ended", a)
		}
	}
	if len(x.p.legs) != 0 {
		t.Fatalf("legs under way: %v", x.p.legs)
	}
}

// Whatever persons, partners and clocks do in whatever order, the books and
// the purse agree, and at the end each cash-out is paid once or came back.
func TestCashOutsDoWhatThePurseDoes(t *testing.T) {
	t.Parallel()
	book, err := valuepath.Shipped()
	must(t, err)
	places := map[bool]*ledger.Ledger{false: open(t, ledger.Memory), true: open(t, filepath.Join(t.TempDir(), "books.db"))}
	seen := map[act.State]int{}
	persons := 0
	ends := []act.State{act.Done, act.Returned, act.Canceled, act.Lapsed}
	missing := func(s act.State) bool { return seen[s] == 0 }
	for round := 0; round == 0 || round < 5 && slices.ContainsFunc(ends, missing); round++ {
		rapid.Check(t, func(rt *rapid.T) {
			persons++ // each run is another person of the same books
			l := places[rapid.Bool().Draw(rt, "on file")]
			u, err := l.AddUser(background, fmt.Sprint("person", persons), "KRW")
			if err != nil {
				rt.Fatal(err)
			}
			x := &till{
				l: l, u: u, book: book, rt: rt, seen: seen, now: time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC).AddDate(0, persons, 0),
				p:    purse{lots: map[string]*wallet.Lot{}, aside: map[string]int64{}, legs: map[string][]wallet.Draw{}, done: map[string]bool{}},
				used: map[string]bool{}, fates: map[string]*fate{},
			}
			x.check(ledger.Trust(background, l, u, x.now))
			x.check(ledger.LinkTo(background, l, u, "bank_instant", "110-222-3344", x.now))
			rt.Repeat(map[string]func(*rapid.T){
				"": x.agree, "grant": x.grant, "spend": x.spend, "quote": x.quote, "cash out": x.cashOut, "quote and cash out": func(t *rapid.T) {
					x.quote(t)
					x.cashOut(t)
				}, "confirm": x.confirm, "confirm more": x.confirm, "cancel": x.cancel, "work": x.work, "work more": x.work,
			})
			x.finish(rt)
		})
	}
	for _, l := range places {
		balanced(t, l)
	}
	for _, s := range ends {
		if missing(s) {
			t.Errorf("nothing ended %s: %v", s, seen)
		}
	}
}
