package ledger_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/platform/ledger"
)

// deed is something that one of many did or was refused, and between which
// ticks of a common counter.
type deed struct {
	act       string // "": refused, because too little was left
	call, end int64
}

// crowd is many who use one balance at once.
type crowd struct {
	*cashier
	tick   atomic.Int64
	mu     sync.Mutex
	begun  map[string]deed
	ended  map[string]deed
	refuse []deed
}

// What became of a try.
const (
	begun   = iota
	ended   // canceled
	refused // too little was left
	late    // others had the lots of its quote
)

func (c *crowd) did(f func() (id string, what int)) (id string, what int) {
	call := c.tick.Add(1)
	id, what = f()
	d := deed{id, call, c.tick.Add(1)}
	c.mu.Lock()
	defer c.mu.Unlock()
	switch what {
	case begun:
		c.begun[id] = d
	case ended:
		c.ended[id] = d
	case refused:
		c.refuse = append(c.refuse, d)
	}
	return id, what
}

func newCrowd(t *testing.T, path string) *crowd {
	t.Helper()
	l, err := ledger.Open(t.Context(), ledger.Options{Path: path, Busy: time.Minute})
	must(t, err)
	t.Cleanup(func() { must(t, l.Close()) })
	c := &cashier{Ledger: l, t: t, now: time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)}
	c.partner = l.Simulator(func() time.Time { return c.now })
	c.u, err = l.AddUser(t.Context(), "mina", "KRW")
	must(t, err)
	must(t, ledger.Trust(t.Context(), l, c.u, c.now))
	return &crowd{cashier: c, begun: map[string]deed{}, ended: map[string]deed{}}
}

const each = 2000

// takes cashes out once, quoting anew whenever another was faster.
func (c *crowd) takes(i int) string {
	for try := 0; ; try++ {
		id, what := c.did(func() (string, int) {
			q, err := c.Quote(background, c.u, hand(map[string]int64{"mobile_topup": each}), c.now)
			var a act.Act
			if err == nil {
				a, err = c.CashOut(background, c.u, "", ledger.Key{ID: fmt.Sprintf("key-of-16-letters-%d-%d", i, try)}, q.ID, 0, c.now)
			}
			switch code(err) {
			case "":
				return a.ID, begun
			case fault.QuoteOutdated:
				return "", late
			case fault.Insufficient, fault.NothingConvertible:
			default:
				c.t.Errorf("cashing out: %v", err)
			}
			return "", refused
		})
		if what != late {
			return id
		}
	}
}

// Sixty-four who cash out of one balance at once, some of whom think better of
// it, never get more than there is: what happened is what would have, had they
// come one after another in the order of the books.
func TestManyCashOutsNeverOverdraw(t *testing.T) {
	t.Parallel()
	places(t, func(t *testing.T, path string) {
		c := newCrowd(t, path)
		have := int64(0)
		for i := range 5 {
			c.grant(9000, c.now.AddDate(0, 0, 10+i))
			have += 9000
		}
		var wg sync.WaitGroup
		for i := range 64 {
			wg.Go(func() {
				if id := c.takes(i); id != "" && i%4 == 0 {
					c.did(func() (string, int) {
						if _, err := c.CancelAct(background, c.u, id, c.now); err != nil {
							t.Errorf("canceling: %v", err)
						}
						return id, ended
					})
				}
			})
		}
		wg.Wait()
		c.oneAfterAnother(have)
		if len(c.begun) < 22 || len(c.refuse) == 0 || len(c.ended) == 0 { // 22 × 2,000 of 45,000
			t.Errorf("%d begun, %d ended, %d refused", len(c.begun), len(c.ended), len(c.refuse))
		}
		balanced(t, c.Ledger)
	})
}

// oneAfterAnother holds the order of the books against a balance that is used
// by one at a time, and against what each saw of the time.
func (c *crowd) oneAfterAnother(have int64) {
	story, err := ledger.Story(c.t.Context(), c.Ledger, c.u)
	must(c.t, err)
	type moment struct {
		left          int64
		after, before int64 // the ticks between which it can have been
	}
	var line []moment
	add := func(d deed) {
		if n := len(line); n > 0 && d.end < line[n-1].after {
			c.t.Errorf("%s ended at %d, before what came before it began at %d", d.act, d.end, line[n-1].after)
		}
		if len(line) > 0 {
			line[len(line)-1].before = d.end
			d.call = max(d.call, line[len(line)-1].after)
		}
		line = append(line, moment{have, d.call, 1 << 60})
	}
	line = append(line, moment{have, 0, 1 << 60})
	seen := map[string]bool{}
	for _, id := range story {
		if !seen[id] {
			if have -= each; have < 0 {
				c.t.Fatalf("%s overdraws", id)
			}
			seen[id] = true
			add(c.begun[id])
			continue
		}
		have += each
		add(c.ended[id])
	}
	for _, d := range c.refuse {
		ok := false
		for _, m := range line {
			ok = ok || m.left < each && m.after <= d.end && d.call <= m.before
		}
		if !ok {
			c.t.Errorf("refused between %d and %d, when there was enough", d.call, d.end)
		}
	}
}

// One key that sixty-four use at once has one effect, and all get the same act.
func TestOneKeyManyRacers(t *testing.T) {
	t.Parallel()
	places(t, func(t *testing.T, path string) {
		c := newCrowd(t, path)
		c.grant(50_000, time.Time{})
		q, k := c.quote(hand(map[string]int64{"mobile_topup": each})), c.key()
		var ids sync.Map
		var wg sync.WaitGroup
		for range 64 {
			wg.Go(func() {
				a, err := c.CashOut(background, c.u, "", k, q.ID, 0, c.now)
				if err != nil {
					t.Errorf("cashing out: %v", err)
				}
				ids.Store(a.ID, a.State)
			})
		}
		wg.Wait()
		n := 0
		ids.Range(func(any, any) bool { n++; return true })
		held, err := ledger.Held(t.Context(), c.Ledger, c.u)
		must(t, err)
		if n != 1 || held["lot01"] != each {
			t.Errorf("%d acts hold %v", n, held)
		}
		balanced(t, c.Ledger)
	})
}

// Many workers at once, of several processes where there is a file, pay a leg
// once, whoever of them is told.
func TestManyWorkersPayOnce(t *testing.T) {
	t.Parallel()
	places(t, func(t *testing.T, path string) {
		c := newCrowd(t, path)
		c.grant(50_000, time.Time{})
		for range 4 {
			c.confirmed(c.cashOut(c.quote(hand(map[string]int64{"mobile_topup": each, "donation": 100})), 0))
		}
		books := []*ledger.Ledger{c.Ledger, c.Ledger}
		if path != ledger.Memory {
			other, err := ledger.Open(t.Context(), ledger.Options{Path: path, Busy: time.Minute})
			must(t, err)
			defer func() { must(t, other.Close()) }()
			books[1] = other
		}
		for range 2 {
			var wg sync.WaitGroup
			for i := range 8 {
				wg.Go(func() {
					if _, err := books[i%2].Work(background, c.partner, c.now); err != nil {
						t.Errorf("working: %v", err)
					}
				})
			}
			wg.Wait()
			c.now = c.now.Add(time.Hour)
		}
		c.work()
		paid, err := ledger.Delivered(t.Context(), c.Ledger, c.now)
		must(t, err)
		if len(paid) != 8 {
			t.Errorf("paid %v", paid)
		}
		equal(t, left(t, c.Ledger, c.u), map[string]int64{"lot01": 50_000 - 4*(each+100)})
		balanced(t, c.Ledger)
	})
}
