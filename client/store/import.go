package store

import (
	"context"
	"errors"
	"iter"
	"math"
	"time"

	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// File is a statement on its way into the store.
type File struct {
	Source   string         // whose statement it is: files of one source are exports of one account
	Name     string         // of the file, without its directory
	Digest   string         // SHA-256 of its bytes, in hexadecimal
	Format   string         // csv, ofx …
	Rules    string         // by which it was read, as they were given; "": none
	Currency money.Currency // of the sums
	Skipped  int            // lines of it that gave no transaction

	// Lines are its transactions in the order of the file, each good until the
	// next. An error ends the import, and nothing of it stays.
	Lines iter.Seq2[*wallet.Transaction, error]
	// Cancelled are refunds of purchases that the file says were cancelled, and
	// that are not among its lines. One is taken in where an earlier file of the
	// source brought its purchase. RefundOf is the id of that, "" if the file
	// gives none.
	Cancelled []wallet.Transaction
	// Made tells ids that were made of what a line says from those that the
	// provider gave. Lines with a provider's id are the same if that is.
	Made func(id string) bool
}

// Import is what became of a file.
type Import struct {
	ID      int64 // 0: nothing was recorded
	Source  string
	Name    string
	Digest  string
	Format  string
	Rules   string
	At      time.Time
	Lines   int // transactions in the file
	Added   int // of them that were not there before
	Skipped int // lines that gave no transaction

	// Told of the import itself, and not kept: lines that were pending and are
	// posted now, and new ones of which each could be one of several pending.
	Became, Unsure int
	// Purchases of earlier files that this one says were cancelled: each counts
	// as two of Lines, and has its refund beside it.
	Cancelled int
	// New purchases that an earlier file says were cancelled, and that file: once
	// it is taken in again, they have their refunds.
	Foretold   int
	ForetoldBy string

	Currency    money.Currency
	Spent       int64 // by all its lines, as the file says
	StoredSpent int64 // by the lines of the store that stand for them

	// Again says that this very file had been taken in before and that there
	// was nothing new in it; ID is that of the first time.
	Again bool
}

// imported in place of a line's Seq says that it came from a file. No change
// of a platform has this number.
const imported = math.MinInt64

// importCache is the page cache while a file is taken in or looked through, in
// KiB (negative, as SQLite counts). Lines of a day lie together in the indexes
// that are kept meanwhile (the others wait: indexes.go), so that
// more would not help: memory is the same for a file of any length.
const importCache = "-16384"

// undoCache is that while one is taken out: ids of providers and amounts fall
// everywhere in their indexes, and a page that is put out and fetched again is
// encrypted and decrypted each time.
const undoCache = "-49152"

// caching runs fn with a page cache of its own.
func (c *conn) caching(size string, fn func() error) error {
	if err := c.do("PRAGMA cache_size=" + size); err != nil {
		return err
	}
	defer func() { _ = c.do("PRAGMA cache_size=" + usualCache) }() // more than it needs is no harm
	return fn()
}

// much runs work, which makes a transaction of its own, with such a cache. What
// is sorted or noted meanwhile and does not fit goes to a temporary file, whose
// key nobody keeps; that of a store in memory stays there.
func (s *Store) much(c *conn, cache string, work func() error) (err error) {
	place := "file"
	if s.opts.Path == inMemory {
		place = "memory"
	}
	if err := c.do("PRAGMA temp_store=" + place); err != nil {
		return err
	}
	defer func() {
		err = errors.Join(err, c.do("DROP TABLE IF EXISTS temp.known"), c.do("PRAGMA temp_store=memory"))
	}()
	return c.caching(cache, work)
}

// writeMuch is write with such a cache, readMuch is read.
func (s *Store) writeMuch(ctx context.Context, cache string, fn func(*conn) error) error {
	return s.writeBy(ctx, func(c *conn, work func() error) error { return s.much(c, cache, work) }, fn)
}

func (s *Store) readMuch(ctx context.Context, cache string, fn func(*view) error) error {
	return s.readBy(ctx, func(c *conn, work func() error) error { return s.much(c, cache, work) }, fn)
}

// Import takes a file in, whole or not at all. A line that is there already,
// from an earlier file of the same source, is not stored again: lines with a
// provider's id are told by that, others are counted within a civil day, so
// that two equal purchases are two. Memory does not grow with the file.
// Errors: those of Lines and of Open.
func (s *Store) Import(ctx context.Context, f File) (done Import, err error) {
	err = s.writeMuch(ctx, importCache, func(c *conn) error {
		a, err := s.importing(c, f)
		if err == nil {
			err = a.take(a.insert, true)
		}
		if err == nil {
			err = a.finish()
		}
		if err == nil {
			done = a.done
		}
		return err
	})
	if err != nil {
		return Import{}, err
	}
	return done, nil
}

// Preview tells what Import would do, and changes nothing.
func (s *Store) Preview(ctx context.Context, f File) (done Import, err error) {
	err = s.readMuch(ctx, importCache, func(v *view) error {
		a, err := s.importing(v.conn, f)
		if err != nil {
			return err
		}
		fresh := int64(0)
		err = a.take(func(x *wallet.Transaction, _ history.Day) error { fresh += a.spent(x); return nil }, false)
		if err == nil {
			err = a.again()
		}
		if err == nil {
			err = a.compare(a.taken.runs())
		}
		done = a.done
		done.StoredSpent += fresh + a.more
		return err
	})
	if err != nil {
		return Import{}, err
	}
	return done, nil
}

// Imports lists the files that were taken in, the latest first.
func (s *Store) Imports(ctx context.Context) (list []Import, err error) {
	err = s.read(ctx, func(v *view) error { list, err = v.files(); return err })
	return list, err
}
