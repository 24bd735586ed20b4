package scenario

import (
	"encoding/base32"
	"encoding/binary"
	"strconv"
	"time"

	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// gen lives through a world, day by day.
type gen struct {
	w        *world
	zone     *time.Location
	currency money.Currency
	cal      calendar
	queue    queue
	now      time.Time // the instant of the event that is happening
	steps    []Step
	used     map[string]bool
	purses   map[place]*purse
	tabs     map[string]*tab
	points   map[place]int64           // earned and not yet credited, in 1/10,000 of a minor unit
	waiting  map[place]bool            // the monthly credit is on its way
	paid     map[string]int64          // by subscription: the last amount
	mandates map[string]wallet.Mandate // by subscription
	next     map[int]history.Day       // by accident: not before this day
	sources  []func(d history.Day)     // what may happen on a day
	issuers  map[string]wallet.Issuer  // by id
}

// Generate lives the world up to an instant. The plan of a later instant
// begins with the same steps; before the start there are none.
func (f *File) Generate(at time.Time) (Plan, error) {
	w := f.world
	g := &gen{
		w: w, zone: w.Zone.Location, currency: money.Currency(w.Currency), cal: calendarOf(w),
		used: make(map[string]bool), purses: make(map[place]*purse), tabs: make(map[string]*tab),
		points: make(map[place]int64), waiting: make(map[place]bool), paid: make(map[string]int64), mandates: make(map[string]wallet.Mandate), next: make(map[int]history.Day),
		issuers: make(map[string]wallet.Issuer),
	}
	p := Plan{Name: f.Name, Person: string(w.Person), Zone: g.zone, Currency: g.currency, At: at.UTC()}
	for _, is := range w.Issuers {
		g.issuers[is.ID] = wallet.Issuer{ID: is.ID, Name: string(is.Name), Sector: string(is.Sector), Contact: string(is.Contact)}
		p.Issuers = append(p.Issuers, g.issuers[is.ID])
	}
	g.known(&p)
	g.prepare()
	for d := day(w.Start); d <= history.DayOf(at, g.zone); d++ {
		for _, source := range g.sources {
			source(d)
		}
		last := (d + 1).Start(g.zone).Add(-time.Nanosecond)
		if at.Before(last) {
			last = at
		}
		for e, ok := g.queue.next(last); ok; e, ok = g.queue.next(last) {
			g.now = e.at
			e.do(e.at)
		}
	}
	p.Steps = g.steps
	f.disputes(&p)
	return p, nil
}

func (g *gen) prepare() {
	for i := range g.w.Pots {
		g.purse(g.w.Pots[i].At).rule = &g.w.Pots[i]
	}
	for i := range g.w.Bills {
		g.tabs[g.w.Bills[i].Issuer] = &tab{rule: &g.w.Bills[i]}
		g.sources = append(g.sources, g.billing(&g.w.Bills[i]))
	}
	for i := range g.w.Incomes {
		g.sources = append(g.sources, g.income(&g.w.Incomes[i]))
	}
	for i := range g.w.Subscriptions {
		g.sources = append(g.sources, g.subscription(&g.w.Subscriptions[i]))
	}
	for i := range g.w.Habits {
		g.sources = append(g.sources, g.habit(&g.w.Habits[i]))
	}
	for i, a := range g.w.Accidents {
		g.next[i] = day(a.On)
	}
}

func (g *gen) purse(at place) *purse {
	p := g.purses[at]
	if p == nil {
		p = new(purse)
		g.purses[at] = p
	}
	return p
}

func (g *gen) day(t time.Time) history.Day { return history.DayOf(t, g.zone) }

func (g *gen) money(minor int64) money.Amount { return money.Of(minor, g.currency) }

// add appends a step that happens now.
func (g *gen) add(s Step) {
	s.At = g.now
	g.steps = append(g.steps, s)
}

// line is a transaction that happens now, with its id.
func (g *gen) line(key string, typ wallet.Type, minor int64, at place) wallet.Transaction {
	return wallet.Transaction{
		ID: g.id("t", key), At: g.now, Type: typ, Status: wallet.Posted,
		Amount: g.money(minor), Issuer: at.Issuer, Kind: at.Kind,
	}
}

var letters = base32.NewEncoding("abcdefghijkmnpqrstuvwxyz23456789").WithPadding(base32.NoPadding)

// id is a name that a person can read out: a letter, the day, and six letters
// from the event's key. What happens elsewhere in the world does not change it.
func (g *gen) id(letter, key string) string {
	y, m, d := g.day(g.now).Date()
	for n := uint64(0); ; n++ {
		var sum [8]byte
		binary.BigEndian.PutUint64(sum[:], hash(g.w.Seed, letter+"/"+key, uint64(g.now.Unix())+n<<40))
		id := letter + strconv.Itoa(y%100*10000+int(m)*100+d) + "-" + letters.EncodeToString(sum[:])[:6]
		if !g.used[id] {
			g.used[id] = true
			return id
		}
	}
}

// alert raises an alert now.
func (g *gen) alert(key string, a wallet.Alert) {
	a.ID, a.At = g.id("a", key), g.now
	g.add(Step{Act: Notify, Alert: a})
}
