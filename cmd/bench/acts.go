package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"jandon/client"
	"jandon/client/store/storetest"
	"jandon/internal/act"
	"jandon/internal/money"
	"jandon/internal/platform"
	"jandon/internal/scenario"
	"jandon/keystore"
)

// actDays is how many days each way of cashing out is measured on; a day has
// few cash-outs, by its limits.
const actDays = 25

// acts measures what moves value: what the platform takes for each request,
// over HTTP inside the process and durable on a file, and what the wallet
// takes while somebody types an amount.
func (b *bench) acts(ctx context.Context) error {
	if err := b.planner(ctx); err != nil {
		return err
	}
	t, err := b.openTill(ctx)
	if err != nil {
		return err
	}
	err = t.days(ctx)
	if err == nil {
		err = b.preview(t)
	}
	if err = errors.Join(err, t.close()); err != nil {
		return err
	}
	ms := func(n int) took { return took(time.Duration(n) * time.Millisecond) }
	for _, r := range []struct {
		what, request string
		bar           took
	}{
		{"confirm on the platform, without Argon2", "POST confirm", ms(5)},
		{"cash-out without a code", "POST cashouts", ms(20)},
		{"quote, all rails", "POST quotes", ms(20)},
		{"opening a session", "POST sessions", ms(20)},
	} {
		list := t.took[r.request]
		if len(list) < actDays {
			return fmt.Errorf("%s was measured %d times", r.request, len(list))
		}
		b.table.atMost(r.what+", median", part(list, 50), r.bar, ratio(part(list, 50), r.bar), 1)
	}
	// Slow on purpose: it is what a guess at the PIN costs. No bar but that it is bearable.
	b.table.atMost("opening K with the PIN (Argon2id), for information", part(t.argon, 50), ms(2000), ratio(part(t.argon, 50), ms(2000)), 1)
	return nil
}

// part is a percentile.
func part(list []time.Duration, percent int) took {
	slices.Sort(list)
	return took(list[len(list)*percent/100])
}

// till is a made-up person's account on a platform of its own, with a clock that
// goes on when it is told. It times what goes over the wire.
type till struct {
	*client.Account
	platform *platform.Platform
	pin      keystore.Secret
	wire     *http.Transport

	mu    sync.Mutex
	now   time.Time
	took  map[string][]time.Duration // by method and last part of the path
	argon []time.Duration
}

// Kept is the account's, as a page asks for it.
func (t *till) Kept(ctx context.Context) (act.Limits, error) { return t.Account.Kept(ctx), nil }

func (t *till) clock() time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.now
}

func (t *till) pass(d time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.now = t.now.Add(d)
}

// RoundTrip times the requests that went well.
func (t *till) RoundTrip(r *http.Request) (*http.Response, error) {
	from := time.Now()
	res, err := t.wire.RoundTrip(r)
	if err == nil && res.StatusCode < 300 {
		name := r.Method + r.URL.Path[strings.LastIndex(r.URL.Path, "/"):]
		t.mu.Lock()
		defer t.mu.Unlock()
		name = strings.Replace(name, "/", " ", 1)
		t.took[name] = append(t.took[name], time.Since(from))
	}
	return res, err
}

// openTill makes the platform and registers a device with it as a person would.
func (b *bench) openTill(ctx context.Context) (t *till, err error) {
	file, err := scenario.Load("everyday")
	if err != nil {
		return nil, err
	}
	t = &till{now: storetest.End, took: map[string][]time.Duration{}, pin: keystore.NewSecret([]byte("739105826417"))}
	plan, err := file.Generate(t.now)
	if err != nil {
		return nil, err
	}
	letters := make(chan platform.Letter, 1)
	t.platform, err = platform.Open(ctx, platform.Options{
		Path: filepath.Join(b.dir, "platform.db"), Now: t.clock, Deliver: func(l platform.Letter) { letters <- l },
	})
	if err != nil {
		return nil, err
	}
	if err := t.platform.Seed(ctx, plan, nil); err != nil {
		return nil, errors.Join(err, t.platform.Close())
	}
	t.wire = &http.Transport{DialContext: t.platform.Dial}
	begun, err := client.Enrol(ctx, client.Settings{
		Options: client.Options{URL: "http://127.0.0.1", Now: t.clock, Transport: t},
		Dir:     b.dir, Zone: plan.Zone, Keys: keystore.NewMemory(),
	}, file.Person(), "bench")
	if err != nil {
		return nil, errors.Join(err, t.platform.Close())
	}
	letter := <-letters
	if err = errors.Join(begun.Activate(ctx, letter.Code), begun.Seal(ctx, t.pin)); err == nil {
		t.Account, err = begun.Finish(ctx, t.pin)
	}
	if err == nil {
		err = begun.Settle(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, begun.Leave(ctx), t.platform.Close())
	}
	_, err = t.Sync(ctx, nil)
	t.pass(2 * 24 * time.Hour) // a young device moves little
	return t, err
}

// days cashes out a little each day, first without a code and then, at the
// level that asks for one each time, with it.
func (t *till) days(ctx context.Context) error {
	for n := range 2 * actDays {
		t.pass(24 * time.Hour)
		from, before := time.Now(), len(t.took["POST sessions"])
		if _, err := t.Unlock(ctx, t.pin); err != nil {
			return err
		}
		t.argon = append(t.argon, time.Since(from)-t.took["POST sessions"][before])
		rail, amount, want := "donation", int64(10), act.Going
		if n >= actDays {
			rail, amount, want = "mobile_topup", 1000, act.Waiting
		}
		if n == actDays {
			if _, err := t.SetLevel(ctx, act.LevelCareful); err != nil {
				return err
			}
		}
		if _, err := t.Quote(ctx, act.Ask{Amount: money.Won(1300)}); err != nil {
			return err
		}
		quote, err := t.Quote(ctx, act.Ask{Amount: money.Won(amount), Amounts: map[string]int64{rail: amount}})
		if err != nil {
			return err
		}
		made, err := t.CashOut(ctx, quote, 0)
		if err == nil && made.State != want {
			err = fmt.Errorf("a cash-out over %s is %s and needs %s", rail, made.State, made.Need)
		}
		if err == nil && want == act.Waiting {
			if _, err = t.Challenge(ctx, made); err == nil {
				_, err = t.Confirm(ctx, made, nil)
			}
		}
		if err != nil {
			return err
		}
		t.Lock()
	}
	return nil
}

// Start begins a cash-out; it makes t what the page of cashing out asks.
func (t *till) Start(ctx context.Context, q act.Quote, offer int) (act.Act, error) {
	return t.CashOut(ctx, q, offer)
}

func (t *till) close() error {
	err := t.Account.Close()
	t.wire.CloseIdleConnections()
	return errors.Join(err, t.platform.Close())
}
