package client_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"jandon/client"
	"jandon/client/store"
	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/platform"
	"jandon/internal/scenario"
)

func TestSync(t *testing.T) {
	t.Parallel()
	s := newSite(105)
	to := memory(t)
	syncer := client.NewSyncer(dialled(t, over(t, s)), to)
	var steps []string
	report, err := syncer.Sync(t.Context(), func(done, total int) { steps = append(steps, fmt.Sprintf("%d/%d", done, total)) })
	must(t, err)
	if want := (client.SyncReport{Changed: true, Pages: 6, Lines: 105, Seq: 105}); report != want {
		t.Errorf("%+v", report)
	}
	if want := []string{"20/105", "40/105", "60/105", "80/105", "100/105", "105/105"}; !slices.Equal(steps, want) {
		t.Error(steps)
	}
	holds(t, to, 105)

	// Nothing new: one conditional question, one for changes, nothing to show.
	report, err = syncer.Sync(t.Context(), nil)
	must(t, err)
	if report.Changed || report.Lines != 0 || s.count("/v1/wallet") != 2 || s.count("/v1/changes") != 7 {
		t.Errorf("%+v %v", report, s.calls)
	}
	state, err := to.State(t.Context())
	must(t, err)
	if !state.SyncedAt.Equal(noon) || state.LedgerID != "ledger-1" || state.Seq != 105 {
		t.Errorf("%+v", state)
	}

	s.add(3)
	report, err = syncer.Sync(t.Context(), nil)
	must(t, err)
	if !report.Changed || report.Lines != 3 {
		t.Errorf("%+v", report)
	}
	holds(t, to, 108)
	if w, err := to.Wallet(t.Context()); err != nil || w.Seq != 108 || len(w.Lots) != 1 || w.Lots[0].Amount != won(108) {
		t.Error(w, err)
	}
}

// A copy that an older program put knows nothing of what was spent of its lots:
// it is put anew once, and said to have changed, though nothing has at the platform.
func TestSyncOfACopyThatKnowsLess(t *testing.T) {
	t.Parallel()
	s := newSite(30)
	to := memory(t)
	dial := dialled(t, over(t, s))
	_, err := client.NewSyncer(dial, to).Sync(t.Context(), nil)
	must(t, err)
	w, err := to.Wallet(t.Context())
	must(t, err)
	w.Lots[0].Spent = won(7) // not what the platform says
	must(t, to.PutWallet(t.Context(), w))
	upgraded := client.NewSyncer(dial, to)
	for _, want := range []bool{true, false} {
		report, err := upgraded.Sync(t.Context(), nil)
		if err != nil || report.Changed != want {
			t.Errorf("%v, %+v", err, report)
		}
		if w, err := to.Wallet(t.Context()); err != nil || w.Lots[0].Spent.Minor != 0 {
			t.Error(w.Lots, err)
		}
	}
}

// The wallet never stays older than the lines beside it.
func TestSyncWhileThingsHappen(t *testing.T) {
	t.Parallel()
	s := newSite(30)
	first := true
	s.set(func(_ http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/v1/changes" && first {
			first = false
			s.add(5)
		}
		return false
	})
	to := memory(t)
	_, err := client.NewSyncer(dialled(t, over(t, s)), to).Sync(t.Context(), nil)
	must(t, err)
	if w, err := to.Wallet(t.Context()); err != nil || w.Seq != 35 {
		t.Error(w.Seq, err)
	}
	holds(t, to, 35)
}

// Another ledger at the same address, or one that lost its end, starts the copy over.
func TestSyncOfAnotherLedger(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*site){
		"other id":        func(s *site) { s.ledger = "ledger-2"; s.lines = s.lines[:30] },
		"other id, equal": func(s *site) { s.ledger = "ledger-2" },
		"restored backup": func(s *site) { s.lines = s.lines[:25] },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(50)
			to := memory(t)
			c := dialled(t, over(t, s))
			_, err := client.NewSyncer(c, to).Sync(t.Context(), nil)
			must(t, err)
			change(s)
			report, err := client.NewSyncer(c, to).Sync(t.Context(), nil)
			must(t, err)
			if !report.Renewed || !report.Changed {
				t.Errorf("%+v", report)
			}
			holds(t, to, int64(len(s.lines)))
			if state, err := to.State(t.Context()); err != nil || state.LedgerID != s.ledger {
				t.Error(state, err)
			}
		})
	}
}

// A platform that is never the same one twice does not keep us going for ever.
func TestSyncOfARestlessLedger(t *testing.T) {
	t.Parallel()
	s := newSite(5)
	n := 0
	s.set(func(_ http.ResponseWriter, r *http.Request) bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		n++
		s.ledger = fmt.Sprint("ledger-", n)
		return false
	})
	_, err := client.NewSyncer(dialled(t, over(t, s)), memory(t)).Sync(t.Context(), nil)
	wantCode(t, err, fault.BadAnswer)
}

// An outage in the middle keeps what came, and the next sync goes on from there.
func TestSyncAfterAnOutage(t *testing.T) {
	t.Parallel()
	s := newSite(100)
	to := memory(t)
	syncer := client.NewSyncer(dialled(t, over(t, s)), to)
	s.set(func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/v1/changes" && s.count("/v1/changes") > 3 {
			w.WriteHeader(500)
			return true
		}
		return false
	})
	_, err := syncer.Sync(t.Context(), nil)
	wantCode(t, err, fault.ServerError)
	holds(t, to, 60)
	if state, err := to.State(t.Context()); err != nil || !state.SyncedAt.IsZero() {
		t.Error("not up to date, yet it says so:", state, err)
	}
	s.set(nil)
	report, err := syncer.Sync(t.Context(), nil)
	must(t, err)
	if report.Lines != 40 {
		t.Errorf("%+v", report)
	}
	holds(t, to, 100)
}

// One sync at a time: the second waits, or leaves when its context ends.
func TestSyncTakesTurns(t *testing.T) {
	t.Parallel()
	s := newSite(60)
	to := memory(t)
	syncer := client.NewSyncer(dialled(t, over(t, s)), to)
	reached, release := make(chan struct{}), make(chan struct{})
	var once sync.Once
	s.set(func(http.ResponseWriter, *http.Request) bool {
		once.Do(func() { close(reached); <-release })
		return false
	})
	var all sync.WaitGroup
	all.Go(func() {
		if _, err := syncer.Sync(t.Context(), nil); err != nil {
			t.Error(err)
		}
	})
	<-reached
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := syncer.Sync(ctx, nil)
	wantCode(t, err, fault.Canceled)
	for range 3 {
		all.Go(func() {
			if report, err := syncer.Sync(t.Context(), nil); err != nil || report.Changed {
				t.Error(report, err)
			}
		})
	}
	close(release)
	all.Wait()
	holds(t, to, 60)
}

// The clocks of wallet and platform may differ by a day either way: nothing is
// lost or counted twice, and the age is by our own clock.
func TestClocksDiffer(t *testing.T) {
	t.Parallel()
	for _, skew := range []time.Duration{-24 * time.Hour, 24 * time.Hour} {
		t.Run(skew.String(), func(t *testing.T) {
			t.Parallel()
			here := noon.Add(skew)
			s := newSite(45)
			to, err := store.OpenMemory(t.Context(), time.UTC, func() time.Time { return here })
			must(t, err)
			defer to.Close()
			o := over(t, s)
			o.Now = func() time.Time { return here }
			c := dialled(t, o)
			for range 2 {
				_, err = client.NewSyncer(c, to).Sync(t.Context(), nil)
				must(t, err)
				s.add(1)
			}
			holds(t, to, 46)
			state, err := to.State(t.Context())
			must(t, err)
			if !state.SyncedAt.Equal(here) {
				t.Error(state.SyncedAt, here)
			}
		})
	}
}

// The real platform, with a made-up world: the copy says what the world says.
func TestSyncWithThePlatform(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("KST", 9*3600)
	at := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	scene, err := scenario.Load("student")
	must(t, err)
	plan, err := scene.Generate(at)
	must(t, err)
	p, err := platform.Open(t.Context(), platform.Options{Path: platform.Memory, Now: func() time.Time { return at }})
	must(t, err)
	defer p.Close()
	must(t, p.Seed(t.Context(), plan, nil))
	o := options("http://127.0.0.1")
	o.Dial = p.DialAs(plan.Person)
	to, err := store.OpenMemory(t.Context(), zone, func() time.Time { return at })
	must(t, err)
	defer to.Close()
	c := dialled(t, o)
	report, err := client.NewSyncer(c, to).Sync(t.Context(), nil)
	must(t, err)
	if report.Lines == 0 || report.Seq == 0 {
		t.Fatalf("%+v", report)
	}
	page, err := to.Rows(t.Context(), history.Query{}, history.Window{Older: true, Limit: 50})
	must(t, err)
	trails := 0
	for _, row := range page.Rows {
		steps, err := c.Trail(t.Context(), row.ID)
		must(t, err)
		trails += len(steps)
	}
	if trails == 0 {
		t.Error("no trail has a step")
	}
	bills, err := to.Settlements(t.Context())
	must(t, err)
	for _, bill := range bills {
		got, charges, err := c.Bill(t.Context(), bill.ID)
		must(t, err)
		var sum int64
		for _, charge := range charges {
			sum -= charge.Amount.Minor
		}
		if got.Total != bill.Total || sum != bill.Total.Minor {
			t.Errorf("%s: %v, %v, charges %d", bill.ID, got.Total, bill.Total, sum)
		}
	}
	o.Dial = p.Dial // nobody in particular
	_, err = client.NewSyncer(dialled(t, o), to).Sync(t.Context(), nil)
	wantCode(t, err, fault.Unauthorized)
}
