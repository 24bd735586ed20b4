package store

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/ncruces/go-sqlite3"

	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/wallet"
)

const (
	beginReading = "BEGIN"
	beginWriting = "BEGIN IMMEDIATE"
)

// strand is what lines have in common; texts are numbers of words.
type strand struct {
	merchant, category, issuer, currency int64
	kind                                 wallet.Kind
	typ                                  wallet.Type
	status                               wallet.Status
	channel, contact, reason             int64
}

// apart in place of a strand's reason and contact says that each line has its own.
const apart = -1

// cache keeps what never changes while a store's epoch lasts: words and
// strands, which are only ever added. What does change is kept with the
// generation (one per batch) that it was read at.
type cache struct {
	mu sync.Mutex
	cached
}

type cached struct {
	epoch   int64
	words   map[int64]string
	strands []*strand // by id; nil: not read yet
	whole   int64     // all strands up to this id have been read
	plans   []*plan   // latest first
	loose   []block   // all but the last are full and never change
	looseAt int64     // generation of loose
}

// view is one look at the store: a connection inside a transaction, and which
// generation it sees.
type view struct {
	*conn
	s          *Store
	epoch, gen int64
	calendar   *history.Calendar
}

// errZone: the sums were made for another zone.
var errZone = errors.New("store: sums of another zone")

// read runs fn on a view. All that fn reads is of one generation.
func (s *Store) read(ctx context.Context, fn func(*view) error) error {
	return s.readBy(ctx, func(_ *conn, look func() error) error { return look() }, fn)
}

// readBy is read where around does something before the transaction and after it.
func (s *Store) readBy(ctx context.Context, around func(c *conn, look func() error) error, fn func(*view) error) error {
	for {
		err := s.pool.with(ctx, func(c *conn) error {
			return around(c, func() error {
				return c.within(ctx, beginReading, func() error {
					v, err := s.look(c)
					if err != nil {
						return err
					}
					return fn(v)
				})
			})
		})
		if !errors.Is(err, errZone) {
			return s.fault(ctx, err)
		}
		if err := s.rezone(ctx); err != nil {
			return s.fault(ctx, err)
		}
	}
}

func (s *Store) fault(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return fault.Wrap(ctx.Err(), fault.Canceled)
	}
	return asFault(err, s.opts.Path)
}

// look begins a view and drops what the cache knows of another epoch.
func (s *Store) look(c *conn) (*view, error) {
	v := &view{conn: c, s: s, calendar: history.NewCalendar(s.opts.Zone)}
	var zone string
	found, err := c.one(func(st *sqlite3.Stmt) {
		v.epoch, v.gen, zone = st.ColumnInt64(0), st.ColumnInt64(1), st.ColumnText(2)
	}, "SELECT epoch, gen, zone FROM meta")
	switch {
	case err != nil:
		return nil, err
	case !found:
		return nil, errDamaged
	case zone != s.mark:
		return nil, errZone
	}
	k := &s.cache
	k.mu.Lock()
	defer k.mu.Unlock()
	if v.epoch > k.epoch {
		k.cached = cached{epoch: v.epoch, words: map[int64]string{}}
	}
	return v, nil
}

// word is the text of a word.
func (v *view) word(id int64) (string, error) {
	if id <= 0 {
		return "", nil
	}
	var text string
	known := false
	v.share(func(k *cache) { text, known = k.words[id] })
	if known {
		return text, nil
	}
	found, err := v.one(func(st *sqlite3.Stmt) { text = st.ColumnText(0) }, "SELECT s FROM word WHERE id=?", id)
	if err == nil && !found {
		err = errDamaged
	}
	if err != nil {
		return "", err
	}
	v.share(func(k *cache) { k.words[id] = text })
	return text, nil
}

// share reads or changes the cache, unless that is of another epoch: a view may
// have begun before a Reset that others have seen already.
func (v *view) share(use func(*cache)) {
	k := &v.s.cache
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.epoch == v.epoch {
		use(k)
	}
}

// wordID is the number of a text; found is false if no line has it.
func (v *view) wordID(text string) (id int64, found bool, err error) {
	if text == "" {
		return 0, true, nil
	}
	id, err = v.conn.wordID(text)
	return id, id != 0, err
}

func (c *conn) wordID(text string) (id int64, err error) {
	st, err := c.stmt("SELECT id FROM word WHERE s=?")
	if err == nil {
		err = st.BindText(1, text)
	}
	if err != nil {
		return 0, err
	}
	return id, each(st, func() bool { id = st.ColumnInt64(0); return false })
}

const strandColumns = "id, merchant, category, issuer, currency, kind, type, status, channel, contact, reason"

func readStrand(st *sqlite3.Stmt) (int64, *strand) {
	return st.ColumnInt64(0), &strand{
		merchant: st.ColumnInt64(1), category: st.ColumnInt64(2), issuer: st.ColumnInt64(3), currency: st.ColumnInt64(4),
		kind: wallet.Kind(st.ColumnInt64(5)), typ: wallet.Type(st.ColumnInt64(6)), status: wallet.Status(st.ColumnInt64(7)),
		channel: st.ColumnInt64(8), contact: st.ColumnInt64(9), reason: st.ColumnInt64(10),
	}
}

// strand is the strand with an id.
func (v *view) strand(id int64) (x *strand, err error) {
	v.share(func(k *cache) {
		if id < int64(len(k.strands)) {
			x = k.strands[id]
		}
	})
	if x != nil {
		return x, nil
	}
	x, err = v.conn.strand(id)
	if err == nil {
		v.share(func(k *cache) { k.keep(id, x) })
	}
	return x, err
}

func (c *conn) strand(id int64) (x *strand, err error) {
	found, err := c.one(func(st *sqlite3.Stmt) { _, x = readStrand(st) }, "SELECT "+strandColumns+" FROM strand WHERE id=?", id)
	if err == nil && !found {
		err = errDamaged
	}
	return x, err
}

func (k *cached) keep(id int64, x *strand) {
	if id >= int64(len(k.strands)) {
		k.strands = append(k.strands, make([]*strand, id+1-int64(len(k.strands)))...)
	}
	k.strands[id] = x
}

// allStrands is every strand by id; the slice is the caller's to read.
func (v *view) allStrands() ([]*strand, error) {
	var mine cached // what is known of this epoch, and what is read now
	v.share(func(k *cache) { mine.strands, mine.whole = slices.Clone(k.strands), k.whole })
	err := v.rows(func(st *sqlite3.Stmt) bool {
		id, x := readStrand(st)
		mine.keep(id, x)
		mine.whole = id
		return true
	}, "SELECT "+strandColumns+" FROM strand WHERE id>? ORDER BY id", mine.whole)
	if err != nil {
		return nil, err
	}
	v.share(func(k *cache) {
		if mine.whole > k.whole {
			k.strands, k.whole = slices.Clone(mine.strands), mine.whole
		}
	})
	return mine.strands, nil
}
