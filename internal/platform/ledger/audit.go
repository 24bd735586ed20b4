package ledger

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"jandon/internal/wire"
)

// The log of what concerns trust: a chain per person, written in the
// transaction of what it tells of. Codes and secrets never stand in it.

// note is what happened in particular. It stands apart from its line in the
// log, salted, so that it can be erased while the chain still holds.
type note map[string]string

const saltLen = 16

// log adds a line to the person's log.
func (b *book) log(what string, at time.Time, n note) error {
	detail, err := json.Marshal(n) // maps are written in order of their keys
	if err != nil {
		return err
	}
	salt := make([]byte, saltLen)
	rand.Read(salt)
	var last int64
	var before []byte
	err = b.row("SELECT n, hash FROM audit WHERE owner = $1 ORDER BY n DESC LIMIT 1", b.owner).Scan(&last, &before)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	l := wire.ChainLink{Log: b.owner, N: last + 1, At: millis(at), What: what, Digest: digestNote(salt, detail)}
	if err := b.exec("INSERT INTO audit (owner, n, at, what, digest, hash) VALUES ($1, $2, $3, $4, $5, $6)",
		l.Log, l.N, l.At, l.What, l.Digest, l.Hash(before)); err != nil {
		return err
	}
	return b.exec("INSERT INTO audit_details (owner, n, salt, detail) VALUES ($1, $2, $3, $4)", l.Log, l.N, salt, string(detail))
}

func digestNote(salt, detail []byte) []byte {
	sum := sha256.Sum256(append(bytes.Clone(salt), detail...))
	return sum[:]
}

// chained walks all logs and says where one does not hold.
func chained(ctx context.Context, tx *sql.Tx) (found []string, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT a.owner, a.n, a.at, a.what, a.digest, a.hash, d.salt, d.detail
		FROM audit a LEFT JOIN audit_details d ON d.owner = a.owner AND d.n = a.n ORDER BY a.owner, a.n`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var owner, last int64
	var before []byte
	for rows.Next() && len(found) < most {
		var l wire.ChainLink
		var hash, salt []byte
		var detail sql.NullString
		if err := rows.Scan(&l.Log, &l.N, &l.At, &l.What, &l.Digest, &hash, &salt, &detail); err != nil {
			return nil, err
		}
		if l.Log != owner {
			owner, last, before = l.Log, 0, nil
		}
		switch {
		case l.N != last+1:
			found = append(found, fmt.Sprintf("the log of person %d goes from line %d to %d", l.Log, last, l.N))
		case !bytes.Equal(hash, l.Hash(before)):
			found = append(found, fmt.Sprintf("line %d of the log of person %d does not fit the one before", l.N, l.Log))
		case detail.Valid && !bytes.Equal(l.Digest, digestNote(salt, []byte(detail.String))):
			found = append(found, fmt.Sprintf("line %d of the log of person %d tells something else than it did", l.N, l.Log))
		}
		last, before = l.N, hash
	}
	return found, rows.Err()
}

// headless finds logs that don't lead to heads of theirs that were signed: a
// chain alone can't tell that its end is missing.
const headless = `SELECT 'the log of person ' || h.owner || ' had another line ' || h.n || ' when its head was signed' FROM heads h
	LEFT JOIN audit a ON a.owner = h.owner AND a.n = h.n WHERE h.n > 0 AND (a.hash IS NULL OR a.hash <> h.hash)`
