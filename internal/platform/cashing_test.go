package platform_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/platform"
	"jandon/internal/scenario"
	"jandon/internal/wallet"
	"jandon/internal/wire"
)

// noon is one in Seoul, on a Monday, when all rules hold and all rails are open.
var noon = time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)

// riches is the plan of somebody of long standing with money to cash out and
// destinations that go wrong.
func riches(won int64) scenario.Plan {
	at := noon.AddDate(0, -2, 0)
	p := scenario.Plan{
		Name: "riches", Person: "mina", Zone: time.UTC, Currency: money.KRW, At: noon.AddDate(0, 0, -1),
		Issuers: []wallet.Issuer{{ID: "game", Name: "Star Game", Sector: "game", Contact: "1588-0000"}},
		Account: scenario.Account{Since: noon.AddDate(-2, 0, 0), Verified: true, Acts: 200, Usual: 50_000},
	}
	for i := range 4 {
		id := fmt.Sprintf("l%d", i)
		l := wallet.Lot{ID: id, Issuer: "game", Kind: wallet.Prepaid, Origin: "bank_transfer", Granted: money.Won(won / 4), Received: at}
		if i < 3 {
			l.Expires = noon.AddDate(1, i, 0)
		}
		p.Steps = append(p.Steps, scenario.Step{At: at, Act: scenario.Grant, Transaction: line("g"+id, at, wallet.Topup, won/4), Lot: l})
	}
	for rail, number := range map[string]string{"bank_transfer": "110-222-330000", "bank_instant": "110-222-339999", "savings_jar": "110-222-338888"} {
		p.Destinations = append(p.Destinations, scenario.Destination{Rail: rail, Name: "Mina Kim", Number: number, Added: noon.AddDate(-1, 0, 0), Used: noon.AddDate(0, 0, -3)})
	}
	return p
}

// shop is a site of its own, with a rich person. step hears of what is passed.
func shop(t testing.TB, path string, at time.Time, step func(string)) *site {
	t.Helper()
	s := &site{t: t, now: at, log: &platform.Log{}}
	p, err := platform.Open(t.Context(), platform.Options{
		Path: path, Now: s.clock, Log: slog.New(slog.NewTextHandler(s.log, nil)), Busy: time.Second, Step: step,
	})
	must(t, err)
	t.Cleanup(func() { must(t, p.Close()) })
	s.Platform = p
	transport := &http.Transport{DialContext: p.Dial}
	t.Cleanup(transport.CloseIdleConnections)
	s.client = &http.Client{Transport: &witness{transport, t, contract()}}
	return s
}

// customer is the person of a new shop with a device whose session may act.
func customer(t testing.TB, path string) *phone {
	t.Helper()
	s := shop(t, path, noon.AddDate(0, 0, -2), nil) // a device of today would move little
	must(t, s.Seed(t.Context(), riches(2_000_000), nil))
	p := s.enrolled("mina", "Phone")
	s.at(noon)
	p.open("totp", p.totp())
	return p
}

func (p *phone) quoted(rails map[string]int64) wire.Quote {
	p.t.Helper()
	var want wire.QuoteRequest
	for rail, won := range rails {
		want.AmountMinor += won
		want.ByHand = append(want.ByHand, wire.HandAmount{Rail: rail, AmountMinor: won})
	}
	want.Currency = money.KRW
	var q wire.Quote
	p.post("/v1/quotes", want).is(p.t, http.StatusCreated, &q)
	return q
}

func (p *phone) cashOut(q wire.Quote, key string) wire.Act {
	p.t.Helper()
	return p.act(http.MethodPost, "/v1/cashouts", key, wire.CashoutRequest{Quote: string(q.Id)})
}

// ended lets time pass until an act has ended.
func (p *phone) ended(id string) wire.Act {
	p.t.Helper()
	for range 100 {
		next, err := p.Work(p.t.Context())
		must(p.t, err)
		var a wire.Act
		p.look("/v1/acts/"+id).is(p.t, http.StatusOK, &a)
		if act.State(a.State).Final() {
			return a
		}
		if next.After(p.clock()) {
			p.at(next)
		}
		if p.clock().Sub(a.Made) > 4*time.Minute { // the session would be idle by now
			p.open("totp", p.totp())
		}
	}
	p.t.Fatal("it never ends")
	return wire.Act{}
}

// A quote is good until it expires, to the millisecond; after that it begins
// nothing, holds nothing, and neither it nor its key is used up by trying.
func TestExpiredQuoteCashesNothingOut(t *testing.T) {
	t.Parallel()
	p := customer(t, platform.Memory)
	rails := map[string]int64{"mobile_topup": 10_000}
	q := p.quoted(rails)
	try := request{method: http.MethodPost, path: "/v1/cashouts", key: "key-of-sixteen-letters", body: wire.CashoutRequest{Quote: string(q.Id)}}
	p.at(q.Expires)
	p.ask(try).refused(t, "a quote whose time is over", fault.QuoteExpired)
	var l wire.Limits
	p.look("/v1/limits").is(t, http.StatusOK, &l)
	var page wire.ActPage
	p.look("/v1/acts").is(t, http.StatusOK, &page)
	if len(l.Pinned) != 0 || slices.ContainsFunc(page.Acts, func(a wire.Act) bool { return act.Action(a.Action) == act.Cashout }) {
		t.Errorf("it holds %+v and began %+v", l.Pinned, page.Acts)
	}
	next := p.quoted(rails)
	p.at(next.Expires.Add(-time.Millisecond))
	try.body = wire.CashoutRequest{Quote: string(next.Id)}
	if a := p.ask(try); a.status != http.StatusCreated {
		t.Errorf("in time: %d %s", a.status, a.body)
	}
}

func TestACashOutFromQuoteToReceipt(t *testing.T) {
	t.Parallel()
	for name, path := range map[string]string{"memory": platform.Memory, "file": filepath.Join(t.TempDir(), "p.db")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := customer(t, path)
			var front wire.Quote
			p.post("/v1/quotes", wire.QuoteRequest{AmountMinor: 43_210, Currency: money.KRW}).is(t, http.StatusCreated, &front)
			if len(front.Plans) < 2 || !front.Proved || front.Version == "" || !front.Expires.Equal(noon.Add(2*time.Minute)) {
				t.Errorf("quote %+v", front)
			}
			q := p.quoted(map[string]int64{"bank_transfer": 30_000, "bank_instant": 20_000, "mobile_topup": 10_000})
			made := p.cashOut(q, "key-of-sixteen-1")
			if made.AmountMinor != 60_000 || made.FeeMinor != 500+800 || made.State != wire.ActStateWaiting || made.Until.IsZero() {
				t.Fatalf("act %+v", made)
			}
			if again := p.cashOut(q, "key-of-sixteen-1"); again.Id != made.Id {
				t.Errorf("again: %s after %s", again.Id, made.Id)
			}
			p.ask(request{method: http.MethodPost, path: "/v1/cashouts", key: "key-of-sixteen-1", body: wire.CashoutRequest{Quote: string(q.Id), Plan: 1}}).
				refused(t, "another body", fault.KeyReused)
			p.post("/v1/cashouts", wire.CashoutRequest{Quote: string(q.Id)}).refused(t, "no key", fault.KeyMissing)
			p.ask(request{method: http.MethodPost, path: "/v1/cashouts", key: "key-of-sixteen-2", body: wire.CashoutRequest{Quote: string(q.Id)}}).
				refused(t, "another key", fault.QuoteUsed)
			if going := p.confirmed(string(made.Id)); going.State != wire.ActStateGoing || going.Receipt == "" {
				t.Fatalf("confirmed: %+v", going)
			}
			p.post("/v1/acts/"+string(made.Id)+"/cancel", nil).refused(t, "canceled while it goes", fault.TooLate)
			end := p.ended(string(made.Id))
			states := map[string]string{}
			for _, l := range end.Legs {
				states[string(l.Rail)] = string(l.State) + string(l.Failure)
			}
			if end.State != wire.ActStatePartly || states["bank_transfer"] != "returnedaccount_closed" || states["bank_instant"] != "done" || states["mobile_topup"] != "done" {
				t.Errorf("ended %s: %v", end.State, states)
			}
			var w wire.Wallet
			p.look("/v1/wallet").is(t, http.StatusOK, &w)
			sum := int64(0)
			for _, l := range w.Lots {
				sum += l.AmountMinor
			}
			if sum != 2_000_000-30_000 {
				t.Errorf("%d left", sum)
			}
			var page wire.ActPage
			p.look("/v1/acts?limit=10").is(t, http.StatusOK, &page)
			if len(page.Acts) == 0 || page.Acts[0].Id != made.Id {
				t.Errorf("acts %+v", page)
			}
			_, err := p.Check(t.Context())
			must(t, err)
		})
	}
}

// A session that only reads may look and quote, and stop what it sees; it moves nothing.
func TestAReadingSessionMovesNothing(t *testing.T) {
	t.Parallel()
	p := customer(t, platform.Memory)
	q := p.quoted(map[string]int64{"mobile_topup": 40_000})
	waiting := p.cashOut(q, "key-of-sixteen-1")
	var s wire.Session
	p.session("", "").is(t, http.StatusCreated, &s)
	p.token = s.Token
	q = p.quoted(map[string]int64{"mobile_topup": 10_000})
	try := request{method: http.MethodPost, path: "/v1/cashouts", key: "key-of-sixteen-2", body: wire.CashoutRequest{Quote: string(q.Id)}}
	p.ask(try).refused(t, "a reading session", fault.StepUpRequired)
	p.post("/v1/acts/"+string(waiting.Id)+"/cancel", nil).is(t, http.StatusOK, nil)
	p.at(noon.Add(40 * time.Second))
	p.open("totp", p.totp())
	p.ask(try).is(t, http.StatusCreated, nil) // neither the key nor the quote was used up
	_, err := p.Check(t.Context())
	must(t, err)
}

// What can't go is refused with a reason a lot and a rail.
func TestNothingConvertibleNamesLotsAndRails(t *testing.T) {
	t.Parallel()
	s := shop(t, platform.Memory, noon, nil)
	plan := riches(0)
	at := noon.AddDate(0, -2, 0)
	plan.Steps = []scenario.Step{{At: at, Act: scenario.Grant, Transaction: line("g", at, wallet.Earn, 5000),
		Lot: wallet.Lot{ID: "bonus", Issuer: "game", Kind: wallet.CarrierCredit, Origin: "phone_bill", Granted: money.Won(5000), Received: at}}}
	plan.Steps[0].Transaction.Kind = wallet.CarrierCredit
	must(t, s.Seed(t.Context(), plan, nil))
	p := s.enrolled("mina", "Phone")
	a := p.post("/v1/quotes", wire.QuoteRequest{AmountMinor: 3000, Currency: money.KRW})
	a.refused(t, "phone credit", fault.NothingConvertible)
	told := map[string]string{}
	for _, f := range a.problem(t).Errors {
		told[string(f.Pointer)] = string(f.Detail)
	}
	if !strings.HasPrefix(told["/lots/bonus"], "not_eligible by ") || len(told) < 8 {
		t.Errorf("told %v", told)
	}
}

// One key that many send at once has one effect: who is not told of it is told to wait.
func TestOneKeySentByMany(t *testing.T) {
	t.Parallel()
	p := customer(t, filepath.Join(t.TempDir(), "p.db"))
	q := p.quoted(map[string]int64{"mobile_topup": 40_000})
	body, err := json.Marshal(wire.CashoutRequest{Quote: string(q.Id)})
	must(t, err)
	var mu sync.Mutex
	ids, flying := map[string]bool{}, 0
	var wg sync.WaitGroup
	for range 64 {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://platform/v1/cashouts", strings.NewReader(string(body)))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Idempotency-Key", "key-of-sixteen-1")
		r.Header.Set("Authorization", "DPoP "+p.token)
		r.Header.Set("DPoP", p.proof(request{method: http.MethodPost, path: "/v1/cashouts"}))
		wg.Go(func() {
			w := httptest.NewRecorder()
			p.Handler().ServeHTTP(w, r)
			mu.Lock()
			defer mu.Unlock()
			var a wire.Act
			var problem wire.Problem
			switch {
			case w.Code == http.StatusCreated && json.Unmarshal(w.Body.Bytes(), &a) == nil:
				ids[string(a.Id)] = true
			case w.Code == http.StatusConflict && json.Unmarshal(w.Body.Bytes(), &problem) == nil && fault.Code(problem.Code) == fault.KeyInFlight:
				flying++
			default:
				t.Errorf("%d %s", w.Code, w.Body)
			}
		})
	}
	wg.Wait()
	var page wire.ActPage
	p.look("/v1/acts").is(t, http.StatusOK, &page)
	made := 0
	for _, a := range page.Acts {
		if act.Action(a.Action) == act.Cashout {
			made++
		}
	}
	if len(ids) != 1 || made != 1 {
		t.Errorf("acts %v, listed %d, %d told to wait", ids, made, flying)
	}
	_, err = p.Check(t.Context())
	must(t, err)
}

// The background carries legs to their end by itself, when the platform's
// clock moves and not before, whatever this machine's does.
func TestLegsAreSeenToInTheBackground(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := customer(t, platform.Memory)
		a := p.cashOut(p.quoted(map[string]int64{"mobile_topup": 40_000}), "key-of-sixteen-1")
		p.confirmed(string(a.Id))
		for _, step := range []struct {
			at   time.Time
			want wire.ActState
		}{{noon, wire.ActStateGoing}, {noon.Add(59 * time.Second), wire.ActStateGoing}, {noon.Add(time.Minute), wire.ActStateDone}} {
			p.at(step.at)
			time.Sleep(2 * time.Minute) // of the bubble's time
			p.look("/v1/acts/"+string(a.Id)).is(t, http.StatusOK, &a)
			if a.State != step.want || a.Legs[0].State == wire.ActLegStateWaiting {
				t.Errorf("at %v it is %+v", step.at, a)
			}
		}
	})
}
