package historytest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/wallet"
)

// worlds are where and when a history ends: weeks with a change of clocks, a
// year's end, a week 53, a leap day.
var worlds = []struct {
	zone, end string
	lines     int
}{
	{"Asia/Seoul", "2026-11-22T09:00:00+09:00", 400},
	{"Asia/Seoul", "2027-01-03T23:59:59+09:00", 120},
	{"America/New_York", "2026-11-03T12:00:00-05:00", 300},
	{"America/New_York", "2024-03-12T12:00:00-04:00", 200},
	{"America/Sao_Paulo", "2018-11-08T12:00:00-02:00", 200},
	{"America/Havana", "2025-11-04T12:00:00-05:00", 200},
	{"America/St_Johns", "2010-11-09T12:00:00-03:30", 300}, // clocks go back across midnight, into the day before
	{"Pacific/Apia", "2012-01-03T12:00:00+14:00", 200},     // a day is left out
	{"UTC", "2024-03-01T00:00:00Z", 60},
	{"Asia/Seoul", "2026-11-22T09:00:00+09:00", 1},
	{"Asia/Seoul", "2026-11-22T09:00:00+09:00", 0},
}

// Run checks a reader made by open on made-up histories.
func Run(t *testing.T, open func(*testing.T, Data) Reader) {
	for i, w := range worlds {
		t.Run(fmt.Sprintf("%s/%s/%d", w.zone, w.end[:10], w.lines), func(t *testing.T) {
			t.Parallel()
			zone, err := time.LoadLocation(w.zone)
			if err != nil {
				t.Fatal(err)
			}
			end, err := time.Parse(time.RFC3339, w.end)
			if err != nil {
				t.Fatal(err)
			}
			r := rand.New(rand.NewPCG(uint64(i), 20261122))
			data := makeData(r, zone, end, w.lines)
			c := &check{T: t, r: r, o: oracle{data}, reader: open(t, data), ctx: t.Context()}
			c.span()
			c.nouns()
			for range 40 {
				c.sums()
				c.list(c.query())
			}
			c.list(history.Query{})
			for _, w := range words {
				c.list(history.Query{Text: w})
			}
			for range 10 {
				c.list(history.Query{Min: c.someSize()})
				c.list(history.Query{Max: c.someSize()})
			}
			c.canceled()
		})
	}
}

type check struct {
	*testing.T
	r      *rand.Rand
	o      oracle
	reader Reader
	ctx    context.Context
}

func (c *check) equal(what string, got, want any, err error) {
	c.Helper()
	if err != nil {
		c.Fatalf("%s: %v", what, err)
	}
	if !reflect.DeepEqual(got, want) {
		c.Fatalf("%s:\n got %+v\nwant %+v", what, got, want)
	}
}

func (c *check) span() {
	got, err := c.reader.Span(c.ctx)
	want := history.Span{Currency: c.o.Currency, Lines: len(c.o.Transactions)}
	for i, x := range c.o.Transactions {
		d := c.o.day(x)
		if i == 0 {
			want.First, want.Last = d, d
		}
		want.First, want.Last = min(want.First, d), max(want.Last, d)
		if cur := x.Amount.Currency; cur != c.o.Currency {
			if want.Others == nil {
				want.Others = map[moneyCurrency]int{}
			}
			want.Others[cur]++
		}
	}
	if len(got.Others) == 0 {
		got.Others = nil
	}
	c.equal("span", got, want, err)
}

// nouns checks what is handed through.
func (c *check) nouns() {
	w, err := c.reader.Wallet(c.ctx)
	c.equal("wallet", shownWallet(w), shownWallet(c.o.Wallet), err)
	bills, err := c.reader.Settlements(c.ctx)
	c.equal("settlements", shownBills(bills), shownBills(c.o.Settlements), err) // makeData lists the newest first
	for _, b := range c.o.Settlements {
		got, err := c.reader.Settlement(c.ctx, b.ID)
		c.equal("settlement", shownBills([]wallet.Settlement{got}), shownBills([]wallet.Settlement{b}), err)
	}
	alerts, err := c.reader.Alerts(c.ctx)
	c.equal("alerts", shownAlerts(alerts), shownAlerts(c.o.Alerts), err)
	for _, x := range c.o.Transactions {
		got, err := c.reader.Transaction(c.ctx, x.ID)
		c.equal("transaction", shown(got), shown(x), err)
	}
	if _, err := c.reader.Transaction(c.ctx, "no such"); !errors.Is(err, fault.New(fault.NotFound)) {
		c.Fatalf("an unknown transaction: %v", err)
	}
	if _, err := c.reader.Settlement(c.ctx, "no such"); !errors.Is(err, fault.New(fault.NotFound)) {
		c.Fatalf("an unknown settlement: %v", err)
	}
}

// canceled checks that a reader can be told to stop.
func (c *check) canceled() {
	ctx, cancel := context.WithCancel(c.ctx)
	cancel()
	if _, err := c.reader.Rows(ctx, history.Query{}, history.Window{Older: true, Limit: 10}); !errors.Is(err, context.Canceled) && !errors.Is(err, fault.New(fault.Canceled)) {
		c.Fatalf("a canceled read: %v", err)
	}
}
