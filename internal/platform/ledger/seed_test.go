package ledger_test

import (
	"errors"
	"path/filepath"
	"reflect"
	"testing"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/platform/ledger"
	"jandon/internal/scenario"
	"jandon/internal/wallet"
)

func TestSeedAppliesEverything(t *testing.T) {
	t.Parallel()
	places(t, func(t *testing.T, path string) {
		l := open(t, path)
		p := plan()
		calls, last := 0, 0
		must(t, l.Seed(t.Context(), p, func(done, total int) {
			if done < last || total != len(p.Steps) {
				t.Errorf("progress %d of %d after %d", done, total, last)
			}
			calls, last = calls+1, done
		}))
		if calls == 0 || last != len(p.Steps) {
			t.Errorf("%d calls, the last at %d of %d", calls, last, len(p.Steps))
		}
		r := balanced(t, l)
		if r.Users != 1 || r.Settlements != 2 || r.Lots != 40 {
			t.Errorf("report %+v", r)
		}
		if err := l.Seed(t.Context(), p, nil); !errors.Is(err, ledger.ErrSeeded) {
			t.Errorf("seeding again: %v", err)
		}
	})
}

func TestSeedIsAllOrNothing(t *testing.T) {
	t.Parallel()
	l := open(t, ledger.Memory)
	p := plan()
	id := name(t, l)
	p.Steps = append(p.Steps, scenario.Step{At: day(59), Act: scenario.Spend, Transaction: line("z", day(59), wallet.Payment, -1_000_000)})
	if err := l.Seed(t.Context(), p, nil); code(err) != fault.Insufficient {
		t.Fatalf("seeding what can't be: %v", err)
	}
	if r := balanced(t, l); r.Users != 0 || r.Transfers != 0 || name(t, l) != id {
		t.Errorf("left behind: %+v, id %s", r, name(t, l))
	}
	p = plan()
	p.Steps[1], p.Steps[2] = p.Steps[2], p.Steps[1]
	if err := l.Seed(t.Context(), p, nil); code(err) != fault.BadRequest {
		t.Errorf("steps out of order: %v", err)
	}
}

// The same plan gives the same rows and the same id of the ledger.
func TestSeedingsAreIdentical(t *testing.T) {
	t.Parallel()
	one, _ := seeded(t, ledger.Memory)
	two, _ := seeded(t, filepath.Join(t.TempDir(), "books.db"))
	a, b := dump(t, one), dump(t, two)
	if len(a) < 500 {
		t.Fatalf("only %d rows", len(a))
	}
	for i := range max(len(a), len(b)) {
		if i >= len(a) || i >= len(b) || a[i] != b[i] {
			t.Fatalf("row %d differs: %q and %q", i, at(a, i), at(b, i))
		}
	}
	other := plan()
	other.Steps[0].Transaction.Reason = "other"
	three := open(t, ledger.Memory)
	must(t, three.Seed(t.Context(), other, nil))
	if name(t, one) != name(t, two) || name(t, one) == name(t, three) {
		t.Errorf("ids %s %s %s", name(t, one), name(t, two), name(t, three))
	}
}

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return "nothing"
}

func name(t *testing.T, l *ledger.Ledger) string {
	t.Helper()
	id, err := l.ID(t.Context())
	must(t, err)
	return id
}

func dump(t *testing.T, l *ledger.Ledger) []string {
	t.Helper()
	rows, err := ledger.Dump(t.Context(), l)
	must(t, err)
	return rows
}

func TestReopenedBooksAreTheSame(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "books.db")
	l, err := ledger.Open(t.Context(), ledger.Options{Path: path})
	must(t, err)
	must(t, l.Seed(t.Context(), plan(), nil))
	id, rows := name(t, l), dump(t, l)
	must(t, l.Close())
	again := open(t, path)
	if name(t, again) != id || !reflect.DeepEqual(dump(t, again), rows) {
		t.Error("the books changed while they were closed")
	}
}

func TestListsAndChangesAgree(t *testing.T) {
	t.Parallel()
	l, u := seeded(t, ledger.Memory)
	view(t, l, u, func(v *ledger.View) error {
		all := map[string]wallet.Transaction{}
		var order []wallet.Transaction
		var place ledger.Place
		for {
			page, next, err := v.Transactions(ledger.Lines{After: place, Limit: 7})
			must(t, err)
			for _, x := range page {
				all[x.ID] = x
				order = append(order, x)
			}
			if next == (ledger.Place{}) {
				break
			}
			place = next
		}
		for i := 1; i < len(order); i++ {
			if order[i].At.After(order[i-1].At) {
				t.Errorf("%s at %v is after %v", order[i].ID, order[i].At, order[i-1].At)
			}
		}
		n, bills, alerts := 0, 0, 0
		for after, more := int64(0), true; more; {
			changes, again, err := v.Changes(after, 11)
			must(t, err)
			for _, c := range changes {
				if c.Seq <= after {
					t.Errorf("seq %d after %d", c.Seq, after)
				}
				after = c.Seq
				switch {
				case c.Transaction != nil:
					n++
					if got := all[c.Transaction.ID]; !reflect.DeepEqual(got, *c.Transaction) || got.Seq != c.Seq {
						t.Errorf("list says %+v, changes at %d %+v", got, c.Seq, *c.Transaction)
					}
				case c.Settlement != nil:
					bills++
				case c.Alert != nil:
					alerts++
				}
			}
			more = again
			if !more && after != v.Seq {
				t.Errorf("changes end at %d of %d", after, v.Seq)
			}
		}
		if n != len(all) || len(order) != len(all) || bills != 2 || alerts != 6 {
			t.Errorf("%d changes for %d transactions of %d, %d bills, %d alerts", n, len(all), len(order), bills, alerts)
		}
		kind := wallet.CarrierCredit
		page, _, err := v.Transactions(ledger.Lines{Issuer: "telco", Kind: &kind, From: day(2), To: day(4), Limit: 500})
		if len(page) != 2 || page[0].ID != "c03" || page[1].ID != "c02" {
			t.Errorf("filtered %+v", page)
		}
		return err
	})
}

func TestTrail(t *testing.T) {
	t.Parallel()
	l, u := books(t, ledger.Memory)
	ctx := t.Context()
	must(t, l.Grant(ctx, u, line("g", day(0), wallet.Topup, 1000), lot("a", 1000, day(0), day(9))))
	must(t, l.Spend(ctx, u, line("s", day(1), wallet.Payment, -300)))
	must(t, l.Spend(ctx, u, line("s2", day(2), wallet.Payment, -100)))
	must(t, l.GiveBack(ctx, u, refund("r", "s", day(3), 300)))
	must(t, l.Charge(ctx, u, onBill(line("c", day(4), wallet.Payment, -50))))
	must(t, l.GiveBack(ctx, u, onBill(refund("rc", "c", day(5), 50))))
	must(t, l.Sweep(ctx, u, day(9)))
	type stop struct {
		id, lot string
		amount  int64
	}
	for id, want := range map[string][]stop{
		"s":  {{"g", "a", 1000}, {"s", "a", -300}, {"s2", "a", -100}, {"r", "a", 300}, {"xa", "a", -900}},
		"g":  {{"g", "a", 1000}, {"s", "a", -300}, {"s2", "a", -100}, {"r", "a", 300}, {"xa", "a", -900}},
		"c":  {{"c", "", -50}, {"rc", "", 50}},
		"rc": {{"c", "", -50}, {"rc", "", 50}},
	} {
		view(t, l, u, func(v *ledger.View) error {
			trail, err := v.Trail(id)
			var got []stop
			for _, s := range trail {
				got = append(got, stop{s.Transaction, s.Lot, s.Amount.Minor})
				if s.Amount.Currency != money.KRW || s.At.IsZero() {
					t.Errorf("%+v", s)
				}
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("trail of %s: %v, want %v", id, got, want)
			}
			return err
		})
	}
}

// A lot that comes in later but lapses sooner is noticed in its time.
func TestSeedSweepsWhatLapsesSooner(t *testing.T) {
	t.Parallel()
	l := open(t, ledger.Memory)
	grant := func(id string, at, expires int) scenario.Step {
		return scenario.Step{At: day(at), Act: scenario.Grant, Transaction: line("g"+id, day(at), wallet.Topup, 100), Lot: lot(id, 100, day(at), day(expires))}
	}
	p := scenario.Plan{Name: "sooner", Person: "mina", Currency: money.KRW, At: day(10), Steps: []scenario.Step{grant("a", 0, 30), grant("b", 1, 40), grant("c", 2, 5)}}
	must(t, l.Seed(t.Context(), p, nil))
	u, err := l.User(t.Context(), "mina")
	must(t, err)
	equal(t, left(t, l, u), map[string]int64{"a": 100, "b": 100})
}

// A thing that changes twice in a row is told once, as it is now.
func TestChangesTellOfAThingOnce(t *testing.T) {
	t.Parallel()
	l, u := books(t, ledger.Memory)
	must(t, l.Charge(t.Context(), u, onBill(line("c", day(0), wallet.Payment, -5))))
	must(t, l.Bill(t.Context(), u, day(9), bill("b", day(0), day(8))))
	must(t, l.Pay(t.Context(), u, day(9), "b"))
	view(t, l, u, func(v *ledger.View) error {
		c, more, err := v.Changes(0, 10)
		if len(c) != 2 || more || c[0].Seq != 2 || c[0].Transaction.Settlement != "b" || c[1].Seq != 4 || !c[1].Settlement.Paid.Equal(day(9)) {
			t.Errorf("changes %+v", c)
		}
		return err
	})
}
