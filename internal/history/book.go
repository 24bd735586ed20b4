package history

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// BookOptions is what a Book knows besides its lines; zero fields are fine.
type BookOptions struct {
	Zone        *time.Location // of days and weeks; nil: UTC
	Currency    money.Currency // of the totals; "": that of most lines
	Wallet      wallet.Wallet
	Issuers     []wallet.Issuer // nil: those of Wallet
	Settlements []wallet.Settlement
	Alerts      []wallet.Alert
}

// Book is a history in memory. It answers what the local store answers, for
// lines that come from a file. It is safe for concurrent use and never changes.
type Book struct {
	opts  BookOptions
	tx    []wallet.Transaction // as they came; x(i) is the i-th oldest
	order []uint32             // where the i-th oldest is in tx; nil if they came in order
	down  bool                 // they came newest first
	lines []line               // oldest first, as columns to scan
	span  Span

	// uneven: a later line is of an earlier day, as where clocks go back over midnight.
	uneven bool

	merchants, categories, issuers, texts, bills dictionary

	rollups [ByKind + 1]struct {
		once sync.Once
		rollup
	}
}

// line is what scans read of a transaction; texts are numbers of dictionaries.
type line struct {
	at, minor                                int64
	day                                      Day
	merchant, category, issuer, reason, bill uint32
	typ                                      wallet.Type
	status                                   wallet.Status
	kind                                     wallet.Kind
	main                                     bool // in the currency of the totals
}

// NewBook takes the transactions over and puts them in order: by instant, and
// within one instant as they came, in a list that comes newest first from the
// newest to the oldest.
func NewBook(transactions []wallet.Transaction, opts BookOptions) *Book {
	if opts.Zone == nil {
		opts.Zone = time.UTC
	}
	if opts.Issuers == nil {
		opts.Issuers = opts.Wallet.Issuers
	}
	b := &Book{opts: opts, tx: transactions}
	b.putInOrder()
	b.opts.Settlements = slices.SortedFunc(slices.Values(opts.Settlements), func(x, y wallet.Settlement) int {
		return cmp.Or(y.From.Compare(x.From), cmp.Compare(x.ID, y.ID))
	})
	b.opts.Alerts = slices.SortedFunc(slices.Values(opts.Alerts), func(x, y wallet.Alert) int {
		return cmp.Or(y.At.Compare(x.At), cmp.Compare(x.ID, y.ID))
	})
	b.index()
	return b
}

// putInOrder finds the order without moving the lines, which are large.
func (b *Book) putInOrder() {
	up, down := true, true
	for i := 1; i < len(b.tx) && (up || down); i++ {
		switch c := b.tx[i-1].At.Compare(b.tx[i].At); {
		case c < 0:
			down = false
		case c > 0:
			up = false
		}
	}
	b.down = down && !up // lines of one instant tell no direction: they stay as they came
	if up || down {
		return
	}
	b.order = make([]uint32, len(b.tx))
	for i := range b.order {
		b.order[i] = uint32(i)
	}
	slices.SortStableFunc(b.order, func(i, j uint32) int { return b.tx[i].At.Compare(b.tx[j].At) })
}

// x is the i-th oldest line.
func (b *Book) x(i int) *wallet.Transaction {
	switch {
	case b.order != nil:
		return &b.tx[b.order[i]]
	case b.down:
		return &b.tx[len(b.tx)-1-i]
	}
	return &b.tx[i]
}

func (b *Book) index() {
	b.chooseCurrency()
	b.lines = make([]line, len(b.tx))
	calendar := NewCalendar(b.opts.Zone)
	for i := range b.lines {
		x := b.x(i)
		l := &b.lines[i]
		*l = line{
			at: x.At.UnixMilli(), minor: x.Amount.Minor, typ: x.Type, status: x.Status, kind: x.Kind,
			merchant: b.merchants.number(x.Merchant), category: b.categories.number(x.Category),
			issuer: b.issuers.number(x.Issuer), reason: b.texts.number(x.Reason), bill: b.bills.number(x.Settlement),
			main: x.Amount.Currency == b.span.Currency,
		}
		l.day = calendar.Day(l.at)
		if i == 0 {
			b.span.First, b.span.Last = l.day, l.day
		}
		b.uneven = b.uneven || l.day < b.span.Last
		b.span.First, b.span.Last = min(b.span.First, l.day), max(b.span.Last, l.day)
	}
	b.span.Lines = len(b.tx)
}

func (b *Book) chooseCurrency() {
	counts := map[money.Currency]int{}
	for i := 0; i < len(b.tx); {
		c, from := b.tx[i].Amount.Currency, i
		for i < len(b.tx) && b.tx[i].Amount.Currency == c {
			i++
		}
		counts[c] += i - from
	}
	b.span.Currency = cmp.Or(b.opts.Currency, b.opts.Wallet.Currency)
	if b.span.Currency == "" {
		for c, n := range counts {
			if best := counts[b.span.Currency]; n > best || n == best && c < b.span.Currency {
				b.span.Currency = c
			}
		}
	}
	delete(counts, b.span.Currency)
	if len(counts) > 0 {
		b.span.Others = counts
	}
}

// Span says how far the book reaches.
func (b *Book) Span(context.Context) (Span, error) { return b.span, nil }

// Wallet is the wallet that came with the lines.
func (b *Book) Wallet(context.Context) (wallet.Wallet, error) { return b.opts.Wallet, nil }

// Alerts lists the alerts, newest first.
func (b *Book) Alerts(context.Context) ([]wallet.Alert, error) { return b.opts.Alerts, nil }

// Settlements lists the bills, the newest period first.
func (b *Book) Settlements(context.Context) ([]wallet.Settlement, error) {
	return b.opts.Settlements, nil
}

// Settlement is the bill with an id, or fault.NotFound.
func (b *Book) Settlement(_ context.Context, id string) (wallet.Settlement, error) {
	for _, s := range b.opts.Settlements {
		if s.ID == id {
			return s, nil
		}
	}
	return wallet.Settlement{}, fault.New(fault.NotFound, "what", id)
}

// Transaction is the line with an id, or fault.NotFound.
func (b *Book) Transaction(_ context.Context, id string) (wallet.Transaction, error) {
	for i := range b.tx {
		if b.tx[i].ID == id {
			return b.tx[i], nil
		}
	}
	return wallet.Transaction{}, fault.New(fault.NotFound, "what", id)
}

// dictionary numbers the different texts of a column, from 0 on.
type dictionary struct {
	numbers map[string]uint32
	texts   []string
	last    uint32
}

func (d *dictionary) number(s string) uint32 {
	if len(d.texts) > 0 && d.texts[d.last] == s { // lines often repeat the one before
		return d.last
	}
	n, ok := d.numbers[s]
	if !ok {
		if d.numbers == nil {
			d.numbers = map[string]uint32{}
		}
		n = uint32(len(d.texts))
		d.numbers[s] = n
		d.texts = append(d.texts, s)
	}
	d.last = n
	return n
}
