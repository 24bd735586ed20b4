package ledger

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"jandon/internal/wire"
)

// headEvery is how often a log's head is signed, while anybody asks for it.
const headEvery = time.Hour

// Head is the signed head of a person's log.
type Head struct {
	N    int64
	Note []byte
}

// Head is the head of the person's log, signed by sign if the last one is too
// old and the log has gone on.
func (l *Ledger) Head(ctx context.Context, u User, at time.Time, sign func(wire.ChainHead) ([]byte, error)) (h Head, err error) {
	var signed, last int64
	find := func(r reader) error {
		h, signed = Head{}, unset
		err := r.row("SELECT n, at, note FROM heads WHERE owner = $1 ORDER BY n DESC LIMIT 1", u.ID).Scan(&h.N, &signed, &h.Note)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		err = r.row("SELECT n FROM audit WHERE owner = $1 ORDER BY n DESC LIMIT 1", u.ID).Scan(&last)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		return nil
	}
	fresh := func() bool {
		return h.Note != nil && (last <= h.N || instant(signed).Add(headEvery).After(at))
	}
	if err := l.View(ctx, u, func(v *View) error { return find(v) }); err != nil || fresh() {
		return h, err
	}
	err = l.change(ctx, u.ID, func(b *book) error {
		if err := find(b); err != nil || fresh() { // somebody else may have signed it
			return err
		}
		head := wire.ChainHead{Log: u.ID, N: last, Hash: make([]byte, 32), At: at.UTC()}
		if last > 0 {
			if err := b.row("SELECT hash FROM audit WHERE owner = $1 AND n = $2", u.ID, last).Scan(&head.Hash); err != nil {
				return err
			}
		}
		if h.Note, err = sign(head); err != nil {
			return err
		}
		h.N = last
		return b.exec("INSERT INTO heads (owner, n, at, hash, note) VALUES ($1, $2, $3, $4, $5)", u.ID, h.N, millis(at), head.Hash, h.Note)
	})
	return h, err
}

// Log are lines of the person's log after a number and up to another, in order.
func (v *View) Log(after, upTo int64, limit int) ([]wire.ChainLink, error) {
	return list(v, func(r rowScanner) (l wire.ChainLink, err error) {
		l.Log = v.owner
		err = r.Scan(&l.N, &l.At, &l.What, &l.Digest)
		return l, err
	}, "SELECT n, at, what, digest FROM audit WHERE owner = $1 AND n > $2 AND n <= $3 ORDER BY n LIMIT $4", v.owner, after, upTo, limit)
}
