package ledger_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/platform/ledger"
	"jandon/internal/wallet"
)

// model is a wallet as a child would keep it: lots in a list, debts in a number.
type model struct {
	lots  []wallet.Lot
	drawn map[string][]wallet.Draw // by payment
	size  map[string]int64
	back  map[string]bool
	owed  map[string]int64 // by charge, not yet billed
	debt  int64
}

func (m *model) expire(now time.Time) {
	for i := range m.lots {
		if m.lots[i].Expired(now) {
			m.lots[i].Amount.Minor = 0
		}
	}
}

func (m *model) take(draws []wallet.Draw, sign int64) {
	for _, d := range draws {
		for i := range m.lots {
			if m.lots[i].ID == d.Lot {
				m.lots[i].Amount.Minor += sign * d.Amount.Minor
			}
		}
	}
}

func (m *model) left() map[string]int64 {
	have := map[string]int64{}
	for _, l := range m.lots {
		if l.Amount.Minor > 0 {
			have[l.ID] = l.Amount.Minor
		}
	}
	return have
}

// machine drives the ledger and the model alike.
type machine struct {
	l     *ledger.Ledger
	u     ledger.User
	m     model
	now   time.Time
	n     int
	bills []string
	since time.Time
}

func (x *machine) id(prefix string) string {
	x.n++
	return fmt.Sprintf("%s%03d", prefix, x.n)
}

func (x *machine) pass(t *rapid.T) {
	x.now = x.now.Add(time.Duration(rapid.IntRange(0, 100).Draw(t, "hours")) * time.Hour)
	x.m.expire(x.now)
}

func (x *machine) grant(t *rapid.T) {
	x.pass(t)
	expires := time.Time{}
	if d := rapid.IntRange(0, 20).Draw(t, "lasts days"); d > 0 {
		expires = x.now.AddDate(0, 0, d)
	}
	won := rapid.Int64Range(1, 1000).Draw(t, "won")
	lot := lot(x.id("l"), won, x.now, expires)
	if err := x.l.Grant(background, x.u, line(x.id("g"), x.now, wallet.Topup, won), lot); err != nil {
		t.Fatal(err)
	}
	x.m.lots = append(x.m.lots, lot)
}

func (x *machine) spend(t *rapid.T) {
	x.pass(t)
	won := rapid.Int64Range(1, 1500).Draw(t, "won")
	id := x.id("s")
	draws, short := wallet.DrawFrom(x.m.lots, money.Won(won), x.now)
	err := x.l.Spend(background, x.u, line(id, x.now, wallet.Payment, -won))
	if short.Minor > 0 {
		if code(err) != fault.Insufficient {
			t.Fatalf("spent %d with %d short: %v", won, short.Minor, err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	x.m.take(draws, -1)
	x.m.drawn[id], x.m.size[id] = draws, won
}

func (x *machine) charge(t *rapid.T) {
	x.pass(t)
	won := rapid.Int64Range(1, 1500).Draw(t, "won")
	id := x.id("c")
	if err := x.l.Charge(background, x.u, onBill(line(id, x.now, wallet.Payment, -won))); err != nil {
		t.Fatal(err)
	}
	x.m.size[id], x.m.owed[id] = won, won
	x.m.debt += won
}

func (x *machine) giveBack(t *rapid.T) {
	x.pass(t)
	if len(x.m.size) == 0 {
		return
	}
	ids := make([]string, 0, len(x.m.size))
	for i := 1; i <= x.n; i++ {
		for _, p := range []string{"s", "c"} {
			if id := fmt.Sprintf("%s%03d", p, i); x.m.size[id] > 0 {
				ids = append(ids, id)
			}
		}
	}
	of := rapid.SampledFrom(ids).Draw(t, "of")
	back := refund(x.id("r"), of, x.now, x.m.size[of])
	if _, charged := x.m.owed[of]; charged {
		back = onBill(back)
	}
	err := x.l.GiveBack(background, x.u, back)
	if x.m.back[of] {
		if err == nil {
			t.Fatalf("%s was given back twice", of)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	x.m.back[of] = true
	x.m.take(x.m.drawn[of], 1)
	x.m.expire(x.now)
	if _, charged := x.m.owed[of]; charged {
		x.m.debt -= x.m.size[of]
	}
}

func (x *machine) bill(t *rapid.T) {
	x.pass(t)
	if !x.since.Before(x.now) {
		return
	}
	id := x.id("b")
	if err := x.l.Bill(background, x.u, x.now, bill(id, x.since, x.now)); err != nil {
		t.Fatal(err)
	}
	x.since, x.bills = x.now, append(x.bills, id)
}

func (x *machine) pay(t *rapid.T) {
	x.pass(t)
	if len(x.bills) == 0 {
		return
	}
	id := x.bills[0]
	var total int64
	if err := x.l.View(background, x.u, func(v *ledger.View) error {
		s, _, err := v.Settlement(id)
		total = s.Total.Minor
		return err
	}); err != nil {
		t.Fatal(err)
	}
	err := x.l.Pay(background, x.u, x.now, id)
	x.bills = x.bills[1:]
	if (total < 0) != (err != nil) {
		t.Fatalf("paying %d: %v", total, err)
	}
	if err == nil {
		x.m.debt -= total
	}
}

// agree holds the ledger against the model after every act.
func (x *machine) agree(t *rapid.T) {
	if err := x.l.Sweep(background, x.u, x.now); err != nil {
		t.Fatal(err)
	}
	sum, debt, err := ledger.Sums(background, x.l, x.u)
	if err != nil || sum != 0 || debt != -x.m.debt {
		t.Fatalf("the books sum to %d, the bill to %d for a debt of %d (%v)", sum, debt, x.m.debt, err)
	}
	have := map[string]int64{}
	if err := x.l.View(background, x.u, func(v *ledger.View) error {
		lots, err := v.Lots()
		for i, l := range lots {
			have[l.ID] = l.Amount.Minor
			if i > 0 && wallet.CompareLots(lots[i-1], l) > 0 {
				t.Fatalf("%s is listed after %s", l.ID, lots[i-1].ID)
			}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if want := x.m.left(); fmt.Sprint(have) != fmt.Sprint(want) {
		t.Fatalf("the ledger has %v, the model %v", have, want)
	}
}

// Whatever is done in whatever order, ledger and model agree and the books balance.
func TestLedgerDoesWhatTheModelDoes(t *testing.T) {
	t.Parallel()
	l := open(t, ledger.Memory)
	persons := 0
	rapid.Check(t, func(rt *rapid.T) {
		persons++ // each run is another person of the same books
		u, err := l.AddUser(background, fmt.Sprint("person", persons), "KRW")
		if err != nil {
			rt.Fatal(err)
		}
		x := &machine{l: l, u: u, now: start, since: start, m: model{
			drawn: map[string][]wallet.Draw{}, size: map[string]int64{}, back: map[string]bool{}, owed: map[string]int64{},
		}}
		rt.Repeat(map[string]func(*rapid.T){
			"": x.agree, "grant": x.grant, "grant more": x.grant, "spend": x.spend, "charge": x.charge, "give back": x.giveBack, "bill": x.bill, "pay": x.pay,
		})
	})
	if r := balanced(t, l); r.Users < 100 || r.Transfers < 500 {
		t.Errorf("only %+v", r)
	}
}
