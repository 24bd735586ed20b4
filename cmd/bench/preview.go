package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/money"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
	"jandon/ui"
	"jandon/ui/cashout"
	"jandon/ui/kit"
)

// preview measures a key in the amount of a cash-out: the plan for it and the
// whole screen, until it could be written to the terminal.
func (b *bench) preview(t *till) error {
	book, err := valuepath.Shipped()
	if err != nil {
		return err
	}
	shell, err := ui.New(ui.Options{
		Lang: "en", Zone: time.UTC, Theme: "dark", Clock: ui.Clock{Now: t.clock, Tick: func(time.Duration, func(time.Time) tea.Msg) tea.Cmd { return nil }},
		Pages: []ui.Maker{{Name: "cashout", Label: "cashout.title", Tab: true, Make: func(env *kit.Env, _ string) kit.Page {
			return cashout.New(env, book, t)
		}}},
		Start: kit.Visit{Page: "cashout"},
	})
	if err != nil {
		return err
	}
	l := &list{model: shell}
	l.run(shell.Init())
	l.send(tea.WindowSizeMsg{Width: width, Height: height})
	var times []time.Duration
	for n := range 200 * b.rounds {
		key := tea.KeyPressMsg{Code: tea.KeyBackspace}
		if n%10 < 5 {
			digit := "13579"[n%10]
			key = tea.KeyPressMsg{Code: rune(digit), Text: string(digit)}
		}
		from := time.Now()
		l.send(key)
		view := l.model.View()
		times = append(times, time.Since(from))
		if n == 4 && !strings.Contains(view.Content, "13,579") {
			return fmt.Errorf("the preview is not that of the keys:\n%s", view.Content)
		}
	}
	bar := took(8 * time.Millisecond)
	b.table.atMost("a key in the amount: plan and screen at 120×40, p99", part(times, 99), bar, ratio(part(times, 99), bar), 1)
	return nil
}

// wallets are how many made-up wallets the planner is measured on.
const wallets = 5000

// planner measures the whole answer for the shipped rails: rules, trade-offs,
// legs, reasons and other ways, for wallets of every kind and tier.
func (b *bench) planner(context.Context) error {
	book, err := valuepath.Shipped()
	if err != nil {
		return err
	}
	var times []time.Duration
	proved := 0
	for seed := range uint64(wallets) {
		r := anyRequest(book, seed)
		best := time.Hour // of three, which leaves out what other processes took
		for range 3 {
			from := time.Now()
			out, err := book.Plan(r)
			if err != nil {
				return err
			}
			best = min(best, time.Since(from))
			if out.Proved {
				proved++
			}
		}
		times = append(times, best)
	}
	what := fmt.Sprintf("planner: %d rails, to ₩10,000,000, ", len(book.Rails))
	for _, bar := range []struct {
		name    string
		percent int
		most    took
	}{{"median", 50, took(500 * time.Microsecond)}, {"p99", 99, took(2 * time.Millisecond)}} {
		b.table.atMost(what+bar.name, part(times, bar.percent), bar.most, ratio(part(times, bar.percent), bar.most), 1)
	}
	share := float64(proved) / float64(3*wallets)
	b.table.atLeast("planner: answers proved best", count{share, ""}, count{1, ""}, share, 1)
	return nil
}

// anyRequest is a wallet of up to 24 lots of every kind and origin, of somebody
// of any tier at any hour, made from a seed.
func anyRequest(book *valuepath.Book, seed uint64) valuepath.Request {
	rnd := rand.New(rand.NewPCG(seed, 3)) //nolint:gosec // made-up wallets
	noon := time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)
	r := valuepath.Request{
		At: noon.Add(time.Duration(rnd.IntN(168)) * time.Hour), Zone: time.UTC, Tier: valuepath.Tier(rnd.IntN(int(valuepath.TierVerified) + 1)),
		Verified: rnd.IntN(4) > 0, Linked: map[string]bool{}, Used: map[string]int64{"mobile_topup": rnd.Int64N(50) * 1000},
	}
	for _, rail := range book.Rails {
		r.Linked[rail.ID] = true
	}
	kinds := []struct {
		kind   wallet.Kind
		origin string
	}{
		{wallet.Prepaid, "bank_transfer"}, {wallet.Prepaid, "voucher"}, {wallet.Prepaid, "gift"}, {wallet.Earned, "tip"}, {wallet.Earned, "reward"},
		{wallet.Promotional, "promotion"}, {wallet.CarrierCredit, "phone_bill"}, {wallet.CardFunded, "card"}, {wallet.KindUnknown, "unknown"},
	}
	scale := []int64{2_000, 30_000, 400_000, 5_000_000}[rnd.IntN(4)]
	var total int64
	for n := range 1 + rnd.IntN(24) {
		k := kinds[rnd.IntN(len(kinds))]
		l := wallet.Lot{
			ID: fmt.Sprint(n), Issuer: "x", Kind: k.kind, Origin: k.origin, Amount: money.Won(1 + rnd.Int64N(scale)),
			Received: noon.Add(-time.Duration(rnd.IntN(2000)) * time.Hour),
		}
		l.Granted = money.Won(l.Amount.Minor + rnd.Int64N(1+2*l.Amount.Minor))
		if rnd.IntN(3) == 0 {
			l.Expires = noon.Add(time.Duration(1+rnd.IntN(3000)) * time.Hour)
		}
		r.Lots = append(r.Lots, l)
		total += l.Amount.Minor
	}
	r.Amount = money.Won(1 + rnd.Int64N(min(total, 10_000_000)))
	return r
}
