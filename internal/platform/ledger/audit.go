package ledger

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"time"
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
	l := link{b.owner, last + 1, millis(at), what, digestNote(salt, detail)}
	if err := b.exec("INSERT INTO audit (owner, n, at, what, digest, hash) VALUES ($1, $2, $3, $4, $5, $6)",
		l.owner, l.n, l.at, l.what, l.digest, l.hash(before)); err != nil {
		return err
	}
	return b.exec("INSERT INTO audit_details (owner, n, salt, detail) VALUES ($1, $2, $3, $4)", l.owner, l.n, salt, string(detail))
}

// link is a line of the log without its hash.
type link struct {
	owner, n, at int64
	what         string
	digest       []byte
}

// hash chains a line to the one before; the parts have fixed lengths but one,
// so no two lines hash the same bytes.
func (l link) hash(before []byte) []byte {
	h := sha256.New()
	h.Write(before)
	var head []byte
	for _, n := range []int64{l.owner, l.n, l.at, int64(len(l.what))} {
		head = binary.BigEndian.AppendUint64(head, uint64(n))
	}
	h.Write(head)
	h.Write([]byte(l.what))
	h.Write(l.digest)
	return h.Sum(nil)
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
		var l link
		var hash, salt []byte
		var detail sql.NullString
		if err := rows.Scan(&l.owner, &l.n, &l.at, &l.what, &l.digest, &hash, &salt, &detail); err != nil {
			return nil, err
		}
		if l.owner != owner {
			owner, last, before = l.owner, 0, nil
		}
		switch {
		case l.n != last+1:
			found = append(found, fmt.Sprintf("the log of person %d goes from line %d to %d", l.owner, last, l.n))
		case !bytes.Equal(hash, l.hash(before)):
			found = append(found, fmt.Sprintf("line %d of the log of person %d does not fit the one before", l.n, l.owner))
		case detail.Valid && !bytes.Equal(l.digest, digestNote(salt, []byte(detail.String))):
			found = append(found, fmt.Sprintf("line %d of the log of person %d tells something else than it did", l.n, l.owner))
		}
		last, before = l.n, hash
	}
	return found, rows.Err()
}
