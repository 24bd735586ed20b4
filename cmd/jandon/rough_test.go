package main

import (
	"strings"
	"sync"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// cashouts are the acts of a wallet that move value, as the platform has them.
func (r *trialRoom) cashouts() (list []act.Act) {
	r.t.Helper()
	page, err := r.wallet.Acts(r.t.Context(), "")
	if err != nil {
		r.t.Fatal(err)
	}
	for _, a := range page.Acts {
		if a.Action == act.Cashout {
			list = append(list, a)
		}
	}
	return list
}

// Whatever the line does to a cash-out, it has one effect, and what the screens
// say of it is true: nobody is told that nothing happened where it is not known.
func TestARoughLineHasOneEffectAndIsSpokenOfHonestly(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		fault string
		lost  bool // nobody knows at first whether it happened
	}{
		{"latency=3ms", false},
		{"drop@cashouts", true}, {"truncate@cashouts", true}, {"disconnect@cashouts", true}, {"duplicate@cashouts", true},
		{"drop@confirm", true}, {"truncate@confirm", true}, {"disconnect@confirm", true}, {"duplicate@confirm", true},
		{"drop=0.5,disconnect=0.2,truncate=0.2,duplicate=0.3", false},
	} {
		t.Run(c.fault, func(t *testing.T) {
			t.Parallel()
			r := openTrial(t, "en")
			held, err := r.wallet.Wallet(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			r.Press("6")
			r.Type("1300")
			r.Press("enter", "down", "enter")
			r.server.Fail(c.fault, 11)
			r.yes()
			for _, word := range []string{"internal", "It never began", "Nothing was moved"} {
				if c.lost && strings.Contains(c.fault, "cashouts") && strings.Contains(r.Text(), word) {
					t.Errorf("while nobody knows, the screen says %q:\n%s", word, r.Text())
				}
			}
			r.yes()
			screen := r.Text()
			if c.lost && strings.Contains(screen, r.text.T("confirm.refused")) {
				t.Errorf("while nobody knows, the screen says that it can't be:\n%s", screen)
			}
			r.Press("f8")
			failures := r.Text()
			r.Press("esc")
			if strings.Contains(screen+failures, "internal") {
				t.Errorf("it is called internal:\n%s%s", screen, failures)
			}
			if c.lost && !strings.Contains(screen+failures, "checked") && !strings.Contains(screen, "Confirmed.") {
				t.Errorf("nobody says that it is being checked, or that it was found:\n%s\n%s", screen, failures)
			}
			r.server.Fail("", 0)
			if _, err := r.wallet.Recover(t.Context()); err != nil {
				t.Errorf("afterwards: %v", err)
			}
			if list := r.cashouts(); len(list) > 1 {
				t.Fatalf("%d cash-outs came of one", len(list))
			}
			r.server.Step(10 * time.Minute)
			r.unlock()
			list := r.cashouts()
			if len(list) == 0 {
				return // it never came through, which is one way to have no second effect
			}
			if _, err := r.wallet.Sync(t.Context(), func(int, int) {}); err != nil {
				t.Fatal(err)
			}
			left, err := r.wallet.Wallet(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			went := money.Won(0)
			if list[0].State == act.Done {
				went = list[0].Amount
			}
			if total(held.Lots)-total(left.Lots) != went.Minor {
				t.Errorf("the act is %s of %v, and %d left the balance", list[0].State, list[0].Amount, total(held.Lots)-total(left.Lots))
			}
			if c.fault == "duplicate@confirm" && list[0].State != act.Done {
				t.Errorf("sent twice, it is %s", list[0].State)
			}
		})
	}
}

// Requests that overtake each other leave one effect, too.
func TestRequestsThatOvertakeEachOtherHaveOneEffect(t *testing.T) {
	t.Parallel()
	r := openTrial(t, "en")
	q, err := r.wallet.Quote(t.Context(), act.Ask{Amount: money.Won(1300)})
	if err != nil {
		t.Fatal(err)
	}
	r.server.Fail("reorder@cashouts", 1)
	done := make(chan struct{})
	var others sync.WaitGroup
	others.Go(func() { // what lets a request that is held back go on
		for {
			select {
			case <-done:
				return
			default:
				_, _ = r.wallet.Client.Status(t.Context())
			}
		}
	})
	_, err = r.wallet.CashOut(t.Context(), q, 0)
	close(done)
	others.Wait()
	if err != nil {
		t.Error(err)
	}
	if list := r.cashouts(); len(list) != 1 {
		t.Errorf("%d cash-outs", len(list))
	}
}

func total(lots []wallet.Lot) (minor int64) {
	for _, l := range lots {
		minor += l.Amount.Minor
	}
	return minor
}
