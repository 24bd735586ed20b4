package ledger

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"errors"
	"time"

	"jandon/internal/fault"
)

// Reading tokens: 256 random bits that stand for a person, kept only as their
// SHA-256. They need no slow hash, since there is nothing to guess.

// MintToken makes a token that reads a person's books from now on.
func (l *Ledger) MintToken(ctx context.Context, u User, now time.Time) (string, error) {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails
	token := base64.RawURLEncoding.EncodeToString(b[:])
	sum := sha256.Sum256([]byte(token))
	_, err := l.write.exec(ctx, nil, "INSERT INTO tokens (hash, owner, created) VALUES ($1, $2, $3)", sum[:], u.ID, millis(now))
	return token, l.told(err)
}

// Bearer finds the person of a token; fault.Unauthorized.
func (l *Ledger) Bearer(ctx context.Context, token string) (User, error) {
	var u User
	sum := sha256.Sum256([]byte(token))
	err := l.read.row(ctx, nil, "SELECT u.id, u.handle FROM tokens t JOIN users u ON u.id = t.owner WHERE t.hash = $1", sum[:]).Scan(&u.ID, &u.Handle)
	if errors.Is(err, sql.ErrNoRows) {
		return User{}, fault.New(fault.Unauthorized)
	}
	return u, l.told(err)
}
